"""The fund's health by quarter, its inventory, and its cash and bank accounts on the last day."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loans
from pendamping.funds.upk import labels, queries
from pendamping.funds.upk.bank import reading as bank
from pendamping.funds.upk.books import cards
from pendamping.funds.upk.books.shape import Column, Month, Row, Table
from pendamping.funds.upk.closes import reading
from pendamping.funds.upk.queries import Card
from pendamping.funds.upk.rules.yearly import Span
from pendamping.funds.upk.yearly.shape import Part, money, text


def health(ward: str, span: Span) -> Part:
    """The five indicators at the end of each quarter in which money was lent."""
    days = [day for day in span.quarters if loans.lent_by(ward, day)]
    found = [queries.card(ward, day) for day in days]
    if not found:
        return Part("health", _("Health card"), [_("No money was lent yet.")])
    columns = [Column(_("Indicator"), "text", 30)]
    columns += [Column(date_format(day, "j M Y"), "text", 20) for day in days]
    keys = [one.key for one in found[-1].indicators]
    rows = [Row((_name(found[-1], key), *(_at(card, key) for card in found))) for key in keys]
    says = []
    if any(card.stopping for card in found):
        says.append(
            _("Where an indicator stands at “{suspend}”, new lending stops until a meeting lifts the stop.").format(
                suspend=labels.standing("suspend")
            )
        )  # fmt: skip
    return Part("health", _("Health card"), says, [Table(_("At the end of each quarter"), columns, rows)])  # fmt: skip


def _name(card: Card, key: str) -> str:
    one = next(each for each in card.indicators if each.key == key)
    return f"{one.short}: {one.name[labels.language()]}"


def _at(card: Card, key: str) -> str:
    """An indicator as it stood: ``12,5 %, satisfactory``."""
    one = next((each for each in card.indicators if each.key == key), None)
    if one is None or not one.share.whole:
        return labels.standing(None)
    return f"{one.share.percent()}, {labels.standing(one.standing)}"


def inventory(ward: str, span: Span) -> Part:
    """What the unit owns at the end, as book U5 has it."""
    month = Month(span.last.replace(day=1), span.last)
    title = _("Inventory")
    found = cards.inventory("u5", "", title, ward, month)
    rows = [Row(row.cells) for row in found.tables[0].rows]
    if not rows:
        return Part("inventory", title, [_("The UPK owns no things that stand in its books.")])
    table = Table(title, found.tables[0].columns, rows, found.tables[0].foot)
    return Part("inventory", title, (), [table], found.ties)


def cash(ward: str, span: Span) -> Part:
    """The cash box and each bank account on the last day: what the books say, what was counted or printed."""
    rows = [_counted(ward, span), *_banks(ward, span)]
    columns = [
        text(_("Where the money lies"), 30), money(_("In the books")),
        money(_("Counted, or on the statement")), money(_("Difference")), text(_("What explains it"), 40),
    ]  # fmt: skip
    table = Table(
        _("Cash and bank, {day}").format(day=date_format(span.last, "j F Y")), columns, rows
    )
    return Part("cash", _("Cash and bank"), (), [table])


def _counted(ward: str, span: Span) -> Row:
    held = books.balance(ward, "cash", span.last)
    found = reading.count_of(ward, span.last)
    name = _("Cash box")
    if found is None:
        return Row((name, held, None, None, _("not counted on this day")))
    said = found.why or _("counted before {who}").format(who=found.witnesses)
    return Row((name, held, found.counted, found.counted - held, said))


def _banks(ward: str, span: Span) -> list[Row]:
    rows = []
    for one in bank.used(ward, span.last):
        found = bank.balances(ward, one, span.last)
        if found.statement is None:
            nothing = _("no statement covers this day")
            rows.append(Row((f"{one.code} {one.name}", found.book, None, None, nothing)))
            continue
        still = len(found.open_bank) + len(found.open_book)
        said = _("lines still on their way: {count}").format(count=still) if still else _("agrees")
        gap = found.statement - found.book
        rows.append(Row((f"{one.code} {one.name}", found.book, found.statement, gap, said)))
    return rows
