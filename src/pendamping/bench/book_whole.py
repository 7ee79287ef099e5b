"""The whole close as a loop over decimals: what a sensible programmer writes who needs every figure of the book.

In instalment order, from bare amounts: each loan's schedule, each repayment allocated in the order of its day, the
loan's state, and the figures of its ward. The other peers give three sums and look at no repayment by itself.
Nothing else of the house counts money in decimals; here they are what is measured beside whole numbers.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pendamping.bench.book_made import AS_OF
from pendamping.funds.loans.rules.book import AT_RISK_FROM, classify
from pendamping.kernel.period import add_months

NIL, ONE = Decimal(0), Decimal(1)


@dataclass(slots=True)
class Instalment:
    """What is still unpaid of an instalment."""

    due: date
    principal: Decimal
    service: Decimal


@dataclass(slots=True)
class Figures:
    """The figures of a ward, as the doors define them; sums in rupiah."""

    loans: int = 0
    active: int = 0
    outstanding: Decimal = NIL
    due: Decimal = NIL
    paid: Decimal = NIL
    overpaid: Decimal = NIL
    arrears_principal: Decimal = NIL
    arrears_service: Decimal = NIL
    late_30: Decimal = NIL
    late_90: Decimal = NIL
    at_risk: Decimal = NIL
    arrears_at_risk: Decimal = NIL
    owing: set[str] = field(default_factory=set)
    risky: set[str] = field(default_factory=set)
    classes: dict[int, list[Decimal]] = field(
        default_factory=lambda: defaultdict(lambda: [NIL, NIL])
    )


def close(folder: Path) -> dict[str, Figures]:
    """The figures of every ward at the end of :data:`AS_OF`."""
    import duckdb

    at = duckdb.connect()
    paid: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    rows = at.execute(f"SELECT loan_id, paid_on, amount FROM '{folder}/repayments.parquet'")
    while many := rows.fetchmany(100_000):
        for loan_id, on, amount in many:
            paid[loan_id].append((on, Decimal(amount)))
    loans = at.execute(
        "SELECT loan_id, ward, group_id, principal, rate_bp, instalments, grace_months, disbursed"
        f" FROM '{folder}/loans.parquet'"
    )
    wards: dict[str, Figures] = defaultdict(Figures)
    while many := loans.fetchmany(10_000):
        for loan_id, ward, group, *terms in many:
            _loan(wards[ward], group, _schedule(*terms), paid.get(loan_id, []))
    return wards


def _schedule(whole: int, rate: int, n: int, grace: int, disbursed: date) -> list[Instalment]:
    principal = Decimal(whole)
    service = (principal * rate * n / 10_000).quantize(ONE, rounding="ROUND_HALF_UP")
    each = (principal / n).quantize(ONE, rounding="ROUND_DOWN")
    charged = (service / n).quantize(ONE, rounding="ROUND_DOWN")
    rows = [Instalment(add_months(disbursed, grace + k), each, charged) for k in range(1, n + 1)]
    rows[-1].principal, rows[-1].service = principal - each * (n - 1), service - charged * (n - 1)
    return rows


def _allocate(rows: list[Instalment], amount: Decimal) -> Decimal:
    """One repayment, instalment after instalment, service then principal; what is left over."""
    for row in rows:
        if not amount:
            break
        to_service = min(amount, row.service)
        row.service -= to_service
        to_principal = min(amount - to_service, row.principal)
        row.principal -= to_principal
        amount -= to_service + to_principal
    return amount


def _loan(ward: Figures, group: str, rows: list[Instalment], paid: list[Any]) -> None:
    whole = sum((row.principal + row.service for row in rows), NIL)
    ward.loans += 1
    ward.due += sum((row.principal + row.service for row in rows if row.due <= AS_OF), NIL)
    for on, amount in sorted(paid):
        if on <= AS_OF:
            ward.overpaid += _allocate(rows, amount)
    unpaid = [row for row in rows if row.principal or row.service]
    ward.paid += whole - sum((row.principal + row.service for row in unpaid), NIL)
    if unpaid:
        _active(ward, group, unpaid, rows[-1].due)


def _active(ward: Figures, group: str, unpaid: list[Instalment], last: date) -> None:
    owed = sum((row.principal for row in unpaid), NIL)
    behind = [row for row in unpaid if row.due <= AS_OF]
    arrears = sum((row.principal for row in behind), NIL)
    late = (AS_OF - behind[0].due).days if behind else 0
    ward.active += 1
    ward.outstanding += owed
    ward.arrears_principal += arrears
    ward.arrears_service += sum((row.service for row in behind), NIL)
    ward.late_30 += owed if late > 30 else NIL
    ward.late_90 += owed if late > 90 else NIL
    of_class = ward.classes[classify(len(behind), last < AS_OF)]
    of_class[0] += 1
    of_class[1] += owed
    if owed:
        ward.owing.add(group)
    if len(behind) >= AT_RISK_FROM:
        ward.at_risk += owed
        ward.arrears_at_risk += arrears
        if owed:
            ward.risky.add(group)


def decimals_whole(folder: Path) -> tuple[int, int, int]:
    """The three sums that all peers give, of the whole close."""
    wards = close(folder).values()
    return (
        int(sum(one.outstanding for one in wards)),
        int(sum(one.arrears_principal for one in wards)),
        int(sum(one.arrears_service for one in wards)),
    )
