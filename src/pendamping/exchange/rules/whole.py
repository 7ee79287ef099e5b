"""What is wrong between the rows of a package: keys, references, sums, seals. Every reason at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pendamping.exchange.rules.columns import Resource, Row
from pendamping.exchange.rules.resources import BY_NAME
from pendamping.kernel.refusal import N_, Reason
from pendamping.trail.rules import Sealed, first_break

SEALED = {"seq", "verb", "actor", "record", "on", "entered_at", "data", "previous", "seal"}
Held = Mapping[str, Sequence[tuple[int, Row]]]
"""Resource → its rows, each with the line of the file on which it begins."""


def problems(held: Held) -> list[Reason]:
    """Double keys, keys of nothing, entries that do not balance, parts that are not their sum, broken seals."""
    found: list[Reason] = []
    for name, rows in held.items():
        found += _double(BY_NAME[name], rows)
        found += _lost(BY_NAME[name], rows, held)
    for look in LOOKS:
        found += look(held)
    return found


def at(resource: str, row: int, column: str = "") -> dict[str, str | int]:
    """Where: file and row, and the column where one is meant."""
    place: dict[str, str | int] = {"file": BY_NAME[resource].path, "row": row}
    return {**place, "column": column} if column else place


def _double(resource: Resource, rows: Sequence[tuple[int, Row]]) -> Iterator[Reason]:
    if not rows or any(name not in rows[0][1] for name in resource.key):
        return
    seen: dict[tuple[object, ...], int] = {}
    for number, row in rows:
        key = tuple(row[name] for name in resource.key)
        if None in key:
            continue
        first = seen.setdefault(key, number)
        if first != number:
            said = ", ".join(str(part) for part in key)
            yield Reason(
                "package.double",
                N_("{key} stands twice as {columns}; first in row {row}."),
                {"key": said, "columns": ", ".join(resource.key), "row": first},
                at(resource.name, number, resource.key[0]),
            )


def _lost(resource: Resource, rows: Sequence[tuple[int, Row]], held: Held) -> Iterator[Reason]:
    for column in resource.columns:
        if not column.to or column.to not in held:
            continue
        target = BY_NAME[column.to].key[0]
        there = {row[target] for _, row in held[column.to]}
        for number, row in rows:
            value = row.get(column.name)
            if value is not None and value not in there:
                yield Reason(
                    "package.reference",
                    N_("{value} in {column} is not in {file}."),
                    {"value": value, "column": column.name, "file": BY_NAME[column.to].path},
                    at(resource.name, number, column.name),
                )


def _unbalanced(held: Held) -> Iterator[Reason]:
    """An entry whose lines are more, or less, than nothing together."""
    if "entries" not in held or "lines" not in held:
        return
    sums: dict[str, int] = defaultdict(int)
    for _, row in held["lines"]:
        sums[row["entry"]] += row["amount"]
    for number, row in held["entries"]:
        if sums[row["id"]]:
            yield Reason(
                "package.balance",
                N_("Entry {entry} does not balance: its lines are {sum} together."),
                {"entry": row["id"], "sum": sums[row["id"]]},
                at("entries", number, "id"),
            )


def _parts(held: Held) -> Iterator[Reason]:
    """A loan whose members' parts are not its principal."""
    if "loans" not in held or "loan_members" not in held:
        return
    sums: dict[str, int] = defaultdict(int)
    for _, row in held["loan_members"]:
        sums[row["loan_id"]] += row["amount"]
    for number, row in held["loans"]:
        if row["loan_id"] in sums and sums[row["loan_id"]] != row["principal"]:
            yield Reason(
                "package.parts",
                N_(
                    "The parts of its members are {sum}, the principal of loan {loan} is {principal}."
                ),
                {
                    "sum": sums[row["loan_id"]],
                    "loan": row["loan_id"],
                    "principal": row["principal"],
                },
                at("loans", number, "principal"),
            )


def _payments(held: Held) -> Iterator[Reason]:
    """A payment of a negative amount, before its loan, or less than its posted split."""
    disbursed = {row["loan_id"]: row["disbursed"] for _, row in held.get("loans", ())}
    for number, row in held.get("repayments", ()):
        split = (row.get("principal") or 0) + (row.get("service") or 0)
        if row["amount"] < 0 or split > row["amount"]:
            yield Reason(
                "package.split",
                N_("The split {split} is more than the payment of {amount}."),
                {"split": split, "amount": row["amount"]},
                at("repayments", number, "amount"),
            )
        if row["paid_on"] < disbursed.get(row["loan_id"], row["paid_on"]):
            yield Reason(
                "package.before",
                N_("Paid on {paid}, before the loan was paid out on {disbursed}."),
                {"paid": row["paid_on"], "disbursed": disbursed[row["loan_id"]]},
                at("repayments", number, "paid_on"),
            )


def _periods(held: Held) -> Iterator[Reason]:
    """A term that ends before it begins."""
    for name in ("seats", "cadres", "group_members"):
        for number, row in held.get(name, ()):
            if row.get("to") is not None and row["to"] < row["from"]:
                yield Reason(
                    "package.period",
                    N_("It ends on {to}, before it begins on {start}."),
                    {"to": row["to"], "start": row["from"]},
                    at(name, number, "to"),
                )


def _seals(held: Held) -> Iterator[Reason]:
    """The first event of the trail that does not hold, or that its ward's chain lacks."""
    rows, ward = held.get("trail", ()), held.get("ward", ())
    if not rows or len(ward) != 1 or not set(rows[0][1]) >= SEALED:
        return
    lines = {row["seq"]: number for number, row in rows}
    code = ward[0][1]["code"]
    broken = first_break(_sealed(code, row) for _, row in sorted(rows, key=_seq))
    if broken:
        place = at("trail", lines.get(broken.where["seq"], len(rows) + 1), "seal")
        yield Reason(broken.clause, broken.text, broken.values, {**broken.where, **place})


def _sealed(ward: str, row: Row) -> Sealed:
    names = ("actor", "record", "data")
    return Sealed(**{**row, **{name: row[name] or "" for name in names}, "ward": ward})


def _seq(row: tuple[int, Row]) -> int:
    return int(row[1]["seq"])


LOOKS: tuple[Callable[[Held], Iterable[Reason]], ...] = (
    _unbalanced,
    _parts,
    _payments,
    _periods,
    _seals,
)
