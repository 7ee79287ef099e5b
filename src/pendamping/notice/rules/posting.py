"""Putting the poster up: what must be said, and when it is due again."""

from datetime import date

from pendamping.kernel.period import add_months
from pendamping.kernel.refusal import Reason


def putting_problems(
    place: str, on: date, today: date, first: date | None, hangs_since: date | None
) -> list[Reason]:
    """Why a poster cannot have been put up like this. ``first``: the programme's first day; ``hangs_since``: of the one
    that hangs at this place now.

    >>> [one.clause for one in putting_problems("", date(2004, 9, 2), date(2004, 9, 1), None, None)]
    ['notice.place', 'notice.day']
    """
    found = []
    if not place.strip():
        found.append(Reason("notice.place", "Say where it hangs.", {}, {"field": "place"}))
    if on > today:
        found.append(_day("{on} is still to come.", on))
    elif first is not None and on < first:
        found.append(_day("{on} lies before {other}, the programme's first day.", on, first))
    elif hangs_since is not None and on < hangs_since:
        found.append(_day("A newer one hangs there since {other}.", on, hangs_since))
    return found


def taking_problems(on: date, today: date, since: date) -> list[Reason]:
    """Why a poster cannot have come down on a day."""
    if on > today:
        return [_day("{on} is still to come.", on)]
    if on < since:
        return [_day("{on} lies before {other}, when it was put up.", on, since)]
    return []


def _day(text: str, on: date, other: date | None = None) -> Reason:
    values = {"on": on.isoformat()} | ({"other": other.isoformat()} if other else {})
    return Reason("notice.day", text, values, {"field": "on"})


def due_again(last: date | None, first: date | None, every_months: int) -> date | None:
    """The day by which the poster is put up: so many months after the last time; the first time on the day on which
    there is a plan to show (``first``). ``None``: there is nothing to show yet.

    >>> due_again(date(2005, 1, 31), date(2004, 5, 29), 1), due_again(None, date(2004, 5, 29), 1)
    (datetime.date(2005, 2, 28), datetime.date(2004, 5, 29))
    """
    return first if last is None else add_months(last, every_months)
