"""Whether what a package gives to read (``data/``) is what its records say: nobody reads other sums than are taken in."""

from collections.abc import Iterator

from pendamping.exchange import filling
from pendamping.exchange.reading import MOST, Package
from pendamping.exchange.rules import BY_NAME
from pendamping.exchange.rules.columns import Resource, Row, text_of_value, value_of
from pendamping.kernel.refusal import N_, Reason

LASTING = (
    "persons", "meetings", "loans", "loan_members", "repayments", "complaints", "entries", "lines",
)  # fmt: skip
"""Resources whose rows say the same on every day; others (who is poor, who is active) go by the day of reading."""
OTHERWISE = {"persons": {"nik"}}
"""Columns that are no part of the records."""


def differing(ward: str, package: Package) -> list[Reason]:
    """Each row of ``data/`` that the records of a ward which was just taken in do not say, by file, row and column."""
    ours = filling.rows_of(ward)
    return [
        reason
        for name in LASTING
        if name in package.rows
        for reason in _of(BY_NAME[name], package.rows[name], ours[name])
    ]


def _of(resource: Resource, brought: list[Row], ours: list[filling.Row]) -> Iterator[Reason]:
    if not brought and not ours:
        return
    held = set(brought[0]) if brought else set(resource.key)
    if not held.issuperset(resource.key):
        return
    columns = [one for one in held if one not in OTHERWISE.get(resource.name, ())]
    known = {_texts(row, resource.key): row for row in ours}
    said = 0
    for number, row in enumerate(brought, start=2):
        own = known.pop(_texts(row, resource.key), None)
        wrong = "" if own is None else _first(resource, row, own, columns)
        if own is None or wrong:
            said += 1
            yield _reason(resource, number, wrong or resource.key[0])
        if said >= MOST:
            return
    if known:
        yield _reason(resource, len(brought) + 2, resource.key[0])


def _first(resource: Resource, row: Row, own: filling.Row, columns: list[str]) -> str:
    """The first column, by name, that says something else; empty where none does."""
    for name in sorted(columns):
        column = resource.column(name)
        if column is None:
            continue
        read = value_of(column, text_of_value(own.get(name)))  # as it comes out of a cell
        if text_of_value(row[name]) != text_of_value(read):
            return name
    return ""


def _texts(row: filling.Row, key: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text_of_value(row.get(one)) for one in key)


def _reason(resource: Resource, row: int, column: str) -> Reason:
    text = N_("{file}, row {row}: {column} is not what the records of the package say.")
    values = {"file": resource.path, "row": row, "column": column}
    return Reason("package.differs", text, values, values)
