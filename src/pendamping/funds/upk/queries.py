"""Reading the health of a ward's fund: every figure from the journal and the loan cards."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import gate
from pendamping.funds.loans import queries as loans
from pendamping.funds.loans.rules.bands import Bands, Standing
from pendamping.funds.upk import rules, taken
from pendamping.funds.upk.books import catalog
from pendamping.funds.upk.closes import locking
from pendamping.funds.upk.closes import said as counted
from pendamping.funds.upk.closes.reading import (
    close_due,
    close_of,
    closes,
    count_of,
    next_month,
    overdue,
    unclosed_year,
    waiting,
)
from pendamping.funds.upk.models import HealthMonth
from pendamping.funds.upk.opening import term
from pendamping.funds.upk.opening.begun import opening
from pendamping.funds.upk.yearly.owing import due as account_due
from pendamping.funds.upk.yearly.owing import owed as account_owed
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.period import month_end
from pendamping.kernel.refusal import Reason
from pendamping.kernel.share import Share
from pendamping.trail import queries as trail

LOST = 5  # the worst class, also of a loan whose last day is past
__all__ = [
    "account_due",
    "account_owed",
    "close_due",
    "closes",
    "count_of",
    "next_month",
    "opening",
    "overdue",
    "unclosed_year",
    "waiting",
]


def approval(ward: str, on: date) -> tuple[str, date] | None:
    """Who approved the close of the month of a day, by user name, and when; ``None`` while nobody has."""
    found = close_of(ward, month_end(on))
    if found is None or found.approved_by is None or found.approved_on is None:
        return None
    return found.approved_by.username, found.approved_on


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as it is read: how the guideline words it, its figures, where it stands."""

    key: str
    short: str
    name: Mapping[str, str]
    numerator: Mapping[str, str]
    denominator: Mapping[str, str]
    bands: Bands
    share: Share
    standing: Standing | None

    @property
    def in_money(self) -> bool:
        """Whether it counts rupiah."""
        return self.key in rules.MONEY

    def as_json(self) -> dict[str, Any]:
        """What is kept of it."""
        return {
            "key": self.key,
            "short": self.short,
            "part": self.share.part,
            "whole": self.share.whole,
            "standing": self.standing,
        }


@dataclass(frozen=True, slots=True)
class Card:
    """The health card at the end of a day; sums in whole rupiah.

    ``moved``: (account, amount) of income and cost since 1 January, income positive. ``at_risk``: the
    loans behind LAR, PAR and RR, ``least`` or more instalments behind; ``uncounted``: those of the worst
    class that these leave out, because fewer instalments are short. ``flow``: collections over dues of the month so far.
    """

    on: date
    indicators: list[Indicator]
    flow: Share
    flow_since: date
    at_risk: list[loans.BookRow]
    uncounted: list[loans.BookRow]
    least: int
    income: list[tuple[Any, int]]
    costs: list[tuple[Any, int]]
    capital: list[tuple[Any, int]]
    stops_on: str

    @property
    def uncounted_share(self) -> Share:
        """What is open of the ``uncounted``, of all that is open; whole rupiah."""
        par = next((one.share for one in self.indicators if one.key == "par"), Share(0, 0))
        return Share(sum(row.state.outstanding_principal for row in self.uncounted), par.whole)

    @property
    def findings(self) -> list[rules.Finding]:
        """The indicators as the rules take them."""
        return [rules.Finding(one.key, one.share, one.standing) for one in self.indicators]

    @property
    def standing(self) -> Standing | None:
        """Where the fund as a whole stands."""
        return rules.overall(self.findings)

    @property
    def stopping(self) -> list[Indicator]:
        """The indicators for which new lending stops."""
        keys = {one.key for one in rules.stopping(self.findings, self.stops_on)}
        return [one for one in self.indicators if one.key in keys]


