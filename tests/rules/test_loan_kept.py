"""What members have paid, kept from payment to payment, is what the whole history says."""

from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from pendamping.funds.loans.rules import joint, kept
from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.funds.loans.rules.joint import RESERVE, Paid, Part
from pendamping.funds.loans.rules.kept import Kept
from pendamping.funds.loans.rules.plain import PlainTerms

PAID_OUT = date(2004, 1, 31)
amounts = st.integers(1, 5_000_000)


@st.composite
def histories(draw):
    """A loan's terms, its members, and payments on ever later days, with and without names."""
    parts = draw(st.lists(amounts, min_size=1, max_size=6))
    terms = PlainTerms(
        sum(parts),
        draw(st.integers(0, 300)),
        draw(st.integers(1, 24)),
        draw(st.integers(0, 6)),
        PAID_OUT + timedelta(days=draw(st.integers(0, 60))),
    )
    persons = [f"person {number}" for number in range(len(parts))]
    day, payments = terms.disbursed, []
    for _ in range(draw(st.integers(0, 10))):
        day += timedelta(days=draw(st.integers(1, 120)))
        named = draw(
            st.lists(
                st.builds(
                    Part, st.sampled_from([*persons, RESERVE]), st.sampled_from(persons), amounts
                ),
                max_size=4,
            )
        )
        whole = sum(one.amount for one in named) or draw(amounts)
        payments.append(Paid(day, whole, tuple(named)))
    return terms, persons, parts, payments


def by_history(terms, persons, parts, payments, on):
    rows = book_schedule(
        principal=terms.principal,
        rate_bp=terms.rate_bp,
        instalments=terms.instalments,
        grace_months=terms.grace_months,
        disbursed=terms.disbursed,
    )
    members = [(one, one, amount) for one, amount in zip(persons, parts, strict=True)]
    return joint.states([(date.min, rows)], members, payments, on)


@given(histories(), st.integers(0, 500))
def test_payment_by_payment_it_is_what_the_whole_history_says(history, later):
    terms, persons, parts, payments = history
    known = [Kept(amount) for amount in parts]
    on = terms.disbursed
    for payment in payments:
        on = payment.on
        if payment.parts:
            known = kept.named(known, persons, payment.parts)
        else:
            known = kept.unnamed(terms, known, on, payment.amount)
    on += timedelta(days=later)
    whole = by_history(terms, persons, parts, payments, on)
    assert known == kept.of_states(whole)
    assert kept.behind(terms, known, on) == [one.behind for one in whole]
    assert kept.left(terms, known) == [one.left for one in whole]
    assert sum(one.paid for one in known) == sum(one.amount for one in payments)


@given(st.lists(st.builds(Kept, amounts, amounts, amounts, amounts, amounts)))
@example([])
def test_what_is_stored_is_read_back(known):
    assert kept.read(kept.written(known)) == known


def test_a_treasurer_can_check_it_by_hand():
    """Two borrow 600,000 and 400,000 over ten months at 1.5 %: 60,000 + 9,000 and 40,000 + 6,000 each."""
    terms = PlainTerms(1_000_000, 150, 10, 0, date(2004, 5, 12))
    start = [Kept(600_000), Kept(400_000)]
    first = kept.unnamed(terms, start, date(2004, 6, 12), 57_500)  # half of the instalment
    assert [one.unnamed for one in first] == [34_500, 23_000]
    assert kept.behind(terms, first, date(2004, 6, 12)) == [34_500, 23_000]
    second = kept.named(first, ["Siti", "Rina"], [Part("Siti", "Siti", 34_500)])
    third = kept.named(second, ["Siti", "Rina"], [Part("Siti", "Rina", 23_000)])
    assert third == [Kept(600_000, own=34_500, unnamed=34_500), Kept(400_000, 0, 23_000, 0, 23_000)]
    assert kept.behind(terms, third, date(2004, 6, 12)) == [0, 0]
    assert kept.left(terms, third) == [690_000 - 69_000, 460_000 - 46_000]
