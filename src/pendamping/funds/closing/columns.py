"""What the files of a loan book hold, and what each cell may be.

Source: doors, *The loan book, exactly* (Input). Each check is one expression that is true of a
wrong cell, so that both engines look for the same faults.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pendamping.funds.closing.dialects import DuckDb
from pendamping.funds.loans.rules.terms import MOST_PERIODS, MOST_PRINCIPAL
from pendamping.kernel.refusal import N_

Kind = Literal["id", "text", "amount", "count", "rate", "day", "every", "closing"]
Shape = Literal["text", "whole", "float", "decimal", "date", "moment", "other"]

NUMBERS: Mapping[Kind, tuple[int, int]] = {
    "amount": (0, MOST_PRINCIPAL),
    "count": (0, MOST_PERIODS),
    "rate": (0, 9_999),
}
"""The least and the greatest of a number; beyond it 64 bits would not hold what is counted of it."""
EVERY = "([1-9][0-9]{0,3})? *(month|week|day)s?"
MOST_STEP = 9_999
"""The most that :data:`EVERY` lets stand before its unit."""
SETTLED = ("settled", "settled-early", "early-settlement", "settlement")
WRITTEN_OFF = ("written-off", "write-off", "writeoff")

PROBLEMS = {
    "missing": N_("Nothing stands in {column}."),
    "points": N_(
        "{value} in {column} has points between thousands; write the amount without them."
    ),
    "number": N_("{value} in {column} is not a whole number."),
    "fraction": N_("{value} in {column} is a fraction; amounts are whole rupiah."),
    "negative": N_("{value} in {column} is less than {least}."),
    "great": N_("{value} in {column} is too great to be counted with."),
    "day": N_("{value} in {column} is not a date such as 2005-05-12."),
    "every": N_("{value} in {column} is not a period such as 1month, 2weeks or 30days."),
    "closing": N_("{value} in {column} is neither settled nor written-off."),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file; one that is not ``needed`` may be missing, and its cells empty."""

    name: str
    kind: Kind
    needed: bool = True
    least: int = 0


FILES: Mapping[str, tuple[Column, ...]] = {
    "loans": (
        Column("loan_id", "id"),
        Column("ward", "text"),
        Column("group_id", "id"),
        Column("principal", "amount", least=1),
        Column("rate_bp", "rate"),
        Column("instalments", "count", least=1),
        Column("grace_months", "count"),
        Column("disbursed", "day"),
        Column("paid_principal", "amount", needed=False),
        Column("paid_service", "amount", needed=False),
        Column("overpaid", "amount", needed=False),
        Column("totals_on", "day", needed=False),
    ),
    "repayments": (
        Column("loan_id", "id"),
        Column("paid_on", "day"),
        Column("amount", "amount"),
        Column("principal", "amount", needed=False),
        Column("service", "amount", needed=False),
        Column("reversed_on", "day", needed=False),
    ),
    "segments": (
        Column("loan_id", "id"),
        Column("from", "day"),
        Column("principal", "amount"),
        Column("service", "amount"),
        Column("instalments", "count", least=1),
        Column("first_due", "day"),
        Column("every", "every"),
        Column("keeps_class_for", "count", needed=False),
    ),
    "closures": (
        Column("loan_id", "id"),
        Column("on", "day"),
        Column("kind", "closing"),
        Column("principal", "amount"),
        Column("service", "amount"),
        Column("reversed_on", "day", needed=False),
    ),
}
RENAMED = {"from": "from_day", "on": "on_day"}
"""Columns whose names are words of the query's own language."""

LAST_DAY = "DATE '2900-12-31'"
"""The last day that a book may speak of."""

_WHOLE = {"TINYINT", "SMALLINT", "INTEGER", "INT", "BIGINT", "HUGEINT"}
_SHAPES: Mapping[str, Shape] = {
    **{name: "whole" for name in [*_WHOLE, *(f"U{name}" for name in _WHOLE)]},
    "VARCHAR": "text", "STRING": "text", "FLOAT": "float", "DOUBLE": "float", "DATE": "date",
    "TIMESTAMP": "moment", "TIMESTAMP_NS": "moment", "TIMESTAMP_MS": "moment",
    "TIMESTAMP_S": "moment", "TIMESTAMP_NTZ": "moment",
}  # fmt: skip


def shape(type_name: str) -> Shape:
    """What an engine's type is to us.

    >>> shape("DECIMAL(18,2)"), shape("bigint"), shape("BOOLEAN")
    ('decimal', 'whole', 'other')
    """
    name = type_name.upper()
    return "decimal" if name.startswith("DECIMAL") else _SHAPES.get(name, "other")


@dataclass(frozen=True, slots=True)
class Cell:
    """How a cell becomes a value, and what would be wrong with it: (problem, true if so)."""

    value: str
    faults: tuple[tuple[str, str], ...]


