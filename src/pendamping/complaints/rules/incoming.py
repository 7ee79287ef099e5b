"""One row of another register as a complaint, or every reason why not; pure.

What our own form does not keep of a person is not read, whatever columns a file has.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pendamping.complaints.rules.guide import ComplaintRule
from pendamping.complaints.rules.hands import ABOUT
from pendamping.complaints.rules.mapping import DAYS, RegisterMap
from pendamping.complaints.rules.moves import LONGEST, MOST
from pendamping.kernel.money import read_rupiah
from pendamping.kernel.refusal import N_, Reason
from pendamping.kernel.signs import unreadable

LENGTHS = {
    "number": 60, "text": LONGEST, "hope": 500, "subject": 120, "answer": 1000, "name": 120,
    "contact": 120, "address": 200, "against": 200,
}  # fmt: skip
YES = frozenset({"ya", "y", "yes", "true", "1", "benar"})
NO = frozenset({"", "tidak", "t", "no", "n", "false", "0", "-"})
SEXES = {
    "": "",
    "-": "",
    "l": "L",
    "laki-laki": "L",
    "m": "L",
    "p": "P",
    "perempuan": "P",
    "f": "P",
}
TELLING = 30  # signs of a text that two people do not write alike by chance
DEFAULTS = {"channel": "book", "kind": "problem", "about": "other"}
Cells = Mapping[str, Any]


@dataclass(slots=True)
class Incoming:
    """A complaint of another register. ``row``: its line in the file; days and sums as they were written there.

    ``state``: ``open``, ``answered``, ``closed``; ``leave``: the mapping does not want it.
    """

    row: int
    days: dict[str, date | None] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    sums: dict[str, int | None] = field(default_factory=dict)
    truths: dict[str, bool] = field(default_factory=dict)
    sex: str = ""
    state: str = "open"
    reasons: list[Reason] = field(default_factory=list)

    @property
    def received_on(self) -> date:
        """The day on which it was received; asked only of a row without a fault."""
        day = self.days["received_on"]
        assert day is not None, "a row without a day is refused"
        return day


@dataclass(frozen=True, slots=True)
class Words:
    """What the guideline of the ward knows: part → word in small letters (key or name) → key."""

    known: Mapping[str, Mapping[str, str]]
    rule: ComplaintRule
    today: date


class _Reader:
    """Reads the cells of one row, and notes what is wrong with each by its column."""

    def __init__(self, mapping: RegisterMap, sheet: str, row: int, cells: Cells) -> None:
        self.mapping, self.sheet, self.row, self.cells = mapping, sheet, row, cells
        self.reasons: list[Reason] = []

    def wrong(self, name: str, text: str, **values: Any) -> None:
        meant = self.mapping.fields.get(name)
        column = meant.column if meant and meant.column else name
        value = str(self.cells.get(column, "") or "")[:60]
        values = {"sheet": self.sheet, "row": self.row, "column": column, "value": value, **values}
        where = {key: values[key] for key in ("sheet", "row", "column", "value")}
        self.reasons.append(Reason(f"complaints.row.{name}", text, values, where))

    def raw(self, name: str) -> Any:
        meant = self.mapping.fields.get(name)
        if meant is None:
            return None
        cell = meant.value or self.cells.get(meant.column)
        if not meant.words and meant.otherwise is None:
            return cell
        word = plain(cell).casefold()
        found = meant.words.get(word, meant.otherwise)
        if found is None:
            self.wrong(name, N_("the mapping gives {value} no meaning."))
        return found

    def text(self, name: str) -> str:
        cell = self.raw(name)
        if unreadable(cell):
            self.wrong(name, N_("this cell holds a sign that cannot be read; type it anew."))
        found = plain(cell)
        if len(found) > LENGTHS.get(name, 60):
            self.wrong(
                name, N_("this cell has more than {most} signs."), most=LENGTHS.get(name, 60)
            )
        return found

    def day(self, name: str) -> date | None:
        cell = self.raw(name)
        if isinstance(cell, datetime):
            return cell.date()
        if isinstance(cell, date) or cell is None or not str(cell).strip():
            return cell or None
        for way in self.mapping.dates:
            try:
                return datetime.strptime(str(cell).strip(), way).date()
            except ValueError:
                continue
        self.wrong(name, N_("{value} is no day; write it as 3/5/2004."))
        return None

    def sum(self, name: str) -> int | None:
        found = plain(self.raw(name))
        if not found or found == "-":
            return None
        amount = read_rupiah(found[:40])
        if amount is None or not 0 < amount <= MOST:
            self.wrong(name, N_("{value} is no amount of whole rupiah."))
            return None
        return amount

    def truth(self, name: str) -> bool:
        found = plain(self.raw(name)).casefold()
        if found not in YES and found not in NO:
            self.wrong(name, N_("write ya or tidak, not {value}."))
        return found in YES


def plain(cell: Any) -> str:
    """A cell as text: without blanks around it, a whole number without its point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def incoming(mapping: RegisterMap, sheet: str, row: int, cells: Cells, words: Words) -> Incoming:
    """What a row says; its ``reasons`` name each wrong cell by sheet, row and column."""
    read = _Reader(mapping, sheet, row, cells)
    found = Incoming(row)
    found.days = {name: read.day(name) for name in DAYS}
    found.said = {name: read.text(name) for name in LENGTHS}
    found.sums = {name: read.sum(name) for name in ("amount", "recovered")}
    found.truths = {name: read.truth(name) for name in ("misuse", "confirmed")}
    found.sex = _sex(read)
    found.keys = {name: _key(read, name, words) for name in ("channel", "kind", "about", "level")}
    money = found.truths["misuse"] or found.sums["amount"] is not None
    found.keys["scope"] = _key(read, "scope", words) or ("financial" if money else "administrative")
    found.state = _state(read, found)
    if found.state != "leave":
        _look(read, found, words)
        found.reasons = read.reasons
    return found


