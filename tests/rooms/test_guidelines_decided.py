"""Which meeting may stand behind a ward's own decision beside the text, and how often."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pendamping.guidelines import actions, minutes, queries
from pendamping.guidelines.models import LocalDecision
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as meetings
from pendamping.meetings.models import Meeting
from tests.cast import WARD
from tests.gatherings import (
    HELD,
    board_decides,
    decided_end,
    decided_otherwise,
    deviate,
    meet,
    sign,
)
from tests.gatherings import decide as conclude
from tests.rooms.test_final import against as against_sql
from tests.rooms.test_guidelines import CLAUSE, DAY, clauses_of, decide

pytestmark = pytest.mark.django_db


def another_subject(cast):
    return board_decides(cast, "meetings.other", on=HELD)


def another_clause(cast):
    return decided_otherwise(cast, "loans.p2kp2.rate_bp", 125)


def another_value(cast):
    return decided_otherwise(cast, CLAUSE, 300_000)


def against(cast):
    return decided_otherwise(cast, CLAUSE, 400_000, outcome="rejected")


def a_group(cast):
    met = meet(cast, (), head_count={"total": 5, "women": 3, "poor": 5}, eligible=5)
    return conclude(cast, met, queries.decision_subject(CLAUSE, 400_000)).id


def unsigned(cast):
    count = {"total": 5, "women": 2, "poor": 0}
    met = meet(cast, (), kind="board", head_count=count, eligible=9)
    subject = queries.decision_subject(CLAUSE, 400_000)
    meetings.record_decision(
        by=cast.facilitator, ward=WARD, meeting_id=met.id, subject=subject, text="Disepakati"
    )
    return met.id


def changed_its_mind(cast):
    """First so, then otherwise: the last word counts."""
    met = unsigned(cast)
    meetings.record_decision(
        by=cast.facilitator, ward=WARD, meeting_id=met, text="Mengganti keputusan 1",
        subject=queries.decision_subject(CLAUSE, 350_000),
    )  # fmt: skip
    return sign(cast, Meeting.objects.get(pk=met)).id


@pytest.mark.parametrize(
    ("held", "clause"),
    [
        (another_subject, "guidelines.deviation.meeting"),
        (another_clause, "guidelines.deviation.meeting"),
        (another_value, "guidelines.deviation.another"),
        (against, "guidelines.deviation.rejected"),
        (a_group, "meetings.p2kp2.group.decides_on"),
        (unsigned, "guidelines.deviation.unsigned"),
        (changed_its_mind, "guidelines.deviation.another"),
    ],
)
def test_only_the_meeting_that_decided_exactly_this_stands_behind_it(cast, held, clause):
    with pytest.raises(Refusal) as refused:
        decide(cast, meeting=held(cast))
    assert clauses_of(refused) == [clause]
    assert not LocalDecision.objects.exists()


def test_a_meeting_without_quorum_cannot_decide_otherwise(cast):
    count = {"total": 3, "women": 2, "poor": 0}
    met = meet(cast, (), kind="board", head_count=count, eligible=9)
    with pytest.raises(Refusal):
        conclude(cast, met, queries.decision_subject(CLAUSE, 400_000))
    sign(cast, met)
    with pytest.raises(Refusal) as refused:
        decide(cast, meeting=met.id)
    assert clauses_of(refused) == ["guidelines.deviation.meeting"]


def test_what_a_meeting_decided_is_recorded_once(cast):
    met = decided_otherwise(cast, CLAUSE, 400_000)
    first = decide(cast, meeting=met, until=DAY + timedelta(30))
    assert queries.decided(WARD) == []
    with pytest.raises(Refusal) as refused:
        decide(cast, meeting=first.meeting, since=DAY + timedelta(90))
    assert clauses_of(refused) == ["guidelines.deviation.used"]
    again = decided_otherwise(cast, CLAUSE, 400_000, on=HELD + timedelta(1))
    decide(cast, meeting=again, since=DAY + timedelta(90))


# --- the end --------------------------------------------------------------------------------------


def nobody_met(cast, decision):
    return ""


def the_meeting_that_took_it(cast, decision):
    return decision.meeting


def the_end_of_another(cast, decision):
    other = deviate(cast, "loans.p2kp2.rate_bp", 125, since=DAY)
    return decided_end(cast, other)


def against_ending(cast, decision):
    return decided_end(cast, decision, outcome="rejected")


def a_group_ends(cast, decision):
    met = meet(cast, (), head_count={"total": 5, "women": 3, "poor": 5}, eligible=5)
    return conclude(cast, met, queries.end_subject(decision.id)).id


def an_unsigned_end(cast, decision):
    count = {"total": 5, "women": 2, "poor": 0}
    met = meet(cast, (), kind="board", head_count=count, eligible=9)
    meetings.record_decision(
        by=cast.facilitator, ward=WARD, meeting_id=met.id, text="Berakhir",
        subject=queries.end_subject(decision.id),
    )  # fmt: skip
    return met.id


@pytest.mark.parametrize(
    ("held", "clause"),
    [
        (nobody_met, "guidelines.deviation.meeting"),
        (the_meeting_that_took_it, "guidelines.deviation.meeting"),
        (the_end_of_another, "guidelines.deviation.meeting"),
        (against_ending, "guidelines.deviation.rejected"),
        (a_group_ends, "meetings.p2kp2.group.decides_on"),
        (an_unsigned_end, "guidelines.deviation.unsigned"),
    ],
)
def test_what_a_meeting_decided_only_a_meeting_ends(cast, held, clause):
    decision = decide(cast)
    met = held(cast, decision)
    with pytest.raises(Refusal) as refused:
        actions.end_deviation(
            by=cast.chair, ward=WARD, deviation=decision.id, until=DAY + timedelta(9), meeting=met
        )
    assert clauses_of(refused) == [clause]
    decision.refresh_from_db()
    assert (decision.until, decision.ended_by) == (None, "")


def test_a_decision_ends_on_the_day_of_that_meeting_at_the_earliest_and_once(cast):
    decision = decide(cast)
    on = DAY + timedelta(20)
    with clock.at(on):
        met = decided_end(cast, decision, on=on)
    assert queries.ends_waiting(WARD, met) == {queries.end_subject(decision.id): decision.id}

    def end(until):
        return actions.end_deviation(
            by=cast.chair, ward=WARD, deviation=decision.id, until=until, meeting=met
        )

    with pytest.raises(Refusal) as refused:
        end(on - timedelta(1))
    assert clauses_of(refused) == ["guidelines.deviation.until"]
    assert end(on).ended_by == met
    assert queries.ends(WARD) == []
    with pytest.raises(Refusal) as refused:
        end(on + timedelta(9))
    assert clauses_of(refused) == ["guidelines.deviation.ended"]


def test_no_plain_sql_changes_takes_away_or_reopens_a_decision(cast):
    decision = decide(cast)
    one = f"WHERE id = '{decision.id}'"
    table = "guidelines_localdecision"
    set_once = [f"UPDATE {table} SET {what} {one}" for what in (
        "clause = 'loans.p2kp2.rate_bp'", "value = '1'", "since = '2004-01-01'", "meeting = 'x'",
        "reason = 'x'", "ward = 'x'",
    )]  # fmt: skip
    gone = [f"DELETE FROM {table} {one}",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} {one}"]  # fmt: skip
    against_sql(cast, *set_once, *gone)
    met = decided_end(cast, decision)
    actions.end_deviation(by=cast.chair, ward=WARD, deviation=decision.id, until=DAY, meeting=met)
    against_sql(
        cast, *set_once, *gone, f"UPDATE {table} SET until = NULL {one}",
        f"UPDATE {table} SET until = '2009-01-01' {one}", f"UPDATE {table} SET ended_by = '' {one}",
    )  # fmt: skip


def test_only_a_meeting_that_can_still_decide_is_offered_on_the_day_to_which_it_was_moved(
    cast, client
):
    def called(on):
        told = {"ward": WARD, "kind": "board", "held_on": on, "place": "Balai"}
        return meetings.call_meeting(by=cast.facilitator, **told)

    def ids():
        return [one.id for one in minutes.to_decide(WARD, ["board"])]

    with clock.at(HELD):
        few = meet(
            cast, [], kind="board", head_count={"total": 2, "women": 1, "poor": 1}, eligible=9
        )
        open_, gone, later = called(HELD), called(HELD), called(HELD)
        told = {"by": cast.facilitator, "ward": WARD, "why": "Hujan"}
        meetings.cancel_meeting(meeting_id=gone.id, **told)
        later_day = HELD + timedelta(days=7)
        meetings.move_meeting(meeting_id=later.id, held_on=later_day, place="Balai", **told)
        assert ids() == [later.id, open_.id] and few.id not in ids()
        client.force_login(cast.chair)
        section, key = "loans", "first_loan_max"
        address = reverse(
            "guidelines:decide", kwargs={"ward": WARD, "section": section, "key": key}
        )
        page = client.get(address, {"asked": "1", "value": "400.000"}).content.decode()
    assert "5 Februari 2004</a>" in page and gone.id not in page and few.id not in page
    assert "belum berlangsung; daftar hadirnya diisi pada harinya" in page
    assert "daftar hadirnya belum diisi: buka rapatnya dan isi dahulu" in page
