"""The first look at the files: are all cells in order, and what does the query need?

Scans that add up and nothing more; in Parquet most of them are answered from the file's own summary.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pendamping.funds.closing import faults
from pendamping.funds.closing.query import Question
from pendamping.funds.closing.reading import Reading, absent
from pendamping.funds.closing.schedule_sql import literal, service_of
from pendamping.funds.loans.rules.allocation import Order
from pendamping.kernel.refusal import Reason, refuse_if

if TYPE_CHECKING:
    from pendamping.funds.closing.queries import Engine


@dataclass(frozen=True, slots=True)
class Seen:
    """What the query will be asked, whether some row is wrong, and files whose sums are too great."""

    ask: Question
    wrong: bool
    great: tuple[str, ...] = ()


def look(readings: Mapping[str, Reading], engine: "Engine", as_of: date, order: Order) -> Seen:
    """Look at every file once."""
    loans = _facts(readings["loans"], engine, _loan_facts(readings["loans"], engine, as_of))
    kept = loans.get("kept") or 0
    ask = Question(
        as_of=as_of,
        order=order,
        kept=kept > 0,
        overpaid="overpaid" in readings["loans"].columns,
        reads_repayments=kept < loans["born"] or not loans["rows"],
        unborn=loans["born"] < loans["rows"],
        changed="segments" in readings or "closures" in readings,
    )
    great = ["loans"] if loans["all"] > faults.MOST_SUM else []
    wrong = bool(loans["wrong"])
    wrong = wrong or not engine.all_differ("loans", "loan_id", loans["rows"])
    if ask.reads_repayments or ask.changed:
        refuse_if(_missing(readings))
        paid = _facts(
            readings["repayments"], engine, _paid_facts(readings["repayments"], engine, as_of)
        )
        wrong = wrong or bool(paid["wrong"])
        great += ["repayments"] if paid["all"] > faults.MOST_SUM else []
        ask = _with_payments(ask, paid)
    if "keeps_class_for" in getattr(readings.get("segments"), "columns", ()):
        keeps = f"SELECT count(*) FROM segments WHERE keeps_class_for > 0 AND from_day <= {literal(as_of)}"
        ask = replace(ask, keeps=bool(engine.rows(keeps)[0][0]))
    small = [name for name in ("segments", "closures") if name in readings]
    wrong = wrong or any(faults.of_file(readings[name], engine) for name in small)
    return Seen(ask, wrong, tuple(readings[name].file.path.name for name in great))


def _missing(readings: Mapping[str, Reading]) -> list[Reason]:
    if "repayments" in readings:
        return []
    return [absent(readings["loans"].file.path.parent, "repayments")]


def _with_payments(ask: Question, paid: Mapping[str, Any]) -> Question:
    posted = paid.get("posted") or 0
    split = "none" if not posted else "all" if posted == paid["rows"] else "some"
    reverses = bool(paid.get("reversed"))
    later = reverses or bool(paid["later"])
    return replace(ask, split=split, reverses=reverses, later=later)


def _facts(reading: Reading, engine: "Engine", wanted: Mapping[str, str]) -> dict[str, Any]:
    """Sums over a file's values, with ``rows`` and how many of them are ``wrong``."""
    values = {"rows": "count(*)", **wanted}
    found = engine.rows(f"SELECT {', '.join(values.values())} FROM {reading.file.name}")[0]
    facts = dict(zip(values, found, strict=True))
    cells = " OR ".join(wrong for _, _, wrong in reading.faults)
    wrong = engine.rows(f"SELECT count(*) FROM {reading.relation.source} WHERE {cells}")[0][0]
    rows = [
        fault.wrong for fault in faults.ROWS[reading.file.name] if fault.needs <= reading.columns
    ]
    if rows:
        tests = " OR ".join(f"({one})" for one in rows)
        wrong += engine.rows(f"SELECT count(*) FROM {reading.file.name} WHERE {tests}")[0][0]
    return {**facts, "wrong": wrong}


def _loan_facts(reading: Reading, engine: "Engine", as_of: date) -> dict[str, str]:
    day = literal(as_of)
    owed = engine.say.wide(f"principal + {service_of(engine.say)}")
    facts = {
        "born": f"coalesce(sum(CASE WHEN disbursed <= {day} THEN 1 ELSE 0 END), 0)",
        "all": f"coalesce({owed}, 0)",
    }
    if "totals_on" in reading.columns:
        kept = f"CASE WHEN totals_on = {day} AND disbursed <= {day} THEN 1 ELSE 0 END"
        facts["kept"] = f"sum({kept})"
    return facts


def _paid_facts(reading: Reading, engine: "Engine", as_of: date) -> dict[str, str]:
    facts = {
        "all": f"coalesce({engine.say.wide('amount')}, 0)",
        "later": f"coalesce(sum(CASE WHEN paid_on > {literal(as_of)} THEN 1 ELSE 0 END), 0)",
    }
    if "principal" in reading.columns:
        facts["posted"] = "count(principal)"
    if "reversed_on" in reading.columns:
        facts["reversed"] = "count(reversed_on)"
    return facts
