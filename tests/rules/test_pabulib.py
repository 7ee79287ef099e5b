"""Elections from files: what is refused by line, real ones beside what was published and what a peer funds."""

import json
from array import array
from dataclasses import replace

import pytest

from pendamping.cli.main import main
from pendamping.kernel.refusal import Refusal
from pendamping.planning.rules.allocation import allocate
from pendamping.planning.rules.contest import Method
from pendamping.planning.rules.pabulib import read

GOOD = """META
key;value
description;"Pilihan; warga"
budget;100,5
vote_type;approval
num_projects;2
num_votes;3
PROJECTS
project_id;cost;name
a;60;"Sumur"
b;50.25;Selokan
VOTES
voter_id;vote
1;a,b
2;a
3;
"""


def refused(text, encoding="utf-8"):
    content = text if isinstance(text, bytes) else text.encode(encoding)
    with pytest.raises(Refusal) as refusal:
        read(content, "suara.pb")
    return [
        (reason.clause.removeprefix("planning.pabulib."), reason.where.get("row"))
        for reason in refusal.value.reasons
    ]


def test_a_file_is_read_with_its_small_money():
    election = read(GOOD.encode("utf-8-sig"), "suara.pb")
    assert (election.unit, election.budget, election.voters) == (4, 402, 3)
    assert [(one.id, one.cost, one.name) for one in election.projects] == [
        ("a", 240, "Sumur"),
        ("b", 201, "Selokan"),
    ]
    assert election.tallies() == [2, 1]
    assert election.whole(201) == 50.25


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("budget;100,5\n", "", ("budget", None)),
        ("100,5", "banyak", ("budget", None)),
        ("100,5", "-1", ("budget", None)),
        ("vote_type;approval", "vote_type;shouting", ("vote-type", 5)),
        ("vote_type;approval\n", "", ("vote-type", None)),
        ("num_votes;3", "num_votes;4", ("count", None)),
        ("num_projects;2", "num_projects;2\nbudget;7", ("meta-twice", 7)),
        ("a;60", "a;-60", ("cost-negative", 10)),
        ("a;60", "a;enam", ("cost", 10)),
        ("b;50.25", "a;50.25", ("project-twice", 11)),
        ("b;50.25", ";50.25", ("project-without-id", 11)),
        ("2;a", "1;a", ("voter-twice", 15)),
        ("2;a", ";a", ("voter-without-id", 15)),
        ("2;a", "2;a,z", ("unknown", 15)),
        ("PROJECTS\n", "PROJEK\n", ("part", None)),
        ("META\n", "", ("start", 1)),
        ("voter_id;vote", "voter_id;suara", ("column", 12)),
    ],
)
def test_what_cannot_be_is_refused_by_line(old, new, reason):
    assert reason in refused(GOOD.replace(old, new, 1))


def test_a_line_that_is_not_text_is_named():
    assert refused(GOOD.replace("Selokan", "Jalan Café"), "latin-1") == [("encoding", 11)]
    assert refused(b"") == [("part", None)] * 3


@pytest.mark.parametrize(
    ("kind", "ballot", "reason"),
    [
        ("choose-1", "a,b;", "more-than-one"),
        ("ordinal", "a,a;", "named-twice"),
        ("cumulative", "a,a;1,1", "named-twice"),
        ("cumulative", "a,b;3", "points-many"),
        ("scoring", "a,b;3,-1", "points"),
        ("scoring", "a,b;3,tiga", "points"),
        ("scoring", "a,b;3,9999999999", "points"),
    ],
)
def test_a_ballot_that_does_not_fit_its_kind_is_refused(kind, ballot, reason):
    text = GOOD.replace("approval", kind).replace("voter_id;vote\n", "voter_id;vote;points\n")
    text = text.replace("1;a,b\n2;a\n3;\n", f"1;b;1\n2;{ballot}\n3;a;2\n")
    assert refused(text) == [(reason, 15)]


def test_every_fault_is_named_at_once():
    text = GOOD.replace("a;60", "a;-60").replace("2;a", "1;z").replace("budget;100,5\n", "")
    assert refused(text) == [
        ("cost-negative", 9),
        ("voter-twice", 14),
        ("unknown", 14),
        ("budget", None),
        ("count", None),
    ]


def test_points_and_places_are_weighed():
    text = GOOD.replace(
        "voter_id;vote\n1;a,b\n2;a\n3;\n", "voter_id;vote;points\n1;a,b;0.5,2\n2;b;1\n3;;\n"
    )
    assert read(text.replace("approval", "cumulative").encode(), "x").tallies() == [1, 6]
    assert read(GOOD.replace("approval", "ordinal").encode(), "x").tallies() == [4, 1]


def test_a_project_that_stands_twice_on_an_approval_ballot_counts_once():
    assert read(GOOD.replace("2;a", "2;a,a").encode(), "x").tallies() == [2, 1]


# --- the command ------------------------------------------------------------------------------------


