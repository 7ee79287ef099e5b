"""Closing a month: what must be in order, each with its reason. Pure Python.

Source: handbook 4.5 (books, monthly reports), our own design for the order of closing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pendamping.funds.upk.rules.reconcile import MISSING
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.period import month_end
from pendamping.kernel.refusal import N_, Reason

EXPLAINED, UNBOOKED = "upk.bank.explained", "upk.close.off"
REMARKS = frozenset({EXPLAINED, UNBOOKED})
"""Clauses of what somebody wrote a reason for (no statement covers the month; the cash box holds more or less):
a remark on the close, which stops none."""
CHECKS = ("cash", "bank", "cards", "reserve", "depreciation", "papers", "books")
"""What a close looks at, in the order in which it is read out."""


@dataclass(frozen=True, slots=True)
class Count:
    """A count of the cash: what was in the box, what the books said then, and why they differ."""

    counted: int
    in_books: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank account at a month's end: its name, what stands against its reconciliation, its key."""

    name: str
    against: tuple[Reason, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """What is known of a month that is to be closed. ``last``: its last day.

    ``closed``: up to which day the books are closed already; ``opened``: the first day of the books.
    ``cash``: in the books at the month's end. ``unclosed_year``: an earlier year whose income and cost
    still stand. ``assets``: fixed assets less what was depreciated, whole rupiah. ``waits``: the oldest close
    that nobody approved yet; ``in_order``: whether that one comes first. ``explained``: why no statement covers
    the month, by the key of its bank account; where the guideline takes no reason, it is empty.
    """

    last: date
    today: date
    opened: date | None = None
    closed: date | None = None
    unclosed_year: int | None = None
    cash: int = 0
    count: Count | None = None
    banks: tuple[Bank, ...] = ()
    cards: tuple[Reason, ...] = ()
    books: tuple[Reason, ...] = ()
    papers: tuple[Reason, ...] = ()
    lends: bool = False
    reserve_needed: int = 0
    reserve_held: int = 0
    reserve_kept: bool = False
    assets: int = 0
    depreciated: bool = False
    waits: date | None = None
    in_order: bool = True
    explained: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist: what stands against it (nothing: it holds), and whether it must hold."""

    key: str
    must: bool
    against: tuple[Reason, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Whether it is in order."""
        return not self.against

    @property
    def stops(self) -> tuple[Reason, ...]:
        """What of it keeps the month from being closed."""
        return tuple(one for one in self.against if self.must and one.clause not in REMARKS)


def order_problems(month: Month) -> list[Reason]:
    """Why this month is not the one to close now."""
    where = {"field": "month"}
    if month.opened is None:
        return [Reason("upk.close.opened", "The books of this ward have not been opened yet.")]
    found = []
    if month.last >= month.today:
        found.append(
            Reason(
                "upk.close.ended",
                "The month ends on {last} and today is {today}; it is closed after its last day.",
                {"last": month.last.isoformat(), "today": month.today.isoformat()},
                where,
            )
        )
    if month.last < month.opened:
        found.append(
            Reason(
                "upk.close.before",
                "The books begin on {opened}; there is nothing to close before it.",
                {"opened": month.opened.isoformat()},
                where,
            )
        )
    expected = next_month(month.opened, month.closed)
    if month.closed is not None and month.last <= month.closed:
        found.append(Reason("upk.close.closed", "This month is closed already.", {}, where))
    elif expected and month.last > expected:
        found.append(
            Reason(
                "upk.close.order",
                "Months are closed one after the other; the month to {expected} comes first.",
                {"expected": expected.isoformat()},
                where,
            )
        )
    return [*found, *_earlier(month)]


def _earlier(month: Month) -> Iterable[Reason]:
    """What of an earlier month or year comes first."""
    if month.waits and month.waits < month.last and month.in_order:
        yield Reason(
            "upk.close.waits",
            "The close of the month to {month} waits for the board; the next month is closed when it is "
            "approved, so that it can still be given back.",
            {"month": month.waits.isoformat()},
            {"field": "month"},
        )
    if month.unclosed_year:
        yield Reason(
            "upk.close.year",
            "Close the year {year} first: its profit belongs to the year that is over.",
            {"year": month.unclosed_year},
            {"year": month.unclosed_year},
        )


def next_month(opened: date | None, closed: date | None) -> date | None:
    """The last day of the month that is to be closed next; ``None`` while the books are not open.

    >>> next_month(date(2004, 2, 1), None), next_month(date(2004, 2, 1), date(2004, 2, 29))
    (datetime.date(2004, 2, 29), datetime.date(2004, 3, 31))
    """
    if closed is not None:
        return month_end(closed + timedelta(days=1))
    return month_end(opened) if opened else None


def checklist(month: Month, needs: Iterable[str]) -> list[Check]:
    """Every line of the checklist; ``needs``: those that must hold before the month is closed."""
    must = frozenset(needs)
    found = {
        "cash": _cash(month),
        "bank": _banks(month),
        "cards": month.cards,
        "reserve": _reserve(month),
        "depreciation": _depreciation(month),
        "papers": month.papers,
        "books": month.books,
    }
    return [Check(key, key in must, tuple(found[key])) for key in CHECKS]


def problems(month: Month, needs: Iterable[str]) -> list[Reason]:
    """Every reason against closing the month."""
    return [
        *order_problems(month),
        *(reason for one in checklist(month, needs) for reason in one.stops),
    ]


def _cash(month: Month) -> Iterable[Reason]:
    day = month.last.isoformat()
    if month.count is None:
        yield Reason(
            "upk.close.count",
            "The cash has not been counted for the end of {day}.",
            {"day": day},
            {"check": "cash"},
        )
        return
    if month.cash not in (month.count.in_books, month.count.counted):
        yield Reason(
            "upk.close.count_old",
            "Since the count the cash of {day} has changed in the books, from {then} to {now}; count "
            "again.",
            {
                "day": day,
                "then": format_rupiah(month.count.in_books),
                "now": format_rupiah(month.cash),
            },
            {"check": "cash"},
        )
        return
    if month.count.counted == month.cash:
        return
    off = {"off": format_rupiah(month.count.counted - month.count.in_books)}
    if month.count.why.strip():
        text = N_(
            "The cash box and the books differ by {off} ({why}); no voucher has booked it yet."
        )
        yield Reason(UNBOOKED, text, {**off, "why": month.count.why}, {"check": "cash"})
        return
    text = N_("The cash box and the books differ by {off}, and nobody has said why.")
    yield Reason("upk.close.difference", text, off, {"check": "cash"})


def _banks(month: Month) -> Iterable[Reason]:
    for bank in month.banks:
        why = month.explained.get(bank.key, "").strip()
        for reason in bank.against:
            if reason.clause != MISSING or not why:
                yield reason
                continue
            text = N_("{name}: no statement covers {day}. Reason: {why}")
            yield Reason(EXPLAINED, text, {**reason.values, "why": why}, dict(reason.where))


def _reserve(month: Month) -> Iterable[Reason]:
    if not month.lends:
        return
    if not month.reserve_kept:
        yield Reason(
            "upk.close.reserve",
            "The reserve of the month has not been set aside.",
            {},
            {"check": "reserve"},
        )
    elif month.reserve_needed != month.reserve_held:
        yield Reason(
            "upk.close.reserve_off",
            "The loans need a reserve of {needed}, the books hold {held}; set it aside again.",
            {
                "needed": format_rupiah(month.reserve_needed),
                "held": format_rupiah(month.reserve_held),
            },
            {"check": "reserve"},
        )


def _depreciation(month: Month) -> Iterable[Reason]:
    if month.assets > 0 and not month.depreciated:
        yield Reason(
            "upk.close.depreciation",
            "Fixed assets of {assets} stand in the books, and no depreciation was booked this month.",
            {"assets": format_rupiah(month.assets)},
            {"check": "depreciation"},
        )
