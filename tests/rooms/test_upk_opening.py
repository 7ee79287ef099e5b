"""A fund that ran on paper begins here: balances, loans, savings, inventory, whole or not at all."""

from datetime import date, timedelta

import pytest

from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as lend
from pendamping.funds.loans import queries as loans
from pendamping.funds.loans import receipts
from pendamping.funds.loans.models import Loan
from pendamping.funds.savings import queries as savings
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk import background
from pendamping.funds.upk import queries as fund
from pendamping.funds.upk.opening import begun, reading, term
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from tests import lending, opening
from tests.gatherings import board_decides
from tests.rooms.test_desk import kinds
from tests.rooms.test_final import against
from tests.rooms.test_ledger_attacks import attack

pytestmark = pytest.mark.django_db

LAST, TODAY = opening.LAST, opening.TODAY


@pytest.fixture
def stage(cast):
    with clock.at(TODAY):
        yield cast


def refused(act, *given, **asked):
    """The clauses for which an action is refused."""
    with pytest.raises(Refusal) as caught:
        act(*given, **asked)
    return [reason.clause for reason in caught.value.reasons]


def holds(cast):
    """Every look at the books and cards of the ward, in one list: empty where all hold."""
    return [*books.check(cast.ward), *loans.check(cast.ward), *savings.check(cast.ward), *fund.check(cast.ward)]  # fmt: skip


def test_the_worked_example_begins_with_what_the_old_book_says(stage):
    made = opening.begin(stage)
    ward = stage.ward
    assert made.state == "confirmed"
    for code, amount in opening.BALANCES.items():
        assert abs(books.balance(ward, code, LAST)) == amount, code
    assert books.balance(ward, "opening_difference") == 0
    mawar, melati = loans.loans(ward)
    states = loans.states(ward, LAST)
    assert (states[mawar.id].outstanding_principal, states[mawar.id].instalments_behind) == (1_500_000, 1)  # fmt: skip
    assert (states[melati.id].outstanding_principal, states[melati.id].instalments_behind) == (1_050_000, 4)  # fmt: skip
    assert (states[mawar.id].collectibility, states[melati.id].collectibility) == (2, 3)
    figures = loans.book(ward, LAST).figures
    assert (figures.lar.part, figures.lar.whole) == (1, 2)
    assert (figures.par.part, figures.par.whole) == (1_050_000, 2_550_000)
    assert loans.reserve_at(ward, LAST).needed == 232_500
    assert sorted(one.name for one in groups.groups(ward)) == ["Mawar", "Melati"]
    assert sum(savings.balances(ward, LAST).values()) == 500_000
    assert holds(stage) == []


def test_a_payment_in_the_time_of_the_old_book_is_refused_and_one_after_it_is_split_by_what_was_paid(
    stage,
):
    opening.begin(stage)
    mawar = loans.loans(stage.ward)[0]
    pay = {"by": stage.treasurer, "ward": stage.ward, "loan_id": mawar.id}
    for day in (date(2004, 12, 1), LAST):
        said = refused(lend.record_repayment, **pay, on=day, amount=287_500)
        assert "loans.repayment.taken_over" in said
    made = lend.record_repayment(**pay, on=date(2005, 1, 3), amount=300_000)
    assert (made.service, made.principal) == (37_500 + 12_500, 250_000)  # December, then January
    assert holds(stage) == []


def test_a_loan_that_was_taken_over_and_is_paid_in_full_closes_with_nothing_left(stage):
    opening.begin(stage)
    for one in loans.loans(stage.ward):
        left = loans.card_of(one, TODAY).left
        lend.record_repayment(
            by=stage.treasurer, ward=stage.ward, loan_id=one.id, on=TODAY, amount=left
        )
    assert {one.status for one in Loan.objects.all()} == {"closed"}
    assert books.balance(stage.ward, "loans") == 0
    assert holds(stage) == []


def test_no_loan_is_paid_out_and_no_voucher_written_in_the_time_of_the_old_book(stage):
    opening.begin(stage)
    said = refused(
        ledger.record_voucher, by=stage.treasurer, ward=stage.ward, on=LAST, kind="out",
        debit="stationery", credit="cash", amount=5_000, narration="Buku",
    )  # fmt: skip
    assert said == ["ledger.closed"]