def test_the_command_says_what_is_funded_and_why(tmp_path, capsys):
    path = tmp_path / "suara.pb"
    path.write_text(GOOD, encoding="utf-8")
    assert main(["plan", "allocate", str(path), "--rule", "greedy", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["selected"], said["cost"], said["budget"]) == (["a"], 60, 100.5)
    assert said["explain"]["not_funded"] == [
        {"id": "b", "cost": 50.25, "votes": 1, "score": 1, "reason": "does-not-fit"}
    ]
    command = ["plan", "allocate", str(path), "--rule", "equal-shares", "--completion", "add1u"]
    assert main([*command, "--second-opinion", "--lang", "en"]) == 0
    assert "Second opinion: most votes first" in capsys.readouterr().out


def test_the_command_refuses_a_bad_file_and_knows_wrong_use(tmp_path, capsys):
    path = tmp_path / "suara.pb"
    path.write_text(GOOD.replace("2;a", "2;z"), encoding="utf-8")
    assert main(["plan", "allocate", str(path), "--rule", "greedy", "--json"]) == 1
    reason = json.loads(capsys.readouterr().out)["reasons"][0]
    assert reason["where"] == {"file": "suara.pb", "row": 15}
    path.write_text(GOOD, encoding="utf-8")
    assert main(["plan", "allocate", str(path), "--rule", "greedy", "--completion", "add1"]) == 2
    assert main(["plan", "allocate", str(tmp_path / "none.pb"), "--rule", "greedy"]) == 2


# --- real elections ---------------------------------------------------------------------------------

RULES = {"mes": "equal-shares", "sequential_phragmen": "phragmen"}
MEASURES = {
    "cost": "cost",
    "cardinality": "cardinality",
    "points": "cardinality",
    "borda": "cardinality",
}
ENDS = {"": "none", "+greedy_completion": "greedy", "+add1": "add1"}
TWICE = ("Poland_Warszawa_2026_Brodno.pb", "1379")  # named twice on one ballot, counted twice there


@pytest.fixture(scope="module")
def real(data_folder):
    """Every election of the folder with what a peer funded under each rule, and what was published."""
    folder = data_folder / "pabulib-elections"
    if not folder.is_dir():
        pytest.skip(f"no pabulib-elections at {data_folder}")
    found = []
    for path in sorted((folder / "expected").glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        found.append((read((folder / "pb" / told["file"]).read_bytes(), told["file"]), told))
    assert len(found) == 29
    return found


def test_tallies_of_real_elections_are_those_that_were_published(real):
    for election, told in real:
        ours = {
            one.id: str(sum_)
            for one, sum_ in zip(election.projects, election.tallies(), strict=True)
        }
        other = {name for name, sum_ in told["score_per_project"].items() if ours[name] != sum_}
        assert other == ({TWICE[1]} if told["file"] == TWICE[0] else set()), told["file"]


def method_of(name):
    """Our method for an outcome of the peer; ``None`` where it is of a rule that we do not have."""
    rule, _, rest = name.partition("[")
    measure, _, end = rest.partition("]")
    if rule.startswith("simple_greedy"):
        return Method(skip=rule.endswith("skip"))
    if rule == "greedy_utilitarian":
        return Method(satisfaction=MEASURES[measure])
    if rule not in RULES:
        return None
    return Method(RULES[rule], MEASURES.get(measure, "cost"), ENDS[end])


def last_place_weighs_nothing(election):
    """The peer's own measure of rankings: the number of places after it on the same ballot."""
    weight = array("q")
    for voter in range(election.voters):
        many = election.voter.count(voter)
        weight.extend(range(many - 1, -1, -1))
    return replace(election, weight=weight)


def held_against_the_peer(real, chosen):
    compared = 0
    for election, told in real:
        for name, outcome in told["outcomes"].items():
            method = method_of(name)
            if method is None or "selected" not in outcome or not chosen(told["file"], name):
                continue
            asked = last_place_weighs_nothing(election) if "borda" in name else election
            ours = allocate(asked, method)
            assert sorted(ours.selected) == sorted(outcome["selected"]), (told["file"], name)
            assert str(election.whole(ours.cost)) == outcome["cost"], (told["file"], name)
            compared += 1
    return compared


def test_real_elections_fund_what_pabutools_funds(real):
    assert held_against_the_peer(real, lambda _file, name: "add1" not in name) == 218


@pytest.mark.prove
def test_more_money_on_paper_ends_where_pabutools_ends(real):
    assert held_against_the_peer(real, lambda _file, name: "add1" in name) == 31


def test_published_winners_come_out_by_the_rule_that_each_city_names(real):
    """In Bielany two projects meant the same square; in Poznan the first that does not fit ends it."""
    square = frozenset({"201", "1932"})
    told_by = {
        "equalshares/add1": Method("equal-shares", "cost", "add1"),
        "greedy": Method(),
        "greedy-threshold": Method(),
        "greedy-exclusive": Method(exclusive=(square,)),
        "greedy-no-skip": Method(skip=False),
        "greedy-custom": Method(skip=False),
    }
    held = 0
    for election, told in real:
        winners = {name for name, sign in told.get("published_selected", {}).items() if sign == "1"}
        if winners:
            least = int(election.meta.get("min_project_score_threshold", 0))
            method = replace(told_by[election.meta["rule"]], threshold=least)
            assert set(allocate(election, method).selected) == winners, told["file"]
            held += 1
    assert held == 17
