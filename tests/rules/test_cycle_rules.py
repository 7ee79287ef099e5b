"""Stages as a graph: their dates, what gates find, what may begin and end. docs/worked/cycle.md by hand."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.cycle import rules
from pendamping.cycle.rules import Names, Run, Span, Stage
from pendamping.cycle.rules.chain import KINDS, Link, now_of, reached
from pendamping.cycle.rules.gates import (
    Decision,
    Facts,
    Proof,
    Seat,
    Session,
    Tranche,
)
from pendamping.guidelines import library
from pendamping.guidelines import rules as guidelines
from pendamping.guidelines.rules.gates import READS

FIRST = date(2003, 11, 13)
LATE = date(2005, 5, 12)
TEXT = guidelines.combine(guidelines.in_force(library.texts("p2kp2"), "p2kp2", FIRST))
GATES = TEXT.section("stage_gates")


def case_stages(**changed):
    stages = {key: {**one, **changed.get(key, {})} for key, one in TEXT.section("stages").items()}
    return rules.read_stages(stages, TEXT.section("stage_lengths"))


STAGES = case_stages()
NAMES = Names(
    "p2kp2",
    {key: one["name"] for key, one in TEXT.section("stages").items()},
    {key: one["name"] for key, one in GATES.items()},
)


def clauses(reasons):
    return [reason.clause for reason in reasons]


# --- the worked example -------------------------------------------------------------------------

WORKED = {
    "orientation": (date(2003, 11, 13), date(2003, 12, 31)),
    "readiness": (date(2004, 1, 1), date(2004, 1, 28)),
    "reflection": (date(2004, 1, 29), date(2004, 3, 10)),
    "mapping": (date(2004, 3, 11), date(2004, 5, 5)),
    "board": (date(2004, 5, 6), date(2004, 6, 30)),
    "groups": (date(2004, 5, 6), date(2004, 7, 7)),
    "plan": (date(2004, 7, 1), date(2004, 8, 25)),
    "funds": (date(2004, 8, 26), date(2005, 1, 12)),
    "review": (date(2005, 1, 13), date(2005, 2, 9)),
    "handover": (date(2005, 1, 13), date(2005, 3, 16)),
}


def test_the_case_is_planned_as_by_hand():
    plan = rules.planned(STAGES, FIRST)
    assert {key: (span.starts, span.ends) for key, span in plan.items()} == WORKED


def test_a_stage_of_each_term_ends_with_the_term_of_the_board():
    plan = rules.planned(STAGES, FIRST, date(2007, 2, 28))
    assert plan["reelection"] == Span(date(2007, 1, 25), date(2007, 2, 28))
    assert {key: plan[key] for key in WORKED} == rules.planned(STAGES, FIRST)


def test_works_that_still_run_are_late_and_hold_up_what_comes_after():
    runs = [
        Run(key, 1, FIRST, FIRST)
        for key in ("orientation", "readiness", "reflection", "mapping", "board", "groups", "plan")
    ]
    runs.append(Run("funds", 1, date(2004, 5, 12)))
    found = rules.standings(STAGES, runs, rules.planned(STAGES, FIRST), LATE)
    assert (found["funds"].state, found["funds"].days_late, found["funds"].overdue) == (
        "running",
        120,
        True,
    )
    assert found["handover"].state == "waiting"
    assert found["review"].state == "ready"  # the yearly meeting may be held beside them
    assert found["review"].expected == Span(date(2005, 5, 13), date(2005, 6, 9))
    assert rules.whole_end(STAGES, found) == date(2005, 7, 14)


# --- graphs of any kind ---------------------------------------------------------------------------


@st.composite
def graphs(draw):
    keys = [f"s{number}" for number in range(draw(st.integers(1, 8)))]
    found = {}
    for number, key in enumerate(keys):
        after = draw(st.lists(st.sampled_from(keys[:number]), unique=True)) if number else []
        low = draw(st.integers(0, 6))
        found[key] = Stage(
            key,
            tuple(after),
            skipped=draw(st.booleans()),
            low=low,
            high=low + draw(st.integers(1, 6)),
        )
    return found


@given(graphs(), st.integers(0, 900))
def test_no_stage_is_planned_or_expected_before_those_it_waits_for_end(stages, days):
    today = FIRST + timedelta(days=days)
    plan = rules.planned(stages, FIRST)
    for dates in (plan, rules.expected(stages, [], plan, today)):
        for key in stages:
            for name in rules.before(stages, key):
                if key in dates and name in dates:
                    assert dates[key].starts > dates[name].ends
    assert set(plan) == {key for key, stage in stages.items() if not stage.skipped}


@given(graphs())
def test_what_waits_behind_a_stage_left_out_waits_for_its_predecessors(stages):
    for key in stages:
        assert all(not stages[name].skipped for name in rules.before(stages, key))


@given(graphs(), st.data())
def test_stages_begun_only_where_nothing_speaks_against_it_keep_the_order(stages, data):
    names = Names("x", {key: {"en": key} for key in stages}, {})
    runs, day = [], FIRST
    for _turn in range(20):
        key = data.draw(st.sampled_from(sorted(stages)))
        day += timedelta(days=1)
        if not rules.start_problems(stages, runs, key, day, names):
            runs.append(Run(key, 1, day, day))
    ended = {run.stage: run.finished for run in runs}
    for run in runs:
        assert not stages[run.stage].skipped
        assert all(ended[name] <= run.started for name in rules.before(stages, run.stage))


# --- beginning, ending, taking back ---------------------------------------------------------------


def test_a_stage_waits_for_each_of_its_predecessors_and_says_so():
    runs = [Run("plan", 1, FIRST, FIRST)]
    assert clauses(rules.start_problems(STAGES, runs, "funds", LATE, NAMES)) == [
        "stages.p2kp2.funds.after"
    ]
    runs.append(Run("groups", 1, FIRST, LATE))
    assert rules.start_problems(STAGES, runs, "funds", LATE, NAMES) == []
    assert rules.start_problems(STAGES, runs, "funds", LATE - timedelta(days=1), NAMES) != []


def test_a_stage_beside_another_waits_for_its_beginning_only():
    stages = case_stages(funds={"overlaps": ["plan"]})
    runs = [Run("groups", 1, FIRST, FIRST)]
    assert len(rules.start_problems(stages, runs, "funds", LATE, NAMES)) == 1
    runs.append(Run("plan", 1, FIRST))
    assert rules.start_problems(stages, runs, "funds", LATE, NAMES) == []
    assert rules.start_problems(STAGES, runs, "funds", LATE, NAMES) != []


def test_the_yearly_meeting_does_not_wait_for_the_last_tranche():
    runs = [Run("plan", 1, FIRST, FIRST), Run("groups", 1, FIRST, FIRST)]
    assert clauses(rules.start_problems(STAGES, runs, "review", LATE, NAMES)) == [
        "stages.p2kp2.review.after"
    ]
    runs.append(Run("funds", 1, FIRST))
    assert rules.start_problems(STAGES, runs, "review", LATE, NAMES) == []


def test_the_next_election_waits_for_the_end_of_the_term_even_where_the_review_is_done():
    runs = [Run("review", 1, FIRST, FIRST)]
    term = {"reelection": Span(LATE, LATE + timedelta(days=34))}
    for day, state in ((LATE - timedelta(days=1), "waiting"), (LATE, "ready")):
        assert rules.standings(STAGES, runs, term, day)["reelection"].state == state
    assert rules.standings(STAGES, runs, {}, LATE)["reelection"].state == "waiting"


def test_what_comes_once_does_not_begin_again_and_what_comes_yearly_does():
    runs = [
        Run("plan", 1, FIRST, FIRST),
        Run("groups", 1, FIRST, FIRST),
        Run("funds", 1, FIRST, FIRST),
    ]
    assert clauses(rules.start_problems(STAGES, runs, "plan", LATE, NAMES)) == [
        "stages.p2kp2.plan.repeats"
    ]
    assert rules.start_problems(STAGES, runs, "funds", LATE, NAMES) == []


def test_a_stage_left_out_does_not_begin():
    stages = case_stages(reflection={"skipped": True})
    runs = [Run("readiness", 1, FIRST, FIRST)]
    assert clauses(rules.start_problems(stages, runs, "reflection", LATE, NAMES)) == [
        "stages.p2kp2.reflection.skipped"
    ]
    assert rules.start_problems(stages, runs, "mapping", LATE, NAMES) == []


def test_a_date_on_which_others_stand_is_not_taken_back():
    runs = [Run("orientation", 1, FIRST, FIRST), Run("readiness", 1, FIRST)]
    assert clauses(rules.take_back_problems(STAGES, runs, "orientation", NAMES, "keliru")) == [
        "cycle.take_back.follows"
    ]
    assert rules.take_back_problems(STAGES, runs, "readiness", NAMES, "keliru") == []
    assert clauses(rules.take_back_problems(STAGES, runs, "readiness", NAMES, " ")) == [
        "cycle.take_back.why"
    ]


def test_new_dates_keep_the_order_and_leave_what_is_finished():
    now = rules.planned(STAGES, FIRST)
    runs = [Run("orientation", 1, FIRST, FIRST)]
    early = {"plan": Span(FIRST, FIRST), "orientation": Span(FIRST, FIRST)}
    found = clauses(rules.plan_problems(STAGES, runs, early, now, NAMES, ""))
    assert found == ["stages.p2kp2.plan.after", "cycle.plan.finished", "cycle.plan.why"]
    same = {"plan": now["plan"]}
    assert clauses(rules.plan_problems(STAGES, runs, same, now, NAMES, "banjir")) == [
        "cycle.plan.same"
    ]
    moved = {"plan": Span(date(2004, 7, 1), date(2004, 9, 30))}
    assert "stages.p2kp2.funds.after" not in clauses(
        rules.plan_problems(STAGES, runs, moved, now, NAMES, "banjir")
    )


# --- gates ----------------------------------------------------------------------------------------

DAY = date(2004, 6, 3)
WHOLE = Facts(
    places=(("01", "01"), ("01", "02"), ("02", "01")),
    sessions=(
        Session("meeting:a", DAY, "orientation", "RT", "01", "01"),
        Session("meeting:b", DAY, "orientation", "RT", "01", "02"),
        Session("meeting:c", DAY, "orientation", "RW", "02"),
    ),
    decisions=tuple(
        Decision(f"meeting:{matter}", DAY, matter, True)
        for matter in ("programme_acceptance", "plan", "board_report", "handover")
    ),
    criteria=(Proof("criteria:1", DAY),),
    lists=(Proof("poor_list:1", DAY),),
    seats=(Seat("seat:1", DAY, "Contoh", LATE),),
    terms=(FIRST, DAY),
    papers=(Proof("body_paper:1", DAY, "charter"), Proof("body_paper:2", DAY, "deed")),
    groups=(Proof("group:1", DAY, "Mawar"),),
    tranches=(Tranche("tranche:1", 1, DAY, True, frozenset({"plan_summary"})),),
)
FLIPS = {
    # what is removed: the gates that may no longer be met
    "places": {"every_rt_met"},
    "sessions": {"every_rt_met"},
    "criteria": {"criteria_ratified"},
    "lists": {"poor_list_ratified"},
    "seats": {"board_formed", "term_ended"},
    "terms": {"term_ended"},
    "papers": {"board_formed"},
    "groups": {"groups_formed"},
    "tranches": {"plan_summary", "accounted"},
}
OF_MATTER = {"programme_acceptance": "accepted", "plan": "plan_ratified", "board_report": "yearly_meeting_held", "handover": "handover_signed"}  # fmt: skip


def met(facts):
    return {key for key, gate in GATES.items() if rules.judge(key, gate, facts).met}


def without(facts, name, number):
    kept = list(getattr(facts, name))
    del kept[number]
    return replace(facts, **{name: tuple(kept)})


RECORDS = [
    (one.name, number)
    for one in fields(Facts)
    for number in range(len(getattr(WHOLE, one.name)))
    if one.name != "places"
]


def test_with_everything_on_record_every_gate_is_met():
    assert met(WHOLE) == set(GATES)
    assert met(Facts()) == set()


@pytest.mark.parametrize(("name", "number"), RECORDS)
def test_removing_one_record_flips_exactly_the_gates_that_read_it(name, number):
    gone = getattr(WHOLE, name)[number]
    expected = {OF_MATTER[gone.matter]} if name == "decisions" else FLIPS[name]
    assert set(GATES) - met(without(WHOLE, name, number)) == expected


def test_an_rt_without_a_session_is_named():
    facts = without(WHOLE, "sessions", 1)
    found = rules.judge("every_rt_met", GATES["every_rt_met"], facts).found
    assert (found.have, found.of) == (2, 3)
    assert [(one.values["rw"], one.values["rt"]) for one in found.missing] == [("01", "02")]


def test_a_session_to_which_somebody_from_the_rt_came_counts_for_it():
    joint = Session(
        "meeting:d", DAY, "orientation", "kelurahan", rts=frozenset({"01/01", "01/02", "02/01"})
    )
    facts = replace(WHOLE, sessions=(joint,))
    assert "every_rt_met" in met(facts)
    assert "every_rt_met" not in met(replace(facts, sessions=(replace(joint, kind="women"),)))


def test_the_last_valid_decision_counts_and_a_no_stops_the_programme():
    no = Decision("meeting:z", LATE, "programme_acceptance", False)
    facts = replace(WHOLE, decisions=(*WHOLE.decisions, no))
    found = rules.judge("accepted", GATES["accepted"], facts)
    assert (found.met, found.stops) == (False, True)
    unsigned = replace(no, against=(rules.start_problems({}, [], "x", DAY, NAMES)[0],))
    assert rules.judge(
        "accepted", GATES["accepted"], replace(facts, decisions=(*WHOLE.decisions, unsigned))
    ).met


def test_of_a_stage_that_comes_again_only_what_came_since_counts():
    gate = GATES["yearly_meeting_held"]
    assert rules.judge("yearly_meeting_held", gate, WHOLE, DAY).met
    assert not rules.judge("yearly_meeting_held", gate, WHOLE, DAY + timedelta(days=1)).met


@given(st.integers(0, 7), st.integers(0, 100))
def test_a_share_is_met_from_its_percent_on(had, percent):
    places = tuple(("01", f"{number:02d}") for number in range(7))
    sessions = tuple(
        Session(f"meeting:{rt}", DAY, "orientation", "RT", rw, rt) for rw, rt in places[:had]
    )
    gate = {**GATES["every_rt_met"], "at_least": percent}
    found = rules.judge("x", gate, Facts(places=places, sessions=sessions))
    assert found.met == (had * 100 >= 7 * percent)


def test_every_word_that_a_guideline_may_read_has_its_reader():
    assert set(READS) == set(rules.READERS)


def test_an_unmet_gate_is_said_with_its_clause_when_a_stage_is_closed():
    runs = [Run("orientation", 1, FIRST)]
    verdict = rules.judge("every_rt_met", GATES["every_rt_met"], without(WHOLE, "sessions", 0))
    reasons = rules.finish_problems(STAGES, runs, "orientation", DAY, [verdict], NAMES)
    assert clauses(reasons) == ["stage_gates.p2kp2.every_rt_met"]
    assert reasons[0].values["have"] == 2


kinds = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(["done", "now", "lost", "stopped"])),
    min_size=1,
)


@given(kinds)
def test_a_chain_stands_at_its_last_link_and_as_far_as_its_furthest_step(told):
    links = [Link(kind, state, date(2004, 3, 1), "1") for kind, state in told]
    now = now_of(links)
    assert now.link == links[-1]
    went = [KINDS.index(kind) + 1 for kind, state in told if state in ("done", "now")]
    assert now.place == max(went, default=0)
    counts = reached([links, links])
    assert set(counts.values()) <= {0, 2}
    assert {kind for kind, count in counts.items() if count} == {
        kind for kind, state in told if state == "done" and kind != "voted"
    }
