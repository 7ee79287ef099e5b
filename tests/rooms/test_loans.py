"""Loans from application to the last instalment; the books follow at every step."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.loans.models import Loan, Repayment
from pendamping.households import actions as households
from pendamping.kernel.period import add_months
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from pendamping.trail.writing import WriteOutsideAction
from tests import lending
from tests.gatherings import board_decides, decide, meet
from tests.lending import APPLIED, APPROVED, PAID_OUT, lend, pay

pytestmark = pytest.mark.django_db

EACH = 287_500  # of 2,500,000 over ten months: 250,000 and 1.5 % of 2,500,000
DUES = [add_months(PAID_OUT, month) for month in range(3, 13)]


def refused(call, **arguments):
    with pytest.raises(Refusal) as refusal:
        call(**arguments)
    return [reason.clause for reason in refusal.value.reasons]


def fresh(loan):
    return loan_book.loan(loan.ward, loan.id)


# --- the way to the money ------------------------------------------------------------------------


def test_whoever_borrows_says_for_which_business(fund):
    group = lending.form_group(fund)
    lending.prepare(fund, group)
    first, *others = lending.asked(group)
    given = {"by": fund.cadre, "ward": fund.ward, "group_id": group.id, "on": lending.APPLIED}
    for said in ("", "  "):
        members = [{**first, "purpose": said}, *others]
        assert refused(loans.apply, **given, members=members) == ["loans.purpose"]


def test_the_loan_of_the_case_is_paid_out_and_paid_back_in_ten_instalments(fund, loan):
    card = loan_book.card(loan.ward, loan.id, PAID_OUT)
    assert [row.row.due for row in card.rows] == DUES
    assert (DUES[0], DUES[-1]) == (date(2004, 8, 12), date(2005, 5, 12))
    assert [row.row.total for row in card.rows] == [EACH] * 10
    assert books.balance(fund.ward, "11030") == 2_500_000
    for due in DUES:
        assert loan_book.card(loan.ward, loan.id, due).due_now == EACH
        pay(fund, loan, due, EACH)
    assert fresh(loan).status == "closed"
    assert fresh(loan).closed_on == date(2005, 5, 12)
    assert books.balance(fund.ward, "11030") == 0
    assert books.balance(fund.ward, "41010") == -375_000
    assert breaks(fund.ward) == []


def test_it_keeps_the_guideline_and_the_version_that_it_was_agreed_under(loan):
    assert (loan.guideline, loan.rate_bp, loan.grace_months) == ("p2kp2", 150, 2)
    assert loan.guideline_version


def test_an_application_is_refused_with_every_reason_at_once(fund):
    group = lending.form_group(fund)
    members = lending.asked(group, 600_000)
    clauses = refused(
        loans.apply,
        by=fund.cadre,
        ward=fund.ward,
        group_id=group.id,
        on=APPLIED,
        members=members,
        instalments=13,
    )
    assert set(clauses) == {
        "loans.p2kp2.first_loan_max",
        "loans.p2kp2.max_instalments",
        "loans.p2kp2.min_saving_months",
        "loans.p2kp2.required_trainings",
        "loans.p2kp2.books_required",
    }
    assert clauses.count("loans.p2kp2.first_loan_max") == 5
    assert loan_book.loans(fund.ward) == []


def test_it_refuses_who_is_no_member_of_the_group(fund):
    group = lending.form_group(fund)
    lending.prepare(fund, group)
    [outsider] = lending.residents_of(fund, 1)
    members = [*lending.asked(group), {"person": outsider, "amount": 500_000, "purpose": "warung"}]
    assert refused(lending.apply, cast=fund, group=group, members=members) == [
        "loans.p2kp2.members"
    ]


def test_who_has_died_or_moved_asks_for_nothing(fund):
    group = lending.form_group(fund)
    lending.prepare(fund, group)
    asked = lending.asked(group)
    households.record_death(by=fund.cadre, ward=fund.ward, person_id=asked[0]["person"], on=APPLIED)
    assert refused(lending.apply, cast=fund, group=group, members=asked) == ["loans.p2kp2.members"]
    assert lending.apply(fund, group, members=asked[1:]).principal == 2_000_000


def test_a_group_has_one_loan_at_a_time_and_more_the_next_time(fund, loan):
    group = loan.group
    assert "loans.p2kp2.active_loan" in refused(lending.apply, cast=fund, group=group)
    for due in DUES:
        pay(fund, loan, due, EACH)
    again = {"on": date(2005, 5, 20), "members": lending.asked(group, 1_000_000)}
    clauses = refused(lending.apply, cast=fund, group=group, **again)
    assert clauses == ["loans.p2kp2.min_saving_months"]  # it stopped saving; the amount is right


def test_a_loan_goes_from_step_to_step_and_never_back(fund):
    loan = lending.apply(fund)
    step = {"ward": fund.ward, "loan_id": loan.id}
    early = refused(loans.disburse, by=fund.treasurer, on=APPROVED, **step)
    assert early == ["loans.state"]
    before = APPLIED - timedelta(days=1)
    step |= {"by": fund.chair, "meeting_id": ""}
    alone = ["loans.decided.meeting"]
    assert refused(loans.approve, on=before, **step) == ["loans.date", *alone]
    assert refused(loans.approve, on=APPROVED, **step) == alone
    assert refused(loans.reject, on=APPROVED, why=" ", **step) == ["loans.why", *alone]
    lending.reject(fund, loan)
    assert refused(loans.approve, on=APPROVED, **step) == ["loans.state"]
    assert fresh(loan).status == "rejected"
    assert refused(pay, cast=fund, loan=loan, on=PAID_OUT, amount=1) == ["loans.state"]


def test_only_a_valid_board_meeting_since_the_application_approves_a_loan(fund):
    loan = lending.apply(fund)
    subject = f"loans.approve:{loan.id}"

    def why(meeting_id, name="approve", **more):
        step = {"by": fund.chair, "ward": fund.ward, "loan_id": loan.id, "on": APPROVED, **more}
        return refused(getattr(loans, name), meeting_id=meeting_id, **step)

    people = [member["person"] for member in lending.asked(loan.group)]
    own = decide(fund, meet(fund, people[:1], kind="group", on=APPROVED), subject)
    assert why(own.id) == ["meetings.p2kp2.group.decides_on"]
    old = board_decides(fund, subject, on=APPLIED - timedelta(days=1))
    assert why(old) == ["meetings.decided.date"]
    late = board_decides(fund, subject, on=APPROVED + timedelta(days=1))
    assert why(late) == ["meetings.decided.date"]
    other = board_decides(fund, "loans.approve:another", on=APPROVED)
    assert why(other) == ["meetings.decided.subject"]
    against = board_decides(fund, subject, on=APPROVED, outcome="rejected")
    assert why(against) == ["meetings.decided.rejected"]
    agreed = board_decides(fund, subject, on=APPROVED)
    assert why(agreed, "reject", why="x") == ["meetings.decided.accepted"]
    count = {"total": 4, "women": 2, "poor": 0}
    few = meet(fund, [], kind="board", on=APPROVED, head_count=count, eligible=9)
    assert "meetings.p2kp2.board.quorum.present_percent" in why(few.id)
    done = loans.approve(
        by=fund.chair, ward=fund.ward, loan_id=loan.id, on=APPROVED, meeting_id=agreed
    )
    assert (done.status, done.decided_at) == ("approved", agreed)


def test_it_refuses_to_pay_out_what_is_not_there_or_belongs_to_savers(cast):
    lending.open_fund(cast, capital=2_450_000)  # with 100,000 of savings in the same drawer
    loan = lending.apply(cast)
    lending.sign(cast, loan)
    lending.approve(cast, loan)
    step = {"by": cast.treasurer, "ward": cast.ward, "loan_id": loan.id}
    assert refused(loans.disburse, on=PAID_OUT, **step) == ["loans.p2kp2.fund_cash"]
    assert books.balance(cast.ward, "loans") == 0
    assert fresh(loan).status == "approved"


def test_it_refuses_to_pay_out_what_lay_in_the_bank_on_a_day_since(fund):
    loan = lending.apply(fund)
    lending.sign(fund, loan)
    lending.approve(fund, loan)
    in_cash = books.balance(fund.ward, "cash")
    moved = in_cash - loan.principal + 1
    lending.transfer(fund, date(2004, 5, 14), "cash", "bank", moved)
    lending.transfer(fund, date(2004, 5, 18), "bank", "cash", moved)
    step = {"by": fund.treasurer, "ward": fund.ward, "loan_id": loan.id}
    assert refused(loans.disburse, on=PAID_OUT, **step) == ["loans.p2kp2.fund_cash"]
    loans.disburse(on=date(2004, 5, 18), **step)
    assert books.lowest(fund.ward, "cash", PAID_OUT) == loan.principal - 1


def test_money_that_is_fetched_from_the_bank_later_counts_once_for_what_can_be_lent(fund):
    loan = lending.apply(fund)
    lending.sign(fund, loan)
    lending.approve(fund, loan)
    lending.transfer(fund, PAID_OUT, "cash", "bank", books.balance(fund.ward, "cash"))
    lending.transfer(fund, PAID_OUT, "bank", "cash", loan.principal)
    rest = books.balance(fund.ward, "bank") - 1
    lending.transfer(fund, date(2004, 5, 14), "bank", "cash", rest)
    loans.disburse(by=fund.treasurer, ward=fund.ward, loan_id=loan.id, on=PAID_OUT)
    assert fresh(loan).status == "active"


STEPS = {
    "apply": ("facilitator", "cadre", "treasurer"),
    "approve": ("chair",),
    "reject": ("chair",),
    "disburse": ("treasurer",),
    "record_repayment": ("treasurer",),
    "reverse_repayment": ("treasurer",),
}
EVERYBODY = (
    "administrator", "ward_admin", "facilitator", "cadre", "chair", "treasurer", "officer",
    "verifier", "lead", "stranger",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "who"),
    [(name, who) for name, may in STEPS.items() for who in EVERYBODY if who not in may],
)
def test_it_refuses_every_role_that_may_not(loan, fund, name, who):
    paid = pay(fund, loan, DUES[0], EACH)
    day = {"by": getattr(fund, who), "ward": fund.ward, "on": DUES[1]}
    more = {
        "apply": {"group_id": loan.group_id, "members": []},
        "approve": {"loan_id": loan.id, "meeting_id": "x"},
        "reject": {"loan_id": loan.id, "why": "x", "meeting_id": "x"},
        "record_repayment": {"loan_id": loan.id, "amount": 1},
        "reverse_repayment": {"repayment_id": paid.id, "why": "x"},
    }.get(name, {"loan_id": loan.id})
    assert refused(getattr(loans, name), **day, **more) == ["access.permission"]


# --- taking instalments ----------------------------------------------------------------------------


def test_a_partial_payment_covers_service_first(fund, loan):
    paid = pay(fund, loan, DUES[0], 100_000)
    assert (paid.service, paid.principal, paid.overpaid) == (37_500, 62_500, 0)
    card = loan_book.card(loan.ward, loan.id, DUES[0])
    assert card.due_now == EACH - 100_000
    assert card.state.instalments_behind == 1


def test_a_late_payment_pays_all_overdue_service_before_principal(fund, loan):
    paid = pay(fund, loan, DUES[2], 200_000)
    assert (paid.service, paid.principal) == (3 * 37_500, 200_000 - 3 * 37_500)


def test_an_early_payment_counts_for_the_first_instalment(fund, loan):
    pay(fund, loan, date(2004, 6, 1), EACH)
    card = loan_book.card(loan.ward, loan.id, DUES[0])
    assert (card.due_now, card.next.row.no) == (0, 2)


def test_what_is_too_much_is_owed_back_and_closes_the_loan(fund, loan):
    paid = pay(fund, loan, DUES[0], 3_000_000)
    assert paid.overpaid == 3_000_000 - 2_875_000
    assert books.balance(fund.ward, "debt") == -125_000
    assert fresh(loan).status == "closed"
    assert breaks(fund.ward) == []


@pytest.mark.parametrize(
    ("on", "amount", "clause"),
    [
        (DUES[0], 0, "loans.repayment.amount"),
        (DUES[0], -5, "loans.repayment.amount"),
        (DUES[0], 10**19, "loans.repayment.amount"),
        (PAID_OUT - timedelta(days=1), 5, "loans.repayment.date"),
        (date(2999, 1, 1), 5, "loans.repayment.date"),
    ],
)
def test_it_refuses_a_payment_of_nothing_and_of_another_time(fund, loan, on, amount, clause):
    assert refused(pay, cast=fund, loan=loan, on=on, amount=amount) == [clause]
    assert Repayment.objects.count() == 0


def test_a_form_that_is_sent_again_posts_once(fund, loan):
    first = pay(fund, loan, DUES[0], EACH, request_id="form-1")
    again = pay(fund, loan, DUES[0], EACH, request_id="form-1")
    assert again.id == first.id
    assert books.balance(fund.ward, "loans") == 2_250_000
    other = {"cast": fund, "loan": loan, "on": DUES[0], "amount": 5, "request_id": "form-1"}
    assert refused(pay, **other) == ["loans.repayment.request"]
    other |= {"amount": EACH, "received_from": "Contoh Lain"}
    with pytest.raises(Refusal) as refusal:
        pay(**other)
    assert [(r.clause, r.values) for r in refusal.value.reasons] == [
        ("loans.repayment.request", {"booked": first.receipt})
    ]
    assert (
        len(trail.of_record(f"loan:{loan.id}")) == 5
    )  # apply, sign, approve, disburse, one payment


def test_receipts_are_numbered_without_holes(fund, loan):
    found = [pay(fund, loan, due, EACH).number for due in DUES[:3]]
    assert found == [1, 2, 3]


@pytest.mark.parametrize("way", ["plain", "general"])
def test_a_failure_in_the_middle_leaves_nothing_half_done(fund, loan, monkeypatch, way):
    def cut(*_arguments, **_named):
        raise ConnectionError("cut")

    if way == "general":
        monkeypatch.setattr("pendamping.funds.loans.actions.quick.take", lambda *_: None)
    monkeypatch.setattr("pendamping.funds.loans.actions.repaying.record", cut)
    monkeypatch.setattr("pendamping.trail.rules.seal", cut)
    with pytest.raises(ConnectionError), transaction.atomic():
        pay(fund, loan, DUES[0], EACH)
    assert Repayment.objects.count() == 0
    assert fresh(loan).paid_principal == 0
    assert books.balance(fund.ward, "loans") == 2_500_000


def test_loans_are_not_written_past_their_actions(loan):
    with pytest.raises(WriteOutsideAction), transaction.atomic():
        Loan.objects.update(paid_principal=0)


def test_the_database_refuses_totals_that_cannot_be(fund, loan):
    from pendamping.trail.actions import record
    from pendamping.trail.writing import action

    @action
    def attack(*, by, **changes):
        record(by=by, ward="", record="x")
        Loan.objects.update(**changes)

    for changes in ({"paid_principal": 2_500_001}, {"overpaid": -1}, {"status": "applied"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            attack(by=fund.system, **changes)


# --- reading -----------------------------------------------------------------------------------------


def test_the_book_counts_who_is_behind_with_numerator_and_denominator(fund, loan):
    other = lend(fund)
    for due in DUES[:4]:
        pay(fund, other, due, EACH)
    found = loan_book.book(fund.ward, DUES[3])
    behind = {row.loan.id: row.state.instalments_behind for row in found.rows}
    assert behind == {loan.id: 4, other.id: 0}
    shares = {one.key: (one.share.fraction, one.standing) for one in found.indicators}
    assert shares["lar"] == ("1/2", "suspend")
    assert shares["par"] == ("2500000/4000000", "suspend")
    assert shares["rr"] == ("3000000/4000000", "suspend")
    assert found.figures.classes[3] == (1, 2_500_000)


def test_the_book_at_a_date_knows_nothing_later(fund, loan):
    pay(fund, loan, DUES[0], EACH)
    pay(fund, loan, DUES[1], EACH)
    assert loan_book.book(fund.ward, DUES[0]).figures.outstanding == 2_250_000
    assert loan_book.book(fund.ward, PAID_OUT - timedelta(days=1)).rows == []


def test_the_desk_hears_who_is_due_and_by_how_much(fund, loan):
    assert loan_book.due(fund.ward, date(2004, 8, 1), days=7) == []
    [soon] = loan_book.due(fund.ward, date(2004, 8, 6), days=7)
    assert (soon.next_due, soon.amount, soon.overdue) == (DUES[0], EACH, 0)
    pay(fund, loan, DUES[0], 100_000)
    [late] = loan_book.due(fund.ward, date(2004, 8, 20), days=7)
    assert (late.amount, late.overdue, late.days_past_due) == (EACH - 100_000, EACH - 100_000, 8)


def test_two_loans_of_the_ward_are_counted_apart(fund, loan):
    lend(fund)
    assert [one.number for one in loan_book.loans(fund.ward)] == [1, 2]
    assert loan_book.counts(fund.ward) == {"active": 2}
