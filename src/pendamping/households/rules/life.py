"""What may happen to a household after the census. Pure: facts in, reasons out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.households.rules import nik, values
from pendamping.households.rules.values import RELATIONS, Wrong
from pendamping.kernel.refusal import N_, Reason

KINDS = frozenset(RELATIONS.values())


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is entered by hand. ``nik``: digits or empty. ``relation``: a key of ``KINDS``."""

    name: str
    sex: str
    relation: str
    born: date | None = None
    born_precision: str = "day"
    nik: str = ""
    occupation: str = ""
    education: str = ""


def person_problems(person: NewPerson, today: date, field: str = "") -> list[Reason]:
    """What is wrong with a person entered by hand; ``where`` names the field."""
    found = []
    checks = (
        ("name", lambda: values.read_written_name(person.name)),
        ("sex", lambda: values.read_sex(person.sex)),
        ("born", lambda: _check_born(person.born, today)),
        ("nik", lambda: _check_nik(person.nik)),
        ("relation", lambda: values.read_relation(person.relation.replace("_", " "))),
    )
    for name, check in checks:
        try:
            check()
        except (Wrong, IndexError) as problem:
            reason = problem.reason if isinstance(problem, Wrong) else _no_name()
            where = {"field": f"{field}{name}"}
            found.append(Reason(reason.clause, reason.text, reason.values, where))
    return found


def _no_name() -> Reason:
    return Reason("households.census.name_missing", "Every person needs a name.")


def _check_born(born: date | None, today: date) -> None:
    if born is not None:
        values.check_born(born, today)


def _check_nik(digits: str) -> None:
    found = nik.read_number(digits)
    if found.digits:
        nik.what_nik_says(found.digits)


def relation_problems(told: Mapping[str, str]) -> list[Reason]:
    """Each told relation is one that a member beside the head can have; ``told``: by person."""
    return [
        Reason(
            "households.life.relation",
            "Choose what this person is to the head.",
            where={"field": f"relation_{person}"},
        )
        for person, relation in told.items()
        if relation not in KINDS - {"head"}
    ]


def household_problems(members: Sequence[NewPerson], today: date) -> list[Reason]:
    """Exactly one head, and nothing wrong with any member."""
    found = [
        reason
        for position, person in enumerate(members)
        for reason in person_problems(person, today, f"{position}-")
    ]
    if sum(person.relation == "head" for person in members) != 1:
        found.append(
            Reason(
                "households.life.one_head",
                "A household has exactly one head.",
                where={"field": "relation"},
            )
        )
    return found


def area_problems(rw: str, rt: str) -> list[Reason]:
    """RW and RT are numbers."""
    found = []
    for name, value in (("rw", rw), ("rt", rt)):
        try:
            values.read_area_number(value)
        except Wrong as wrong:
            found.append(Reason(wrong.reason.clause, wrong.reason.text, {}, {"field": name}))
    return found


def place_problems(rw: str, rt: str, known: Collection[tuple[str, str]], new: bool) -> list[Reason]:
    """RW and RT are among those where people live, unless somebody says that the place is new.

    ``known``: those pairs (``("05", "02")``); where there is none yet, any place is right.
    """
    wrong = area_problems(rw, rt)
    if wrong or new or not known:
        return wrong
    place = values.read_area_number(rw), values.read_area_number(rt)
    if place in known:
        return []
    return [
        Reason(
            "households.life.new_place",
            "Nobody lives in RW {rw} RT {rt} yet. Choose one of the known RTs, or say that it is new.",
            {"rw": place[0], "rt": place[1]},
            {"field": "place"},
        )
    ]


def day_problems(on: date, today: date, since: Iterable[date] = ()) -> list[Reason]:
    """An event lies neither in the future nor before what it changes."""
    found = []
    if on > today:
        found.append(
            Reason("households.life.future", "The day lies in the future.", where={"field": "on"})
        )
    latest = max(since, default=None)
    if latest is not None and on < latest:
        found.append(
            Reason(
                "households.life.too_early",
                "The day lies before {day}, when the person came into the household.",
                {"day": latest},
                {"field": "on"},
            )
        )
    return found


def coming_problems(on: date, today: date, known_since: date, *, born: bool) -> list[Reason]:
    """Nobody comes into a household before the day since when it is known here.

    ``born``: a birth is recorded; a child that was born before that day was there already.
    """
    found = day_problems(on, today)
    if on >= known_since:
        return found
    said = N_("This household is known here since {day}. Choose that day or a later one.")
    if born:
        said = N_(
            "This household is known here since {day}, and the child was born before. Choose “Add a member” "
            "on the page of the household and write the date of birth there."
        )
    return [
        *found, Reason("households.life.too_early", said, {"day": known_since}, {"field": "on"})
    ]  # fmt: skip


def mistake_problems(
    reason: str, *, by_hand: bool, leads_others: bool = False, joined: bool = False
) -> list[Reason]:
    """Only what was entered by hand is taken back, with its reason, no head from among others, and
    nobody with whom another entry was joined."""
    found = []
    if not by_hand:
        found.append(
            Reason(
                "households.mistake.census",
                "This stands in the census. Correct it, or settle it as a double.",
            )
        )
    if leads_others:
        found.append(
            Reason(
                "households.mistake.head",
                "Others live in this household; its head cannot be taken back alone. Take back the "
                "whole household.",
            )
        )
    if joined:
        found.append(
            Reason(
                "households.mistake.joined",
                "Another entry was joined with this one. Part them first.",
            )
        )
    if len(reason.strip()) < 5:
        found.append(
            Reason(
                "households.mistake.why",
                "Say what went wrong; the reason is kept in the trail.",
                where={"field": "reason"},
            )
        )
    return found


def leaving_problems(
    leaving: Sequence[str],
    members: Sequence[tuple[str, str]],
    new_head: str,
    *,
    died: bool = False,
) -> list[Reason]:
    """Who leaves must be a member; when the head leaves, the others need a new one.

    ``members``: pairs of person and relation, as they live there now. ``died``: the head has died.
    """
    relations = dict(members)
    staying = [person for person in relations if person not in leaving]
    if not leaving or any(person not in relations for person in leaving):
        return [
            Reason(
                "households.life.not_member",
                "Choose at least one person who lives in this household.",
                where={"field": "people"},
            )
        ]
    head_leaves = any(relations[person] == "head" for person in leaving)
    if head_leaves and staying and new_head not in staying:
        said = Reason("", "The head leaves. Choose who of the others becomes head.")
        if died:
            said = Reason("", "The household has lost its head. Choose who leads it from now on.")
        return [Reason("households.life.new_head", said.text, where={"field": "new_head"})]
    return []


def double_problems(alike: bool, why: str) -> list[Reason]:
    """Two who do not look alike are one only where somebody says how that is known."""
    if alike or len(why.strip()) >= LEAST_WHY:
        return []
    return [
        Reason(
            "households.person.not_alike",
            "These two do not look alike in name, birth and place. Say how it is known that they are "
            "one person; the reason is kept in the trail.",
            where={"field": "why"},
        )
    ]


LEAST_WHY = 5  # letters of a reason that says something
