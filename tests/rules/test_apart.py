"""Duties kept apart, and bodies that are appointed: pure, with the guideline's own pairs."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pendamping import guidelines
from pendamping.institutions.rules import apart, appointing

TEXT = Path(guidelines.__file__).parent / "texts/p2kp2/umum/institutions.toml"
SAID = {
    section: {key: clause["value"] for key, clause in clauses.items()}
    for section, clauses in tomllib.loads(TEXT.read_text(encoding="utf-8")).items()
    if section in ("separation", "bodies")
}
PAIRS = apart.read_pairs(SAID["separation"], "p2kp2")
BODIES = appointing.read_bodies(SAID["bodies"], "p2kp2")
DAY = date(2004, 6, 1)
DUTIES = sorted({duty for pair in PAIRS for duty in (pair.one, pair.other)} | {"kpp", "committee"})
spans = st.tuples(st.integers(0, 400), st.integers(0, 400)).map(
    lambda two: (DAY + timedelta(days=two[0]), DAY + timedelta(days=two[0] + two[1]))
)


def clauses(found):
    return [reason.clause for reason in found]


def holding(duty, since, last):
    return apart.Holding(duty, {"id": duty, "en": duty}, since, last)


def test_a_member_of_the_board_becomes_treasurer_the_day_after_the_seat_ends_not_sooner():
    """Worked: the seat in the board ends on 31 May 2005; 1 June is free, 31 May is not."""
    board = holding("bkm", date(2004, 3, 1), date(2005, 5, 31))
    for day, expected in (
        (date(2005, 5, 31), ["separation.p2kp2.board_not_unit"]),
        (date(2005, 6, 1), []),
    ):
        found = apart.apart_problems("Contoh", ["upk", "cashier"], [board], PAIRS, day)
        assert clauses(found) == expected


def test_the_guideline_says_who_sits_on_no_two_sides():
    assert apart.never_with("upk", PAIRS) == ["bkm", "supervisors", "secretariat", "group_officer"]
    assert apart.never_with("supervisors", PAIRS) == ["upk"]  # from the board or residents: allowed
    assert apart.never_with("cashier", PAIRS) == ["bookkeeper"]
    assert apart.never_with("kpp", PAIRS) == []


def test_what_is_said_of_money_keeps_no_people_apart():
    assert "unit_money_apart" in SAID["separation"]
    assert "unit_money_apart" not in {pair.key for pair in PAIRS}


@given(st.sampled_from(DUTIES), spans, st.sampled_from(DUTIES), spans)
def test_who_may_not_take_one_beside_the_other_may_not_take_them_the_other_way_round(
    one, mine, other, theirs
):
    def against(asked, span, held, held_span):
        held_duty = holding(held, *held_span)
        return clauses(apart.apart_problems("x", [asked], [held_duty], PAIRS, *span))

    found = against(one, mine, other, theirs)
    assert found == against(other, theirs, one, mine)
    meet = mine[0] <= theirs[1] and theirs[0] <= mine[1]
    assert bool(found) == (meet and other in apart.never_with(one, PAIRS))


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "manager", "cashier"])),
                unique_by=lambda one: one[0]))  # fmt: skip
def test_a_decision_counts_for_exactly_its_names_offices_and_days(people):
    ends = DAY + timedelta(days=300)
    asked = appointing.marked("A", people, DAY, ends)
    assert asked == appointing.marked("A", list(reversed(people)), DAY, ends)
    others = [
        appointing.marked("A", [*people, ("z", "")], DAY, ends),
        appointing.marked("A", people, DAY, ends + timedelta(days=1)),
        appointing.marked("B", people, DAY, ends),
        *(appointing.marked("A", people[1:], DAY, ends) for _one in people[:1]),
    ]
    assert asked not in others


def test_a_finance_unit_has_two_people_and_a_supervising_body_no_more_than_three():
    unit, supervisors = BODIES["upk"], BODIES["supervisors"]
    assert clauses(appointing.size_problems(unit, 1)) == ["bodies.p2kp2.upk"]
    assert [*appointing.size_problems(unit, 2), *appointing.size_problems(supervisors, 3)] == []
    assert clauses(appointing.size_problems(supervisors, 4)) == ["bodies.p2kp2.supervisors"]


def test_a_child_a_stranger_and_an_office_that_is_taken_are_said_at_once():
    child = appointing.Named("p", "Anak", "cashier", resident=False, age=16)
    found = appointing.person_problems(child, BODIES["upk"], ["cashier"])
    assert clauses(found) == [
        "institutions.seat.resident", "institutions.seat.age", "bodies.p2kp2.upk",
    ]  # fmt: skip
    grown = appointing.Named("p", "Warga", "chair", resident=True, age=17)
    assert clauses(appointing.person_problems(grown, BODIES["upk"], [])) == ["bodies.p2kp2.upk"]


def test_the_board_is_elected_and_the_forum_of_several_wards_sits_elsewhere():
    kinds = appointing.appointed(BODIES, SAID["bodies"])
    assert "bkm" not in kinds and "bkm" in BODIES and "forum" not in BODIES
    assert kinds[:3] == ["upk", "upl", "ups"]
