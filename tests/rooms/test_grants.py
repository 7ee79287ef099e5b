"""The grant of a ward: its allocation, three windows that do not cross, tranches that wait their turn."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from pendamping.cycle import queries as cycle
from pendamping.cycle.rules import Run
from pendamping.funds.grants import actions as grants
from pendamping.funds.grants import queries
from pendamping.funds.grants.models import Movement
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.kernel.refusal import Refusal
from pendamping.trail.writing import action
from pendamping.verification import actions as verification
from tests import granting, lending
from tests.gatherings import board_decides
from tests.staging import staged

pytestmark = pytest.mark.django_db


def refused(call, **arguments):
    with pytest.raises(Refusal) as refusal:
        call(**arguments)
    return [reason.clause for reason in refusal.value.reasons]


def bank(cast, window):
    return books.balance(cast.ward, f"{window}_bank")


@staged
def tranche(cast):
    lending.residents_of(cast, 2)
    return granting.first_tranche(cast)


def test_a_report_is_late_by_the_day_on_which_it_is_owed_whatever_its_stage_was_planned_for(
    cast, tranche
):
    begun = [Run(key, 1, granting.ASKED, granting.ASKED) for key in ("plan", "groups")]
    late = tranche.report_due_on + timedelta(days=1)
    for day, days in ((tranche.report_due_on, 0), (late, 1)):
        found = cycle.cycle(cast.ward, day)
        running = replace(found, runs=[*begun, Run("funds", 1, granting.CAME)])
        asked = [one for one in cycle.steps(running, only="funds") if one.kind == "report"]
        assert [(one.due, one.days_late) for one in asked] == [(tranche.report_due_on, days)]
        assert [one.late(day) for one in queries.reports_due(cast.ward, day)] == [days]


def test_the_band_of_the_population_gives_the_amount_and_the_letter_stands_beside_it(cast):
    made = granting.allocate(cast, population=3_000)
    assert (made.amount, made.band_least, made.band_most) == (250_000_000, 3_000, 9_999)
    assert made.letter_no == "414/07/2004"
    assert [one.key for one in books.accounts(cast.ward)] == []
    assert len(books.accounts(cast.ward, books.BOARD)) == 11


def test_a_year_has_one_allocation(cast):
    granting.allocate(cast)
    with pytest.raises(Refusal) as refusal:
        granting.allocate(cast)
    assert [one.clause for one in refusal.value.reasons] == ["grants.allocation.once"]


def test_the_split_comes_to_the_allocation_and_is_decided_once(cast):
    lending.residents_of(cast, 2)
    made = granting.allocate(cast)
    short = {**granting.SPLIT, "social": 1}
    with pytest.raises(Refusal) as refusal:
        granting.split(cast, made, short)
    assert [one.clause for one in refusal.value.reasons] == ["grants.split"]
    granting.split(cast, made)
    again = refused(
        grants.decide_split,
        by=cast.chair, ward=cast.ward, allocation_id=made.id, split=granting.SPLIT,
        on=granting.SPLIT_ON, meeting_id="",
    )  # fmt: skip
    assert again == ["grants.split.once"]


def test_a_split_that_no_meeting_decided_is_refused(cast):
    made = granting.allocate(cast)
    clauses = refused(
        grants.decide_split,
        by=cast.chair, ward=cast.ward, allocation_id=made.id, split=granting.SPLIT,
        on=granting.SPLIT_ON, meeting_id="",
    )  # fmt: skip
    assert clauses == ["meetings.decided.meeting"]


def test_tranches_come_to_the_allocation(cast):
    lending.residents_of(cast, 2)
    granting.split(cast, granting.allocate(cast))
    amounts = [one.amount for one in queries.tranches(cast.ward)]
    assert amounts == [50_000_000, 125_000_000, 75_000_000]


def test_a_tranche_fills_each_window_in_the_books_of_the_board_alone(cast, tranche):
    assert tranche.amount == 50_000_000
    assert [bank(cast, each) for each in ("physical", "social", "economic")] == [
        30_000_000,
        10_000_000,
        10_000_000,
    ]
    assert books.trial_balance(cast.ward, date(2004, 6, 30)) == []
    board = books.trial_balance(cast.ward, date(2004, 6, 30), books.BOARD)
    assert sum(row.debit for row in board) == sum(row.credit for row in board) == 50_000_000
    assert queries.check(cast.ward) == books.check(cast.ward) == []


def test_no_entry_joins_two_windows_not_even_behind_the_room(cast, tranche):
    legs = [("social_bank", 1), ("physical_bank", -1)]

    @action
    def post_across(*, by, ward):
        ledger.post(by=by, ward=ward, on=granting.CAME, kind="x", ref="", lines=legs)

    assert refused(post_across, by=cast.secretary, ward=cast.ward) == ["ledger.fund"]

    @action
    def write_across(*, by, ward):
        known = books.accounts_by_name(ward)
        accounts = {name: (one.id, one.opened_on) for name, one in known.items()}
        draft = ledger.Draft(granting.CAME, "x", "", tuple(legs))
        _entries, statements = ledger.written(ward, [draft], accounts, None)
        ledger.run(*statements)

    with pytest.raises(DatabaseError, match="one fund"), transaction.atomic():
        write_across(by=cast.secretary, ward=cast.ward)


def test_a_window_is_not_overdrawn_though_the_bank_holds_enough(cast, tranche):
    grant = granting.agree(cast, lines=[("Bahan", 40_000_000)])
    pay = {"by": cast.secretary, "ward": cast.ward, "grant_id": grant.id}
    clauses = refused(grants.pay_grant, on=date(2004, 6, 10), amount=30_000_001, **pay)
    assert clauses == ["grants.window"]
    grants.pay_grant(on=date(2004, 6, 10), amount=30_000_000, **pay)
    assert bank(cast, "physical") == 0
    assert bank(cast, "social") == 10_000_000


def test_money_moves_between_windows_by_a_minuted_decision_of_that_sum_alone(cast, tranche):
    move = {
        "by": cast.chair, "ward": cast.ward, "from_window": "social", "to_window": "physical",
        "on": date(2004, 6, 15), "why": "Gang longsor",
    }  # fmt: skip
    subject = "grants.transfer:social:physical:4000000"
    meeting = board_decides(cast, subject, on=date(2004, 6, 14))
    assert refused(grants.move_between_windows, amount=4_000_001, meeting_id=meeting, **move)
    grants.move_between_windows(amount=4_000_000, meeting_id=meeting, **move)
    assert (bank(cast, "social"), bank(cast, "physical")) == (6_000_000, 34_000_000)
    again = refused(grants.move_between_windows, amount=4_000_000, meeting_id=meeting, **move)
    assert again == ["grants.transfer.once"]
    assert queries.check(cast.ward) == books.check(cast.ward) == []


def test_capital_leaves_the_boards_books_and_enters_those_of_the_upk(cast, tranche):
    ledger.open_books(by=cast.treasurer, ward=cast.ward, on=date(2004, 6, 1))
    at = {"by": cast.secretary, "ward": cast.ward, "on": date(2004, 6, 8)}
    made = grants.pass_on_capital(window="economic", amount=10_000_000, **at)
    assert bank(cast, "economic") == 0
    assert books.balance(cast.ward, "bank") == 10_000_000
    assert books.balance(cast.ward, "programme_capital") == -10_000_000
    assert refused(grants.pass_on_capital, window="physical", amount=1, **at) == [
        "grants.passed_on"
    ]
    grants.take_back(
        by=cast.secretary, ward=cast.ward, movement_id=made.id, on=date(2004, 6, 9), why="salah"
    )
    assert bank(cast, "economic") == 10_000_000
    assert books.balance(cast.ward, "bank") == 0
    assert queries.check(cast.ward) == books.check(cast.ward) == []


def test_the_same_form_pays_once(cast, tranche):
    grant = granting.agree(cast)
    pay = {"by": cast.secretary, "ward": cast.ward, "grant_id": grant.id, "on": date(2004, 6, 10)}
    first = grants.pay_grant(amount=5_000_000, request_id="sekali", **pay)
    again = grants.pay_grant(amount=5_000_000, request_id="sekali", **pay)
    assert first == again
    assert bank(cast, "physical") == 25_000_000


def test_a_payment_that_was_spent_since_is_not_taken_back(cast, tranche):
    grant = granting.agree(cast)
    at = {"by": cast.secretary, "ward": cast.ward}
    paid = grants.pay_grant(grant_id=grant.id, on=date(2004, 6, 10), amount=5_000_000, **at)
    line = grant.budget.first()
    grants.record_expense(
        grant_id=grant.id, line_id=line.id, on=date(2004, 6, 11), amount=4_000_000,
        what="Pasir", seller="TB Contoh", **at,
    )  # fmt: skip
    back = refused(grants.take_back, movement_id=paid.id, on=date(2004, 6, 12), why="salah", **at)
    assert back == ["grants.take_back"]
    assert bank(cast, "physical") == 25_000_000


def test_the_second_tranche_waits_for_ninety_percent_and_says_how_much_is_used(cast, tranche):
    second = queries.tranches(cast.ward)[1]
    granting.tick_all(cast, second, date(2004, 9, 20))
    with pytest.raises(Refusal) as refusal:
        grants.request_tranche(
            by=cast.chair, ward=cast.ward, tranche_id=second.id, on=date(2004, 9, 20)
        )
    said = {one.clause: one.say() for one in refusal.value.reasons}
    assert "0,0 % is used; at least 90 %" in said["tranches.p2kp2.min_use_pct"]
    late = said["accountability.p2kp2.closes_late_tranche"]
    assert "was due on 2004-08-30 and is 21 days late" in late


def test_papers_that_are_missing_or_wrong_are_named_one_by_one(cast):
    lending.residents_of(cast, 2)
    granting.split(cast, granting.allocate(cast))
    first = queries.tranches(cast.ward).first()
    grants.tick_papers(
        by=cast.secretary, ward=cast.ward, tranche_id=first.id, on=granting.ASKED,
        ticks={"receipt": {"present": True, "correct": False}},
    )  # fmt: skip
    with pytest.raises(Refusal) as refusal:
        grants.request_tranche(
            by=cast.chair, ward=cast.ward, tranche_id=first.id, on=granting.ASKED
        )
    assert len(refusal.value.reasons) == 6
    said = [one.say() for one in refusal.value.reasons]
    assert "Kuitansi: is there, but not correctly filled." in said


def test_money_comes_only_after_the_payment_order(cast):
    lending.residents_of(cast, 2)
    granting.split(cast, granting.allocate(cast))
    first = queries.tranches(cast.ward).first()
    granting.tick_all(cast, first, granting.ASKED)
    at = {"ward": cast.ward, "tranche_id": first.id}
    grants.request_tranche(by=cast.chair, on=granting.ASKED, **at)
    clauses = refused(
        grants.receive_tranche,
        by=cast.secretary, on=granting.CAME, work_ends_on=granting.ENDS, **at,
    )  # fmt: skip
    assert clauses == ["grants.order"]
    order = {"spm_no": "1", "spm_on": granting.ORDERED, "sp2d_no": "2", "sp2d_on": granting.ORDERED}
    early = refused(grants.record_payment_order, by=cast.facilitator, **order, **at)
    assert early == ["grants.order.chain"]


def test_a_request_that_the_chain_returned_is_mended_and_goes_on_where_it_was(cast):
    lending.residents_of(cast, 2)
    granting.split(cast, granting.allocate(cast))
    first = queries.tranches(cast.ward).first()
    granting.tick_all(cast, first, granting.ASKED)
    at = {"ward": cast.ward, "tranche_id": first.id}
    found = grants.request_tranche(by=cast.chair, on=granting.ASKED, **at)
    verification.decide(
        by=cast.facilitator, ward=cast.ward, dossier_id=found.dossier, result="mend",
        on=granting.ASKED, papers={}, reasons=["paper_wrong"], note="Kuitansi belum bermeterai",
    )  # fmt: skip
    assert queries.tranche_state(found) == "returned"
    again = grants.request_tranche(by=cast.secretary, on=date(2004, 5, 24), **at)
    assert again.dossier == found.dossier
    granting.pass_all(cast, found.dossier, date(2004, 5, 26))
    assert queries.tranche_state(again) == "cleared"


def test_windows_receive_their_shares_in_the_guidelines_order_on_every_database(cast):
    split = dict(reversed(granting.SPLIT.items()))
    granting.split(cast, granting.allocate(cast), split)
    granting.receive(cast, queries.tranches(cast.ward).first())
    came = Movement.objects.filter(kind="received").order_by("number")
    assert [one.window for one in came] == list(queries.window_names(cast.ward, granting.CAME))
