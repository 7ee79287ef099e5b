"""What is known of a group on the day it applies, gathered from the rooms below."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language

from pendamping.funds.loans import checks, queries
from pendamping.funds.loans.models import OPEN, Loan
from pendamping.funds.loans.rules.eligibility import (
    Applicant,
    Application,
    busy,
    group_busy,
    no_kind,
)
from pendamping.funds.savings import queries as savings
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel.refusal import Reason
from pendamping.targeting import queries as targeting


def application(
    ward: str,
    group_id: str,
    on: date,
    members: Iterable[Mapping[str, Any]],
    instalments: int,
) -> Application:
    """The facts of an application; ``members``: ``{"person", "amount"}``."""
    asked = list(members)
    people = [one["person"] for one in asked]
    had, names = queries.repaid_by_persons(people, on), names_of(ward, people)
    elsewhere = queries.open_loans_of_persons(people, group_id=group_id)
    open_loan = queries.open_loan(group_id)
    listed = households.ever_named(ward, people, on)
    steps = [step for step in institutions.steps(group_id) if step.on <= on]
    return Application(
        group_id=group_id,
        on=on,
        members=tuple(
            Applicant(
                one["person"],
                names.get(one["person"], one["person"]),
                int(one["amount"]),
                cycle=had.get(one["person"], 0) + 1,
                busy=elsewhere[one["person"]].code if one["person"] in elsewhere else "",
                listed=one["person"] in listed,
            )
            for one in asked
        ),
        instalments=instalments,
        cycle=queries.loans_before(group_id) + 1,
        saved_on=savings.saved_on(group_id, on),
        trained_on={step.module: step.on for step in steps if step.kind == "training"},
        books_kept=any(step.kind == "books" for step in steps),
        pledged_on=institutions.pledged_on(group_id, on),
        active_loan=open_loan.code if open_loan else None,
        borrows=borrows(ward, group_id, on),
        list_ratified=households.list_ratified(ward, on),
    )


def borrows(ward: str, group_id: str, on: date) -> bool:
    """Whether groups of this one's kind borrow, by the guideline of the day; a text that does not
    say so of a kind lets it.
    """
    group = institutions.group(ward, group_id)
    kind = guidelines.section("group_kinds", ward, on).get(group.kind, {}) if group else {}
    return bool(kind.get("borrows", True))


def names_of(ward: str, person_ids: Iterable[str]) -> dict[str, str]:
    """Names by person id."""
    return {key: one.name for key, one in households.persons(ward, list(person_ids)).items()}


def gone(ward: str, people: Iterable[str], on: date) -> dict[str, str]:
    """Who of those who ask has died or left the ward by a day: id to how."""
    return households.gone_by(ward, set(people), on)


def against_parts(loan: Loan, on: date, *, besides: Iterable[str]) -> list[Reason]:
    """Why the parts of a loan can no longer be lent on a day: of a group whose kind does not borrow,
    or of a member who died, left, or has a part in another loan that stands as in ``besides``; or as the
    group itself has such a loan.
    """
    clause = f"loans.{loan.guideline}."
    pairs = [(one.person_id, one.name) for one in loan.members.order_by("pk")]
    people = [person for person, _ in pairs]
    of_group = households.every_id(institutions.member_ids(loan.group_id, on))
    other = queries.open_loans_of_persons(people, status=besides, but=loan.id)
    kind = [] if borrows(loan.ward, loan.group_id, on) else [no_kind(clause)]
    second = Loan.objects.filter(group=loan.group_id, status__in=list(besides)).exclude(pk=loan.id)
    return [
        *kind,
        *(group_busy(one.code, clause) for one in second.order_by("number")[:1]),
        *checks.members(pairs, of_group, clause),
        *checks.gone(pairs, gone(loan.ward, people, on), clause),
        *(busy(who, name, other[who].code, clause) for who, name in pairs if who in other),
    ]


def topics(ward: str, on: date) -> dict[str, str]:
    """What the trainings are called in the reader's language, by their keys."""
    lang = "en" if get_language() == "en" else "id"
    modules = guidelines.section("training_modules", ward, on)
    return {key: module["name"][lang] for key, module in modules.items()}


def leaving_list(loan: Loan, on: date) -> tuple[Any, int]:
    """A poor list that is open now, and how many of the borrowers it would take from the poor."""
    found = targeting.current_list(loan.ward) if loan.status in OPEN else None
    if found is None or found.status not in targeting.OPEN:
        return None, 0
    people = [one.person_id for one in loan.members.all()]
    homes = targeting.homes_leaving(found)
    lives = households.households_at(loan.ward, people, on)
    return found, sum(lives.get(person) in homes for person in people)
