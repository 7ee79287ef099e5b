"""Stages of a ward begin and end by what is on record, under two guidelines; plans and other orders by meetings."""

from datetime import date, timedelta

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, transaction

from pendamping.cycle import actions, apps, queries
from pendamping.cycle.models import Milestone
from pendamping.guidelines import actions as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from pendamping.trail.writing import migrating
from tests import gatherings
from tests.cycling import BEGAN, MET, finish, orient, residents_decide, session, start
from tests.guideline_texts import lumbung

pytestmark = pytest.mark.django_db

TODAY = gatherings.TODAY
RKM = date(2003, 12, 21)


@pytest.fixture(autouse=True)
def in_february():
    with clock.at(TODAY):
        yield


@pytest.fixture
def village(cast):
    return gatherings.village(cast)


def refused(act, *given, **named):
    with pytest.raises(Refusal) as found:
        act(*given, **named)
    return [reason.clause for reason in found.value.reasons]


def states(cast, on=TODAY):
    return {key: one.state for key, one in queries.cycle(cast.ward, on).standings.items()}


def kinds(cast, on=TODAY):
    return [(one.stage, one.kind) for one in queries.steps(queries.cycle(cast.ward, on))]


# --- beginning and ending -------------------------------------------------------------------------


def test_the_first_stage_can_begin_and_the_others_wait(cast, village):
    assert kinds(cast) == [("orientation", "begin")]
    found = states(cast)
    assert found.pop("orientation") == "ready"
    assert set(found.values()) == {"waiting"}


def test_a_stage_closes_once_every_rt_has_had_its_session_and_not_before(cast, village):
    start(cast, "orientation", BEGAN)
    session(cast, "01")
    assert refused(finish, cast, "orientation", MET) == ["stage_gates.p2kp2.every_rt_met"]
    session(cast, "02", on=MET + timedelta(days=2))
    assert refused(finish, cast, "orientation", MET) == ["stage_gates.p2kp2.every_rt_met"]
    done = finish(cast, "orientation", MET + timedelta(days=2))
    assert done.gates[0]["have"] == done.gates[0]["of"] == 2
    assert len(done.gates[0]["records"]) == 2
    assert (states(cast)["orientation"], states(cast)["readiness"]) == ("finished", "ready")
    assert states(cast, MET)["orientation"] == "running"


def test_a_stage_out_of_order_and_a_day_to_come_are_refused(cast, village):
    assert refused(start, cast, "readiness", BEGAN) == ["stages.p2kp2.readiness.after"]
    assert refused(start, cast, "orientation", TODAY + timedelta(days=1)) == ["cycle.day.future"]
    assert refused(start, cast, "orientation", date(2003, 11, 12)) == ["cycle.day.early"]
    assert refused(start, cast, "moon", BEGAN) == ["cycle.stage.unknown"]


def test_readiness_closes_by_signed_minutes_of_the_right_meeting_only(cast, village):
    orient(cast)
    start(cast, "readiness", MET)
    assert kinds(cast) == [("readiness", "decide")]
    residents_decide(cast, "programme_acceptance", kind="citizens", on=RKM)  # not its matter
    unsigned = residents_decide(
        cast, "programme_acceptance", kind="readiness", on=RKM, signed=False
    )
    assert refused(finish, cast, "readiness", RKM) == ["stage_gates.p2kp2.accepted"]
    assert ("readiness", "unfinished") in kinds(cast)
    gatherings.sign(cast, unsigned)
    assert kinds(cast) == [("readiness", "finish")]
    finish(cast, "readiness", RKM)
    assert states(cast)["reflection"] == "ready"


def test_residents_who_reject_the_programme_stop_it(cast, village):
    orient(cast)
    start(cast, "readiness", MET)
    residents_decide(cast, "programme_acceptance", kind="readiness", on=RKM, outcome="rejected")
    found = queries.cycle(cast.ward, TODAY)
    (verdict,) = found.verdicts(["readiness"])["readiness"]
    assert verdict.stops
    assert kinds(cast) == []


