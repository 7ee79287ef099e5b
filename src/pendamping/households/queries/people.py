"""Persons and who lived where on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from pendamping.households.models import Household, Membership, Person
from pendamping.households.queries.same import selves, survivors
from pendamping.households.rules.names import name_key
from pendamping.kernel import clock
from pendamping.kernel.period import add_months, whole_months


@dataclass(frozen=True, slots=True)
class Resident:
    """A person as other rooms see them. ``sex``: L, P or empty; no number, ever."""

    id: str
    name: str
    sex: str
    born: date | None
    relation: str
    status: str
    household_id: str
    rw: str
    rt: str
    nik_last4: str = ""
    born_precision: str = ""
    occupation: str = ""
    education: str = ""

    def age(self, on: date) -> int | None:
        """Whole years on a day; ``None`` where the date of birth is not known."""
        return None if self.born is None else whole_months(self.born, on) // 12


FIELDS = (
    "id", "name", "sex", "born", "relation", "status", "household_id", "household__rw",
    "household__rt", "nik_last4", "born_precision", "occupation", "education",
)  # fmt: skip


def as_residents(found: QuerySet[Person]) -> list[Resident]:
    """Rows as plain facts, without model objects."""
    return [Resident(*row) for row in found.values_list(*FIELDS)]


def has_at_most(ward: str, count: int) -> bool:
    """Whether the ward has no more people than that; looks no further than it must."""
    return not Person.objects.filter(ward=ward)[count : count + 1].exists()


def person(ward: str, person_id: str) -> Resident | None:
    """One person of the ward, whatever became of them; an entry that was joined with another is read
    as that one."""
    return persons(ward, [person_id]).get(person_id)


def persons(ward: str, ids: Iterable[str]) -> dict[str, Resident]:
    """Persons of the ward by the id that was asked for; unknown ids are left out.

    Of an entry that was joined with another one, that other is given: its ``id`` is then not the key.
    """
    stands = survivors(ids)
    found = as_residents(Person.objects.filter(pk__in=set(stands.values()), ward=ward))
    known = {each.id: each for each in found}
    return {asked: known[one] for asked, one in stands.items() if one in known}


def called(ward: str, names: Iterable[str]) -> dict[str, list[Resident]]:
    """Everybody of the ward, also who died or moved, who has one of these names, by the name as it was
    asked; names are compared without titles, in their old and new spelling.
    """
    asked = {name: name_key(name) for name in names}
    found = Person.objects.filter(ward=ward, name_key__in=set(asked.values()))
    by_key: dict[str, list[Resident]] = {}
    known = found.exclude(status__in=("double", "mistake")).order_by("id")
    for key, one in zip(known.values_list("name_key", flat=True), as_residents(known), strict=True):
        by_key.setdefault(key, []).append(one)
    return {name: by_key.get(key, []) for name, key in asked.items()}


def residents(
    ward: str, *, on: date | None = None, least_age: int = 0, rw: str = "", rt: str = ""
) -> list[Resident]:
    """Who lives in the ward today, by RW, RT and name; ``least_age`` leaves out younger ones
    (and those whose age is not known) on the day ``on``."""
    found = Person.objects.filter(ward=ward, status="resident")
    if rw:
        found = found.filter(household__rw=rw)
    if rt:
        found = found.filter(household__rt=rt)
    day = on or clock.today()
    if least_age:  # the age itself is asked below
        found = found.filter(born__lte=add_months(day, -12 * least_age) + timedelta(days=3))
    people = as_residents(found.order_by("household__rw", "household__rt", "name_key", "id"))
    if not least_age:
        return people
    return [each for each in people if (age := each.age(day)) is not None and age >= least_age]


def adults_by_place(ward: str, on: date, least_age: int) -> dict[tuple[str, str], int]:
    """How many of those who live in the ward today are that old on a day, by RW and RT, in order.

    Whose age is not known is left out, as in :func:`residents`.
    """
    born = add_months(on, -12 * least_age)
    found = Person.objects.filter(ward=ward, status="resident", born__lte=born)
    rows = found.values_list("household__rw", "household__rt").annotate(all=Count("id"))
    return {(rw, rt): number for rw, rt, number in rows.order_by("household__rw", "household__rt")}


def _during(on: date) -> Q:
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def members_on(ward: str, household_id: str, on: date) -> list[tuple[str, str]]:
    """Who belonged to a household on a day: pairs of person and relation."""
    found = Membership.objects.filter(_during(on), household_id=household_id, household__ward=ward)
    return list(found.order_by("since", "id").values_list("person_id", "relation"))


def households_at(ward: str, people: Collection[str], on: date) -> dict[str, str]:
    """The household of each person on a day; who lived in none is left out.

    Whoever was entered twice lived, on a day before that was seen, where the entry that stays did.
    """
    entries, stands = selves(people), survivors(people)
    found = Membership.objects.filter(
        _during(on), person_id__in={each for same in entries.values() for each in same},
        household__ward=ward,
    )  # fmt: skip
    homes = dict(found.order_by("person_id").values_list("person_id", "household_id"))
    lived = {
        person: [homes[each] for each in (stands[person], *sorted(same)) if each in homes]
        for person, same in entries.items()
    }
    return {person: there[0] for person, there in lived.items() if there}


def gone_by(ward: str, people: Collection[str], on: date) -> dict[str, str]:
    """Those of the persons who no longer lived in the ward on a day: id to ``died``, ``moved``,
    ``double`` … Who came later is not gone. A double is gone on every day, unless it is known with
    which entry it was joined: then that one is asked.
    """
    stands = survivors(people)
    found = Person.objects.filter(ward=ward, pk__in=set(stands.values()))
    gone = dict(found.exclude(status="resident").values_list("id", "status"))
    there = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), person_id__in=list(gone)
    ).exclude(person__status="double")
    for person_id in there.values_list("person_id", flat=True):
        gone.pop(person_id, None)
    return {person: gone[one] for person, one in stands.items() if one in gone}


def head_names(ward: str, ids: Collection[str]) -> dict[str, str]:
    """The head's name of each household of the ward, by id."""
    found = Household.objects.filter(pk__in=set(ids), ward=ward)
    return dict(found.values_list("id", "head_name"))


def living_households(ward: str, on: date | None = None) -> QuerySet[Household]:
    """The ward's households on a day (default: now)."""
    found = Household.objects.filter(ward=ward)
    if on is None:
        return found.filter(left_on__isnull=True)
    return found.filter(Q(left_on__isnull=True) | Q(left_on__gt=on), joined_on__lte=on)
