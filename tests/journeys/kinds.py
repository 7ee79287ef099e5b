"""Each kind of work that moves or closes money, once: what comes before it, and the work itself.

A kind prepares what it needs and gives back the work, which another process may then be killed in.
"""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

from pendamping.funds.grants import actions as grants
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.savings import actions as savings
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk import queries as fund
from pendamping.funds.upk.models import BankLine
from pendamping.funds.upk.rules import statement
from pendamping.funds.upk.rules import year as years
from pendamping.kernel import clock
from tests import cast as players
from tests import closing, granting, lending
from tests.rooms.test_loans_changes import decided
from tests.rooms.test_upk_years import MET, SHARES, yearly_meeting

TODAY, DUE, PLANNED = date(2005, 12, 20), date(2004, 8, 12), date(2004, 8, 20)
JANUARY, DECEMBER = date(2004, 1, 31), date(2004, 12, 31)
MAY, LOST, BANKED = date(2005, 5, 31), date(2005, 6, 20), date(2005, 7, 12)
LINES = f"Tanggal;Uraian;Jumlah\n{BANKED:%d/%m/%Y};Bunga;15000\n{BANKED:%d/%m/%Y};Biaya;-5000\n"
Work = Callable[[], Any]


def stage() -> SimpleNamespace:
    """A fund with five loans and one that waits, works of the grant, and a good year besides."""
    cast = players.make_cast()
    lending.open_fund(cast)
    granting.first_tranche(cast)
    told = {"by": cast.treasurer, "ward": cast.ward}
    waiting = lending.apply(cast)
    lending.sign(cast, waiting)
    lending.approve(cast, waiting)
    ledger.record_voucher(
        **told, on=PLANNED, kind="in", debit="cash", credit="other_income", amount=9_000_000, narration="Hibah",
    )  # fmt: skip
    return SimpleNamespace(
        cast=cast, ward=cast.ward, told=told, chair={**told, "by": cast.chair}, waiting=waiting,
        loans=[lending.lend(cast) for _ in range(5)], grant=granting.agree(cast),
    )  # fmt: skip


def disburse(at: Any) -> Work:
    return lambda: lending.pay_out(at.cast, at.waiting)


def pay(at: Any) -> Work:
    return lambda: lending.pay(at.cast, at.loans[0], DUE, 287_500, request_id="pay")


def take_back_payment(at: Any) -> Work:
    paid = lending.pay(at.cast, at.loans[0], PLANNED, 50_000)
    return lambda: loans.reverse_repayment(
        **at.told, repayment_id=paid.id, on=PLANNED, why="salah kelompok"
    )


def sheet(at: Any) -> Work:
    who = [one.person_id for one in at.loans[0].members.order_by("pk")]
    lines = [{"person": person, "paid": 20_000, "saved": 5_000, "covers": []} for person in who]
    lines[0]["covers"] = [{"by": "reserve", "amount": 3_000}]
    groups = [{"loan": at.loans[0].id, "lines": lines}]
    return lambda: loans.record_sheet(**at.told, on=DUE, groups=groups, request_id="sheet")


def deposit(at: Any) -> Work:
    return lambda: savings.record_deposit(
        **at.told, group_id=at.loans[0].group_id, on=DUE, amount=40_000, request_id="deposit"
    )


def withdrawal(at: Any) -> Work:
    group = at.loans[1].group_id
    return lambda: lending.take_out(at.cast, group, DUE, 30_000, request_id="withdrawal")


def reschedule(at: Any) -> Work:
    meeting = decided(at.cast, at.loans[1], "reschedule", PLANNED)
    return lambda: loans.reschedule(
        **at.chair, loan_id=at.loans[1].id, on=PLANNED, meeting_id=meeting, instalments=5,
        first_due=date(2004, 9, 20), why="panen gagal",
    )  # fmt: skip


def settle(at: Any) -> Work:
    owed = loan_book.settlement(at.ward, at.loans[2].id, PLANNED).total
    return lambda: loans.settle_early(
        **at.told, loan_id=at.loans[2].id, on=PLANNED, amount=owed, request_id="settle"
    )


def pay_grant(at: Any) -> Work:
    return lambda: grants.pay_grant(
        by=at.cast.secretary, ward=at.ward, grant_id=at.grant.id, on=granting.CONTRACT, amount=6_000_000,
        request_id="grant",
    )  # fmt: skip


def spend_grant(at: Any) -> Work:
    line = at.grant.budget.order_by("pk").first()
    return lambda: grants.record_expense(
        by=at.cast.secretary, ward=at.ward, grant_id=at.grant.id, line_id=line.id, on=DUE, amount=900_000,
        what="Pasir", seller="TB Contoh", request_id="expense",
    )  # fmt: skip


def close(at: Any) -> Work:
    closing.prepare(at.cast, JANUARY)
    return lambda: upk.close_month(**at.told, month=JANUARY)


def approve(at: Any) -> Work:
    [made] = fund.closes(at.ward)
    return lambda: upk.approve_close(**at.chair, close_id=made.id)


def reserve(at: Any) -> Work:
    """Of a month before which all are closed."""
    closing.close_through(at.cast, date(2004, 7, 31))
    return lambda: loans.set_reserve_aside(**at.told, month=date(2004, 8, 31))


def year(at: Any) -> Work:
    closing.close_through(at.cast, DECEMBER)
    return lambda: upk.close_year(**at.told, year=2004)


def split(at: Any) -> Work:
    meeting = yearly_meeting(at.cast, years.subject(2004, SHARES))
    return lambda: upk.split_profit(
        **at.told, year=2004, on=MET, meeting_id=meeting, percents=SHARES
    )


def write_off(at: Any) -> Work:
    loan = at.loans[3]
    loans.set_reserve_aside(**at.told, month=MAY)
    record = f"{loan.id}:early"
    meeting = decided(at.cast, loan, "write_off", LOST, kind="citizens", record=record)
    return lambda: loans.write_off(
        **at.chair, loan_id=loan.id, on=LOST, meeting_id=meeting, why="bubar"
    )


def upload(at: Any) -> Work:
    lending.transfer(at.cast, BANKED, "cash", "bank", 1_000_000)
    return lambda: upk.stage_statement(
        **at.told, account="bank", filename="juli.csv", content=LINES.encode()
    )


def take_statement(at: Any) -> Work:
    made = upk.stage_statement(
        **at.told, account="bank", filename="juli.csv", content=LINES.encode()
    )
    columns = statement.guess(made.cells[0])
    return lambda: upk.take_statement(**at.told, statement_id=made.id, header=0, columns=columns)


def post_line(at: Any) -> Work:
    line = BankLine.objects.get(amount=15_000)
    return lambda: upk.post_bank_line(**at.told, line_id=line.id, item="interest")


KINDS: dict[str, Callable[[Any], Work]] = {
    one.__name__: one
    for one in (
        disburse, pay, take_back_payment, sheet, deposit, withdrawal, reschedule, settle, pay_grant,
        spend_grant, close, approve, reserve, year, split, write_off, upload, take_statement, post_line,
    )
}  # fmt: skip
"""In the order in which they happen: a month is closed after what happened in it."""


def today() -> Any:
    """The day on which all is entered."""
    return clock.at(TODAY)
