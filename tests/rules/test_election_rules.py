"""Elections: tallies reconcile, votes become seats, ties, women, turnout; a board of nine by hand."""

from datetime import date
from itertools import permutations, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pendamping.elections.rules import (
    Asked,
    Box,
    Electable,
    ElectionRule,
    Tally,
    agreed,
    course,
    differences,
    elect,
    following,
    labels,
    ordered,
    plan_stations,
    preparing_problems,
    read_rule,
    register,
    strength,
    tally_problems,
    turnout_of,
    witness_problems,
)
from pendamping.elections.rules.counting import women_needed
from tests.rules.test_guideline_p2kp2 import guideline

NAMES = "ABCDEFG"
DAY = date(2004, 1, 20)
WAYS = st.sampled_from(["shown", "ties", "reserved"])
votes = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3), max_size=7)
women = st.sets(st.sampled_from(NAMES))


def rule():
    text = guideline()
    quorum = text.section("meetings")["board_election"]["quorum"]
    return read_rule(text.section("election"), text.section("board"), quorum, text.code)


# --- a board of nine from three names in each RT, by hand (docs/worked/election.md) -------------------

DELEGATES = {  # RT: votes of everybody who was named there
    "01/01": {"Aminah": 41, "Basuki": 30, "Cucu": 22, "Dadan": 9},
    "01/02": {"Euis": 35, "Fajar": 28, "Gugun": 17, "Hendra": 17},
    "01/03": {"Ida": 26, "Joko": 25, "Kokom": 20},
    "01/04": {"Lilis": 33, "Maman": 31, "Nunung": 24, "Oman": 2},
}
WARD = {
    "Aminah": 7, "Euis": 6, "Lilis": 5, "Joko": 4, "Basuki": 3, "Maman": 3, "Fajar": 2, "Ida": 2,
    "Cucu": 1, "Gugun": 1, "Kokom": 1, "Nunung": 1,
}  # fmt: skip
WOMEN = {"Aminah", "Cucu", "Euis", "Ida", "Kokom", "Lilis", "Nunung"}


def test_three_names_of_each_rt_and_a_run_off_where_two_are_equal():
    found = {unit: elect(strength(named), 3) for unit, named in DELEGATES.items()}
    assert found["01/01"].elected == ("Aminah", "Basuki", "Cucu")
    assert found["01/01"].following == ("Dadan",)
    equal = found["01/02"]
    assert (equal.elected, equal.tied, equal.open) == (("Euis", "Fajar"), ("Gugun", "Hendra"), 1)
    again = elect(strength(DELEGATES["01/02"], [{"Gugun": 31, "Hendra": 20}]), 3)
    assert again.elected == ("Euis", "Fajar", "Gugun")
    assert again.following == ("Hendra",)
    assert sum(len(one.elected) for one in found.values()) + 1 == 12


def test_a_board_of_nine_by_hand():
    assert sum(WARD.values()) == 12 * 3  # twelve delegates wrote three names each
    found = elect(strength(WARD), 9, women=WOMEN, women_percent=30, way="ties")
    assert found.elected == (
        "Aminah", "Euis", "Lilis", "Joko", "Basuki", "Maman", "Fajar", "Ida",
    )  # fmt: skip
    assert (found.tied, found.open) == (("Cucu", "Gugun", "Kokom", "Nunung"), 1)
    assert (found.women, found.needed) == (4, 3)  # 30 % of nine are three: reached already
    drawn = strength(WARD, (), [["Kokom", "Cucu", "Nunung", "Gugun"]])
    decided = elect(drawn, 9, women=WOMEN, women_percent=30, way="ties")
    assert decided.elected[-1] == "Kokom"
    assert decided.following == ("Cucu", "Nunung", "Gugun")
    assert following(drawn, decided.elected) == (("Cucu",), 1)


def test_women_come_first_among_equals_until_their_share_is_reached():
    votes = {"A": 9, "B": 8, "C": 3, "D": 3, "E": 3}
    found = elect(strength(votes), 3, women={"D"}, women_percent=30, way="ties")
    assert found.elected == ("A", "B", "D")
    shown = elect(strength(votes), 3, women={"D"}, women_percent=30, way="shown")
    assert shown.tied == ("C", "D", "E")
    two = elect(strength(votes), 4, women={"D"}, women_percent=30, way="ties")
    assert (two.elected, two.tied, two.open) == (("A", "B", "D"), ("C", "E"), 1)


