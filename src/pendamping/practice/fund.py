"""The fund of a practice ward: a loan that is repaid, months that are closed."""

from datetime import date, timedelta

from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as book
from pendamping.funds.savings import actions as savings
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk.rules import year as years
from pendamping.guidelines import queries as guidelines
from pendamping.institutions import actions as institutions
from pendamping.kernel import clock
from pendamping.practice.meeting import meet
from pendamping.territory import queries as territory
from pendamping.trail.writing import end_what_waits

CAPITAL, PART, SAVING = 25_000_000, 500_000, 25_000
NOTES = (100_000, 50_000, 20_000, 10_000, 5_000, 1_000, 500, 200, 100, 50, 25)
BOARD = {"total": 7, "women": 3, "poor": 0}
SHARES = {"capital": 50, "social": 20, "board": 15, "bonus": 10, "training": 5}


def prepare(by: User, ward: str, group: str, on: date) -> None:
    """Trained, and keeping books: what the guideline asks for before a first loan."""
    told = {"by": by, "ward": ward, "group_id": group, "on": on}
    with clock.at(on):
        for module in guidelines.section("training_modules", ward, on):
            institutions.record_step(**told, kind="training", module=module)
        institutions.record_step(**told, kind="books")


def save(by: User, ward: str, group: str, on: date) -> None:
    with clock.at(on):
        savings.record_deposit(by=by, ward=ward, group_id=group, on=on, amount=SAVING)


def put_in_capital(by: User, ward: str, on: date) -> None:
    with clock.at(on):
        ledger.record_voucher(
            by=by, ward=ward, on=on, kind="in", debit="cash", credit="programme_capital",
            amount=CAPITAL, narration="Modal dana bergulir (latihan)",
        )  # fmt: skip


def lend(by: User, ward: str, group: str, people: list[str], on: date) -> None:
    """Asked for, signed, approved by the board, paid out."""
    told = {"by": by, "ward": ward}
    with clock.at(on):
        loan = loans.apply(
            **told, group_id=group, on=on,
            members=[{"person": one, "amount": PART, "purpose": "warung"} for one in people],
        )  # fmt: skip
        loans.record_consents(
            **told, loan_id=loan.id, on=on, witness="Saksi Latihan",
            signatures=[{"person": one, "family_by": "suami"} for one in people],
        )  # fmt: skip
        meeting = meet(by, ward, "board", f"loans.approve:{loan.id}", "Pinjaman disetujui",
                       head_count=BOARD, eligible=9)  # fmt: skip
        loans.approve(**told, loan_id=loan.id, on=on, meeting_id=meeting)
        loans.disburse(**told, loan_id=loan.id, on=on)


def repay(by: User, ward: str, on: date) -> None:
    """What is due on a day is paid on it; in the months of grace nothing is."""
    with clock.at(on):
        for loan, state in book.states(ward, on).items():
            if (due := state.due - state.paid) > 0:
                loans.record_repayment(by=by, ward=ward, loan_id=loan, on=on, amount=due)


def close(by: User, board: User, ward: str, month: date) -> None:
    """A month whose last day this is: reserve, card, count, close, and the board's approval."""
    end_what_waits()  # each entry has its voucher's number before the month is closed
    with clock.at(month + timedelta(days=2)):
        states = book.states(ward, month).values()
        if states:
            loans.set_reserve_aside(by=by, ward=ward, month=month)
        if any(
            state.paid for state in states
        ):  # before, there is no income to hold against the cost
            upk.record_card(by=by, ward=ward, month=month)
        _count(by, ward, month)
        end_what_waits()
        made = upk.close_month(by=by, ward=ward, month=month)
    with clock.at(month + timedelta(days=3)):
        upk.approve_close(by=board, ward=ward, close_id=made.id)
        if month.month == 12:
            _close_year(by, ward, month.year)


def _count(by: User, ward: str, on: date) -> None:
    left, pieces = books.balance(ward, "cash", on), {}
    for value in NOTES:
        pieces[value], left = divmod(left, value)
    upk.count_cash(by=by, ward=ward, on=on, pieces=pieces, witnesses="Pengawas Latihan")


def _close_year(by: User, ward: str, year: int) -> None:
    """The year is closed; a profit is shared by a yearly meeting, a loss is carried on."""
    made = upk.close_year(by=by, ward=ward, year=year)
    if made.income <= made.cost:
        return
    places = [f"{one.rw}/{one.rt}" for one in territory.neighbourhoods(ward)]
    people = {"total": 20, "women": 12, "poor": 12, "rts": places}
    meeting = meet(by, ward, "yearly", years.subject(year, SHARES), "Laba UPK dibagi",
                   head_count=people, eligible=24)  # fmt: skip
    upk.split_profit(
        by=by, ward=ward, year=year, on=clock.today(), meeting_id=meeting, percents=SHARES
    )
