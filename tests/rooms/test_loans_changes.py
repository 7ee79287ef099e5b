"""Rescheduling, settling early, paying back, writing off: the book holds before and after each."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.institutions import queries as institutions
from tests.gatherings import decide, meet
from tests.lending import PAID_OUT, pay, transfer
from tests.rooms.test_loans import DUES, EACH, fresh, refused
from tests.rooms.test_loans_order import Undone, picture

pytestmark = pytest.mark.django_db

NEW_FROM = date(2004, 12, 20)
FIRST_DUE = date(2005, 1, 20)


def people_of(loan):
    return [member.person_id for member in institutions.members(loan.group_id, PAID_OUT)]


def decided(cast, loan, step, on, *, kind="board", record=None):
    """A meeting that decides on a step of a loan; its id."""
    held = meet(cast, people_of(loan), kind=kind, on=on, eligible=9 if kind == "board" else 5)
    return decide(cast, held, f"loans.{step}:{record or loan.id}").id


def reschedule(cast, loan, on=NEW_FROM, **changes):
    meeting = changes.pop("meeting_id", None) or decided(cast, loan, "reschedule", on)
    arguments = {"instalments": 5, "first_due": FIRST_DUE, "why": "panen gagal", **changes}
    return loans.reschedule(
        by=cast.chair, ward=cast.ward, loan_id=loan.id, on=on, meeting_id=meeting, **arguments
    )


def settle(cast, loan, on, amount, **more):
    return loans.settle_early(
        by=cast.treasurer, ward=cast.ward, loan_id=loan.id, on=on, amount=amount, **more
    )


def class_on(loan, day):
    return loan_book.card(loan.ward, loan.id, day).state.collectibility


# --- rescheduling --------------------------------------------------------------------------------


def test_a_rescheduled_loan_owes_what_was_left_by_the_new_schedule(fund, loan):
    pay(fund, loan, DUES[0], EACH)
    before = loan_book.card(fund.ward, loan.id, NEW_FROM - timedelta(days=1))
    reschedule(fund, loan)
    card = loan_book.card(fund.ward, loan.id, NEW_FROM)
    # ten of 250,000 + 37,500; one was paid: 2,250,000 and 337,500 over five instalments
    assert [(row.row.due, row.row.principal, row.row.service) for row in card.rows] == [
        (date(2005, month, 20), 450_000, 67_500) for month in range(1, 6)
    ]
    assert card.state.outstanding_principal == before.state.outstanding_principal == 2_250_000
    assert (before.state.instalments_behind, card.state.instalments_behind) == (4, 0)
    assert loan_book.card(fund.ward, loan.id, NEW_FROM - timedelta(days=1)).rows == before.rows
    assert breaks(fund.ward) == []


def test_the_former_class_stays_until_three_new_instalments_are_paid_and_the_mark_for_good(
    fund, loan
):
    pay(fund, loan, DUES[0], EACH)
    assert class_on(loan, NEW_FROM - timedelta(days=1)) == 3  # four behind
    reschedule(fund, loan)
    assert class_on(loan, NEW_FROM) == 3
    assert loan_book.card(fund.ward, loan.id, NEW_FROM).state.risk_behind == 4
    for number in range(3):
        day = date(2005, number + 1, 20)
        assert class_on(loan, day) == 3
        pay(fund, loan, day, 517_500)
    assert class_on(loan, date(2005, 3, 20)) == 1
    assert loan_book.card(fund.ward, loan.id, date(2005, 3, 20)).state.rescheduled
    pay(fund, loan, date(2005, 3, 21), 2 * 517_500)
    assert fresh(loan).status == "closed"
    assert loan_book.card(fund.ward, loan.id, date(2005, 3, 21)).state.rescheduled
    assert breaks(fund.ward) == []


def test_payments_since_then_belong_to_the_new_schedule_in_any_order_of_entry(fund, loan):
    meeting = decided(fund, loan, "reschedule", NEW_FROM)
    pay(fund, loan, DUES[0], EACH)
    steps = [
        lambda: reschedule(fund, loan, meeting_id=meeting),
        lambda: pay(fund, loan, FIRST_DUE, 500_000),
        lambda: pay(fund, loan, NEW_FROM, 30_000),
        lambda: pay(fund, loan, date(2005, 3, 1), 700_001),
    ]
    seen = []
    for seed in range(8):
        order = list(steps)
        random.Random(seed).shuffle(order)
        try:
            with transaction.atomic():
                for step in order:
                    step()
                assert breaks(fund.ward) == []
                seen.append(picture(fund.ward))
                raise Undone
        except Undone:
            pass
    assert len(seen) == 8
    assert all(one == seen[0] for one in seen)


def test_a_payment_from_before_is_refused_until_the_rescheduling_is_taken_back(fund, loan):
    first = pay(fund, loan, DUES[0], EACH)
    before = picture(fund.ward)
    made = reschedule(fund, loan)
    late = {"cast": fund, "loan": loan, "on": DUES[1], "amount": EACH}
    assert refused(pay, **late) == ["loans.repayment.changed"]
    back = {"by": fund.treasurer, "ward": fund.ward, "repayment_id": first.id, "why": "palsu"}
    assert refused(loans.reverse_repayment, on=FIRST_DUE, **back) == ["loans.repayment.changed"]
    loans.take_back_rescheduling(
        by=fund.chair, ward=fund.ward, rescheduling_id=made.id, why="salah tanggal"
    )
    assert picture(fund.ward) == before
    pay(**late)
    assert breaks(fund.ward) == []


def test_it_is_refused_without_a_valid_decision_of_the_board(fund, loan):
    def clauses(meeting):
        return refused(reschedule, cast=fund, loan=loan, meeting_id=meeting)

    assert clauses("nowhere") == ["loans.decided.meeting"]
    held = meet(fund, people_of(loan), kind="board", on=NEW_FROM, eligible=20)
    assert "meetings.p2kp2.board.quorum.present_percent" in clauses(held.id)
    other = decided(fund, loan, "approve", NEW_FROM)
    assert clauses(other) == ["meetings.decided.subject"]
    wrong = decided(fund, loan, "reschedule", NEW_FROM, kind="group")
    assert clauses(wrong) == ["rescheduling.p2kp2.decided_by"]
    later = decided(fund, loan, "reschedule", NEW_FROM + timedelta(days=1))
    assert clauses(later) == ["meetings.decided.date"]
    used = decided(fund, loan, "reschedule", NEW_FROM)
    reschedule(fund, loan, meeting_id=used)
    again = {"cast": fund, "loan": loan, "on": FIRST_DUE, "first_due": DUES[-1]}
    assert refused(reschedule, meeting_id=used, **again) == ["meetings.decided.used"]


def test_the_grace_survives_and_nothing_is_charged_beyond_the_rate(fund, loan):
    early = {"cast": fund, "loan": loan, "on": date(2004, 7, 1)}
    assert refused(reschedule, first_due=date(2004, 8, 1), **early) == [
        "rescheduling.p2kp2.keeps_grace"
    ]
    # unpaid 375,000; 1.5 % of 2,500,000 for each of five periods: 187,500 more at most
    assert refused(reschedule, service=562_501, **early) == ["loans.rescheduling.service"]
    made = reschedule(fund, loan, date(2004, 7, 1), first_due=DUES[0], service=562_500)
    assert (made.principal, made.service) == (2_500_000, 562_500)


def test_a_loan_is_rescheduled_twice_at_most(fund, loan):
    reschedule(fund, loan)
    reschedule(fund, loan, date(2005, 1, 1), first_due=date(2005, 2, 1))
    clauses = refused(
        reschedule, cast=fund, loan=loan, on=date(2005, 1, 10), first_due=date(2005, 2, 10)
    )
    assert clauses == ["rescheduling.p2kp2.most_times"]
    first = fresh(loan).reschedulings.order_by("on").first()
    clauses = refused(
        loans.take_back_rescheduling,
        by=fund.chair,
        ward=fund.ward,
        rescheduling_id=first.id,
        why="salah",
    )
    assert clauses == ["loans.change.last"]


# --- settling early, and what was paid too much -----------------------------------------------------


def test_settling_early_waives_the_service_of_periods_that_have_not_begun(fund, loan):
    pay(fund, loan, DUES[0], EACH)
    # on 1 October: instalment 2 is due (37,500), 3 is running (37,500), seven more are waived
    owed = loan_book.settlement(fund.ward, loan.id, date(2004, 10, 1))
    assert (owed.principal, owed.service, owed.waived) == (2_250_000, 75_000, 262_500)
    wrong = {"cast": fund, "loan": loan, "on": date(2004, 10, 1), "amount": owed.total - 1}
    assert refused(settle, **wrong) == ["loans.settlement.amount"]
    paid = settle(fund, loan, date(2004, 10, 1), owed.total, request_id="formulir-1")
    assert settle(fund, loan, date(2004, 10, 1), owed.total, request_id="formulir-1").id == paid.id
    assert (paid.principal, paid.service, paid.overpaid) == (2_250_000, 75_000, 0)
    assert (fresh(loan).status, fresh(loan).closed_on) == ("closed", date(2004, 10, 1))
    assert books.balance(fund.ward, "loans") == 0
    assert books.balance(fund.ward, "service_income") == -112_500
    assert breaks(fund.ward) == []


def test_taking_the_settling_payment_back_restores_every_figure(fund, loan):
    pay(fund, loan, DUES[0], EACH)
    before = picture(fund.ward)
    paid = settle(fund, loan, date(2004, 10, 1), 2_325_000)
    late = {"cast": fund, "loan": loan, "on": date(2004, 9, 12), "amount": 1}
    assert refused(pay, **late) == ["loans.repayment.changed"]
    back = {"by": fund.treasurer, "ward": fund.ward, "repayment_id": paid.id, "why": "cek kosong"}
    with transaction.atomic():
        loans.reverse_repayment(on=date(2004, 10, 1), **back)
        assert picture(fund.ward) == before
        assert breaks(fund.ward) == []
        transaction.set_rollback(True)
    assert fresh(loan).status == "closed"


def test_a_settlement_taken_back_later_counts_until_then(fund, loan):
    pay(fund, loan, DUES[0], EACH)
    before = picture(fund.ward)
    paid = settle(fund, loan, date(2004, 10, 1), 2_325_000)
    closed = picture(fund.ward)
    day = date(2005, 1, 10)
    loans.reverse_repayment(
        by=fund.treasurer, ward=fund.ward, repayment_id=paid.id, on=day, why="cek kosong"
    )
    assert picture(fund.ward) == [
        (then if then[0] < day else first) for first, then in zip(before, closed, strict=True)
    ]
    assert (fresh(loan).status, breaks(fund.ward)) == ("active", [])


def test_what_was_paid_too_much_is_given_back_once(fund, loan):
    paid = pay(fund, loan, DUES[0], 3_000_000)  # 2,875,000 is all of it
    assert (paid.overpaid, fresh(loan).owed_back) == (125_000, 125_000)

    def give(amount, **more):
        return loans.refund_overpayment(
            by=fund.treasurer,
            ward=fund.ward,
            loan_id=loan.id,
            on=more.pop("on", date(2004, 9, 1)),
            amount=amount,
            received_by=more.pop("received_by", "Contoh Ketua"),
            **more,
        )

    assert refused(give, amount=125_001) == ["loans.refund.amount"]
    assert refused(give, amount=0) == ["loans.refund.amount"]
    assert refused(give, amount=1, on=DUES[0] - timedelta(days=1)) == ["loans.refund.amount"]
    assert refused(give, amount=1, received_by=" ") == ["loans.refund.received_by"]
    made = give(100_000, request_id="formulir-2")
    assert give(100_000, request_id="formulir-2").id == made.id
    assert (fresh(loan).owed_back, books.balance(fund.ward, "debt")) == (25_000, -25_000)
    assert breaks(fund.ward) == []
    back = {"by": fund.treasurer, "ward": fund.ward, "repayment_id": paid.id, "why": "palsu"}
    assert refused(loans.reverse_repayment, on=DUES[1], **back) == ["loans.refund.first"]
    loans.take_back_refund(
        by=fund.treasurer, ward=fund.ward, refund_id=made.id, on=date(2004, 9, 5), why="salah"
    )
    assert (fresh(loan).owed_back, books.balance(fund.ward, "debt")) == (125_000, -125_000)
    loans.reverse_repayment(on=DUES[1], **back)
    assert (fresh(loan).owed_back, books.balance(fund.ward, "debt")) == (0, 0)
    assert breaks(fund.ward) == []


def test_no_refund_out_of_a_drawer_that_is_empty_on_a_day_since(fund, loan):
    pay(fund, loan, DUES[0], 3_000_000)
    in_cash = books.balance(fund.ward, "cash")
    transfer(fund, date(2004, 9, 10), "cash", "bank", in_cash - 99_999)
    transfer(fund, date(2004, 9, 20), "bank", "cash", in_cash - 99_999)

    def give(on):
        return loans.refund_overpayment(
            by=fund.treasurer,
            ward=fund.ward,
            loan_id=loan.id,
            on=on,
            amount=100_000,
            received_by="Contoh Ketua",
        )

    assert refused(give, on=date(2004, 9, 5)) == ["loans.refund.cash"]
    give(date(2004, 9, 20))
    assert (fresh(loan).owed_back, books.lowest(fund.ward, "cash", DUES[0])) == (25_000, 99_999)


def test_no_payment_is_taken_back_out_of_a_drawer_that_is_empty_on_a_day_since(fund, loan):
    paid = pay(fund, loan, DUES[0], 300_000)
    in_cash = books.balance(fund.ward, "cash")
    transfer(fund, date(2004, 9, 10), "cash", "bank", in_cash - 299_999)
    transfer(fund, date(2004, 9, 20), "bank", "cash", in_cash - 299_999)
    back = {"by": fund.treasurer, "ward": fund.ward, "repayment_id": paid.id, "why": "salah"}
    assert refused(loans.reverse_repayment, on=date(2004, 9, 5), **back) == ["ledger.below_zero"]
    assert fresh(loan).paid_principal + fresh(loan).paid_service == 300_000
    loans.reverse_repayment(on=date(2004, 9, 20), **back)
    assert books.lowest(fund.ward, "cash", DUES[0]) == 299_999
    assert breaks(fund.ward) == []
