"""The ladder of collection: which step is due for a group that is behind. Pure Python.

Source: handbook 4.1 (visit, letter, joint-liability money, security: S47); the days are the
guideline's own defaults.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pendamping.kernel.refusal import N_, Reason

NONE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder: ``days`` after the due date with which the arrears began it is due (``None``: never by
    itself); ``paper``: the letter that goes with it, if any; ``waits``: days since the step before it;
    ``draws``: the joint savings pay, on the collection sheet, which records it.
    """

    key: str
    name: str
    order: int
    days: int | None = None
    paper: str = ""
    waits: int = 0
    draws: bool = False


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step that comes next, and the day from which it is due."""

    step: Step
    due_on: date


def ladder(
    steps: Mapping[str, Any], days: Mapping[str, Any], lang: str, waits: Mapping[str, Any] = NONE
) -> list[Step]:
    """The steps of the guideline's sections ``collection_ladder``, ``collection_days`` and ``collection_waits``,
    in order.
    """
    found = [
        Step(
            key,
            one["name"][lang],
            one["order"],
            int(days[key]) if key in days else None,
            one.get("paper", ""),
            int(waits.get(key, 0)),
            bool(one.get("draws", False)),
        )
        for key, one in steps.items()
    ]
    return sorted(found, key=lambda step: (step.order, step.key))


def next_step(
    steps: Sequence[Step], done: Iterable[tuple[str, date]], since: date | None
) -> NextStep | None:
    """What comes next for a loan whose arrears began with the instalment that was due on ``since``.

    Steps of earlier arrears, that ended since, do not count: the ladder begins anew. A step is due on its own day of
    these arrears, or once it has waited for the step before it, whichever is later (:func:`problems` asks the same).

    >>> visit, letter = Step("visit", "Visit", 1, 3), Step("letter", "Letter", 2, 10, "reminder")
    >>> next_step([visit, letter], [("visit", date(2004, 9, 16))], date(2004, 9, 12)).due_on
    datetime.date(2004, 9, 22)
    >>> warning = Step("warning", "Warning", 3, 30, "warning", waits=7)
    >>> done = [("visit", date(2004, 9, 16)), ("letter", date(2004, 10, 11))]
    >>> next_step([visit, letter, warning], done, date(2004, 9, 12)).due_on
    datetime.date(2004, 10, 18)
    """
    if since is None:
        return None
    known = list(done)
    reached = _reached(steps, known, since)
    for step in steps:
        if step.order > reached and step.days is not None:
            own = since + timedelta(days=step.days)
            last = max((on for _key, on in _before(step, steps, known, since)), default=None)
            waited = last + timedelta(days=step.waits) if last and step.waits else own
            return NextStep(step, max(own, waited))
    return None


def missing(
    steps: Iterable[Step], done: Iterable[tuple[str, date]], since: date | None, upto: str
) -> list[Step]:
    """The steps up to ``upto`` that are due by themselves one day and were not taken since these arrears began.

    >>> visit, letter = Step("visit", "Visit", 1, 3), Step("letter", "Letter", 2, 10, "reminder")
    >>> [one.key for one in missing([visit, letter], [("visit", date(2004, 9, 16))], date(2004, 9, 12), "letter")]
    ['letter']
    """
    known = list(steps)
    last = next((one.order for one in known if one.key == upto), 0)
    taken = {key for key, on in done if since and on > since}
    return [
        one for one in known if one.order <= last and one.days is not None and one.key not in taken
    ]


def _before(
    step: Step, steps: Iterable[Step], done: Iterable[tuple[str, date]], since: date
) -> list[tuple[str, date]]:
    """The steps below ``step`` that were taken in these arrears."""
    orders = {each.key: each.order for each in steps}
    return [
        (key, on) for key, on in done if on > since and orders.get(key, step.order) < step.order
    ]


def _reached(steps: Iterable[Step], done: Iterable[tuple[str, date]], since: date) -> int:
    orders = {step.key: step.order for step in steps}
    return max((orders.get(key, 0) for key, on in done if on > since), default=0)


DRAWS = N_(
    "{step}: the money moves on the collection sheet of the group. Post it there; that records this step by itself."
)
SKIPPED = N_(
    "Before {step} these steps were not taken: {steps}. Take them first, or write below why not."
)
SOON = N_(
    "{step} waits {days} days for the step before it, which was on {last}. Wait, or write below why it goes out now."
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A step as it is entered; ``until``: the day promised, of the deadline, or of the meeting."""

    key: str
    on: date
    note: str = ""
    until: date | None = None
    place: str = ""


