"""The figures of an area as a query, and the sums that say whether every row was in place.

Source: doors, *Per area* and *Class*; the edges are those of :mod:`pendamping.funds.loans.rules.book`.
Areas are counted by ward; a city and a province are sums of wards, a group lies in one ward.
"""

from pendamping.funds.closing.dialects import DuckDb
from pendamping.funds.loans.rules.book import AT_RISK_FROM, CLASS_FROM

SUMS = ("loans", "outstanding", "due", "paid", "overpaid", "arrears_principal", "arrears_service")
CHECKS = ("matched", "faulty")
LATE = (30, 90)
"""Past so many days due, for PAR 30 and PAR 90."""


def class_of(*, keeps: bool = False) -> str:
    """The class of a loan, null where it is not active; ``keeps``: not better than ``kept_class``."""
    if keeps:
        return f"CASE WHEN active THEN greatest({class_of()}, kept_class) END"
    steps = " ".join(
        f"WHEN behind >= {least} THEN {number}"
        for number, least in sorted(enumerate(CLASS_FROM, start=2), reverse=True)
    )
    return f"CASE WHEN NOT active THEN NULL WHEN past_end THEN 5 {steps} ELSE 1 END"


def sorts(say: DuckDb, *, keeps: bool = False) -> str:
    """Each loan with its ``sort``: what its class, its lateness and its risk come to as one number.

    Tens: the class, 0 where it is not active. Units: 2 for each of :data:`LATE` that it is past,
    1 where it is at risk. So an area is a few sums for each sort, and one look at the loans serves all.
    """
    late = "CASE WHEN late_90 THEN 4 WHEN late_30 THEN 2 ELSE 0 END"
    behind = "greatest(behind, kept_behind)" if keeps else "behind"
    risk = f"CASE WHEN active AND {behind} >= {AT_RISK_FROM} THEN 1 ELSE 0 END"
    sort = f"CAST(coalesce({class_of(keeps=keeps)}, 0) * 10 + {late} + {risk} AS SMALLINT)"
    return (
        f"SELECT ward, CASE WHEN outstanding > 0 THEN group_id END AS group_id, {sort} AS sort, born, outstanding, due, paid, overpaid,"
        " arrears_principal, arrears_service, matched, early OR wrong AS faulty FROM states"
    )


def areas(say: DuckDb) -> str:
    """(ward, sort, the :data:`SUMS`, the :data:`CHECKS`) of every ward and sort."""
    sums = {name: name for name in SUMS} | {
        "loans": "CASE WHEN born THEN 1 ELSE 0 END",
        **{name: f"CASE WHEN {name} THEN 1 ELSE 0 END" for name in CHECKS},
    }
    columns = ", ".join(say.int64(f"sum({what})") + f" AS {name}" for name, what in sums.items())
    return f"SELECT ward, sort, {columns} FROM sorted_loans GROUP BY ward, sort ORDER BY ward, sort"


def groups(say: DuckDb) -> str:
    """(ward, groups that owe principal, those of them at risk) of every ward that has such groups."""
    return (
        f"SELECT ward, count(*) AS owing, {say.int64('sum(risk)')} AS at_risk FROM"
        f" (SELECT ward, group_id, max({say.mod('sort', '2')}) AS risk FROM sorted_loans"
        " WHERE outstanding > 0 GROUP BY ward, group_id) x GROUP BY ward"
    )


def loans(say: DuckDb, as_of: str, *, keeps: bool = False) -> str:
    """One row for each loan that was disbursed by the day, as the doors promise."""
    late = say.days_between("oldest", as_of)
    return (
        "SELECT loan_id, ward, group_id, outstanding AS outstanding_principal, arrears_principal,"
        " arrears_service, behind AS instalments_behind, oldest AS oldest_unpaid_due,"
        f" CAST(coalesce({late}, 0) AS BIGINT) AS days_past_due,"
        f" CAST({class_of(keeps=keeps)} AS INTEGER) AS class"
        " FROM states WHERE born ORDER BY loan_id"
    )
