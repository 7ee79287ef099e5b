"""The loan book at both ends of the year: classes and reserve, who is behind, what was written off; savings."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loans
from pendamping.funds.loans.rules.hiding import hidden_groups
from pendamping.funds.savings import queries as savings
from pendamping.funds.upk.books.cards import CLASSES
from pendamping.funds.upk.books.shape import Column, Row, Table, Tie
from pendamping.funds.upk.rules.yearly import Span
from pendamping.funds.upk.yearly.money import ends
from pendamping.funds.upk.yearly.shape import Part, money, number, text
from pendamping.guidelines import queries as guidelines

LEAST_SHOWN = 5


def portfolio(ward: str, span: Span) -> Part:
    """Collectibility and reserve at both ends, the loans in arrears, what was written off and recovered."""
    then, now = (loans.reserve_at(ward, day) for day in (span.eve, span.last))
    owed = sum(one["outstanding"] for one in now.by_class)
    tie = Tie(
        _("Outstanding in all classes"), owed, _account(ward, "loans"),
        books.balance(ward, "loans", span.last),
    )  # fmt: skip
    says = []
    if now.needed > now.held:
        says.append(_("The reserve is smaller than the loans need; it is filled before profit is shared."))  # fmt: skip
    tables = [
        _classes(span, then, now),
        _reserve(span, then, now),
        behind(ward, span),
        _written_off(ward, span),
    ]
    return Part("portfolio", _("Loans, arrears and reserve"), says, tables, [tie])


def _account(ward: str, key: str) -> str:
    found = books.account(ward, key)
    return f"{found.code} {found.name}" if found else key


def _classes(span: Span, then: Any, now: Any) -> Table:
    days = [date_format(day, "j M Y") for day in (span.eve, span.last)]
    columns = [text(_("Class"), 26)]
    for day in days:
        columns += [
            number(_("Loans, {day}").format(day=day), 12),
            money(_("Outstanding, {day}").format(day=day)),
        ]
    rows = [
        Row(
            (
                f"{old['number']} {_(CLASSES[old['number']])}",
                old["loans"], old["outstanding"], new["loans"], new["outstanding"],
            )
        )
        for old, new in zip(then.by_class, now.by_class, strict=True)
    ]  # fmt: skip
    sums = [sum(row.cells[place] for row in rows) for place in range(1, 5)]
    return Table(_("Collectibility"), columns, rows, (_("Total"), *sums))


def _reserve(span: Span, then: Any, now: Any) -> Table:
    rows = [
        Row((_("What the loans need"), then.needed, now.needed)),
        Row((_("What the books hold"), then.held, now.held)),
    ]
    return Table(
        _("Reserve for loans that may not come back"), [text(_("Line")), *ends(span)], rows
    )


def behind(ward: str, span: Span) -> Table:
    """The groups that are behind at the end. A group of few members stands without its name, together with
    others, as on the public board: what is read out names no person.
    """
    book = loans.book(ward, span.last)
    of_group: dict[str, list[Any]] = defaultdict(list)
    for row in book.rows:
        of_group[row.loan.group_id].append(row)
    least = int(guidelines.section("transparency", ward, span.last).get("least_shown", LEAST_SHOWN))
    sizes = {
        key: min(len(row.loan.members.all()) for row in rows) for key, rows in of_group.items()
    }
    hidden = hidden_groups(sizes, least).groups
    late = {key: [row for row in rows if row.state.late] for key, rows in of_group.items()}
    named = [
        (rows[0].loan.group_name, rows) for key, rows in late.items() if rows and key not in hidden
    ]
    few = [row for key in sorted(hidden) for row in late[key]]
    shown = [_late(name, rows) for name, rows in sorted(named, key=lambda pair: pair[0])]
    if few:
        shown.append(_late(_("Groups of few members, together"), few))
    columns = [
        text(_("Group"), 32), money(_("Outstanding")), money(_("Late, principal and service")),
        number(_("Instalments late")), Column(_("Class"), "text", 10),
    ]  # fmt: skip
    sums = [sum(row.cells[place] for row in shown) for place in (1, 2)]
    return Table(_("Loans in arrears"), columns, shown, (_("Total"), *sums, None, None))


def _late(name: str, rows: Sequence[Any]) -> Row:
    states = [row.state for row in rows]
    worst = max((one.collectibility or 0 for one in states), default=0)
    return Row(
        (
            name, sum(one.outstanding_principal for one in states), sum(one.late for one in states),
            sum(one.late_count for one in states), str(worst) if worst else "–",
        )
    )  # fmt: skip


def _written_off(ward: str, span: Span) -> Table:
    found = loans.in_span(ward, span.first, span.last)
    rows = [
        Row((_("Written off in the year, by decision of a meeting"), found.write_offs, found.written_off)),
        Row((_("Came in of loans that were written off"), None, found.recovered)),
    ]  # fmt: skip
    columns = [text(_("Loans that were lost"), 44), number(_("Loans")), money(_("Amount"))]
    return Table(_("Written off and recovered"), columns, rows)


# --- savings ------------------------------------------------------------------------------------


def saved(ward: str, span: Span) -> Part:
    """What the groups have put by: at the beginning, what came and went, at the end."""
    turned = books.turnovers(ward, span.first, span.last).get("savings", books.Turnover())
    register = savings.register(ward, span.last)
    total = sum(one.balance for one in register)
    rows = [
        Row((_("At the beginning of the year"), -turned.opening)),
        Row((_("Came in"), turned.credit)),
        Row((_("Went out"), -turned.debit)),
    ]
    table = Table(
        _("Savings of the groups"),
        [text(_("Line")), money(_("Amount"))],
        rows,
        (date_format(span.last, "j F Y"), -turned.stands),
    )
    savers = sum(one.balance > 0 for one in register)
    says = [_("Groups with savings: {savers} of {groups}.").format(savers=savers, groups=len(register))]  # fmt: skip
    tie = Tie(_("Savings on the cards"), total, _account(ward, "savings"), -turned.stands)
    return Part("savings", _("Savings"), says, [table], [tie])
