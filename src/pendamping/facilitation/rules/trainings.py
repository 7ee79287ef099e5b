"""Trainings: who cannot be in two places at once, when a group counts as trained, what was learned."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction
from hashlib import sha256

from pendamping.kernel.refusal import N_, Reason
from pendamping.kernel.share import Share

MOST_SCORE = 100


@dataclass(frozen=True, slots=True)
class Booking:
    """A training that takes people and a room from ``starts`` to ``ends`` of a day; ``title``: in several languages.

    ``room``: key of its place, empty where it is in another ward. ``trainers``, ``persons``: names by key.
    """

    on: date
    starts: time
    ends: time
    title: str | Mapping[str, str] = ""
    room: str = ""
    trainers: Mapping[str, str] = field(default_factory=dict)
    persons: Mapping[str, str] = field(default_factory=dict)

    def meets(self, other: "Booking") -> bool:
        """Whether the two share any time; one may begin when the other ends."""
        return self.on == other.on and self.starts < other.ends and other.starts < self.ends


def clashes(new: Booking, others: Iterable[Booking]) -> list[Reason]:
    """Everybody and everything that is taken at that time already; each named once for each training.

    >>> nine, ten, eleven = time(9), time(10), time(11)
    >>> hall = Booking(date(2004, 4, 3), nine, eleven, "PERT", room="balai rw 02")
    >>> [one.clause for one in clashes(Booking(date(2004, 4, 3), ten, eleven, room="balai rw 02"), [hall])]
    ['facilitation.training.room']
    >>> clashes(Booking(date(2004, 4, 3), eleven, time(12), room="balai rw 02"), [hall])
    []
    """
    found = []
    for other in others:
        if not new.meets(other):
            continue
        said = {
            "title": other.title,
            "starts": f"{other.starts:%H.%M}",
            "ends": f"{other.ends:%H.%M}",
        }
        if new.room and new.room == other.room:
            text = N_("The place is taken by the training {title} from {starts} to {ends}.")
            found.append(Reason("facilitation.training.room", text, said, {"field": "place"}))
        for what, mine, theirs, where in (
            ("trainer", new.trainers, other.trainers, "trainers"),
            ("person", new.persons, other.persons, "audience"),
        ):
            for key in [key for key in mine if key in theirs]:
                text = N_("{name} is at the training {title} from {starts} to {ends}.")
                values = {**said, "name": mine[key]}
                found.append(
                    Reason(
                        f"facilitation.training.{what}", text, values, {"field": where, what: key}
                    )
                )
    return found


def training_problems(
    booking: Booking, lessons: int, module: str, known: Collection[str], code: str
) -> list[Reason]:
    """What keeps a training from being planned, whoever is free."""
    found = []
    if module not in known:
        text = N_("The guideline knows no training called {module}.")
        found.append(
            Reason(f"training_modules.{code}", text, {"module": module}, {"field": "module"})
        )
    if booking.ends <= booking.starts:
        text = N_("The training ends before it begins.")
        found.append(Reason("facilitation.training.time", text, {}, {"field": "ends"}))
    if not booking.room:
        text = N_("Say where the training is.")
        found.append(Reason("facilitation.training.place", text, {}, {"field": "place"}))
    if not booking.trainers:
        text = N_("Name at least one trainer.")
        found.append(Reason("facilitation.training.trainers", text, {}, {"field": "trainers"}))
    if lessons < 1:
        text = N_("Say how many lessons (JPL) it has.")
        found.append(Reason("facilitation.training.lessons", text, {}, {"field": "lessons"}))
    return found


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody on the roll; scores from 0 to 100, ``None`` where there was no test."""

    person: str
    before: int | None = None
    after: int | None = None


def roll_problems(
    came: Iterable[Came], invited: Mapping[str, str], on: date, today: date
) -> list[Reason]:
    """What keeps a roll from being kept. ``invited``: names by person."""
    found = []
    rows = list(came)
    if on > today:
        text = N_("The training is still to come; its roll is taken on the day.")
        found.append(Reason("facilitation.training.future", text, {"day": on}, {}))
    if not rows:
        text = N_(
            "Nobody is ticked. A training to which nobody came is called off, with the reason."
        )
        found.append(Reason("facilitation.training.empty", text, {}, {"field": "came"}))
    for one in rows:
        if one.person not in invited:
            text = N_("Somebody on the roll is not in the list of this training.")
            found.append(Reason("facilitation.training.roll", text, {}, {"person": one.person}))
        elif any(
            score is not None and not 0 <= score <= MOST_SCORE for score in (one.before, one.after)
        ):
            text = N_("A score of {name} is not from 0 to 100.")
            values = {"name": invited[one.person]}
            found.append(
                Reason("facilitation.training.score", text, values, {"person": one.person})
            )
    return found


def roll_seal(rows: Iterable[tuple[str, bool | None, int | None, int | None]]) -> str:
    """What the trail keeps of a roll (person, came, score before, score after): no name and no score in it.

    >>> one, other = ("a", True, 40, 70), ("b", False, None, None)
    >>> roll_seal([one, other]) == roll_seal([other, one]), roll_seal([one]) == roll_seal([("a", True, 40, 71)])
    (True, False)
    """
    return sha256(json.dumps(sorted(rows, key=lambda row: row[0])).encode()).hexdigest()


def trained(came: Collection[str], members: Collection[str], percent: int) -> bool:
    """Whether a training counts for a group: enough of its members of that day came.

    >>> trained({"a", "b", "x"}, {"a", "b", "c", "d"}, 50), trained({"a"}, {"a", "b", "c"}, 50)
    (True, False)
    """
    there = len(set(members) & set(came))
    return there > 0 and Share(there, len(set(members))).at_least(percent)


@dataclass(frozen=True, slots=True)
class Gain:
    """Mean scores of those who took both tests; ``tested``: how many."""

    tested: int
    before: Fraction
    after: Fraction


def gain(came: Iterable[Came]) -> Gain | None:
    """What was learned, by those who took both tests; ``None`` where nobody did.

    >>> gain([Came("a", 40, 70), Came("b", 50, 60), Came("c", None, 90)])
    Gain(tested=2, before=Fraction(45, 1), after=Fraction(65, 1))
    """
    pairs = [
        (one.before, one.after) for one in came if one.before is not None and one.after is not None
    ]
    if not pairs:
        return None
    number = len(pairs)
    return Gain(
        number,
        Fraction(sum(before for before, _after in pairs), number),
        Fraction(sum(after for _before, after in pairs), number),
    )
