"""A bad loan leaves the book by the residents' decision; no sequence of steps makes or loses money."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import changes
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.savings import queries as savings
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as meetings
from tests import lending
from tests.gatherings import meet
from tests.lending import PAID_OUT, pay
from tests.rooms.test_loans import DUES, EACH, fresh, refused
from tests.rooms.test_loans_changes import NEW_FROM, decided, people_of, reschedule, settle
from tests.rooms.test_loans_order import picture
from tests.staging import staged

pytestmark = pytest.mark.django_db

LOST_ON = date(2005, 6, 20)
MAY = date(2005, 5, 31)


def write_off(cast, loan, on=LOST_ON, **changes):
    meeting = changes.pop("meeting_id", None) or decided(
        cast, loan, "write_off", on, kind="citizens", record=f"{loan.id}:early"
    )
    return loans.write_off(
        by=cast.chair, ward=cast.ward, loan_id=loan.id, on=on, meeting_id=meeting, why="bubar"
    )


@staged
def lost(fund, loan):
    """One instalment was paid; on 31 May 2005 the loan is past its end, and all reserved."""
    pay(fund, loan, DUES[0], EACH)
    loans.set_reserve_aside(by=fund.treasurer, ward=fund.ward, month=MAY)
    return loan


def test_a_bad_loan_is_written_off_against_the_reserve_and_stays_recoverable(fund, lost):
    assert books.balance(fund.ward, "loan_reserve") == -2_250_000
    made = write_off(fund, lost)
    assert (made.principal, made.service) == (2_250_000, 337_500)
    assert [books.balance(fund.ward, key) for key in ("loans", "loan_reserve")] == [0, 0]
    assert fresh(lost).status == "written_off"
    state = loan_book.card(fund.ward, lost.id, LOST_ON).state
    assert (state.active, state.outstanding_principal, state.collectibility) == (False, 0, None)
    day_before = loan_book.card(fund.ward, lost.id, LOST_ON - timedelta(days=1)).state
    assert (day_before.active, day_before.collectibility) == (True, 5)
    paid = pay(fund, lost, date(2005, 7, 1), 40_000)
    assert (paid.recovered, paid.principal, paid.overpaid) == (40_000, 0, 0)
    assert books.balance(fund.ward, "other_income") == -40_000
    assert fresh(lost).recovered == 40_000
    [row] = loan_book.written_off(fund.ward)
    assert (row.closure.principal, row.recovered, row.still_owed) == (2_250_000, 40_000, 2_547_500)
    assert breaks(fund.ward) == []
    loans.reverse_repayment(
        by=fund.treasurer, ward=fund.ward, repayment_id=paid.id, on=date(2005, 7, 1), why="palsu"
    )
    assert books.balance(fund.ward, "other_income") == 0
    assert breaks(fund.ward) == []


def test_taking_the_writing_off_back_restores_every_figure(fund, lost):
    before = picture(fund.ward), books.balance(fund.ward, "loan_reserve")
    made = write_off(fund, lost)
    late = {"cast": fund, "loan": lost, "on": MAY, "amount": 1000}
    assert refused(pay, **late) == ["loans.repayment.changed"]
    loans.take_back_write_off(by=fund.chair, ward=fund.ward, closure_id=made.id, why="keliru")
    assert (picture(fund.ward), books.balance(fund.ward, "loan_reserve")) == before
    assert (fresh(lost).status, breaks(fund.ward)) == ("active", [])


def test_it_is_written_off_only_by_residents_with_quorum_and_signed_minutes(fund, lost):
    def clauses(meeting):
        return refused(write_off, cast=fund, loan=lost, meeting_id=meeting)

    board = decided(fund, lost, "write_off", LOST_ON, record=f"{lost.id}:early")
    ladder = "rescheduling.p2kp2.write_off_after"
    assert clauses(board) == [ladder, "rescheduling.p2kp2.write_off_by"]
    few = meet(fund, people_of(lost), kind="citizens", on=LOST_ON, eligible=20)
    assert "meetings.p2kp2.citizens.quorum.present_percent" in clauses(few.id)
    held = meet(fund, people_of(lost), kind="citizens", on=LOST_ON, eligible=5)
    meetings.record_decision(
        by=fund.facilitator,
        ward=fund.ward,
        meeting_id=held.id,
        subject=f"loans.write_off:{lost.id}:early",
        text="Dihapus",
    )
    assert clauses(held.id) == [ladder, "meetings.p2kp2.citizens.minutes_required"]


def test_it_is_refused_before_class_five_and_without_a_reserve(fund, loan):
    with pytest.raises(Refusal) as refusal:
        write_off(fund, loan, date(2005, 2, 1))
    assert [one.clause for one in refusal.value.reasons] == [
        "rescheduling.p2kp2.write_off_from_class",
        "loans.write_off.reserve",
    ]
    assert format_rupiah(2_500_000) in refusal.value.reasons[1].say()


# --- everything together -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.prove) for seed in range(2, 12))]
)
def test_any_sequence_of_steps_makes_and_loses_no_money(fund, loan, seed):
    """Cash is what was put in, less what was lent and given back, plus what came in and stands."""
    chance = random.Random(seed)
    meeting = decided(fund, loan, "reschedule", NEW_FROM)
    day = PAID_OUT
    for _ in range(14):
        day = min(day + timedelta(days=chance.randint(0, 45)), date(2005, 5, 10))
        _try(chance, fund, loan, day, meeting)
        assert breaks(fund.ward) == []
    known = fresh(loan)
    came = sum(one.amount for one in known.repayments.all() if not one.reversed_on)
    given = sum(one.amount for one in known.refunds.all() if not one.taken_back_on)
    saved = sum(savings.balances(fund.ward, date(2005, 12, 31)).values())
    cash = lending.CAPITAL + saved - known.principal + came - given
    assert books.balance(fund.ward, "cash") == cash
    assert came == known.paid_principal + known.paid_service + known.overpaid + known.recovered
    assert books.balance(fund.ward, "debt") == -known.owed_back


def _try(chance, fund, loan, day, meeting):
    """One step by chance; a refusal changes nothing."""
    standing = [one for one in fresh(loan).repayments.all() if not one.reversed_on]
    steps = [
        lambda: pay(fund, loan, day, chance.randint(1, 900_000)),
        lambda: pay(fund, loan, day - timedelta(days=chance.randint(0, 60)), EACH),
        lambda: loans.reverse_repayment(
            by=fund.treasurer,
            ward=fund.ward,
            repayment_id=chance.choice(standing).id,
            on=day,
            why="salah",
        ),
        lambda: reschedule(
            fund, loan, max(day, NEW_FROM), meeting_id=meeting, first_due=day + timedelta(days=30)
        ),
        lambda: settle(fund, loan, day, loan_book.settlement(fund.ward, loan.id, day).total),
        lambda: loans.refund_overpayment(
            by=fund.treasurer,
            ward=fund.ward,
            loan_id=loan.id,
            on=day,
            amount=fresh(loan).owed_back,
            received_by="Contoh",
        ),
    ]
    try:
        with transaction.atomic():
            chance.choice(steps)()
    except (Refusal, IndexError):
        pass


def test_a_bad_loan_is_collected_before_it_is_written_off_unless_a_meeting_says_why_not(fund, lost):
    """The ladder up to the joint savings: until then the meeting decides it all the same, or not at all."""
    plain = decided(fund, lost, "write_off", LOST_ON, kind="citizens")
    with pytest.raises(Refusal) as refusal:
        write_off(fund, lost, meeting_id=plain)
    reason = refusal.value.reasons[0]
    assert reason.clause == "rescheduling.p2kp2.write_off_after"
    assert reason.values["steps"] == (
        "Kunjungan, Surat pengingat, Surat peringatan, Undangan rapat kelompok, Menarik uang tanggung renteng"
    )
    for days, step in ((14, "visit"), (12, "letter"), (9, "warning"), (6, "summons")):
        loans.record_collection_step(
            by=fund.treasurer, ward=fund.ward, loan_id=lost.id, step=step, note="tidak ada jawaban",
            on=LOST_ON - timedelta(days=days), until=LOST_ON, place="Balai RW 01",
        )  # fmt: skip
    assert [one.key for one in changes.steps_left(lost, LOST_ON)] == ["joint_liability_money"]
    people = loan_book.member_cards(lost, LOST_ON).members
    for line in (
        {"person": people[0].person_id, "paid": 0, "saved": 20_000},
        {"person": people[1].person_id, "paid": 0, "saved": 0,
         "covers": [{"by": "reserve", "amount": 15_000}]},
    ):  # fmt: skip
        on = LOST_ON - timedelta(days=3 if line["saved"] else 2)
        loans.record_sheet(
            by=fund.treasurer, ward=fund.ward, on=on, groups=[{"loan": lost.id, "lines": [line]}]
        )
    assert changes.steps_left(lost, LOST_ON) == []
    write_off(fund, lost, meeting_id=plain)
    assert fresh(lost).status == "written_off"
