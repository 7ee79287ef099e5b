"""Writing a made book as the files of the doors."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pendamping.funds.closing.rules import FiledLoan
from pendamping.funds.loans.rules.allocation import Paid
from tests.books.making import places

LOANS = (
    "loan_id",
    "ward",
    "group_id",
    "principal",
    "rate_bp",
    "instalments",
    "grace_months",
    "disbursed",
)
TOTALS = ("paid_principal", "paid_service", "overpaid", "totals_on")
SPLIT = ("principal", "service")


def write(
    folder: Path,
    loans: Sequence[FiledLoan],
    *,
    seed: int = 0,
    kind: str = "csv",
    totals: Mapping[str, Paid] | None = None,
    on: date | None = None,
) -> Path:
    """``loans``, ``repayments`` and, where there are any, ``segments`` and ``closures``.

    ``totals``: what was paid on loans by a day, to be kept on their rows.
    """
    folder.mkdir(parents=True, exist_ok=True)
    columns = LOANS + (() if totals is None else TOTALS)
    rows = ([getattr(one, name) for name in LOANS] + _totals(one, totals, on) for one in loans)
    table(folder / "loans.csv", columns, rows)
    paid = list(places(list(loans), seed))
    columns = ["loan_id", "paid_on", "amount"]
    columns += SPLIT if any(one.posted for _, one in paid) else ()
    columns += ["reversed_on"] if any(one.reversed_on for _, one in paid) else []
    table(folder / "repayments.csv", columns, (_payment(loan, one, columns) for loan, one in paid))
    _changes(folder, loans)
    if kind == "parquet":
        to_parquet(folder)
    return folder


def _totals(loan: FiledLoan, totals: Mapping[str, Paid] | None, on: date | None) -> list[Any]:
    if totals is None:
        return []
    paid = totals.get(loan.loan_id)
    return [paid.principal, paid.service, paid.overpaid, on] if paid else [""] * 4


def _payment(loan: FiledLoan, one: Any, columns: Sequence[str]) -> list[Any]:
    principal, service = one.posted or (None, None)
    values = {
        "loan_id": loan.loan_id, "paid_on": one.on, "amount": one.amount,
        "principal": principal, "service": service, "reversed_on": one.reversed_on,
    }  # fmt: skip
    return [values[name] for name in columns]


def _changes(folder: Path, loans: Sequence[FiledLoan]) -> None:
    segments = [
        [loan.loan_id, one.start, one.principal, one.service, one.instalments, one.first_due,
         f"{one.every[0]}{one.every[1]}", one.keeps_class_for or ""]
        for loan in loans for one in loan.segments
    ]  # fmt: skip
    if segments:
        columns = ["loan_id", "from", "principal", "service", "instalments", "first_due", "every"]
        columns.append("keeps_class_for")
        table(folder / "segments.csv", columns, segments)
    closures = [
        [loan.loan_id, one.on, one.kind, one.principal, one.service, one.reversed_on]
        for loan in loans for one in loan.closures
    ]  # fmt: skip
    if closures:
        columns = ["loan_id", "on", "kind", "principal", "service", "reversed_on"]
        table(folder / "closures.csv", columns, closures)


def table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """One CSV with its header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def to_parquet(folder: Path) -> None:
    """The same files with types, as Parquet."""
    import duckdb

    for path in sorted(folder.glob("*.csv")):
        target = path.with_suffix(".parquet")
        types = "{'loan_id': 'VARCHAR'}"
        source = f"read_csv('{path}', header = true, types = {types})"
        duckdb.execute(f"COPY (SELECT * FROM {source}) TO '{target}' (FORMAT parquet)")
        path.unlink()