def test_reserved_seats_go_to_the_strongest_women():
    votes = {"A": 9, "B": 8, "C": 7, "D": 2, "E": 1}
    found = elect(strength(votes), 3, women={"D", "E"}, women_percent=30, way="reserved")
    assert found.elected == ("A", "B", "D")
    assert found.following == ("C", "E")


@pytest.mark.parametrize(
    ("seats", "percent", "need"), [(9, 30, 3), (13, 30, 4), (9, 0, 0), (10, 30, 3)]
)
def test_the_share_of_women_in_whole_seats(seats, percent, need):
    assert women_needed(seats, percent) == need


# --- what holds for every count ------------------------------------------------------------------------


def by_every_order(votes, seats, is_woman, need, way):
    """Who is in under every order of equal names, and who under some: tried one by one."""
    groups = ordered(strength(votes))
    found = []
    for orders in product(*(permutations(group) for group in groups)):
        found.append(filled([list(one) for one in orders], seats, is_woman, need, way))
    return frozenset.intersection(*found), frozenset.union(*found)


def filled(groups, seats, is_woman, need, way):
    taken = []
    if way == "reserved":
        taken = [one for group in groups for one in group if one in is_woman][: min(need, seats)]
    for group in groups:
        rest, room = [one for one in group if one not in taken], seats - len(taken)
        if way == "ties" and len(rest) > room:
            first = [one for one in rest if one in is_woman]
            first = first[: max(need - sum(one in is_woman for one in taken), 0)]
            rest = first + [one for one in rest if one not in first]
        taken += rest[:room]
    return frozenset(taken)


@given(votes, women, st.integers(1, 5), st.sampled_from([0, 30, 60]), WAYS)
def test_tied_are_those_whom_the_order_of_equal_names_alone_would_decide(
    votes, women, seats, percent, way
):
    assume(votes)
    found = elect(strength(votes), seats, women=women, women_percent=percent, way=way)
    sure, possible = by_every_order(votes, seats, women, women_needed(seats, percent), way)
    assert set(found.elected) == sure
    assert set(found.tied) == possible - sure
    assert set(found.following) == set(votes) - possible
    assert len(found.elected) + found.open == min(seats, len(votes))


@given(votes, women, st.integers(1, 5), WAYS, st.data())
def test_lots_between_the_tied_decide_every_seat(votes, women, seats, way, data):
    found = elect(strength(votes), seats, women=women, women_percent=30, way=way)
    lots = []
    for group in ordered(strength(votes)):
        tied = [one for one in group if one in found.tied]
        if len(tied) > 1:
            lots.append(data.draw(st.permutations(tied)))
    drawn = elect(strength(votes, (), lots), seats, women=women, women_percent=30, way=way)
    assert drawn.decided
    assert set(found.elected) <= set(drawn.elected)
    assert len(drawn.elected) == min(seats, len(votes))


@given(votes, st.integers(1, 5))
def test_more_votes_never_cost_a_seat(votes, seats):
    assume(votes)
    found = elect(strength(votes), seats)
    for name in found.elected:
        assert name in elect(strength({**votes, name: votes[name] + 1}), seats).elected


def test_removing_one_vote_flips_exactly_what_it_should():
    votes = {"A": 5, "B": 4, "C": 3}
    assert elect(strength(votes), 2).elected == ("A", "B")
    equal = elect(strength({**votes, "B": 3}), 2)
    assert (equal.elected, equal.tied) == (("A",), ("B", "C"))
    assert elect(strength({**votes, "B": 2}), 2).elected == ("A", "C")


# --- tallies ------------------------------------------------------------------------------------------

figures = st.integers(0, 40)


@st.composite
def honest(draw):
    """A station and a tally of it that is right."""
    valid, invalid, spoiled, left = (draw(figures) for _ in range(4))
    names = draw(st.integers(1, 3))
    voters = valid + invalid
    given = dict.fromkeys(NAMES[:names], valid) if valid else {}
    box = Box(draw(st.integers(voters, voters + 50)), voters + spoiled + left, names)
    women = draw(st.integers(0, voters))
    return box, Tally(voters, women, valid, invalid, spoiled, left, votes=given)


