"""What the test of every page does: opens the site, finds the pages, looks at one in the browser."""

import json
import re
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, Request

from pendamping.demo.people import PASSWORD
from tests.journeys.site import serving
from tests.journeys.visitor import Answer, Visitor, name_of

# axe reads at most three rows of one shape: the parts repeat them, and a ledger has hundreds
SHORTEN = """() => {
  for (const list of document.querySelectorAll("tbody, ul, ol, dl, select")) {
    const seen = {};
    for (const row of [...list.children]) {
      const shape = [row, ...row.querySelectorAll("*")]
        .map((one) => one.tagName + one.getAttribute("class") + one.getAttribute("data-label")).join();
      seen[shape] = (seen[shape] || 0) + 1;
      if (seen[shape] > 3) row.remove();
    }
  }
}"""
# within a row that is a link as a whole, what leads elsewhere must lie above it
COVERED = """() => [...document.querySelectorAll("tr.linked :is(a:not(.row-link), button, summary, input, select)")]
  .filter((one) => {
    one.scrollIntoView({block: "center"});
    const box = one.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return box.width && !one.contains(top) && !top?.contains(one);
  }).map((one) => one.outerHTML.slice(0, 120))"""
AXE = """(colours) => axe.run(document, {rules: {"color-contrast": {enabled: colours}}, resultTypes: ["violations"], preload: false, elementRef: false})
  .then((found) => found.violations.map(
    (one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`))"""


# what an account shows once its owner has turned on codes from the phone
SECURED = [
    "/account/security/", "/account/codes/", "/account/codes/new/", "/account/codes/file/",
    "/account/totp/off/", "/account/confirm-code/",
]  # fmt: skip
# somebody's name, and what no form would send
ASKED = ["siti", "1e9.~\0%"]


@contextmanager
def open_site(home: Path):
    """The case with work that stands open, on a server of its own."""
    with serving(home, "empang") as running:
        yield running, json.loads(running.module("tests.journeys.open_work"))


def crawl(visitor: Visitor, ward: str, skip: set[str] = frozenset()) -> list[Answer]:
    """What the visitor sees of a ward by following links: one page of each name.

    ``skip``: names that others have read already (papers take long to print).
    """
    waiting, met, found, names = ["/", f"/w/{ward}/"], {"/"}, [], set(skip)
    while waiting:
        address = waiting.pop(0)
        name = name_of(address)
        if name in names or (address.startswith("/w/") and ward not in address):
            continue
        names.add(name)
        answer = visitor.fetch(address)
        found.append(answer)
        for link in answer.links:
            if link not in met:
                met.add(link)
                waiting.append(link)
    return found


def log_in(site: str, who: str) -> Visitor:
    """Somebody of the case, logged in; ``""`` has no account."""
    return Visitor(site, who).log_in(PASSWORD) if who else Visitor(site)


def secured(visitor: Visitor) -> list[Answer]:
    """Turn codes from the phone on, look at what then is shown, and at the second half of a login."""
    visitor.send("/account/confirm/", {"password": PASSWORD})
    page = visitor.fetch("/account/totp/on/")
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page.html)[1]
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    visitor.send("/account/totp/on/", {"code": code}, page)
    seen = [page, *(visitor.fetch(address) for address in SECURED)]
    again = Visitor(visitor.site, visitor.who)
    seen.append(again.send("/login/", {"login": visitor.who, "password": PASSWORD}))
    return seen


def unanswered(visitor: Visitor, address: str, key: str) -> list[str]:
    """To what the page has no answer, where its address asks for these words by this key."""
    found = []
    for words in ASKED:
        query = urlencode({key: words})
        got = visitor.fetch(f"{address.partition('?')[0]}?{query}")
        if got.status not in {200, 400, 404, 409, 422}:
            found.append(f"{visitor.who} {got.address}: {got.status}")
    return found


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and everything that its console complains about."""
    context.add_init_script(AXE_SCRIPT)  # once, rather than sent to each page
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text) if _matters(line) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.extend(lost(request)))
    return page, said


def lost(request: Request) -> list[str]:
    """What could not be had; not what the browser itself dropped because the page was left.

    The icon is fetched after the page is loaded, so a visitor in haste leaves before it comes.
    """
    dropped = request.failure == "net::ERR_ABORTED"
    return [] if dropped else [f"not loaded: {request.url} ({request.failure})"]


def _matters(line) -> bool:
    """An error, unless it says only that the page itself answers 403 or 409 as it should."""
    answers = line.text.startswith(
        "Failed to load resource: the server responded with a status of 4"
    )
    return line.type == "error" and not (answers and "/static/" not in line.location["url"])


def show(page: Page, site: str, answer: Answer) -> None:
    """Show what a form or a wrong address gave, with its headers, as if it came just now."""
    kept = {
        name: value
        for name, value in answer.headers.items()
        if name.lower() in {"content-type", "content-security-policy"}
    }
    page.route(
        site + answer.address,
        lambda route: route.fulfill(status=answer.status, headers=kept, body=answer.body),
    )
    page.goto(site + answer.address)
    page.unroute_all()


def faults_of(page: Page, sizes: list[dict], wide: list[dict], colours: bool) -> list[str]:
    """Anything that axe finds at each size; too wide at these or at more of them.

    ``colours``: also whether every text stands out from what is behind it, which takes axe twice as long as
    all the rest.
    """
    found = []
    for size in [*wide, *sizes]:
        page.set_viewport_size(size)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            found.append(f"{width} px wide on a screen of {size['width']}")
    page.evaluate(SHORTEN)
    found += [f"cannot be pressed: {one}" for one in page.evaluate(COVERED)]
    for size in reversed(sizes):
        page.set_viewport_size(size)
        found += [f"axe at {size['width']} px: {one}" for one in page.evaluate(AXE, colours)]
    return found


REACHABLE = """() => {
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const groups = new Set();
  window.reachable = [...document.querySelectorAll(kinds)].filter((one) => {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true})) return false;
    if (one.type !== "radio") return true;
    const mates = [...one.form.elements].filter((other) => other.type === "radio" && other.name === one.name);
    const first = mates.find((other) => other.checked) || mates[0];
    return one === first && !groups.has(one.name) && groups.add(one.name);
  });
  window.reached = [];
  document.addEventListener("focusin", ({target}) => {
    const seen = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    window.reached.push([
      window.reachable.indexOf(target),
      seen(getComputedStyle(target)) || seen(getComputedStyle(target, "::after")),
      target.outerHTML.slice(0, 120),
    ]);
  });
  const days = document.querySelectorAll("input[type=date]").length;
  return [window.reachable.length, days];
}"""


def keyboard_faults(page: Page) -> list[str]:
    """What Tab does not reach, reaches out of order, or shows without an outline."""
    page.evaluate("document.activeElement.blur()")
    count, days = page.evaluate(REACHABLE)
    for _press in range(count + 3 * days):  # a day has parts of its own to type into
        page.keyboard.press("Tab")
    reached = page.evaluate("window.reached")
    order = [index for index, _seen, _html in reached][:count]
    found = [f"no outline: {html}" for _index, seen, html in reached if not seen]
    if order != list(range(count)):
        missed = page.evaluate(
            "(got) => window.reachable.filter((_, i) => !got.includes(i)).map((one) => one.outerHTML.slice(0, 120))",
            order,
        )
        found.append(f"reached in the order {order}; not reached: {missed}")
    return found