def test_who_made_the_list_does_not_confirm_it_and_the_board_decides_in_a_meeting(stage):
    found = opening.stage(
        stage, opening.workbook(opening.rows([n for _, n in opening.people(stage)]))
    )
    upk.propose_opening(by=stage.treasurer, ward=stage.ward)
    assert "meetings.decided.meeting" in refused(
        upk.confirm_opening, by=stage.chair, ward=stage.ward
    )
    meeting = board_decides(stage, f"upk.confirm_opening:{found.id}", on=TODAY, outcome="rejected")
    said = refused(upk.confirm_opening, by=stage.chair, ward=stage.ward, meeting_id=meeting)
    assert any(clause.startswith("meetings.") for clause in said)
    assert not books.has_entries(stage.ward) and not Loan.objects.exists()


def test_books_that_were_opened_empty_begin_with_an_older_old_book_all_the_same(stage):
    ledger.open_books(by=stage.treasurer, ward=stage.ward, on=TODAY)
    against(stage, f"UPDATE ledger_account SET opened_on = '{date(2005, 1, 11)}'")
    opening.begin(stage)
    assert books.opened_on(stage.ward) == begun.begun_on(stage.ward) == LAST
    assert abs(books.balance(stage.ward, "11010", LAST)) == opening.BALANCES["11010"]
    assert fund.next_month(stage.ward) == date(2005, 1, 31)
    assert holds(stage) == []
    against(
        stage,
        "UPDATE ledger_account SET opened_on = '2004-01-01'",
        "UPDATE ledger_account SET name_id = 'Lain'",
        "DELETE FROM ledger_account",
    )


def test_books_with_a_voucher_are_not_opened_earlier(stage):
    ledger.open_books(by=stage.treasurer, ward=stage.ward, on=date(2005, 1, 2))
    ledger.record_voucher(
        by=stage.treasurer, ward=stage.ward, on=TODAY, kind="in", debit="cash",
        credit="programme_capital", amount=1_000, narration="Modal",
    )  # fmt: skip
    against(stage, "UPDATE ledger_account SET opened_on = '2004-01-01'")
    sheets = opening.workbook(opening.rows(["Siti"] * 8))
    assert refused(opening.stage, stage, sheets) == ["upk.opening.entries"]


def test_a_fund_with_entries_takes_no_balances_of_an_old_book(stage):
    opening.begin(stage)
    said = refused(opening.stage, stage, opening.workbook(opening.rows(["Siti"] * 8)))
    assert {"upk.opening.entries", "upk.opening.state"} <= set(said)


def test_what_does_not_add_up_is_said_with_its_sums(stage):
    sheets = opening.rows([name for _, name in opening.people(stage)])
    sheets["Saldo"] = [(code, "", amount + (code == "11030") * 10_000) for code, _, amount in sheets["Saldo"]]  # fmt: skip
    found = opening.stage(stage, opening.workbook(sheets))
    picture = reading.picture(found)
    assert [one.clause for one in picture.reasons] == ["upk.opening.tie", "upk.opening.difference"]
    assert picture.difference == 10_000
    upk.balance_opening(by=stage.treasurer, ward=stage.ward, balances={"loans": 2_550_000})
    assert reading.picture(begun.opening(stage.ward)).ready


def test_the_first_month_to_close_is_the_one_after_the_old_book(stage):
    opening.begin(stage)
    assert fund.next_month(stage.ward) == date(2005, 1, 31)
    assert fund.unclosed_year(stage.ward, date(2005, 1, 31)) is None
    assert begun.first_day(stage.ward) == date(2005, 1, 1)


