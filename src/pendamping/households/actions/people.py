"""Correcting a person, seeing a NIK, settling likely doubles."""

from dataclasses import replace

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import secrecy
from pendamping.households.actions import homes
from pendamping.households.actions.same import lock_both
from pendamping.households.models import Distinct, Person
from pendamping.households.rules import life
from pendamping.households.rules.life import NewPerson
from pendamping.households.rules.names import name_key
from pendamping.households.rules.nik import read_number
from pendamping.households.rules.values import text
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action

CORRECTABLE = (
    "name", "sex", "born", "born_precision", "relation", "occupation", "education", "nik",
)  # fmt: skip


@action
def correct_person(*, by: User, ward: str, person_id: str, **changes: object) -> Person:
    """Put right what was written down wrong (not what has changed since).

    ``changes``: any of ``CORRECTABLE``; ``nik=""`` takes the number away. The head stays head.
    """
    person = homes.lock_person(ward, person_id)
    allow(by, "households.correct_person", ward)
    wanted = {name: value for name, value in changes.items() if name in CORRECTABLE}
    told = replace(_as_told(person), **wanted)  # type: ignore[arg-type]
    refuse_if([*life.person_problems(told, clock.today()), *_head_problems(person, told)])
    for name in wanted.keys() - {"nik", "relation"}:
        setattr(person, name, getattr(told, name))
    person.name, person.name_key = text(told.name), name_key(told.name)
    if "nik" in wanted:
        homes.refuse_known_nik(ward, told.nik, but=person.id)
        sealed = secrecy.seal(read_number(told.nik).digits)
        person.nik_cipher, person.nik_hash, person.nik_last4 = sealed
    if told.relation != person.relation:
        person.relation = told.relation
        person.memberships.filter(until__isnull=True).update(relation=told.relation)
    person.save()
    homes.refresh(person.household, clock.today())
    homes.happened(person.household, "correct", clock.today(), [person])
    record(by=by, ward=ward, record=f"person:{person.id}", fields=sorted(wanted))
    return person


def _as_told(person: Person) -> NewPerson:
    return NewPerson(
        name=person.name,
        sex=person.sex or "L",
        relation=person.relation,
        born=person.born,
        born_precision=person.born_precision,
        occupation=person.occupation,
        education=person.education,
    )


def _head_problems(person: Person, told: NewPerson) -> list[Reason]:
    if (person.relation == "head") == (told.relation == "head"):
        return []
    return [
        Reason(
            "households.person.head",
            "Who is head changes by a death, a move or a split, not by a correction.",
            where={"field": "relation"},
        )
    ]


@action
def reveal_nik(*, by: User, ward: str, person_id: str, reason: str) -> str:
    """The sixteen digits; who looked, at whom and why stays in the trail."""
    person = Person.objects.filter(pk=person_id, ward=ward).first()
    allow(by, "households.reveal_nik", ward)
    if person is None or not person.nik_cipher:
        raise refuse("households.person.no_nik", "No NIK is stored for this person.")
    if len(reason.strip()) < 5:
        raise refuse(
            "households.person.why",
            "Say why you need to see the number; the reason is kept in the trail.",
            where={"field": "reason"},
        )
    record(by=by, ward=ward, record=f"person:{person.id}", reason=fitting(reason, 200))
    return secrecy.reveal(person.nik_cipher)


@action
def settle_duplicate(*, by: User, ward: str, first_id: str, second_id: str) -> Person:
    """Say of two who look alike that they are two: they are not shown as likely doubles again.

    That they are one is said in the room ``persons``. Returns the first.
    """
    first, second = lock_both(ward, first_id, second_id)
    allow(by, "households.settle_duplicate", ward)
    one, two = sorted((first.id, second.id))
    Distinct.objects.get_or_create(ward=ward, first_id=one, second_id=two)
    record(by=by, ward=ward, record=f"person:{first.id}", other=second.id, same=False)
    return first
