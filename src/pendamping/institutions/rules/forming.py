"""Whether these people may form a group: every condition that is not met, all at once.

Source: handbook 2.5 (members, women, poor list, written joint liability), 11 nos. 4 and 15; the
guideline's section ``groups``; that the poor list is ratified: 1.1 (PS-2 closes with it). What the guideline does not say and every group needs anyway
(residents, adults, one group of a kind, distinct officers) stands under ``institutions.group``.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pendamping.kernel.refusal import Reason
from pendamping.kernel.share import Share

OFFICERS = ("chair", "secretary", "treasurer")
ROLES = ("member", *OFFICERS)
ADULT_YEARS = 17  # may hold an identity card and vote (handbook 2.3)


@dataclass(frozen=True, slots=True)
class GroupRule:
    """What the guideline asks of a group. ``code``: of the guideline in force."""

    code: str
    min_members: int
    min_women_percent: int
    members_on_poor_list: bool
    pledge_required: bool
    kinds: tuple[str, ...]
    poor_list_ratified: bool = False

    def clause(self, key: str) -> str:
        """Where a value stands: ``groups.p2kp2.min_members``."""
        return f"groups.{self.code}.{key}"


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who is to be a member, as of the day.

    ``resident``: alive and living in the ward. ``age``: whole years, ``None`` where it is not known.
    ``poor``: named in the poor list that counts; as long as none is ratified, marked by the census.
    ``other_groups``: names of the groups of the same kind that the person already belongs to.
    ``on_roll``: stands by name on the roll of the meeting.
    """

    person: str
    name: str
    sex: str
    poor: bool
    resident: bool
    age: int | None
    role: str = "member"
    other_groups: tuple[str, ...] = ()
    on_roll: bool = True


@dataclass(frozen=True, slots=True)
class Forming:
    """A group that is to be formed. ``pledged_on``: ``None`` where there is no written pledge.

    ``roll``: ``True`` where the meeting was held with a named roll on ``formed_on`` or before,
    else why not (a key of ``_ROLLS``). ``not_decided``: why the meeting did not validly decide it.
    """

    name: str
    kind: str
    formed_on: date
    members: tuple[Applicant, ...]
    pledged_on: date | None
    signers: frozenset[str]
    today: date
    roll: str = "named"
    name_taken: bool = False
    not_decided: tuple[Reason, ...] = ()
    list_ratified: bool = True


def read_rule(groups: Mapping[str, Any], kinds: Collection[str], code: str) -> GroupRule:
    """The rule out of the guideline's sections ``groups`` and ``group_kinds``."""
    return GroupRule(
        code=code,
        min_members=groups["min_members"],
        min_women_percent=groups["min_women_percent"],
        members_on_poor_list=groups["members_on_poor_list"],
        pledge_required=groups["pledge_required"],
        kinds=tuple(kinds),
        poor_list_ratified=groups.get("poor_list_ratified", False),
    )


def forming_problems(asked: Forming, rule: GroupRule) -> list[Reason]:
    """Every reason why the group cannot be formed; empty where it can."""
    return [
        *_itself(asked, rule),
        *list_problems(asked.list_ratified, rule),
        *_size(asked, rule),
        *_each(asked, rule),
        *officer_problems([(each.role, each.person) for each in asked.members]),
        *_pledge(asked, rule),
    ]


_ROLLS = {
    "none": Reason("", "A group is formed in a meeting; choose the meeting."),
    "called": Reason("", "The meeting has not been held yet: its roll is not taken."),
    "heads": Reason("", "The meeting was only counted by heads; forming a group needs a roll by name."),
    "later": Reason("", "The meeting was held after the day on which the group is to be formed."),
}  # fmt: skip


def _itself(asked: Forming, rule: GroupRule) -> Iterator[Reason]:
    if not asked.name.strip():
        yield Reason("institutions.group.name", "The group needs a name.", where={"field": "name"})
    if asked.name_taken:
        yield Reason(
            "institutions.group.name",
            "There is a group called {name} in this ward already.",
            {"name": asked.name},
            {"field": "name"},
        )
    if asked.kind not in rule.kinds:
        yield Reason(
            f"group_kinds.{rule.code}",
            "The guideline knows no kind of group called {kind}.",
            {"kind": asked.kind},
            {"field": "kind"},
        )
    if asked.formed_on > asked.today:
        yield Reason(
            "institutions.group.day", "The day lies in the future.", where={"field": "formed_on"}
        )
    if asked.roll != "named":
        yield Reason(
            "institutions.group.meeting", _ROLLS[asked.roll].text, where={"field": "meeting_id"}
        )
    yield from asked.not_decided


def _size(asked: Forming, rule: GroupRule) -> Iterator[Reason]:
    members = {each.person: each for each in asked.members}
    if len(members) < rule.min_members:
        yield Reason(
            rule.clause("min_members"),
            "The group has {count} members; at least {need} are needed.",
            {"count": len(members), "need": rule.min_members},
            {"field": "members"},
        )
    women = Share(sum(each.sex == "P" for each in members.values()), len(members))
    if members and not women.at_least(rule.min_women_percent):
        yield Reason(
            rule.clause("min_women_percent"),
            "{part} of {whole} members are women ({percent}); at least {need} % are needed.",
            {
                "part": women.part,
                "whole": women.whole,
                "percent": women.percent(),
                "need": rule.min_women_percent,
            },
            {"field": "members"},
        )


