"""What is known of a group on the day it applies, gathered from the rooms below."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language

from pendamping.funds.loans import queries
from pendamping.funds.loans.rules.eligibility import Applicant, Application
from pendamping.funds.savings import queries as savings
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions


def application(
    ward: str,
    group_id: str,
    on: date,
    members: Iterable[Mapping[str, Any]],
    instalments: int,
) -> Application:
    """The facts of an application; ``members``: ``{"person", "amount"}``."""
    asked = list(members)
    had = queries.loans_of_persons(one["person"] for one in asked)
    names = names_of(ward, [one["person"] for one in asked])
    open_loan = queries.open_loan(group_id)
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
    )


def names_of(ward: str, person_ids: Iterable[str]) -> dict[str, str]:
    """Names by person id."""
    return {key: one.name for key, one in households.persons(ward, list(person_ids)).items()}


def gone(ward: str, asked: Application) -> dict[str, str]:
    """Who of those who ask has died or left the ward: id to how."""
    people = {one.person_id for one in asked.members}
    return households.gone_by(ward, people, asked.on)


def topics(ward: str, on: date) -> dict[str, str]:
    """What the trainings are called in the reader's language, by their keys."""
    lang = "en" if get_language() == "en" else "id"
    modules = guidelines.section("training_modules", ward, on)
    return {key: module["name"][lang] for key, module in modules.items()}
