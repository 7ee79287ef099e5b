"""A made-up loan book of any size, made by DuckDB itself.

Of a hundred loans sixty are paid as agreed, twenty stop after three to seven instalments, twenty pay
late and in part. Repayments stand as a register has them: day by day, in no order within a day.
"""

from datetime import date
from pathlib import Path
from typing import Any

AS_OF = date(2024, 2, 1)
PARTS = ("bare", "posted", "kept", "split")

_LOANS = """
CREATE TABLE loans AS
SELECT i AS loan_id,
    format('{{:02d}}.{{:02d}}.{{:02d}}.{{:04d}}', 11 + w // 400, 1 + (w // 40) % 10,
           1 + (w // 10) % 4, 1001 + w % 10) AS ward,
    'K' || (i // 3 % {groups}) AS group_id,
    CAST(1 + hash(i * 7) % 10 AS BIGINT) * 500000 AS principal,
    150 AS rate_bp,
    CAST(10 + hash(i * 3) % 3 AS INTEGER) AS instalments,
    CAST(hash(i * 5) % 3 AS INTEGER) AS grace_months,
    DATE '2022-01-01' + CAST(hash(i * 11) % 630 AS INTEGER) AS disbursed,
    CAST(hash(i * 13) % 100 AS INTEGER) AS habit
FROM (SELECT i, CAST(i * least(11000, {size}) // {size} AS INTEGER) AS w FROM range({size}) t(i))
"""
_PAID = """
CREATE TABLE paid AS
SELECT loan_id, ward[1:2] AS province, CAST(due + CASE WHEN habit < 60 THEN 0 ELSE hash(loan_id * k) % 20 END::INT AS DATE)
        AS paid_on,
    CASE WHEN habit < 80 THEN each ELSE CAST(each * (5 + hash(loan_id + k * 31) % 6) // 10 AS BIGINT)
        END AS amount, service, principal AS whole, instalments AS n
FROM (SELECT *, CAST(disbursed + to_months(grace_months + k) AS DATE) AS due,
        (principal * 15 * instalments // 1000) // instalments AS service,
        principal // instalments + (principal * 15 * instalments // 1000) // instalments AS each
    FROM loans, (SELECT CAST(k AS INTEGER) AS k FROM range(1, 13) r(k))
    WHERE k <= instalments AND NOT (habit BETWEEN 60 AND 79 AND k > 3 + loan_id % 5))
WHERE due < DATE '2024-01-01'
"""
_KEPT = """
SELECT l.* EXCLUDE (habit), coalesce(p, 0) AS paid_principal, coalesce(s, 0) AS paid_service,
    0 AS overpaid, DATE '{day}' AS totals_on
FROM loans l LEFT JOIN (
    SELECT loan_id, CAST(sum(amount - least(amount, service)) AS BIGINT) AS p,
        CAST(sum(least(amount, service)) AS BIGINT) AS s FROM paid GROUP BY loan_id
) t ON t.loan_id = l.loan_id ORDER BY l.loan_id
"""


def make(folder: Path, size: int) -> dict[str, int]:
    """Write ``bare``, ``posted``, ``kept`` and ``split`` of so many loans; says how many rows there are.

    ``split``: the rows of ``bare``, a folder for each province.
    """
    import duckdb

    at = duckdb.connect(config={"temp_directory": str(folder / "work")})
    at.execute("SET enable_progress_bar = false")
    at.execute(_LOANS.format(size=size, groups=max(size // 33_000, 1)))
    at.execute(_PAID)
    in_order = "FROM paid ORDER BY paid_on, hash(loan_id)"
    split = "amount - least(amount, service) AS principal, least(amount, service) AS service"
    _write(at, folder / "bare", "loans", "SELECT * EXCLUDE (habit) FROM loans ORDER BY loan_id")
    _write(at, folder / "bare", "repayments", f"SELECT loan_id, paid_on, amount {in_order}")
    _write(at, folder / "posted", "loans", "SELECT * EXCLUDE (habit) FROM loans ORDER BY loan_id")
    _write(
        at, folder / "posted", "repayments", f"SELECT loan_id, paid_on, amount, {split} {in_order}"
    )
    _write(at, folder / "kept", "loans", _KEPT.format(day=AS_OF.isoformat()))
    for province in provinces(at):
        _write(
            at,
            folder / "split" / province,
            "loans",
            f"SELECT * EXCLUDE (habit) FROM loans WHERE ward[1:2] = '{province}' ORDER BY loan_id",
        )
        _write(
            at,
            folder / "split" / province,
            "repayments",
            f"SELECT loan_id, paid_on, amount FROM paid WHERE province = '{province}' ORDER BY paid_on, hash(loan_id)",
        )
    paid = at.execute("SELECT count(*) FROM paid").fetchall()[0][0]
    at.close()
    return {"loans": size, "repayments": int(paid)}


def provinces(at: Any) -> list[str]:
    """The provinces of the made-up loans, by their official codes."""
    return [
        row[0] for row in at.execute("SELECT DISTINCT ward[1:2] FROM loans ORDER BY 1").fetchall()
    ]


def _write(at: Any, folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    at.execute(f"COPY ({text}) TO '{folder}/{name}.parquet' (FORMAT parquet)")
