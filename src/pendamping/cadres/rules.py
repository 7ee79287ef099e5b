"""Rules of cadres; pure: who may join, who is active, what is still missing before the hand-over."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.kernel.period import add_months
from pendamping.kernel.refusal import N_, Reason

LEAST_AGE = 17
SILENT = {"dormant_after_months": 3, "active_min": 9}


@dataclass(frozen=True, slots=True)
class CadreRule:
    """``dormant_after_months``: so long without activity. ``active_min``: persons at the hand-over."""

    code: str
    dormant_after_months: int
    active_min: int

    def clause(self, key: str) -> str:
        """The id under which a reason names a rule."""
        return f"volunteers.{self.code}.{key}"


def read_rule(said: Mapping[str, Any], code: str) -> CadreRule:
    """From the section ``volunteers``; a text that is silent gets what the P2KP-2 text says."""
    return CadreRule(code=code, **{key: int(said.get(key, SILENT[key])) for key in SILENT})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a cadre stands on a day: ``active``, ``dormant`` or ``left``; ``last``: the last sign of work.

    ``dormant_from``: the first day on which they count as dormant, if nothing comes before it.
    """

    word: str
    last: date
    dormant_from: date


def standing(
    joined: date, left: date | None, signs: Iterable[date], on: date, months: int
) -> Standing:
    """Active, dormant or gone. Joining itself counts as a sign; what happened after ``on`` does not.

    >>> standing(date(2004, 1, 10), None, [date(2004, 3, 2)], date(2004, 6, 1), 3).word
    'active'
    >>> standing(date(2004, 1, 10), None, [date(2004, 3, 2)], date(2004, 6, 2), 3).word
    'dormant'
    """
    last = max([joined, *(day for day in signs if joined <= day <= on)])
    ends = add_months(last, months)
    if left is not None and left <= on:
        return Standing("left", last, ends)
    return Standing("dormant" if on >= ends else "active", last, ends)


@dataclass(frozen=True, slots=True)
class Readiness:
    """How ready the cadres are to go on alone; everything counts persons."""

    active: int
    dormant: int
    left: int
    poor: int  # of those who have not left: named in the poor list on joining
    women: int
    charged: int  # active ones with a task to take over
    missing: int  # active ones still missing for the hand-over
    open_tasks: tuple[str, ...]  # tasks that no active cadre holds

    @property
    def there(self) -> int:
        """Those who have not left."""
        return self.active + self.dormant


@dataclass(frozen=True, slots=True)
class One:
    """A cadre as readiness counts them. ``tasks``: keys of the tasks held on the day."""

    word: str
    poor: bool
    woman: bool
    tasks: frozenset[str] = frozenset()


def readiness(people: Iterable[One], tasks: Iterable[str], least: int) -> Readiness:
    """What stands between the cadres of today and the hand-over.

    >>> two = [One("active", True, True, frozenset({"rolls"})), One("dormant", False, True)]
    >>> found = readiness(two, ["rolls", "groups"], 9)
    >>> found.active, found.missing, found.open_tasks
    (1, 8, ('groups',))
    """
    known = list(people)
    there = [one for one in known if one.word != "left"]
    active = [one for one in there if one.word == "active"]
    held = {task for one in active for task in one.tasks}
    return Readiness(
        active=len(active),
        dormant=len(there) - len(active),
        left=len(known) - len(there),
        poor=sum(one.poor for one in there),
        women=sum(one.woman for one in there),
        charged=sum(bool(one.tasks) for one in active),
        missing=max(0, least - len(active)),
        open_tasks=tuple(task for task in tasks if task not in held),
    )


@dataclass(frozen=True, slots=True)
class Joining:
    """Facts of somebody who wants to join. ``age``: whole years, ``None`` where it is not known."""

    name: str
    resident: bool
    age: int | None
    already: bool
    on: date
    stage: str


def joining_problems(
    asked: Joining, stages: Collection[str], today: date, earlier_left: date | None = None
) -> list[Reason]:
    """Every reason against somebody becoming a cadre. ``earlier_left``: they had left before."""
    found = []
    if not asked.resident:
        text = N_("{name} does not live in this ward on that day.")
        found.append(Reason("cadres.joining.resident", text, {"name": asked.name}, _at("person")))
    if asked.age is not None and asked.age < LEAST_AGE:
        text = N_("{name} is {age} years old; a cadre is at least {least}.")
        said = {"name": asked.name, "age": asked.age, "least": LEAST_AGE}
        found.append(Reason("cadres.joining.age", text, said, _at("person")))
    if asked.already:
        text = N_("{name} is a cadre already.")
        found.append(Reason("cadres.joining.once", text, {"name": asked.name}, _at("person")))
    if asked.on > today:
        text = N_("The day of joining lies in the future.")
        found.append(Reason("cadres.joining.day", text, {}, _at("joined_on")))
    if earlier_left is not None and asked.on < earlier_left:
        text = N_("{name} was a cadre before, until {day}; joining again comes after that.")
        said = {"name": asked.name, "day": earlier_left}
        found.append(Reason("cadres.joining.again", text, said, _at("joined_on")))
    if asked.stage not in stages:
        text = N_("Say at which stage of the cycle.")
        found.append(Reason("cadres.joining.stage", text, {}, _at("stage")))
    return found


def leaving_problems(on: date, joined: date, today: date, why: str) -> list[Reason]:
    """Every reason against a cadre stopping on a day."""
    found = []
    if not joined <= on <= today:
        text = N_("The day lies before joining, or in the future.")
        found.append(Reason("cadres.leaving.day", text, {}, _at("on")))
    if not why.strip():
        found.append(Reason("cadres.leaving.why", N_("Say why they stop."), {}, _at("why")))
    return found


def charge_problems(
    task: str, known: Collection[str], held: Collection[str], since: date, joined: date, today: date
) -> list[Reason]:
    """Every reason against giving a task to a cadre. ``held``: tasks that they hold."""
    found = []
    if task not in known:
        found.append(Reason("cadres.charge.task", N_("Choose the task."), {}, _at("task")))
    if task in held:
        text = N_("They hold this task already.")
        found.append(Reason("cadres.charge.once", text, {}, _at("task")))
    if not joined <= since <= today:
        text = N_("The day lies before joining, or in the future.")
        found.append(Reason("cadres.charge.day", text, {}, _at("since")))
    return found


def deed_problems(on: date, joined: date, today: date, what: str) -> list[Reason]:
    """Every reason against noting what a cadre did on a day."""
    found = []
    if not joined <= on <= today:
        text = N_("The day lies before joining, or in the future.")
        found.append(Reason("cadres.deed.day", text, {}, _at("on")))
    if not what.strip():
        found.append(Reason("cadres.deed.what", N_("Say what they did."), {}, _at("what")))
    return found


def _at(field: str) -> dict[str, str]:
    return {"field": field}
