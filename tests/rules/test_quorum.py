"""The quorum: which rule held, which failed, and that one person flips exactly what it should."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pendamping.meetings.rules import (
    Attendance,
    Present,
    QuorumRule,
    Verdict,
    judge,
    read_rule,
    tally,
)
from pendamping.meetings.rules.attendance import eligible_problems, head_problems, roll_problems

RTS = frozenset({"01/01", "01/02", "02/01"})
CITIZENS = {
    "roll": "delegates",
    "present_percent": 50,
    "women_percent": 30,
    "poor_percent": 0,
    "every_rt": True,
    "second_after_days": 7,
    "second_present_percent": 33,
}


def rule(**changes):
    return read_rule({**CITIZENS, **changes}, code="p2kp2", kind="citizens")


def failed(verdict):
    return {check.key for check in verdict.checks if not check.held}


def test_a_meeting_of_the_case_worked_by_hand():
    """31 of 60 delegates, 10 of 31 women (32.3 %), every RT: all three rules hold."""
    came = Attendance(total=31, women=10, poor=14, eligible=60, rts=RTS, all_rts=RTS)
    verdict = judge(came, rule())
    assert verdict.met
    assert [check.share.fraction for check in verdict.checks] == ["31/60", "10/31", "3/3"]


def test_it_names_every_rule_that_failed_with_its_figures():
    came = Attendance(
        total=20, women=5, poor=20, eligible=60, rts=frozenset({"01/01"}), all_rts=RTS
    )
    reasons = judge(came, rule(poor_percent=30)).reasons()
    assert [reason.clause for reason in reasons] == [
        "meetings.p2kp2.citizens.quorum.present_percent",
        "meetings.p2kp2.citizens.quorum.women_percent",
        "meetings.p2kp2.citizens.quorum.every_rt",
    ]
    said = " ".join(reason.say() for reason in reasons)
    assert "20 of 60" in said
    assert "33,3 %" in said
    assert "from RW 01 (RT 02), RW 02 (RT 01):" in said


def test_half_is_reached_exactly_and_one_less_fails():
    women = {"women": 30, "poor": 0, "rts": RTS, "all_rts": RTS, "eligible": 60}
    assert judge(Attendance(total=30, **women), rule()).met
    short = judge(Attendance(total=29, **{**women, "women": 29}), rule())
    assert failed(short) == {"present_percent"}


def test_a_second_meeting_needs_the_lower_share_and_names_its_clause():
    came = Attendance(total=20, women=10, poor=0, eligible=60, rts=RTS, all_rts=RTS)
    second = read_rule(CITIZENS, code="p2kp2", kind="citizens", second=True)
    assert not judge(came, rule()).met
    assert judge(came, second).met
    assert judge(came, second).checks[0].clause.endswith("second_present_percent")


def test_what_nobody_recorded_fails_and_says_so():
    came = Attendance(total=40, women=20, poor=10)
    reasons = judge(came, rule()).reasons()
    assert {reason.where["rule"] for reason in reasons} == {"present_percent", "every_rt"}
    assert all("not recorded" in reason.say() for reason in reasons)


def test_guests_count_as_present_but_not_as_delegates():
    came = Attendance(total=40, women=20, poor=0, guests=15, eligible=60, rts=RTS, all_rts=RTS)
    verdict = judge(came, rule())
    assert failed(verdict) == {"present_percent"}
    assert verdict.checks[0].share.fraction == "25/60"
    assert verdict.checks[1].share.fraction == "20/25"


def test_a_meeting_to_which_nobody_came_decides_nothing_even_without_a_rule():
    free = QuorumRule(clause="meetings.x.orientation.quorum", roll="residents")
    assert not judge(Attendance(0, 0, 0), free).met
    assert judge(Attendance(1, 0, 0), free).met


def test_every_rw_is_asked_by_rw():
    came = Attendance(total=9, women=9, poor=0, eligible=9, rts=frozenset({"01/01"}), all_rts=RTS)
    verdict = judge(came, rule(every_rt=False, every_rw=True))
    assert failed(verdict) == {"every_rw"}
    assert verdict.reasons()[0].values["missing"] == "RW 02"


people = st.builds(
    Present,
    person=st.just(""),
    name=st.just("Contoh"),
    sex=st.sampled_from(["L", "P", ""]),
    poor=st.booleans(),
    rw=st.sampled_from(["01", "02"]),
    rt=st.sampled_from(["01", "02"]),
    guest=st.booleans(),
)


@given(roll=st.lists(people, min_size=1, max_size=30), extra=st.integers(0, 30), data=st.data())
def test_removing_one_person_flips_exactly_what_it_should(roll, extra, data):
    """Each rule is counted anew by hand, with and without the person; nothing else may change."""
    eligible = sum(not each.guest for each in roll) + extra
    assume(eligible)
    asked = rule(poor_percent=40)
    gone = data.draw(st.integers(0, len(roll) - 1))
    for people_there in (roll, roll[:gone] + roll[gone + 1 :]):
        verdict = judge(tally(people_there, eligible=eligible, all_rts=RTS), asked)
        assert failed(verdict) == by_hand(people_there, eligible)


def by_hand(roll, eligible):
    present = [each for each in roll if not each.guest]

    def below(part, whole, percent):
        return whole == 0 or Fraction(part, whole) < Fraction(percent, 100)

    wrong = set()
    if below(len(present), eligible, 50):
        wrong.add("present_percent")
    if below(len([e for e in present if e.sex == "P"]), len(present), 30):
        wrong.add("women_percent")
    if below(len([e for e in present if e.poor]), len(present), 40):
        wrong.add("poor_percent")
    if {f"{e.rw}/{e.rt}" for e in present} & RTS != RTS:
        wrong.add("every_rt")
    return wrong


@given(roll=st.lists(people, max_size=20))
def test_women_and_poor_are_counted_apart_and_may_overlap(roll):
    came = tally(roll, eligible=None)
    deciding = [e for e in roll if not e.guest]
    assert came.women + sum(e.sex != "P" for e in deciding) + came.guests == came.total
    assert came.poor + sum(not e.poor for e in deciding) + came.guests == came.total


@given(roll=st.lists(people, max_size=20), eligible=st.one_of(st.none(), st.integers(1, 40)))
def test_a_verdict_is_kept_and_read_back_unchanged(roll, eligible):
    verdict = judge(tally(roll, eligible=eligible, all_rts=RTS), rule(poor_percent=20))
    assert Verdict.from_json(verdict.as_json()) == verdict


def test_a_roll_names_each_wrong_row():
    def someone(**changes):
        return Present(**{"person": "", "name": "Contoh", "sex": "P", "poor": False, **changes})

    roll = [someone(person="a"), someone(name=" "), someone(sex="X"), someone(person="a")]
    found = roll_problems(roll)
    assert [(reason.clause, reason.where["row"]) for reason in found] == [
        ("meetings.roll.name", 2),
        ("meetings.roll.sex", 3),
        ("meetings.roll.twice", 4),
    ]


@pytest.mark.parametrize(
    ("count", "clause"),
    [
        ({"total": 10, "women": 11, "poor": 0}, "meetings.roll.part"),
        ({"total": 10, "women": -1, "poor": 0}, "meetings.roll.count"),
        ({"total": 10, "women": 5}, "meetings.roll.count"),
        ({"total": 1.5, "women": 0, "poor": 0}, "meetings.roll.count"),
    ],
)
def test_a_head_count_that_cannot_be_is_refused(count, clause):
    assert {reason.clause for reason in head_problems(count)} == {clause}


def test_women_and_poor_may_together_be_more_than_all():
    assert head_problems({"total": 10, "women": 9, "poor": 8}) == []


def test_no_more_delegates_come_than_there_are():
    assert eligible_problems(Attendance(12, 0, 0, guests=2, eligible=10)) == []
    assert len(eligible_problems(Attendance(12, 0, 0, guests=1, eligible=10))) == 1


def test_one_typed_name_fills_no_second_place_on_the_roll():
    once = Present("", "Bu Contoh", "P", False)
    again = Present("", " bu  CONTOH ", "P", False)
    assert roll_problems([once]) == []
    [reason] = roll_problems([once, again])
    assert reason.clause == "meetings.roll.twice"
    next_door = Present("", "Bu Contoh", "P", False, "01", "02")
    resident = Present("p1", "Bu Contoh", "P", False)
    assert roll_problems([once, next_door, resident]) == []
