"""A plain collection sheet, posted quickly: its payments, its lines and its deeds in one write.

A sheet is plain where nothing is saved and nothing drawn, every group brings cash, and the payment
of every loan is plain (:mod:`.quick`). Everything else goes the general way (:mod:`.collecting`),
with the same rows at the end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pendamping.access.models import User
from pendamping.funds.loans import sheets
from pendamping.funds.loans.actions import quick
from pendamping.funds.loans.models import Loan, Repayment, RepaymentPart, Sheet, SheetLine
from pendamping.funds.loans.rules import sheet as rules
from pendamping.funds.loans.rules.joint import Part
from pendamping.trail.actions import Deed
from pendamping.trail.statements import Statement, insert

_SHEET = (
    "id", "ward", "year", "number", "on", "taken_by_id", "entered_on", "entered_at", "reversed_on",
    "why_reversed", "request_id",
)  # fmt: skip
_PART = ("repayment_id", "payer_id", "person_id", "amount")
_LINE = ("sheet_id", "group_id", "loan_id", "person_id", "name", "due", "paid", "saved")


@dataclass(frozen=True)
class GroupTaken:
    """A group's part of a sheet that is being posted, after every check."""

    loan: Loan
    lines: list[rules.Line]
    facts: sheets.Facts


def post(by: User, sheet: Sheet, taken: Sequence[GroupTaken]) -> bool:
    """Post a sheet that is not stored yet; ``False``, and nothing written, where it is not plain."""
    cash = [_cash(one) for one in taken]
    if not all(cash):
        return False
    received = [
        quick.Received(
            one.loan.id,
            sheet.on,
            sum(part.amount for part in parts),
            one.loan.group_name,
            sheet_id=sheet.id,
        )
        for one, parts in zip(taken, cash, strict=True)
    ]

    def beside(payments: Sequence[Repayment]) -> tuple[Iterable[Statement], Iterable[Deed]]:
        return _beside(sheet, taken, cash, payments), [deed(sheet, one) for one in taken]

    return quick.take(by, sheet.ward, received, beside) is not None


def _cash(one: GroupTaken) -> list[Part]:
    """What a group gives in cash; nothing where it is not all that the group does."""
    cash, drawn = rules.parts(one.lines, list(one.facts.group.left))
    return [] if drawn or rules.totals(one.lines).savings else cash


def _beside(
    sheet: Sheet,
    taken: Sequence[GroupTaken],
    cash: Sequence[Sequence[Part]],
    payments: Sequence[Repayment],
) -> Iterable[Statement]:
    """The sheet, what each gave for whom, and its lines."""
    yield insert(Sheet, _SHEET, [tuple(getattr(sheet, name) for name in _SHEET)])
    parts = [
        (payment.id, part.payer or None, part.person, part.amount)
        for payment, given in zip(payments, cash, strict=True)
        for part in given
    ]
    yield insert(RepaymentPart, _PART, parts)
    lines = [
        (
            sheet.id,
            one.loan.group_id,
            one.loan.id,
            line.person_id,
            line.name,
            one.facts.due.get(line.person_id, 0),
            line.paid,
            line.saved,
        )
        for one in taken
        for line in one.lines
    ]
    yield insert(SheetLine, _LINE, lines)


def deed(sheet: Sheet, one: GroupTaken) -> Deed:
    """What the trail says of a group's part of a sheet."""
    sums = rules.totals(one.lines)
    data = {
        "sheet": sheet.id,
        "instalments": sums.instalments,
        "drawn": sums.drawn,
        "saved": sums.savings,
    }
    return Deed(f"loan:{one.loan.id}", sheet.on, data)