@given(honest())
def test_a_tally_that_reconciles_is_taken(made):
    box, tally = made
    assert tally_problems(tally, box, "election.p2kp2.names_per_ballot", {}) == []


@given(
    honest(),
    st.sampled_from(["valid", "invalid", "spoiled", "left", "voters"]),
    st.sampled_from([-1, 1]),
)
def test_one_ballot_more_or_less_anywhere_is_found(made, field, step):
    box, tally = made
    figures = {name: getattr(tally, name) for name in Tally.__slots__}
    wrong = Tally(**{**figures, field: figures[field] + step})
    assert tally_problems(wrong, box, "election.p2kp2.names_per_ballot", {})


def test_nobody_has_more_votes_than_ballots_and_no_ballot_more_names_than_it_holds():
    box = Box(20, 12, 2)
    over = Tally(10, 5, 10, 0, 0, 2, votes={"A": 11})
    assert [reason.text[:6] for reason in tally_problems(over, box, "c", {"A": "Aminah"})] == [
        "{name}"
    ]
    many = Tally(10, 5, 10, 0, 0, 2, votes={"A": 10, "B": 10, "C": 1})
    [reason] = tally_problems(many, box, "election.p2kp2.names_per_ballot", {})
    assert reason.clause == "election.p2kp2.names_per_ballot"
    few = Tally(10, 5, 10, 0, 0, 2, votes={"A": 9})
    assert "invalid" in tally_problems(few, box, "c", {})[0].text


def test_a_missing_ballot_is_explained():
    box = Box(20, 12, 3)
    tally = Tally(10, 5, 9, 0, 0, 2, lost=1, votes={"A": 9})
    assert [one.where["field"] for one in tally_problems(tally, box, "c", {})] == ["note"]
    assert tally_problems(tally, box, "c", {}, "terbawa pulang") == []


def test_what_two_people_typed_alike_holds_and_differences_are_named():
    one = Tally(10, 5, 10, 0, 0, 2, votes={"A": 9, "B": 4})
    other = Tally(10, 5, 9, 1, 0, 2, votes={"A": 9, "C": 4})
    assert agreed([one]) is None
    assert agreed([one, other]) is None
    assert agreed([one, other, one]) == one
    told = [(d.what, d.first, d.second) for d in differences(one, other)]
    assert told == [("valid", 10, 9), ("invalid", 0, 1), ("B", 4, 0), ("C", 0, 4)]


@given(st.permutations(range(4)))
def test_the_order_of_the_stations_does_not_matter(order):
    boxes = [
        (Box(100, 105, 3), Tally(30 + n, 15, 30 + n, 0, 0, 75 - n, votes={"A": 30 + n}))
        for n in range(4)
    ]
    there = [boxes[place] for place in order]
    assert turnout_of(there, 30) == turnout_of(boxes, 30)
    assert sum((one.votes["A"] for _box, one in there)) == 126


def test_turnout_counts_those_of_a_station_without_a_tally():
    half = turnout_of(
        [(Box(100, 105, 3), Tally(60, 31, 60, 0, 0, 45)), (Box(100, 105, 3), None)], 30
    )
    assert half.voters.fraction == "60/200"
    assert half.reached
    assert half.women.fraction == "31/60"
    assert not turnout_of([(Box(0, 1, 3), None)], 0).reached


# --- before and after ---------------------------------------------------------------------------------


def test_stations_have_ballots_numbered_through_with_spare_ones():
    found = plan_stations("rt", {("01", "01"): 100, ("01", "02"): 0, ("02", "01"): 41}, 5)
    assert [(one.unit, one.first, one.last) for one in found] == [
        ("01/01", 1, 105),
        ("02/01", 106, 149),
    ]
    assert [one.unit for one in plan_stations("ward", {("01", "01"): 9, ("01", "02"): 9}, 0)] == [
        "",
        "",
    ]


