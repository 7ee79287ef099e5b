"""Who accompanies which ward, from when to when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pendamping.kernel.period import Period
from pendamping.kernel.refusal import N_, Reason

POSITIONS = ("senior", "social", "technical", "economy")
EDUCATION = ("secondary", "diploma", "bachelor", "master")


@dataclass(frozen=True, slots=True)
class Term:
    """A facilitator's term in a ward: ``until`` is its last day, open where it is ``None``."""

    since: date
    until: date | None = None


def term_problems(new: Term, others: Iterable[Term]) -> list[Reason]:
    """What speaks against a term of somebody beside their other terms in the same ward.

    >>> term_problems(Term(date(2004, 1, 1)), [Term(date(2003, 1, 1), date(2003, 12, 31))])
    []
    """
    if new.until is not None and new.until < new.since:
        text = N_("The last day lies before the first.")
        return [Reason("facilitation.team.term", text, {}, {"field": "until"})]
    mine = Period(new.since, new.until)
    found = [one for one in others if mine.overlaps(Period(one.since, one.until))]
    if not found:
        return []
    text = N_("This facilitator is in the ward's team already at that time, from {since} on.")
    return [Reason("facilitation.team.twice", text, {"since": found[0].since}, {"field": "since"})]
