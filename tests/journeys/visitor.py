"""Somebody who reads pages by plain HTTP and follows their links, without a browser: quick."""

import gzip
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from functools import cache, cached_property
from html import unescape
from html.parser import HTMLParser
from http.cookiejar import CookieJar

from django.urls import Resolver404, resolve

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"|\b(?:action|hx-get)="([^"]*)"')
ASSET = re.compile(r'\b(?:href|src)="(/static/[^"#]+)')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
ACTION = re.compile(r'\baction="([^"]*)"')
FIELD = re.compile(r'<(?:input|select|textarea)\b[^>]*\bname="([^"]+)"')
REQUIRED = re.compile(r"<(?:input|select|textarea)\b[^>]*\brequired\b")
VOID = {"meta", "link", "input", "br", "hr", "img", "use", "path", "circle", "rect", "line"}
SPOKEN = {"aria-label", "alt", "title", "placeholder"}


@dataclass
class Answer:
    """What came back: ``weight`` in bytes as sent over the line, ``body`` unpacked."""

    who: str
    address: str
    status: int
    kind: str
    weight: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @cached_property
    def html(self) -> str:
        return self.body.decode() if self.kind.startswith("text/html") else ""

    @cached_property
    def whole(self) -> bool:
        """A page, not a fragment that htmx puts into one."""
        return "<html" in self.html

    @property
    def name(self) -> str:
        """The name of its address."""
        return name_of(self.address)

    @property
    def links(self) -> list[str]:
        """The addresses of this site to which the page leads, by links, forms and htmx."""
        found = (
            urllib.parse.urljoin(self.address, unescape(link or other))
            for link, other in LINK.findall(self.html)
        )
        return [one.split("#")[0] for one in found if one.startswith("/")]

    @property
    def demanding(self) -> list[str]:
        """Where its forms go that demand something: sent empty, they come back with what is missing."""
        found = []
        for form, inside in FORM.findall(self.html):
            if 'method="post"' in form and REQUIRED.search(inside):
                action = ACTION.search(form)
                found.append(unescape(action[1]) if action and action[1] else self.address)
        return found

    @property
    def questions(self) -> set[str]:
        """What its address can be asked for: fields of its forms without a post, and keys of links to itself."""
        forms = [inside for form, inside in FORM.findall(self.html) if 'method="post"' not in form]
        asked = {name for inside in forms for name in FIELD.findall(inside)}
        for link in self.links:
            there, here = urllib.parse.urlsplit(link), urllib.parse.urlsplit(self.address)
            if there.path == here.path:
                asked |= urllib.parse.parse_qs(there.query).keys()
        return asked

    @property
    def assets(self) -> set[str]:
        return set(ASSET.findall(self.html))

    @cached_property
    def texts(self) -> list[str]:
        """What is read on the page, or read out, piece by piece."""
        reader = _Words()
        reader.feed(self.html)
        return reader.found

    @cached_property
    def words(self) -> str:
        """All of it, with single spaces."""
        return " ".join(" ".join(self.texts).split())


class _Words(HTMLParser):
    """Collects texts; leaves out scripts, and what says of itself in which language it is."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[bool] = []

    def handle_starttag(self, tag, attrs):
        if tag in VOID:
            return
        named = tag not in {"html", "button"} and "lang" in dict(attrs)
        self._inside.append(tag in {"script", "style"} or named)
        if not any(self._inside):
            self.found += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag):
        if tag not in VOID and self._inside:
            self._inside.pop()

    def handle_data(self, data):
        if not any(self._inside):
            self.found.append(data)


def name_of(address: str) -> str:
    """The name of an address of the site; ``""`` where it is none."""
    return _name_of(urllib.parse.urlsplit(address).path)


@cache
def _name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


@dataclass
class Visitor:
    """One person with their cookies; ``""`` has no account."""

    site: str
    who: str = ""
    cookies: CookieJar = field(default_factory=CookieJar)

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def log_in(self, password: str) -> "Visitor":
        self.send("/login/", {"login": self.who, "password": password})
        assert "sessionid" in {cookie.name for cookie in self.cookies}, f"{self.who}: not logged in"
        return self

    def fetch(self, address: str, **headers: str) -> Answer:
        return self._ask(address, None, headers)

    def send(self, address: str, form: dict[str, str], page: Answer | None = None) -> Answer:
        """Send a form as its page (found at the address, or given) would, with the token of that page."""
        token = TOKEN.search((page or self.fetch(address)).html)
        assert token, f"{address}: no form"
        data = {"csrfmiddlewaretoken": token[1], **form}
        return self._ask(address, urllib.parse.urlencode(data).encode(), {})

    def in_english(self, address: str) -> Answer:
        kept = [f"{one.name}={one.value}" for one in self.cookies]
        return self.fetch(address, Cookie="; ".join([*kept, "django_language=en"]))

    def cookies_for_browser(self) -> list[dict]:
        return [{"name": one.name, "value": one.value, "url": self.site} for one in self.cookies]

    def _ask(self, address: str, data: bytes | None, headers: dict[str, str]) -> Answer:
        asked = urllib.request.Request(self.site + address, data)
        for name, value in {"Accept-Encoding": "gzip", "Referer": self.site, **headers}.items():
            asked.add_header(name, value)
        try:
            got = self._opener.open(asked, timeout=60)
        except urllib.error.HTTPError as error:
            got = error
        with got:
            body = sent = got.read()
            if got.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(sent)
            kind = got.headers.get("Content-Type", "")
            return Answer(
                self.who, got.url.removeprefix(self.site), got.status, kind, len(sent), body,
                dict(got.headers),
            )  # fmt: skip
