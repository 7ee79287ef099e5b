"""Forming a self-help group: every reason at once, and one change flips exactly what it should."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.institutions.rules import Applicant, Forming, GroupRule, forming_problems
from pendamping.institutions.rules.life import day_problems, office_problems, step_problems

RULE = GroupRule("p2kp2", 5, 30, True, True, ("economic", "physical", "social"))
DAY = date(2004, 1, 29)


def applicant(number, sex="P", **changes):
    role = ["chair", "secretary", "treasurer"][number] if number < 3 else "member"
    facts = {"poor": True, "resident": True, "age": 40, "role": role, **changes}
    return Applicant(person=f"p{number}", name=f"Contoh {number}", sex=sex, **facts)


def group(members=None, **changes):
    members = tuple(members or [applicant(n, "P" if n < 2 else "L") for n in range(5)])
    facts = {
        "name": "KSM Contoh",
        "kind": "economic",
        "formed_on": DAY,
        "pledged_on": DAY,
        "signers": frozenset(each.person for each in members),
        "today": DAY,
        **changes,
    }
    return Forming(members=members, **facts)


def clauses(asked, rule=RULE):
    return sorted({reason.clause for reason in forming_problems(asked, rule)})


def test_five_poor_residents_of_whom_two_are_women_form_a_group():
    assert forming_problems(group(), RULE) == []


def test_taking_one_of_five_away_breaks_the_number_only():
    four = group([applicant(n) for n in range(4)])
    assert clauses(four) == ["groups.p2kp2.min_members"]


def test_one_woman_of_five_is_too_few_and_two_of_seven_as_well():
    one = group([applicant(n, "P" if n < 1 else "L") for n in range(5)])
    two_of_seven = group([applicant(n, "P" if n < 2 else "L") for n in range(7)])
    for asked in (one, two_of_seven):
        assert clauses(asked) == ["groups.p2kp2.min_women_percent"]
    said = forming_problems(two_of_seven, RULE)[0].say()
    assert "2 of 7" in said
    assert "28,6 %" in said


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        ({"poor": False}, "groups.p2kp2.members_on_poor_list"),
        ({"resident": False}, "institutions.group.resident"),
        ({"age": 16}, "institutions.group.adult"),
        ({"age": None}, "institutions.group.adult"),
        ({"other_groups": ("KSM Lain",)}, "institutions.group.one_of_a_kind"),
        ({"on_roll": False}, "institutions.group.meeting"),
    ],
)
def test_one_unfit_member_is_named_and_nothing_else(change, clause):
    members = [applicant(n) for n in range(5)]
    members[4] = replace(members[4], **change)
    reasons = forming_problems(group(members), RULE)
    assert [(reason.clause, reason.where["person"]) for reason in reasons] == [(clause, "p4")]


def test_a_member_who_has_not_signed_is_named():
    reasons = forming_problems(group(signers=frozenset({"p0", "p1", "p2", "p3"})), RULE)
    assert [(r.clause, r.where) for r in reasons] == [
        ("groups.p2kp2.pledge_required", {"person": "p4"})
    ]


def test_without_a_written_pledge_there_is_one_reason_not_five():
    asked = group(pledged_on=None, signers=frozenset())
    assert clauses(asked) == ["groups.p2kp2.pledge_required"]
    assert len(forming_problems(asked, RULE)) == 1


def test_officers_are_three_different_members():
    same = [applicant(n) for n in range(5)]
    same.append(replace(same[0], role="treasurer"))
    assert "institutions.group.officers_distinct" in clauses(group(same))
    none = [replace(applicant(n), role="member") for n in range(5)]
    assert clauses(group(none)) == [
        "institutions.group.chair",
        "institutions.group.secretary",
        "institutions.group.treasurer",
    ]


@pytest.mark.parametrize("roll", ["none", "called", "heads", "later"])
def test_a_group_is_formed_in_a_meeting_with_a_roll_by_name(roll):
    assert clauses(group(roll=roll)) == ["institutions.group.meeting"]


def test_members_are_chosen_from_a_list_that_residents_ratified():
    ratified_only = replace(RULE, poor_list_ratified=True)
    assert clauses(group(), ratified_only) == []
    early = group(list_ratified=False)
    assert clauses(early, ratified_only) == ["groups.p2kp2.poor_list_ratified"]
    assert clauses(early, replace(ratified_only, members_on_poor_list=False)) == []
    assert clauses(early) == []  # a text that is content with the marks of the census


def test_everything_wrong_is_said_at_once():
    asked = group([applicant(0, "L", poor=False)], name=" ", kind="x", pledged_on=None)
    assert len(clauses(asked)) == 8


def test_a_rule_that_asks_less_finds_less():
    lenient = GroupRule("other", 3, 0, False, False, ("economic",))
    members = [applicant(n, "L", poor=False) for n in range(3)]
    assert forming_problems(group(members, pledged_on=None, signers=frozenset()), lenient) == []


@given(
    sexes=st.lists(st.sampled_from("LP"), min_size=3, max_size=12),
    poor=st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_the_reasons_are_those_that_counting_by_hand_gives(sexes, poor):
    members = [applicant(n, sex, poor=poor[n]) for n, sex in enumerate(sexes)]
    found = clauses(group(members))
    assert ("groups.p2kp2.min_members" in found) == (len(sexes) < 5)
    women = sexes.count("P")
    assert ("groups.p2kp2.min_women_percent" in found) == (women * 100 < 30 * len(sexes))
    not_poor = [n for n in range(len(sexes)) if not poor[n]]
    named = [
        reason.where["person"]
        for reason in forming_problems(group(members), RULE)
        if reason.clause == "groups.p2kp2.members_on_poor_list"
    ]
    assert named == [f"p{n}" for n in not_poor]


def test_an_office_needs_a_member_who_holds_no_other():
    assert office_problems("chair", True, "") == []
    assert len(office_problems("chair", False, "treasurer")) == 2
    assert len(office_problems("king", True, "")) == 1


def test_a_step_names_a_training_of_the_guideline():
    known = {"loan", "enterprise"}
    assert step_problems("training", "loan", known, "p2kp2") == []
    assert step_problems("books", "", known, "p2kp2") == []
    assert (
        step_problems("training", "cooking", known, "p2kp2")[0].clause == "training_modules.p2kp2"
    )
    assert len(step_problems("party", "", known, "p2kp2")) == 1


def test_a_day_lies_between_the_groups_first_day_and_today():
    assert day_problems(DAY, DAY, DAY) == []
    assert len(day_problems(date(2004, 1, 28), DAY, DAY)) == 1
    assert len(day_problems(date(2004, 1, 30), DAY, DAY)) == 1