def card(ward: str, on: date, found: loans.Book | None = None) -> Card:
    """The health card of a ward's fund at the end of a day, from the same journal as everything.

    ``found``: the loan book of that day, where it was read already.
    """
    book = found or loans.book(ward, on)
    first = rules.since(on)
    moved = books.moved(ward, first, on, types=("income", "expense"))
    income = [(one, -amount) for one, amount in moved if one.type == "income"]
    costs = [(one, amount) for one, amount in moved if one.type == "expense"]
    capital = [
        (row.account, row.credit - row.debit)
        for row in books.trial_balance(ward, on)
        if row.account.type == "equity"
        and row.account.key not in rules.NO_CAPITAL
        and row.credit - row.debit
    ]
    earned, spent = _sum(income), _sum(costs)
    shares = {
        "lar": book.figures.lar,
        "par": book.figures.par,
        "rr": book.figures.rr,
        "ccr": rules.coverage(earned, spent),
        "roi": rules.yearly_return(earned - spent, _sum(capital), on),
    }
    section = guidelines.section("indicators", ward, on)
    suspension = guidelines.section("suspension", ward, on)
    month = on.replace(day=1)
    least = int(suspension.get("at_risk_from_behind", 3))
    return Card(
        on=on,
        indicators=[
            _indicator(key, section[key], shares[key]) for key in rules.ORDER if key in section
        ],
        flow=rules.flow(*loans.flow(book, month)),
        flow_since=month,
        at_risk=[row for row in book.rows if row.state.active and row.state.risk_behind >= least],
        uncounted=_uncounted(book, least),
        least=least,
        income=income,
        costs=costs,
        capital=capital,
        stops_on=str(suspension.get("on_band", "suspend")),
    )


def _uncounted(book: loans.Book, least: int) -> list[loans.BookRow]:
    """Running loans of the worst class that fewer instalments behind leave out of LAR, PAR and RR."""
    return [
        row
        for row in book.rows
        if row.state.active and row.state.collectibility == LOST and row.state.risk_behind < least
    ]


def _sum(pairs: list[tuple[Any, int]]) -> int:
    return sum(amount for _, amount in pairs)


def _indicator(key: str, value: Mapping[str, Any], share: Share) -> Indicator:
    bands = Bands.of(value)
    return Indicator(
        key,
        value["short"],
        value["name"],
        value["numerator"],
        value["denominator"],
        bands,
        share,
        bands.judge(share),
    )


def months(ward: str) -> list[HealthMonth]:
    """The cards that were taken into the record, the latest month first."""
    return list(HealthMonth.objects.filter(ward=ward).order_by("-month"))


def latest(wards: Collection[str]) -> dict[str, HealthMonth]:
    """The last card that each ward took into the record, asked once."""
    last = HealthMonth.objects.filter(ward=OuterRef("ward")).order_by("-month").values("month")[:1]
    found = HealthMonth.objects.filter(ward__in=wards, month=Subquery(last))
    return {one.ward: one for one in found}


def kept(ward: str, month: date) -> HealthMonth | None:
    """The card of the month ending on this day, where it was taken into the record."""
    return HealthMonth.objects.filter(ward=ward, month=month).first()


def missing(ward: str, on: date) -> date | None:
    """The last month that ended by a day, where money is lent and its card is not in the record, or older
    than what the books say of that month.
    """
    month = rules.last_month(on)
    known = kept(ward, month)
    if (known and not outdated(known)) or not loans.lent_by(ward, month):
        return None
    return month


def outdated(found: HealthMonth) -> int:
    """How many entries of its month or before it have come into the books since a card was taken."""
    taken = trail.last("upk.record_card", found.ward, f"health:{found.id}")
    known = trail.data(taken).get("entries") if taken else None
    return gate.entered_since(found.ward, found.month, known)


def may_take(ward: str, month: date, on: date) -> bool:
    """Whether the card of the month that ends on ``month`` can be taken on a day: money was lent by then."""
    ended = rules.last_month(month) == month <= rules.last_month(on)
    return ended and loans.lent_by(ward, month)


def check(ward: str) -> list[Reason]:
    """Breaks of the record: a card that asks for a stop on lending has it; the books agree."""
    known = {stop.id for stop in loans.stops_of(ward)}
    return [
        Reason(
            "upk.stop",
            "The health card of {month} stops lending, but there is no stop.",
            {"month": one.month.isoformat()},
            {"ward": ward, "month": one.month.isoformat()},
        )
        for one in months(ward)
        if one.stop and one.stop not in known
    ] + [
        *taken.breaks(ward),
        *catalog.breaks(ward),
        *locking.breaks(ward),
        *counted.breaks(ward),
        *term.breaks(ward),
    ]
