"""Real servers and a real browser for the journeys."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright
from scripts.check_browser import TYPE, find

from tests.cast import PASSWORD
from tests.journeys.office import Office
from tests.journeys.site import database, serving

# steps of the long journey say what they found, as tests do
pytest.register_assert_rewrite("tests.journeys.walk_list", "tests.journeys.walk_money")

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}
COUNTED = "2003-12-01"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A server with two open wards and the cast, nothing else."""
    with serving(tmp_path_factory.mktemp("site")) as running:
        running.prepare()
        yield running


@pytest.fixture(scope="module")
def practice_site(tmp_path_factory):
    """The same as practice wards, which stand on the day of their census."""
    with serving(tmp_path_factory.mktemp("practice")) as running:
        running.prepare(COUNTED, "ward_admin", "facilitator", "cadre", "chair", "treasurer")
        yield running


@pytest.fixture(scope="session")
def case_site(tmp_path_factory):
    """A server with the case of Empang."""
    with serving(tmp_path_factory.mktemp("case"), "empang") as running:
        yield running


@pytest.fixture
def office(tmp_path):
    """A database of its own, without a server: for people who work on it at the same moment."""
    with database(tmp_path) as environment:
        yield Office(tmp_path, environment)


@contextmanager
def chromium():
    """Chromium, without a window, for the thread that asks for it."""
    program = find()
    if not program:
        pytest.fail(f"the journeys need a browser; type: {TYPE}")
    with sync_playwright() as engine:
        running = engine.chromium.launch(executable_path=program, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="module")
def browser():
    """The browser of a file; closed with it, for its loop forbids the database to tests that come after it."""
    with chromium() as running:
        yield running


@pytest.fixture
def phone(browser):
    """A page 360 pixels wide."""
    context = browser.new_context(viewport=PHONE, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def laptop(browser):
    """A page 1280 pixels wide."""
    context = browser.new_context(viewport=LAPTOP)
    yield context.new_page()
    context.close()


@pytest.fixture
def log_in():
    """Log somebody in by the screen."""

    def go(page, address, username, password=PASSWORD):
        page.goto(f"{address}/login/")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(password)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/login" not in url)

    return go
