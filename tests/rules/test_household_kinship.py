"""Who somebody is to a new head, and who may be head: worked examples and properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.households.rules import kinship
from pendamping.households.rules.kinship import HeadRule, Heir
from pendamping.households.rules.life import KINDS, place_problems

RULE = HeadRule("households.x.head_min_age", 17)
relations = st.sampled_from(sorted(KINDS))
beside = st.sampled_from(sorted(KINDS - {"head"}))
heirs = st.builds(Heir, st.uuids().map(str), st.just("N"), beside, st.none() | st.integers(0, 99))


@pytest.mark.parametrize(
    ("new_head", "member", "becomes"),
    [
        ("spouse", "child", "child"),
        ("spouse", "parent", "parent_in_law"),
        ("child", "spouse", "parent"),
        ("child", "child", "relative"),
        ("child", "head", "parent"),
        ("parent", "spouse", "child_in_law"),
        ("parent", "child", "grandchild"),
        ("parent_in_law", "spouse", "child"),
        ("relative", "child", "relative"),
        ("child", "helper", "helper"),
        ("helper", "child", "other"),
    ],
)
def test_a_worked_family(new_head, member, becomes):
    assert kinship.seen_from(new_head, member) == becomes


@given(beside, relations)
def test_nobody_but_the_head_is_head_and_helpers_stay_helpers(new_head, member):
    for becomes in (kinship.seen_from(new_head, member), kinship.taken_in(new_head, member)):
        assert becomes in KINDS - {"head"}
    assert kinship.seen_from(new_head, "helper") == "helper"


@given(st.lists(heirs, min_size=1, max_size=6))
def test_there_is_always_somebody_who_may_lead(among):
    allowed = [h for h in among if not kinship.head_problems(h.person, among, RULE, "new_head")]
    assert allowed
    grown = [h for h in among if kinship.is_grown(h, RULE)]
    assert allowed == (grown or among)


@given(heirs)
def test_where_the_guideline_is_silent_anybody_may_lead(heir):
    assert kinship.head_problems(heir.person, [heir], None, "head", always=True) == []


@given(relations)
def test_a_newborn_is_what_a_newborn_can_be(relation):
    assert (kinship.birth_problems(relation) == []) == (relation in kinship.BIRTHS)


numbers = st.integers(1, 99).map(str)


@given(numbers, numbers, st.booleans())
def test_an_unknown_place_is_taken_only_as_a_new_one(rw, rt, new):
    known = {("05", "02"), ("05", "03")}
    found = place_problems(rw, rt, known, new)
    assert (found == []) == (new or (rw.zfill(2), rt.zfill(2)) in known)
    assert place_problems(rw, rt, (), False) == []
