"""A plain collection sheet, posted quickly: one read and one write for all its groups.

A sheet is plain where nothing is saved and nothing drawn, every group brings cash, only borrowers stand on
it, and the payment of every loan is plain (:mod:`.quick`): then what each member owes follows from what is
kept with her loan (:mod:`..rules.kept`). Every line is asked the same as on any other sheet. Everything
else, and every refusal, goes the general way (:mod:`.collecting`), with the same rows at the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.access.models import User
from pendamping.funds.loans.actions import quick
from pendamping.funds.loans.models import RepaymentPart, Sheet, SheetLine
from pendamping.funds.loans.rules import kept
from pendamping.funds.loans.rules import sheet as rules
from pendamping.funds.loans.rules.joint import Part
from pendamping.kernel import clock
from pendamping.trail.actions import Deed
from pendamping.trail.statements import Statement, insert, read

_SHEET = (
    "id", "ward", "year", "number", "on", "taken_by_id", "entered_on", "entered_at", "reversed_on",
    "why_reversed", "request_id",
)  # fmt: skip
_PART = ("repayment_id", "payer_id", "person_id", "amount")
_LINE = ("sheet_id", "group_id", "loan_id", "person_id", "name", "due", "paid", "saved")

Groups = Sequence[Mapping[str, Any]]
"""As :func:`~.collecting.record_sheet` is given them."""


def take(by: User, ward: str, on: date, groups: Groups, request_id: str) -> Sheet | None:
    """Post a plain sheet as a step of the action that is open; ``None``, and nothing written, where it
    is not plain. The caller has asked whether the actor may.
    """
    lines = [rules.lines(one["lines"]) for one in groups]
    sums = [rules.totals(one) for one in lines]
    if not sums or not all(one.instalments and not one.savings and not one.drawn for one in sums):
        return None
    sheet = new_sheet(by, ward, on, request_id)
    received = [
        quick.Received(one["loan"], on, sum_.instalments, None, sheet_id=sheet.id)
        for one, sum_ in zip(groups, sums, strict=True)
    ]
    taken = quick.take(by, ward, received, _Beside(sheet, lines, [one["loan"] for one in groups]))
    sheet._state.adding = taken is None
    return sheet if taken else None


def new_sheet(by: User, ward: str, on: date, request_id: str) -> Sheet:
    """A sheet that is not stored and has no number yet."""
    return Sheet(
        ward=ward,
        year=clock.today().year,
        on=on,
        taken_by=by,
        entered_on=clock.today(),
        entered_at=clock.now(),
        request_id=request_id or None,
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """A group's part of the sheet, after every check."""

    loan: quick.PlainLoan
    lines: Sequence[rules.Line]
    cash: Sequence[Part]
    due: Mapping[str, int]


class _Beside:
    """What a sheet reads and writes beside its payments."""

    def __init__(
        self, sheet: Sheet, lines: Sequence[Sequence[rules.Line]], loan_ids: Sequence[str]
    ) -> None:
        self.sheet, self.lines, self.loan_ids = sheet, lines, loan_ids
        self.groups: list[_Group] = []

    def asked(self) -> Sequence[Statement]:
        """The members of the loans, whose sheets of the day stand, and the last number."""
        marks, sheet = ", ".join("%s" for _ in self.loan_ids), self.sheet
        return (
            read(
                "SELECT loan_id, person_id, name FROM loans_loanmember"  # noqa: S608 -- marks alone
                f" WHERE loan_id IN ({marks}) ORDER BY loan_id, id",
                *self.loan_ids,
            ),
            read(
                "SELECT loan_id FROM loans_sheetline WHERE sheet_id IN (SELECT id FROM loans_sheet"
                ' WHERE ward = %s AND "on" = %s AND reversed_on IS NULL)',
                sheet.ward,
                sheet.on,
            ),
            read(
                "SELECT MAX(number) FROM loans_sheet WHERE ward = %s AND year = %s",
                sheet.ward,
                sheet.year,
            ),
        )

    def judged(
        self, loans: Sequence[quick.PlainLoan], rows: Sequence[Sequence[Any]]
    ) -> Sequence[Sequence[kept.Kept]] | None:
        """Every line is looked at by the rules of all sheets."""
        members, posted, [[last]] = rows
        names: dict[str, dict[str, str]] = {one.id: {} for one in loans}
        for loan, person, name in members:
            names[loan][person] = name
        self.sheet.number = (last or 0) + 1
        if rules.nothing(self.lines) or {one for (one,) in posted} & names.keys():
            return None
        found = []
        for loan, lines in zip(loans, self.lines, strict=True):
            members_now = self._group(loan, lines, names[loan.id])
            if members_now is None:
                return None
            found.append(members_now)
        return found

    def _group(
        self, loan: quick.PlainLoan, given: Sequence[rules.Line], names: Mapping[str, str]
    ) -> list[kept.Kept] | None:
        """What is kept of a group's members with this sheet; ``None`` where a line is not right."""
        now, agreed = loan.kept, loan.terms
        if len(now) != len(names):
            return None
        left = dict(zip(names, kept.left(agreed, now), strict=True))
        lines = rules.with_names(given, names)
        if rules.problems(lines, rules.GroupFacts(loan.group_id, names, left, 0)):
            return None
        cash, _drawn = rules.parts(lines, list(left))
        due = dict(zip(names, kept.behind(agreed, now, self.sheet.on), strict=True))
        self.groups.append(_Group(loan, lines, cash, due))
        return kept.named(now, list(names), cash)

    def written(self, payments: Sequence[quick.Row]) -> tuple[Iterable[Statement], Iterable[Deed]]:
        """The sheet, what each gave for whom, and its lines."""
        sheet = self.sheet
        parts = [
            (payment.id, part.payer or None, part.person, part.amount)
            for payment, one in zip(payments, self.groups, strict=True)
            for part in one.cash
        ]
        lines = [
            (sheet.id, one.loan.group_id, one.loan.id, line.person_id, line.name,
             one.due[line.person_id], line.paid, line.saved)
            for one in self.groups
            for line in one.lines
        ]  # fmt: skip
        statements = (
            insert(Sheet, _SHEET, [tuple(getattr(sheet, name) for name in _SHEET)]),
            insert(RepaymentPart, _PART, parts),
            insert(SheetLine, _LINE, lines),
        )
        return statements, [deed(sheet, one.loan.id, one.lines) for one in self.groups]


def deed(sheet: Sheet, loan_id: str, lines: Iterable[rules.Line]) -> Deed:
    """What the trail says of a group's part of a sheet."""
    sums = rules.totals(lines)
    data = {
        "sheet": sheet.id,
        "instalments": sums.instalments,
        "drawn": sums.drawn,
        "saved": sums.savings,
    }
    return Deed(f"loan:{loan_id}", sheet.on, data)
