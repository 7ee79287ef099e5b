"""A stage for tests of closed books: the cash counted, the reserve set aside, month after month."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk import queries as fund
from pendamping.kernel import clock
from pendamping.kernel.period import month_end
from pendamping.kernel.refusal import Refusal

NOTES = (100_000, 50_000, 20_000, 10_000, 5_000, 1_000, 500, 200, 100, 50, 25)


def in_pieces(amount):
    """The fewest notes and coins that make up an amount."""
    found = {}
    for value in NOTES:
        found[value], amount = divmod(amount, value)
    assert amount == 0
    return {value: number for value, number in found.items() if number}


def count(cast, on, amount=None, **more):
    """The cash of a day is counted the day after; by default what the books say."""
    there = books.balance(cast.ward, "cash", on) if amount is None else amount
    given = {"witnesses": "Contoh Saksi", **more}
    return upk.count_cash(
        by=cast.treasurer, ward=cast.ward, on=on, pieces=in_pieces(there), **given
    )


def prepare(cast, last):
    """What a close asks for, early in the next month."""
    if loan_book.lent_by(cast.ward, last):
        loans.set_reserve_aside(by=cast.treasurer, ward=cast.ward, month=last)
    count(cast, last)


def close(cast, last, approve=True):
    """Close a month on the third day after it, and approve it on the fourth."""
    with clock.at(last + timedelta(days=3)):
        prepare(cast, last)
        made = upk.close_month(by=cast.treasurer, ward=cast.ward, month=last)
    if approve:
        with clock.at(last + timedelta(days=4)):
            made = upk.approve_close(by=cast.chair, ward=cast.ward, close_id=made.id)
    return made


def close_through(cast, last):
    """Close and approve every month up to this one, and every year before it; the last close."""
    made = None
    while (month := fund.next_month(cast.ward)) <= month_end(last):
        if month.month == 1 and fund.unclosed_year(cast.ward, month):
            close_year(cast, month.year - 1)
        made = close(cast, month)
    return made


def close_year(cast, year):
    """The treasurer closes a year in the second week of January."""
    with clock.at(date(year + 1, 1, 10)):
        return upk.close_year(by=cast.treasurer, ward=cast.ward, year=year)


@contextmanager
def refused(*clauses):
    """What is done within is refused, for exactly these reasons."""
    with pytest.raises(Refusal) as caught:
        yield
    assert {reason.clause for reason in caught.value.reasons} == set(clauses)
