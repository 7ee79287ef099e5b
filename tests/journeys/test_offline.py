"""A phone that is away from the server: what is written there arrives once, in order, with both dates."""

import json
import socket
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from scripts.check_browser import find

from pendamping.kernel import clock
from tests.journeys.conftest import PHONE, QUIET
from tests.journeys.prepared import ROOT, on_postgres
from tests.journeys.site import Site, _wait, database

# what the phone keeps does not know the database; what takes it in is tested on both in tests/rooms
if on_postgres():
    pytestmark = pytest.mark.prove

# how much is written; all of what was promised takes a while, and a part of it shows the same way
MUCH = [(4, 12), pytest.param(30, 80, marks=pytest.mark.prove)]


class Server:
    """A server that can be really gone, and come back at the same address."""

    def __init__(self, environment):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.site = Site(f"http://127.0.0.1:{self.port}", environment)
        self.running = None

    def start(self):
        command = [sys.executable, "-m", "pendamping", "serve", "--port", str(self.port)]
        self.running = subprocess.Popen(
            command, cwd=ROOT, env=self.site.environment, stdout=subprocess.DEVNULL
        )
        _wait(f"{self.site.url}/readyz", self.running)

    def stop(self):
        if self.running:
            self.running.terminate()
            self.running.wait(timeout=30)
        self.running = None


@pytest.fixture
def server(tmp_path):
    with database(tmp_path / "home") as environment:
        found = Server(environment)
        found.told = json.loads(found.site.module("tests.journeys.without_signal"))
        found.start()
        yield found
        found.stop()


@contextmanager
def a_phone(browser, profile):
    """A browser with a profile of its own on the disk: closed and opened again it remembers."""
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=find(), args=QUIET, viewport=PHONE, accept_downloads=True
    )
    try:
        yield context.pages[0]
    finally:
        context.close()


def settled(page, line):
    """Wait until the page says how it stands with the signal."""
    page.wait_for_selector(f"#line[data-line={line}]", timeout=20_000)


def write_down(page, server, number):
    day = clock.today() - timedelta(days=number)
    page.goto(f"{server.site.url}/offline/#log/{server.told['ward']}")
    page.wait_for_selector("#view-log:visible")
    page.fill("#log-on", day.isoformat())
    page.locator("#view-log [name=roles]").nth(number % 4).check()
    page.check("#view-log [name=decided_by][value=joint]")
    page.fill("#log-women", str(number))
    page.fill("#log-men", "1")
    page.fill("#log-minutes", "60")
    page.fill("#log-result", f"Catatan {number}")
    page.click("#view-log button.button:not(.quiet)")
    page.wait_for_selector("#view-home:visible")


def take_the_roll(page, names):
    page.locator("#tasks-list a[href^='#door']").click()
    page.wait_for_selector("#view-door:visible")
    for letters in ("Rekaan Qa", "Rekaan Qb", "Rekaan Qc", "Rekaan Qd"):
        page.fill("#door-find", letters)
        for box in page.locator("#door-people input").all():
            if int(page.inner_text("#door-count")) < names:
                box.check()
    expect(page.locator("#door-count")).to_have_text(str(names))


def unsent(page):
    return page.locator("#unsent-list > li")


def take_the_names_along(page, address):
    page.goto(f"{address}/offline/")
    settled(page, "here")
    page.locator("#tasks-list button").first.click()
    page.wait_for_selector("#take-places input")
    for box in page.locator("#take-places input").all():
        box.check()
    page.click("#take button")
    page.wait_for_selector("#view-door:visible")


def take_the_sheet_along(page, address):
    page.goto(f"{address}/offline/#")
    settled(page, "here")
    page.locator("#tasks-list button", has_text="TPS 1 ").click()
    page.wait_for_selector("#view-tally:visible")


def type_the_sheet(page, server, **changes):
    """The figures as the cadre typed them; ``changes``: where they are others."""
    page.locator("#tasks-list a[href^='#tally']").first.click()
    page.wait_for_selector("#view-tally:visible")
    figures = {"voters": "6", "women": "3", "valid": "5", "invalid": "1", "spoiled": "1",
               "left": server.told["left"], **changes}  # fmt: skip
    for name, figure in figures.items():
        page.fill(f"#tally-{name}", figure)
    for place, votes in enumerate(("5", "3", "2")):
        box = page.locator("#tally-people input").nth(place)
        box.fill(votes)
        box.blur()


