"""Remedies against early warnings whose day has come: somebody says how they worked."""

from collections.abc import Callable, Iterator
from datetime import date

from pendamping.desk.rules import Task
from pendamping.insight import queries as insight


def tasks(ward: str, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """Each remedy that was planned until today or before, and of which nobody has told how it worked."""
    if not may("insight.tell_outcome"):
        return
    for one in insight.waiting(ward, on):
        values = {"what": one.what, "factor": insight.name(one.factor), "day": one.until}
        yield Task("remedy_due", one.until, "insight:remedy", {"remedy": one.id}, values)
