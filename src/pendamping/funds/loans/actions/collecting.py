"""The collection sheet of a meeting: one paper, one transaction, whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import changes, checks, joint, narrations, sheets, terms
from pendamping.funds.loans.actions import collecting_quick
from pendamping.funds.loans.actions.deciding import locked, locked_all
from pendamping.funds.loans.actions.repaying import (
    DESK,
    create_payment,
    reversal_reasons,
    settle,
    take_payment_back,
)
from pendamping.funds.loans.models import Loan, Repayment, RepaymentPart, Sheet, SheetLine
from pendamping.funds.loans.rules import sheet as rules
from pendamping.funds.loans.rules.joint import Part
from pendamping.funds.savings import actions as savings
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action

Groups = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class GroupTaken:
    """A group's part of a sheet that is being posted, after every check."""

    loan: Loan
    lines: list[rules.Line]
    facts: sheets.Facts


def _made_already(arguments: Mapping[str, Any]) -> Sheet | None:
    made = joint.sheet_by_request(arguments.get("request_id", ""))
    if made:
        ledger.same_request(
            "loans.sheet.request",
            made.code,
            (made.ward, made.on, joint.booked(made)),
            (arguments["ward"], arguments["on"], _asked(arguments["groups"])),
        )
    return made


def _asked(groups: Groups) -> dict[tuple[str, str], tuple[int, ...]]:
    """By loan and person, in whole rupiah: paid, saved, covered by others, by the joint savings."""
    found = {}
    for one in groups:
        for line in one["lines"]:
            covers = [(each["by"], int(each["amount"])) for each in line.get("covers", ())]
            drawn = sum(amount for by, amount in covers if by == rules.FROM_RESERVE)
            covered = sum(amount for _by, amount in covers) - drawn
            own = (int(line.get("paid") or 0), int(line.get("saved") or 0))
            found[one["loan"], line["person"]] = (*own, covered, drawn)
    return found


@ledger.once_per_request(_made_already)
@action
def record_sheet(*, by: User, ward: str, on: date, groups: Groups, request_id: str = "") -> Sheet:
    """Post the sheet of a collection day: instalments by member, who covered for whom, savings.

    ``groups``: ``{"loan", "lines": [{"person", "paid", "saved", "covers": [{"by", "amount"}]}]}`` each,
    amounts in whole rupiah; ``by``: a person's id, ``"others"`` (all other borrowers alike) or
    ``"reserve"`` (the joint savings: no cash). One wrong line and nothing is posted. A group's sheet
    of a day is posted once, whoever sends it; the same ``request_id`` again gives it back.
    """
    allow(by, "loans.record_sheet", ward)
    if quickly := collecting_quick.take(by, ward, on, groups, request_id):
        return quickly
    loans = locked_all(ward, [one["loan"] for one in groups])
    ledger.take_turn(ward, DESK)
    joint.read_together(list(loans.values()))
    taken = [_read(loans[one["loan"]], one["lines"], on) for one in groups]
    refuse_if(_against(taken, on))
    joint.forget(loans.values())
    sheet = collecting_quick.new_sheet(by, ward, on, request_id)
    sheet.number = joint.next_sheet(ward, sheet.year)
    sheet.save(force_insert=True)
    for one in taken:
        _post(by, sheet, one)
    return joint.sheet(ward, sheet.id) or sheet


def _read(loan: Loan, given: Sequence[Mapping[str, Any]], on: date) -> GroupTaken:
    covers = [each for one in given for each in one.get("covers", ())]
    persons = {one["person"] for one in given} | {str(each["by"]) for each in covers}
    facts = sheets.facts(
        loan,
        on,
        persons=persons - {rules.OTHERS, rules.FROM_RESERVE},
        reserve=any(each["by"] == rules.FROM_RESERVE for each in covers),
    )
    return GroupTaken(loan, rules.with_names(rules.lines(given), facts.group.names), facts)


def _against(taken: Sequence[GroupTaken], on: date) -> list[Reason]:
    found = rules.nothing([one.lines for one in taken])
    seen: set[str] = set()
    posted = joint.sheets_of([one.loan.id for one in taken], on)
    for one in taken:
        found += sheets.against(one.loan, on, posted=posted, twice=one.loan.id in seen)
        found += rules.problems(one.lines, one.facts.group)
        seen.add(one.loan.id)
    return found