def read_again(page):
    """The sheet is opened anew: what was typed last has reached the phone's own store."""
    page.evaluate("location.hash = ''")
    page.wait_for_selector("#view-home:visible")
    page.locator("#unsent-list a[href^='#tally']").click()
    page.wait_for_selector("#view-tally:visible")
    for place, votes in enumerate(("5", "3", "2")):
        expect(page.locator("#tally-people input").nth(place)).to_have_value(votes)


def end_the_sheet(page, server):
    """It went on where it was; what does not add up is said before it is sent."""
    page.locator("#unsent-list a[href^='#tally']").click()
    page.wait_for_selector("#view-tally:visible")
    expect(page.locator("#tally-people input").first).to_have_value("5")
    page.click("#view-tally button[type=submit]")
    page.wait_for_selector("#told .notice.danger")
    page.fill("#tally-left", server.told["left"])
    page.click("#view-tally button[type=submit]")
    page.wait_for_selector("#view-home:visible")


def end_the_roll_and_save(page, names, kept):
    """The roll goes on where it was when the browser was closed; returns the saved file."""
    page.locator("#unsent-list a[href^='#door']").click()
    page.wait_for_selector("#view-door:visible")
    expect(page.locator("#door-count")).to_have_text(str(names))
    page.click("#door-done")
    page.wait_for_selector("#view-home:visible")
    with page.expect_download() as saved:
        page.click("#save")
    saved.value.save_as(kept)
    return kept


@pytest.mark.parametrize(("entries", "names"), MUCH)
def test_what_is_written_while_the_server_is_gone_arrives_once_in_order_with_both_dates(
    server, browser, log_in, tmp_path, entries, names
):
    profile, address = tmp_path / "phone", server.site.url
    with a_phone(browser, profile) as page:
        log_in(page, address, "facilitator")
        take_the_names_along(page, address)
        take_the_sheet_along(page, address)
        server.stop()
        page.goto(f"{address}/offline/")
        settled(page, "none")
        for number in reversed(range(entries)):
            write_down(page, server, number)
        take_the_roll(page, names)
        page.goto(f"{address}/offline/#")
        type_the_sheet(page, server, left="0")
        read_again(page)
    server.start()
    server.site.module("tests.journeys.without_signal", "meanwhile", str(entries - 1))
    server.stop()
    with a_phone(browser, profile) as page:
        page.goto(f"{address}/offline/")
        settled(page, "none")
        expect(unsent(page)).to_have_count(entries + 2)
        end_the_sheet(page, server)
        kept = end_the_roll_and_save(page, names, tmp_path / "outbox.json")
        server.start()
        page.goto(f"{address}/offline/?")
        settled(page, "here")
        page.wait_for_selector("#sent-list > li")
        expect(unsent(page)).to_have_count(1, timeout=60_000)
        assert "Diketik di kantor" in unsent(page).inner_text()
        page.click("#unsent-list button >> nth=0")
        page.wait_for_selector("#unsent-none:visible", timeout=60_000)
        expect(page.locator("#sent-list > li")).to_have_count(entries + 2)
        expect(page.locator("#sent-list")).to_contain_text("TPS ini selesai")
        arrived(server, entries, names)
    with a_phone(browser, tmp_path / "other phone") as page:
        log_in(page, address, "cadre")
        read_in(page, address, kept)
        expect(unsent(page)).to_have_count(entries + 2)
        assert (
            "Catatan" not in unsent(page).first.inner_text()
        )  # only who wrote it reads and sends it
        page.context.clear_cookies()
        log_in(page, address, "facilitator")
        page.goto(f"{address}/offline/")
        page.wait_for_selector("#unsent-none:visible", timeout=60_000)
        arrived(server, entries, names)


def arrived(server, entries, names):
    """All is there once, in order."""
    told = json.loads(server.site.module("tests.journeys.without_signal", "arrived"))
    days = [clock.today() - timedelta(days=number) for number in range(entries)]
    assert told["days"] == [day.isoformat() for day in reversed(days)]
    assert told["in_order_of_writing"] == [
        f"Catatan {number}" for number in reversed(range(entries))
    ]
    assert told["entered"] == [clock.today().isoformat()]
    assert (told["roll"], told["attended"], told["station"]) == (names, names, "agreed")


def read_in(page, address, kept):
    page.goto(f"{address}/offline/")
    settled(page, "here")
    page.locator("details:has(#read) > summary").click()
    page.set_input_files("#read", str(kept))
    page.wait_for_selector("#told .notice.success")
