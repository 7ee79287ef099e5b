"""One person under two entries: the second goes into the first, or comes out of it again.

Steps of the actions of the room ``persons``, which asks the rooms above what speaks against it.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from pendamping.households import queries
from pendamping.households.actions import homes
from pendamping.households.models import Household, Membership, Person, PoorMark
from pendamping.households.rules import kinship, life, same
from pendamping.households.rules.same import Joining
from pendamping.kernel import clock, memory
from pendamping.kernel.refusal import Reason, refuse, refuse_if


def lock_both(ward: str, first_id: str, second_id: str) -> tuple[Person, Person]:
    """Two residents of the ward, locked in one order; refuses the same one twice."""
    locked = {each: homes.lock_person(ward, each) for each in sorted({first_id, second_id})}
    if first_id == second_id:
        raise refuse("households.person.itself", "Choose two different persons.")
    return locked[first_id], locked[second_id]


def join_entries(
    *,
    ward: str,
    kept_id: str,
    removed_id: str,
    against: Iterable[Reason],
    on: date | None = None,
    why: str = "",
    new_head: str = "",
) -> Person:
    """The second entry goes into the first, which it names from then on. Returns the first.

    ``against``: what the papers of the rooms above say. ``new_head``: who of the others becomes head, where
    the one who goes leads them. ``why``: how it is known that two who do not look alike are one.
    """
    kept, removed = lock_both(ward, kept_id, removed_id)
    household = homes.lock_household(ward, removed.household_id)
    members = homes.members_of(household)
    going = [each for each in members if each.person_id == removed.id]
    if len(members) == 1 or all(each.relation != "head" for each in going):
        new_head = ""  # nobody is left, or the head stays
    on = max(on or clock.today(), *homes.since_of(members, [removed.id, new_head]))
    refuse_if(
        [
            *life.double_problems(queries.look_alike(ward, kept.id, removed.id), why),
            *same.joining_problems(_joining(kept, removed, members, new_head)),
            *_head_problems(ward, removed, members, new_head, on),
            *against,
        ]
    )
    homes.take_out(going, on, "double")
    Person.objects.filter(pk=removed.id).update(same_as=kept)
    memory.forget()
    if removed.nik_cipher and not kept.nik_cipher:
        _give_nik(kept, removed.nik_cipher, removed.nik_hash, removed.nik_last4)
    homes.refresh(household, on, new_head)
    homes.happened(household, "same", on, [removed], other=kept.household_id, note=why.strip())
    return kept


def _joining(
    kept: Person, removed: Person, members: Sequence[Membership], new_head: str
) -> Joining:
    ward = removed.ward
    return Joining(
        kept.id,
        removed.id,
        [(each.person_id, each.relation) for each in members],
        loses_poor=len(members) == 1
        and queries.is_poor(ward, removed.household_id)
        and not queries.is_poor(ward, kept.household_id),
        new_head=new_head,
    )


def _head_problems(
    ward: str, removed: Person, members: Sequence[Membership], new_head: str, on: date
) -> list[Reason]:
    stay = homes.heirs([each for each in members if each.person_id != removed.id], on)
    return kinship.head_problems(new_head, stay, queries.head_rule(ward, on), "new_head")


def part_entries(*, ward: str, person_id: str, against: Iterable[Reason], reason: str) -> Person:
    """An entry that was joined by mistake lives on by itself again, where it was.

    Its days between count as lived there, its papers were never moved; a NIK that the other entry
    had from it goes back. Returns the entry.
    """
    removed = Person.objects.select_for_update().filter(pk=person_id, ward=ward).first()
    if removed is None:
        raise refuse("households.same.not_joined", "This entry was not joined with another one.")
    kept = Person.objects.select_for_update().filter(pk=removed.same_as_id).first()
    stay = Membership.objects.filter(person=removed).order_by("until", "id").last()
    home = removed.household
    alone = stay is not None and home.left_on == stay.until
    known = queries.person_with_nik_hash(ward, removed.nik_hash)
    refuse_if(
        [
            *same.parting_problems(
                joined=kept is not None,
                home_ended_since=home.left_on is not None and not alone,
                nik_taken=known.name if known and known.id != removed.same_as_id else "",
            ),
            *against,
            *_reason_problems(reason),
        ]
    )
    if removed.nik_hash and kept.nik_hash == removed.nik_hash:
        _give_nik(kept, "", "", "")
    _live_again(removed, stay, alone=alone)
    homes.happened(home, "apart", clock.today(), [removed], other=kept.household_id, note=reason)
    return removed


def _live_again(removed: Person, stay: Membership, *, alone: bool) -> None:
    home, ended = removed.household, stay.until
    Person.objects.filter(pk=removed.pk).update(status="resident", same_as=None)
    memory.forget()
    led_since = None if alone or stay.relation != "head" else _leads(home)
    if led_since is None:
        Membership.objects.filter(pk=stay.pk).update(until=None)
    else:  # another one became head when this entry went
        homes.move(stay, home, kinship.seen_from(led_since, "head"), ended)
    if alone:
        _open_last_mark(home, ended)
        home.left_on = None
    homes.refresh(home, clock.today())


def _leads(home: Household) -> str | None:
    """What the present head was to the head before."""
    head = Membership.objects.filter(household=home, relation="head", until__isnull=True).first()
    if head is None:
        return None
    before = Membership.objects.filter(person=head.person_id, household=home, until__isnull=False)
    was = before.order_by("until", "id").last()
    return was.relation if was else "other"


def _open_last_mark(home: Household, ended: date) -> None:
    """What the end of the household ended; a mark that never held stays closed."""
    marks = PoorMark.objects.filter(household=home, until=ended, since__lt=ended)
    last = marks.order_by("-since").first()
    if last is not None:
        PoorMark.objects.filter(pk=last.pk).update(until=None)


def _give_nik(person: Person, cipher: str, matched: str, last4: str) -> None:
    person.nik_cipher, person.nik_hash, person.nik_last4 = cipher, matched, last4
    person.save(update_fields=["nik_cipher", "nik_hash", "nik_last4"])


def _reason_problems(reason: str) -> list[Reason]:
    if len(reason.strip()) >= life.LEAST_WHY:
        return []
    return [
        Reason(
            "households.mistake.why",
            "Say what went wrong; the reason is kept in the trail.",
            where={"field": "reason"},
        )
    ]
