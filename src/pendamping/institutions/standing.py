"""How a group stands today against the rule for forming one: what has become weak."""

from dataclasses import replace
from datetime import date

from pendamping.institutions import facts, queries
from pendamping.institutions.models import Group
from pendamping.institutions.rules import Forming, forming_problems
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason


def weak_points(group: Group, on: date) -> list[Reason]:
    """What would keep these members from forming the group today; empty where nothing would."""
    members = queries.members(group.id, on)
    signed = queries.signed(group.id)
    wanted = [{"person": member.person_id, "role": member.role} for member in members]
    found = facts.applicants(group.ward, wanted, group.kind, on)
    members_now = tuple(
        replace(each, other_groups=tuple(n for n in each.other_groups if n != group.name))
        for each in found
    )
    asked = Forming(
        name=group.name,
        kind=group.kind,
        formed_on=group.formed_on,
        members=members_now,
        pledged_on=max(signed.values()) if signed else None,
        signers=frozenset(signed) & {member.person_id for member in members},
        today=clock.today(),
        list_ratified=facts.list_ratified(group.ward, on),
    )
    return forming_problems(asked, facts.rule(group.ward, on))