def _sex(read: _Reader) -> str:
    word = plain(read.raw("sex")).casefold()
    if word not in SEXES:
        read.wrong("sex", N_("write L or P, not {value}."))
    return SEXES.get(word, "")


def _key(read: _Reader, name: str, words: Words) -> str:
    """The guideline's key of a word; what is usual in a book where nothing is said."""
    said = plain(read.raw(name))
    if not said:
        return words.rule.levels[0].key if name == "level" else DEFAULTS.get(name, "")
    known = words.known[name]
    if said.casefold() not in known:
        read.wrong(name, N_("the guideline knows no {value} here."))
    return known.get(said.casefold(), "")


def _state(read: _Reader, found: Incoming) -> str:
    """As the file says it; else by the days of the answer and of the end."""
    if "state" in read.mapping.fields:
        return plain(read.raw("state")) or "open"
    if found.days["closed_on"]:
        return "closed"
    return "answered" if found.days["answered_on"] else "open"


def _look(read: _Reader, found: Incoming, words: Words) -> None:
    """What cannot be of the row as a whole."""
    days, got = found.days, found.days["received_on"]
    checks: Iterable[tuple[bool, str, str]] = (
        (not found.said["number"], "number", N_("the number is missing.")),
        (not found.said["text"], "text", N_("say what happened.")),
        (got is None and not plain(read.raw("received_on")), "received_on", N_("the day is missing.")),
        (found.keys["about"] not in ABOUT and bool(found.keys["about"]), "about", N_("say what it is about.")),
        (found.state == "answered" and not days["answered_on"], "answered_on", N_("it is answered: say since when.")),
        (found.state == "closed" and not days["closed_on"], "closed_on", N_("it is closed: say since when.")),
        (found.state != "closed" and bool(days["closed_on"]), "closed_on", N_("it is not closed, and has a day on which it was.")),
        (found.truths["confirmed"] and found.state != "closed", "confirmed", N_("only what is closed was confirmed.")),
        (found.truths["misuse"] and found.sums["amount"] is None and words.rule.amount_if_misuse, "amount", N_("where money was misused, say how much.")),
        ((found.sums["recovered"] or 0) > (found.sums["amount"] or 0), "recovered", N_("no more can come back than is meant.")),
    )  # fmt: skip
    for wrong, name, text in checks:
        if wrong:
            read.wrong(name, text)
    for name, day in days.items():
        if day is not None and name != "due_on" and day > words.today:
            read.wrong(name, N_("{value} is still to come."))
        if day is not None and got is not None and day < got:
            read.wrong(name, N_("{value} lies before the day on which it was received."))
    if days["answered_on"] and days["closed_on"] and days["closed_on"] < days["answered_on"]:
        read.wrong("closed_on", N_("{value} lies before the day of the answer."))


@dataclass(slots=True)
class Read:
    """What a file says. ``unread``: columns that nothing was read of; ``doubles``: pairs of rows."""

    rows: list[Incoming] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    left: int = 0
    unread: list[str] = field(default_factory=list)
    doubles: list[tuple[str, str]] = field(default_factory=list)


def read_rows(
    mapping: RegisterMap, sheet: str, rows: Iterable[tuple[int, Cells]], words: Words,
    tick: Callable[[int], None] = lambda _row: None,
) -> Read:  # fmt: skip
    """Every row of a table; rows of one number are refused, those that say the same are named as doubles."""
    found, numbers, alike = Read(), {}, {}  # type: Read, dict[str, int], dict[tuple[Any, ...], str]
    for place, cells in rows:
        tick(place)
        one = incoming(mapping, sheet, place, cells, words)
        if one.state == "leave":
            found.left += 1
            continue
        found.rows.append(one)
        number = one.said["number"]
        first = numbers.setdefault(number, place)
        if number and first != place:
            read = _Reader(mapping, sheet, place, cells)
            read.wrong(
                "number", N_("number {value} stands twice; first in row {first}."), first=first
            )
            one.reasons += read.reasons
        found.reasons += one.reasons
        if same := _likeness(one):
            other = alike.setdefault(same, number)
            if other != number:
                found.doubles.append((other, number))
    return found


def _likeness(one: Incoming) -> tuple[Any, ...] | None:
    """By what two rows are likely the same complaint; ``None`` where a row says too little to tell."""
    said = [one.said[name].casefold() for name in ("text", "name", "address")]
    enough = any(said[1:]) or len(said[0]) >= TELLING
    return (one.days["received_on"], *said) if enough else None
