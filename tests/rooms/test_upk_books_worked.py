"""The month of docs/worked/books.md, figure by figure."""

from datetime import date

import pytest

from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.upk.books import catalog
from pendamping.funds.upk.books.shape import Month
from pendamping.kernel.period import add_months
from tests import lending
from tests.gatherings import HELD, deviate
from tests.staging import staged

pytestmark = pytest.mark.django_db

DUE = date(2004, 8, 12)
AUGUST = Month(date(2004, 8, 1), date(2004, 8, 31))


@staged
def unit(cast):
    """Two groups of ten who borrow by the rules of the programme; the ward has raised its highest loan."""
    who = {"by": cast.treasurer, "ward": cast.ward}
    ledger.open_books(**who, on=date(2004, 2, 1))

    def voucher(on, kind, debit, credit, amount):
        ledger.record_voucher(
            **who, on=on, kind=kind, debit=debit, credit=credit, amount=amount, narration="Uji"
        )

    deviate(cast, "loans.p2kp2.ladder", [each * 1_000_000 for each in (3, 4, 5, 6)], since=HELD)
    deviate(cast, "loans.p2kp2.first_loan_max", 3_000_000, since=HELD)
    groups = [lending.form_group(cast, lending.residents_of(cast, 10)) for _ in range(2)]
    for group in groups:
        lending.prepare(cast, group)
    voucher(date(2004, 5, 10), "in", "cash", "programme_capital", 40_000_000)
    melati, kenanga = (
        lending.lend(cast, group, members=lending.asked(group, each))
        for group, each in zip(groups, (500_000, 3_000_000), strict=True)
    )
    voucher(date(2004, 8, 15), "transfer", "bank", "cash", 2_000_000)
    lending.pay(cast, melati, DUE, 575_000)
    lending.pay(cast, kenanga, DUE, 3_450_000)
    voucher(date(2004, 8, 20), "out", "transport", "cash", 25_000)
    cast.loans = [loan_book.loan(cast.ward, one.id) for one in (melati, kenanga)]
    return cast


def read(unit, key):
    return catalog.book(catalog.BY_KEY[key], unit.ward, AUGUST)


def test_the_cash_book_shows_each_voucher_by_its_day_with_the_balance_after_it(unit):
    [table] = read(unit, "u3").tables
    rows = [(row.cells[0].day, row.cells[1], *row.cells[4:]) for row in table.rows]
    assert rows == [
        (1, "", None, None, 5_200_000),
        (12, "A-2004-0010", 575_000, None, 5_775_000),
        (12, "A-2004-0011", 3_450_000, None, 9_225_000),
        (15, "C-2004-0001", None, 2_000_000, 7_225_000),
        (20, "B-2004-0003", None, 25_000, 7_200_000),
    ]
    assert table.foot[4:] == (4_025_000, 2_025_000, 7_200_000)


def test_the_rules_split_the_instalments_as_the_real_cash_book_does(unit):
    found = [loan_book.card(unit.ward, one.id, DUE) for one in unit.loans]
    rows = [(card.rows[0].row.principal, card.rows[0].row.service) for card in found]
    took = [(one.paid_principal, one.paid_service, one.overpaid) for one in unit.loans]
    assert rows == [(500_000, 75_000), (3_000_000, 450_000)]
    assert took == [(500_000, 75_000, 0), (3_000_000, 450_000, 0)]
    for card in found:
        assert [row.row.due for row in card.rows] == [add_months(DUE, each) for each in range(10)]
        assert (card.state.instalments_behind, card.state.collectibility) == (0, 1)


@pytest.mark.parametrize(("key", "total"), [("u1", 4_025_000), ("u2", 25_000)])
def test_money_in_and_money_out_add_up_to_the_cash_and_bank_books_without_transfers(
    unit, key, total
):
    found = read(unit, key)
    assert found.tables[0].foot[4:] == (total, 0)
    assert [(tie.amount, tie.other) for tie in found.ties] == [(total, total)]


def test_the_bank_book_holds_what_was_paid_in(unit):
    bank, joint = read(unit, "u4").tables
    assert (bank.foot[-1], joint.foot[-1]) == (2_000_000, 0)


def test_income_less_cost_is_the_profit_of_the_month_and_of_the_year(unit):
    for key in ("u9", "profit-loss"):
        income, cost, profit = read(unit, key).tables
        assert income.foot[2:] == (525_000, 525_000)
        assert cost.foot[2:] == (25_000, 25_000)
        assert [row.cells[2:] for row in profit.rows] == [(500_000, 500_000)]


def test_the_balance_sheet_balances_and_shows_profit_not_yet_closed(unit):
    found = read(unit, "balance-sheet")
    has, owes, owns = found.tables
    assert [row.cells[::2] for row in has.rows] == [
        ("11010", 7_200_000),
        ("11021", 2_000_000),
        ("11030", 31_500_000),
    ]
    assert [row.cells[::2] for row in owes.rows] == [("21020", 200_000)]
    assert (has.foot[2], owes.foot[2], owns.foot[2]) == (40_700_000, 200_000, 40_500_000)
    assert found.ties[0].holds


def test_the_trial_balance_moves_as_much_in_debit_as_in_credit(unit):
    found = read(unit, "u8")
    assert all(tie.holds for tie in found.ties)
    assert found.tables[0].foot[3] == 575_000 + 3_450_000 + 2_000_000 + 25_000
    assert books.check(unit.ward) == []
