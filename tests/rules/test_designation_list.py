"""The poor list: criteria, posting, objections, ratification, by rule."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.kernel.refusal import Reason
from pendamping.targeting.rules.poor_list import (
    ListRule,
    ListState,
    criteria_problems,
    last_day,
    objection_problems,
    posting_problems,
    ratifying_problems,
    set_problems,
    settling_problems,
)

RULE = ListRule("p2kp2", 14)
POSTED = date(2004, 1, 5)
LAST = date(2004, 1, 18)
STATE = ListState("posted", 5, 0, POSTED, 0, True)


def ratify(state=STATE, **changes):
    facts = {
        "held_on": LAST + timedelta(days=1),
        "not_decided": [],
        **changes,
    }
    return [reason.clause for reason in ratifying_problems(state, RULE, **facts)]


def test_a_finished_list_is_ratified_on_the_day_after_the_period():
    assert last_day(POSTED, 14) == LAST
    assert ratify() == []
    assert ratify(held_on=LAST) == ["targeting.p2kp2.objection_days"]


@given(late=st.integers(0, 30), allowed=st.integers(0, 10))
def test_only_a_late_posting_needs_a_reason(late, allowed):
    rule = replace(RULE, posting_late_days=allowed)
    draft = replace(STATE, status="draft", posted_on=None)
    today = POSTED + timedelta(days=late)
    found = posting_problems(draft, rule, POSTED, POSTED, today)
    assert [reason.clause for reason in found] == (
        ["targeting.p2kp2.posting_late_days"] if late > allowed else []
    )
    assert posting_problems(draft, rule, POSTED, POSTED, today, "banjir") == []


def test_criteria_are_not_set_on_a_day_to_come():
    assert set_problems(POSTED, POSTED) == []
    [reason] = set_problems(POSTED + timedelta(days=1), POSTED)
    assert reason.clause == "targeting.criteria.future"


def test_a_meeting_before_the_last_settled_objection_decided_another_list():
    settled = replace(STATE, last_settled_on=LAST + timedelta(days=2))
    assert ratify(settled) == ["targeting.objection.settled_after"]
    assert ratify(settled, held_on=LAST + timedelta(days=2)) == []


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        ({"open_objections": 1}, "targeting.objection.open"),
        ({"unticked": 1}, "poor_list.p2kp2.verdict"),
        ({"listed": 0}, "targeting.list.empty"),
        ({"criteria_ratified": False}, "poor_list.p2kp2.criteria_by_residents"),
        ({"status": "draft"}, "targeting.list.not_posted"),
    ],
)
def test_one_thing_missing_gives_exactly_its_reason(change, clause):
    assert ratify(replace(STATE, **change)) == [clause]


def test_every_reason_is_given_at_once():
    state = replace(STATE, open_objections=2, unticked=1, criteria_ratified=False)
    decided = [Reason("meetings.decided.subject", "no")]
    assert ratify(state, held_on=POSTED, not_decided=decided) == [
        "poor_list.p2kp2.verdict",
        "poor_list.p2kp2.criteria_by_residents",
        "targeting.p2kp2.objection_days",
        "targeting.objection.open",
        "meetings.decided.subject",
    ]


@given(days=st.integers(0, 60), after=st.integers(-5, 70))
def test_the_meeting_lies_after_the_period_however_long(days, after):
    rule = ListRule("x", days)
    held = POSTED + timedelta(days=after)
    found = ratifying_problems(STATE, rule, held_on=held, not_decided=[])
    assert bool(found) == (after < max(days, 1))


def objection(**changes):
    facts = {
        "kind": "add",
        "listed": False,
        "raised_on": POSTED,
        "today": LAST + timedelta(days=30),
        "reason": "lupa didata",
        **changes,
    }
    return [reason.clause for reason in objection_problems(STATE, RULE, **facts)]


def test_objections_are_taken_from_the_first_to_the_last_day():
    assert objection() == objection(raised_on=LAST) == []
    for day in (POSTED - timedelta(days=1), LAST + timedelta(days=1)):
        assert objection(raised_on=day) == ["targeting.p2kp2.objection_days"]
    assert objection(raised_on=LAST, today=POSTED) == ["targeting.p2kp2.objection_days"]


def test_an_objection_asks_for_a_change_and_gives_a_reason():
    assert objection(listed=True) == ["targeting.objection.household"]
    assert objection(kind="remove", listed=True) == []
    assert objection(kind="remove", reason=" ") == [
        "targeting.objection.household",
        "targeting.objection.reason",
    ]


def test_an_objection_is_settled_once_with_a_reason():
    assert settling_problems("open", POSTED, LAST, LAST, "benar") == []
    assert len(settling_problems("open", POSTED, POSTED - timedelta(days=1), LAST, "")) == 2
    assert len(settling_problems("accepted", POSTED, LAST, LAST, "benar")) == 1


def test_a_list_is_posted_when_every_household_has_a_criterion():
    draft = ListState("draft", 5, 0)
    assert posting_problems(draft, RULE, POSTED, POSTED, POSTED) == []
    found = posting_problems(
        replace(draft, unticked=2), RULE, POSTED - timedelta(days=1), POSTED, POSTED
    )
    assert [reason.clause for reason in found] == [
        "poor_list.p2kp2.verdict",
        "targeting.list.day",
    ]
    lenient = ListRule("x", 14, ticked=False)
    assert posting_problems(replace(draft, unticked=2), lenient, POSTED, POSTED, POSTED) == []


def test_criteria_have_a_kind_a_text_and_no_double():
    good = [("household", "Makan dua kali sehari", None), ("area", "Jalan rusak", 2)]
    assert criteria_problems(good) == []
    wrong = [("area", "Jalan rusak", -1), ("area", " jalan  RUSAK", None), ("moon", "", None)]
    assert [reason.clause for reason in criteria_problems(wrong)] == [
        "targeting.criteria.weight",
        "targeting.criteria.twice",
        "targeting.criteria.kind",
        "targeting.criteria.text",
        "targeting.criteria.none",
    ]
