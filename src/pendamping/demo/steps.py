"""The demonstration is a list of dated steps; each is done once, whole or not at all.

A server that holds an older demonstration gets the steps that it lacks; nothing is doubled.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from pendamping.kernel import clock, ids
from pendamping.trail import queries as trail
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@dataclass(frozen=True)
class Step:
    """A key that never changes, the day it is entered, what the people see, and what is done."""

    key: str
    on: date
    title: str
    work: Callable[[Any], None]


@action
def finish_step(*, by: Any, ward: str, key: str) -> None:
    """Note in the ward's trail that a step of the demonstration is done."""
    record(by=by, ward=ward, record=f"demo:{key}")


def done(ward: str, key: str) -> bool:
    """Whether the server holds this step already."""
    return trail.happened("steps.finish_step", ward, f"demo:{key}")


def run(steps: list[Step], case: Any, progress: Callable[[str], None], by: Any) -> list[str]:
    """Do the steps that are missing, in order, as loaded by somebody; returns their keys."""
    did = []
    for minute, step in enumerate(steps):
        if done(case.ward, step.key):
            continue
        # one after the other on a day too, for books list a day's entries as they were entered
        moment = datetime(step.on.year, step.on.month, step.on.day, 9, minute, tzinfo=clock.JAKARTA)
        with transaction.atomic(), clock.at(moment), ids.seeded(f"empang/{step.key}"):
            step.work(case)
            finish_step(by=by, ward=case.ward, key=step.key)
        progress(f"  {step.on.isoformat()}  {step.title}")
        did.append(step.key)
    return did
