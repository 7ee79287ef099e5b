"""Births, deaths, moves in and out."""

from collections.abc import Mapping, Sequence
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import queries, secrecy
from pendamping.households.actions import homes
from pendamping.households.models import Household, Person, PoorMark
from pendamping.households.rules import kinship, life
from pendamping.households.rules.life import NewPerson
from pendamping.households.rules.names import name_key
from pendamping.households.rules.nik import read_number
from pendamping.households.rules.values import Wrong, read_area_number, text
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def add_household(
    *,
    by: User,
    ward: str,
    on: date,
    rw: str,
    rt: str,
    members: Sequence[NewPerson],
    address: str = "",
    number: str = "",
    kk: str = "",
    poor: bool = False,
    source: str = "entry",
    new_place: bool = False,
    request_id: str = "",
) -> Household:
    """Enter a household with its members (exactly one head); ``poor`` sets a census mark.

    ``new_place``: nobody lived in this RW and RT until now, and that is no slip. The same
    ``request_id`` again gives back the household that it made.
    """
    allow(by, "households.add_household", ward)
    refuse_if(
        [
            *life.household_problems(members, clock.today()),
            *life.place_problems(rw, rt, queries.neighbourhoods(ward), new_place),
            *life.day_problems(on, clock.today()),
            *_kk_problems(kk),
        ]
    )
    household = _new(ward, on, rw, rt, members, address, number, kk, source)
    for person in members:
        homes.settle_in(household, person, on)
    if poor:
        PoorMark.objects.create(household=household, ward=ward, since=on, source="census")
    kind = "move_in" if source == "entry" else source
    homes.happened(household, kind, on, request_id=request_id)
    territory.add_neighbourhoods(by=by, ward=ward, pairs=[(household.rw, household.rt)])
    record(
        by=by,
        ward=ward,
        record=f"household:{household.id}",
        on=on,
        persons=len(members),
        poor=poor,
    )
    return household


def _kk_problems(kk: str) -> list[Reason]:
    try:
        read_number(kk)
    except Wrong as wrong:
        return [
            Reason(wrong.reason.clause, wrong.reason.text, wrong.reason.values, {"field": "kk"})
        ]
    return []


def _new(
    ward: str,
    on: date,
    rw: str,
    rt: str,
    members: Sequence[NewPerson],
    address: str,
    number: str,
    kk: str,
    source: str,
) -> Household:
    head = next(person for person in members if person.relation == "head")
    cipher, matched, last4 = secrecy.seal(read_number(kk).digits)
    return Household.objects.create(
        ward=ward,
        number=fitting(number, 40),
        rw=read_area_number(rw),
        rt=read_area_number(rt),
        address=fitting(address, 200),
        kk_cipher=cipher,
        kk_hash=matched,
        kk_last4=last4,
        head_name=text(head.name),
        head_key=name_key(head.name),
        size=len(members),
        women=sum(person.sex == "P" for person in members),
        joined_on=on,
        source=source,
    )


@action
def record_birth(
    *,
    by: User,
    ward: str,
    household_id: str,
    on: date,
    name: str,
    sex: str,
    relation: str = "child",
    request_id: str = "",
) -> Person:
    """A child is born into the household on a day; sent twice, it is born once."""
    household = homes.lock_household(ward, household_id)
    allow(by, "households.record_birth", ward)
    child = NewPerson(name=name, sex=sex, relation=relation, born=on)
    refuse_if(
        [
            *life.person_problems(child, clock.today()),
            *life.coming_problems(on, clock.today(), household.joined_on, born=True),
            *kinship.birth_problems(relation),
        ]
    )
    person = homes.settle_in(household, child, on)
    homes.refresh(household, on)
    homes.happened(household, "birth", on, [person], request_id=request_id)
    record(by=by, ward=ward, record=f"person:{person.id}", on=on, household=household.id)
    return person


def _not_head(relation: str) -> list[Reason]:
    if relation != "head":
        return []
    return [
        Reason(
            "households.life.has_head",
            "The household has a head already; choose another relation.",
            where={"field": "relation"},
        )
    ]


@action
def record_move_in(
    *,
    by: User,
    ward: str,
    household_id: str,
    on: date,
    person: NewPerson,
    origin: str = "",
    request_id: str = "",
) -> Person:
    """Somebody comes to live in an existing household; sent twice, they come once."""
    household = homes.lock_household(ward, household_id)
    allow(by, "households.record_move_in", ward)
    refuse_if(
        [
            *life.person_problems(person, clock.today()),
            *life.coming_problems(on, clock.today(), household.joined_on, born=False),
            *_not_head(person.relation),
        ]
    )
    came = homes.settle_in(household, person, on)
    homes.refresh(household, on)
    homes.happened(household, "move_in", on, [came], note=origin, request_id=request_id)
    record(by=by, ward=ward, record=f"person:{came.id}", on=on, household=household.id)
    return came


@action
def record_death(
    *,
    by: User,
    ward: str,
    person_id: str,
    on: date,
    new_head: str = "",
    relations: Mapping[str, str] | None = None,
    request_id: str = "",
) -> Household:
    """A person died; where it was the head, one of the others becomes head.

    ``relations``: who of the others is what to the new head, where that was told.
    """
    person = homes.lock_person(ward, person_id)
    household = homes.lock_household(ward, person.household_id)
    allow(by, "households.record_death", ward)
    told = {key: value for key, value in (relations or {}).items() if value}
    _leave(household, [person_id], on, new_head, "died", told)
    homes.happened(household, "death", on, [person], request_id=request_id)
    record(by=by, ward=ward, record=f"person:{person.id}", on=on, household=household.id)
    return household


@action
def record_move_out(
    *,
    by: User,
    ward: str,
    household_id: str,
    people: Sequence[str],
    on: date,
    new_head: str = "",
    to: str = "",
    request_id: str = "",
) -> Household:
    """Some or all members leave the ward; when all do, the household ends."""
    household = homes.lock_household(ward, household_id)
    allow(by, "households.record_move_out", ward)
    left = _leave(household, people, on, new_head, "moved")
    homes.happened(household, "move_out", on, left, note=to, request_id=request_id)
    record(by=by, ward=ward, record=f"household:{household.id}", on=on, persons=len(left))
    return household


def _leave(
    household: Household,
    people: Sequence[str],
    on: date,
    new_head: str,
    status: str,
    told: Mapping[str, str] | None = None,
) -> list[Person]:
    members = homes.members_of(household)
    facts = [(each.person_id, each.relation) for each in members]
    leaving = [each for each in members if each.person_id in people]
    stay = [each for each in members if each.person_id not in people]
    if not any(each.relation == "head" for each in leaving):
        new_head = ""  # the head stays
    rule = queries.head_rule(household.ward, on)
    refuse_if(
        [
            *life.leaving_problems(people, facts, new_head, died=status == "died"),
            *life.day_problems(on, clock.today(), homes.since_of(members, [*people, new_head])),
            *kinship.head_problems(new_head, homes.heirs(stay, on), rule, "new_head"),
            *life.relation_problems(told or {}),
        ]
    )
    homes.take_out(leaving, on, status)
    homes.refresh(household, on, new_head, told)
    return [each.person for each in leaving]
