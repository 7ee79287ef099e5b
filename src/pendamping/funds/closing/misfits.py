"""Splits, totals and changes that do not fit their loan: which rows they are.

The query only counts that there are some. The loans concerned are read and taken through
:mod:`rules`, payment by payment, which says what is wrong with each.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pendamping.funds.closing import rules
from pendamping.funds.closing.faults import MOST, Fault, named
from pendamping.funds.closing.reading import Reading
from pendamping.funds.closing.schedule_sql import literal
from pendamping.funds.loans.rules.allocation import Payment
from pendamping.funds.loans.rules.terms import Unit
from pendamping.kernel.refusal import N_, Reason, Refusal

if TYPE_CHECKING:
    from pendamping.funds.closing.queries import Engine
    from pendamping.funds.closing.query import Question

TOTALS = Fault(
    "closing.totals",
    N_("The totals of loan {loan} do not fit what it owes."),
    "",
    {"loan": "loan_id"},
)
PLACES = {"payment": "repayments", "segment": "segments", "closure": "closures"}
"""The file of a row that a reason of :mod:`rules` names so."""


def misfits(readings: Mapping[str, Reading], engine: "Engine", ask: "Question") -> list[Reason]:
    """Every reason, after ``states`` was asked for."""
    found = []
    wrong = "JOIN states s ON s.loan_id = l.loan_id WHERE s.wrong"
    kept = f"coalesce(l.totals_on = {literal(ask.as_of)}, FALSE)" if ask.kept else "FALSE"
    if ask.odd:
        kept += " AND NOT EXISTS (SELECT 1 FROM odd o WHERE o.loan_id = l.loan_id)"
    if ask.kept:
        text = f"SELECT l.* FROM loans l {wrong} AND {kept}"
        found += named(readings["loans"], engine, TOTALS, text)
    terms = "l.loan_id, l.ward, l.group_id, l.principal, l.rate_bp, l.instalments, l.grace_months"
    text = f"SELECT {terms}, l.disbursed FROM loans l {wrong} AND NOT ({kept}) ORDER BY 1"
    for row in engine.rows(f"{text} LIMIT {MOST}"):
        found += _of_loan(readings, engine, ask, row)
    return found


def _of_loan(
    readings: Mapping[str, Reading], engine: "Engine", ask: "Question", row: tuple[Any, ...]
) -> Iterator[Reason]:
    loan = filed(readings, engine, row)
    try:
        rules.state(loan, ask.as_of, ask.order)
    except Refusal as refusal:
        for reason in refusal.reasons:
            name = next(name for name in PLACES if name in reason.where)
            file = readings[PLACES[name]].file.path.name
            where = {"file": file, "row": int(reason.where[name]), "loan": str(loan.loan_id)}
            clause = "closing.split" if name == "payment" else reason.clause
            yield Reason(clause, reason.text, reason.values, where)


def filed(
    readings: Mapping[str, Reading], engine: "Engine", row: tuple[Any, ...]
) -> rules.FiledLoan:
    """A loan with everything that the files say of it."""
    of = f"WHERE loan_id = {_quoted(row[0])}"
    there = readings["repayments"].columns
    columns = [
        name if name in there else f"NULL AS {name}"
        for name in ("principal", "service", "reversed_on")
    ]
    paid = engine.rows(f"SELECT place, paid_on, amount, {', '.join(columns)} FROM repayments {of}")
    payments = [
        Payment(f"{place:012}", on, amount, None if p is None else (p, s), reversed_on)
        for place, on, amount, p, s, reversed_on in paid
    ]
    segments = []
    if "segments" in readings:
        wanted = (
            "from_day, principal, service, instalments, first_due, step_months, step_days, place,"
            " coalesce(keeps_class_for, 0)"
        )
        for *plain, months, days, place, keeps in engine.rows(
            f"SELECT {wanted} FROM segments {of}"
        ):
            every: tuple[int, Unit] = (months, "months") if months else (days, "days")
            segments.append(rules.Segment(*plain, every, place, keeps))
    closures = []
    if "closures" in readings:
        wanted = "on_day, closing, service, reversed_on, principal, place"
        found = engine.rows(f"SELECT {wanted} FROM closures {of}")
        closures = [rules.Closure(*one) for one in found]
    return rules.FiledLoan(*row, payments, segments, closures)


def _quoted(loan_id: Any) -> str:
    return str(loan_id) if isinstance(loan_id, int) else "'" + loan_id.replace("'", "''") + "'"
