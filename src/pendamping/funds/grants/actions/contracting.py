"""The contract (SP3) of a grant with a group."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.grants import posting
from pendamping.funds.grants.models import BudgetLine, Grant
from pendamping.funds.grants.rules import windows
from pendamping.funds.grants.rules import works as rules
from pendamping.funds.ledger import actions as ledger
from pendamping.guidelines import queries as guidelines
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.planning import queries as planning
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def agree_grant(
    *,
    by: User,
    ward: str,
    window: str,
    group_id: str,
    title: str,
    contract_no: str,
    contract_on: date,
    starts_on: date,
    ends_on: date,
    lines: Sequence[tuple[str, int]],
    meeting_id: str,
    place: str = "",
    planned: Mapping[str, Any] | None = None,
    proposal: str = "",
) -> Grant:
    """Sign the contract (SP3) with a group, as a meeting decided (subject ``grants.agree:<number>``).

    ``lines``: (what, whole rupiah) of the budget, their sum is the value. ``planned``: type, size, who is to
    benefit. ``proposal``: id of the passed proposal that it comes of, if any.
    """
    ledger.take_turn(ward, posting.DESK)
    allow(by, "grants.agree_grant", ward)
    value = sum(amount for _, amount in lines)
    decision = f"grants.agree:{contract_no.strip()}"
    refuse_if(
        [
            *windows.day_problems(contract_on, clock.today()),
            *rules.contract_problems(contract_on, starts_on, ends_on),
            *rules.budget_problems([amount for _, amount in lines], value),
            *_contract(ward, window, group_id, title, contract_no, contract_on),
            *_proposed(ward, proposal, group_id, value),
            *meetings.decided(ward, meeting_id, decision, matter="proposals", until=contract_on),
        ]
    )
    made = Grant.objects.create(
        ward=ward, number=_next_number(ward), window=window, group_id=group_id,
        title=fitting(title, 160), proposal=proposal, meeting=meeting_id,
        contract_no=fitting(contract_no, 80), contract_on=contract_on, value=value,
        starts_on=starts_on, ends_on=ends_on, place=fitting(place, 120),
        planned=dict(planned or {}), **posting.entered(by),
    )  # fmt: skip
    BudgetLine.objects.bulk_create(
        BudgetLine(grant=made, number=number, what=fitting(what, 120), amount=amount)
        for number, (what, amount) in enumerate(lines, start=1)
    )
    record(by=by, ward=ward, record=f"grant:{made.id}", on=contract_on, value=value)
    return made


def _proposed(ward: str, proposal: str, group_id: str, value: int) -> list[Reason]:
    """A contract that came of a proposal keeps to it: passed, of this group, once, no dearer."""
    if not proposal:
        return []
    found = next((one for one in planning.proposals(ward) if one.proposal.id == proposal), None)
    if found is None or found.state != "passed":
        text = N_("The proposal has not passed its tiers.")
        return [Reason("grants.contract.proposal", text, {}, {"field": "proposal"})]
    asked = planning.asked_of(found.proposal)
    checks = (
        (found.proposal.group_id != group_id, N_("Another group proposed it."), "group_id"),
        (
            value > asked,
            N_("The contract is dearer than the proposal, {asked}."),
            "amount_1",
        ),
        (
            Grant.objects.filter(ward=ward, proposal=proposal).exists(),
            N_("This proposal has its contract already."),
            "proposal",
        ),
    )
    return [
        Reason("grants.contract.proposal", text, {"asked": format_rupiah(asked)}, {"field": field})
        for wrong, text, field in checks
        if wrong
    ]


def _next_number(ward: str) -> int:
    last = Grant.objects.filter(ward=ward).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _contract(
    ward: str, window: str, group_id: str, title: str, contract_no: str, on: date
) -> list[Reason]:
    found = []
    component = guidelines.section("components", ward, on).get(window)
    if component is None or component["repaid"]:
        found.append(
            Reason(
                "grants.window.kind",
                "This window makes no grants: what is repaid goes through the UPK.",
                {},
                {"field": "window"},
            )
        )
    if institutions.group(ward, group_id) is None:
        found.append(
            Reason("grants.group", "Name the group that does the work.", {}, {"field": "group"})
        )
    if not title.strip() or not contract_no.strip():
        found.append(
            Reason(
                "grants.contract.no",
                "Write the number of the contract and what the work is.",
                {},
                {"field": "contract_no"},
            )
        )
    if Grant.objects.filter(ward=ward, contract_no=contract_no.strip()).exists():
        found.append(
            Reason(
                "grants.contract.once",
                "There is a contract with this number already.",
                {},
                {"field": "contract_no"},
            )
        )
    return found
