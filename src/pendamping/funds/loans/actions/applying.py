"""A group applies for a loan."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import checks, facts, queries, terms
from pendamping.funds.loans import record as history
from pendamping.funds.loans.models import APPLIED, Loan, LoanMember
from pendamping.funds.loans.rules import kept
from pendamping.funds.loans.rules.eligibility import Application, reasons_against
from pendamping.funds.loans.rules.product import LoanProduct
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "loans"
Members = Sequence[Mapping[str, Any]]


@action
def apply(
    *,
    by: User,
    ward: str,
    group_id: str,
    on: date,
    members: Members,
    instalments: int | None = None,
) -> Loan:
    """Enter a group's application; ``members``: ``{"person", "amount", "purpose"}`` each.

    Refuses with every condition that is not met, each with its clause. ``instalments``: as many
    as the guideline's loan usually has, where none is given.
    """
    ledger.take_turn(ward, DESK)
    allow(by, "loans.apply", ward)
    group = institutions.group(ward, group_id)
    if group is None:
        raise refuse(
            "loans.group", "There is no such group in this ward.", where={"group": group_id}
        )
    offered = terms.product(ward, on)
    asked = facts.application(ward, group_id, on, members, instalments or offered.instalments)
    refuse_if([*against(ward, asked, offered), *_for_nothing(asked, members)])
    loan = _create(ward, group, asked, offered)
    _create_members(loan, asked, members)
    record(
        by=by,
        ward=ward,
        record=f"loan:{loan.id}",
        on=on,
        group=group_id,
        principal=loan.principal,
        members=len(asked.members),
    )
    return loan


def _for_nothing(asked: Application, members: Members) -> list[Reason]:
    """Whoever borrows says for which business."""
    said = {one["person"] for one in members if str(one.get("purpose", "")).strip()}
    return [
        Reason(
            "loans.purpose",
            "{name} has not said for which business the loan is.",
            {"name": one.name},
            {"person": one.person_id},
        )
        for one in asked.members
        if one.person_id not in said
    ]


def against(ward: str, asked: Application, offered: LoanProduct) -> list[Reason]:
    """Every reason why this application cannot be entered; for the form that shows them live."""
    code = guidelines.code(ward, asked.on)
    of_group = households.every_id(institutions.member_ids(asked.group_id, asked.on))
    pairs = [(member.person_id, member.name) for member in asked.members]
    return [
        *queries.stopped(ward, asked.on),
        *checks.day(asked.on, first=None, today=clock.today()),
        *checks.members(pairs, of_group, f"loans.{code}."),
        *checks.gone(pairs, facts.gone(ward, dict(pairs), asked.on), f"loans.{code}."),
        *reasons_against(asked, offered, code, facts.topics(ward, asked.on)),
        *history.reasons(ward, asked, offered, code),
    ]


def _create(ward: str, group: Any, asked: Application, offered: LoanProduct) -> Loan:
    text = guidelines.in_force(ward, asked.on)
    return Loan.objects.create(
        ward=ward,
        number=queries.next_number(ward),
        group_id=group.id,
        group_name=group.name,
        cycle=asked.cycle,
        principal=asked.amount,
        rate_bp=offered.rate_bp,
        instalments=asked.instalments,
        grace_months=offered.grace_months,
        grace_in_tenor=offered.grace_in_tenor,
        grace_service=offered.grace_service,
        every=terms.every_text(offered),
        method=offered.method,
        amortisation=offered.amortisation,
        grace_periods=offered.grace_periods,
        allocation=offered.allocation,
        guideline=text.code,
        guideline_version=text.version,
        status=APPLIED,
        applied_on=asked.on,
        members_paid=kept.written(kept.Kept(one.amount) for one in asked.members),
        entered_on=clock.today(),
        entered_at=clock.now(),
    )


def _create_members(loan: Loan, asked: Application, members: Members) -> None:
    purposes = {one["person"]: fitting(str(one.get("purpose", "")), 200) for one in members}
    LoanMember.objects.bulk_create(
        LoanMember(
            loan=loan,
            person_id=one.person_id,
            name=one.name,
            amount=one.amount,
            purpose=purposes[one.person_id],
        )
        for one in asked.members
    )
