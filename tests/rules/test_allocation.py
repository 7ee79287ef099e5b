"""How votes become a funded set: examples to check by hand, properties, the slow way beside the quick one."""

from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pendamping.planning.rules.allocation import allocate, explain
from pendamping.planning.rules.contest import Method, Reserve
from pendamping.planning.rules.election import Project, of, ranked
from pendamping.planning.rules.opinion import left_out, second_opinion

SHARES = Method("equal-shares")
METHODS = [
    Method(),
    Method(skip=False),
    Method(satisfaction="cardinality"),
    SHARES,
    Method("equal-shares", "cardinality", "greedy"),
    Method("equal-shares", "cost", "add1u", step=7),
    Method("phragmen", completion="greedy"),
]


def election(budget, costs, ballots, kind="approval"):
    """Projects by letter, ballots as texts (``"ab"`` names a and b) or as mappings to points."""
    projects = [Project(name, cost) for name, cost in costs.items()]
    weighed = [
        ballot if isinstance(ballot, dict) else dict.fromkeys(ballot, 1) for ballot in ballots
    ]
    return of(budget, projects, weighed, kind)


def funded(method, *what):
    return "".join(allocate(election(*what), method).selected)


# a well for 60, a drain for 50, lamps for 40: five, four and three of the voters want them
LANE = (100, {"a": 60, "b": 50, "c": 40}, ["ab", "ab", "ac", "ac", "abc", "b"])


def test_most_votes_come_first_and_what_does_not_fit_is_passed_over():
    assert funded(Method(), *LANE) == "ac"


def test_without_skipping_the_first_that_does_not_fit_ends_it():
    assert funded(Method(skip=False), *LANE) == "a"


def test_votes_for_each_rupiah_put_the_cheap_first():
    # 5/60 = 0.083, 4/50 = 0.080, 3/40 = 0.075
    assert funded(Method(satisfaction="cardinality"), *LANE) == "ac"
    assert (
        funded(Method(satisfaction="cardinality"), 90, {"a": 60, "b": 30}, ["a"] * 5 + ["b"] * 4)
        == "ba"
    )


def test_below_the_threshold_nothing_is_funded():
    assert funded(Method(threshold=5), *LANE) == "a"
    assert funded(Method(threshold=6), *LANE) == ""


def test_equal_shares_leave_a_minority_its_part_of_the_money():
    # 100 for ten voters: each has 10. Seven want a and b (each 50), three want c (30).
    costs = {"a": 50, "b": 50, "c": 30}
    ballots = ["ab"] * 7 + ["c"] * 3
    assert funded(Method(), 100, costs, ballots) == "ab"
    assert funded(SHARES, 100, costs, ballots) == "ac"
    other = second_opinion(allocate(election(100, costs, ballots), Method()))
    assert other.only_first == ("b",)
    assert other.only_other == ("c",)
    assert other.without_choice == (3, 0)


def test_who_has_less_than_the_price_pays_what_they_have():
    # 2 voters with 50 each: a costs 60, each pays 30 and keeps 20. b costs 40 and is wanted by both: exactly
    # what they have. c is wanted by one of them, who has nothing left.
    assert funded(SHARES, 100, {"a": 60, "b": 40, "c": 1}, ["abc", "ab"]) == "ab"
    # with 3 voters who have 40: ab pay 20 each for a and have 20 left; c has 40; together they pay 20, 20, 30
    each_alike = Method("equal-shares", "cardinality")
    steps = allocate(election(120, {"a": 40, "b": 70}, ["ab", "ab", "b"]), each_alike).steps
    assert [(step.pick.project, step.pick.price) for step in steps] == [(0, 20), (1, 30)]


def test_equals_are_told_apart_exactly_and_in_the_declared_order():
    # 3 x 0.1 is not 0.3 for a computer: thirds of 1 add up here all the same
    costs = {"b": 7, "a": 7, "c": 7}
    ballots = ["a", "b", "c"] * 7
    outcome = allocate(election(21, costs, ballots), SHARES)
    assert outcome.selected == ("a", "b", "c")
    assert len(outcome.ties) == 2
    assert funded(Method(), 7, costs, ballots) == "a"
    assert funded(Method(ties=("cheaper",)), 8, {"a": 8, "b": 7}, ["a", "b"]) == "b"
    assert funded(Method(ties=("dearer",)), 8, {"a": 7, "b": 8}, ["a", "b"]) == "b"


