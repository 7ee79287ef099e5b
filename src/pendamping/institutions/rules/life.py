"""What may happen to a group after it was formed: members, officers, trainings, books."""

from collections.abc import Collection
from datetime import date

from pendamping.institutions.rules.forming import OFFICERS
from pendamping.kernel.refusal import Reason

STEPS = ("training", "books")


def day_problems(on: date, since: date, today: date) -> list[Reason]:
    """A day between the group's (or the member's) first day and today."""
    if on > today:
        return [
            Reason("institutions.group.day", "The day lies in the future.", where={"field": "on"})
        ]
    if on < since:
        return [
            Reason(
                "institutions.group.day",
                "The day lies before {since}.",
                {"since": since.isoformat()},
                {"field": "on"},
            )
        ]
    return []


def pledge_problems(signed_on: date, today: date, clause: str) -> list[Reason]:
    """A pledge is signed by today, not in the future."""
    if signed_on <= today:
        return []
    text = "The pledge cannot be signed in the future."
    return [Reason(clause, text, where={"field": "signed_on"})]


def step_problems(kind: str, module: str, known: Collection[str], code: str) -> list[Reason]:
    """A training names a module of the guideline; checked books name none."""
    if kind not in STEPS:
        return [
            Reason(
                "institutions.step.kind",
                "A step is a training or checked books, not {kind}.",
                {"kind": kind},
                {"field": "kind"},
            )
        ]
    if kind == "training" and module not in known:
        return [
            Reason(
                f"training_modules.{code}",
                "The guideline knows no training called {module}.",
                {"module": module},
                {"field": "module"},
            )
        ]
    return []


def leaving_problems(why: str) -> list[Reason]:
    """Whoever leaves is asked why: it is kept with the group."""
    if why.strip():
        return []
    return [
        Reason("institutions.group.left_why", "Say why the member leaves.", {}, {"field": "why"})
    ]


def office_problems(role: str, is_member: bool, holds: str) -> list[Reason]:
    """Only a member holds an office, and only one. ``holds``: the member's present office."""
    found = []
    if role not in OFFICERS:
        found.append(
            Reason(
                "institutions.group.role",
                "A member is chair, secretary, treasurer or plain member, not {role}.",
                {"role": role},
                {"field": "role"},
            )
        )
    if not is_member:
        found.append(
            Reason(
                "institutions.group.member",
                "This person is not a member of the group on that day.",
                where={"field": "person"},
            )
        )
    if holds and holds != role:
        found.append(
            Reason(
                "institutions.group.officers_distinct",
                "Chair, secretary and treasurer are three different persons.",
                where={"field": "person"},
            )
        )
    if holds and holds == role:
        found.append(
            Reason(
                "institutions.group.member",
                "This person holds the office already.",
                where={"field": "person"},
            )
        )
    return found
