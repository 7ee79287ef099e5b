"""The UPK's books as pages, paper and workbook: the same figures, whoever asks for them."""

import io
import json
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook
from pypdf import PdfReader

from pendamping.cli import output
from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.upk.books import catalog
from pendamping.funds.upk.closes import figures
from pendamping.kernel import clock
from pendamping.trail.actions import record
from pendamping.trail.writing import action
from tests.lending import pay
from tests.rooms.test_loans import DUES, EACH
from tests.staging import staged

pytestmark = pytest.mark.django_db

DAY = DUES[0]


@staged
def paid(cast, loan):
    pay(cast, loan, DAY, EACH)
    return cast


@pytest.fixture
def unit(paid, client):
    client.force_login(paid.treasurer)
    with clock.at(date(2004, 9, 30)):
        yield paid


def address(unit, name, **more):
    return reverse(f"upk:{name}", kwargs={"ward": unit.ward, **more}) + f"?month={DAY:%Y-%m}"


def test_every_book_of_a_month_agrees_with_its_account(unit):
    month = catalog.month_asked(unit.ward, f"{DAY:%Y-%m}")
    found = list(catalog.all_books(unit.ward, month))
    assert [one.key for one in found] == [kind.key for kind in catalog.KINDS]
    assert [tie for one in found for tie in one.ties if not tie.holds] == []
    assert all(one.ties for one in found)
    assert breaks(unit.ward) == []


def test_the_overview_says_which_books_there_are_and_that_they_agree(unit, client):
    page = client.get(address(unit, "books")).content.decode()
    for name in ("U1 Buku uang masuk", "U3 Buku kas", "LU-04 Daftar pinjaman", "Neraca"):
        assert name in page
    assert "tidak cocok" not in page


@pytest.mark.parametrize("key", [*(kind.key for kind in catalog.KINDS), "account"])
def test_each_book_opens_as_page_paper_and_workbook(unit, client, key):
    asked = "&account=11010" if key == "account" else ""
    page = client.get(address(unit, "book", book=key) + asked)
    assert page.status_code == 200
    pdf = client.get(address(unit, "book_pdf", book=key) + asked)
    assert "Empang" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    xlsx = client.get(address(unit, "book_xlsx", book=key) + asked)
    assert load_workbook(io.BytesIO(xlsx.content)).sheetnames


def test_the_workbook_holds_every_book_with_real_numbers_and_dates(unit, client):
    book = load_workbook(io.BytesIO(client.get(address(unit, "workbook")).content))
    assert len(book.sheetnames) == len(catalog.KINDS)
    cash = book["U3 Buku kas"]
    row = next(row for row in cash.iter_rows() if row[4].value == EACH)
    assert row[0].value.date() == DAY
    assert row[0].number_format == "dd-mm-yyyy"
    assert row[4].number_format.startswith("#,##0")
    assert cash.print_title_rows == "$1:$3"
    assert cash.column_dimensions["C"].width > 40


def test_a_text_that_looks_like_a_formula_stays_a_text(unit, client):
    ledger.record_voucher(
        by=unit.treasurer,
        ward=unit.ward,
        on=DAY,
        kind="in",
        debit="cash",
        credit="other_income",
        amount=5,
        narration="=1+1",
    )
    content = client.get(address(unit, "book_xlsx", book="u3")).content
    cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s"]


def test_the_binder_has_a_cover_and_every_book(unit, client):
    pages = PdfReader(io.BytesIO(client.get(address(unit, "binder")).content)).pages
    text = "\n".join(page.extract_text() for page in pages)
    for name in ("U1 Buku uang masuk", "U8 Buku besar", "Neraca", "Kolektibilitas"):
        assert name in text


def test_a_long_book_goes_on_on_the_next_page_with_the_balance_carried_over(unit, client):
    for number in range(90):
        ledger.record_voucher(
            by=unit.treasurer,
            ward=unit.ward,
            on=DAY,
            kind="in",
            debit="cash",
            credit="other_income",
            amount=1_000 + number,
            narration=f"Uji {number}",
        )
    month = catalog.month_asked(unit.ward, f"{DAY:%Y-%m}")
    [whole] = catalog.book(catalog.BY_KEY["u3"], unit.ward, month).tables
    expected, found, after = [row.cells for row in whole.rows][1:], [], ""
    while after is not None:
        [table] = catalog.book(catalog.BY_KEY["u3"], unit.ward, month, after, page=True).tables
        opening, *rows = [row.cells for row in table.rows]
        assert opening[-1] == (found[-1][-1] if found else expected[0][-1] - (expected[0][4] or 0))
        found += rows
        assert len(rows) <= 40
        after = table.next
    assert found == expected


def test_there_is_no_book_of_another_name_and_no_account_that_the_ward_has_not(unit, client):
    assert client.get(address(unit, "book", book="u99")).status_code == 404
    missing = address(unit, "book", book="account") + "&account=99999"
    assert client.get(missing).status_code == 404


@action
def past_the_cards(*, by, ward, on):
    """An entry that no room makes: savings in the ledger that stand on no card."""
    ledger.post(
        by=by,
        ward=ward,
        on=on,
        kind="deposit",
        ref="",
        lines=[("cash", 5_000), ("savings", -5_000)],
    )
    record(by=by, ward=ward, record="hand", on=on)


def test_a_break_that_was_kept_is_said_in_the_language_of_whoever_reads_it(unit):
    past_the_cards(by=unit.treasurer, ward=unit.ward, on=date(2004, 9, 29))
    with override("en"):  # who looks first
        kept = [json.loads(json.dumps(figures.kept(one))) for one in catalog.breaks(unit.ward)]
    [register] = [one for one in kept if one["where"]["book"] == "lu-06"]
    reason = figures.reason(register)
    said = {lang: reason.say(output.translator(lang)) for lang in ("id", "en")}
    assert said["id"].startswith("LU-06 Daftar tabungan: ")
    assert said["en"].startswith("LU-06 Savings register: ")
    assert "Tabungan KSM / tanggung renteng" in said["id"]
    assert "Savings of groups, joint liability" in said["en"]
    assert all("Rp 100.000" in one and "Rp 105.000" in one for one in said.values())
