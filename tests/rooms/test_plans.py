"""The medium-term plan: from the needs and the vote, ratified by residents, revised, compared."""

import io
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from pendamping.desk.records import formerly
from pendamping.facilitation import actions as facilitation
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.planning import actions, plan_paper, queries, reading
from pendamping.planning.document import document
from pendamping.planning.rules.plan import compare
from pendamping.trail import queries as trail
from pendamping.trail.actions import record
from pendamping.trail.writing import action
from tests import planned
from tests.cast import WARD
from tests.rooms.test_ledger_attacks import attack

pytestmark = pytest.mark.django_db

TODAY = date(2004, 3, 1)


@pytest.fixture(autouse=True)
def after_the_vote():
    with clock.at(TODAY):
        yield


def clauses(refusal):
    return [reason.clause for reason in refusal.value.reasons]


def stands(plan):
    return {one.title: (one.year, one.sources, one.vote_said) for one in plan.lines.all()}


def test_a_draft_plans_what_the_vote_funded_and_carries_the_rest_forward(voted):
    plan = planned.drafted(voted)
    assert stands(plan) == {
        "Sumur bersama": (1, {"blm": 20_000_000}, "funded"),
        "Selokan": (1, {"blm": 60_000_000}, "funded"),
        "Jalan gang": (None, {}, "lost"),
    }
    with pytest.raises(Refusal):
        planned.drafted(voted)  # one at a time


def test_what_the_vote_did_not_fund_waits_or_is_paid_by_others(voted):
    alley = planned.line_of(planned.drafted(voted), "Jalan gang")
    with pytest.raises(Refusal) as refusal:
        planned.shape(voted, alley, year=1, sources={"blm": 50_000_000})
    assert clauses(refusal) == ["plan.p2kp2.vote_binds"]
    made = planned.shape(voted, alley, year=1, sources={"government": 45_000_000}, volume="120 m")
    assert (made.year, made.volume) == (1, "120 m")
    with pytest.raises(Refusal) as refusal:
        planned.ratify(voted, made.plan, on=TODAY)
    assert [reason.values.get("missing") for reason in refusal.value.reasons] == [5_000_000]


def test_the_negative_list_asks_and_excludes(voted):
    planned.ask(voted, "Jalan menuju masjid", "01/04", 12)
    planned.ask(voted, "Cat masjid", "01/04", 4)
    plan = planned.drafted(voted)
    money = {"year": 2, "sources": {"blm": 12_000_000}}
    path = planned.line_of(plan, "Jalan menuju masjid")
    with pytest.raises(Refusal) as refusal:
        planned.shape(voted, path, **money)
    assert clauses(refusal) == ["negative_list.p2kp2.worship"]
    planned.shape(voted, path, **money, cleared="Jalan umum, masjidnya tidak dibangun")
    paint = planned.shape(
        voted, planned.line_of(plan, "Cat masjid"), year=None, sources={}, excluded="worship"
    )
    with pytest.raises(Refusal):
        planned.shape(voted, paint, year=1, sources={"swadaya": 4_000_000}, excluded="worship")
    made = planned.ratify(voted, plan, on=TODAY)
    assert made.lines.get(title="Cat masjid").excluded == "worship"
    pdf = PdfReader(io.BytesIO(plan_paper.plan(made, "Empang", "https://x.example/p")))
    printed = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "negative_list" not in printed and "Rumah ibadah" in printed
    annual = printed[printed.index("Rencana tahunan") :]
    assert annual.index("Jalan menuju masjid") < annual.index("Sumber")


def test_only_residents_ratify_it_in_a_meeting_that_may(voted):
    plan = planned.drafted(voted)
    subject = reading.plan_subject(plan)
    board = planned.residents_decide(voted, subject, TODAY, kind="board")
    for meeting in ("", board):
        with pytest.raises(Refusal):
            actions.ratify_plan(by=voted.chair, ward=WARD, plan_id=plan.id, meeting_id=meeting)
    right = planned.residents_decide(voted, subject, TODAY)
    with pytest.raises(Refusal):
        actions.ratify_plan(by=voted.cadre, ward=WARD, plan_id=plan.id, meeting_id=right)
    made = actions.ratify_plan(by=voted.chair, ward=WARD, plan_id=plan.id, meeting_id=right)
    assert (made.status, made.ratified_on) == ("ratified", TODAY)
    assert reading.plan_in_force(WARD, TODAY).id == plan.id
    assert reading.plan_in_force(WARD, date(2004, 2, 29)) is None


