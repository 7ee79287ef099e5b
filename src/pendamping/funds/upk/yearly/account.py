"""The account of a year as a whole."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.funds.ledger import queries as books
from pendamping.funds.upk.books.papers import printed_table
from pendamping.funds.upk.closes import labels, reading
from pendamping.funds.upk.rules import yearly as rules
from pendamping.funds.upk.rules.yearly import Span
from pendamping.funds.upk.yearly import deciding, holding, money, standing, summary
from pendamping.funds.upk.yearly.shape import Account, Builder
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock, memory

PARTS: tuple[Builder, ...] = (
    summary.summary,
    summary.profit,
    money.income_cost,
    money.balance,
    standing.portfolio,
    standing.saved,
    holding.health,
    holding.inventory,
    holding.cash,
)
UNIT, SUPERVISORS = "upk", "supervisors"


def span_of(ward: str, year: int) -> Span | None:
    """A year of which the ward has books, up to today; ``None`` where it has none."""
    found, opened = rules.span(year, clock.today()), books.opened_on(ward)
    return found if found and opened and opened <= found.last else None


def account(ward: str, span: Span) -> Account:
    """The account of a year: final where the year is closed, provisional before."""
    with memory.remembering(look=True):
        state, final = _state(ward, span)
        return Account(
            ward, span, state, final, _keepers(ward, span.last),
            [build(ward, span) for build in PARTS], deciding.decisions(ward, span),
        )  # fmt: skip


def in_short(ward: str, year: int) -> list[tuple[str, list[str], list[list[str]], str]]:
    """How a year went and what becomes of its profit, for the packet of the yearly meeting: title, heading, rows and
    note of each table, every cell a text; empty where the ward has no books of it.
    """
    span = span_of(ward, year)
    if span is None:
        return []
    found = []
    for part in (summary.summary(ward, span), summary.profit(ward, span)):
        note = " ".join(part.says)
        for table in part.tables:
            printed = printed_table(table)
            foot = [printed["foot"]] if printed["foot"] else []
            title = f"UPK {year}: {table.title}"
            found.append((title, printed["head"], [*printed["rows"], *foot], note))
            note = ""
    return found


def _state(ward: str, span: Span) -> tuple[str, bool]:
    done = reading.year_of(ward, span.year)
    if done:
        said = _("The year is closed, by {who} on {day}.")
        return said.format(who=labels.closer(done), day=_day(done.closed_on)), True
    said = _("Provisional: the year is not closed; figures as of {day}.")
    return said.format(day=_day(span.last)), False


def _day(on: date) -> str:
    return date_format(on, "j F Y")


def _keepers(ward: str, on: date) -> list[tuple[str, str]]:
    """Who answers for the year: the officers of the unit, the coordinator of the board, the supervisors."""
    seats = institutions.held_seats(ward, on)
    of_kind = {
        kind: [seat.name for seat in seats if seat.body.kind == kind]
        for kind in (UNIT, SUPERVISORS)
    }
    unit = of_kind[UNIT] or access.book_keepers(ward)
    board = [
        seat.name
        for seat in seats
        if seat.body.kind == institutions.BOARD and seat.role == "coordinator"
    ]
    return [
        (_("Finance unit (UPK)"), ", ".join(unit)),
        (_("Coordinator of the board"), ", ".join(board)),
        (_("Supervisors of the UPK"), ", ".join(of_kind[SUPERVISORS])),
    ]