def test_add1_gives_more_on_paper_until_the_real_budget_would_not_do():
    # each of three has 10; nobody alone can pay 15. With 5 more each could: but three times 15 is over 30.
    costs, ballots = {"a": 15, "b": 15, "c": 15}, ["a", "b", "c"]
    assert funded(SHARES, 30, costs, ballots) == ""
    assert funded(Method("equal-shares", completion="add1"), 30, costs, ballots) == ""
    assert funded(Method("equal-shares", completion="add1u"), 30, costs, ballots) == "ab"
    assert (
        funded(Method("equal-shares", completion="add1"), 30, {"a": 15, "b": 17}, ["a", "ab"])
        == "a"
    )


def test_phragmen_funds_whose_supporters_can_pay_first():
    # earning 1 a moment: a (30, three) after 10; then b (30, of whom two paid at 10, one never) after
    # (30 + 10 + 10) / 3 = 16 2/3; c (20, one) after 20
    costs, ballots = {"a": 30, "b": 30, "c": 20}, ["a", "ab", "ab", "b", "c"]
    steps = allocate(election(80, costs, ballots), Method("phragmen")).steps
    assert [step.pick.price for step in steps] == [10, Fraction(50, 3), 20]


def test_of_projects_that_exclude_each_other_one_is_funded():
    method = Method(exclusive=(frozenset("ab"),))
    assert funded(method, 200, *LANE[1:]) == "ac"
    assert (
        explain(allocate(election(200, *LANE[1:]), method))["not_funded"][0]["reason"] == "excluded"
    )


def test_a_share_goes_first_to_the_poorest_rts():
    costs = {"a": 60, "b": 40, "c": 40, "d": 20}
    ballots = ["ab"] * 5 + ["ac"] * 2 + ["d"]
    assert funded(Method(), 100, costs, ballots) == "ab"
    poorest = Reserve(Fraction(2, 5), frozenset("cd"))
    assert funded(Method(reserve=poorest), 100, costs, ballots) == "ca"


def test_points_and_places_weigh():
    assert ranked(["b", "a"], 3) == {"b": 3, "a": 2}
    points = [{"a": 3, "b": 1}, {"b": 5}, {"a": 1}]
    one = election(10, {"a": 10, "b": 10}, points, "points")
    assert one.tallies() == [4, 6]
    assert allocate(one, Method()).selected == ("b",)


def test_nobody_named_means_never_funded_and_free_means_first():
    assert funded(Method(), 100, {"a": 10, "b": 0, "c": 10}, ["a", "ab"]) == "ba"
    for method in METHODS:
        assert allocate(election(100, {"a": 10}, []), method).selected == ()


def test_who_is_left_out_is_known_by_rt():
    outcome = allocate(election(100, {"a": 100, "b": 90}, ["a", "a", "b", "ab", ""]), Method())
    assert left_out(outcome, ["01", "01", "02", "02", "02"]) == {"01": (2, 0), "02": (2, 1)}


# --- properties -------------------------------------------------------------------------------------

NAMES = "abcdef"
elections = st.tuples(
    st.integers(1, 400),
    st.dictionaries(st.sampled_from(NAMES), st.integers(0, 120), min_size=1),
    st.lists(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 4)), max_size=12),
    st.booleans(),
).map(lambda one: known(*one))


def known(budget, costs, ballots, pointed):
    """An election whose ballots name only its projects; with points, or without."""
    kept = [{n: p if pointed else 1 for n, p in ballot.items() if n in costs} for ballot in ballots]
    return budget, costs, kept, "points" if pointed else "approval"


def slow(budget, costs, ballots, _kind, by_cost):
    """Equal shares as it is told: every purse a fraction, every price anew, nothing clever."""
    purses = [Fraction(budget, len(ballots) or 1)] * len(ballots)
    open_ = {name for name, cost in costs.items() if any(name in b for b in ballots) and cost}
    bought = sorted(n for n, cost in costs.items() if not cost and any(n in b for b in ballots))
    while True:
        prices = {}
        for name in open_:
            rich = {v for v, ballot in enumerate(ballots) if name in ballot}
            need = Fraction(costs[name])
            if sum(purses[v] for v in rich) < need:
                continue
            while True:
                price = need / sum(ballots[v][name] for v in rich)
                poor = {v for v in rich if purses[v] < price * ballots[v][name]}
                if not poor:
                    break
                need -= sum(purses[v] for v in poor)
                rich -= poor
            prices[name] = price
        if not prices:
            return bought
        best = min(prices, key=lambda n: (prices[n] / (costs[n] if by_cost else 1), n))
        bought.append(best)
        open_.remove(best)
        for voter, ballot in enumerate(ballots):
            paid = prices[best] * ballot.get(best, 0)
            purses[voter] -= min(purses[voter], paid)


