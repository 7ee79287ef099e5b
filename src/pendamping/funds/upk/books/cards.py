"""U6 and U7, the cards; LU-04 and LU-06, their registers; collectibility: each tied to its account."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loans
from pendamping.funds.savings import queries as savings
from pendamping.funds.upk.books.shape import Book, Column, Month, Row, Table, Tie
from pendamping.funds.upk.inventory import reading as things
from pendamping.kernel.refusal import N_

CLASSES = {  # said when they are read
    1: N_("current"),
    2: N_("special mention"),
    3: N_("substandard"),
    4: N_("doubtful"),
    5: N_("loss"),
}


def _loan_url(ward: str, loan: Any) -> str:
    return reverse("loans:loan", kwargs={"ward": ward, "loan": loan.id})


def _tie(ward: str, month: Month, label: str, amount: int, key: str, sign: int) -> Tie:
    account = books.account(ward, key)
    name = f"{account.code} {account.name}" if account else key
    return Tie(label, amount, name, sign * books.balance(ward, key, month.last))


# --- loans -----------------------------------------------------------------------------------------


def loan_register(key: str, code: str, name: str, ward: str, month: Month) -> Book:
    """LU-04: every loan that was paid out, what is owed of it and in which class it stands."""
    book = loans.book(ward, month.last)
    rows = [
        Row(
            (
                row.loan.code,
                row.loan.group_name,
                row.loan.disbursed,
                row.loan.principal,
                row.loan.instalments,
                row.loan.principal - row.state.outstanding_principal,
                row.state.outstanding_principal,
                row.state.arrears_principal,
                row.state.arrears_service,
                row.state.collectibility,
            ),
            _loan_url(ward, row.loan),
        )
        for row in book.rows
        if not row.state.written_off
    ]
    columns = [
        Column(_("Loan"), "text", 10),
        Column(_("Group"), "text", 28),
        Column(_("Paid out on"), "date", 13),
        Column(_("Principal"), "rupiah", 16),
        Column(_("Instalments"), "number", 9),
        Column(_("Principal paid"), "rupiah", 16),
        Column(_("Outstanding"), "rupiah", 16),
        Column(_("Arrears of principal"), "rupiah", 16),
        Column(_("Arrears of service charge"), "rupiah", 16),
        Column(_("Class"), "number", 8),
    ]
    sums = [sum(row.cells[place] for row in rows) for place in (3, 5, 6, 7, 8)]
    foot = ("", _("Total"), None, sums[0], None, *sums[1:], None)
    tie = _tie(ward, month, _("Outstanding in the register"), sums[2], "loans", 1)
    return Book(key, code, name, [Table(name, columns, rows, foot)], [tie])


def loan_cards(key: str, code: str, name: str, ward: str, month: Month) -> Book:
    """U6: the cards that stand open, or had a payment this month; each card whole in the workbook."""
    found = [
        row
        for row in loans.book(ward, month.last).rows
        if row.state.active or any(month.first <= one.paid_on <= month.last for one in row.loan.repayments.all())
    ]  # fmt: skip
    rows = [
        Row(
            (
                row.loan.code,
                row.loan.group_name,
                row.loan.principal,
                row.state.outstanding_principal,
                row.state.arrears_principal + row.state.arrears_service,
            ),
            _loan_url(ward, row.loan),
        )
        for row in found
    ]
    columns = [
        Column(_("Loan"), "text", 12),
        Column(_("Group"), "text", 30),
        Column(_("Principal"), "rupiah", 18),
        Column(_("Outstanding"), "rupiah", 18),
        Column(_("Arrears"), "rupiah", 18),
    ]
    sums = [sum(row.cells[place] for row in rows) for place in (2, 3, 4)]
    table = Table(name, columns, rows, ("", _("Total"), *sums))
    tie = _tie(ward, month, _("Outstanding on the cards"), sums[1], "loans", 1)
    return Book(
        key, code, name, [table], [tie], lambda: [_loan_card(row.loan, month) for row in found]
    )


def _loan_card(loan: Any, month: Month) -> Table:
    columns = [
        Column(_("Day"), "date", 12),
        Column(_("Receipt"), "text", 14),
        Column(_("Principal"), "rupiah", 18),
        Column(_("Service charge"), "rupiah", 18),
        Column(_("Amount"), "rupiah", 18),
        Column(_("Outstanding"), "rupiah", 18),
    ]
    return Table(f"{loan.code} {loan.group_name}", columns, _payments(loan, month))


def _payments(loan: Any, month: Month) -> Iterator[Row]:
    yield Row((loan.disbursed, _("Paid out"), None, None, None, loan.principal))
    if loan.taken_over_on:
        had = loan.taken_principal, loan.taken_service
        left = loan.principal - loan.taken_principal
        yield Row((loan.taken_over_on, _("From the old book"), *had, sum(had), left))
    for one in loans.card_lines_of(loan, month.last):
        cells = (one.on, one.name, one.principal, one.service, one.amount, one.left)
        yield Row(cells)


def collectibility(key: str, code: str, name: str, ward: str, month: Month) -> Book:
    """The five classes: loans, what is outstanding, the reserve they need."""
    reserve = loans.reserve_at(ward, month.last)
    whole = sum(one["outstanding"] for one in reserve.by_class)
    named = {number: _(words) for number, words in CLASSES.items()}
    rows = [
        Row(
            (
                one["number"],
                named[one["number"]],
                one["loans"],
                one["outstanding"],
                f"{100 * one['outstanding'] / whole:.1f} %".replace(".", ",") if whole else "–",
                f"{one['percent']} %" if one["loans"] else "–",
                one["reserve"],
            )
        )
        for one in reserve.by_class
    ]
    columns = [
        Column(_("Class"), "number", 8),
        Column(_("Name"), "text", 24),
        Column(_("Loans"), "number", 10),
        Column(_("Outstanding"), "rupiah", 20),
        Column(_("Share"), "text", 10),
        Column(_("Reserve in percent"), "text", 12),
        Column(_("Reserve needed"), "rupiah", 20),
    ]
    count = sum(one["loans"] for one in reserve.by_class)
    foot = (None, _("Total"), count, whole, "", "", reserve.needed)
    tie = _tie(ward, month, _("Outstanding in all classes"), whole, "loans", 1)
    return Book(key, code, name, [Table(name, columns, rows, foot)], [tie])


# --- savings -----------------------------------------------------------------------------------------


def savings_register(key: str, code: str, name: str, ward: str, month: Month) -> Book:
    """LU-06: what each group has put by."""
    rows = [_saver(ward, one) for one in savings.register(ward, month.last)]
    columns = [
        Column(_("Group"), "text", 32),
        Column(_("Months in a row"), "number", 12),
        Column(_("Last deposit"), "date", 14),
        Column(_("Saved"), "rupiah", 20),
    ]
    total = sum(row.cells[3] for row in rows)
    table = Table(name, columns, rows, (_("Total"), None, None, total))
    tie = _tie(ward, month, _("Savings in the register"), total, "savings", -1)
    return Book(key, code, name, [table], [tie])


def _saver(ward: str, one: Any) -> Row:
    url = reverse("savings:card", kwargs={"ward": ward, "group": one.group.id})
    return Row((one.group.name, one.months, one.last, one.balance), url)


def savings_cards(key: str, code: str, name: str, ward: str, month: Month) -> Book:
    """U7: each group's card, of the month; each card whole in the workbook."""
    found = savings.register(ward, month.last)
    rows, more = [], []
    for one in found:
        lines = savings.card(one.group.id, month.last)
        this_month = [line.amount for line in lines if line.on >= month.first]
        url = reverse("savings:card", kwargs={"ward": ward, "group": one.group.id})
        came = sum(amount for amount in this_month if amount > 0)
        went = -sum(amount for amount in this_month if amount < 0)
        cells = (one.group.name, one.balance - came + went, came, went, one.balance)
        rows.append(Row(cells, url))
        if lines:
            more.append(_savings_card(one.group.name, lines))
    columns = [
        Column(_("Group"), "text", 32),
        Column(_("Opening balance"), "rupiah", 18),
        Column(_("In"), "rupiah", 18),
        Column(_("Out"), "rupiah", 18),
        Column(_("Running balance"), "rupiah", 18),
    ]
    sums = [sum(row.cells[place] for row in rows) for place in (1, 2, 3, 4)]
    tie = _tie(ward, month, _("Savings on the cards"), sums[3], "savings", -1)
    return Book(
        key, code, name, [Table(name, columns, rows, (_("Total"), *sums))], [tie], lambda: more
    )


