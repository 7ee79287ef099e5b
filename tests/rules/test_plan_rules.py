"""The medium-term plan and proposals by their rules: never more than it costs, nothing forgotten."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pendamping.planning.rules.plan import (
    Line,
    PlanRule,
    begun,
    by_year,
    compare,
    line_problems,
    plan_problems,
    waits_because,
    warned,
)
from pendamping.planning.rules.proposal import (
    Cost,
    Paper,
    ProposalRule,
    Told,
    asked,
    budget_problems,
    own_part,
    papers,
    problems,
)
from pendamping.planning.rules.proposal import given as own_money

RULE = PlanRule(
    code="p2kp2", years=3, vote_binds=True, sources=("blm", "swadaya", "government"),
    programme=frozenset({"blm"}), own=frozenset({"swadaya"}),
    components=frozenset({"physical", "social"}), negative={"worship": ("masjid",), "arms": ()},
)  # fmt: skip
WELL = Line(
    "1", "Sumur bersama", "physical", 20_000_000, 1, {"blm": 15_000_000, "swadaya": 5_000_000}
)

sources = st.dictionaries(st.sampled_from(RULE.sources), st.integers(0, 10**9), max_size=3)
lines = st.lists(
    st.builds(
        Line,
        key=st.text("abcdefgh", min_size=1, max_size=2),
        title=st.sampled_from(["Sumur", "Jalan", "Masjid raya"]),
        component=st.sampled_from(["physical", "social"]),
        cost=st.integers(1, 10**9),
        year=st.none() | st.integers(1, 3),
        sources=sources,
        vote=st.sampled_from(["", "funded", "lost"]),
    ),
    unique_by=lambda line: line.key,
    max_size=8,
)


def clauses(reasons):
    return [reason.clause for reason in reasons]


def test_a_line_says_in_which_year_it_stands_and_who_pays_all_of_it():
    assert line_problems(WELL, RULE) == []
    short = replace(WELL, sources={"blm": 15_000_000})
    assert [reason.values["missing"] for reason in line_problems(short, RULE)] == [5_000_000]
    rich = replace(WELL, sources={"blm": 21_000_000})
    assert [reason.values["more"] for reason in line_problems(rich, RULE)] == [1_000_000]
    assert clauses(line_problems(replace(WELL, year=4), RULE)) == ["plan.p2kp2.years"]
    assert clauses(line_problems(replace(WELL, sources={"lotre": 20_000_000}), RULE)) == [
        "plan_sources.p2kp2"
    ]


def test_what_a_vote_did_not_fund_gets_no_programme_money_in_the_first_year():
    lost = replace(WELL, vote="lost")
    assert clauses(line_problems(lost, RULE)) == ["plan.p2kp2.vote_binds"]
    assert line_problems(replace(lost, year=2), RULE) == []
    assert line_problems(replace(lost, sources={"government": 20_000_000}), RULE) == []
    assert line_problems(lost, replace(RULE, vote_binds=False)) == []


def test_a_word_of_the_negative_list_asks_for_an_answer_and_an_entry_of_it_excludes():
    path = replace(WELL, title="Jalan menuju masjid")
    assert warned(path, RULE.negative) == ["worship"]
    assert clauses(line_problems(path, RULE)) == ["negative_list.p2kp2.worship"]
    assert line_problems(replace(path, cleared="Jalan umum; masjidnya tidak dibangun"), RULE) == []
    excluded = replace(path, excluded="worship", cleared="tetap")
    assert clauses(line_problems(excluded, RULE)) == ["negative_list.p2kp2.worship"]
    assert warned(replace(WELL, title="Kemasjidan"), RULE.negative) == []  # no part of a word
    waiting = replace(excluded, year=None, sources={})
    assert (line_problems(waiting, RULE), waits_because(waiting)) == ([], "excluded")


def test_a_plan_in_which_nothing_has_a_year_is_none():
    assert clauses(plan_problems([replace(WELL, year=None)], RULE)) == ["planning.plan"]


@given(lines)
def test_a_plan_without_problems_pays_exactly_what_it_plans(found):
    if plan_problems(found, RULE):
        return
    planned = sum(line.cost for line in found if line.year)
    assert sum(sum(year.values()) for year in by_year(found, RULE).values()) == planned


@given(lines)
def test_a_draft_plans_what_a_vote_funded_and_nothing_else(found):
    for line in found:
        fresh = replace(line, year=None, sources={})
        made = begun(fresh, RULE)
        assert (made.year == 1) == (line.vote == "funded")
        assert made.covered == (line.cost if made.year else 0)


@given(lines, lines)
def test_versions_compared_name_every_line_that_differs_and_only_those(old, new):
    found = {one.key: one.kind for one in compare(old, new)}
    before, after = ({line.key: line for line in side} for side in (old, new))
    assert {key for key, kind in found.items() if kind == "new"} == after.keys() - before.keys()
    assert {key for key, kind in found.items() if kind == "gone"} == before.keys() - after.keys()
    for key in before.keys() & after.keys():
        moved = before[key].year != after[key].year
        assert (found.get(key) in ("planned", "put-off", "moved")) == moved
    assert compare(new, new) == []


# --- proposals ----------------------------------------------------------------------------------------

PAPERS = (
    Paper("proposal", {"id": "Proposal", "en": "Proposal"}, "proposal"),
    Paper("land", {"id": "Surat hibah", "en": "Grant letter"}, "land"),
)
PHYSICAL = ProposalRule(
    code="p2kp2", land=True, named=False, poor_only=False, within_plan=True,
    given=("cash", "material", "labour", "land"), lands=("granted", "government"),
    land_papers=frozenset({"granted"}), papers=PAPERS,
)  # fmt: skip
BOTH = ("present", "correct")
BUDGET = (
    Cost("Paving", 10_000, "m2", 250_000),  # 100 m2
    Cost("Gotong royong", 16_000, "HOK", 50_000, "labour"),  # 160 days
)
WHOLE = Told(
    budget=BUDGET, set_aside=25_000_000, places=("01/02",), people=0, not_poor=(), land="granted",
    ticks={"proposal": BOTH, "land": BOTH},
)  # fmt: skip


def test_a_budget_keeps_programme_money_and_own_part_apart():
    """100 m2 of paving at 250,000 is 25,000,000; 160 person-days at 50,000 are 8,000,000: 32 %."""
    assert (asked(BUDGET), own_money(BUDGET)) == (25_000_000, 8_000_000)
    assert own_part(BUDGET).percent() == "32,0 %"
    assert budget_problems(BUDGET, PHYSICAL) == []
    wrong = [Cost("", 100, "", 5), Cost("Doa", 100, "", 5, "prayer")]
    assert clauses(budget_problems(wrong, PHYSICAL)) == [
        "planning.budget", "contribution.p2kp2.kinds",
    ]  # fmt: skip


def test_a_whole_proposal_has_nothing_against_it_and_each_gap_is_named_by_its_clause():
    assert problems(WHOLE, PHYSICAL) == []
    bare = replace(WHOLE, budget=(), places=(), land="", ticks={})
    assert clauses(problems(bare, PHYSICAL)) == [
        "planning.budget", "planning.beneficiaries", "proposals.p2kp2.land_for",
        "proposal_papers.p2kp2.proposal",
    ]  # fmt: skip
    assert clauses(problems(replace(WHOLE, set_aside=24_999_999), PHYSICAL)) == [
        "proposals.p2kp2.within_plan"
    ]
    half = replace(WHOLE, ticks={"proposal": BOTH, "land": ("present",)})
    assert clauses(problems(half, PHYSICAL)) == ["proposal_papers.p2kp2.land"]


def test_the_letter_on_the_land_is_asked_for_only_where_somebody_gives_the_land():
    assert [one.key for one in papers("granted", PHYSICAL)] == ["proposal", "land"]
    assert [one.key for one in papers("government", PHYSICAL)] == ["proposal"]


def test_who_is_named_stands_on_the_poor_list_where_the_guideline_asks_it():
    social = replace(PHYSICAL, land=False, named=True, poor_only=True)
    told = replace(WHOLE, people=2, not_poor=("Warga Mampu",), land="", places=())
    assert clauses(problems(told, social)) == ["menu.p2kp2.beneficiaries_on_poor_list"]
    assert clauses(problems(replace(told, people=0, not_poor=()), social)) == [
        "proposals.p2kp2.named_for"
    ]


@given(
    st.lists(
        st.builds(Cost, st.just("x"), st.integers(1, 10**7), st.just("m"), st.integers(1, 10**7))
    )
)
def test_a_line_of_the_budget_is_rounded_by_less_than_a_rupiah(budget):
    for one in budget:
        assert abs(one.amount * 100 - one.hundredths * one.price) <= 50
    assert asked(budget) == sum(one.amount for one in budget)