@given(elections, st.booleans())
@example((30, {"a": 30, "b": 1}, [{"a": 1, "b": 1}, {"a": 1}, {"a": 1}], "approval"), True)
def test_the_quick_way_buys_what_the_slow_way_buys_in_the_same_order(what, by_cost):
    method = Method("equal-shares", "cost" if by_cost else "cardinality")
    assert list(allocate(election(*what), method).selected) == slow(*what, by_cost)


@given(elections, st.sampled_from(METHODS))
def test_nothing_goes_over_the_budget_and_nobody_is_funded_without_a_vote(what, method):
    budget, costs, ballots, _kind = what
    outcome = allocate(election(*what), method)
    assert sum(costs[name] for name in outcome.selected) == outcome.cost <= budget
    assert all(any(name in ballot for ballot in ballots) for name in outcome.selected)
    assert outcome.steps == () or outcome.steps[-1].left == budget - outcome.cost


@given(elections, st.sampled_from(METHODS), st.randoms())
def test_the_order_of_ballots_does_not_matter(what, method, chance):
    budget, costs, ballots, kind = what
    shuffled = chance.sample(ballots, len(ballots))
    before = allocate(election(*what), method)
    assert allocate(election(budget, costs, shuffled, kind), method).selected == before.selected


@given(elections, st.booleans(), st.data())
def test_one_more_vote_for_a_winner_never_loses_it_under_greedy(what, skip, data):
    budget, costs, ballots, kind = what
    before = allocate(election(*what), Method(skip=skip)).selected
    assume(before)
    winner = data.draw(st.sampled_from(before))
    after = allocate(election(budget, costs, [*ballots, {winner: 1}], kind), Method(skip=skip))
    assert winner in after.selected


@given(elections)
def test_equal_shares_fund_what_a_large_enough_group_agrees_on(what):
    """Whoever all want the same single project and could pay for it out of their shares get it."""
    budget, costs, ballots, kind = what
    assume(budget > 1)
    costs, ballots = {**costs, "z": budget // 2}, [*ballots, *[{"z": 1}] * (len(ballots) + 2)]
    assert "z" in allocate(election(budget, costs, ballots, kind), SHARES).selected


@pytest.mark.prove
@given(
    elections,
    st.sampled_from(["cost", "cardinality"]),
    st.sampled_from(["none", "greedy", "add1", "add1u"]),
)
def test_pabutools_funds_the_same(what, satisfaction, completion):
    """Beside the peer where it is installed (``uv pip install pabutools``)."""
    peers = pytest.importorskip("pabutools.election", reason="pabutools is not installed")
    rules = pytest.importorskip("pabutools.rules", reason="pabutools is not installed")
    budget, costs, ballots, kind = what
    assume(kind == "approval" and ballots and all(costs.values()))
    lines = {name: peers.Project(name, cost) for name, cost in costs.items()}
    wanted = {name for ballot in ballots for name in ballot}
    instance = peers.Instance([lines[name] for name in wanted], budget_limit=budget)
    profile = peers.ApprovalProfile([peers.ApprovalBallot([lines[n] for n in b]) for b in ballots])
    measure = {"cost": peers.Cost_Sat, "cardinality": peers.Cardinality_Sat}[satisfaction]
    more = {"voter_budget_increment": 1} if completion.startswith("add1") else {}
    theirs = rules.method_of_equal_shares(instance, profile, measure, **more)
    if completion in ("greedy", "add1u"):
        theirs = rules.greedy_utilitarian_welfare(
            instance, profile, measure, initial_budget_allocation=theirs
        )
    ours = allocate(election(*what), Method("equal-shares", satisfaction, completion))
    assert sorted(ours.selected) == sorted(line.name for line in theirs)
