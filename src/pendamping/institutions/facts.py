"""What the rules of groups need to know, gathered from the rooms below."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import duties, queries
from pendamping.institutions.models import Group
from pendamping.institutions.rules import (
    OFFICERS,
    Applicant,
    Forming,
    GroupRule,
    forming_problems,
    read_rule,
)
from pendamping.institutions.rules.apart import GROUP_OFFICER
from pendamping.institutions.rules.forming import list_problems
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings


def rule(ward: str, on: date) -> GroupRule:
    """The guideline's rule of groups on a day."""
    text = guidelines.in_force(ward, on)
    return read_rule(text.section("groups"), text.section("group_kinds"), text.code)


def name_key(name: str) -> str:
    """A group's name for comparing."""
    return " ".join(name.lower().split())[:80]


def applicants(
    ward: str,
    members: Sequence[Mapping[str, Any]],
    kind: str,
    on: date,
    roll: set[str] | None = None,
) -> tuple[Applicant, ...]:
    """Persons as the census knows them on a day; ``members``: mappings ``person, role``."""
    ids = [str(each["person"]) for each in members]
    known = households.persons(ward, ids)
    poor = _poor(ward, ids, on)
    living = households.households_at(ward, ids, on)
    others = queries.groups_of(ward, ids, on, kind)
    found = []
    for each in members:
        person = known.get(str(each["person"]))
        found.append(
            Applicant(
                person=str(each["person"]),
                name=person.name if person else str(each["person"]),
                sex=person.sex if person else "",
                poor=str(each["person"]) in poor,
                resident=bool(person)
                and person.status == "resident"
                and str(each["person"]) in living,
                age=person.age(on) if person else None,
                role=str(each.get("role") or "member"),
                other_groups=tuple(group.name for group in others.get(str(each["person"]), ())),
                on_roll=roll is None or str(each["person"]) in roll,
            )
        )
    return tuple(found)


def against_forming(ward: str, asked: Forming) -> list[Reason]:
    """Every reason why a group cannot be formed: the rule of groups, and duties kept apart."""
    return [
        *forming_problems(asked, rule(ward, asked.formed_on)),
        *officers_apart(ward, asked.members, asked.formed_on),
    ]


def officers_apart(ward: str, members: Sequence[Applicant], on: date) -> list[Reason]:
    """Officers of a group who sit where nobody sits who leads one: in the unit that lends to it."""
    officers = [
        (each.person, each.name, [GROUP_OFFICER]) for each in members if each.role in OFFICERS
    ]
    return duties.against(ward, officers, on) if officers else []


def list_ratified(ward: str, on: date) -> bool:
    """Whether the list of poor households was ratified by a day."""
    return households.list_ratified(ward, on)


def waits_for_list(ward: str, on: date) -> bool:
    """Whether no group can be formed yet, as the poor list it is chosen from is not ratified."""
    asked = rule(ward, on)
    return any(list_problems(list_ratified(ward, on), asked))


def _poor(ward: str, people: Sequence[str], on: date) -> set[str]:
    """Who is named in the list that counts; the marks of the census while none is ratified."""
    ratified = rule(ward, on).poor_list_ratified and list_ratified(ward, on)
    asked = households.named_on if ratified else households.poor_on
    return asked(ward, people, on)


def forming(
    *,
    ward: str,
    name: str,
    kind: str,
    formed_on: date,
    meeting_id: str,
    members: Sequence[Mapping[str, Any]],
    pledge: Mapping[str, Any] | None,
) -> Forming:
    """The facts of a group that is to be formed."""
    roll = meetings.persons_on_roll(meeting_id) if meeting_id else set()
    state = _roll_state(ward, meeting_id, formed_on)
    people = [str(each["person"]) for each in members]
    return Forming(
        name=name,
        kind=kind,
        formed_on=formed_on,
        members=applicants(ward, members, kind, formed_on, roll),
        pledged_on=pledge["signed_on"] if pledge else None,
        signers=frozenset(str(person) for person in pledge["signers"]) if pledge else frozenset(),
        today=clock.today(),
        roll=state,
        name_taken=Group.objects.filter(ward=ward, name_key=name_key(name)).exists(),
        not_decided=tuple(not_decided(ward, meeting_id, people)) if state == "named" else (),
        list_ratified=list_ratified(ward, formed_on),
    )


def taken_over(
    ward: str,
    name: str,
    kind: str,
    formed_on: date,
    on: date,
    members: Sequence[str],
) -> Forming:
    """The facts of a group that was at work before the ward was kept here, as of a day.

    Whom the first census found lived in the ward before it: a list of an earlier day may name her.
    """
    found = applicants(ward, [{"person": one} for one in members], kind, on)
    later = _counted_later(ward, [one.person for one in found if not one.resident])
    return Forming(
        name=name,
        kind=kind,
        formed_on=formed_on,
        members=tuple(replace(one, resident=one.resident or one.person in later) for one in found),
        pledged_on=None,
        signers=frozenset(),
        today=clock.today(),
        name_taken=Group.objects.filter(ward=ward, name_key=name_key(name)).exists(),
    )


def _counted_later(ward: str, ids: Sequence[str]) -> set[str]:
    """Those who live in the ward today, in a household that came with the census."""
    if not ids:
        return set()
    known, counted = households.persons(ward, ids), households.of_source(ward, "census")
    living = households.households_at(ward, ids, clock.today())
    return {
        one
        for one in ids
        if one in known and known[one].status == "resident" and living.get(one) in counted
    }


SUBJECT = "institutions.form_group"


def not_decided(ward: str, meeting_id: str, founders: Sequence[str]) -> list[Reason]:
    """Why the meeting did not validly decide to form a group of these people; one decision, one group."""
    return meetings.decided(
        ward,
        meeting_id,
        SUBJECT,
        matter="group_formation",
        members=founders,
        used=Group.objects.filter(ward=ward, meeting=meeting_id).count(),
    )


def officer_subject(group_id: str, role: str, person: str) -> str:
    """What a meeting decides that gives an office of a group to a member."""
    return f"institutions.change_officer:{group_id}:{role}:{person}"


def officer_decided(
    group: Group, role: str, person: str, meeting_id: str, on: date
) -> list[Reason]:
    """Why the meeting did not validly decide that this member holds this office from a day on."""
    subject = officer_subject(group.id, role, person)
    before = group.offices.filter(role=role, person=person, meeting=meeting_id)
    meeting = meetings.meeting(group.ward, meeting_id) if meeting_id else None
    if meeting is not None and meeting.group not in {"", group.id}:
        return [
            Reason(
                "institutions.group.meeting",
                "This is the meeting of another group.",
                where={"field": "meeting_id", "meeting": meeting_id},
            )
        ]
    there = queries.members(group.id, meeting.held_on) if meeting else []
    return meetings.decided(
        group.ward,
        meeting_id,
        subject,
        matter="group_formation",
        since=group.formed_on,
        until=on,
        members=[each.person_id for each in there],
        used=before.exclude(meeting=group.meeting).count(),
    )


def _roll_state(ward: str, meeting_id: str, formed_on: date) -> str:
    meeting = meetings.meeting(ward, meeting_id) if meeting_id else None
    if meeting is None:
        return "none"
    if meeting.status == "called":
        return "called"
    if meeting.counted_by != "names":
        return "heads"
    return "later" if meeting.held_on > formed_on else "named"
