"""What is decided on an earlier day rests on what is still true of that day, and closed months keep theirs."""

from datetime import date, timedelta

import pytest

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.kernel import clock
from tests import closing
from tests.lending import pay
from tests.rooms.test_loans import DUES, EACH, fresh, refused
from tests.rooms.test_loans_changes import NEW_FROM, reschedule, settle
from tests.rooms.test_loans_order import picture
from tests.rooms.test_loans_written_off import LOST_ON, MAY, write_off
from tests.staging import staged

pytestmark = pytest.mark.django_db

TAKEN_BACK = "loans.change.taken_back_since"
BACK = date(2005, 1, 10)  # after the day of the rescheduling


def take_back(cast, payment, on):
    loans.reverse_repayment(
        by=cast.treasurer, ward=cast.ward, repayment_id=payment.id, on=on, why="setoran palsu"
    )


def tied(cast, loan):
    """Whether the control account holds what the card of the loan says."""
    card = loan_book.card(cast.ward, loan.id, clock.today()).state
    return books.balance(cast.ward, "loans") == card.outstanding_principal


def test_a_new_schedule_never_rests_on_a_payment_that_was_taken_back_since(fund, loan):
    take_back(fund, pay(fund, loan, DUES[0], EACH), BACK)
    before = picture(fund.ward)
    assert refused(lambda: reschedule(fund, loan)) == [TAKEN_BACK]
    assert refused(lambda: reschedule(fund, loan, on=BACK, first_due=date(2005, 2, 20))) == [
        TAKEN_BACK
    ]
    assert picture(fund.ward) == before
    later = reschedule(fund, loan, on=BACK + timedelta(days=1), first_due=date(2005, 2, 20))
    assert (later.principal, later.service) == (2_500_000, 375_000)  # all that was lent
    assert breaks(fund.ward) == []
    assert tied(fund, loan)


def test_nor_does_a_writing_off_or_a_settlement(fund, loan):
    payment = pay(fund, loan, DUES[0], EACH)
    owed = loan_book.settlement(fund.ward, loan.id, date(2004, 10, 1)).total
    loans.set_reserve_aside(by=fund.treasurer, ward=fund.ward, month=MAY)
    take_back(fund, payment, date(2005, 7, 1))
    assert refused(lambda: write_off(fund, loan)) == [TAKEN_BACK]
    assert refused(lambda: settle(fund, loan, date(2004, 10, 1), owed)) == [TAKEN_BACK]
    assert fresh(loan).status == "active"
    assert breaks(fund.ward) == []
    assert tied(fund, loan)


@staged(at=date(2005, 1, 3))
def closed_year(fund, loan):
    """Nobody paid; the books of 2004 are closed."""
    closing.close_through(fund, date(2004, 12, 31))
    return loan


def arrears(cast, day=date(2004, 12, 31)):
    found = loan_book.book(cast.ward, day).figures
    return found.outstanding, found.arrears_principal, found.rr


def test_what_a_closed_month_says_of_a_loan_stays(fund, closed_year):
    said = arrears(fund)
    assert said[1] > 0
    assert "ledger.closed" in refused(lambda: reschedule(fund, closed_year, on=NEW_FROM))
    assert "ledger.closed" in refused(lambda: write_off(fund, closed_year, on=date(2004, 12, 30)))
    assert arrears(fund) == said
    reschedule(fund, closed_year, on=date(2005, 1, 2), first_due=date(2005, 2, 2))
    assert arrears(fund) == said


def test_a_rescheduling_of_a_closed_month_is_not_taken_back_in_it(fund, loan):
    made = reschedule(fund, loan)
    closing.close_through(fund, date(2004, 12, 31))
    said = arrears(fund)
    undo = {"by": fund.chair, "ward": fund.ward, "rescheduling_id": made.id, "why": "keliru"}
    assert refused(loans.take_back_rescheduling, **undo) == ["ledger.closed"]
    assert arrears(fund) == said


def test_no_more_is_recovered_than_is_owed(fund, loan):
    pay(fund, loan, DUES[0], EACH)
    loans.set_reserve_aside(by=fund.treasurer, ward=fund.ward, month=MAY)
    write_off(fund, loan, LOST_ON)
    late = date(2005, 7, 1)
    assert refused(lambda: pay(fund, loan, late, 2_700_000)) == ["loans.repayment.recovered"]
    pay(fund, loan, late, 2_500_000)
    assert refused(lambda: pay(fund, loan, late, 87_501)) == ["loans.repayment.recovered"]
    paid = pay(fund, loan, late, 87_500)
    assert (paid.recovered, paid.overpaid) == (87_500, 0)
    [row] = loan_book.written_off(fund.ward)
    assert row.still_owed == 0
    assert breaks(fund.ward) == []


def test_what_came_in_on_the_day_itself_lowers_what_is_written_off_the_day_after(fund, loan):
    pay(fund, loan, DUES[0], EACH)
    loans.set_reserve_aside(by=fund.treasurer, ward=fund.ward, month=MAY)
    pay(fund, loan, LOST_ON, 140_000)
    assert refused(lambda: write_off(fund, loan, LOST_ON)) == ["loans.write_off.paid_that_day"]
    made = write_off(fund, loan, LOST_ON + timedelta(days=1))
    assert made.principal + made.service == 2_250_000 + 337_500 - 140_000
    assert books.balance(fund.ward, "other_income") == 0
    assert breaks(fund.ward) == []


def voucher(cast, kind, debit, credit, amount, on=date(2004, 9, 1)):
    return ledger.record_voucher(
        by=cast.treasurer, ward=cast.ward, on=on, kind=kind, debit=debit, credit=credit,
        amount=amount, narration="Pinjam sementara",
    )  # fmt: skip


def test_what_a_group_paid_too_much_is_not_paid_out_by_a_voucher_too(fund, loan):
    pay(fund, loan, DUES[0], 3_000_000)  # 2,875,000 is owed in all
    out = {"kind": "out", "debit": "debt", "credit": "cash"}
    assert refused(lambda: voucher(fund, amount=125_000, **out)) == ["ledger.debt"]
    borrowed = voucher(fund, "in", "cash", "debt", 50_000)
    assert refused(lambda: voucher(fund, amount=50_001, **out)) == ["ledger.debt"]
    voucher(fund, amount=50_000, **out)
    assert refused(
        ledger.reverse, by=fund.treasurer, ward=fund.ward, entry_id=borrowed.id,
        on=date(2004, 9, 2), why="salah",
    ) == ["ledger.debt"]  # fmt: skip
    loans.refund_overpayment(
        by=fund.treasurer, ward=fund.ward, loan_id=loan.id, on=date(2004, 9, 3), amount=125_000,
        received_by="Contoh Ketua",
    )  # fmt: skip
    assert books.balance(fund.ward, "debt") == 0
    assert breaks(fund.ward) == []
