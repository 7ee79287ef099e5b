"""Bring a foreign loan book in: read, make loans and payments, name every dirty row, write.

Source: doors, *The loan book, exactly*; docs, *A loan book of another system*.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pendamping.funds.closing.queries import must_have
from pendamping.funds.foreign import files
from pendamping.funds.foreign.rules import paying
from pendamping.funds.foreign.rules.cells import Dirty, Row
from pendamping.funds.foreign.rules.lending import Lent, lent, name_of
from pendamping.funds.foreign.rules.mapping import ForeignMapping, Join, read_mapping
from pendamping.funds.foreign.rules.paying import Payment, Payments
from pendamping.kernel.refusal import Reason, refuse_if

KINDS = ("csv", "parquet")
Tables = dict[str, tuple[Sequence[str], Iterable[Sequence[Any]]]]


@dataclass(slots=True)
class Brought:
    """What came in. ``reasons``: why rows were left out, each with file, row, column and value."""

    loans: list[Lent] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    written_off: dict[str, date] = field(default_factory=dict)
    dirty: list[Row] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def reasons(self) -> list[Reason]:
        """Why rows were left out, in the order of the files."""
        rows = sorted(self.dirty, key=lambda row: (row.file, row.place))
        return [reason for row in rows for reason in row.reasons]

    def counts(self) -> dict[str, Any]:
        """Rows written, passed over (the mapping does not want them) and left out (dirty)."""
        out = ("loans", "repayments", "repayments_of_loans_left_out")
        return {
            "loans": len(self.loans),
            "repayments": len(self.payments),
            "segments": sum(not loan.plain for loan in self.loans),
            "closures": len(self.written_off),
            "passed_over": {kind: self.passed_over[kind] for kind in ("loans", "repayments")},
            "left_out": {kind: self.left_out[kind] for kind in out},
        }


def bring_in(paths: Sequence[Path], mapping: Path, *, leave_out: bool = False) -> Brought:
    """The loans and payments of foreign files.

    Raises ``Refusal`` with every dirty row, unless ``leave_out``; and always where a file or the mapping
    itself cannot be read.
    """
    known = read_mapping(files.parse_mapping(mapping))
    there = files.given(paths, known.files)
    found = Brought()
    _bring_loans(known, there, found)
    if known.repayments.kind == "rows":
        _bring_payments(known, there, found)
    if not leave_out:
        refuse_if(found.reasons)
    return found


def _bring_loans(known: ForeignMapping, there: Mapping[str, Path], found: Brought) -> None:
    """Loans with what their own rows say of payments and of an end."""
    rows = list(_wanted(_joined(known, there), known.loans.only, "loans", found))
    made = [(row, None if row.reasons else lent(row, known)) for row in rows]
    _doubles(known, [loan for _, loan in made if loan])
    for row, loan in made:
        payments = paying.from_loan(loan, known) if loan else []
        off = paying.written_off(loan, known) if loan else None
        if loan is None or row.reasons:
            found.dirty.append(row)
            found.left_out["loans"] += 1
            continue
        found.loans.append(loan)
        found.payments += payments
        if off is not None:
            found.written_off[loan.loan_id] = off


def _joined(known: ForeignMapping, there: Mapping[str, Path]) -> Iterator[Row]:
    """The rows of the loans, with the columns of files that are joined to them."""
    plan = known.loans
    wanted = _columns(known)
    own = {name for name in wanted if "." not in name or name.split(".")[0] not in known.files}
    others = [(join, _by_key(known, there, join, wanted)) for join in plan.joins]
    own |= {join.on for join in plan.joins}
    for row in files.records(there[plan.file], known.files[plan.file], sorted(own)):
        if not row.reasons:
            for join, by_key in others:
                _add(row, join, by_key, there[join.file].name)
        yield row


def _add(row: Row, join: Join, by_key: Mapping[str, Mapping[str, str]], other: str) -> None:
    more = by_key.get(row.cells[join.on])
    if more is None:
        row.dirty(Dirty("joined", join.on, row.cells[join.on], other=other))
        return
    row.cells = {**row.cells, **{f"{join.file}.{name}": cell for name, cell in more.items()}}


def _by_key(
    known: ForeignMapping, there: Mapping[str, Path], join: Join, wanted: Iterable[str]
) -> dict[str, Mapping[str, str]]:
    """The records of a joined file by its key; where a key stands twice nothing is known by it."""
    own = [
        name.removeprefix(f"{join.file}.") for name in wanted if name.startswith(f"{join.file}.")
    ]
    rows = list(files.records(there[join.file], known.files[join.file], [join.on, *own]))
    refuse_if(reason for row in rows for reason in row.reasons)
    times = Counter(row.cells[join.on] for row in rows)
    return {row.cells[join.on]: row.cells for row in rows if times[row.cells[join.on]] == 1}


def _columns(known: ForeignMapping) -> set[str]:
    """Every column of the loans that the mapping asks for."""
    sources = [*known.loans.values.values()]
    if known.repayments.kind in {"when-closed", "as-due"}:
        sources += known.repayments.values.values()
    sources += [known.written_off] if known.written_off else []
    names = {source.column for source in sources} | set(known.loans.only) | {known.repayments.of}
    return names - {""}


def _wanted(
    rows: Iterable[Row], only: Mapping[str, Sequence[str]], kind: str, found: Brought
) -> Iterator[Row]:
    """Rows that the mapping wants; the others are counted."""
    for row in rows:
        if row.reasons or all(row.cells[name] in words for name, words in only.items()):
            yield row
        else:
            found.passed_over[kind] += 1


def _doubles(known: ForeignMapping, loans: Sequence[Lent]) -> None:
    """Loans of one id: nobody knows which of them holds, so each is dirty."""
    by_id: dict[str, list[Lent]] = {}
    for loan in loans:
        by_id.setdefault(loan.loan_id, []).append(loan)
    column = name_of(known.loans.values["loan_id"])
    for loan_id, those in by_id.items():
        for number, loan in enumerate(those if len(those) > 1 else []):
            other = those[0 if number else 1].row.place
            loan.row.dirty(Dirty("double", column, loan_id, row=other))


def _bring_payments(known: ForeignMapping, there: Mapping[str, Path], found: Brought) -> None:
    """Payments of a file of their own."""
    plan = known.repayments
    key = plan.of or name_of(known.loans.values["loan_id"])
    loans: dict[str, list[Lent]] = {}
    for loan in found.loans:
        loans.setdefault(loan.row.cells[key], []).append(loan)
    left_out = {row.cells.get(key, "") for row in found.dirty}
    needed = {source.column for source in plan.values.values()} | set(plan.only)
    rows = files.records(there[plan.file], known.files[plan.file], sorted(needed - {""}))
    made: Payments = paying.from_rows(
        _wanted(rows, plan.only, "repayments", found), loans, left_out, known
    )
    found.payments += made.made
    found.dirty += made.dirty
    found.left_out["repayments"] += len(made.dirty)
    found.left_out["repayments_of_loans_left_out"] += made.of_left_out


def write(found: Brought, out: Path, kind: str = "csv") -> None:
    """``loans``, ``repayments`` and, where there are any, ``segments`` and ``closures``."""
    names = must_have()
    tables: Tables = {
        "loans": (names["loans"], (_loan(loan) for loan in found.loans)),
        "repayments": (
            names["repayments"],
            ((one.loan_id, one.paid_on, one.amount) for one in found.payments),
        ),
    }
    if any(not loan.plain for loan in found.loans):
        changed = (_segment(loan) for loan in found.loans if not loan.plain)
        tables["segments"] = (names["segments"], changed)
    if found.written_off:
        off = ((loan_id, on, "written-off", 0, 0) for loan_id, on in found.written_off.items())
        tables["closures"] = (names["closures"], off)
    files.write_all(out, tables, kind)


def _loan(loan: Lent) -> Sequence[Any]:
    grace = loan.grace_months or 0
    terms = (loan.principal, loan.rate_bp, loan.instalments, grace, loan.disbursed)
    return (loan.loan_id, loan.ward, loan.group_id, *terms)


def _segment(loan: Lent) -> Sequence[Any]:
    count, unit = loan.every
    terms = (loan.principal, loan.service, loan.instalments, loan.first_due, f"{count}{unit}")
    return (loan.loan_id, loan.disbursed, *terms)
