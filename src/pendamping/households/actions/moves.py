"""Households that split and households that join."""

from collections.abc import Sequence
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households import queries
from pendamping.households.actions import homes
from pendamping.households.models import Household, PoorMark
from pendamping.households.rules import kinship, life
from pendamping.households.rules.values import read_area_number
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def split_household(
    *,
    by: User,
    ward: str,
    household_id: str,
    people: Sequence[str],
    head: str,
    on: date,
    rw: str,
    rt: str,
    address: str = "",
    new_head: str = "",
    new_place: bool = False,
    request_id: str = "",
) -> Household:
    """Some members found a household of their own; returns it. A poor mark goes with them.

    ``head``: who of them becomes its head. ``new_head``: who of those staying becomes head, where
    the head goes. ``new_place``: nobody lived in this RW and RT until now, and that is no slip.
    """
    household = homes.lock_household(ward, household_id)
    allow(by, "households.split_household", ward)
    members = homes.members_of(household)
    going = [each for each in members if each.person_id in people]
    refuse_if(
        [
            *_split_problems(members, going, people, head, on, new_head),
            *_head_problems(ward, members, people, head, on, new_head),
            *life.place_problems(rw, rt, queries.neighbourhoods(ward), new_place),
        ]
    )
    founded = _found(ward, going, head, on, read_area_number(rw), read_area_number(rt), address)
    head_goes = all(each.relation != "head" for each in homes.members_of(household))
    homes.refresh(household, on, new_head if head_goes else "")
    _carry_mark(household, founded, on)
    homes.happened(household, "split", on, other=founded.id)
    homes.happened(founded, "split", on, other=household.id, request_id=request_id)
    territory.add_neighbourhoods(by=by, ward=ward, pairs=[(founded.rw, founded.rt)])
    record(
        by=by,
        ward=ward,
        record=f"household:{founded.id}",
        on=on,
        split_from=household.id,
        persons=len(going),
    )
    return founded


def _found(
    ward: str,
    going: Sequence[homes.Membership],
    head: str,
    on: date,
    rw: str,
    rt: str,
    address: str,
) -> Household:
    """The new household, with those who go living in it."""
    founder = next(each for each in going if each.person_id == head)
    founded = Household.objects.create(
        ward=ward,
        rw=rw,
        rt=rt,
        address=fitting(address, 200),
        head_name=founder.person.name,
        head_key=founder.person.name_key,
        size=len(going),
        women=sum(each.person.sex == "P" for each in going),
        joined_on=on,
        source="split",
    )
    for each in going:
        seen = kinship.seen_from(founder.relation, each.relation)
        relation = "head" if each.person_id == head else seen
        homes.move(each, founded, relation, on)
    return founded


def _split_problems(
    members: Sequence[homes.Membership],
    going: Sequence[homes.Membership],
    people: Sequence[str],
    head: str,
    on: date,
    new_head: str,
) -> list[Reason]:
    found = [
        *life.leaving_problems(people, [(m.person_id, m.relation) for m in members], new_head),
        *life.day_problems(on, clock.today(), homes.since_of(members, [*people, new_head])),
    ]
    if going and len(going) == len(members):
        found.append(
            Reason(
                "households.life.all_go",
                "All members go: that is a move, not a split.",
                where={"field": "people"},
            )
        )
    if head not in {each.person_id for each in going}:
        found.append(
            Reason(
                "households.life.founder",
                "Choose the head of the new household among those who go.",
                where={"field": "head"},
            )
        )
    return found


def _head_problems(
    ward: str,
    members: Sequence[homes.Membership],
    people: Sequence[str],
    head: str,
    on: date,
    new_head: str,
) -> list[Reason]:
    """Both heads are old enough; whoever goes alone is, in any case."""
    rule = queries.head_rule(ward, on)
    heirs = homes.heirs(members, on)
    go = [each for each in heirs if each.person in people]
    stay = [each for each in heirs if each.person not in people]
    if not any(each.relation == "head" for each in go):
        new_head = ""  # the head stays
    return [
        *kinship.head_problems(head, go, rule, "head", always=True),
        *kinship.head_problems(new_head, stay, rule, "new_head"),
    ]


def _carry_mark(household: Household, founded: Household, on: date) -> None:
    """Every mark that holds on that day or began since then, none of them from before it began."""
    marks = PoorMark.objects.filter(household=household).exclude(until__lte=on)
    for mark in marks.order_by("since", "id"):
        PoorMark.objects.create(
            household=founded,
            ward=founded.ward,
            since=max(on, mark.since),
            until=mark.until,
            source=mark.source,
            meeting=mark.meeting,
        )


@action
def join_households(
    *,
    by: User,
    ward: str,
    household_id: str,
    into: str,
    on: date,
    head_becomes: str = "relative",
    request_id: str = "",
) -> Household:
    """All members of one household go on in another; returns the other.

    ``head_becomes``: what the head of the household is to the other's head from that day on.
    """
    if household_id == into:
        raise refuse("households.life.same", "Choose two different households.")
    first, second = sorted((household_id, into))  # always locked in this order
    locked = {each: homes.lock_household(ward, each) for each in (first, second)}
    household, other = locked[household_id], locked[into]
    allow(by, "households.join_households", ward)
    members = homes.members_of(household)
    since = [each.since for each in members]
    refuse_if(
        [
            *life.day_problems(on, clock.today(), [*since, other.joined_on]),
            *life.relation_problems({"head": head_becomes}),
        ]
    )
    for each in members:
        homes.move(each, other, kinship.taken_in(head_becomes, each.relation), on)
    homes.refresh(household, on)
    homes.refresh(other, on)
    homes.happened(household, "join", on, other=other.id)
    homes.happened(other, "join", on, other=household.id, request_id=request_id)
    record(
        by=by,
        ward=ward,
        record=f"household:{other.id}",
        on=on,
        joined=household.id,
        persons=len(members),
    )
    return other
