"""Seats of a body: who may take one, for how long; papers and when they run out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.kernel.period import add_months
from pendamping.kernel.refusal import Reason

PAPERS = ("charter", "deed", "decree", "account")
ROLES = ("member", "coordinator")


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who shall take a seat. ``resident``: lives in the ward on that day."""

    person: str
    name: str
    sex: str
    resident: bool


def term_end(since: date, years: int) -> date:
    """The last day of a term of whole years.

    >>> term_end(date(2004, 3, 1), 3)
    datetime.date(2007, 2, 28)
    """
    return add_months(since, 12 * years) - timedelta(days=1)


def seating_problems(
    sitters: Sequence[Sitter], sitting: Collection[str], since: date, ends: date
) -> list[Reason]:
    """Why these people cannot take seats. ``sitting``: who sits in the body on that day and stays."""
    return [*_people(sitters, sitting), *_term(since, ends)]


def _people(sitters: Sequence[Sitter], sitting: Collection[str]) -> Iterator[Reason]:
    if not sitters:
        yield Reason("institutions.seat.person", "Nobody is named for a seat.")
    seen: set[str] = set()
    for one in sitters:
        if not one.resident:
            yield Reason(
                "institutions.seat.resident",
                "{name} does not live in this ward on that day.",
                {"name": one.name},
                {"person": one.person},
            )
        if one.person in sitting or one.person in seen:
            yield Reason(
                "institutions.seat.once",
                "{name} has a seat already.",
                {"name": one.name},
                {"person": one.person},
            )
        seen.add(one.person)


def _term(since: date, ends: date) -> Iterator[Reason]:
    if ends < since:
        yield Reason(
            "institutions.seat.term",
            "The term ends on {ends}, before it begins.",
            {"ends": ends},
            {"field": "ends"},
        )


def leaving_seat_problems(on: date, since: date, ends: date, today: date, why: str) -> list[Reason]:
    """Why somebody cannot leave a seat on this day. ``on``: the first day without them."""
    found = []
    if not since <= on <= ends or on > today:
        found.append(
            Reason(
                "institutions.seat.day",
                "The day lies outside the term ({since} to {ends}) or in the future.",
                {"since": since, "ends": ends},
                {"field": "on"},
            )
        )
    if not why.strip():
        found.append(
            Reason("institutions.seat.why", "Say why the seat falls free.", {}, {"field": "why"})
        )
    return found


def paper_problems(
    kind: str, number: str, issued_on: date, expires_on: date | None, today: date
) -> list[Reason]:
    """Why a paper of a body cannot be entered so."""
    found = []
    if kind not in PAPERS or not number.strip():
        found.append(
            Reason(
                "institutions.paper.kind",
                "A paper is a charter, a deed, a decree or an account, and has a number.",
                where={"field": "number"},
            )
        )
    if issued_on > today:
        found.append(
            Reason(
                "institutions.paper.day",
                "The paper cannot be of a day in the future.",
                where={"field": "issued_on"},
            )
        )
    if expires_on is not None and expires_on < issued_on:
        found.append(
            Reason(
                "institutions.paper.expiry",
                "The paper runs out before it was issued.",
                where={"field": "expires_on"},
            )
        )
    return found
