"""How the year went in one page that a resident understands, and what becomes of the profit."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loans
from pendamping.funds.upk.books.shape import Column, Row, Table
from pendamping.funds.upk.closes import labels, reading, splitting
from pendamping.funds.upk.rules import year as sharing
from pendamping.funds.upk.rules import yearly as rules
from pendamping.funds.upk.rules.yearly import Span
from pendamping.funds.upk.yearly.money import beside, had_books, totals
from pendamping.funds.upk.yearly.shape import Part, money, number, text
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_

BECAME = {
    "none": N_("nothing was there"),
    "unpaid": N_("not paid out"),
    "part": N_("paid out in part"),
    "paid": N_("paid out"),
}


def summary(ward: str, span: Span) -> Part:
    """Loans given and to whom, what came back, income, cost, profit: this year and the year before."""
    now = loans.in_span(ward, span.first, span.last)
    known = had_books(ward, span.before[1])
    then = loans.in_span(ward, *span.before) if known else None
    earned, spent = totals(ward, span.first, span.last)
    before = totals(ward, *span.before) if known else (0, 0)
    counted = [
        (_("Loans given"), "loans"), (_("Groups that borrowed"), "groups"),
        (_("Members who borrowed"), "members"), (_("of them women"), "women"), (_("of them men"), "men"),
    ]  # fmt: skip
    lent = [(_("Lent to groups"), "lent"), (_("Principal that came back"), "principal"),
            (_("Service charge that came in"), "service")]  # fmt: skip
    sums = [
        *((name, getattr(now, key), getattr(then, key, None)) for name, key in lent),
        (_("Income"), earned, before[0]),
        (_("Cost"), spent, before[1]),
        (_("Profit or loss"), earned - spent, before[0] - before[1]),
    ]
    wide = 2 + known
    heads = [text(_("Line")), *beside(span, known=known, column=number)]
    people = [
        Row((name, getattr(now, key), getattr(then, key, None))[:wide]) for name, key in counted
    ]
    tables = [
        Table(_("Who borrowed"), heads, people),
        Table(_("Money of the year"), [text(_("Line")), *beside(span, known=known)], [Row(row[:wide]) for row in sums]),
    ]  # fmt: skip
    says = [_("Women and men are counted once each, however often they borrowed in the year.")]
    if not known:
        says.append(_("The books hold nothing of {year}.").format(year=span.year - 1))
    return Part("summary", _("How the year went"), says, tables)


# --- the profit ---------------------------------------------------------------------------------


def profit(ward: str, span: Span) -> Part:
    """How the profit is shared: as booked, as the meeting decided, or as the guideline proposes; and what became of
    the shares of earlier years."""
    says, table = _shares(ward, span)
    return Part("profit", _("Sharing of the profit"), [*says, *_last(ward, span)], [table, _funds(ward, span)])  # fmt: skip


def _shares(ward: str, span: Span) -> tuple[list[str], Table]:
    done, booked = reading.year_of(ward, span.year), reading.split_of(ward, span.year)
    if booked:
        said = _("Booked on {day} as the yearly meeting decided.").format(day=_day(booked.on))
        rows = [(one["key"], one["name"], one["percent"], one["amount"]) for one in booked.shares]
        return [said], _table(ward, span, rows, booked.shared)
    shares = reading.shares(ward, clock.today())
    decided = splitting.decided(ward, span.year, clock.today())
    percents = sharing.percents_of(decided.subject) if decided else {}
    said = (
        _("As the meeting of {day} decided; not booked yet.").format(day=_day(decided.meeting.held_on))
        if decided
        else _("A proposal by the guideline; the yearly meeting decides.")
    )  # fmt: skip
    parts = [
        sharing.Part(one["key"], percents.get(one["key"], 0) if decided else one["percent"], one["account"])
        for one in shares
    ]  # fmt: skip
    earned, spent = totals(ward, span.first, span.last)
    prior = -books.balance(ward, sharing.PRIOR_PROFIT, clock.today() if done else span.last)
    found = rules.proposal(earned - spent, prior, parts, closed=done is not None)
    rows = [
        (part.key, one["name"], part.percent, found.amounts[part.key])
        for one, part in zip(shares, parts, strict=True)
    ]
    return [said, *_held_back(ward, span, earned - spent, found.whole)], _table(ward, span, rows, found.whole)  # fmt: skip


def _held_back(ward: str, span: Span, made: int, whole: int) -> list[str]:
    """Why less than the profit, or nothing, can be shared."""
    if made <= 0:
        return [_("The year made no profit; there is nothing to share.")]
    if whole < made:
        return [
            _("Of the profit of {profit} losses of earlier years take up {losses}.").format(
                profit=format_rupiah(made), losses=format_rupiah(made - whole)
            )
        ]
    return []


def _day(on: date) -> str:
    return date_format(on, "j F Y")


def _table(
    ward: str, span: Span, rows: list[tuple[str, dict[str, str], int, int]], whole: int
) -> Table:
    columns = [
        text(_("Share")), number(_("Percentage")), Column(_("By the guideline"), "text", 20), money(_("Amount")),
    ]  # fmt: skip
    least = int(guidelines.section("profit", ward, clock.today()).get("min_capital_percent", reading.MIN_CAPITAL))  # fmt: skip
    offered = {one["key"]: f"{one['percent']} %" for one in reading.shares(ward, clock.today())}
    offered["capital"] = _("at least {least} %").format(least=least)
    shown = [
        Row((name[labels.language()], percent, offered.get(key, "–"), amount))
        for key, name, percent, amount in rows
    ]
    return Table(
        _("Profit of {year}").format(year=span.year), columns, shown,
        (_("Shared"), sum(row[2] for row in rows), "", whole),
    )  # fmt: skip


def _last(ward: str, span: Span) -> list[str]:
    """Whether the profit of the year before was shared, and when."""
    before = span.year - 1
    booked = reading.split_of(ward, before)
    if booked:
        return [
            _("The profit of {year} was shared on {day}: {amount}.").format(
                year=before, day=_day(booked.on), amount=format_rupiah(booked.shared)
            )
        ]
    if not had_books(ward, span.eve):
        return []
    done = reading.year_of(ward, before)
    if done and done.profit > 0:
        return [_("The profit of {year} has not been shared.").format(year=before)]
    return []


def _funds(ward: str, span: Span) -> Table:
    """What each share set apart of earlier profits held in the year, and what was paid out of it."""
    turned = books.turnovers(ward, span.first, span.last)
    rows = []
    for one in reading.funds(ward):
        found = turned.get(one.key, books.Turnover())
        held, paid = -found.opening + found.credit, found.debit
        said = _(BECAME[rules.became(held, paid)])
        rows.append(Row((one.name, -found.opening, found.credit, paid, -found.stands, said)))
    columns = [
        text(_("Set apart of earlier profit for"), 30), money(_("At the beginning")), money(_("Set apart")),
        money(_("Paid out")), money(_("Still there")), text(_("What became of it"), 22),
    ]  # fmt: skip
    return Table(_("What became of the shares of earlier years"), columns, rows)