def asked(**changes):
    told = {
        "kind": "regular", "size": 9, "votes_on": DAY, "term_since": DAY, "today": DAY,
        "practice": False, "running": False, **changes,
    }  # fmt: skip
    return [one.clause for one in preparing_problems(Asked(**told), rule())]


def test_an_election_is_prepared_by_the_guideline():
    assert asked() == []
    assert asked(size=10) == ["board.p2kp2.odd"]
    assert asked(size=7) == ["board.p2kp2.size_min"]
    assert asked(size=16) == ["board.p2kp2.size_max", "board.p2kp2.odd"]
    assert asked(term_since=date(2004, 1, 19)) == ["elections.term"]
    assert asked(ends=DAY) == ["elections.term"]
    assert asked(running=True) == ["elections.running"]
    assert asked(running=True, practice=True) == []
    assert asked(kind="by_election", size=1) == ["elections.vacancies"]
    assert asked(kind="by_election", size=1, vacancies=2) == []


def test_witnesses_are_different_people():
    assert witness_problems(["Contoh Satu", "Contoh Dua"], rule()) == []
    [reason] = witness_problems(["Contoh Satu", " contoh  satu "], rule())
    assert reason.clause == "election.p2kp2.witnesses_min"


def test_the_rule_of_p2kp2_is_kept_as_it_was():
    kept = rule()
    assert (kept.levels, kept.names_per_rt, kept.voters_percent) == (("rt", "ward"), 3, 30)
    assert (kept.threshold(True, 2), kept.threshold(False, 1)) == (15, 67)
    assert kept.clause("delegates_percent") == "meetings.p2kp2.board_election"
    assert ElectionRule.from_json(kept.as_json()) == kept
    silent = read_rule(
        {"voters_percent": 30, "names_per_rt": 3}, guideline().section("board"), {}, "lain"
    )
    assert (silent.levels, silent.delegates_percent) == (("rt", "ward"), 0)


def held(level, status="counted", **more):
    return course.Held(f"{level}-{status}", level, more.pop("attempt", 1), status, **more)


def test_one_step_follows_another():
    levels, ties = ("rt", "ward"), ("runoff", "lot")

    def step(*rounds, ways=ties, status="open"):
        found = course.next_step(levels, rounds, ways, status)
        return found.kind, found.level, found.units

    tie = {"01/02": ("B", "C")}
    assert step() == ("round", "rt", ())
    assert step(held("rt", "open")) == ("count", "rt", ())
    assert step(held("rt", "failed")) == ("round", "rt", ())
    assert course.next_step(levels, [held("rt", "failed")], ties, "open").attempt == 2
    assert step(held("rt", tied=tie)) == ("runoff", "rt", ("01/02",))
    assert step(held("rt", tied=tie, runoffs={"01/02": 1})) == ("lot", "rt", ("01/02",))
    assert step(held("rt", tied=tie), ways=("lot",)) == ("lot", "rt", ("01/02",))
    assert step(held("rt", tied=tie, runoffs={"01/02": 1}), ways=("runoff",))[0] == "runoff"
    assert step(held("rt")) == ("round", "ward", ())
    assert step(held("rt"), held("ward")) == ("seat", "ward", ())
    assert step(held("rt"), held("ward"), status="seated") == ("done", "", ())


def test_namesakes_are_told_apart_and_found_again():
    people = [
        Electable("1", "Siti Aminah", "P", 1965, 1),
        Electable("2", "Siti Aminah", "P", 1978, 2),
        Electable("3", "Asep Sopandi", "L", 1970, 3),
        Electable("4", "Siti Aminah", "P", 1978, 4),
    ]
    assert labels(people) == {
        "1": "Siti Aminah 1965",
        "2": "Siti Aminah 1978",
        "3": "Asep Sopandi",
        "4": "Siti Aminah 1978 (2)",
    }
    book = register(people)
    assert book.find(" asep  SOPANDI ") == "3"
    assert book.find("4") == "4"
    assert book.find("siti aminah") is None
    assert book.near("siti aminah") == (
        "Siti Aminah 1965",
        "Siti Aminah 1978",
        "Siti Aminah 1978 (2)",
    )
    assert book.near("asep sopandy") == ("Asep Sopandi",)
    assert all(book.find(label) == person for person, label in labels(people).items())
