"""The page docs/worked/joint-liability.md, rupiah by rupiah."""

from datetime import date

import pytest

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.savings import queries as cards
from tests import lending
from tests.rooms.test_loans import fresh
from tests.rooms.test_loans_joint import FIRST, OWN, back, debts, sheet, two_cover
from tests.staging import staged

pytestmark = pytest.mark.django_db

AUGUST, SEPTEMBER, LATER = date(2004, 8, 12), date(2004, 9, 12), date(2004, 9, 20)


@staged
def loan(cast):
    lending.open_fund(cast)
    group = lending.form_group(cast)
    lending.prepare(cast, group)
    asked = [
        {**one, "amount": amount} for one, amount in zip(lending.asked(group), OWN, strict=True)
    ]
    return lending.lend(cast, group, members=asked)


def play(cast, loan):
    first = two_cover(cast, loan, AUGUST)
    lines = {f"_{place}": {"paid": amount} for place, amount in enumerate(FIRST)}
    lines["_2"] = {"paid": 10_000, "covers": [("reserve", 36_000)]}
    second = sheet(cast, loan, SEPTEMBER, **lines)
    back(cast, loan, 2, 0, 26_000, on=LATER)
    back(cast, loan, 2, "reserve", 30_000, on=LATER)
    return first, second


def test_the_worked_page_is_what_the_cards_and_the_books_say(cast, loan):
    first, second = play(cast, loan)
    [one] = first.repayments.all()
    assert (one.amount, one.principal, one.service) == (230_000, 200_000, 30_000)
    assert debts(loan, AUGUST) == {(2, 0): 26_000, (2, 1): 20_000}
    split = {bool(one.draw_id): (one.principal, one.service) for one in second.repayments.all()}
    assert split == {True: (6_000, 30_000), False: (194_000, 0)}
    assert cards.balance(loan.group_id, SEPTEMBER) == 64_000
    assert cards.balance(loan.group_id, LATER) == 94_000
    assert debts(loan, LATER) == {(2, 1): 20_000, (2, "reserve"): 6_000}
    found = loan_book.member_cards(fresh(loan), LATER)
    assert [
        (one.due, one.own, one.others, one.reserve, one.behind, one.left) for one in found.members
    ] == [
        (115_000, 115_000, 0, 0, 0, 460_000),
        (115_000, 115_000, 0, 0, 0, 460_000),
        (92_000, 10_000, 46_000, 36_000, 0, 368_000),
        (69_000, 69_000, 0, 0, 0, 276_000),
        (69_000, 69_000, 0, 0, 0, 276_000),
    ]
    names = ("due", "own", "others", "reserve", "behind", "left")
    together = [found.total(name) for name in names]
    assert together == [460_000, 378_000, 46_000, 36_000, 0, 1_840_000]
    assert books.balance(cast.ward, "cash") == 50_100_000 - 2_000_000 + 230_000 + 194_000 + 30_000
    assert books.balance(cast.ward, "savings") == -94_000
    assert breaks(cast.ward) == []