def _post(by: User, sheet: Sheet, one: GroupTaken) -> None:
    """Savings first, so that what is put by today may be drawn today; then who paid for whom."""
    loan, on = one.loan, sheet.on
    where = {"by": by, "ward": loan.ward, "group_id": loan.group_id, "on": on}
    saved = savings.put_by(
        **where, amounts={line.person_id: line.saved for line in one.lines if line.saved}
    )
    cash, drawn = rules.parts(one.lines, list(one.facts.group.left))
    for part in drawn:
        moved = savings.draw(**where, amount=part.amount, person=part.person)
        payment = _pay(by, sheet, loan, [part], "")
        payment.draw = moved
        payment.save(update_fields=["draw"])
    if cash:
        _pay(by, sheet, loan, cash, loan.group_name)
    _keep_lines(sheet, one, saved)
    if cash or drawn:
        settle(by, loan, narrations.sheet_late(sheet))
    said = collecting_quick.deed(sheet, loan.id, one.lines)
    record(by=by, ward=loan.ward, record=said.record, on=on, **said.data)


def _pay(by: User, sheet: Sheet, loan: Loan, parts: Sequence[Part], brought: str) -> Repayment:
    payment = create_payment(loan, by, sheet.on, sum(one.amount for one in parts), brought, "")
    payment.sheet = sheet
    payment.save(update_fields=["sheet"])
    RepaymentPart.objects.bulk_create(
        RepaymentPart(
            repayment=payment, payer_id=one.payer or None, person_id=one.person, amount=one.amount
        )
        for one in parts
    )
    return payment


def _keep_lines(sheet: Sheet, one: GroupTaken, saved: Mapping[str, Any]) -> None:
    SheetLine.objects.bulk_create(
        SheetLine(
            sheet=sheet,
            group_id=one.loan.group_id,
            loan=one.loan,
            person_id=line.person_id,
            name=line.name,
            due=one.facts.due.get(line.person_id, 0),
            paid=line.paid,
            saved=line.saved,
            movement=saved.get(line.person_id),
        )
        for line in one.lines
    )


@action
def reverse_sheet(
    *, by: User, ward: str, sheet_id: str, on: date, why: str, meeting_id: str = ""
) -> Sheet:
    """Take a whole sheet back: every payment and every saving on it counts until the day before.

    The money of the sheet must be in the cash on that day and every day since. ``meeting_id``: the meeting that
    decided it, where the sheet is of a closed month (subject ``loans.take_back_sheet:<sheet id>``).
    """
    found = joint.sheet(ward, sheet_id)
    if found is None:
        raise refuse("loans.sheet", "There is no such sheet.", where={"sheet": sheet_id})
    loan_ids = sorted({line.loan_id for line in found.lines.all()})
    loans = {loan_id: locked(ward, loan_id) for loan_id in loan_ids}
    allow(by, "loans.reverse_sheet", ward)
    ledger.take_turn(ward, "cash")
    ledger.take_turn(ward, DESK)
    sheet = Sheet.objects.get(pk=sheet_id)
    wrong = reversal_reasons(sheet.on, sheet.reversed_on, on, why, {"sheet": sheet.id})
    wrong += changes.against_taking_back(
        ward, sheet.on, on, meeting_id, sheet.id, "take_back_sheet"
    )
    for loan in loans.values():
        wrong += checks.before_change(sheet.on, terms.changes(loan))
    refuse_if(wrong)
    sheet.reversed_on, sheet.why_reversed = on, fitting(why, 300)
    sheet.save(update_fields=["reversed_on", "why_reversed"])
    cash, told = 0, {"meeting": meeting_id} if meeting_id else {}
    for loan_id, loan in loans.items():
        payments = Repayment.objects.filter(sheet=sheet, loan=loan, reversed_on=None)
        for payment in payments.order_by("-pk"):
            take_payment_back(by, payment, on, why)
            cash += 0 if payment.draw_id else payment.amount
        settle(by, loan, narrations.sheet_gone(sheet))
        lines = [line for line in found.lines.all() if line.loan_id == loan_id and line.movement_id]
        for line in lines:
            if line.movement.reversed_on is None:
                savings.give_back(by=by, movement_id=line.movement_id, on=on, why=why)
                cash += max(line.movement.signed, 0)
        record(by=by, ward=ward, record=f"loan:{loan.id}", on=on, sheet=sheet.id, **told)
    refuse_if(ledger.taken_back(ward, cash, on))
    return sheet
