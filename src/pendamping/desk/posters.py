"""The poster of the ward's board on the desk of who may put it up."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pendamping.desk.rules import WEEK, Task
from pendamping.notice import queries as notice

AHEAD = timedelta(days=WEEK)  # printing and walking round the places is a matter of days, not weeks


def tasks(ward: str, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """The poster of the month, from a week before the day by which it is to be put up anew."""
    due = notice.due(ward, on) if may("notice.put_up") else None
    if due is None or due > on + AHEAD:
        return
    last = notice.last_put_up(ward)
    if last is None:
        yield Task("poster_first", due, "notice:home")
        return
    points = notice.rule(ward, on).points
    values = {"day": last, "count": len(notice.hanging(ward, on)), "points": points}
    yield Task("poster_soon" if due > on else "poster", due, "notice:home", {}, values)
