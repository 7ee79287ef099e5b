"""Who may have a part in a loan: of which group, with which other loan, still there on the day."""

from datetime import date, timedelta

import pytest

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.households import actions as households
from pendamping.institutions import actions as institutions
from pendamping.kernel.period import add_months
from pendamping.kernel.refusal import Refusal
from tests import lending
from tests.lending import APPLIED, PAID_OUT, pay

pytestmark = pytest.mark.django_db

EACH = 287_500  # of 2,500,000 over ten months: 250,000 and 1.5 % of 2,500,000
DUES = [add_months(PAID_OUT, month) for month in range(3, 13)]


def refused(call, **arguments):
    with pytest.raises(Refusal) as refusal:
        call(**arguments)
    return [reason.clause for reason in refusal.value.reasons]


def fresh(loan):
    return loan_book.loan(loan.ward, loan.id)


@pytest.mark.parametrize("kind", ["physical", "social"])
def test_a_group_of_a_kind_that_does_not_borrow_gets_no_loan(fund, kind):
    group = lending.form_group(fund, kind=kind)
    lending.prepare(fund, group)
    assert refused(lending.apply, cast=fund, group=group) == ["loans.p2kp2.group_kind"]
    assert loan_book.loans(fund.ward) == []


def test_who_left_with_a_loan_borrows_in_no_other_group_and_is_named(fund):
    first, second = lending.form_group(fund), lending.form_group(fund)
    lending.prepare(fund, second)
    lending.prepare(fund, first)
    loan = lending.lend(fund, first)
    left = lending.asked(first)[3]["person"]
    step = {"by": fund.facilitator, "ward": fund.ward, "person": left, "on": PAID_OUT}
    gone = {"group_id": first.id, **step}
    assert refused(institutions.release_member, why=" ", **gone) == ["institutions.group.left_why"]
    institutions.release_member(why="pindah kelompok", **gone)
    institutions.admit_member(group_id=second.id, signed_on=PAID_OUT, **step)
    one = {"members": [{"person": left, "amount": 1_000_000, "purpose": "warung"}], "on": PAID_OUT}
    with pytest.raises(Refusal) as refusal:
        lending.apply(fund, second, **one)
    told = [(r.clause, r.where["person"], r.where.get("loan")) for r in refusal.value.reasons]
    assert told == [
        ("loans.p2kp2.member_loan", left, loan.code),
        ("loans.p2kp2.first_loan_max", left, None),  # nothing is repaid: not yet the next step
    ]
    assert {who: of.code for who, of in loan_book.in_debt(first.id, PAID_OUT).items()} == {
        left: loan.code
    }
    for due in DUES:
        pay(fund, loan, due, EACH)
    assert loan_book.in_debt(first.id, DUES[-1]) == {}
    last = DUES[-1]
    assert loan_book.repaid_by_persons([left], last - timedelta(days=1)) == {}
    assert loan_book.repaid_by_persons([left], last) == {left: 1}
    one["on"] = last + timedelta(days=1)
    assert refused(lending.apply, cast=fund, group=second, **one) == [
        "loans.p2kp2.min_saving_months"  # the step is hers now; the group stopped saving
    ]


def test_money_that_came_in_after_the_day_of_the_payout_pays_nothing_out_on_it(fund):
    loan = lending.apply(fund)
    lending.sign(fund, loan)
    lending.approve(fund, loan)
    step = {"by": fund.treasurer, "ward": fund.ward, "loan_id": loan.id}
    # the capital came in on 10 May; on the 9th the cash held no more than savings
    assert refused(loans.disburse, on=date(2004, 5, 9), **step) == ["loans.p2kp2.fund_cash"]
    assert loans.disburse(on=date(2004, 5, 10), **step).status == "active"


def test_no_part_is_approved_or_paid_out_for_who_died_or_left_since_the_application(fund):
    loan = lending.apply(fund)
    lending.sign(fund, loan)
    asked = [one.person_id for one in loan.members.order_by("pk")]
    who = {"by": fund.cadre, "ward": fund.ward}
    households.record_death(person_id=asked[4], on=APPLIED + timedelta(days=1), **who)
    with pytest.raises(Refusal) as refusal:
        lending.approve(fund, loan)
    assert [(r.clause, r.where["person"]) for r in refusal.value.reasons] == [
        ("loans.p2kp2.members", asked[4])
    ]
    assert fresh(loan).status == "applied"


def test_a_loan_that_can_no_longer_be_paid_out_is_given_up_by_a_later_meeting(fund):
    loan = lending.apply(fund)
    lending.sign(fund, loan)
    lending.approve(fund, loan)
    asked = [one.person_id for one in loan.members.order_by("pk")]
    who = {"by": fund.cadre, "ward": fund.ward}
    institutions.release_member(
        group_id=loan.group_id, person=asked[3], on=PAID_OUT, why="pindah", **who
    )
    step = {"ward": fund.ward, "loan_id": loan.id, "on": PAID_OUT}
    assert refused(loans.disburse, by=fund.treasurer, **step) == ["loans.p2kp2.members"]
    assert books.balance(fund.ward, "loans") == 0
    same = {"by": fund.chair, "why": "anggota keluar", "meeting_id": fresh(loan).decided_at}
    assert refused(loans.reject, **step, **same) == ["loans.decided.later"]
    lending.reject(fund, loan, on=PAID_OUT, why="anggota keluar")
    assert fresh(loan).status == "rejected"
    rest = [one for one in lending.asked(loan.group) if one["person"] != asked[3]]
    assert lending.apply(fund, loan.group, members=rest, on=PAID_OUT).principal == 2_000_000
