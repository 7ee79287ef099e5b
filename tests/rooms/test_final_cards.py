"""What cards, votes and seats hold stays, whatever plain SQL comes; what it can still write is found."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from pendamping.desk import oversight
from pendamping.funds.loans import actions as loans
from tests import electing, lending
from tests.gatherings import decide, meet, village
from tests.rooms.test_final import against, closed, replaced, rows
from tests.rooms.test_ledger_attacks import attack

pytestmark = pytest.mark.django_db
__all__ = ["closed"]  # the stage of what is final


def test_a_consent_stands_is_withdrawn_once_and_not_after_the_money_went_out(cast):
    lending.open_fund(cast)
    loan = lending.apply(cast)
    lending.approve(cast, loan)
    lending.sign(cast, loan)
    first, second = loan.consents.order_by("id")[:2]
    one = f"WHERE id = '{first.id}'"
    back = "UPDATE loans_consent SET withdrawn_on = signed_on, why_withdrawn = 'x'"
    before = rows("loans_consent")
    against(
        cast,
        f"DELETE FROM loans_consent {one}",
        "DELETE FROM loans_consent",
        f"UPDATE loans_consent SET witness = 'Lain' {one}",
        f"UPDATE loans_consent SET family_by = 'Lain' {one}",
        f"UPDATE loans_consent SET signed_on = '2004-01-01', entered_on = '2004-01-01' {one}",
        f"UPDATE loans_consent SET person_id = '{second.person_id}' {one}",
        replaced("loans_consent", first.id),
    )
    assert rows("loans_consent") == before
    gone = {"by": cast.treasurer, "ward": cast.ward, "loan_id": loan.id, "person": first.person_id}
    loans.withdraw_consent(on=lending.APPROVED, why="nama dipinjam", **gone)
    before = rows("loans_consent")
    against(
        cast,
        f"UPDATE loans_consent SET withdrawn_on = NULL, why_withdrawn = '' {one}",
        f"UPDATE loans_consent SET why_withdrawn = 'lain' {one}",
    )
    assert rows("loans_consent") == before
    lending.sign(cast, loan, persons=[first.person_id])
    loans.disburse(by=cast.treasurer, ward=cast.ward, loan_id=loan.id, on=lending.PAID_OUT)
    before = rows("loans_consent")
    against(cast, back, f"{back} WHERE id = '{second.id}'")
    assert rows("loans_consent") == before


def test_cards_votes_and_seats_stand_and_are_taken_back_once(cast):
    lending.open_fund(cast)
    loan = lending.lend(cast)
    paid = lending.pay(cast, loan, date(2004, 6, 12), 100_000)
    tables = ("loans_loan", "loans_loanmember", "loans_repayment", "savings_movement",
              "institutions_group", "institutions_membership", "institutions_pledge")  # fmt: skip
    before = [rows(table) for table in tables]
    assert all(before)
    of_loan = f"WHERE id = '{loan.id}'"
    against(
        cast,
        f"UPDATE loans_loan SET principal = principal + 1 {of_loan}",
        f"UPDATE loans_loan SET rate_bp = 0 {of_loan}",
        f"UPDATE loans_loan SET group_name = 'Lain' {of_loan}",
        f"UPDATE loans_loan SET status = 'applied', disbursed = NULL {of_loan}",
        f"UPDATE loans_loan SET disbursed = '2004-05-13' {of_loan}",
        f"DELETE FROM loans_loan {of_loan}",
        replaced("loans_loan", loan.id),
        "UPDATE loans_loanmember SET amount = amount + 1",
        "DELETE FROM loans_loanmember",
        f"UPDATE loans_repayment SET received_from = 'Lain' WHERE id = '{paid.id}'",
        f"UPDATE loans_repayment SET paid_on = '2004-06-13' WHERE id = '{paid.id}'",
        "DELETE FROM loans_repayment",
        "UPDATE savings_movement SET person_id = NULL, amount = amount + 1",
        "UPDATE savings_movement SET \"on\" = entered_on, kind = 'withdrawal'",
        "DELETE FROM savings_movement",
        "UPDATE institutions_group SET formed_on = '2003-01-01'",
        "UPDATE institutions_membership SET poor = NOT poor",
        "DELETE FROM institutions_membership",
        "DELETE FROM institutions_pledge",
    )
    assert [rows(table) for table in tables] == before
    loans.reverse_repayment(
        by=cast.treasurer, ward=cast.ward, repayment_id=paid.id, on=date(2004, 6, 13), why="salah"
    )
    against(
        cast,
        "UPDATE loans_repayment SET reversed_on = NULL, why_reversed = ''",
        "UPDATE loans_repayment SET why_reversed = 'lain'",
    )
    assert oversight.breaks(cast.ward) == []


# What plain SQL can still write, because an action writes it so too: the look over the books finds it.
FORGED = {
    "loans.said": [
        "UPDATE loans_loan SET status = 'approved', decided_on = applied_on WHERE status = 'applied'",
        "UPDATE loans_loan SET status = 'rejected' WHERE status = 'applied'",
        "UPDATE loans_consent SET withdrawn_on = signed_on",
        "INSERT INTO loans_consent (id, loan_id, person_id, signed_on, witness, family_by, entered_by_id, "
        "entered_on, entered_at, withdrawn_on, why_withdrawn) SELECT 'x', loan_id, person_id, signed_on, "
        "witness, family_by, entered_by_id, entered_on, entered_at, signed_on, '' FROM loans_consent LIMIT 1",
    ],
    "upk.close.said": ["UPDATE upk_monthclose SET state = 'reopened'"],
    "meetings.said": [
        "UPDATE meetings_meeting SET status = 'closed', signed_on = held_on WHERE status <> 'closed'",
        "UPDATE meetings_meeting SET held_on = '2004-01-07' WHERE status <> 'closed'",
        "INSERT INTO meetings_decision (id, meeting_id, number, subject, text, outcome, entered_at) "
        "SELECT 'x', id, 1, 'loans.approve:x', 'ya', 'accepted', entered_at FROM meetings_meeting "
        "WHERE status <> 'closed'",
    ],
    "access.said": [
        "INSERT INTO access_assignment (id, user_id, role, area, since) "
        "SELECT 'x', user_id, 'verifier', area, since FROM access_assignment WHERE area = '32.71.01.1003' LIMIT 1"
    ],
}


@pytest.fixture
def waiting(cast, closed):
    """A closed month, a meeting whose minutes nobody signed, a loan that waits with its signatures."""
    people = village(cast)
    meet(cast, people.poor_people, eligible=6)
    loan = lending.apply(cast)
    lending.sign(cast, loan)
    assert oversight.breaks(cast.ward) == []
    return loan


@pytest.mark.parametrize("clause", FORGED)
def test_what_no_action_did_is_a_break_of_the_books(cast, waiting, clause):
    for one in FORGED[clause]:
        point = transaction.savepoint()
        attack(by=cast.system, sql=[one])
        assert clause in {each.clause for each in oversight.breaks(cast.ward)}, one
        transaction.savepoint_rollback(point)


def test_a_loan_that_plain_sql_calls_repaid_is_a_break(cast):
    lending.open_fund(cast)
    lending.lend(cast)
    attack(
        by=cast.system, sql=["UPDATE loans_loan SET status = 'closed', closed_on = '2004-06-01'"]
    )
    assert "loans.totals" in {each.clause for each in oversight.breaks(cast.ward)}


def test_who_counts_as_elected_is_what_the_figures_say(cast):
    electing.seated(cast, electing.hamlet(cast))
    assert oversight.breaks(cast.ward) == []
    attack(
        by=cast.system,
        sql=["UPDATE elections_named SET outcome = 'following' WHERE outcome = 'elected'"],
    )
    assert "elections.outcome" in {each.clause for each in oversight.breaks(cast.ward)}
    against(
        cast,
        "UPDATE elections_election SET status = 'open', seated_on = NULL",
        "UPDATE elections_round SET status = 'failed'",
        "UPDATE elections_station SET eligible = 1",
        "DELETE FROM elections_station",
        "UPDATE institutions_seat SET name = 'Lain'",
        "DELETE FROM institutions_seat",
    )


def test_steps_of_groups_and_of_the_collection_stand(fund, loan):
    loans.record_collection_step(
        by=fund.treasurer, ward=fund.ward, loan_id=loan.id, on=date(2004, 9, 1), step="visit",
        note="Bertemu ketua",
    )  # fmt: skip
    tables = ("institutions_groupstep", "loans_collectionstep")
    [step] = loan.collection.all()
    loans.take_back_collection_step(
        by=fund.treasurer, ward=fund.ward, loan_id=loan.id, step_id=step.id, on=date(2004, 9, 2),
        why="salah KSM",
    )  # fmt: skip
    against(
        fund,
        "UPDATE loans_collectionstep SET taken_back_on = NULL, why_taken_back = '', taken_back_by_id = NULL",
        "UPDATE loans_collectionstep SET why_taken_back = 'lain'",
    )
    before = [rows(table) for table in tables]
    assert all(before)
    for table in tables:
        against(
            fund,
            f"UPDATE {table} SET \"on\" = '2004-01-01'",
            f"DELETE FROM {table}",
            replaced(table, rows(table)[0][0]),
        )
    assert [rows(table) for table in tables] == before


def test_who_counts_as_poor_and_by_which_meeting_stands(cast):
    village(cast)
    before = rows("households_poormark")
    assert before
    against(
        cast,
        "UPDATE households_poormark SET source = CASE source WHEN 'list' THEN 'census' ELSE 'list' END",
        "UPDATE households_poormark SET meeting = 'lain'",
        "UPDATE households_poormark SET since = '1999-01-01'",
    )
    assert rows("households_poormark") == before


def test_a_meeting_that_was_held_is_cancelled_by_nobody(cast):
    people = village(cast)
    met = meet(cast, people.poor_people, eligible=6)
    forged = (
        "INSERT INTO meetings_meetingchange (id, meeting_id, kind, was_on, was_at, now_at, why, entered_on, "
        "entered_at) SELECT 'x', id, 'cancelled', held_on, '', '', 'x', entered_on, entered_at "
        f"FROM meetings_meeting WHERE id = '{met.id}'"
    )
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        attack(by=cast.system, sql=[forged])
    decide(cast, met, "meetings.other")
    against(cast, forged)


def test_a_mark_of_the_poor_ends_once_and_is_deleted_by_nobody(cast):
    people = village(cast)
    home = people.poor[0][0]
    mark = f"WHERE household_id = '{home}'"
    with (
        transaction.atomic()
    ):  # who is taken off a list is no seal's business: the look over the books finds it
        attack(
            by=cast.system,
            sql=[f"UPDATE households_poormark SET until = '2004-02-10' {mark} AND until IS NULL"],
        )
    before = rows("households_poormark")
    against(
        cast,
        f"UPDATE households_poormark SET until = NULL {mark} AND until = '2004-02-10'",
        f"UPDATE households_poormark SET until = '2004-02-11' {mark} AND until IS NOT NULL",
        f"UPDATE households_poormark SET until = since {mark} AND until = '2004-02-10'",
        f"DELETE FROM households_poormark {mark}",
        "DELETE FROM households_poormark",
    )
    assert rows("households_poormark") == before
