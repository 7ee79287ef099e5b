"""Rules of the facilitators' work: time shared among roles, dependence, planned against done."""

from datetime import date, time, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pendamping.facilitation.rules import (
    DECIDERS,
    ROLES,
    Booking,
    Day,
    Planned,
    Term,
    by_month,
    by_role,
    clashes,
    course,
    day_problems,
    plan_problems,
    shared,
    standing,
    term_problems,
    trained,
    unlogged,
)

JUNE = date(2004, 6, 7)
days = st.dates(date(2003, 1, 1), date(2006, 12, 31))
role_sets = st.sets(st.sampled_from(ROLES), min_size=1)


@given(st.integers(1, 1440), role_sets)
def test_the_parts_of_an_entry_add_up_and_differ_by_a_minute_at_most(minutes, roles):
    parts = shared(minutes, roles)
    assert sum(parts.values()) == minutes
    assert set(parts) == roles
    assert max(parts.values()) - min(parts.values()) <= 1


@given(st.lists(st.tuples(days, st.integers(1, 1440), role_sets), min_size=1, max_size=30))
def test_no_minute_is_lost_between_months_and_no_month_is_left_out(entries):
    months = by_role(entries)
    assert sum(month.total for month in months) == sum(minutes for _day, minutes, _roles in entries)
    firsts = [month.first for month in months]
    assert firsts == sorted(set(firsts))
    steps = {b.year * 12 + b.month - a.year * 12 - a.month for a, b in pairwise(firsts)}
    assert steps <= {1}


@given(st.lists(st.tuples(days, st.sampled_from([*DECIDERS, "none"])), max_size=40))
def test_every_decision_is_counted_once_and_what_decided_nothing_never(decisions):
    months = by_month(decisions)
    assert sum(month.all for month in months) == sum(who != "none" for _day, who in decisions)


def test_dependence_by_hand():
    """January to March: 6 of 10 by the facilitator alone; April to June: 3 of 12."""
    told = [("facilitator", 6), ("joint", 3), ("community", 1)]
    first = [(date(2004, 1 + n % 3, 5), who) for who, count in told for n in range(count)]
    later = [(date(2004, 4 + n % 3, 5), who) for who, count in
             [("facilitator", 3), ("joint", 4), ("community", 5)] for n in range(count)]  # fmt: skip
    found = course(by_month(first + later), least=5)
    assert (found.word, found.before.fraction, found.last.fraction) == ("falling", "6/10", "3/12")
    assert course(by_month(first + later), least=11).word == "few"
    assert course(by_month(first), least=5).word == "few"  # nothing to compare with


@given(
    st.lists(st.tuples(days, st.sampled_from(DECIDERS)), min_size=1, max_size=40), st.integers(1, 4)
)
def test_one_more_decision_of_the_facilitator_never_makes_dependence_fall_more(decisions, least):
    before = course(by_month(decisions), least)
    last = max(day for day, _who in decisions)
    after = course(by_month([*decisions, (last, "facilitator")]), least)
    if before.word == "rising":
        assert after.word == "rising"


@given(st.lists(st.tuples(days, st.booleans(), st.booleans()), max_size=20), days)
def test_every_plan_is_in_one_state(plans, today):
    found = standing([Planned(*one) for one in plans], 0, today)
    assert found.planned == len(plans)
    assert found.done == sum(done for _on, done, _dropped in plans)


def test_a_working_day_without_an_entry_is_asked_for_and_a_planned_sunday_too():
    sunday = date(2004, 6, 6)
    logged = {date(2004, 6, 4)}
    assert unlogged(date(2004, 6, 4), JUNE, logged, 5) == [JUNE]
    assert unlogged(date(2004, 6, 4), JUNE, logged, 5, {sunday}) == [sunday, JUNE]
    assert unlogged(date(2004, 6, 4), JUNE, logged, 6) == [date(2004, 6, 5), JUNE]


def test_an_entry_says_everything_that_is_wrong_at_once():
    day = Day(JUNE + timedelta(days=1), "lunch", [], 0, "nobody", -1, 3)
    found = [reason.where["field"] for reason in day_problems(day, ["groups"], JUNE, "p2kp2")]
    assert found == ["on", "stage", "roles", "decided_by", "women", "minutes"]


def test_a_day_has_twenty_four_hours():
    day = Day(JUNE, "groups", ["technical"], 61, "joint", 1, 0, before=1380)
    [reason] = day_problems(day, ["groups"], JUNE, "p2kp2")
    assert reason.clause == "facilitation.log.day"
    assert reason.values["before"] == 1380


def test_a_plan_looks_ahead_but_not_too_far():
    assert plan_problems(JUNE, "Pertemuan KSM", JUNE + timedelta(days=4)) == []
    clauses = [one.clause for one in plan_problems(JUNE, " ", JUNE + timedelta(days=7))]
    assert clauses == ["facilitation.plan.activity", "facilitation.plan.past"]
    [far] = plan_problems(JUNE + timedelta(days=93), "Rapat", JUNE)
    assert far.clause == "facilitation.plan.far"


@given(days, days, days, days)
def test_two_terms_of_one_person_never_share_a_day(since, until, other_since, other_until):
    found = term_problems(Term(since, until), [Term(other_since, other_until)])
    shared_days = max(since, other_since) <= min(until, other_until)
    if until >= since and other_until >= other_since:
        assert bool(found) == shared_days


hours = st.times(time(6), time(20))


@given(hours, hours, hours, hours)
def test_two_trainings_clash_in_their_room_exactly_where_they_share_time(a, b, c, d):
    one, other = sorted((a, b)), sorted((c, d))
    booked = Booking(JUNE, *other, room="balai")
    found = clashes(Booking(JUNE, *one, room="balai"), [booked])
    assert bool(found) == (one[0] < other[1] and other[0] < one[1])
    assert clashes(Booking(JUNE + timedelta(days=1), *one, room="balai"), [booked]) == []


@given(st.sets(st.integers(1, 20)), st.sets(st.integers(1, 20), min_size=1), st.integers(1, 100))
def test_one_more_member_who_came_never_makes_a_group_less_trained(came, members, percent):
    there, all_ = {str(one) for one in came}, {str(one) for one in members}
    if trained(there, all_, percent):
        assert trained(there | {min(all_)}, all_, percent)
    assert trained(all_, all_, percent)
    assert not trained(there - all_, all_, percent)
