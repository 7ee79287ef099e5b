"""The short way to split a payment gives what the written-out schedule gives."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.funds.loans.rules.allocation import Paid, allocate
from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.funds.loans.rules.plain import PlainTerms, split

loans = st.builds(
    PlainTerms,
    principal=st.integers(1, 50_000_000),
    rate_bp=st.integers(0, 500),
    instalments=st.integers(1, 36),
    grace_months=st.integers(0, 6),
    disbursed=st.dates(date(2003, 1, 1), date(2005, 12, 31)),
)


@given(
    loans,
    st.lists(st.tuples(st.integers(1, 400), st.integers(1, 9_000_000)), min_size=1, max_size=12),
    st.sampled_from(["service-first", "instalment-order"]),
)
def test_any_payments_are_split_as_the_schedule_splits_them(terms, payments, order):
    rows = book_schedule(
        principal=terms.principal,
        rate_bp=terms.rate_bp,
        instalments=terms.instalments,
        grace_months=terms.grace_months,
        disbursed=terms.disbursed,
    )
    assert terms.service == sum(row.service for row in rows)
    paid, day = Paid(), terms.disbursed
    for days, amount in payments:
        day += timedelta(days=days)
        assert terms.due(day) == sum(row.due <= day for row in rows)
        expected = allocate(rows, amount, day, paid, order)
        found = split(terms, amount, day, paid, order)
        assert found == Paid(expected.principal, expected.service, expected.overpaid)
        paid = Paid(
            paid.principal + found.principal,
            paid.service + found.service,
            paid.overpaid + found.overpaid,
        )


def test_a_late_group_pays_all_the_service_that_is_due_before_any_principal():
    loan = PlainTerms(2_500_000, 150, 10, 2, date(2004, 5, 12))
    found = split(loan, 300_000, date(2004, 10, 12), Paid())
    assert found == Paid(principal=187_500, service=112_500, overpaid=0)


def test_an_early_group_pays_instalment_by_instalment():
    loan = PlainTerms(2_500_000, 150, 10, 2, date(2004, 5, 12))
    found = split(loan, 300_000, date(2004, 6, 1), Paid())
    assert found == Paid(principal=250_000, service=50_000, overpaid=0)
