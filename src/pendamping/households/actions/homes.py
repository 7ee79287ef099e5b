"""Parts that several actions share: find, move and close. Nothing here stands alone."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q

from pendamping.households import queries, secrecy
from pendamping.households.models import Household, LifeEvent, Membership, Person, PoorMark
from pendamping.households.rules import kinship
from pendamping.households.rules.life import NewPerson
from pendamping.households.rules.names import name_key
from pendamping.households.rules.nik import read_number
from pendamping.households.rules.values import text
from pendamping.kernel import clock
from pendamping.kernel.period import whole_months
from pendamping.kernel.refusal import refuse
from pendamping.kernel.texts import fitting


def lock_household(ward: str, household_id: str) -> Household:
    """The household, locked; refuses one that is not (or no longer) of the ward."""
    found = Household.objects.select_for_update().filter(pk=household_id, ward=ward).first()
    if found is None or found.left_on is not None:
        raise refuse(
            "households.life.no_household", "There is no such household in this ward (any more)."
        )
    return found


def lock_person(ward: str, person_id: str) -> Person:
    """The person, locked, with the household; refuses who is no resident."""
    found = Person.objects.select_for_update().filter(pk=person_id, ward=ward).first()
    if found is None or found.status != "resident":
        raise refuse(
            "households.life.no_person", "There is no such resident in this ward (any more)."
        )
    return found


def members_of(household: Household) -> list[Membership]:
    """Who lives there now, with the person."""
    found = Membership.objects.filter(household=household, until__isnull=True)
    return list(found.select_related("person").order_by("since", "id"))


def since_of(members: Iterable[Membership], people: Sequence[str]) -> list[date]:
    """Since when those of the members live there (with their present relation)."""
    return [each.since for each in members if each.person_id in people]


def refuse_known_nik(ward: str, digits: str, but: str = "") -> None:
    """Refuse a NIK that a resident of the ward already has."""
    known = queries.person_with_nik(ward, read_number(digits).digits)
    if known is not None and known.id != but:
        raise refuse(
            "households.person.nik_known",
            "{name} of this ward already has this NIK.",
            name=known.name,
            where={"field": "nik", "person": known.id},
        )


def settle_in(household: Household, new: NewPerson, on: date) -> Person:
    """Make a person who lives in the household from a day on."""
    refuse_known_nik(household.ward, new.nik)
    cipher, matched, last4 = secrecy.seal(read_number(new.nik).digits)
    person = Person.objects.create(
        household=household,
        ward=household.ward,
        name=text(new.name),
        name_key=name_key(new.name),
        sex=new.sex,
        born=new.born,
        born_precision=new.born_precision if new.born else "",
        relation=new.relation,
        occupation=fitting(new.occupation, 120),
        education=fitting(new.education, 120),
        nik_cipher=cipher,
        nik_hash=matched,
        nik_last4=last4,
    )
    Membership.objects.create(person=person, household=household, relation=new.relation, since=on)
    return person


def take_out(people: Iterable[Membership], on: date, status: str) -> None:
    """End memberships; the persons keep their last household."""
    for membership in people:
        membership.until = on
        membership.save(update_fields=["until"])
        if status != "resident":
            Person.objects.filter(pk=membership.person_id).update(status=status)


def move(membership: Membership, household: Household, relation: str, on: date) -> None:
    """A person goes on in another household, or in the same one with another relation."""
    membership.until = on
    membership.save(update_fields=["until"])
    Membership.objects.create(
        person_id=membership.person_id, household=household, relation=relation, since=on
    )
    Person.objects.filter(pk=membership.person_id).update(household=household, relation=relation)


def refresh(
    household: Household, on: date, new_head: str = "", told: Mapping[str, str] | None = None
) -> None:
    """Bring the household's own row in line with who lives there; close it when nobody does.

    ``new_head``: who becomes head; the others are seen from there, but for those of whom it was
    ``told`` who they are to the new head.
    """
    members = members_of(household)
    if new_head:
        _put_head(household, members, new_head, on, told or {})
        members = members_of(household)
    household.size = len(members)
    household.women = sum(each.person.sex == "P" for each in members)
    head = next((each.person for each in members if each.relation == "head"), None)
    if head is not None:
        household.head_name, household.head_key = head.name, head.name_key
    if not members:
        household.left_on = on
    household.save(update_fields=["size", "women", "head_name", "head_key", "left_on"])
    if not members:
        _end_marks(household, on)  # after it: the database asks whether the household has ended


def _end_marks(household: Household, on: date) -> None:
    """A household that ended on a day counts as poor no longer, whatever was entered since."""
    marks = PoorMark.objects.filter(household=household)
    marks.filter(since__gt=on).delete()
    marks.filter(Q(until__isnull=True) | Q(until__gt=on)).update(until=on)


def _put_head(
    household: Household,
    members: Iterable[Membership],
    new_head: str,
    on: date,
    told: Mapping[str, str],
) -> None:
    was = {each.person_id: each.relation for each in members}
    for membership in members:
        person = membership.person_id
        relation = told.get(person) or kinship.seen_from(was[new_head], was[person])
        relation = "head" if person == new_head else relation
        if relation != was[person]:
            move(membership, household, relation, on)


def heirs(members: Iterable[Membership], on: date) -> list[kinship.Heir]:
    """The members as those who could be head, with their age on a day."""
    found = []
    for each in members:
        born = each.person.born
        age = None if born is None else whole_months(born, on) // 12
        found.append(kinship.Heir(each.person_id, each.person.name, each.relation, age))
    return found


def happened(
    household: Household,
    kind: str,
    on: date,
    people: Sequence[Person | None] = (None,),
    other: str = "",
    note: str = "",
    request_id: str = "",
) -> None:
    """Note events in the life of the household; the first one keeps the request that made it."""
    for person in people:
        LifeEvent.objects.create(
            ward=household.ward,
            household=household,
            person=person,
            kind=kind,
            on=on,
            entered_on=clock.today(),
            other=other,
            note=fitting(note, 200),
            request_id=request_id or None,
        )
        request_id = ""