def dirty(names):
    """The worked example as lists in the field have it: titles, joined cells, sums, blank rows, texts."""
    sheets = opening.rows(names)
    sheets["Saldo"] = [(code, "", f"Rp {amount:,}".replace(",", ".") + ",-") for code, _, amount in sheets["Saldo"]]  # fmt: skip
    sheets["Pinjaman"] = [
        ("1", "KSM Mawar", "12/05/2004", "Rp 2.500.000,-", "1,5 %", "10 kali", "2 bulan", "1.000.000", "150.000", "-", ""),
        (),
        ("2", "KSM. Melati", "10 Maret 2004", "1.500.000,00", 0.015, 10.0, 2, 450_000.0, "Rp. 67.500", None, None),
        ("Jumlah", None, None, "4.000.000", None, None, None, 1_450_000, 217_500),
    ]  # fmt: skip
    sheets["Anggota"] = [
        *(("1" if not at else "", "Mawar" if not at else "", name, "", "", "500.000") for at, name in enumerate(names[:5])),
        ("", "Sub jumlah", "", "", "", 2_500_000),
        *(("2" if not at else "", "Melati" if not at else "", name, "", "", "500.000,-") for at, name in enumerate(names[5:8])),
        ("", "", "TOTAL", "", "", "4.000.000"),
    ]  # fmt: skip
    sheets["Tabungan"] += [("Total tabungan", "", "", "", 500_000)]
    return sheets


def test_a_dirty_workbook_is_read_as_it_is_meant(stage):
    names = [name for _, name in opening.people(stage)]

    def change(book):
        for title in ("Pinjaman", "Saldo"):
            book[title].insert_rows(1, 3)
            book[title]["B1"] = "UPK CONTOH"
            book[title].merge_cells("B1:D1")
        notes = book.create_sheet("Coretan")
        notes.append(["hitungan", 1, 2])
        old = book.create_sheet("Pinjaman 2003")
        for row in book["Pinjaman"].iter_rows(values_only=True):
            old.append(row)
        old.sheet_state = "hidden"

    found = opening.stage(stage, opening.workbook(dirty(names), change=change))
    picture = reading.picture(found)
    assert picture.against == []
    assert {one.where["sheet"] for one in picture.lines.unread} == {"Coretan", "Pinjaman 2003"}
    assert [one.old.outstanding for one in picture.lines.loans] == [1_500_000, 1_050_000]
    assert [one.old.rate_bp for one in picture.lines.loans] == [150, 150]
    opening.confirm(stage, found)
    assert holds(stage) == []


def test_a_name_joined_over_several_rows_stands_in_each_of_them(stage):
    people = opening.people(stage, 2)
    sheets = opening.rows([])
    sheets["Pinjaman"] = [
        ("1", "Mawar", date(2004, 5, 12), 600_000, 1.5, 10, 2, 0, 0, None, 1),
        ("2", None, date(2004, 6, 12), 400_000, 1.5, 10, 2, 0, 0, None, 2),
    ]
    sheets["Anggota"] = [("1", "", people[0][1], "", "", 600_000), ("2", "", people[1][1], "", "", 400_000)]  # fmt: skip
    sheets["Tabungan"] = []
    book = opening.workbook(sheets, change=lambda book: book["Pinjaman"].merge_cells("B2:B3"))
    lines = reading.picture(opening.stage(stage, book)).lines
    assert [one.group_name for one in lines.loans] == ["Mawar", "Mawar"] and lines.faults == []


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("Tanggal cair", "31/02/2004", "day/month/year"),
        ("Tanggal cair", "12/05/2005", "as a new loan"),
        ("Pokok pinjaman", "2,5 juta", "whole rupiah"),
        ("Pokok pinjaman", 2_500_000.5, "part of a rupiah"),
        ("Pokok pinjaman", "", "is empty"),
        ("Jasa per bulan (%)", "satu setengah", "percent a month"),
        ("Kali angsuran", "10 minggu", "whole number"),
        ("Kali angsuran", 0, "1 to 120"),
        ("Pokok sudah dibayar", 2_600_000, "More principal"),
        ("Jasa sudah dibayar", 400_000, "More service charge"),
        ("Jasa sudah dibayar", -5, "less than zero"),
        ("Pokok pinjaman", 2_400_000, "parts come to"),
    ],
)
def test_each_wrong_cell_of_a_loan_is_named_with_its_place(stage, column, value, said):
    sheets = opening.rows([name for _, name in opening.people(stage)])
    row = list(sheets["Pinjaman"][0])
    row[opening.HEADINGS["Pinjaman"].index(column)] = value
    sheets["Pinjaman"][0] = tuple(row)
    faults = reading.picture(opening.stage(stage, opening.workbook(sheets))).lines.faults
    assert [one for one in faults if said in one.say()], [one.say() for one in faults]
    where = next(one.where for one in faults if said in one.say())
    assert (where["sheet"], where["row"], where["column"]) == ("Pinjaman", 2, column)


