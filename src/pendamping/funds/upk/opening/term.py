"""How long a draft of opening balances lies before it is put aside, and what the page says of one that was."""

from collections.abc import Iterable
from datetime import date, timedelta

from pendamping.funds.ledger import queries as books
from pendamping.funds.upk.opening.models import DISCARDED, DRAFT, Opening
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason
from pendamping.trail import queries as trail

DAYS = 60


def days(ward: str) -> int:
    """Days without a step after which a draft is put aside."""
    return int(guidelines.section("closing", ward, clock.today()).get("opening_draft_days", DAYS))


def last_day(found: Opening) -> date:
    """The last day on which a draft still lies; each step on it begins the term anew."""
    steps = [trail.entered_on(event) for event in trail.of_record(f"opening:{found.id}")]
    return max([found.entered_on, *steps]) + timedelta(days=days(found.ward))


def over(found: Opening) -> bool:
    """Whether a draft has lain too long."""
    return found.state == DRAFT and clock.today() > last_day(found)


def drafts() -> list[Opening]:
    """Every draft of the server."""
    return list(Opening.objects.filter(state=DRAFT).order_by("ward"))


def ended(ward: str) -> Reason | None:
    """What became of the last opening, where the ward has none now: taken back, or put aside by its term."""
    found = Opening.objects.filter(ward=ward).order_by("-id").first()
    if found is None or found.state != DISCARDED:
        return None
    if back := found.figures.get("taken_back"):
        text = N_("The balances of {day} were taken back on {on}: {why}")
        values = {"day": found.on.isoformat(), "on": back["on"], "why": back["why"]}
        return Reason("upk.opening.taken_back", text, values, {"opening": found.id})
    if lay := found.figures.get("expired"):
        text = N_(
            "The workbook of {day} was put aside on {on}: nobody worked on it for {days} days."
        )
        values = {"day": found.on.isoformat(), "on": lay["on"], "days": lay["days"]}
        return Reason("upk.opening.expired", text, values, {"opening": found.id})
    return None


def breaks(ward: str) -> Iterable[Reason]:
    """Balances that count as taken back while their entry stands in the books, or the other way round."""
    said = {one.entry_id for one in Opening.objects.filter(ward=ward, entry__isnull=False)}
    there = set(books.opening_entries(ward))
    for entry in sorted(said ^ there):
        text = N_("The balances of the old book and their entry {entry} do not stand together.")
        yield Reason("upk.opening.said", text, {"entry": entry}, {"ward": ward, "entry": entry})
