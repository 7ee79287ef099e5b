"""The living style page in a real browser: if a part breaks a promise, it shows here first.

It reads nothing from the database, so ``make test`` looks at it on SQLite alone.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.prepared import on_postgres

if on_postgres():
    pytestmark = pytest.mark.prove

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}
FIRST_VISIT_BYTES = 100_000
PAGE_BYTES = 20_000


@pytest.fixture
def chromium(browser):
    """The one browser of the journeys."""
    return browser


@pytest.fixture
def address(site) -> str:
    """The style page of the running site."""
    return f"{str(getattr(site, 'url', site)).rstrip('/')}/style"


def visit(browser: Browser, address: str, **options) -> tuple[Page, list[str]]:
    """The loaded page, and everything that its console complained about."""
    page = browser.new_context(**options).new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(f"not loaded: {request.url}"))
    page.goto(address, wait_until="networkidle")
    return page, complaints


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_axe_finds_nothing_on_any_part(chromium, address, size, scheme):
    page, _ = visit(chromium, address, viewport=size, color_scheme=scheme)
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_nothing_is_wider_than_the_screen(chromium, address, size):
    page, _ = visit(chromium, address, viewport=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_every_tab_is_in_sight_on_the_phone(chromium, address):
    page, _ = visit(chromium, address, viewport=PHONE)
    tabs = page.locator(".tabs a")
    ends = [(one.bounding_box(), one.inner_text()) for one in tabs.all()]
    assert len(ends) >= 5
    assert [text for box, text in ends if box["x"] + box["width"] > PHONE["width"]] == []


def test_the_content_policy_blocks_nothing_that_the_page_needs(chromium, address):
    _, complaints = visit(chromium, address, viewport=PHONE)
    assert complaints == []


def test_the_first_visit_and_the_page_itself_stay_light(chromium, address):
    page = chromium.new_context(viewport=PHONE).new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 -- a builtin cannot be marked
    page.goto(address, wait_until="networkidle")
    bytes_of = {answer.url: answer.request.sizes()["responseBodySize"] for answer in answers}
    assert bytes_of[page.url] < PAGE_BYTES
    assert sum(bytes_of.values()) < FIRST_VISIT_BYTES, bytes_of


def test_what_a_thumb_presses_on_the_phone_is_large_enough(chromium, address):
    page, _ = visit(chromium, address, viewport=PHONE, has_touch=True)
    low = page.evaluate(
        """() => [...document.querySelectorAll("main .button, nav.nav a, summary, .choice, .top button")]
          .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
          .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert low == []


def test_the_keyboard_reaches_the_content_first_of_all(chromium, address):
    page, _ = visit(chromium, address, viewport=LAPTOP)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_typing_leaves_only_the_rows_that_hold_the_words(chromium, address):
    page, _ = visit(chromium, address, viewport=LAPTOP)
    rows = page.locator("#loans tbody tr")
    every = rows.count()
    page.fill("[data-filter=loans]", "melati")
    shown = [row.inner_text() for row in rows.all() if row.is_visible()]
    assert 0 < len(shown) < every
    assert all("melati" in text.lower() for text in shown)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_dialog_opens_and_closes(chromium, address, script):
    page, _ = visit(chromium, address, viewport=PHONE, java_script_enabled=script)
    page.click("a[href='#ask']")
    assert page.is_visible("#ask")
    page.click("#ask a[href='#content']")
    assert page.is_hidden("#ask")


def test_a_grave_step_asks_in_place_without_script(chromium, address):
    page, _ = visit(chromium, address, viewport=PHONE, java_script_enabled=False)
    page.click(".confirm > summary")
    assert page.is_visible(".confirm .sheet")
