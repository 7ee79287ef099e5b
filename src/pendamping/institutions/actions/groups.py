"""The only writers of groups."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pendamping.access import queries as access
from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import facts, queries
from pendamping.institutions.models import Follower, Group, GroupStep, Membership, Office, Pledge
from pendamping.institutions.rules import OFFICERS, Applicant, Forming, life
from pendamping.institutions.rules import forming as forming_rules
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.seen import overtaken
from pendamping.kernel.texts import fitting
from pendamping.meetings import actions as meetings
from pendamping.meetings import queries as meetings_read
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action, current

DESK = "groups"


@action
def form_group(
    *,
    by: User,
    ward: str,
    name: str,
    kind: str,
    formed_on: date,
    meeting_id: str,
    members: Sequence[Mapping[str, Any]],
    pledge: Mapping[str, Any] | None,
) -> Group:
    """Form a group in a meeting; refused with every reason at once.

    ``members``: mappings ``person`` (id) and ``role`` (member, chair, secretary, treasurer), all on
    the named roll of the meeting. ``pledge``: ``signed_on`` and ``signers`` (ids), or ``None``.
    """
    territory.take_turn(ward, DESK)  # nobody joins two groups of one kind at the same moment
    allow(by, "institutions.form_group", ward)
    asked = facts.forming(
        ward=ward,
        name=name,
        kind=kind,
        formed_on=formed_on,
        meeting_id=meeting_id,
        members=members,
        pledge=pledge,
    )
    refuse_if(facts.against_forming(ward, asked))
    group = Group.objects.create(
        ward=ward,
        name=fitting(" ".join(name.split()), 80),
        name_key=facts.name_key(name),
        kind=kind,
        formed_on=formed_on,
        entered_on=clock.today(),
        entered_at=clock.now(),
        meeting=meeting_id,
        guideline_version=guidelines.version(ward, formed_on),
    )
    _gather(group, asked)
    women = sum(each.sex == "P" for each in asked.members)
    record(
        by=by, ward=ward, record=f"group:{group.id}", on=formed_on, kind=kind, meeting=meeting_id,
        members=len(asked.members), women=women,
    )  # fmt: skip
    return group


def _gather(group: Group, asked: Forming) -> None:
    """Members, officers and signatures of a group that is being formed."""
    for each in asked.members:
        _join(group, each, group.formed_on)
        if each.role in OFFICERS:
            Office.objects.create(
                group=group,
                person_id=each.person,
                role=each.role,
                since=group.formed_on,
                meeting=group.meeting,
            )
    for person in sorted(asked.signers):
        Pledge.objects.create(group=group, person_id=person, signed_on=asked.pledged_on)


def against_taking_over(
    *, ward: str, name: str, kind: str, formed_on: date, on: date, members: Sequence[str]
) -> list[Reason]:
    """Why a group of an old list cannot be entered with these members, by what is known of a day; for a
    page that shows it before. See :func:`take_over`.
    """
    asked = facts.taken_over(ward, name, kind, formed_on, on, members)
    return forming_rules.taken_over_problems(asked, facts.rule(ward, on))


def take_over(
    *, by: User, ward: str, name: str, kind: str, formed_on: date, on: date, members: Sequence[str]
) -> Group:
    """Enter a group that was at work before the ward was kept here, with the members of its old list.

    A step of the action that is open. ``members``: ids of persons; each lives in the ward on that day,
    is grown up and in no other group of the kind. How the group was once formed (its meeting, the poor
    list, the pledge) is not asked again. Refuses with every reason.
    """
    current()
    territory.take_turn(ward, DESK)
    asked = facts.taken_over(ward, name, kind, formed_on, on, members)
    refuse_if(forming_rules.taken_over_problems(asked, facts.rule(ward, on)))
    group = Group.objects.create(
        ward=ward,
        name=fitting(" ".join(name.split()), 80),
        name_key=facts.name_key(name),
        kind=kind,
        formed_on=formed_on,
        entered_on=clock.today(),
        entered_at=clock.now(),
        meeting="",
        guideline_version=guidelines.version(ward, on),
    )
    _gather(group, asked)
    record(
        by=by, ward=ward, record=f"group:{group.id}", on=on, kind=kind, taken_over=True,
        members=len(asked.members),
    )  # fmt: skip
    return group


@action
def admit_member(
    *,
    by: User,
    ward: str,
    group_id: str,
    person: str,
    on: date,
    signed_on: date | None = None,
) -> Membership:
    """A resident joins the group, having signed the pledge of joint liability."""
    territory.take_turn(ward, DESK)
    group = _lock(ward, group_id)
    allow(by, "institutions.admit_member", ward)
    rule = facts.rule(ward, on)
    asked = facts.applicants(ward, [{"person": person}], group.kind, on)[0]
    reasons = life.day_problems(on, group.formed_on, clock.today())
    reasons += forming_rules.list_problems(facts.list_ratified(ward, on), rule)
    reasons += forming_rules.member_problems(asked, rule)
    if rule.pledge_required and signed_on is None:
        reasons.append(
            Reason(
                rule.clause("pledge_required"),
                "{name} has not signed the pledge of joint liability.",
                {"name": asked.name},
                {"person": person},
            )
        )
    if signed_on is not None:
        reasons += life.pledge_problems(signed_on, clock.today(), rule.clause("pledge_required"))
    refuse_if(reasons)
    membership = _join(group, asked, on)
    if signed_on is not None:
        Pledge.objects.get_or_create(group=group, person_id=person, signed_on=signed_on)
    record(by=by, ward=ward, record=f"group:{group.id}", on=on, person=person)
    _tell_meetings(by, group)
    return membership


@action
def release_member(*, by: User, ward: str, group_id: str, person: str, on: date, why: str) -> None:
    """A member leaves the group, and why; an office that the member held ends on the same day.

    The group may then be too small or without an officer: its page says so.
    """
    group = _lock(ward, group_id)
    allow(by, "institutions.release_member", ward)
    entries = households.selves([person])[person]
    membership = group.memberships.filter(person_id__in=entries, until__isnull=True).first()
    if membership is None:
        raise refuse(
            "institutions.group.member",
            "This person is not a member of the group on that day.",
            where={"person": person},
        )
    refuse_if(life.day_problems(on, membership.since, clock.today()) + life.leaving_problems(why))
    membership.until, membership.left_why = on, fitting(why, 200)
    membership.save(update_fields=["until", "left_why"])
    ended = group.offices.filter(person_id__in=entries, until__isnull=True).update(until=on)
    record(by=by, ward=ward, record=f"group:{group.id}", on=on, person=person, offices=ended)
    _tell_meetings(by, group)


@action
def change_officer(
    *,
    by: User,
    ward: str,
    group_id: str,
    role: str,
    person: str,
    on: date,
    meeting_id: str,
) -> Office:
    """Another member takes an office from a day on; the former term is kept.

    ``meeting_id``: the meeting that decided it (subject ``institutions.change_officer:<group id>:
    <role>:<person id>``, carried out once), of a kind that forms groups by the guideline; its quorum
    is counted of the members of that day.
    """
    group = _lock(ward, group_id)
    allow(by, "institutions.change_officer", ward)
    is_member = person in households.every_id(queries.member_ids(group.id, on))
    now = group.offices.filter(until__isnull=True)
    holds = now.filter(person_id__in=households.selves([person])[person]).first()
    before = now.filter(role=role).first()
    refuse_if(
        [
            *life.day_problems(on, before.since if before else group.formed_on, clock.today()),
            *life.office_problems(role, is_member, holds.role if holds else ""),
            *facts.officer_decided(group, role, person, meeting_id, on),
            *facts.officers_apart(
                ward, facts.applicants(ward, [{"person": person, "role": role}], group.kind, on), on
            ),
        ]
    )
    if before is not None:
        before.until = on
        before.save(update_fields=["until"])
    office = Office.objects.create(
        group=group, person_id=person, role=role, since=on, meeting=meeting_id
    )
    record(
        by=by, ward=ward, record=f"group:{group.id}", on=on, role=role, person=person,
        meeting=meeting_id,
    )  # fmt: skip
    return office


@action
def set_followers(
    *, by: User, ward: str, group_id: str, usernames: Sequence[str], seen: str = ""
) -> list[str]:
    """Name those with a login who look after the group; whoever is not named any more stops.

    Each holds the role of a group's officer in the ward: refused for anybody else. What they see is
    the group's own page, savings and loan on their first page; the role gives no more than before.
    ``seen``: the mark of those whom the page showed, none where nobody read one.
    """
    group = _lock(ward, group_id)
    allow(by, "institutions.set_followers", ward)
    known = access.with_role(ward, "group_officer")
    refuse_if(
        Reason(
            "institutions.group.follower",
            "{name} does not hold the role of a group's officer in this ward.",
            {"name": username},
            {"field": "usernames", "username": username},
        )
        for username in usernames
        if username not in known
    )
    wanted = {username: known[username] for username in usernames}
    refuse_if(overtaken(seen, sorted(queries.followers(group.id)), sorted(wanted)))
    group.followers.exclude(user__in=list(wanted.values())).delete()
    for user in wanted.values():
        Follower.objects.get_or_create(group=group, user=user)
    record(by=by, ward=ward, record=f"group:{group.id}", on=clock.today(), followers=sorted(wanted))
    return sorted(wanted)


@action
def record_step(
    *,
    by: User,
    ward: str,
    group_id: str,
    kind: str,
    on: date,
    module: str = "",
    evidence: str = "",
) -> GroupStep:
    """The group took a training (``module`` of the guideline) or its own books were checked."""
    group = _lock(ward, group_id)
    allow(by, "institutions.record_step", ward)
    text = guidelines.in_force(ward, on)
    refuse_if(
        [
            *life.day_problems(on, group.formed_on, clock.today()),
            *life.step_problems(kind, module, text.section("training_modules"), text.code),
        ]
    )
    step = GroupStep.objects.create(
        group=group,
        kind=kind,
        module=module if kind == "training" else "",
        on=on,
        entered_on=clock.today(),
        evidence=fitting(evidence, 200),
    )
    record(by=by, ward=ward, record=f"group:{group.id}", on=on, kind=kind, module=step.module)
    return step


def _tell_meetings(by: User, group: Group) -> None:
    """The group's called meetings learn who belongs to it on their day."""
    called = meetings_read.called_by_group(group.ward, group.id)
    members = {one.id: queries.member_ids(group.id, one.held_on) for one in called}
    if members:
        meetings.renew_members(by=by, ward=group.ward, group=group.id, members=members)


def _join(group: Group, each: Applicant, on: date) -> Membership:
    return Membership.objects.create(
        group=group,
        person_id=each.person,
        since=on,
        name=each.name,
        sex=each.sex,
        poor=each.poor,
    )


def _lock(ward: str, group_id: str) -> Group:
    found = Group.objects.select_for_update().filter(pk=group_id, ward=ward).first()
    if found is None or found.status != "active":
        raise refuse(
            "institutions.group.unknown",
            "There is no such active group in this ward.",
            where={"group": group_id},
        )
    return found
