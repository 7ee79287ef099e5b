"""From the rows of an opening workbook to loans, savings, inventory and groups that can be entered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pendamping.funds.loans import actions as loans
from pendamping.funds.loans.rules.book import LoanState
from pendamping.funds.loans.rules.taking_over import OldLoan
from pendamping.funds.upk.opening import naming
from pendamping.funds.upk.rules.inventory import item_problems
from pendamping.funds.upk.rules.opening import sheets
from pendamping.funds.upk.rules.opening.sheets import Row, fault
from pendamping.guidelines import queries as guidelines
from pendamping.institutions import actions as institutions
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason

HEADINGS = {one.key: one.heading for one in sheets.LOANS.fields}


@dataclass
class LoanLine:
    """A loan of the list; ``group`` its id, empty where the group is new; ``members``: (id, name, part)."""

    row: Row
    old: OldLoan
    group: str
    group_name: str
    members: list[tuple[str, str, int]]
    state: LoanState | None = None


@dataclass(frozen=True, slots=True)
class SavedLine:
    """Savings of a group, or of a member; ``group`` as in :class:`LoanLine`."""

    row: Row
    group: str
    group_name: str
    person: str
    person_name: str
    amount: int


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the inventory."""

    name: str
    bought: date
    cost: int
    residue: int
    life_months: int
    taken_off: int


@dataclass
class NewGroup:
    """A group that the ward does not know yet, and its members by id."""

    name: str
    formed_on: date
    row: Row
    members: dict[str, str] = field(default_factory=dict)


@dataclass
class Lines:
    """What can be entered, and everything that keeps it from being entered.

    ``unread``: sheets and columns that nothing was read of; ``unnamed``: loans whose members the lists do
    not name.

    ``owed``, ``saved``: every loan and saving that could be read, also where it is not clear whose.
    """

    owed: list[OldLoan] = field(default_factory=list)
    saved: int = 0
    loans: list[LoanLine] = field(default_factory=list)
    savings: list[SavedLine] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    groups: dict[str, NewGroup] = field(default_factory=dict)
    faults: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)
    unread: list[Reason] = field(default_factory=list)
    unnamed: list[LoanLine] = field(default_factory=list)


def assemble(ward: str, on: date, found: sheets.Found, names: naming.Names) -> Lines:
    """Bring the rows together by the names that they mean."""
    lines = Lines(faults=list(found.faults), notes=list(found.notes), unread=list(found.unread))
    members, saved = found.rows.get("members", []), found.rows.get("savings", [])
    names.read([*members, *saved])
    _loans(ward, on, found.rows.get("loans", []), members, names, lines)
    _savings(on, saved, names, lines)
    _things(on, found.rows.get("things", []), lines)
    told = {naming.plain(row["group"] or "") for row in members}
    told |= {naming.plain(one.group_name) for one in lines.unnamed}
    for key, one in lines.groups.items():
        if one.members or key not in told:
            lines.faults += _group_problems(ward, on, one)
    return lines


# --- loans ------------------------------------------------------------------------------------------


def _loans(
    ward: str,
    on: date,
    rows: Sequence[Row],
    members: Sequence[Row],
    names: naming.Names,
    lines: Lines,
) -> None:
    by_loan = _members_of(rows, members, lines)
    for at, row in enumerate(rows):
        old = _old(row)
        if old is None:
            continue
        lines.faults += _balance_problems(row, old)
        wrong = loans.against_taking_over(ward, on, old)
        if wrong:
            lines.faults += [_of_field(row, reason) for reason in wrong]
        elif loans.settled_before(ward, on, old):
            lines.notes.append(
                fault(
                    row, "Nama KSM", row["group"], N_("It is paid back; it stays in the old book.")
                )
            )
        else:
            lines.owed.append(old)
            _loan(ward, on, row, old, by_loan[at], names, lines)


def _old(row: Row) -> OldLoan | None:
    """The terms of a row; ``None`` where one of its cells is wrong, which was said already."""
    keys = (
        "principal",
        "instalments",
        "grace",
        "paid_principal",
        "paid_service",
        "overpaid",
        "cycle",
    )
    values = {key: row[key] for key in (*keys, "disbursed")}
    rate = row["rate"]
    if any(value is None for value in (*values.values(), rate)):
        return None
    return OldLoan(rate_bp=rate, number=row["number"] or "", **values)


def _balance_problems(row: Row, old: OldLoan) -> Iterable[Reason]:
    """A list that says what is left of a loan says the same as principal less what was paid of it."""
    if row["balance"] is not None and row["balance"] != old.outstanding:
        text = N_("Principal less what was paid of it comes to {left}.")
        yield fault(
            row,
            "Sisa pokok",
            format_rupiah(row["balance"]),
            text,
            left=format_rupiah(old.outstanding),
        )


def _of_field(row: Row, reason: Reason) -> Reason:
    key = reason.where.get("field", "group")
    return fault(row, HEADINGS[key], _shown(row[key]), reason.text, **reason.values)


def _shown(value: Any) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _loan(
    ward: str,
    on: date,
    row: Row,
    old: OldLoan,
    parts: Sequence[Row],
    names: naming.Names,
    lines: Lines,
) -> None:
    group = names.group(row)
    people = [(names.person(part, group), part) for part in parts]
    lines.faults += _part_problems(row, old, people)
    if not people:
        lines.unnamed.append(LoanLine(row, old, "", row["group"] or "", []))
        return
    if group is None or any(who is None or part["amount"] is None for who, part in people):
        return
    known = [(who.id, who.name, part["amount"]) for who, part in people]
    place, called = _group_of(row, group, min(old.disbursed, on), lines)
    if not place:
        lines.groups[naming.plain(called)].members |= {who: name for who, name, _ in known}
    lines.loans.append(LoanLine(row, old, place, called, known, loans.state_before(ward, on, old)))