def problems(
    one: Recorded,
    steps: Sequence[Step],
    *,
    behind: int,
    first: date | None,
    today: date,
    done: Sequence[tuple[str, date]],
    since: date | None = None,
) -> list[Reason]:
    """Why a step cannot be recorded; ``behind``: instalments behind on its day; ``since``: the due date with
    which these arrears began.
    """
    found = []
    step = next((each for each in steps if each.key == one.key), None)
    if step is None:
        return [Reason("loans.collection.step", "Choose a step of the ladder.")]
    if step.draws:
        return [Reason("loans.collection.draws", DRAWS, {"step": step.name}, {"field": "step"})]
    if one.on > today or (first and one.on < first):
        found.append(
            Reason(
                "loans.collection.date",
                "A step lies between the day of the loan and today.",
                {},
                {"field": "on"},
            )
        )
    if not behind:
        found.append(
            Reason(
                "loans.collection.current",
                "The group is not behind on {on}.",
                {"on": one.on.isoformat()},
                {"field": "on"},
            )
        )
    if (one.key, one.on) in set(done):
        found.append(
            Reason("loans.collection.twice", "{step} is recorded on that day.", {"step": step.name})
        )
    return found + _paced(one, step, steps, done, since) + _written(one, step)


def _paced(
    one: Recorded,
    step: Step,
    steps: Sequence[Step],
    done: Iterable[tuple[str, date]],
    since: date | None,
) -> list[Reason]:
    """A letter that leaves steps out, or comes too soon after the one before it, wants its reason written."""
    if one.note.strip() or not step.waits or since is None:
        return []
    lower = [each for each in _before(step, steps, done, since) if each[1] <= one.on]
    where = {"field": "note"}
    before = [each for each in steps if each.order < step.order and each.days is not None]
    skipped = [each.name for each in before if each.key not in {key for key, _on in lower}]
    if skipped:
        named = {"steps": ", ".join(skipped), "step": step.name}
        return [Reason("loans.collection.skipped", SKIPPED, named, where)]
    last = max((on for _key, on in lower), default=None)
    if last is not None and (one.on - last).days < step.waits:
        values = {"step": step.name, "days": str(step.waits), "last": last.isoformat()}
        return [Reason("loans.collection.soon", SOON, values, where)]
    return []


def _written(one: Recorded, step: Step) -> list[Reason]:
    found = []
    if not step.paper and not one.note.strip():
        found.append(
            Reason(
                "loans.collection.note",
                "Write who was met and what was agreed.",
                {},
                {"field": "note"},
            )
        )
    if step.paper and one.until is None:
        found.append(
            Reason(
                "loans.collection.until",
                "A letter names a day: until when to pay, or when to meet.",
                {},
                {"field": "until"},
            )
        )
    if one.until and one.until < one.on:
        found.append(
            Reason(
                "loans.collection.until",
                "The day lies before the step itself.",
                {},
                {"field": "until"},
            )
        )
    if step.paper == "summons" and not one.place.strip():
        found.append(
            Reason("loans.collection.place", "Write where the group meets.", {}, {"field": "place"})
        )
    return found


def back_problems(why: str, *, back: date | None, written_off: bool) -> list[Reason]:
    """Why a recorded step cannot be taken back; ``back``: the day on which it was taken back before.

    >>> back_problems("salah KSM", back=None, written_off=False)
    []
    """
    found = []
    if back is not None:
        found.append(
            Reason(
                "loans.collection.back",
                "This step was taken back on {on}.",
                {"on": back.isoformat()},
            )
        )
    if written_off:
        found.append(
            Reason(
                "loans.collection.written_off",
                "The loan was written off after these steps: take back the writing off first.",
            )
        )
    if not why.strip():
        found.append(
            Reason(
                "loans.collection.why",
                "Write why the step does not count.",
                {},
                {"field": "why"},
            )
        )
    return found
