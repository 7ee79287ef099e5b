"""A complaint without an account, from the code on the board to its confirmed end, in a real browser; and what
everybody, and every file, may know of it on the way."""

import io
import json
import re
import zipfile
from urllib.request import urlopen

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.architecture.test_addresses import addresses
from tests.cast import WARD
from tests.complaining import ADDRESS, CONTACT, NAME, TEXT
from tests.journeys.complaints import NIK
from tests.journeys.conftest import LAPTOP, PHONE
from tests.journeys.prepared import on_postgres
from tests.journeys.site import serving

if on_postgres():
    pytestmark = pytest.mark.prove

SECRETS = (NAME, CONTACT, ADDRESS, NIK)
HERE = f"/w/{WARD}/complaints"
LEAST = 5


class Told:
    """The people of the journey, and all that they and the public were shown."""

    def __init__(self, site, browser, log_in):
        self.site, self.browser, self.log_in = site, browser, log_in
        self.pages, self.shown = {}, {}

    def step(self, *arguments):
        return json.loads(self.site.module("tests.journeys.complaints", *arguments))

    def as_(self, who):
        """The page of somebody who is logged in; ``nobody``: a phone without an account."""
        if who not in self.pages:
            size = PHONE if who == "nobody" else LAPTOP
            page = self.browser.new_context(viewport=size, locale="id-ID").new_page()
            page.set_default_timeout(20_000)
            page.on("load", lambda page, who=who: self._keep(who, page))
            self.pages[who] = page
            if who != "nobody":
                self.log_in(page, self.site.url, who)
        return self.pages[who]

    def _keep(self, who, page):
        self.shown.setdefault(who, []).append((page.url, page.content()))

    def goto(self, who, address):
        page = self.as_(who)
        answer = page.goto(f"{self.site.url}{address}")
        return page, answer.status

    def send(self, page, verb, **fields):
        """Fill the form of a step on a complaint's page and send it."""
        form = page.locator(f"form[action$='/{verb}/']")
        if not form.is_visible():
            page.locator("details", has=form).locator("summary").first.click()
        for name, value in fields.items():
            field = form.locator(f"[name={name}]")
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        with page.expect_navigation(wait_until="load"):
            form.locator("button[type=submit]").last.click()

    def public(self):
        """Every public address as anybody gets it: address → text."""
        found = {}
        for name, route, view in addresses():
            if getattr(view, "gate", None) != "public":
                continue
            places = set(re.findall(r"<\w+:(\w+)>", route))
            if places <= {"ward"}:
                address = reverse(name, kwargs=dict.fromkeys(places, WARD))
                found[address] = fetched(f"{self.site.url}{address}")
        return found


def fetched(address):
    try:
        with urlopen(address, timeout=20) as answer:
            return answer.read().decode("utf-8", "replace")
    except OSError as error:
        return str(error)


@pytest.fixture
def told(browser, log_in, tmp_path):
    with serving(tmp_path / "site", log=tmp_path / "server.log") as site:
        site.prepare("2004-05-03", "chair", "treasurer", "verifier")
        people = Told(site, browser, log_in)
        yield people
        for page in people.pages.values():
            page.context.close()


def test_a_complaint_from_the_code_on_the_board_to_its_confirmed_end(told, tmp_path):
    code = complain(told)
    nobody_concerned_sees_it(told)
    received(told)
    climbs(told)
    answered(told, "Semen dikirim hari Rabu.")
    opened_again(told, code)
    answered(told, "Semen sudah di RT 02, uangnya kembali.")
    money_comes_back(told)
    confirmed(told, code)
    what_everybody_may_know(told)
    nothing_names_anybody(told, tmp_path)


def complain(told):
    """On a phone, by the code on the board; misuse needs its amount before it is sent."""
    page, status = told.goto("nobody", f"/complain/{WARD}?via=info_board")
    assert status == 200
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.locator("[name=about]").select_option("unit")
    page.locator("[name=text]").fill(f"{TEXT} NIK saya {NIK}")
    page.locator("[name=misuse]").check()
    page.locator("main form details summary, form details summary").first.click()
    for name, value in (("name", NAME), ("contact", CONTACT), ("address", ADDRESS)):
        page.locator(f"[name={name}]").fill(value)
    sent = page.locator("form", has=page.locator("[name=about]")).locator("button[type=submit]")
    with page.expect_navigation():
        sent.click()
    assert page.locator("#code").count() == 0
    page.locator("[name=amount]").fill("600.000")
    with page.expect_navigation():
        sent.click()
    return page.locator("#code").inner_text()


def nobody_concerned_sees_it(told):
    """The finance unit is whom it is about: for its treasurer it is nowhere."""
    one = complaint_of(told, "chair")
    for address in (f"{HERE}/", f"{HERE}/register/2004/", f"/w/{WARD}/"):
        page, status = told.goto("treasurer", address)
        assert status == 200
        assert one not in page.content(), address
    assert told.goto("treasurer", one)[1] == 404


