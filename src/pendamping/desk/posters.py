"""The poster of the ward's board on the desk of who may put it up."""

from collections.abc import Callable, Iterator
from datetime import date

from pendamping.desk.rules import Task
from pendamping.notice import queries as notice


def tasks(ward: str, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """The poster of the month, from the day by which it is to be put up anew."""
    due = notice.due(ward, on) if may("notice.put_up") else None
    if due is None:
        return
    last = notice.last_put_up(ward)
    kind, values = ("poster", {"day": last}) if last else ("poster_first", {})
    yield Task(kind, due, "notice:home", {}, values)
