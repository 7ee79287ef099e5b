"""What the yearly meeting is asked: to take the account, and to share the profit; and where it did."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from pendamping.funds.upk.actions.year import decided_in
from pendamping.funds.upk.closes import reading, splitting
from pendamping.funds.upk.rules import year as sharing
from pendamping.funds.upk.rules import yearly as rules
from pendamping.funds.upk.rules.yearly import Span
from pendamping.funds.upk.yearly import owing
from pendamping.funds.upk.yearly.shape import Decision
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings


def text(year: int) -> str:
    """The decision in words."""
    return _("The account of the UPK for %(year)s is accepted") % {"year": year}


def decisions(ward: str, span: Span) -> list[Decision]:
    """Every decision that the meeting is asked for, with where it was taken; none while the year runs."""
    if not span.whole:
        return []
    return [_account(ward, span), *_profit(ward, span)]


def _account(ward: str, span: Span) -> Decision:
    today, subject = clock.today(), rules.subject(span.year)
    since = sharing.first_day_after(span.year)
    able = meetings.able_to_decide(ward, rules.MATTER, today, since=since)
    met, reasons = owing.taken(ward, span.year, today)
    kind = next(iter(meetings.deciding_kinds(ward, today, rules.MATTER)), reading.DECIDED_IN)
    places = [] if met else meetings.undecided(ward, subject, able)
    return Decision(subject, text(span.year), kind, places, met, reasons)


def _profit(ward: str, span: Span) -> Sequence[Decision]:
    done = reading.year_of(ward, span.year)
    if done is None or done.profit <= 0:
        return ()
    today = clock.today()
    met, asked = splitting.decided(ward, span.year, today), splitting.by_guideline(ward, span.year)
    kind = decided_in(ward, today)
    since = sharing.first_day_after(span.year)
    able = meetings.able_to_decide(ward, "profit", today, kinds=[kind], since=since)
    places = [] if met else meetings.undecided(ward, asked["subject"], able, again=True)
    said = met.text if met else asked["text"]
    return [Decision(asked["subject"], said, kind, places, met)]
