"""Bank statements beside the bank book: ugly files, matching, what the bank did by itself."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import Workbook

from pendamping.funds.ledger import queries as books
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk.bank import reading
from pendamping.funds.upk.models import BankLine, BankStatement
from pendamping.funds.upk.rules import statement as rules
from pendamping.kernel import clock
from tests.banked import MAY, PLAIN, banked, move, open_lines, state, take, unit, upload
from tests.books import statements
from tests.closing import close_through, count, refused

__all__ = ["banked", "unit"]  # the stage

pytestmark = pytest.mark.django_db


def test_what_has_the_same_amount_within_days_is_matched(unit):
    made = take(unit, PLAIN)
    assert (made.opening, made.closing) == (0, 8_007_000)
    assert (made.since, made.until) == (date(2004, 5, 12), MAY)
    assert set(open_lines(unit)) == {"Bunga tabungan", "Pajak bunga", "Biaya administrasi"}
    found = state(unit)
    assert (found.statement, found.book, found.difference) == (8_007_000, 8_000_000, 0)


def test_what_the_bank_did_is_posted_by_one_press_and_the_account_is_reconciled(unit):
    take(unit, PLAIN)
    for text, item in (("Bunga", "interest"), ("Pajak", "tax"), ("Biaya", "charge")):
        line = next(key for said, key in open_lines(unit).items() if said.startswith(text))
        upk.post_bank_line(by=unit.treasurer, ward=unit.ward, line_id=line, item=item)
    found = state(unit)
    assert (found.statement, found.book, found.difference) == (8_007_000, 8_007_000, 0)
    assert (found.open_bank, found.open_book) == ((), ())
    assert books.balance(unit.ward, "other_income") == -15_000
    assert books.balance(unit.ward, "bank_cost") == 8_000


def test_a_posted_line_is_taken_back_with_its_match(unit):
    take(unit, PLAIN)
    line = open_lines(unit)["Bunga tabungan"]
    with refused("upk.bank.side"):
        upk.post_bank_line(by=unit.treasurer, ward=unit.ward, line_id=line, item="tax")
    upk.post_bank_line(by=unit.treasurer, ward=unit.ward, line_id=line, item="interest")
    upk.unmatch_line(by=unit.treasurer, ward=unit.ward, line_id=line)
    assert books.balance(unit.ward, "other_income") == 0
    assert line in open_lines(unit).values()
    assert state(unit).difference == 0


def test_one_line_is_matched_by_hand_with_several(unit):
    move(unit, date(2004, 5, 21), "bank", "cash", 300_000)
    move(unit, date(2004, 5, 22), "bank", "cash", 200_000)
    take(
        unit,
        PLAIN.replace("Jumlah", "31/05/2004;Setoran gabungan;;500.000,00;8.507.000,00\nJumlah"),
    )
    line = open_lines(unit)["Setoran gabungan"]
    book = [str(one.pk) for one in reading.open_book(unit.ward, books.account(unit.ward, "bank"))]
    assert len(book) == 2
    given = {"by": unit.treasurer, "ward": unit.ward, "account": "bank"}
    with refused("upk.bank.sums"):
        upk.match_lines(**given, bank=[line], book=book[:1])
    with refused("upk.bank.both"):
        upk.match_lines(**given, bank=[line], book=[])
    upk.match_lines(**given, bank=[line], book=book)
    assert line not in open_lines(unit).values()
    assert state(unit).difference == 0


def test_the_same_statement_twice_adds_nothing_nor_does_a_longer_one(unit):
    first = take(unit, PLAIN)
    assert upload(unit, PLAIN).id == first.id
    again = take(unit, PLAIN.replace("PT Bank Contoh", "PT Bank Contoh, dicetak ulang"))
    assert again.id != first.id
    assert BankLine.objects.filter(ward=unit.ward).count() == 5
    assert state(unit).difference == 0


def test_two_statements_of_one_month_are_not_counted_twice(unit):
    lines = PLAIN.splitlines()
    take(unit, "\n".join(lines[2:4]))
    take(unit, "\n".join([lines[2], *lines[4:]]))
    assert state(unit).statement == 8_007_000
    assert state(unit).difference == 0


def test_a_row_beyond_the_file_holds_no_headings(unit):
    with refused("upk.bank.header"):
        take(unit, PLAIN, header=99, columns={"date": 0, "amount": 1})


def test_the_bank_page_asks_of_a_month_what_its_close_asks(unit, client):
    client.force_login(unit.treasurer)
    before = {"ward": unit.ward, "account": "bank", "month": "2004-04"}
    assert reading.banks(unit.ward, date(2004, 4, 30)) == ()  # the account is used from May on
    assert (
        "Tidak ada yang dicocokkan"
        in client.get(reverse("upk:bank_month", kwargs=before)).content.decode()
    )
    with clock.at(date(2004, 5, 20)):
        listed = client.get(reverse("upk:bank", kwargs={"ward": unit.ward})).content.decode()
    assert "belum dipakai" in listed and "belum cocok" not in listed
    take(unit, PLAIN)
    [bank] = reading.banks(unit.ward, MAY)
    assert [one.clause for one in bank.against] == ["upk.bank.open"]
    shown = client.get(reverse("upk:bank_month", kwargs={**before, "month": "2004-05"}))
    assert "Belum cocok" in shown.content.decode()


def test_the_month_is_closed_when_the_bank_is_reconciled(unit):
    close_through(unit, date(2004, 4, 30))
    count(unit, MAY)
    ask = {"by": unit.treasurer, "ward": unit.ward, "month": MAY}
    with refused("upk.bank.missing"):
        upk.close_month(**ask)
    draft = upload(unit, PLAIN)
    with refused("upk.bank.missing", "upk.close.draft"):
        upk.close_month(**ask)
    upk.discard_statement(by=unit.treasurer, ward=unit.ward, statement_id=draft.id)
    take(unit, PLAIN)
    with refused("upk.bank.open"):
        upk.close_month(**ask)
    for text, line in open_lines(unit).items():
        item = "interest" if text.startswith("Bunga") else "tax"
        upk.post_bank_line(by=unit.treasurer, ward=unit.ward, line_id=line, item=item)
    assert upk.close_month(**ask).state == "closed"


def workbook(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


UGLY = {
    "a workbook with real days and numbers, a merged title": workbook(
        [
            ["Mutasi rekening Mei", None, None],
            [None],
            ["Posting Date", "Remark", "Amount", "Balance"],
            [date(2004, 5, 12), "SETORAN", 10_000_000, 10_000_000],
            [date(2004, 5, 20), "TARIK", -2_000_000, 8_000_000],
        ]
    ),
    "commas, an English amount, CR and DB behind it": (
        'Date,Description,Amount\n12-05-04,SETOR,"10,000,000.00 CR"\n20-05-04,TARIK,"2,000,000.00 DB"\n'
    ),
    "days without a year, tabs, the rows the wrong way round": (
        "Tgl\tKeterangan\tDB\tCR\n20/05\tTARIK\t2.000.000\t-\n12/05\tSETOR\t0\t10.000.000\n"
    ),
    "months in words, Rp, page ends between the rows": (
        "Tanggal;Transaksi;Mutasi\n12 Mei 2004;SETOR;Rp 10.000.000,00\nHalaman 1;;\n"
        "Tanggal;Transaksi;Mutasi\n20 Mei 2004;TARIK;(2.000.000,00)\n"
    ),
}


@pytest.mark.parametrize("content", UGLY.values(), ids=UGLY)
def test_it_reads_what_banks_send(unit, content):
    take(unit, content)
    assert [(one.on.day, one.amount) for one in BankLine.objects.order_by("on")] == [
        (12, 10_000_000),
        (20, -2_000_000),
    ]
    assert state(unit).difference == 0


def test_what_cannot_be_read_is_named_by_row(unit):
    wrong = PLAIN.replace("2.000.000,00;;8.000.000,00", "dua juta;;8.000.000,00").replace(
        "31/05/2004;Bunga", "31/06/2004;Bunga"
    )
    with refused("upk.bank.amount", "upk.bank.day", "upk.bank.balance"):
        take(unit, wrong)
    assert not BankLine.objects.exists()
    for content, clause in (
        (b" ", "upk.file.empty"),
        (b"PK\x03\x04 damaged", "households.file.workbook"),
    ):
        with refused(clause):
            upload(unit, content)
    with refused("upk.bank.account"):
        upload(unit, PLAIN, account="cash")


def test_a_bank_without_balances_starts_from_what_is_typed(unit):
    content = "Tanggal;Uraian;Jumlah\n02/05/2004;Bunga;1.000\n"
    made = take(unit, content, opening=50_000)
    assert (made.opening, made.closing) == (50_000, 51_000)


def test_the_pages_lead_from_the_file_to_the_reconciliation(unit, client):
    client.force_login(unit.treasurer)
    place = {"ward": unit.ward}
    file = io.BytesIO(PLAIN.encode())
    file.name = "mei.csv"
    answer = client.post(reverse("upk:bank", kwargs=place), {"account": "bank", "file": file})
    page = client.get(answer.url)
    assert "Setoran tunai UPK" in page.content.decode()
    columns = {"date": 0, "text": 1, "debit": 2, "credit": 3, "balance": 4}
    answer = client.post(answer.url, {"header": 3, "step": "take", **columns})
    page = client.get(answer.url).content.decode()
    assert "Bunga tabungan" in page
    line = open_lines(unit)["Bunga tabungan"]
    client.post(answer.url, {"step": "post", "line_id": line, "item": "interest"})
    assert "Bunga tabungan" not in open_lines(unit)
    printed = client.get(answer.url + "pdf/")
    assert printed.content.startswith(b"%PDF")
    assert reading.headings(unit.ward, "bank")["debit"] == "Debet"


# --- the formats of banks -----------------------------------------------------------------------------


@pytest.mark.parametrize("content", [statements.ofx(), statements.mt940()], ids=["ofx", "mt940"])
def test_a_file_in_the_format_of_banks_is_matched_like_a_table(unit, content):
    made = take(unit, content)
    assert (made.number, made.opening, made.closing) == ("0001112223", 0, 8_007_000)
    assert set(open_lines(unit)) == {"Bunga tabungan", "Pajak bunga", "Biaya administrasi"}
    assert state(unit).difference == 0


def test_the_file_of_another_account_is_refused_and_a_new_number_is_asked_about(unit):
    take(unit, statements.mt940())
    june = [(date(2004, 6, 1), 1_000, "Bunga")]
    new = statements.mt940(june, opening=8_007_000, number="5556667778")
    with refused("upk.bank.new_number"):
        take(unit, new)
    draft = BankStatement.objects.get(state="draft")
    upk.discard_statement(by=unit.treasurer, ward=unit.ward, statement_id=draft.id)
    with refused("upk.bank.other_account"):
        take_into(unit, "joint_liability_bank", statements.mt940(june, opening=8_007_000))
    assert take(unit, new, renumbered=True).number == "5556667778"


def take_into(cast, account, content):
    draft = upload(cast, content, account)
    columns = rules.guess(draft.cells[0])
    return upk.take_statement(
        by=cast.treasurer, ward=cast.ward, statement_id=draft.id, header=0, columns=columns
    )


def test_the_same_month_in_another_format_is_not_counted_twice(unit):
    told = [(on, sum_, text.upper()) for on, sum_, text in statements.LINES]
    take(unit, PLAIN)
    with refused(*["upk.bank.twin"] * 5):
        take(unit, statements.ofx(told))
    draft = BankStatement.objects.get(state="draft")
    given = {"by": unit.treasurer, "ward": unit.ward, "statement_id": draft.id, "header": 0}
    upk.take_statement(**given, columns=rules.guess(draft.cells[0]), doubles="skip")
    assert BankLine.objects.count() == 5
    assert (state(unit).statement, state(unit).difference) == (8_007_000, 0)


def test_overlapping_statements_bring_each_line_once(unit):
    first, rest = statements.LINES[:3], statements.LINES[1:]
    take(unit, statements.mt940(first))
    take(unit, statements.mt940(rest, opening=10_000_000))
    found = BankLine.objects.order_by("on", "id")
    assert sorted(one.amount for one in found) == sorted(sum_ for _, sum_, _ in statements.LINES)


def test_the_page_of_a_banks_file_asks_what_is_in_doubt_and_takes_it_in(unit, client):
    client.force_login(unit.treasurer)
    take(unit, PLAIN)
    place = {"ward": unit.ward}
    file = io.BytesIO(
        statements.ofx([(on, sum_, "x") for on, sum_, _ in statements.LINES]).encode()
    )
    file.name = "mei.ofx"
    answer = client.post(reverse("upk:bank", kwargs=place), {"account": "bank", "file": file})
    page = client.get(answer.url).content.decode()
    assert "OFX" in page and "…2223" in page and 'name="doubles"' in page
    assert 'name="renumbered"' not in page
    columns = {"date": 0, "text": 1, "reference": 2, "amount": 3, "balance": 4, "header": 1}
    refused_page = client.post(answer.url, {"step": "take", **columns})
    assert refused_page.status_code == 409 and BankLine.objects.count() == 5
    done = client.post(answer.url, {"step": "take", "doubles": "skip", **columns})
    assert done.status_code == 302 and BankLine.objects.count() == 5
    wrong = io.BytesIO(statements.mt940().replace("C15000,00", "C15000,00,").encode())
    wrong.name = "juni.sta"
    told = client.post(reverse("upk:bank", kwargs=place), {"account": "bank", "file": wrong})
    assert told.status_code == 409 and "10" in told.content.decode()
