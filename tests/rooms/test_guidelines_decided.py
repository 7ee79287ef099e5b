"""Which meeting may stand behind a ward's own decision beside the text, and how often."""

from datetime import timedelta

import pytest

from pendamping.guidelines import queries
from pendamping.guidelines.models import LocalDecision
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as meetings
from pendamping.meetings.models import Meeting
from tests.cast import WARD
from tests.gatherings import HELD, board_decides, decided_otherwise, meet, sign
from tests.gatherings import decide as conclude
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
