"""Whether the fund may lend: the stop that stands, and what the last month's figures say without one.

A health card stands above this room (``upk``), which says at the start how it is read (``ask``); that it was
taken into the record is in the trail below.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries, stops
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason
from pendamping.trail import queries as trail

BANDS = {"suspend": ("suspend",), "minimum": ("minimum", "suspend")}
"""By the guideline's band of the stop: where an indicator stands that stops lending."""
Read = Callable[[str, date], Sequence[Any]]
_known: dict[str, Read] = {}


def ask(card: Read) -> None:
    """Say once, at the start, who reads every indicator of a ward's fund at the end of a day: income, cost and
    capital stand above this room (ADR 0062). Each has ``short``, ``share`` and ``standing``.
    """
    _known["card"] = card


def _indicators(ward: str, on: date) -> Sequence[Any]:
    """The indicators of a day; those of the loan book alone where nobody said who reads the others."""
    read = _known.get("card")
    return read(ward, on) if read else queries.book(ward, on).indicators


def against(ward: str, on: date) -> list[Reason]:
    """Why nothing new is approved or paid out on a day: a stop; without one, the loan book of the last
    month; where the guideline wants it so, its health card that is missing. An earlier day that is typed
    helps nobody past it: the month before today is asked too.
    """
    days = sorted({on, max(on, clock.today())})
    found = stops.stopped(ward, on)
    for day in days:
        found = found or by_book(ward, day)
    for day in days:
        found = found or (_missing(ward, day) if without_card(ward, day) == "stop" else [])
    return found


def warnings(ward: str, on: date) -> list[Reason]:
    """What is said, and does not refuse: the card of the last month is missing."""
    return _missing(ward, on) if without_card(ward, on) == "warn" else []


def without_card(ward: str, on: date) -> str:
    """What the guideline lets follow from a card that is missing: ``warn`` or ``stop``."""
    return str(guidelines.section("suspension", ward, on).get("without_card", "warn"))


def last_month(on: date) -> date:
    """The last day of the month before a day.

    >>> last_month(date(2005, 5, 12)), last_month(date(2005, 5, 31))
    (datetime.date(2005, 4, 30), datetime.date(2005, 4, 30))
    """
    return on.replace(day=1) - timedelta(days=1)


def without_cards(ward: str, on: date) -> list[date]:
    """The months before a day whose card is not in the record though money was lent, or is older than what
    the books say of that month, the last one first, as far back as the guideline looks: a bad month is not
    passed over by waiting for a better one.
    """
    back = int(guidelines.section("suspension", ward, on).get("looks_back_months", 1))
    months = [last_month(on)]
    while len(months) < back:
        months.append(last_month(months[-1]))
    taken = _taken(ward)
    held = [one for one in months if one in taken and not entered_since(ward, one, taken[one])]
    return [one for one in months if one not in held and queries.lent_by(ward, one)]


def _taken(ward: str) -> dict[date, int | None]:
    """The months whose card is in the record, and how many entries of the journal it knew when it was taken
    last; ``None`` where it does not say.
    """
    told = (trail.data(one) for one in trail.of_verb("upk.record_card", ward))
    return {date.fromisoformat(one["month"]): one.get("entries") for one in told}


def entered_since(ward: str, month: date, known: int | None) -> int:
    """Entries of a month or before it that a card of it does not know."""
    return 0 if known is None else books.entries_until(ward, month) - known


def stopping(ward: str, month: date) -> list[Any]:
    """The indicators of a month's end by which new lending stops, and no meeting has lifted since."""
    if not queries.lent_by(ward, month) or stops.stop_until(ward, month):
        return []
    band = str(guidelines.section("suspension", ward, month).get("on_band", "suspend"))
    return [one for one in _indicators(ward, month) if one.standing in BANDS[band]]


def by_book(ward: str, on: date) -> list[Reason]:
    """Why the figures of a month's end let nothing be lent on a day, though no stop stands: the last
    month's, and that of every month whose card nobody took.
    """
    last = last_month(on)
    months = [last, *(one for one in without_cards(ward, on) if one != last)]
    for month in months:
        if found := stopping(ward, month):
            return [_by_book(ward, on, month, found)]
    return []


def _by_book(ward: str, on: date, month: date, found: list[Any]) -> Reason:
    return Reason(
        f"suspension.{guidelines.code(ward, on)}.on_band",
        "By the books of {month} new lending stops ({what}). Take the health card of that month into "
        "the record; after that only a meeting with signed minutes lifts the stop.",
        {"month": month.isoformat(), "what": said(found)},
        {"month": month.isoformat()},
    )


def said(found: Sequence[Any]) -> str:
    """Indicators with their shares, short: ``LAR 25,0 %``."""
    return ", ".join(f"{one.short} {one.share.percent()}" for one in found)


def _missing(ward: str, on: date) -> list[Reason]:
    month = last_month(on)
    if month not in without_cards(ward, on):
        return []
    text = (
        N_(
            "Since the health card of the month to {month} was taken, entries of that time have come into the "
            "books; take it again to see whether the fund may lend."
        )
        if month in _taken(ward)
        else N_(
            "The health card of the month to {month} is not in the record: nobody has looked whether the "
            "fund may lend."
        )
    )
    told = {"month": month.isoformat()}
    clause = f"suspension.{guidelines.code(ward, on)}.without_card"
    return [Reason(clause, text, told, dict(told))]