def test_a_draft_that_was_changed_after_the_decision_is_decided_on_again(voted):
    plan = planned.drafted(voted)
    subject = reading.plan_subject(plan)
    met = planned.residents_decide(voted, subject, TODAY)
    assert actions.take_up_needs(by=voted.cadre, ward=WARD, plan_id=plan.id) == 0  # nothing changed
    alley = planned.line_of(plan, "Jalan gang")
    planned.shape(voted, alley, year=1, sources={"government": 50_000_000})
    with pytest.raises(Refusal) as refusal:
        actions.ratify_plan(by=voted.chair, ward=WARD, plan_id=plan.id, meeting_id=met)
    assert clauses(refusal) == ["planning.plan.changed"]
    again = planned.residents_decide(voted, subject, TODAY)
    actions.ratify_plan(by=voted.chair, ward=WARD, plan_id=plan.id, meeting_id=again)
    assert stands(plan)["Jalan gang"][0] == 1


def test_a_version_has_a_name_of_its_own_in_the_trail_and_what_was_said_under_the_older_one_is_read(
    voted,
):
    made = planned.drafted(voted)
    day = facilitation.plan_activity(
        by=voted.facilitator, ward=WARD, on=TODAY, stage="groups", activity="Rembug RT 02"
    )
    assert trail.happened("planning.draft_plan", WARD, f"medium_term_plan:{made.id}")
    assert trail.happened("facilitation.plan_activity", WARD, f"week_plan:{day.id}")
    shape_line(by=voted.cadre, plan=made.id)  # as up to 0.1
    record_now = f"medium_term_plan:{made.id}"
    told = trail.of_record(record_now, *formerly(record_now))
    assert [one.record for one in told] == [record_now, f"plan:{made.id}"]


@action
def shape_line(*, by, plan):
    record(by=by, ward=WARD, record=f"plan:{plan}", on=TODAY)


def test_a_revision_begins_with_what_holds_and_says_what_it_changes(ratified):
    cast, first = ratified
    with clock.at(date(2005, 1, 10)):
        planned.ask(cast, "Lampu jalan", "", 9, asked_by="youth")
        second = planned.drafted(cast, first_year=2005)
        assert stands(second) == {
            "Sumur bersama": (None, {}, "funded"),  # its year is past
            "Selokan": (None, {}, "funded"),
            "Jalan gang": (1, {"blm": 30_000_000, "government": 20_000_000}, "lost"),
            "Lampu jalan": (None, {}, ""),
        }
        changes = compare(reading.dated(first), reading.dated(second))
        assert {one.new.title: one.kind for one in changes} == {
            "Sumur bersama": "put-off",
            "Selokan": "put-off",
            "Lampu jalan": "new",
        }  # fmt: skip -- the alley stands in 2005 in both
        said = {one.title: one.because for one in document(second).rows if not one.number}
        assert said["Sumur bersama"] == "direncanakan untuk 2004; dibawa ke depan"
        assert reading.plan_matter(second) == "annual_plan"
        dropped = actions.drop_plan(by=cast.cadre, ward=WARD, plan_id=second.id, why="Menunggu RWT")
    assert (dropped.status, reading.draft(WARD)) == ("dropped", None)


def test_needs_that_come_later_are_taken_up_and_those_taken_off_the_list_leave(voted):
    plan = planned.drafted(voted)
    planned.ask(voted, "Lampu jalan", "", 9)
    alley = planned.line_of(plan, "Jalan gang").need_id
    actions.withdraw_need(by=voted.cadre, ward=WARD, need_id=alley, why="Sudah dikerjakan")
    assert actions.take_up_needs(by=voted.cadre, ward=WARD, plan_id=plan.id) == 1
    assert sorted(stands(plan)) == ["Lampu jalan", "Selokan", "Sumur bersama"]


@pytest.mark.parametrize("who", ["treasurer", "officer", "verifier", "lead", "stranger"])
def test_who_does_not_plan_is_refused(voted, who):
    with pytest.raises(Refusal):
        actions.draft_plan(by=voted.players[who], ward=WARD, first_year=2004)


def test_a_ratified_version_stands_whatever_a_statement_says(ratified):
    cast, plan = ratified
    for statement in (
        "UPDATE planning_planline SET year = 3",
        "UPDATE planning_planline SET cost = 1",
        "DELETE FROM planning_planline",
        "UPDATE planning_plan SET ratified_on = '2004-01-01'",
        "DELETE FROM planning_plan",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attack(by=cast.system, sql=[statement])
    with pytest.raises(Refusal):
        planned.shape(cast, planned.line_of(plan, "Selokan"), year=2)
    assert queries.needs(WARD)
