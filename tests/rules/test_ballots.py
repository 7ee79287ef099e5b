"""Ballots as they are typed: what is typed is what is kept and read back; groups of voters add up."""

from hypothesis import given
from hypothesis import strategies as st

from pendamping.planning.rules import ballots, election
from pendamping.planning.rules.ballots import Ballot, Form
from pendamping.planning.rules.groups import groups

OPTIONS = 9
FORMS = st.builds(
    Form, st.sampled_from(("approval", "ranking", "points", "one")), st.just(3), st.just(12), st.just(4), st.booleans(),
)  # fmt: skip


@st.composite
def valid(draw):
    """A form, and a ballot that it allows."""
    form = draw(FORMS)
    most = min(form.names(OPTIONS), 3)
    numbers = draw(st.lists(st.integers(1, OPTIONS), min_size=1, max_size=most, unique=True))
    sex = draw(st.sampled_from(ballots.SEXES)) if form.by_sex else ""
    if form.kind != "points":
        return form, ballots.of_numbers(numbers, form, sex)
    points = draw(st.lists(st.integers(1, 4), min_size=len(numbers), max_size=len(numbers)))
    return form, Ballot(tuple(sorted(zip(numbers, points, strict=True))), sex)


@given(valid())
def test_a_ballot_is_read_back_as_it_was_typed_and_kept(told):
    form, ballot = told
    read, reasons = ballots.read_ballots(ballots.said(ballot, form), OPTIONS, form, "x")
    assert (read, reasons) == ([ballot], [])
    assert ballots.of_kept(ballots.kept(ballot, form), form) == ballot


@given(valid(), st.integers(1, 40))
def test_a_ballot_that_gives_more_than_its_kind_allows_is_named_by_its_line(told, more):
    form, _ballot = told
    line = " ".join(f"{one}:4" if form.kind == "points" else str(one) for one in range(1, 5))
    text = "\n" * (more - 1) + (f"P {line}" if form.by_sex else line)
    _read, reasons = ballots.read_ballots(text, OPTIONS, form, "x")
    assert [(one.clause, one.values["row"]) for one in reasons] == [("x", more)]


MADE = st.lists(
    st.tuples(st.dictionaries(st.sampled_from("abc"), st.integers(1, 5), min_size=1), st.sampled_from(["01", "02", "03"])),
    max_size=25,
)  # fmt: skip


@given(MADE, st.integers(1, 6))
def test_groups_add_up_to_the_whole_and_no_single_one_is_hidden(made, few):
    projects = [election.Project(name, 10) for name in "abc"]
    whole = election.of(20, projects, [one for one, _place in made], "points")
    found = groups(whole, [place for _one, place in made], few=few)
    assert sum(one.ballots for one in found) == len(made)
    hidden = [one for one in found if one.tally is None]
    assert all(one.ballots >= few for one in found if one.tally is not None)
    assert len(hidden) != 1 or len(found) == 1
    if not hidden:
        assert [sum(column) for column in zip(*(one.tally for one in found), strict=True)] == (
            whole.tallies() if found else []
        )
