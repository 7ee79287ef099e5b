"""Entries that are one person, by property and by an example that can be followed by hand."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pendamping.households.rules.same import Joining, joining_problems, selves, survivor
from pendamping.persons.rules import Shared, against_joining

IDS = "abcdefgh"


@st.composite
def joins(draw):
    """Entries joined one after the other as the action lets it: only who still stands goes, or stays."""
    standing, same = list(IDS), {}
    for _ in range(draw(st.integers(0, len(IDS) - 1))):
        kept, removed = draw(st.permutations(standing))[:2]
        same[removed] = kept
        standing.remove(removed)
    return same


def clauses(reasons):
    return [reason.clause for reason in reasons]


def test_rina_entered_three_times_is_one():
    same = {"rina2": "rina", "rina": "irina"}
    assert survivor("rina2", same) == "irina"
    assert selves(["rina2", "irina", "joko"], same) == {
        "rina2": {"rina2", "rina", "irina"},
        "irina": {"rina2", "rina", "irina"},
        "joko": {"joko"},
    }


@given(joins())
def test_every_entry_has_one_survivor_who_stands(same):
    for entry in IDS:
        stands = survivor(entry, same)
        assert stands not in same
        assert survivor(stands, same) == stands


@given(joins())
def test_the_entries_of_persons_share_out_all_ids(same):
    behind = selves(IDS, same)
    for entry in IDS:
        assert entry in behind[entry]
        assert all(behind[other] == behind[entry] for other in behind[entry])
    assert sum(len(each) for each in set(behind.values())) == len(IDS)
    assert len(set(behind.values())) == len(IDS) - len(same)


@given(joins(), st.data())
def test_parting_the_last_join_gives_back_who_was_before(same, data):
    if not same:
        return
    last = list(same)[-1]
    before = {entry: kept for entry, kept in same.items() if entry != last}
    assert survivor(last, before) == last
    assert selves(IDS, before)[last] | selves(IDS, before)[same[last]] == selves(IDS, same)[last]


def test_a_head_with_others_and_a_poor_home_that_would_end_are_kept():
    head = Joining("one", "two", [("two", "head"), ("three", "child")])
    assert clauses(joining_problems(head)) == ["households.life.new_head"]
    alone = Joining("one", "two", [("two", "head")], loses_poor=True)
    assert clauses(joining_problems(alone)) == ["households.same.poor"]


@given(
    st.lists(st.tuples(st.dates(), st.text()), max_size=3),
    st.lists(st.text(), max_size=3),
    st.lists(st.text(), max_size=3),
)
def test_each_paper_that_knows_both_is_a_reason(rolls, loans, groups):
    found = against_joining(Shared(tuple(rolls), tuple(loans), tuple(groups)))
    assert len(found) == len(rolls) + len(loans) + len(groups)
    assert all(reason.say(str) for reason in found)


def test_the_reason_names_the_roll():
    (reason,) = against_joining(Shared(rolls=((date(2004, 1, 29), "Balai"),)))
    assert reason.values == {"day": date(2004, 1, 29), "place": "Balai"}