def complaint_of(told, who):
    """The address of the first complaint, as somebody's register links to it."""
    page, _status = told.goto(who, f"{HERE}/register/2004/")
    link = page.locator("main a[href*='/complaints/']", has_text=re.compile("PPM-2004-001")).first
    return link.get_attribute("href")


def received(told):
    page, _status = told.goto("chair", complaint_of(told, "chair"))
    assert TEXT in page.content()
    assert NAME not in page.content()
    told.send(page, "acknowledge", text="Kami periksa.")
    assert page.locator("form[action$='/acknowledge/']").count() == 0


def climbs(told):
    """Seven working days are over: the ward has lost it to the level above."""
    told.step("move", "2004-05-13")
    page, _status = told.goto("chair", complaint_of(told, "chair"))
    assert page.locator("form[action$='/answer/']").count() == 0
    page, _status = told.goto("verifier", complaint_of(told, "verifier"))
    assert page.locator("form[action$='/answer/']").count() == 1


def answered(told, text):
    """Misuse is alleged: a meeting decides the answer first."""
    met = told.step("decide", "1")["meeting"]
    page, _status = told.goto("verifier", complaint_of(told, "verifier"))
    told.send(page, "answer", text=text, meeting_id=met)
    assert page.locator("form[action$='/answer/']").count() == 0


def opened_again(told, code):
    page = follow(told, code)
    assert "Semen dikirim hari Rabu." in page.content()
    assert TEXT not in page.content()
    form = page.locator("form", has=page.locator("[name=do][value=reopen]"))
    form.locator("textarea").fill("Belum sampai.")
    with page.expect_navigation():
        form.locator("button").click()
    told.step("move", "2004-05-20")


def follow(told, code):
    page, _status = told.goto("nobody", f"/complaint/?code={code}")
    return page


def money_comes_back(told):
    page, _status = told.goto("verifier", complaint_of(told, "verifier"))
    told.send(page, "record-recovered", amount="600.000", text="Kas UPK")
    assert "600.000" in page.content()


def confirmed(told, code):
    page = follow(told, code)
    with page.expect_navigation():
        page.locator("form", has=page.locator("[name=do][value=confirm]")).locator("button").click()
    assert page.locator("[name=do][value=reopen]").count() == 1
    page, _status = told.goto("chair", complaint_of(told, "chair"))
    assert page.locator("form[action$='/answer/']").count() == 0


def what_everybody_may_know(told):
    """Of one complaint nothing is said; of six in a month that is over, figures without small parts."""
    few = json.loads(told.public()[f"/board/{WARD}.json"])["complaints"]
    assert not any(few[key] for key in ("received", "closed", "open", "confirmed"))
    told.step("more", "5")
    told.step("move", "2004-06-02")
    said = json.loads(told.public()[f"/board/{WARD}.json"])["complaints"]
    assert (said["few"], said["received"], said["closed"]) == (False, 6, None)


def nothing_names_anybody(told, folder):
    """Every public address, every page that anybody saw but the one who may look, every file, the server's log."""
    exported = folder / "empang.zip"
    told.site.run("package", "export", WARD, str(exported))
    texts = {**told.public(), "log": (folder / "server.log").read_text(errors="replace")}
    with zipfile.ZipFile(exported) as archive:
        texts |= {
            name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
        }
    for who in ("chair", "verifier", "treasurer"):
        texts |= {f"{who} {at} {url}": text for at, (url, text) in enumerate(told.shown[who])}
    texts |= {f"chair {name}": told_by(told, name) for name in ("register.xlsx", "paper.pdf")}
    assert len(texts) > 40
    for where, text in texts.items():
        own = (
            where.startswith(("chair", "verifier")) and TEXT in text
        )  # what was said, for who handles it
        named = [one for one in SECRETS if one in text and not (own and one == NIK)]
        assert named == [], where
    small_figures(texts[f"/board/{WARD}.json"])


def told_by(told, name):
    """The words of a file that the chair may have."""
    answer = told.as_("chair").context.request.get(f"{told.site.url}{HERE}/register/2004/{name}")
    assert answer.status == 200
    if name.endswith("pdf"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body())).pages)
    book = load_workbook(io.BytesIO(answer.body()))
    return " ".join(
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    )


def small_figures(board):
    """No part of the complaints on the board is a count below the limit."""
    said = json.loads(board)["complaints"]
    counts = [said[key] for key in ("received", "closed", "open", "confirmed", "in_time")]
    counts += [one["count"] for one in said["kinds"]]
    assert any(counts)
    assert [one for one in counts if one is not None and 0 < one < LEAST] == []
