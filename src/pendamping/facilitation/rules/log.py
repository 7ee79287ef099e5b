"""A day in the logbook: what makes an entry whole, and how its time is shared among its roles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.kernel.refusal import N_, Reason

ROLES = ("facilitative", "educational", "representational", "technical")
DECIDERS = ("community", "joint", "facilitator")
NOBODY = "none"  # nothing was decided
DAY_MINUTES = 24 * 60
MOST_PEOPLE = 5_000


@dataclass(frozen=True, slots=True)
class Day:
    """An entry as it is typed. ``minutes``: how long. ``before``: minutes of that day logged already."""

    on: date
    stage: str
    roles: Sequence[str]
    minutes: int
    decided_by: str
    women: int
    men: int
    before: int = 0


def day_problems(day: Day, stages: Iterable[str], today: date, code: str) -> list[Reason]:
    """Everything that keeps an entry out of the logbook; ``stages``: keys of the guideline.

    >>> day = Day(date(2004, 6, 7), "groups", ["technical"], 90, "joint", 5, 3)
    >>> day_problems(day, ["groups"], date(2004, 6, 7), "p2kp2")
    []
    >>> [one.clause for one in day_problems(day, ["plan"], date(2004, 6, 6), "p2kp2")]
    ['facilitation.log.future', 'logbook.p2kp2.stage']
    """
    found = []
    if day.on > today:
        text = N_("This day is still to come: plan it, and log it when it is over.")
        found.append(Reason("facilitation.log.future", text, {}, {"field": "on"}))
    if day.stage not in set(stages):
        text = N_("Say to which stage of the cycle it belongs.")
        found.append(Reason(f"logbook.{code}.stage", text, {}, {"field": "stage"}))
    if not day.roles or set(day.roles) - set(ROLES):
        text = N_("Say in which role you worked: at least one.")
        found.append(Reason(f"logbook.{code}.roles", text, {}, {"field": "roles"}))
    if day.decided_by not in (*DECIDERS, NOBODY):
        text = N_("Say who decided, or that nothing was decided.")
        found.append(Reason(f"logbook.{code}.decided_by", text, {}, {"field": "decided_by"}))
    if day.women < 0 or day.men < 0 or day.women + day.men > MOST_PEOPLE:
        text = N_("Count whom you met: women and men, each from 0 on, {most} together at most.")
        found.append(Reason(f"logbook.{code}.who", text, {"most": MOST_PEOPLE}, {"field": "women"}))
    return found + _time_problems(day, code)


def _time_problems(day: Day, code: str) -> list[Reason]:
    where = {"field": "minutes"}
    if day.minutes < 1:
        text = N_("Say how long it took, in minutes.")
        return [Reason(f"logbook.{code}.minutes", text, {}, where)]
    if day.before + day.minutes > DAY_MINUTES:
        text = N_(
            "With what is logged already ({before} minutes) that day would have more than 24 hours."
        )
        return [Reason("facilitation.log.day", text, {"before": day.before}, where)]
    return []


def shared(minutes: int, roles: Iterable[str]) -> dict[str, int]:
    """The minutes of an entry by role: evenly; what cannot be shared goes to the first ones.

    The parts always add up to the whole.

    >>> shared(100, ["technical", "facilitative", "educational"])
    {'facilitative': 34, 'educational': 33, 'technical': 33}
    """
    had = set(roles)
    named = [role for role in ROLES if role in had]
    if not named:
        return {}
    each, rest = divmod(minutes, len(named))
    return {role: each + (place < rest) for place, role in enumerate(named)}


@dataclass(frozen=True, slots=True)
class MonthOfRoles:
    """Minutes in each role in a month; ``first``: its first day."""

    first: date
    minutes: dict[str, int]

    @property
    def total(self) -> int:
        """All minutes of the month."""
        return sum(self.minutes.values())


def by_role(entries: Iterable[tuple[date, int, Sequence[str]]]) -> list[MonthOfRoles]:
    """Time by role, month after month without gaps; entries: (day, minutes, roles), in any order."""
    found: dict[date, dict[str, int]] = {}
    for day, minutes, roles in entries:
        month = found.setdefault(day.replace(day=1), dict.fromkeys(ROLES, 0))
        for role, part in shared(minutes, roles).items():
            month[role] += part
    return [
        MonthOfRoles(first, found.get(first, dict.fromkeys(ROLES, 0))) for first in months(found)
    ]


def months(firsts: Iterable[date]) -> list[date]:
    """The first days of all months from the earliest of these to the latest.

    >>> months([date(2004, 12, 1), date(2005, 2, 1)])
    [datetime.date(2004, 12, 1), datetime.date(2005, 1, 1), datetime.date(2005, 2, 1)]
    """
    known = sorted(firsts)
    if not known:
        return []
    span = range(_number(known[0]), _number(known[-1]) + 1)
    return [date(number // 12, number % 12 + 1, 1) for number in span]


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1
