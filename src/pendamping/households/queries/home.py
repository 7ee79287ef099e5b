"""One household with all that its page shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from pendamping.guidelines import queries as guidelines
from pendamping.households.models import (
    Household,
    LifeEvent,
    Membership,
    Person,
    PoorMark,
)
from pendamping.households.queries.people import Resident, as_residents
from pendamping.households.queries.poverty import is_poor
from pendamping.households.rules.kinship import HeadRule, Heir, is_grown


@dataclass(frozen=True, slots=True)
class Happened:
    """Something in the life of the household."""

    on: date
    entered_on: date
    kind: str
    person: str
    other: str
    note: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A time during which the household counted as poor; source ``split``: as its household was."""

    since: date
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Home:
    """A household: its place, its members today, who left, its marks and events."""

    id: str
    number: str
    rw: str
    rt: str
    address: str
    kk_last4: str
    head_name: str
    joined_on: date
    left_on: date | None
    source: str
    poor: bool
    members: list[Resident]
    gone: list[Resident]
    marks: list[Mark] = field(default_factory=list)
    events: list[Happened] = field(default_factory=list)
    by_hand: frozenset[str] = frozenset()  # members who were entered one by one


def household(ward: str, household_id: str) -> Home | None:
    """A household of the ward, also one that has ended."""
    found = Household.objects.filter(pk=household_id, ward=ward).first()
    if found is None:
        return None
    people = as_residents(Person.objects.filter(household=found).order_by("born", "id"))
    people.sort(key=lambda each: _RANK.get(each.relation, 9))
    lasted = Q(until__isnull=True) | Q(until__gt=F("since"))
    marks = PoorMark.objects.filter(lasted, household=found).order_by("since")
    return Home(
        id=found.id,
        number=found.number,
        rw=found.rw,
        rt=found.rt,
        address=found.address,
        kk_last4=found.kk_last4,
        head_name=found.head_name,
        joined_on=found.joined_on,
        left_on=found.left_on,
        source=found.source,
        poor=is_poor(ward, found.id),
        members=[each for each in people if each.status == "resident"],
        gone=[each for each in people if each.status in {"died", "moved"}],
        marks=[_mark(found, *row) for row in marks.values_list("since", "until", "source")],
        events=_events(found),
        by_hand=_by_hand(found),
    )


def _mark(found: Household, since: date, until: date | None, source: str) -> Mark:
    """A household that was founded by a split has its first mark from the one it left."""
    inherited = found.source == "split" and since == found.joined_on
    return Mark(since, until, "split" if inherited else source)


_RANK = {"head": 0, "spouse": 1, "child": 2, "child_in_law": 3, "grandchild": 4}


def _events(found: Household) -> list[Happened]:
    rows = LifeEvent.objects.filter(household=found).order_by("on", "id")
    columns = ("on", "entered_on", "kind", "person__name", "other", "note")
    return [
        Happened(on, entered, kind, person or "", other, note)
        for on, entered, kind, person, other, note in rows.values_list(*columns)
    ]


def head_rule(ward: str, on: date) -> HeadRule | None:
    """From which age somebody leads a household there; ``None`` where the guideline is silent."""
    text = guidelines.in_force(ward, on)
    least = text.section("households").get("head_min_age")
    return HeadRule(f"households.{text.code}.head_min_age", least) if least else None


def could_lead(ward: str, members: Sequence[Resident], on: date) -> list[Resident]:
    """Those who are old enough to lead a household; all of them where nobody is."""
    rule = head_rule(ward, on)
    grown = [
        each for each in members
        if rule is None
        or is_grown(Heir(each.id, each.name, each.relation, each.age(on)), rule)
    ]  # fmt: skip
    return grown or list(members)


def made_by(ward: str, request_id: str) -> LifeEvent | None:
    """What a form that was sent before has made already, with its household and person."""
    if not request_id:
        return None
    found = LifeEvent.objects.filter(ward=ward, request_id=request_id)
    return found.select_related("household", "person").first()


def entered_by_hand(person: Person) -> bool:
    """Whether somebody was entered one by one after the census, not with its file."""
    return _one_by_one(Person.objects.filter(pk=person.pk)).exists()


def _by_hand(found: Household) -> frozenset[str]:
    living = Person.objects.filter(household=found, status="resident")
    return frozenset(_one_by_one(living).values_list("id", flat=True))


def _one_by_one(people: QuerySet[Person]) -> QuerySet[Person]:
    """Those of the people with an event of their own, or begun with their household."""
    entered = LifeEvent.objects.filter(person=OuterRef("pk"), kind__in=("birth", "move_in"))
    begun = Membership.objects.filter(person=OuterRef("pk"), household__source="entry")
    return people.filter(Exists(entered) | Exists(begun))
