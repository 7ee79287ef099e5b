"""The figures of an area as a query, and the sums that say whether every row was in place.

Source: doors, *Per area* and *Class*; the edges are those of :mod:`pendamping.funds.loans.rules.book`.
Areas are counted by ward; a city and a province are sums of wards, a group lies in one ward.
"""

from pendamping.funds.closing.dialects import DuckDb
from pendamping.funds.loans.rules.book import AT_RISK_FROM, CLASS_FROM

SUMS = (
    "loans", "active", "outstanding", "due_to_date", "paid_to_date", "overpaid",
    "arrears_principal", "arrears_service", "late_30", "late_90", "at_risk", "at_risk_arrears",
    *(f"class_{what}_{number}" for number in range(1, 6) for what in ("loans", "outstanding")),
)  # fmt: skip
CHECKS = ("matched", "early", "wrong")


def class_of() -> str:
    """The class of a loan, null where it is not active."""
    steps = " ".join(
        f"WHEN behind >= {least} THEN {number}"
        for number, least in sorted(enumerate(CLASS_FROM, start=2), reverse=True)
    )
    return f"CASE WHEN NOT active THEN NULL WHEN past_end THEN 5 {steps} ELSE 1 END"


def areas(say: DuckDb) -> str:
    """(ward, the :data:`SUMS`, the :data:`CHECKS`) of every ward."""
    risk = f"active AND behind >= {AT_RISK_FROM}"
    sums = {
        "loans": "CASE WHEN born THEN 1 ELSE 0 END",
        "active": "CASE WHEN active THEN 1 ELSE 0 END",
        "outstanding": "outstanding",
        "due_to_date": "due",
        "paid_to_date": "paid",
        "overpaid": "overpaid",
        "arrears_principal": "arrears_principal",
        "arrears_service": "arrears_service",
        "late_30": "CASE WHEN late_30 THEN outstanding ELSE 0 END",
        "late_90": "CASE WHEN late_90 THEN outstanding ELSE 0 END",
        "at_risk": f"CASE WHEN {risk} THEN outstanding ELSE 0 END",
        "at_risk_arrears": f"CASE WHEN {risk} THEN arrears_principal ELSE 0 END",
    }
    for number in range(1, 6):
        sums[f"class_loans_{number}"] = f"CASE WHEN class = {number} THEN 1 ELSE 0 END"
        sums[f"class_outstanding_{number}"] = (
            f"CASE WHEN class = {number} THEN outstanding ELSE 0 END"
        )
    for name in CHECKS:
        sums[name] = f"CASE WHEN {name} THEN 1 ELSE 0 END"
    columns = ", ".join(
        say.int64(f"sum({sums[name]})") + f" AS {name}" for name in (*SUMS, *CHECKS)
    )
    return (
        f"SELECT ward, {columns} FROM (SELECT *, {class_of()} AS class FROM states) x"
        " GROUP BY ward ORDER BY ward"
    )


def groups(say: DuckDb) -> str:
    """(ward, groups that owe principal, those of them at risk) of every ward that has such groups."""
    risk = f"max(CASE WHEN behind >= {AT_RISK_FROM} THEN 1 ELSE 0 END)"
    return (
        f"SELECT ward, count(*) AS owing, {say.int64('sum(risk)')} AS at_risk FROM"
        f" (SELECT ward, group_id, {risk} AS risk FROM states"
        " WHERE active AND outstanding > 0 GROUP BY ward, group_id) x GROUP BY ward"
    )


def loans(say: DuckDb, as_of: str) -> str:
    """One row for each loan that was disbursed by the day, as the doors promise."""
    late = say.days_between("oldest", as_of)
    return (
        "SELECT loan_id, ward, group_id, outstanding AS outstanding_principal, arrears_principal,"
        " arrears_service, behind AS instalments_behind, oldest AS oldest_unpaid_due,"
        f" CAST(coalesce({late}, 0) AS BIGINT) AS days_past_due, CAST({class_of()} AS INTEGER) AS class"
        " FROM states WHERE born ORDER BY loan_id"
    )
