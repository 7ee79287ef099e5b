"""Reading cadres: who they are, what they did, whether they are active, what is still open."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.cadres import labels, rules
from pendamping.cadres.models import Cadre, Charge, Deed
from pendamping.facilitation import queries as facilitation
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings
from pendamping.trail import queries as trail


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of work: ``kind`` is ``meeting``, ``training`` or ``deed``; ``text``: place, module or words."""

    on: date
    kind: str
    text: str
    record: str
    entered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A cadre as a day sees them: signs of work, the latest first; tasks held on the day."""

    cadre: Cadre
    standing: rules.Standing
    signs: tuple[Sign, ...]
    charges: tuple[Charge, ...]

    def count(self, kind: str) -> int:
        """How many signs of a kind."""
        return sum(sign.kind == kind for sign in self.signs)


def rule(ward: str, on: date) -> rules.CadreRule:
    """What the guideline says of cadres on a day."""
    text = guidelines.in_force(ward, on)
    return rules.read_rule(text.section("volunteers"), text.code)


def task_names(ward: str, on: date) -> dict[str, str]:
    """The tasks that cadres take over: key and name in the reader's language."""
    return labels.names("cadre_tasks", ward, on)


def cadre(ward: str, cadre_id: str) -> Cadre | None:
    """One cadre of the ward."""
    return Cadre.objects.filter(pk=cadre_id, ward=ward).first()


def seen(ward: str, on: date, only: str = "") -> list[Seen]:
    """The cadres of a ward as a day sees them, by name; those who left last. ``only``: id of one."""
    rows = Cadre.objects.filter(ward=ward, joined_on__lte=on).order_by("name", "id")
    rows = rows.filter(pk=only) if only else rows
    people = list(rows.prefetch_related("charges", "deeds"))
    signs = _signs(ward, people, on)
    months = rule(ward, on).dormant_after_months
    found = [
        Seen(
            one,
            rules.standing(one.joined_on, one.left_on, [s.on for s in signs[one.id]], on, months),
            tuple(sorted(signs[one.id], key=lambda sign: sign.on, reverse=True)),
            tuple(
                each
                for each in sorted(one.charges.all(), key=lambda each: (each.since, each.id))
                if each.since <= on and (each.until is None or each.until > on)
            ),
        )
        for one in people
    ]
    return sorted(found, key=lambda one: one.standing.word == "left")


def _signs(ward: str, people: Collection[Cadre], upto: date) -> dict[str, list[Sign]]:
    """By id of the cadre: rolls of meetings and trainings under any of their entries, and noted deeds."""
    entries = households.selves([one.person_id for one in people])
    every = {entry for same in entries.values() for entry in same}
    by_entry: dict[str, list[Sign]] = defaultdict(list)
    for person, day, place, meeting in meetings.came(ward, every, upto):
        by_entry[person].append(Sign(day, "meeting", place, meeting))
    for person, day, module, training in facilitation.came(ward, every, upto):
        by_entry[person].append(Sign(day, "training", module, training))
    found: dict[str, list[Sign]] = {}
    for one in people:
        signs = {
            s for entry in entries[one.person_id] for s in by_entry[entry] if _within(one, s.on)
        }
        deeds = [
            Sign(each.on, "deed", each.what, each.id, each.entered_on)
            for each in one.deeds.all()
            if each.on <= upto
        ]
        found[one.id] = [*signs, *deeds]
    return found


def _within(one: Cadre, day: date) -> bool:
    return one.joined_on <= day and (one.left_on is None or day < one.left_on)


def readiness(ward: str, on: date, people: Collection[Seen] | None = None) -> rules.Readiness:
    """How ready the cadres are to go on alone on a day. ``people``: where they are known already."""
    known = seen(ward, on) if people is None else people
    return rules.readiness(
        (
            rules.One(
                one.standing.word,
                one.cadre.poor,
                one.cadre.sex == "P",
                frozenset(each.task for each in one.charges),
            )
            for one in known
        ),
        guidelines.section("cadre_tasks", ward, on),
        rule(ward, on).active_min,
    )


def check(ward: str) -> list[Reason]:
    """Cadres of whom the record says something that no action entered."""
    from pendamping.cadres import said

    return said.breaks(ward)


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``cadres``, ``cadre_tasks``, ``cadre_deeds``; sorted by key."""
    of_ward = Cadre.objects.filter(ward=ward).order_by("id")
    charges = Charge.objects.filter(cadre__ward=ward).order_by("id")
    deeds = Deed.objects.filter(cadre__ward=ward).order_by("id")
    columns = (
        "id", "person", "name", "sex", "poor", "joined_on", "stage", "meeting", "entered_on",
        "left_on", "left_why",
    )  # fmt: skip
    left = trail.last_entries(ward, ["cadres.leave"])
    return {
        "cadres": (
            {**row, "to_entered_on": left.get(f"cadre:{row['id']}")}
            for row in of_ward.values(*columns)
        ),
        "cadre_tasks": (
            {**row, "entered_on": row.pop("entered_at").astimezone(clock.JAKARTA).date()}
            for row in charges.values("id", "cadre", "task", "since", "until", "entered_at")
        ),
        "cadre_deeds": (row for row in deeds.values("id", "cadre", "on", "what", "entered_on")),
    }
