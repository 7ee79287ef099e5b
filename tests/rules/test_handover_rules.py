"""Rules of the hand-over: what each criterion finds, how a duty passes, what stands against a sign-off."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.access.rules import PERMISSIONS
from pendamping.guidelines import library
from pendamping.guidelines import rules as texts
from pendamping.handover.rules import (
    Found,
    Passing,
    Practised,
    check_due,
    passing_problems,
    practice_problems,
    preparing_problems,
    read_criteria,
    reading,
    rights_of,
    signing_problems,
)
from pendamping.handover.rules.duties import RIGHTS, since_named
from pendamping.handover.rules.reading import Behind, Case, Criterion, Month, Yearly
from pendamping.handover.rules.signing import Named, Standing

DAY = date(2005, 5, 12)
DAYS = st.dates(date(2003, 11, 1), date(2006, 12, 31))


def asked(key, least=1, months=12):
    return Criterion(key, least, months)


def section(name):
    found = texts.in_force(library.texts("p2kp2"), "p2kp2", DAY)
    return texts.combine(found).section(name)


def test_the_shipped_guideline_names_eight_criteria_that_a_rule_reads_and_the_signing():
    known = read_criteria(section("handover"))
    assert [key for key, one in known.items() if one.signs] == ["signed"]
    assert (known["volunteers_active"].at_least, known["volunteers_active"].within_months) == (9, 3)
    assert set(section("handover_duties")) == set(RIGHTS)
    for duty in RIGHTS:
        for right in rights_of(
            duty
        ):  # each is a right that facilitators hold, and somebody else too
            assert {"facilitator"} < set(PERMISSIONS[right]), right


def test_a_worked_month_counts_as_alone_only_when_it_was_closed_in_time_and_approved():
    late, waits = Month("month_close:b", False, True), Month("month_close:c", True, False)
    good = Month("month_close:a", True, True)
    assert reading.books(asked("books_closed", 3), [good, good, good]).met
    for other in (late, waits, Month("", False, False)):
        found = reading.books(asked("books_closed", 3), [good, other, good])
        assert (found.word, found.have, found.wanted) == ("unmet", 2, 3)
    # the loan book asks for the last due month alone
    assert reading.loan_book(asked("loan_book_reconciled"), [good, late], lent=True).met
    held = Month("month_close:d", True, True, objections=1)
    assert not reading.loan_book(asked("loan_book_reconciled"), [held], lent=True).met
    assert reading.loan_book(asked("loan_book_reconciled"), [], lent=False).word == "none"


def test_arrears_are_met_with_nobody_behind_and_unmet_with_one_step_that_nobody_took():
    rows = [Behind("loan:a", False), Behind("loan:b", True)]
    assert reading.arrears(asked("arrears_plan"), [], lent=True).met
    found = reading.arrears(asked("arrears_plan"), rows, lent=True)
    assert (found.word, found.have, found.wanted) == ("unmet", 1, 2)
    assert reading.arrears(asked("arrears_plan"), rows[:1], lent=True).met


def test_a_yearly_meeting_that_the_facilitator_called_is_not_the_wards_own():
    def held(by_facilitator, on=date(2005, 1, 22)):
        return Yearly("meeting:x", on, by_facilitator)

    one = asked("own_review")
    assert reading.own_review(one, DAY, [held(False)]).met
    assert reading.own_review(one, DAY, [held(True)]).word == "unmet"
    assert (
        reading.own_review(one, DAY, [held(False, date(2004, 5, 12))]).word == "unmet"
    )  # a year ago


def test_complaints_are_judged_only_where_some_came():
    one = asked("complaints_local")
    assert reading.complaints(one, DAY, []).word == "none"
    rows = [Case("complaint:a", DAY, False, False), Case("complaint:b", DAY, False, True)]
    assert reading.complaints(one, DAY, rows[:1]).met
    assert (reading.complaints(one, DAY, rows).have, reading.complaints(one, DAY, rows).word) == (
        1,
        "unmet",
    )


@given(st.lists(st.tuples(st.text("ab", min_size=1, max_size=2), DAYS), max_size=12), DAYS)
def test_more_signs_of_work_never_make_cadres_less_ready(last, on):
    one = Criterion("volunteers_active", 3, 3)
    before = reading.volunteers(one, on, last)
    after = reading.volunteers(one, on, [*last, ("cadre:new", on)])
    assert after.have == before.have + 1
    assert not (before.met and not after.met)


def test_practice_comes_together_first_and_a_new_name_begins_anew():
    monday = date(2005, 3, 7)
    named = Passing((Practised("named", monday),))
    [reason] = practice_problems(named, "alone", monday, DAY)
    assert reason.clause == "handover.duty.order"
    together = Passing((*named.steps, Practised("together", monday)))
    assert practice_problems(together, "alone", monday, DAY) == []
    assert {one.clause for one in practice_problems(Passing(), "together", DAY + timedelta(1), DAY)} == {
        "handover.duty.nobody", "handover.duty.day",
    }  # fmt: skip
    assert since_named([*together.steps, Practised("named", DAY)]).word == "named"


def test_a_duty_passes_with_every_reason_against_it_said_at_once():
    named = Passing((Practised("named", DAY),))
    found = {one.clause for one in passing_problems(named, "Contoh Kader", False, ["a", "b"])}
    assert found == {"handover.duty.together", "handover.duty.alone", "handover.duty.gone",
                     "handover.duty.uncovered"}  # fmt: skip
    done = Passing((*named.steps, Practised("together", DAY), Practised("alone", DAY)))
    assert passing_problems(done, "Contoh Kader", True, []) == []


NAMED = Named("p2kp2", {"a": "A", "b": "B", "signed": "S"}, {"groups": "G"})


def test_what_is_not_met_is_handed_over_by_name_with_somebody_answerable_or_not_at_all():
    now = Standing(
        [Found("a", "unmet"), Found("b", "unmet"), Found("c", "none")], {"b": DAY}, ["groups"]
    )
    clauses = [one.clause for one in preparing_problems(now, [], DAY, DAY, NAMED)]
    assert clauses == ["handover.p2kp2.a", "handover.p2kp2.b", "handover.sign.duty"]
    clauses = [
        one.clause for one in preparing_problems(now, ["a", "b"], DAY - timedelta(1), DAY, NAMED)
    ]
    assert clauses == ["handover.sign.last_day", "handover_rules.p2kp2.unmet_needs_owner_and_date",
                       "handover.sign.duty"]  # fmt: skip
    ready = Standing(now.found, {"a": DAY, "b": DAY}, [])
    assert preparing_problems(ready, ["a", "b"], DAY, DAY, NAMED) == []
    # what became unmet after the meeting was named by nobody there
    assert [one.clause for one in signing_problems(ready, ["a"], " ", "K", NAMED)] == [
        "handover.p2kp2.signed", "handover.p2kp2.b",
    ]  # fmt: skip


@given(DAYS, st.integers(1, 24), st.integers(0, 5))
def test_the_yearly_check_falls_due_again_after_each_one_that_was_done(last_day, months, done):
    kept: list[date] = []
    for _one in range(done):
        kept.append(check_due(last_day, months, kept))
    assert kept == sorted(set(kept))
    assert check_due(last_day, months, kept) > max(kept, default=last_day)