def _group_of(row: Row, group: Any, formed_on: date, lines: Lines) -> tuple[str, str]:
    """The group's id and name; of one that is new no id, and it is remembered."""
    if group != naming.NEW:
        return group.id, group.name
    called = " ".join(row["group"].split())
    new = lines.groups.setdefault(naming.plain(called), NewGroup(called, formed_on, row))
    new.formed_on = min(new.formed_on, formed_on)
    return "", new.name


def _part_problems(row: Row, old: OldLoan, people: Sequence[tuple[Any, Row]]) -> list[Reason]:
    if not people:
        text = N_(
            "The sheet Anggota names nobody for this loan; who of the group borrowed, and how much?"
        )
        return [fault(row, "Nama KSM", row["group"], text)]
    found = []
    seen: set[str] = set()
    for who, part in people:
        if who is not None and who.id in seen:
            text = N_("This member stands twice in this loan.")
            found.append(fault(part, "Nama anggota", part["name"], text))
        seen |= {who.id} if who is not None else set()
        if part["amount"] is not None and part["amount"] <= 0:
            text = N_("A member's part is more than zero.")
            found.append(fault(part, "Bagian pokok", part["amount"], text))
    amounts = [part["amount"] for _, part in people]
    if None not in amounts and sum(amounts) != old.principal:
        text = N_("The members' parts come to {parts}, the principal is {principal}.")
        values = {"parts": format_rupiah(sum(amounts)), "principal": format_rupiah(old.principal)}
        found.append(fault(row, "Pokok pinjaman", format_rupiah(old.principal), text, **values))
    return found


def _members_of(rows: Sequence[Row], members: Sequence[Row], lines: Lines) -> dict[int, list[Row]]:
    """The members of each loan: by its number where both lists have one, else by the group's name."""
    by_number: dict[str, list[int]] = {}
    by_group: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        if row["number"]:
            by_number.setdefault(_key(row["number"]), []).append(at)
        by_group.setdefault(naming.plain(row["group"] or ""), []).append(at)
    for number, places in by_number.items():
        for at in places[1:]:
            text = N_("This number stands twice in the list of loans.")
            lines.faults.append(fault(rows[at], "No. pinjaman", number, text))
    found: dict[int, list[Row]] = {at: [] for at in range(len(rows))}
    for row in members:
        places = by_number.get(_key(row["number"])) if row["number"] else None
        places = places or by_group.get(naming.plain(row["group"] or ""), [])
        if len(places) == 1:
            found[places[0]].append(row)
        else:
            lines.faults.append(_no_loan(row, len(places)))
    return found


def _key(number: object) -> str:
    return "".join(sign for sign in str(number).lower() if sign.isalnum())


def _no_loan(row: Row, found: int) -> Reason:
    several = N_("The group has several loans; write the number of the loan.")
    none = N_("The list of loans has no loan with this number, or of this group.")
    return fault(row, "Nama KSM", row["group"] or row["number"] or "", several if found else none)


# --- savings, inventory, groups ---------------------------------------------------------------------


def _savings(on: date, rows: Sequence[Row], names: naming.Names, lines: Lines) -> None:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if not row["amount"]:
            continue
        if row["amount"] < 0 or not row["group"]:
            text = N_("Savings have a group, and are not below zero.")
            lines.faults.append(fault(row, "Saldo tabungan", row["amount"], text))
            continue
        lines.saved += row["amount"]
        group = names.group(row)
        who = names.person(row, group) if row["name"] else None
        if group is None or (row["name"] and who is None):
            continue
        place, called = _group_of(row, group, on, lines)
        person, person_name = (who.id, who.name) if who else ("", "")
        if who and not place:
            lines.groups[naming.plain(called)].members[person] = person_name
        if (naming.plain(called), person) in seen:
            text = N_("These savings stand twice in the list.")
            lines.faults.append(fault(row, "Nama KSM", called, text))
        seen.add((naming.plain(called), person))
        lines.savings.append(SavedLine(row, place, called, person, person_name, row["amount"]))


def _things(on: date, rows: Sequence[Row], lines: Lines) -> None:
    for row in rows:
        if any(row[key] is None for key in ("name", "bought", "cost", "residue", "life", "taken")):
            continue
        one = Thing(row["name"], row["bought"], row["cost"], row["residue"], row["life"], row["taken"])  # fmt: skip
        wrong = item_problems(one.name, one.cost, one.residue, one.life_months)
        lines.faults += [fault(row, "Nama barang", one.name, each.text) for each in wrong]
        if not 0 <= one.taken_off <= one.cost - one.residue or one.bought > on:
            text = N_("It was bought by that day, and no more was taken off than price less rest.")
            lines.faults.append(fault(row, "Sudah disusutkan", format_rupiah(one.taken_off), text))
        lines.things.append(one)


def kind_that_borrows(ward: str, on: date) -> str:
    """The kind of group that borrows, by the guideline."""
    kinds = guidelines.section("group_kinds", ward, on)
    return next((key for key, kind in kinds.items() if kind.get("borrows", True)), "economic")


def _group_problems(ward: str, on: date, group: NewGroup) -> Iterable[Reason]:
    if not group.members:
        text = N_("The ward has no such group; write its members, or form it first.")
        yield fault(group.row, "Nama KSM", group.name, text)
        return
    wrong = institutions.against_taking_over(
        ward=ward,
        name=group.name,
        kind=kind_that_borrows(ward, on),
        formed_on=group.formed_on,
        on=on,
        members=list(group.members),
    )
    for reason in wrong:
        values: Mapping[str, Any] = reason.values
        yield fault(group.row, "Nama KSM", group.name, reason.text, **values)