def cell(column: Column, given: Shape, say: DuckDb, *, as_text: bool = True) -> Cell | None:
    """The cell of a column of some shape; ``None`` where such a column cannot hold it.

    ``as_text``: ids become text; not where both files hold them as whole numbers.
    """
    quoted = f'"{column.name}"' if say.name == "duckdb" else f"`{column.name}`"
    if column.kind in {"id", "text", "every", "closing"}:
        return _word(column, given, say, quoted, as_text)
    reader = _day if column.kind == "day" else _number
    found = reader(column, given, say, quoted)
    if found is None:
        return None
    empty = f"{quoted} IS NULL OR {quoted} = ''" if given == "text" else f"{quoted} IS NULL"
    first = [("missing", f"({empty})")] if column.needed else []
    faults = [(name, f"(NOT ({empty}) AND {wrong})") for name, wrong in found.faults]
    return Cell(found.value, (*first, *faults))


def _word(column: Column, given: Shape, say: DuckDb, quoted: str, as_text: bool) -> Cell | None:
    if given not in {"text", "whole"}:
        return None
    stays = given == "text" or (column.kind == "id" and not as_text)
    value = quoted if stays else say.text(quoted)
    empty = f"({quoted} IS NULL OR {quoted} = '')" if given == "text" else f"({quoted} IS NULL)"
    faults = [("missing", empty)]
    if column.kind == "every":
        value = f"lower({value})"
        faults.append(("every", f"(NOT {empty} AND NOT {say.matches(value, EVERY)})"))
    if column.kind == "closing":
        value = f"replace(replace(lower({value}), '_', '-'), ' ', '-')"
        known = ", ".join(f"'{word}'" for word in SETTLED + WRITTEN_OFF)
        faults.append(("closing", f"(NOT {empty} AND {value} NOT IN ({known}))"))
    return Cell(value, tuple(faults))


def _day(_column: Column, given: Shape, say: DuckDb, quoted: str) -> Cell | None:
    if given == "date":
        value, wrong = quoted, "FALSE"
    elif given == "moment":
        value = f"CAST({quoted} AS DATE)"
        wrong = f"{quoted} <> CAST({value} AS TIMESTAMP)"
    elif given == "text":
        value = f"TRY_CAST({quoted} AS DATE)"
        wrong = f"NOT {say.matches(quoted, '[0-9]{4}-[0-9]{2}-[0-9]{2}')} OR {value} IS NULL"
    else:
        return None
    limits = f"{value} NOT BETWEEN DATE '1900-01-01' AND {LAST_DAY}"
    return Cell(value, (("day", f"({wrong} OR {limits})"),))


def _number(column: Column, given: Shape, say: DuckDb, quoted: str) -> Cell | None:
    _, most = NUMBERS[column.kind]
    if given == "text":
        return _typed_number(column, say, quoted, most)
    if given not in {"whole", "float", "decimal"}:
        return None
    value = quoted if given == "whole" and column.kind != "amount" else f"CAST({quoted} AS BIGINT)"
    faults = [("negative", f"{quoted} < {column.least}"), ("great", f"{quoted} > {most}")]
    if given != "whole":
        inside = f"{quoted} BETWEEN 0 AND {most}"
        value = f"CASE WHEN {inside} THEN CAST(floor({quoted}) AS BIGINT) END"
        faults.insert(0, ("fraction", f"({inside} AND {quoted} <> floor({quoted}))"))
    return Cell(value, tuple(faults))


def _typed_number(column: Column, say: DuckDb, quoted: str, most: int) -> Cell:
    """A number as people and programs write it: digits, and at most zeros after a point. Three digits
    after a point may be thousands: such a number is refused, not taken for a thousandth of it.
    """
    value = say.before_point(quoted)
    grouped = say.matches(quoted, "-?[1-9][0-9]{0,2}([.][0-9]{3})+")
    number = f"({say.matches(quoted, '-?[0-9]+([.][0-9]*)?')} AND NOT {grouped})"
    whole = say.matches(quoted, "-?[0-9]+([.]0*)?")
    return Cell(
        value,
        (
            ("points", grouped),
            ("number", f"(NOT {number} AND NOT {grouped})"),
            ("negative", f"({number} AND ({quoted} LIKE '-%' OR {value} < {column.least}))"),
            ("fraction", f"({number} AND NOT {whole} AND NOT {quoted} LIKE '-%')"),
            (
                "great",
                f"({number} AND NOT {quoted} LIKE '-%' AND coalesce({value} > {most}, TRUE))",
            ),
        ),
    )


def missing(file: str, given: Mapping[str, str]) -> Iterator[str]:
    """Columns that a file needs and does not have."""
    return (column.name for column in FILES[file] if column.needed and column.name not in given)
