"""The week that was planned against what was done, and the days that nobody has logged."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.kernel.refusal import N_, Reason

WEEK = 7
AHEAD_DAYS = 92  # a year typed wrongly would hide a plan for ever


def week_of(day: date) -> date:
    """The Monday of the week that a day lies in.

    >>> week_of(date(2004, 6, 9)), week_of(date(2004, 6, 13))
    (datetime.date(2004, 6, 7), datetime.date(2004, 6, 7))
    """
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class Planned:
    """Something planned for a day; ``done``: an entry of the logbook says so; ``dropped``: given up."""

    on: date
    done: bool
    dropped: bool = False

    def state(self, today: date) -> str:
        """``done``, ``dropped``, ``missed`` where its day is over, else ``waits``."""
        if self.done:
            return "done"
        if self.dropped:
            return "dropped"
        return "missed" if self.on < today else "waits"


@dataclass(frozen=True, slots=True)
class Standing:
    """Planned against done. ``beside``: what was done without being planned."""

    done: int = 0
    dropped: int = 0
    missed: int = 0
    waits: int = 0
    beside: int = 0

    @property
    def planned(self) -> int:
        """All that was planned."""
        return self.done + self.dropped + self.missed + self.waits


def standing(plans: Iterable[Planned], beside: int, today: date) -> Standing:
    """Count a span; every plan is in exactly one state.

    >>> day = date(2004, 6, 7)
    >>> standing([Planned(day, True), Planned(day, False)], 1, date(2004, 6, 8))
    Standing(done=1, dropped=0, missed=1, waits=0, beside=1)
    """
    states = [one.state(today) for one in plans]
    return Standing(
        done=states.count("done"),
        dropped=states.count("dropped"),
        missed=states.count("missed"),
        waits=states.count("waits"),
        beside=beside,
    )


def unlogged(
    first: date, last: date, logged: Collection[date], workdays: int, planned: Collection[date] = ()
) -> list[date]:
    """Working days from ``first`` to ``last`` without an entry, and planned ones on any day of the week.

    ``workdays``: how many days of the week are worked, from Monday on.

    >>> unlogged(date(2004, 6, 4), date(2004, 6, 8), {date(2004, 6, 4)}, 5)
    [datetime.date(2004, 6, 7), datetime.date(2004, 6, 8)]
    """
    span = [first + timedelta(days=days) for days in range((last - first).days + 1)]
    wanted = [day for day in span if day.weekday() < workdays or day in planned]
    return [day for day in wanted if day not in logged]


def plan_problems(on: date, activity: str, today: date) -> list[Reason]:
    """What keeps something out of the plan."""
    found = []
    if not activity.strip():
        text = N_("Say in a few words what shall be done.")
        found.append(Reason("facilitation.plan.activity", text, {}, {"field": "activity"}))
    if on < week_of(today):
        text = N_("That week is over: log what was done, a plan looks ahead.")
        found.append(Reason("facilitation.plan.past", text, {}, {"field": "on"}))
    if on > today + timedelta(days=AHEAD_DAYS):
        text = N_("That is more than three months ahead. Look at the date.")
        found.append(Reason("facilitation.plan.far", text, {}, {"field": "on"}))
    return found
