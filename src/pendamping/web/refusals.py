"""A refusal that no page caught becomes a page of its reasons; nothing was saved."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock, memory
from pendamping.kernel.refusal import Refusal

_page: ContextVar[str] = ContextVar("pendamping_page", default="")
_ward: ContextVar[str] = ContextVar("pendamping_page_ward", default="")


@dataclass(frozen=True)
class Rule:
    """A rule of the guideline that a reason names: in words, and where it can be read."""

    text: str
    url: str


def rule_of(clause: str) -> Rule | None:
    """The rule behind a reason on the page of a ward; ``None`` where no guideline says it."""
    ward = _ward.get()
    try:
        found = guidelines.cited(clause, ward, clock.today()) if ward else None
    except Refusal:  # no text holds on that day
        return None
    if found is None:
        return None
    page = reverse("guidelines:section", kwargs={"ward": ward, "section": found.section})
    return Rule(found.text, f"{page}#{found.anchor}" if found.anchor else page)


def fresh_form() -> str:
    """The address of the page whose form was sent: opened anew, its form is one of its own."""
    return _page.get()


def _came_from(request: HttpRequest) -> str:
    """The page on which a form stood, where the browser says it; else the address that it was sent to."""
    here = request.get_full_path()
    before = urlsplit(request.headers.get("referer", ""))
    own = before.netloc == request.get_host() and re.match("/(?!/)", before.path)
    if request.method != "POST" or not own:
        return here
    return f"{before.path}?{before.query}" if before.query else before.path


@contextmanager
def pages_of(ward: str) -> Iterator[None]:
    """Within it, reasons are cited as they hold in the ward."""
    token = _ward.set(ward)
    try:
        yield
    finally:
        _ward.reset(token)


class RefusalMiddleware:
    """Turns a :class:`Refusal` into status 409 with every reason on the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with pages_of(""), memory.remembering():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, str]
    ) -> None:
        _ward.set(kwargs.get("ward", ""))
        _page.set(_came_from(request))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        return render(request, "web/refused.html", {"reasons": error.reasons}, status=409)
