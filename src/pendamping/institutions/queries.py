"""Reading groups: who belonged to them on a day, who led them, what they did."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.households import queries as households
from pendamping.institutions.appointments import (
    decision_text,
    drafts,
    ending,
    subject,
    to_decide,
)
from pendamping.institutions.bodies import (
    BOARD,
    Expiring,
    all_seats,
    bodies,
    body,
    coming,
    dump_bodies,
    empty_seats,
    expiring,
    expiring_papers,
    has_sat,
    held_seats,
    one_body,
    papers,
    remind_days,
    seat,
    seats,
    together_since,
)
from pendamping.institutions.duties import against, body_name, rules_of
from pendamping.institutions.labels import body as kind_name
from pendamping.institutions.labels import paper as paper_name
from pendamping.institutions.labels import roles as role_names
from pendamping.institutions.models import Follower, Group, GroupStep, Membership, Office, Pledge
from pendamping.kernel.refusal import Reason

__all__ = [
    "BOARD",
    "Belonging",
    "Expiring",
    "Member",
    "against",
    "all_seats",
    "bodies",
    "body",
    "body_name",
    "coming",
    "counts",
    "decision_text",
    "drafts",
    "dump",
    "empty_seats",
    "ending",
    "every_member",
    "expiring",
    "expiring_papers",
    "followed_by",
    "followers",
    "formed_in",
    "former_members",
    "gone_members",
    "group",
    "groups",
    "groups_of",
    "has_sat",
    "held_seats",
    "kind_name",
    "member_ids",
    "members",
    "officers_of",
    "offices",
    "one_body",
    "paper_name",
    "papers",
    "pledged_on",
    "remind_days",
    "role_names",
    "rules_of",
    "seat",
    "seats",
    "signed",
    "sizes",
    "steps",
    "subject",
    "to_decide",
    "together_since",
]


@dataclass(frozen=True, slots=True)
class Member:
    """A member on a day, as known when joining. ``role``: member, chair, secretary, treasurer."""

    person_id: str
    name: str
    sex: str
    poor: bool
    role: str
    since: date
    until: date | None


def group(ward: str, group_id: str) -> Group | None:
    """One group of the ward."""
    return Group.objects.filter(pk=group_id, ward=ward).first()


def groups(ward: str, *, kind: str = "", active: bool = True) -> list[Group]:
    """The groups of a ward in the order in which they were formed."""
    found = Group.objects.filter(ward=ward).order_by("formed_on", "id")
    if kind:
        found = found.filter(kind=kind)
    return list(found.filter(status="active") if active else found)


def followed_by(ward: str, username: str) -> list[Group]:
    """The active groups of the ward that somebody with a login looks after."""
    found = Group.objects.filter(ward=ward, status="active", followers__user__username=username)
    return list(found.order_by("formed_on", "id"))


def looks_after(by: User, ward: str, group_id: str) -> bool:
    """Whether somebody is an officer of just this group of the ward: follows it, with the role for it."""
    return "group_officer" in access.roles(by, ward) and any(
        each.id == group_id for each in followed_by(ward, by.username)
    )


def followers(group_id: str) -> list[str]:
    """The user names of those who look after a group, in order."""
    found = Follower.objects.filter(group_id=group_id).order_by("user__username")
    return list(found.values_list("user__username", flat=True))


def formed_in(ward: str) -> dict[str, list[str]]:
    """The names of the groups that each meeting formed, by the meeting's id."""
    found: dict[str, list[str]] = {}
    for meeting, name in Group.objects.filter(ward=ward).values_list("meeting", "name"):
        if meeting:
            found.setdefault(meeting, []).append(name)
    return found


def counts(wards: Collection[str]) -> dict[str, int]:
    """How many active groups each ward has, asked once; a ward without groups is left out."""
    found = Group.objects.filter(ward__in=wards, status="active").values("ward").order_by("ward")
    return dict(found.annotate(all=Count("id")).values_list("ward", "all"))


def _during(on: date) -> Q:
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def members(group_id: str, on: date) -> list[Member]:
    """Who belonged to the group on a day: officers first, then by name."""
    offices = {office.person_id: office.role for office in officers_of(group_id, on)}
    found = Membership.objects.filter(_during(on), group_id=group_id).order_by("name", "id")
    people = [_member(each, offices.get(each.person_id, "member")) for each in found]
    return sorted(people, key=lambda each: _RANK[each.role])


Belonging = list[tuple[Group, Member]]
"""Groups, each with one of its members."""


def every_member(ward: str, on: date) -> Belonging:
    """Who belongs to the active groups of a ward on a day: by the group's name, then as in :func:`members`."""
    held = Office.objects.filter(_during(on), group__ward=ward, group__status="active")
    offices = {(one.group_id, one.person_id): one.role for one in held}
    found = Membership.objects.filter(_during(on), group__ward=ward, group__status="active")
    pairs = [
        (each.group, _member(each, offices.get((each.group_id, each.person_id), "member")))
        for each in found.select_related("group").order_by("name", "id")
    ]
    return sorted(pairs, key=lambda pair: (pair[0].name_key, pair[0].id, _RANK[pair[1].role]))


