"""Payments: from rows of their own, or from what the loans say of themselves.

Source: docs, *A loan book of another system*: what a file does not say is said by the mapping.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pendamping.funds.foreign.rules import cells
from pendamping.funds.foreign.rules.cells import Dirty, Row
from pendamping.funds.foreign.rules.lending import Lent, Reader, word
from pendamping.funds.foreign.rules.mapping import ForeignMapping


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment that came in."""

    loan_id: str
    paid_on: date
    amount: int


@dataclass(slots=True)
class Payments:
    """Payments, dirty rows, and how many are of loans that were left out."""

    made: list[Payment] = field(default_factory=list)
    dirty: list[Row] = field(default_factory=list)
    of_left_out: int = 0


def from_rows(
    rows: Iterable[Row],
    loans: Mapping[str, Sequence[Lent]],
    left_out: Container[str],
    mapping: ForeignMapping,
) -> Payments:
    """Payments of a file; ``loans`` and ``left_out`` by what its ``loan`` column holds."""
    found = Payments()
    for row in rows:
        payment = None if row.reasons else _payment(row, loans, left_out, mapping)
        if payment is not None:
            found.made.append(payment)
        elif row.reasons:
            found.dirty.append(row)
        else:
            found.of_left_out += 1
    return found


def _payment(
    row: Row,
    loans: Mapping[str, Sequence[Lent]],
    left_out: Container[str],
    mapping: ForeignMapping,
) -> Payment | None:
    """The payment of a row; ``None`` where it is dirty, or clean and of a loan that was left out."""
    reader, writing = Reader(row, mapping.repayments.values), mapping.writing
    key = reader.get("loan", word)
    on = reader.get("paid_on", lambda t, c: cells.day(t, c, writing))
    amount = reader.get("amount", lambda t, c: cells.amount(t, c, writing))
    of = loans.get(key or "", ())
    if key and not of and key not in left_out:
        reader.wrong("loan", "loan")
    if len(of) > 1:
        reader.wrong("loan", "several")
    if len(of) == 1 and on and on < of[0].disbursed:
        reader.wrong("paid_on", "before", disbursed=of[0].disbursed)
    if row.reasons or not of or on is None or amount is None:
        return None
    return Payment(of[0].loan_id, on, amount)


def from_loan(loan: Lent, mapping: ForeignMapping) -> list[Payment]:
    """The payments that a loan's own row tells of; what is dirty is kept in the row."""
    if mapping.repayments.kind == "when-closed":
        return list(_when_closed(loan, mapping))
    if mapping.repayments.kind == "as-due":
        return list(_as_due(loan, mapping))
    return []


def _when_closed(loan: Lent, mapping: ForeignMapping) -> Iterator[Payment]:
    """All that is owed, on the day that the loan was closed; none where it is still open."""
    source = mapping.repayments.values["closed"]
    if source.column and not loan.row.cells[source.column]:
        return
    reader = Reader(loan.row, mapping.repayments.values)
    on = reader.get("closed", lambda t, c: cells.day(t, c, mapping.writing))
    if on is None:
        return
    if on < loan.disbursed:
        reader.wrong("closed", "before", disbursed=loan.disbursed)
        return
    yield Payment(loan.loan_id, on, loan.principal + loan.service)


def _as_due(loan: Lent, mapping: ForeignMapping) -> Iterator[Payment]:
    """Every instalment on its day, up to the last day that the files know of."""
    paid = mapping.repayments
    reader = Reader(loan.row, paid.values)
    status = reader.get("status", word)
    if status is None:
        return
    if status not in (*paid.as_due, *paid.unpaid):
        loan.row.dirty(Dirty("value", paid.values["status"].column, status))
        return
    if status in paid.as_due and paid.until is not None:
        for row in loan.schedule:
            if row.due <= paid.until:
                yield Payment(loan.loan_id, row.due, row.principal + row.service)


def written_off(loan: Lent, mapping: ForeignMapping) -> date | None:
    """The day that a loan was written off, where its row has one; what is dirty is kept in the row."""
    source = mapping.written_off
    if source is None or not loan.row.cells[source.column]:
        return None
    reader = Reader(loan.row, {"written_off": source})
    on = reader.get("written_off", lambda t, c: cells.day(t, c, mapping.writing))
    if on is not None and on < loan.disbursed:
        reader.wrong("written_off", "before", disbursed=loan.disbursed)
    return on
