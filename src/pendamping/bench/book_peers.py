"""Other ways to close a loan book, in instalment order, from bare amounts.

Each gives (outstanding, arrears of principal, arrears of service) of the whole book, which have to be
those of the query. They are written as a sensible programmer would write them.
"""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pendamping.bench.book_made import AS_OF
from pendamping.kernel.period import add_months

Sums = tuple[int, int, int]


def _read(folder: Path) -> tuple[list[Any], dict[int, list[int]]]:
    import duckdb

    at = duckdb.connect()
    loans = at.execute(
        "SELECT loan_id, principal, rate_bp, instalments, grace_months, disbursed"
        f" FROM '{folder}/loans.parquet'"
    ).fetchall()
    paid: dict[int, list[int]] = defaultdict(list)
    rows = at.execute(f"SELECT loan_id, amount FROM '{folder}/repayments.parquet'")
    while many := rows.fetchmany(100_000):
        for loan_id, amount in many:
            paid[loan_id].append(amount)
    return loans, paid


def integers(folder: Path) -> Sums:
    """Python, each loan's schedule walked in integers."""
    loans, paid = _read(folder)
    sums = [0, 0, 0]
    for loan_id, principal, rate, n, grace, disbursed in loans:
        service = (principal * rate * n + 5_000) // 10_000
        left = sum(paid[loan_id])
        for k in range(1, n + 1):
            part = principal // n if k < n else principal - principal // n * (n - 1)
            charge = service // n if k < n else service - service // n * (n - 1)
            to_charge = min(left, charge)
            to_part = min(left - to_charge, part)
            left -= to_charge + to_part
            sums[0] += part - to_part
            if add_months(disbursed, grace + k) <= AS_OF:
                sums[1] += part - to_part
                sums[2] += charge - to_charge
    return (sums[0], sums[1], sums[2])


def decimals(folder: Path) -> Sums:
    """Python, each loan's schedule walked in decimals, as money is often kept."""
    loans, paid = _read(folder)
    sums = [Decimal(0), Decimal(0), Decimal(0)]
    one = Decimal(1)
    for loan_id, whole, rate, n, grace, disbursed in loans:
        principal = Decimal(whole)
        service = (principal * rate * n / 10_000).quantize(one, rounding="ROUND_HALF_UP")
        left = sum((Decimal(amount) for amount in paid[loan_id]), Decimal(0))
        each = (principal / n).quantize(one, rounding="ROUND_DOWN")
        charged = (service / n).quantize(one, rounding="ROUND_DOWN")
        for k in range(1, n + 1):
            part = each if k < n else principal - each * (n - 1)
            charge = charged if k < n else service - charged * (n - 1)
            to_charge = min(left, charge)
            to_part = min(left - to_charge, part)
            left -= to_charge + to_part
            sums[0] += part - to_part
            if add_months(disbursed, grace + k) <= AS_OF:
                sums[1] += part - to_part
                sums[2] += charge - to_charge
    return (int(sums[0]), int(sums[1]), int(sums[2]))


def exploded(folder: Path) -> Sums:
    """DuckDB with a row for each instalment and running sums."""
    import duckdb

    found = duckdb.sql(f"""
        WITH paid AS (
            SELECT loan_id, sum(amount) AS x FROM '{folder}/repayments.parquet' GROUP BY loan_id
        ), rows AS (
            SELECT l.loan_id, coalesce(x, 0) AS x, k,
                CAST(disbursed + to_months(CAST(grace_months + k AS INTEGER)) AS DATE) AS due,
                CASE WHEN k < n THEN p // n ELSE p - p // n * (n - 1) END AS part,
                CASE WHEN k < n THEN s // n ELSE s - s // n * (n - 1) END AS charge
            FROM (SELECT *, principal AS p, instalments AS n,
                    (principal * rate_bp * instalments + 5000) // 10000 AS s
                FROM '{folder}/loans.parquet') l
            JOIN range(1, 13) r(k) ON k <= n LEFT JOIN paid USING (loan_id)
        ), before AS (
            SELECT *, coalesce(sum(part + charge) OVER (PARTITION BY loan_id ORDER BY k
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS earlier FROM rows
        ), filled AS (
            SELECT *, greatest(least(x - earlier, charge), 0) AS to_charge,
                greatest(least(x - earlier - charge, part), 0) AS to_part FROM before
        )
        SELECT sum(part - to_part), sum(CASE WHEN due <= DATE '{AS_OF}' THEN part - to_part END),
            sum(CASE WHEN due <= DATE '{AS_OF}' THEN charge - to_charge END) FROM filled
    """).fetchall()[0]
    return (int(found[0]), int(found[1]), int(found[2]))