def member_ids(group_id: str, on: date) -> list[str]:
    """The ids of those who belonged to the group on a day, as they joined it."""
    found = Membership.objects.filter(_during(on), group_id=group_id).order_by("person_id")
    return list(found.values_list("person_id", flat=True))


_RANK = {"chair": 0, "secretary": 1, "treasurer": 2, "member": 3}


def all_member_ids(group_id: str) -> list[str]:
    """Ids of everybody who belongs to the group or once did."""
    return list(Membership.objects.filter(group=group_id).values_list("person_id", flat=True))


def _member(each: Membership, role: str) -> Member:
    return Member(each.person_id, each.name, each.sex, each.poor, role, each.since, each.until)


def former_members(group_id: str, on: date) -> list[Membership]:
    """Who left the group by a day, the latest first."""
    found = Membership.objects.filter(group_id=group_id, until__lte=on)
    return list(found.order_by("-until", "name"))


def officers_of(group_id: str, on: date) -> list[Office]:
    """Who held the offices on a day."""
    return list(Office.objects.filter(_during(on), group_id=group_id).order_by("role"))


def offices(group_id: str) -> list[Office]:
    """All who ever held an office, the latest first."""
    found = Office.objects.filter(group_id=group_id).select_related("person")
    return list(found.order_by("-since", "role"))


def steps(group_id: str) -> list[GroupStep]:
    """Trainings and checked books, oldest first."""
    return list(GroupStep.objects.filter(group_id=group_id).order_by("on", "id"))


def signed(group_id: str) -> dict[str, date]:
    """Who signed the pledge, and when."""
    found = Pledge.objects.filter(group_id=group_id).order_by("signed_on")
    return dict(found.values_list("person_id", "signed_on"))


def pledged_on(group_id: str, on: date | None = None) -> date | None:
    """The day on which the last member of the group signed; ``None`` while one has not.

    ``on``: the day whose members count (default: the members of now).
    """
    found = Membership.objects.filter(group_id=group_id)
    found = found.filter(until__isnull=True) if on is None else found.filter(_during(on))
    people = set(found.values_list("person_id", flat=True))
    signatures = signed(group_id)
    if not people or people - signatures.keys():
        return None
    return max(signatures[person] for person in people)


def groups_of(
    ward: str, people: Collection[str], on: date, kind: str = ""
) -> dict[str, list[Group]]:
    """The active groups to which each person belongs on a day, under whichever id they joined; who
    belongs to none is left out."""
    entries = households.selves(people)
    every = {entry for same in entries.values() for entry in same}
    rows = Membership.objects.filter(
        _during(on), person_id__in=every, group__ward=ward, group__status="active"
    ).select_related("group")
    by_entry: dict[str, list[Group]] = {}
    for each in rows.filter(group__kind=kind) if kind else rows:
        by_entry.setdefault(each.person_id, []).append(each.group)
    found = {
        person: [group for entry in sorted(same) for group in by_entry.get(entry, ())]
        for person, same in entries.items()
    }
    return {person: groups for person, groups in found.items() if groups}


def gone_members(ward: str, on: date) -> list[tuple[Group, str, str]]:
    """Members of active groups who have died, moved or were entered twice: group, name, how."""
    rows = list(
        Membership.objects.filter(_during(on), group__ward=ward, group__status="active")
        .select_related("group")
        .order_by("group__name_key", "name", "id")
    )
    gone = households.gone_by(ward, {each.person_id for each in rows}, on)
    return [
        (each.group, each.name, gone[each.person_id]) for each in rows if each.person_id in gone
    ]


def sizes(ward: str, on: date) -> dict[str, tuple[int, int]]:
    """Members and women of each group of a ward on a day."""
    found: dict[str, tuple[int, int]] = {}
    rows = Membership.objects.filter(_during(on), group__ward=ward)
    for group_id, sex in rows.values_list("group_id", "sex"):
        members, women = found.get(group_id, (0, 0))
        found[group_id] = (members + 1, women + (sex == "P"))
    return found


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``groups``, ``group_members``, ``group_offices``, ``group_pledges``,
    ``group_steps``, ``bodies``, ``seats``, ``body_papers``; sorted by key."""
    of_ward = Group.objects.filter(ward=ward).order_by("id")
    columns = ("id", "name", "kind", "formed_on", "entered_on", "meeting", "status")
    return {
        "groups": iter(of_ward.values(*columns)),
        "group_members": _rows(
            Membership, ward, ("id", "since", "until", "name", "sex", "poor", "left_why")
        ),
        "group_offices": _rows(Office, ward, ("id", "role", "since", "until", "meeting")),
        "group_pledges": _rows(Pledge, ward, ("id", "signed_on")),
        "group_steps": iter(
            GroupStep.objects.filter(group__ward=ward)
            .order_by("id")
            .values("id", "group", "kind", "module", "on", "entered_on", "evidence")
        ),
        **dump_bodies(ward),
    }


def _rows(model: Any, ward: str, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    found = model.objects.filter(group__ward=ward).order_by("id")
    for row in found.values("group", "person", *columns):
        renamed = {"since": "from", "until": "to"}
        yield {renamed.get(key, key): value for key, value in row.items()}


def check(ward: str) -> list[Reason]:
    """Bodies in which somebody sits whom no action seated, steps of groups that none entered."""
    from pendamping.institutions import said

    return said.breaks(ward)