def test_what_fits_nowhere_in_the_lists_is_named(stage):
    names = [name for _, name in opening.people(stage)]
    sheets = opening.rows(names)
    sheets["Saldo"] += [("99999", "", 5_000), ("11010", "", 1)]
    sheets["Anggota"] += [
        ("7", "Anggrek", names[0], "", "", 5_000),
        ("1", "Mawar", names[0], "", "", 5),
    ]
    sheets["Tabungan"] += [("Mawar", "", "", "", 5_000), ("Teratai", "", "", "", 100)]
    sheets["Inventaris"] += [("Kursi", date(2005, 3, 1), 100_000, 0, 60, 0)]
    faults = reading.picture(opening.stage(stage, opening.workbook(sheets))).lines.faults
    places = {(one.where["sheet"], one.where["row"]) for one in faults}
    wanted = {("Saldo", 11), ("Saldo", 12), ("Anggota", 10), ("Anggota", 11), ("Tabungan", 4), ("Tabungan", 5), ("Inventaris", 3)}  # fmt: skip
    assert wanted <= places


def test_a_loan_that_was_paid_back_stays_in_the_old_book(stage):
    sheets = opening.rows([name for _, name in opening.people(stage)])
    sheets["Pinjaman"].append(("3", "Mawar", date(2003, 12, 1), 500_000, 1.5, 10, 2, 500_000, 75_000, None, 1))  # fmt: skip
    picture = reading.picture(opening.stage(stage, opening.workbook(sheets)))
    assert picture.ready and len(picture.lines.loans) == 2
    assert "stays in the old book" in picture.lines.notes[0].text


def test_a_group_that_is_almost_called_so_is_asked_for(stage):
    people = opening.people(stage)
    group = lending.form_group(stage, [one for one, _ in people[:5]])
    sheets = opening.rows([name for _, name in people])
    wrong = group.name.replace("Contoh", "Contho")
    for title in ("Pinjaman", "Anggota", "Tabungan"):
        sheets[title] = [tuple(wrong if one == "Mawar" else one for one in row) for row in sheets[title]]  # fmt: skip
    found = opening.stage(stage, opening.workbook(sheets))
    [question] = reading.picture(found).questions
    assert question.choices[0] == (group.id, group.name)
    upk.name_opening(by=stage.treasurer, ward=stage.ward, names={question.key: group.id})
    found.refresh_from_db()
    opening.confirm(stage, found)
    assert loans.loans(stage.ward)[0].group_id == group.id
    assert holds(stage) == []


def test_a_receipt_after_the_old_book_tells_what_is_left(stage):
    opening.begin(stage)
    mawar = loans.loans(stage.ward)[0]
    made = lend.record_repayment(
        by=stage.treasurer, ward=stage.ward, loan_id=mawar.id, on=date(2005, 1, 3), amount=287_500
    )
    said = dict(receipts.told(loans.repayment(stage.ward, made.id)))
    assert any("1.437.500" in text for text in said.values()), said  # five instalments of 287,500


def test_an_old_book_waits_on_the_desk_of_the_unit_and_then_of_the_board(stage):
    content = opening.workbook(opening.rows([name for _, name in opening.people(stage)]))
    found = opening.stage(stage, content)
    assert "opening" in kinds(stage, "treasurer", TODAY)
    assert "approve_opening" not in kinds(stage, "chair", TODAY)
    upk.propose_opening(by=stage.treasurer, ward=stage.ward)
    assert "opening" not in kinds(stage, "treasurer", TODAY)
    assert "approve_opening" in kinds(stage, "chair", TODAY)
    upk.return_opening(by=stage.chair, ward=stage.ward, why="kas belum cocok")
    assert "opening" in kinds(stage, "treasurer", TODAY)
    found.refresh_from_db()
    assert found.why_returned == "kas belum cocok"