def with_pandas(folder: Path) -> Sums:
    """pandas: a group-by and a merge, then columns."""
    import pandas

    loans = pandas.read_parquet(folder / "loans.parquet")
    paid = pandas.read_parquet(folder / "repayments.parquet", columns=["loan_id", "amount"])
    sums = paid.groupby("loan_id", as_index=False)["amount"].sum()
    book = loans.merge(sums, on="loan_id", how="left").fillna({"amount": 0})
    x, p, n = book["amount"].astype("int64"), book["principal"], book["instalments"].astype("int64")
    s = (p * book["rate_bp"] * n + 5_000) // 10_000
    day = pandas.to_datetime(book["disbursed"]).dt
    k = _due(day.year, day.month, day.day, book["grace_months"], AS_OF).clip(lower=0)
    k = k.where(k < n, n)
    a, b = p // n, s // n
    j = (x // (a + b)).clip(upper=n - 1)
    service = b.where(j < n - 1, s - (n - 1) * b)
    principal = (j * a + (x - j * (a + b) - service).clip(lower=0)).clip(upper=p)
    charged = x.clip(upper=p + s) - principal
    due_p, due_s = (k * a).where(k < n, p), (k * b).where(k < n, s)
    behind = (due_p - principal).clip(lower=0).sum(), (due_s - charged).clip(lower=0).sum()
    return (int((p - principal).sum()), int(behind[0]), int(behind[1]))


def _due(year: Any, month: Any, day: Any, grace: Any, on: date) -> Any:
    """Instalments due by a day that is not the last of its month."""
    return on.year * 12 + on.month - (year * 12 + month) - grace - (day > on.day) * 1


def with_polars(folder: Path) -> Sums:
    """polars, lazily, on its streaming engine."""
    import polars as pl

    paid = pl.scan_parquet(folder / "repayments.parquet").group_by("loan_id").agg(pl.sum("amount"))
    book = pl.scan_parquet(folder / "loans.parquet").join(paid, on="loan_id", how="left")
    p, x, n = pl.col("principal"), pl.col("amount").fill_null(0), pl.col("n")
    whole = pl.col("disbursed").dt
    k = _due(
        whole.year().cast(pl.Int64), whole.month().cast(pl.Int64), whole.day(),
        pl.col("grace_months"), AS_OF,
    )  # fmt: skip
    book = book.with_columns(pl.col("instalments").cast(pl.Int64).alias("n"))
    book = book.with_columns(((p * pl.col("rate_bp") * n + 5_000) // 10_000).alias("s"))
    book = book.with_columns((p // n).alias("a"), (pl.col("s") // n).alias("b"), x.alias("x"))
    book = book.with_columns(k.clip(0, n).alias("k"))
    a, b, s, x, k = (pl.col(name) for name in ("a", "b", "s", "x", "k"))
    book = book.with_columns(pl.min_horizontal(x // (a + b), n - 1).alias("j"))
    j = pl.col("j")
    service = pl.when(j < n - 1).then(b).otherwise(s - (n - 1) * b)
    filled = pl.min_horizontal(j * a + pl.max_horizontal(x - j * (a + b) - service, 0), p)
    book = book.with_columns(filled.alias("pp"))
    paid_p, paid_s = pl.col("pp"), pl.min_horizontal(x, p + s) - pl.col("pp")
    due_p = pl.when(k >= n).then(p).otherwise(k * a)
    due_s = pl.when(k >= n).then(s).otherwise(k * b)
    found = book.select(
        (p - paid_p).sum(),
        pl.max_horizontal(due_p - paid_p, 0).sum().alias("behind_p"),
        pl.max_horizontal(due_s - paid_s, 0).sum().alias("behind_s"),
    ).collect(engine="streaming")
    return (int(found[0, 0]), int(found[0, 1]), int(found[0, 2]))