def _savings_card(name: str, lines: list[savings.CardLine]) -> Table:
    columns = [
        Column(_("Day"), "date", 12),
        Column(_("Receipt"), "text", 14),
        Column(_("In"), "rupiah", 18),
        Column(_("Out"), "rupiah", 18),
        Column(_("Running balance"), "rupiah", 18),
    ]
    rows = [
        Row(
            (
                line.on,
                line.movement.receipt,
                max(line.amount, 0) or None,
                max(-line.amount, 0) or None,
                line.balance,
            )
        )
        for line in lines
    ]
    return Table(name, columns, rows)


# --- inventory ---------------------------------------------------------------------------------------


def inventory(key: str, code: str, name: str, ward: str, month: Month) -> Book:
    """U5: what the unit owns, what it cost, what has been taken off."""
    rows = [
        Row(
            (
                one.item.name,
                one.item.bought_on,
                one.item.life_months,
                one.item.cost,
                one.taken_off,
                one.worth,
            ),
            reverse("upk:item", kwargs={"ward": ward, "item": one.item.id}),
        )
        for one in things.held(ward, month.last)
    ]
    columns = [
        Column(_("Thing"), "text", 34),
        Column(_("Bought on"), "date", 13),
        Column(_("Months of use"), "number", 12),
        Column(_("Price"), "rupiah", 18),
        Column(_("Taken off"), "rupiah", 18),
        Column(_("Worth in the books"), "rupiah", 18),
    ]
    sums = [sum(row.cells[place] for row in rows) for place in (3, 4, 5)]
    ties = [
        _tie(ward, month, _("Prices in the register"), sums[0], "fixed_assets", 1),
        _tie(ward, month, _("Taken off in the register"), sums[1], "depreciation", -1),
    ]
    table = Table(name, columns, rows, (_("Total"), None, None, *sums))
    return Book(key, code, name, [table], ties)
