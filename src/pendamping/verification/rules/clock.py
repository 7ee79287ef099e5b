"""The stopwatch: calendar days from the day of receipt to the day of decision, less what stands still."""

from collections.abc import Iterable
from datetime import date, timedelta

Span = tuple[date, date | None]
"""From a day to before another day (``None``: still running). The clock stands on these days."""


def counted_days(received: date, until: date, still: Iterable[Span] = ()) -> int:
    """Calendar days from receipt to ``until``, less the days on which the clock stood.

    Decided on the day of receipt is 0 days. Spans may overlap; each day counts once.

    >>> counted_days(date(2004, 5, 3), date(2004, 5, 10))
    7
    >>> counted_days(date(2004, 5, 3), date(2004, 5, 10), [(date(2004, 5, 4), date(2004, 5, 6))])
    5
    """
    return (until - received).days - still_days(received, until, still)


def still_days(received: date, until: date, still: Iterable[Span]) -> int:
    """On how many days between receipt and ``until`` the clock stood."""
    days = 0
    reached = received
    for begun, ended in sorted(still, key=lambda span: span[0]):
        low, high = max(begun, reached), min(ended or until, until)
        if high > low:
            days += (high - low).days
            reached = high
    return days


def due_on(received: date, limit: int, still: Iterable[Span], today: date) -> date:
    """The last day within the limit, as far as it is known on a day.

    Every day on which the clock stood moves it on by one; a span that runs counts to ``today``.
    Days of a known span to come move it on as well.

    >>> due_on(date(2004, 5, 3), 7, [], date(2004, 5, 4))
    datetime.date(2004, 5, 10)
    >>> due_on(date(2004, 5, 3), 7, [(date(2004, 5, 10), date(2004, 5, 12))], date(2004, 5, 4))
    datetime.date(2004, 5, 12)
    """
    spans = [(begun, ended or max(today, begun)) for begun, ended in still]
    last = received + timedelta(days=limit)
    while counted_days(received, last, spans) < limit:
        last += timedelta(days=limit - counted_days(received, last, spans))
    for begun, ended in sorted(spans):  # on days on which the clock stands it is still that day
        last = ended if begun <= last < ended else last
    return last