def test_taking_back_a_date_opens_the_stage_again_and_the_trail_keeps_both(cast, village):
    orient(cast)
    actions.take_back(by=cast.chair, ward=cast.ward, stage="orientation", why="Salah tanggal")
    assert states(cast)["orientation"] == "running"
    finish(cast, "orientation", MET + timedelta(days=1))
    assert [each.what for each in queries.milestones(cast.ward)] == [
        "started",
        "finished",
        "finished",
    ]
    verbs = [event.verb for event in trail.of_record("stage:orientation")]
    assert verbs == [
        "cycle.start_stage",
        "cycle.finish_stage",
        "cycle.take_back",
        "cycle.finish_stage",
    ]


@pytest.mark.parametrize(
    "who", ["cadre", "treasurer", "secretary", "verifier", "lead", "stranger", "administrator"]
)
def test_only_facilitator_and_board_move_the_stages(cast, village, who):
    by = getattr(cast, who)
    assert refused(start, cast, "orientation", BEGAN, by=by) == ["access.permission"]
    assert refused(finish, cast, "orientation", BEGAN, by=by) == ["access.permission"]
    again = {"by": by, "ward": cast.ward}
    assert refused(actions.take_back, **again, stage="orientation", why="x") == [
        "access.permission"
    ]
    assert refused(actions.draft_plan, **again, dates={}, why="x") == ["access.permission"]
    assert refused(actions.adopt_plan, **again, plan_id="x", meeting_id="x") == [
        "access.permission"
    ]
    assert refused(actions.drop_plan, **again, plan_id="x") == ["access.permission"]


def test_the_database_keeps_one_beginning_of_a_turn(cast, village):
    made = start(cast, "orientation", BEGAN)
    again = {"ward": cast.ward, "stage": "orientation", "what": "started", "on": MET,
             "entered_on": TODAY, "entered_at": clock.now(), "guideline_version": "1.0"}  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic(), migrating():
        Milestone.objects.create(**again)
    with pytest.raises(IntegrityError), transaction.atomic(), migrating():
        Milestone.objects.filter(pk=made.pk).update(taken_back_on=TODAY)  # without a reason


# --- another order, by the ward's own decision ------------------------------------------------------


def test_a_stage_is_left_out_by_a_decision_with_its_meeting(cast, village):
    orient(cast)
    start(cast, "readiness", MET)
    residents_decide(cast, "programme_acceptance", kind="readiness", on=RKM)
    finish(cast, "readiness", RKM)
    assert refused(start, cast, "mapping", TODAY) == ["stages.p2kp2.mapping.after"]
    gatherings.deviate(cast, "stages.p2kp2.reflection.skipped", True, since=gatherings.HELD)
    assert states(cast)["reflection"] == "skipped"
    assert refused(start, cast, "reflection", TODAY) == ["stages.p2kp2.reflection.skipped"]
    assert refused(start, cast, "mapping", gatherings.HELD - timedelta(days=1)) == [
        "stages.p2kp2.mapping.after"
    ]
    start(cast, "mapping", TODAY)
    assert states(cast)["mapping"] == "running"


def test_stages_run_side_by_side_by_a_decision(cast, village):
    start(cast, "orientation", BEGAN)
    assert refused(start, cast, "readiness", TODAY) == ["stages.p2kp2.readiness.after"]
    gatherings.deviate(
        cast, "stages.p2kp2.readiness.overlaps", ["orientation"], since=gatherings.HELD
    )
    start(cast, "readiness", TODAY)
    assert {states(cast)[key] for key in ("orientation", "readiness")} == {"running"}


# --- planned dates ------------------------------------------------------------------------------------


NEW = {
    "orientation": (date(2003, 12, 2), date(2004, 2, 20)),
    "readiness": (date(2004, 2, 21), date(2004, 3, 20)),
}


