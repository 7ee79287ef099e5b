"""Whether a meeting's decision holds, by rule: kind, day, quorum, outcome, minutes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.meetings.rules import Attendance, Verdict, judge, read_rule
from pendamping.meetings.rules.validity import (
    Asked,
    Held,
    deciding_kinds,
    judge_members,
    validity_problems,
)

DAY = date(2004, 5, 9)
KNOWN = {
    "citizens": {"decides_on": ["poor_list"]},
    "board": {"decides_on": ["loans", "units"]},
    "group": {"decides_on": ["group_formation"]},
    "orientation": {},
}
NAMES = {"citizens": "Rembug warga", "board": "Rapat BKM", "group": "Rapat KSM"}
QUORUM = {
    "roll": "members",
    "present_percent": 67,
    "women_percent": 0,
    "poor_percent": 0,
    "every_rt": False,
}
RULE = read_rule(QUORUM, code="x", kind="group")
FAILED = judge(Attendance(1, 0, 0, eligible=5), RULE)
HELD = Held("board", "Rapat BKM", "x", DAY, True, Verdict(()), "accepted", True)
ASKED = Asked("loans")


def clauses(held=HELD, asked=ASKED):
    found = validity_problems(held, asked, KNOWN, NAMES, "loans.approve:1")
    return [reason.clause for reason in found]


def test_the_guideline_says_which_kinds_decide_a_matter():
    assert deciding_kinds(KNOWN, "loans") == ["board"]
    assert deciding_kinds(KNOWN, "rain") == []
    assert clauses() == []


@pytest.mark.parametrize(
    ("changes", "clause"),
    [
        ({"kind": "group"}, "meetings.x.group.decides_on"),
        ({"kind": "orientation"}, "meetings.x.orientation.decides_on"),
        ({"verdict": FAILED}, "meetings.x.group.quorum.present_percent"),
        ({"outcome": None}, "meetings.decided.subject"),
        ({"outcome": "rejected"}, "meetings.decided.rejected"),
        ({"signed": False}, "meetings.x.board.minutes_required"),
        ({"was_held": False}, "meetings.decided.held"),
    ],
)
def test_one_thing_missing_gives_exactly_its_reason(changes, clause):
    assert clauses(replace(HELD, **changes)) == [clause]


def test_the_refusal_names_the_kinds_that_may_decide_it():
    [reason] = validity_problems(
        replace(HELD, kind="group", kind_name="Rapat KSM"), ASKED, KNOWN, NAMES, "s"
    )
    assert reason.say() == "This is decided in another meeting (Rapat BKM), not here: Rapat KSM."


def test_a_matter_that_no_kind_decides_is_refused_whatever_the_meeting():
    assert clauses(asked=Asked("rain")) == ["meetings.x.board.decides_on"]


def test_a_narrower_clause_of_the_guideline_goes_before():
    assert clauses(asked=Asked("loans", by=("yearly", "a.b.c"))) == ["a.b.c"]
    assert clauses(asked=Asked("rain", by=("board", "a.b.c"))) == []


@given(st.integers(-9, 9), st.integers(0, 9))
def test_it_is_held_within_the_days_asked(offset, length):
    since = DAY + timedelta(days=offset)
    until = since + timedelta(days=length)
    asked = replace(ASKED, since=since, until=until)
    assert (clauses(asked=asked) == []) == (since <= DAY <= until)


def test_every_reason_is_said_at_once():
    worst = replace(HELD, kind="group", verdict=FAILED, outcome="rejected", signed=False)
    assert clauses(worst, replace(ASKED, until=DAY - timedelta(days=1))) == [
        "meetings.x.group.decides_on",
        "meetings.decided.date",
        "meetings.x.group.quorum.present_percent",
        "meetings.decided.rejected",
        "meetings.x.group.minutes_required",
    ]


def test_of_six_members_four_are_two_thirds_and_a_guest_is_none():
    members = set("abcdef")
    came = Attendance(4, 0, 0)
    met = judge_members(came, read_rule({**QUORUM, "present_percent": 66}, code="x", kind="g"), {*"abcd"}, members)  # fmt: skip
    assert met.met  # 4 of 6 = 66.7 %
    assert not judge_members(came, RULE, {*"abcz"}, members).met
    assert judge_members(Attendance(9, 0, 0), RULE, {*"abcdexyz"}, members).met  # 5 of 6


@given(st.sets(st.sampled_from("abcdefgh")), st.sets(st.sampled_from("abcdefghxyz")))
def test_only_members_count_whoever_else_came(members, on_roll):
    found = judge_members(Attendance(len(on_roll), 0, 0), RULE, on_roll, members)
    here = len(members & on_roll)
    assert found.met == bool(members and here * 100 >= 67 * len(members))
