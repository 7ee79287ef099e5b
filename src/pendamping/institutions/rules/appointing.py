"""Bodies that are appointed: units, secretariat, supervisors, committees, user groups."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.kernel.refusal import N_, Reason

ELECTED = "board"  # a kind of body that comes to its seats by votes
OUTSIDE = "forum"  # and one that does not sit in the ward
USERS = "user-group"
LEAST_AGE = 17


@dataclass(frozen=True, slots=True)
class BodyRule:
    """What the guideline says of a body. ``matter``: what a meeting decides that appoints it; ``least``,
    ``most``: persons, 0 where it sets none; ``offices``: each held by one person; ``users``: several in a
    ward, each with a name."""

    key: str
    code: str
    name: Mapping[str, str]
    short: str
    matter: str
    offices: tuple[str, ...]
    least: int
    most: int
    users: bool

    def clause(self) -> str:
        """Where the rule of this body stands: ``bodies.p2kp2.upk``."""
        return f"bodies.{self.code}.{self.key}"

    def said(self) -> Mapping[str, str]:
        """The short name where there is one, else the whole, in both languages."""
        return {"id": self.short, "en": self.short} if self.short else self.name


def read_bodies(said: Mapping[str, Mapping[str, Any]], code: str) -> dict[str, BodyRule]:
    """The bodies of a ward out of the section ``bodies``; the forum of several wards is none."""
    return {
        key: BodyRule(
            key=key,
            code=code,
            name=value["name"],
            short=value.get("short", ""),
            matter=value.get("decided_as", "units"),
            offices=tuple(value.get("offices", ())),
            least=value.get("size_min", 0),
            most=value.get("size_max", 0),
            users=value["kind"] == USERS,
        )
        for key, value in said.items()
        if value["kind"] != OUTSIDE
    }


def appointed(bodies: Mapping[str, BodyRule], said: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The keys of the bodies that are appointed and not elected, in the order of the text."""
    return [key for key in bodies if said[key]["kind"] != ELECTED]


def draft_problems(
    rule: BodyRule | None, name: str, since: date, ends: date, whole: bool, there: bool
) -> list[Reason]:
    """Why an appointment cannot be written down so. ``there``: somebody sits in the body on that day."""
    if rule is None:
        return [
            Reason(
                "institutions.body.kind", N_("Choose a body that is appointed."), {}, _at("kind")
            )
        ]
    found = []
    if rule.users and not name.strip():
        text = N_("A user group has a name; write it down.")
        found.append(Reason(rule.clause(), text, {}, _at("name")))
    if ends < since:
        text = N_("The term ends on {ends}, before it begins.")
        found.append(Reason("institutions.seat.term", text, {"ends": ends}, _at("ends")))
    if not whole and not there:
        text = N_("Nobody sits in this body on that day: appoint the whole of it.")
        found.append(Reason("institutions.appoint.whole", text, {}, _at("whole")))
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named for a seat. ``age``: whole years, ``None`` where it is not known."""

    person: str
    name: str
    office: str
    resident: bool
    age: int | None


def person_problems(one: Named, rule: BodyRule, taken: Collection[str]) -> list[Reason]:
    """Why somebody cannot be named with this office. ``taken``: offices that others hold or are named for."""
    found = []
    here = {"field": "person", "person": one.person}
    if not one.resident:
        text = N_("{name} does not live in this ward on that day.")
        found.append(Reason("institutions.seat.resident", text, {"name": one.name}, here))
    if one.age is not None and one.age < LEAST_AGE:
        text = N_("{name} is {age} years old; a seat is taken from {least} on.")
        told = {"name": one.name, "age": one.age, "least": LEAST_AGE}
        found.append(Reason("institutions.seat.age", text, told, here))
    if one.office and one.office not in rule.offices:
        text = N_("There is no such office in this body.")
        found.append(Reason(rule.clause(), text, {}, _at("office")))
    elif one.office and one.office in taken:
        text = N_("This office is taken; one person holds it.")
        found.append(Reason(rule.clause(), text, {}, _at("office")))
    return found


def size_problems(rule: BodyRule, count: int) -> Iterator[Reason]:
    """Why a body cannot sit with so many people."""
    if count < max(rule.least, 1):
        text = N_("{body} needs at least {least} people; {count} would sit in it.")
        told = {"body": rule.said(), "least": max(rule.least, 1), "count": count}
        yield Reason(rule.clause(), text, told)
    if rule.most and count > rule.most:
        text = N_("{body} has at most {most} people; {count} would sit in it.")
        told = {"body": rule.said(), "most": rule.most, "count": count}
        yield Reason(rule.clause(), text, told)


def marked(appointment: str, people: Iterable[tuple[str, str]], since: date, ends: date) -> str:
    """What a meeting decides that appoints exactly these people, each as ``(person, office)``.

    Whoever is named, taken out or given another office afterwards changes it: an earlier decision then
    no longer counts for it.

    >>> one = marked("A", [("p", "cashier")], date(2004, 6, 1), date(2005, 5, 31))
    >>> one == marked("A", [("p", "manager")], date(2004, 6, 1), date(2005, 5, 31))
    False
    """
    told = "|".join(
        [*(f"{person}:{office}" for person, office in sorted(people)), f"{since}:{ends}"]
    )
    return f"institutions.appoint:{appointment}:{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def _at(field: str) -> dict[str, str]:
    return {"field": field}