def drafted(cast, dates=NEW, why="Banjir"):
    return actions.draft_plan(by=cast.facilitator, ward=cast.ward, dates=dates, why=why)


def test_a_stage_past_its_planned_end_is_late_until_a_meeting_plans_anew(cast, village):
    start(cast, "orientation", BEGAN)
    late = queries.cycle(cast.ward, TODAY).standings["orientation"]
    assert (late.planned.ends, late.days_late, late.overdue) == (date(2003, 12, 31), 41, True)
    plan = drafted(cast)
    assert queries.cycle(cast.ward, TODAY).standings["orientation"].overdue
    meeting = gatherings.board_decides(cast, f"cycle.adopt_plan:{plan.id}", on=TODAY)
    actions.adopt_plan(by=cast.chair, ward=cast.ward, plan_id=plan.id, meeting_id=meeting)
    found = queries.cycle(cast.ward, TODAY).standings
    assert (found["orientation"].planned.ends, found["orientation"].overdue) == (
        date(2004, 2, 20),
        False,
    )
    assert found["reflection"].planned.starts == date(
        2004, 1, 29
    )  # what the plan leaves stays as it was
    before = queries.cycle(cast.ward, TODAY - timedelta(days=1)).standings["orientation"]
    assert before.planned.ends == date(2003, 12, 31)
    rows = {row["stage"]: row for row in queries.dump(cast.ward)["stages"]}
    assert rows["orientation"]["decided_by_meeting"] == meeting
    assert rows["reflection"]["decided_by_meeting"] == ""


def test_a_plan_needs_a_meeting_that_decided_just_this_plan(cast, village):
    plan = drafted(cast)
    other = gatherings.board_decides(cast, "cycle.adopt_plan:another", on=TODAY)
    adopt = {"by": cast.chair, "ward": cast.ward, "plan_id": plan.id}
    assert refused(actions.adopt_plan, **adopt, meeting_id=other) == ["meetings.decided.subject"]
    assert refused(actions.adopt_plan, **adopt, meeting_id="") == ["meetings.decided.meeting"]
    second = drafted(cast, why="Banjir lagi")
    assert refused(actions.adopt_plan, **adopt, meeting_id=other) == ["cycle.plan.decided"]
    actions.drop_plan(by=cast.facilitator, ward=cast.ward, plan_id=second.id)
    assert [one.status for one in queries.plans(cast.ward)] == ["dropped", "dropped"]


# --- another programme, the same engine -----------------------------------------------------------------


def test_an_invented_programme_runs_through_the_same_stages_and_gates(cast, village):
    guidelines.publish_texts(by=cast.administrator, contents=[lumbung()])
    guidelines.adopt_guideline(
        by=cast.administrator, ward=cast.ward, code="lumbung", from_=date(2003, 11, 13)
    )
    assert list(states(cast)) == ["gathering", "storehouse", "lending", "harvest"]
    start(cast, "gathering", BEGAN)
    assert refused(finish, cast, "gathering", MET) == ["stage_gates.lumbung.half_met"]
    session(cast, "01", kind="gathering")
    finish(cast, "gathering", MET)
    start(cast, "storehouse", MET)
    start(cast, "lending", MET)
    assert refused(finish, cast, "lending", TODAY) == ["stage_gates.lumbung.two_teams"]
    assert refused(start, cast, "harvest", TODAY) == ["stages.lumbung.harvest.after"] * 2
    residents_decide(cast, "granary", kind="gathering", on=TODAY)
    finish(cast, "storehouse", TODAY)
    assert states(cast)["storehouse"] == "finished"


def test_a_server_does_not_start_with_a_gate_that_nobody_reads(monkeypatch):
    assert [each for each in run_checks() if each.id == "cycle.E001"] == []
    from pendamping.guidelines.rules import gates

    monkeypatch.setitem(gates.READS, "stars", ())
    (fault,) = apps.unread_gates()
    assert "“stars”" in fault.msg
