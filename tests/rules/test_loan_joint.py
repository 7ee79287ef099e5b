"""Members of a group's loan: their parts sum to the group's, and who paid for whom is never lost."""

import random
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.funds.loans.rules.joint import (
    RESERVE,
    Paid,
    PaidBack,
    Part,
    debts,
    least_owed,
    states,
)
from pendamping.funds.loans.rules.plan import segment_rows
from pendamping.funds.loans.rules.shares import apportion, shares

START = date(2004, 5, 12)
amounts = st.lists(st.integers(1, 3_000_000), min_size=1, max_size=9)


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**7), min_size=1, max_size=12))
def test_parts_add_up_and_nobody_gets_less_than_her_part_rounded_down(whole, weights):
    parts = apportion(whole, weights)
    assert sum(parts) == whole
    by = weights if any(weights) else [1] * len(weights)
    assert all(part >= whole * w // sum(by) for part, w in zip(parts, by, strict=True))


@given(st.integers(0, 10**6), amounts)
def test_nobody_gives_a_rupiah_back_when_the_whole_grows(whole, weights):
    fewer, more = apportion(whole, weights), apportion(whole + 1, weights)
    assert all(new >= old for new, old in zip(more, fewer, strict=True))


@given(amounts)
def test_it_is_exact_where_it_comes_out_even(weights):
    assert apportion(sum(weights), weights) == weights


@given(amounts, st.integers(1, 24), st.integers(0, 300))
def test_members_parts_sum_to_every_instalment_and_to_each_ones_own_amount(own, count, rate):
    rows = book_schedule(
        principal=sum(own), rate_bp=rate, instalments=count, grace_months=2, disbursed=START
    )
    found = shares(rows, own)
    for place, row in enumerate(rows):
        assert sum(one[place].principal for one in found) == row.principal
        assert sum(one[place].service for one in found) == row.service
        assert all(one[place].principal >= 0 and one[place].service >= 0 for one in found)
    assert [sum(due.principal for due in one) for one in found] == own


def loan(own, rate=150):
    return book_schedule(
        principal=sum(own), rate_bp=rate, instalments=10, grace_months=2, disbursed=START
    )


PEOPLE = "abcdefghi"
days = st.integers(0, 500).map(lambda n: START + timedelta(days=n))


@st.composite
def histories(draw):
    """A group, its payments (some with names, some taken back) and what was paid back."""
    own = draw(st.lists(st.integers(1000, 500_000), min_size=2, max_size=6))
    who = st.sampled_from(PEOPLE[: len(own)])
    payments = []
    for _ in range(draw(st.integers(0, 8))):
        on = draw(days)
        parts = draw(
            st.lists(
                st.builds(Part, st.one_of(who, st.just(RESERVE)), who, st.integers(1, 300_000)),
                max_size=4,
            )
        )
        amount = sum(one.amount for one in parts) if parts else draw(st.integers(1, 400_000))
        gone = draw(st.one_of(st.none(), st.integers(0, 90)))
        back = on + timedelta(days=gone) if gone is not None else None
        payments.append(Paid(on, amount, tuple(parts), back))
    backs = draw(
        st.lists(st.builds(PaidBack, who, st.just(RESERVE), days, st.integers(1, 9999)), max_size=3)
    )
    return own, payments, backs


def members(own):
    return [(PEOPLE[place], PEOPLE[place].upper(), amount) for place, amount in enumerate(own)]


@settings(max_examples=150)
@given(histories(), days, st.randoms())
def test_cards_sum_to_the_group_on_every_day_whatever_the_order_of_entry(history, on, chance):
    own, payments, backs = history
    rows = loan(own)
    found = states([(date.min, rows)], members(own), payments, on)
    paid = sum(one.amount for one in payments if one.counts_on(on))
    owed = sum(row.total for row in rows)
    assert sum(one.paid for one in found) == paid
    assert sum(one.due for one in found) == sum(row.total for row in rows if row.due <= on)
    assert sum(one.owed for one in found) == owed
    assert sum(one.left - one.over for one in found) == owed - paid
    assert sum(one.kept for one in found) == max(0, paid - owed)
    assert all(one.kept <= one.over for one in found)
    assert all(sum(one.missing()) == one.left for one in found)
    again, back = list(payments), list(backs)
    chance.shuffle(again)
    chance.shuffle(back)
    assert states([(date.min, rows)], members(own), again, on) == found
    assert debts(again, back, on) == debts(payments, backs, on)


@given(histories(), days)
def test_what_is_owed_is_what_was_covered_less_what_was_paid_back(history, on):
    _own, payments, backs = history
    covered = {
        person: sum(
            (part.person == person) * part.amount - (part.payer == person) * part.amount
            for one in payments
            if one.counts_on(on)
            for part in one.parts
            if part.payer != part.person
        )
        - sum(one.amount for one in backs if one.debtor == person and one.counts_on(on))
        for person in PEOPLE
    }
    found = debts(payments, backs, on)
    assert all(amount > 0 and debtor != creditor for (debtor, creditor), amount in found.items())
    for person in PEOPLE:
        owes = sum(amount for (debtor, _), amount in found.items() if debtor == person)
        has = sum(amount for (_, creditor), amount in found.items() if creditor == person)
        assert owes - has == covered[person]


def test_money_without_names_goes_to_what_is_due_first_then_to_what_is_to_come():
    own = [500_000, 500_000]
    rows = loan(own)
    due = rows[0].due
    siti_alone = Paid(due, 57_500, (Part("a", "a", 57_500),))
    group = Paid(due, 57_500)
    one, other = states([(date.min, rows)], members(own), [siti_alone, group], due)
    assert (one.paid, other.paid, other.unnamed, other.behind) == (57_500, 57_500, 57_500, 0)
    ahead = Paid(due, 100)
    one, other = states([(date.min, rows)], members(own), [siti_alone, group, ahead], due)
    assert (one.unnamed, other.unnamed) == (50, 57_550)


def test_two_who_paid_for_each_other_owe_only_the_difference():
    day = START
    payments = [
        Paid(day, 80, (Part("a", "b", 80),)),
        Paid(day + timedelta(days=1), 30, (Part("b", "a", 30),)),
    ]
    assert debts(payments, [], day) == {("b", "a"): 80}
    assert debts(payments, [], day + timedelta(days=1)) == {("b", "a"): 50}
    back = [PaidBack("b", "a", day + timedelta(days=2), 60)]
    assert debts(payments, back, day + timedelta(days=2)) == {("a", "b"): 10}


def test_what_is_paid_back_late_may_not_exceed_what_was_owed_on_any_day_since():
    first = Paid(START, 100, (Part("a", "b", 100),))
    later = PaidBack("b", "a", START + timedelta(days=5), 70)
    assert least_owed([first], [later], ("b", "a"), START) == 30
    assert least_owed([first], [], ("b", "a"), START - timedelta(days=1)) == 0


def test_who_overpays_while_another_is_behind_stands_in_for_her():
    own = [500_000, 500_000]
    rows = loan(own)
    on = rows[-1].due
    owed = sum(row.total for row in rows) // 2
    payments = [
        Paid(on, owed + 40_000, (Part("a", "a", owed + 40_000),)),
        Paid(on, owed - 30_000, (Part("b", "b", owed - 30_000),)),
    ]
    random.Random(1).shuffle(payments)
    siti, rina = states([(date.min, rows)], members(own), payments, on)
    assert (siti.over, siti.kept, rina.behind) == (40_000, 10_000, 30_000)


@settings(max_examples=80)
@given(histories(), days, days, st.integers(0, 2_000_000), st.integers(0, 90_000))
def test_a_new_schedule_is_shared_out_by_what_each_still_owed(history, start, on, principal, more):
    own, payments, _backs = history
    rows = loan(own)
    first_due = start + timedelta(days=30)
    new = segment_rows(
        principal=principal, service=more, instalments=3, first_due=first_due, every=(1, "months")
    )
    stages = [(date.min, rows), (start, new)] if start <= on else [(date.min, rows)]
    found = states(stages, members(own), payments, on)
    counting = [one for one in payments if one.counts_on(on)]
    assert sum(one.paid for one in found) == sum(one.amount for one in counting)
    if start <= on:
        before = sum(one.amount for one in counting if one.on < start)
        assert sum(one.carried for one in found) == before
        assert sum(one.owed for one in found) == before + principal + more
        paid_off = [
            one
            for one in states(
                [(date.min, rows)], members(own), [one for one in counting if one.on < start], on
            )
            if not one.left
        ]
        if len(paid_off) < len(own):
            by_id = {one.person_id: one for one in found}
            assert all(sum(due.total for due in by_id[one.person_id].dues) == 0 for one in paid_off)