def _each(asked: Forming, rule: GroupRule) -> Iterator[Reason]:
    for person, times in Counter(each.person for each in asked.members).items():
        if times > 1:
            name = next(each.name for each in asked.members if each.person == person)
            yield Reason(
                "institutions.group.twice",
                "{name} is named as a member more than once.",
                {"name": name},
                {"person": person},
            )
    for each in {each.person: each for each in asked.members}.values():
        yield from member_problems(each, rule)
        if asked.roll == "named" and not each.on_roll:
            yield Reason(
                "institutions.group.meeting",
                "{name} does not stand on the roll of the meeting.",
                {"name": each.name},
                {"person": each.person},
            )


def member_problems(each: Applicant, rule: GroupRule) -> Iterator[Reason]:
    """Why one person cannot be a member, at forming or when joining later."""
    values, where = {"name": each.name}, {"person": each.person}
    if not each.resident:
        yield Reason(
            "institutions.group.resident",
            "{name} does not live in this ward (any more).",
            values,
            where,
        )
    if each.age is None:
        yield Reason(
            "institutions.group.adult",
            "The age of {name} is not known; enter the date of birth in the census.",
            values,
            where,
        )
    elif each.age < ADULT_YEARS:
        yield Reason(
            "institutions.group.adult",
            "{name} is {age} years old; members are at least {need}.",
            {**values, "age": each.age, "need": ADULT_YEARS},
            where,
        )
    if rule.members_on_poor_list and not each.poor:
        yield Reason(
            rule.clause("members_on_poor_list"),
            "{name} is not named in the list of poor households.",
            values,
            where,
        )
    if each.other_groups:
        yield Reason(
            "institutions.group.one_of_a_kind",
            "{name} already belongs to {groups}, a group of the same kind.",
            {**values, "groups": ", ".join(each.other_groups)},
            where,
        )


def list_problems(ratified: bool, rule: GroupRule) -> Iterator[Reason]:
    """That the list in which members must be named is not ratified, and what comes first."""
    if rule.members_on_poor_list and rule.poor_list_ratified and not ratified:
        yield Reason(
            rule.clause("poor_list_ratified"),
            "The list of poor households is not ratified yet. First it is posted, objections are settled, "
            "and a residents' meeting ratifies it (Poor list); then members are chosen from it.",
            where={"field": "members"},
        )


def taken_over_problems(asked: Forming, rule: GroupRule) -> list[Reason]:
    """Why a group that was at work before cannot be entered with these members: whoever is not there,
    too young, in another group, or named twice.

    Whether it was formed by today's rule is not asked: it has been at work, and owes or has saved.
    """
    return [*_itself(asked, rule), *_each(asked, replace(rule, members_on_poor_list=False))]


def officer_problems(roles: Sequence[tuple[str, str]]) -> Iterator[Reason]:
    """Chair, secretary and treasurer are three persons; ``roles`` are pairs of role and person."""
    for role, person in roles:
        if role not in ROLES:
            yield Reason(
                "institutions.group.role",
                "A member is chair, secretary, treasurer or plain member, not {role}.",
                {"role": role},
                {"person": person},
            )
    for role in OFFICERS:
        holders = [person for held, person in roles if held == role]
        if len(holders) != 1:
            yield Reason(
                f"institutions.group.{role}",
                _OFFICERS[role].text,
                {"count": len(holders)},
                {"role": role},
            )
    held: dict[str, int] = Counter(person for role, person in roles if role in OFFICERS)
    for person, offices in held.items():
        if offices > 1:
            yield Reason(
                "institutions.group.officers_distinct",
                "Chair, secretary and treasurer are three different persons.",
                where={"person": person},
            )


_OFFICERS = {
    "chair": Reason("", "The group needs exactly one chair; {count} are named."),
    "secretary": Reason("", "The group needs exactly one secretary; {count} are named."),
    "treasurer": Reason("", "The group needs exactly one treasurer; {count} are named."),
}


def _pledge(asked: Forming, rule: GroupRule) -> Iterator[Reason]:
    clause = rule.clause("pledge_required")
    if asked.pledged_on is None:
        if rule.pledge_required:
            yield Reason(
                clause,
                "The written pledge of joint liability is missing.",
                where={"field": "pledge"},
            )
        return
    if asked.pledged_on > asked.today:
        yield Reason(
            clause, "The pledge cannot be signed in the future.", where={"field": "signed_on"}
        )
    if rule.pledge_required:
        for each in {each.person: each for each in asked.members}.values():
            if each.person not in asked.signers:
                yield Reason(
                    clause,
                    "{name} has not signed the pledge of joint liability.",
                    {"name": each.name},
                    {"person": each.person},
                )
    strangers = asked.signers - {each.person for each in asked.members}
    if strangers:
        yield Reason(
            clause,
            "{count} who signed the pledge are not members of the group.",
            {"count": len(strangers)},
            {"persons": sorted(strangers)},
        )
