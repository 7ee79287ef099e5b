"""The static archive, opened from the disk without a server: every link leads somewhere, nobody is named in it."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.cast import WARD
from tests.journeys.conftest import LAPTOP, PHONE
from tests.journeys.prepared import on_postgres

if on_postgres():
    pytestmark = pytest.mark.prove

MASKED = {"rencana", "uang", "kelompok", "rapat", "pengurus", "pengaduan", "pembukuan"}


@pytest.fixture(scope="module")
def archives(case_site, tmp_path_factory):
    """The archive as everybody may have it as a folder, the whole one as a zip that was unpacked; and the package."""
    home = tmp_path_factory.mktemp("stick")
    case_site.run("package", "archive", WARD, str(home / "umum"))
    case_site.run("package", "archive", WARD, str(home / "semua.zip"), "--whole")
    with zipfile.ZipFile(home / "semua.zip") as packed:
        packed.extractall(home / "semua")
    return home


def residents(home):
    """The names of residents, of two words or more."""
    with (home / "semua" / "data" / "persons.csv").open(encoding="utf-8") as file:
        return {row["name"] for row in csv.DictReader(file) if " " in row["name"].strip()}


def words_of(path: Path) -> str:
    """What a file of the archive says."""
    if path.suffix == ".pdf":
        return " ".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix == ".xlsx":
        sheets = load_workbook(path, read_only=True).worksheets
        return " ".join(
            str(cell) for one in sheets for row in one.iter_rows(values_only=True) for cell in row
        )
    return path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(("folder", "size"), [("umum", PHONE), ("semua", LAPTOP)])
def test_it_opens_from_a_stick_and_every_link_leads_somewhere(archives, browser, folder, size):
    page = browser.new_context(viewport=size).new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: said.append(line.text))
    waiting, seen = ["index.html"], set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        page.goto((archives / folder / name).as_uri())
        assert page.locator("html").get_attribute("lang") == "id"
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], name
        if len(seen) <= len(MASKED) + 1:
            found = Axe().run(page, options={"preload": False})
            assert found.response["violations"] == [], name
        for link in page.locator("a").all():
            target = link.get_attribute("href").partition("#")[0]
            if target:
                assert (archives / folder / target).is_file(), f"{name}: {target}"
            if target.endswith(".html") and target not in seen | set(waiting):
                waiting.append(target)
    written = {path.name for path in (archives / folder).glob("*.html")}
    assert seen == written
    assert {f"{one}.html" for one in MASKED} <= seen
    assert [one for one in asked if not one.startswith("file://")] == []
    assert said == []
    page.context.close()


def test_what_everybody_may_have_names_no_resident_and_shows_no_number_of_a_person(archives):
    home, everybody = archives / "umum", residents(archives)
    assert len(everybody) > 100
    office = words_of(home / "pengurus.html")
    paths = [path for path in home.rglob("*") if path.is_file()]
    assert {path.suffix for path in paths} == {".html", ".css", ".pdf", ".csv", ".xlsx"}
    for path in paths:
        said = words_of(path)
        named = {one for one in everybody if one in said and one not in office}
        assert named == set(), path.name
        assert re.findall(r"(?<![\d.])\d{16}(?!\d)", said) == [], path.name


def test_the_ledger_of_the_archive_balances_and_both_files_say_the_same(archives):
    with (archives / "semua" / "jurnal.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert sum(int(row[-2]) for row in rows) == sum(int(row[-1]) for row in rows) > 0
    book = load_workbook(archives / "semua" / "jurnal.xlsx", read_only=True).worksheets[0]
    first, *others = book.iter_rows(values_only=True)
    assert list(first) == head
    assert [row[-2:] for row in others] == [(int(row[-2]), int(row[-1])) for row in rows]
    with (archives / "umum" / "buku-besar.csv").open(encoding="utf-8-sig", newline="") as file:
        sums = list(csv.reader(file))[1:]
    assert sum(int(row[-2]) for row in sums) == sum(int(row[-2]) for row in rows)


def test_the_whole_archive_holds_the_package_and_a_folder_that_is_there_stays(archives, case_site):
    package = io.BytesIO((archives / "semua" / "paket.zip").read_bytes())
    with zipfile.ZipFile(package) as packed:
        assert (
            packed.read("data/loans.csv")
            == (archives / "semua" / "data" / "loans.csv").read_bytes()
        )
    with pytest.raises(AssertionError, match="sudah ada"):
        case_site.run("package", "archive", WARD, str(archives / "umum"))
