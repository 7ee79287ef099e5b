"""What is wrong in the files, with file and row; looked up where a count says that something is.

Source: doors, *The loan book, exactly*: what is refused. At most :data:`MOST` reasons of each kind.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pendamping.funds.closing.columns import LAST_DAY, PROBLEMS
from pendamping.funds.closing.reading import Reading
from pendamping.funds.loans.rules.terms import MOST_PERIODS
from pendamping.kernel.refusal import N_, Reason

if TYPE_CHECKING:
    from pendamping.funds.closing.queries import Engine
    from pendamping.funds.closing.query import Question

MOST = 100
"""How many rows are named of each kind of fault."""
MOST_SUM = 9 * 10**18
"""Sums stay below what 64 bits hold."""
MOST_DAYS = 400_000
"""Past every day that a file may hold, counted from any other."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault: what to say of it, and what is true of a row that has it.

    ``shown``: names in the text and the columns that go there; ``needs``: columns without which
    there can be no such fault.
    """

    clause: str
    text: str
    wrong: str
    shown: Mapping[str, str] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()


SPLIT = frozenset({"principal", "service"})
TOTALS = frozenset({"paid_principal", "paid_service", "totals_on"})

ROWS: Mapping[str, tuple[Fault, ...]] = {
    "loans": (
        Fault(
            "closing.totals",
            N_("Loan {loan} has totals of a day, but not both of them."),
            "totals_on IS NOT NULL AND (paid_principal IS NULL OR paid_service IS NULL)",
            {"loan": "loan_id"},
            TOTALS,
        ),
    ),
    "repayments": (
        Fault(
            "closing.split",
            N_("The payment has half a split: give both principal and service, or neither."),
            "(principal IS NULL) <> (service IS NULL)",
            {},
            SPLIT,
        ),
        Fault(
            "closing.split",
            N_("The split {principal} + {service} is more than the payment of {amount}."),
            "principal + service > amount",
            {"principal": "principal", "service": "service", "amount": "amount"},
            SPLIT,
        ),
        Fault(
            "closing.reversed",
            N_("The payment is reversed on {reversed}, before it was made on {paid}."),
            "reversed_on < paid_on",
            {"reversed": "reversed_on", "paid": "paid_on"},
            frozenset({"reversed_on"}),
        ),
    ),
    "segments": (),
    "closures": (),
}

DAYS = {"repayments": "paid_on", "segments": "from_day", "closures": "on_day"}
"""The day of a row that cannot lie before its loan was paid out."""


def rows(readings: Mapping[str, Reading], engine: "Engine", ask: "Question") -> list[Reason]:
    """Every reason of every file."""
    used = [
        reading
        for name, reading in readings.items()
        if name != "repayments" or ask.reads_repayments or ask.changed
    ]
    return [reason for reading in used for reason in of_file(reading, engine)]


def of_file(reading: Reading, engine: "Engine") -> list[Reason]:
    """Every reason of one file."""
    name = reading.file.name
    found = list(_cells(reading, engine))
    for fault in ROWS[name]:
        if fault.needs <= reading.columns:
            found += named(reading, engine, fault, f"SELECT * FROM {name} WHERE {fault.wrong}")
    if name in DAYS:
        found += _loans_of(reading, engine)
    for fault, text in _doubles(name, engine):
        found += named(reading, engine, fault, text)
    return found


def _cells(reading: Reading, engine: "Engine") -> Iterator[Reason]:
    """Cells that hold what they cannot."""
    file = reading.file.path.name
    for column, problem, wrong in reading.faults:
        quoted = f'"{column.name}"' if engine.say.name == "duckdb" else f"`{column.name}`"
        value = engine.say.text(quoted)
        text = (
            f"SELECT {reading.relation.place} AS place, {value} FROM {reading.relation.source}"
            f" WHERE {wrong} ORDER BY 1 LIMIT {MOST}"
        )
        for place, shown in engine.rows(text):
            values = {"column": column.name, "value": shown, "least": column.least}
            where = {"file": file, "row": place, "column": column.name}
            yield Reason(f"closing.{problem}", PROBLEMS[problem], values, where)


def named(reading: Reading, engine: "Engine", fault: Fault, text: str) -> Iterator[Reason]:
    """The rows of a fault."""
    columns = ", ".join(["place", *(engine.say.text(one) for one in fault.shown.values())])
    found = engine.rows(f"SELECT {columns} FROM ({text}) x ORDER BY place LIMIT {MOST}")
    for place, *values in found:
        where = {"file": reading.file.path.name, "row": place}
        yield Reason(fault.clause, fault.text, dict(zip(fault.shown, values, strict=True)), where)


def _loans_of(reading: Reading, engine: "Engine") -> Iterator[Reason]:
    """Rows of a loan that is not there, or from before it was paid out."""
    name, day = reading.file.name, DAYS[reading.file.name]
    join = f"SELECT t.*, l.disbursed FROM {name} t LEFT JOIN loans l ON l.loan_id = t.loan_id"
    unknown = Fault("closing.loan", N_("There is no loan {loan}."), "", {"loan": "loan_id"})
    there = f"t.loan_id IS NOT NULL AND {engine.say.text('t.loan_id')} <> ''"
    yield from named(reading, engine, unknown, f"{join} WHERE l.loan_id IS NULL AND {there}")
    shown = {"loan": "loan_id", "day": day, "disbursed": "disbursed"}
    text = N_("{day} is before loan {loan} was paid out, on {disbursed}.")
    early = Fault("closing.before_loan", text, "", shown)
    yield from named(reading, engine, early, f"{join} WHERE t.{day} < l.disbursed")


def _doubles(name: str, engine: "Engine") -> Iterator[tuple[Fault, str]]:
    """Rows that stand twice, or that another row leaves no room for."""
    if name == "loans":
        fault = Fault(
            "closing.double", N_("Loan {loan} stands there twice."), "", {"loan": "loan_id"}
        )
        nth = "row_number() OVER (PARTITION BY loan_id ORDER BY place)"
        yield fault, f"SELECT * FROM (SELECT *, {nth} AS nth FROM loans) y WHERE nth > 1"
    if name == "closures":
        text = N_("Loan {loan} is {kind} twice.")
        fault = Fault("closing.double", text, "", {"loan": "loan_id", "kind": "closing"})
        nth = "row_number() OVER (PARTITION BY loan_id, closing ORDER BY place)"
        stands = "SELECT * FROM closures WHERE reversed_on IS NULL"
        yield fault, f"SELECT * FROM (SELECT *, {nth} AS nth FROM ({stands}) s) y WHERE nth > 1"
    if name == "segments":
        text = N_("The instalments of loan {loan} from {due} on overlap those of another row.")
        fault = Fault("closing.overlap", text, "", {"loan": "loan_id", "due": "first_due"})
        last = _last_due(engine)
        window = "OVER (PARTITION BY loan_id, from_day ORDER BY first_due, place)"
        before = f"SELECT *, lag({last}) {window} AS ends_before FROM segments"
        yield fault, f"SELECT * FROM ({before}) y WHERE first_due <= ends_before"
        text = N_(
            "The last of the instalments of loan {loan} from {due} on would fall due past 2900."
        )
        fault = Fault("closing.far", text, "", {"loan": "loan_id", "due": "first_due"})
        yield fault, f"SELECT * FROM segments WHERE {last} > {LAST_DAY}"


def _last_due(engine: "Engine") -> str:
    """When the last instalment of a segment falls due; what passes :data:`MOST_DAYS` stops there, so that
    whatever stands in a cell is counted without passing what a date holds.
    """
    say = engine.say
    more = f"(least(greatest(instalments, 1), {MOST_PERIODS}) - 1)"
    by_month = say.add_months("first_due", f"least(step_months * {more}, {MOST_DAYS // 30})")
    by_days = say.add_days("first_due", f"least(step_days * {more}, {MOST_DAYS})")
    last = f"CASE WHEN step_months > 0 THEN {by_month} ELSE {by_days} END"
    return f"CASE WHEN first_due <= {LAST_DAY} THEN {last} END"


def too_great(file: str) -> Reason:
    """The reason where a file's amounts pass :data:`MOST_SUM` together."""
    text = N_("The amounts in {file} come to more than can be counted with.")
    return Reason("closing.great", text, {"file": file}, {"file": file})