# --- taken back, and left lying -------------------------------------------------------------------


def back(cast, found, on=TODAY, **more):
    meeting = board_decides(cast, f"upk.take_back_opening:{found.id}", on=on)
    told = {"why": "kas keliru", "meeting_id": meeting, **more}
    return upk.take_back_opening(by=cast.chair, ward=cast.ward, **told)


def test_a_wrong_opening_is_taken_back_and_the_fund_begins_anew(stage):
    names = [name for _, name in opening.people(stage)]
    wrong = opening.begin(stage, opening.rows(names))
    entry = wrong.entry_id
    assert refused(upk.take_back_opening, by=stage.chair, ward=stage.ward, why=" ") == [
        "upk.opening.why", "meetings.decided.meeting",
    ]  # fmt: skip
    against(
        stage,
        "UPDATE upk_opening SET confirmed_on = '2004-01-01'",
        "UPDATE upk_opening SET state = 'proposed', entry_id = NULL",
        "DELETE FROM upk_opening",
        "DELETE FROM loans_loanmember",
        "DELETE FROM loans_loan",
    )
    gone = back(stage, wrong)
    assert (gone.state, gone.entry_id, gone.figures["taken_back"]["entry"]) == ("discarded", None, entry)  # fmt: skip
    assert not books.has_entries(stage.ward) and books.closed_until(stage.ward) is None
    assert all(books.balance(stage.ward, code) == 0 for code in opening.BALANCES)
    assert not Loan.objects.exists() and sum(savings.balances(stage.ward, LAST).values()) == 0
    assert holds(stage) == []
    anew = opening.confirm(stage, opening.stage(stage, opening.workbook(opening.rows(names))))
    assert [one.number for one in loans.loans(stage.ward)] == [1, 2]
    assert abs(books.balance(stage.ward, "11030")) == opening.BALANCES["11030"]
    assert sorted(one.name for one in groups.groups(stage.ward)) == ["Mawar", "Melati"]
    assert (anew.state, holds(stage)) == ("confirmed", [])
    assert refused(upk.take_back_opening, by=stage.treasurer, ward=stage.ward, why="x") == [
        "access.permission"
    ]


def test_what_was_posted_upon_keeps_the_opening(stage):
    found = opening.begin(stage)
    mawar = loans.loans(stage.ward)[0]
    paid = lend.record_repayment(
        by=stage.treasurer, ward=stage.ward, loan_id=mawar.id, on=date(2005, 1, 3), amount=50_000
    )
    clauses = ["upk.opening.posted", "loans.taken_over.used"]
    assert refused(back, stage, found) == clauses
    lend.reverse_repayment(
        by=stage.treasurer, ward=stage.ward, repayment_id=paid.id, on=TODAY, why="salah"
    )
    assert refused(back, stage, found, on=date(2005, 1, 9))[:2] == clauses
    assert holds(stage) == []


def test_an_opening_that_plain_sql_puts_aside_is_a_break(stage):
    opening.begin(stage)
    attack(by=stage.system, sql=["UPDATE upk_opening SET state = 'discarded', entry_id = NULL"])
    assert "upk.opening.said" in {one.clause for one in fund.check(stage.ward)}


def test_a_draft_that_nobody_works_on_is_put_aside_and_says_so(stage):
    found = opening.stage(stage, opening.workbook(opening.rows(["Siti"] * 8)))
    with clock.at(TODAY + timedelta(days=50)):
        assert background.sweep() == 0
        upk.balance_opening(by=stage.treasurer, ward=stage.ward, balances={"cash": 1})
    with clock.at(TODAY + timedelta(days=110)):
        assert background.sweep() == 0
        assert term.last_day(found) == TODAY + timedelta(days=110)
    with clock.at(TODAY + timedelta(days=111)):
        assert background.sweep() == 1
        found.refresh_from_db()
        assert (found.state, found.cells) == ("discarded", [])
        assert term.ended(stage.ward).values["days"] == 60
        assert background.sweep() == 0
