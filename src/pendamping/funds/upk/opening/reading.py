"""Reading how a fund begins here: what its workbook comes to, and what still stands against it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.rules.entries import Leg
from pendamping.funds.loans import queries as loans
from pendamping.funds.loans.rules.reserve import reserve_rows
from pendamping.funds.upk.opening import files, naming
from pendamping.funds.upk.opening.assembling import Lines, assemble
from pendamping.funds.upk.opening.models import Opening
from pendamping.funds.upk.rules.opening import adding_up, sheets
from pendamping.funds.upk.rules.opening.sheets import fault
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason

DECIDED_BY = "board"


@dataclass(frozen=True, slots=True)
class Picture:
    """What a fund would begin with; sums in whole rupiah.

    ``balances`` by account key, with the side on which each usually stands; ``reserve``: what the loans
    need of it by the guideline's classes.
    """

    on: date
    accounts: list[adding_up.Account]
    balances: dict[str, int]
    lines: Lines
    lists: adding_up.Lists
    questions: list[naming.Question]
    reasons: list[Reason]
    reserve: int

    @property
    def ready(self) -> bool:
        """Whether nothing stands against it."""
        return not (self.lines.faults or self.questions or self.reasons)

    @property
    def against(self) -> list[Reason]:
        """Every reason against it."""
        asked = [fault(one.row, one.heading, one.name, one.why) for one in self.questions]
        return [*self.lines.faults, *asked, *self.reasons]

    @property
    def legs(self) -> list[Leg]:
        """The lines of the opening entry, debit positive."""
        return adding_up.legs(self.accounts, self.balances)

    @property
    def difference(self) -> int:
        """What is left in the account of the difference."""
        return adding_up.difference(self.accounts, self.balances)

    @property
    def ties(self) -> list[adding_up.Tie]:
        """Each account that has a list behind it, beside the list."""
        return adding_up.ties(self.balances, self.lists)


def decided_by(ward: str, on: date) -> str:
    """The kind of meeting that agrees to the balances; empty where the guideline asks for none."""
    return str(guidelines.section("closing", ward, on).get("opening_decided_by", DECIDED_BY))


def accounts(ward: str, on: date) -> list[adding_up.Account]:
    """The accounts for which a balance can be written, and that of the difference."""
    return [
        adding_up.Account(one.key, one.code, one.name, one.type, one.contra)
        for one in books.chart_of(ward, on)
    ]


def picture(found: Opening) -> Picture:
    """What an upload comes to, by all that was said of its names and balances."""
    ward, on = found.ward, found.on
    read = sheets.read(files.as_sheets(found.cells))
    known = accounts(ward, on)
    balances = _balances(read, known)
    balances |= {key: amount for key, amount in found.balances.items()}
    names = naming.Names(ward, found.names)
    lines = assemble(ward, on, read, names)
    lists = _lists(lines)
    return Picture(
        on,
        known,
        balances,
        lines,
        lists,
        list(names.questions.values()),
        _reasons(known, balances, lists, on, lines),
        _reserve(ward, on, lines),
    )


def _reasons(
    known: list[adding_up.Account],
    balances: dict[str, int],
    lists: adding_up.Lists,
    on: date,
    lines: Lines,
) -> list[Reason]:
    late = [] if on <= clock.today() else [still_to_come(on)]
    return [*late, *adding_up.problems(known, balances, lists, on)]


def still_to_come(on: date) -> Reason:
    """Why old books do not end on a day."""
    values, where = {"on": on.isoformat()}, {"field": "on"}
    return Reason("upk.opening.day", "{on} is still to come.", values, where)


def _balances(read: sheets.Found, known: list[adding_up.Account]) -> dict[str, int]:
    by_code = {one.code: one for one in known}
    found: dict[str, int] = {}
    for row in read.rows.get("balances", []):
        if row["code"] is None or row["amount"] is None:
            continue
        code = row["code"].removesuffix(".0").replace(" ", "").replace(".", "")
        account = by_code.get(code)
        if account is None or account.key == adding_up.DIFFERENCE:
            if row["amount"]:
                text = N_("The chart has no account with this code for a balance.")
                read.faults.append(fault(row, "Kode", row["code"], text))
        elif account.key in found:
            text = N_("This account stands twice in the list.")
            read.faults.append(fault(row, "Kode", row["code"], text))
        else:
            found[account.key] = row["amount"]
    return found


def _lists(lines: Lines) -> adding_up.Lists:
    return adding_up.Lists(
        outstanding=sum(one.outstanding for one in lines.owed),
        overpaid=sum(one.overpaid for one in lines.owed),
        saved=lines.saved,
        cost=sum(one.cost for one in lines.things),
        taken_off=sum(one.taken_off for one in lines.things),
    )


def _reserve(ward: str, on: date, lines: Lines) -> int:
    states: list[Any] = [one.state for one in lines.loans if one.state]
    return sum(row.reserve for row in reserve_rows(states, loans.reserve_percentages(ward, on)))
