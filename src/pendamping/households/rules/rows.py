"""One row of a file to one person: every wrong cell is named, none is skipped silently."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from pendamping.households.rules import nik, values
from pendamping.households.rules.columns import Columns, plain
from pendamping.households.rules.findings import Cell, Findings
from pendamping.households.rules.values import Wrong, is_empty, text
from pendamping.kernel import signs
from pendamping.kernel.refusal import Reason

_Value = TypeVar("_Value")
OF_HOUSEHOLD = (
    "number", "kk", "rw", "rt", "rtrw", "address", "poor", "members", "ward", "surveyed",
)  # fmt: skip
MOST_KNOWN = 50_000  # values of one column that are read once however often they come


@dataclass(slots=True)
class PersonRow:
    """A member as the file gives them; ``relation`` is empty in a list of households."""

    sheet: str
    row: int
    name: str
    sex: str = ""
    born: date | None = None
    born_precision: str = ""
    relation: str = ""
    relation_written: str = ""
    occupation: str = ""
    education: str = ""
    nik: str = ""


@dataclass(slots=True)
class HouseholdRow:
    """A household with its members; ``poor`` is ``None`` where the file does not say."""

    sheet: str
    row: int
    number: str
    rw: str = ""
    rt: str = ""
    address: str = ""
    kk: str = ""
    poor: bool | None = None
    stated_members: int | None = None
    surveyed: date | None = None
    heads_only: bool = False
    members: list[PersonRow] = field(default_factory=list)
    said_at: dict[str, int] = field(default_factory=dict)

    @property
    def head(self) -> PersonRow | None:
        """The head, where one is named."""
        return next((person for person in self.members if person.relation == "head"), None)


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one table; what is wrong goes to ``findings``."""

    sheet: str
    columns: Columns
    findings: Findings
    today: date
    ward: str = ""
    _known: defaultdict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    _written: dict[str, str] = field(default_factory=dict)
    _shared: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        at = self.columns.at
        self._shared = (*(at[name] for name in OF_HOUSEHOLD if name in at), *self.columns.areas)

    def has(self, field_name: str) -> bool:
        """Whether the file has a column for the field."""
        return field_name in self.columns.at

    def raw(self, field_name: str, cells: Sequence[Any]) -> Any:
        """The cell of a field; ``None`` where there is no column or the row is shorter."""
        position = self.columns.at.get(field_name)
        return cells[position] if position is not None and position < len(cells) else None

    def shared(self, cells: Sequence[Any]) -> list[Any]:
        """The cells that speak of the household, not of the person."""
        return [cells[at] for at in self._shared if at < len(cells)]

    def readable(self, number: int, cells: Sequence[Any]) -> Sequence[Any]:
        """The cells of a row; one that holds what cannot be read is noted and shown with boxes."""
        if not any(map(signs.why_not, cells)):
            return cells
        shown = list(cells)
        for at in sorted({*self.columns.at.values(), *self.columns.areas}):
            why = signs.why_not(cells[at]) if at < len(cells) else None
            if why is not None:
                shown[at] = signs.visible(cells[at])
                place = Cell(self.sheet, number, self.columns.headings[at], shown[at])
                self.findings.wrong(place, Reason("households.census.sign", why))
        return shown

    def place(self, field_name: str, number: int, cells: Sequence[Any]) -> Cell:
        """Where a field stands, for a message."""
        cell = self.raw(field_name, cells)
        value = "" if cell is None else text(cell)
        return Cell(self.sheet, number, self.columns.heading(field_name), value)

    def wrong(self, field_name: str, number: int, cells: Sequence[Any], reason: Reason) -> None:
        """Note a wrong cell."""
        self.findings.wrong(self.place(field_name, number, cells), reason)

    def doubtful(self, field_name: str, number: int, cells: Sequence[Any], reason: Reason) -> None:
        """Note a doubtful cell."""
        self.findings.doubtful(self.place(field_name, number, cells), reason)

    def read(
        self, field_name: str, reader: Callable[[Any], _Value], number: int, cells: Sequence[Any]
    ) -> _Value | None:
        """One field of a row; ``None`` where it is empty or wrong (then it is noted)."""
        position = self.columns.at.get(field_name)
        if position is None or position >= len(cells):
            return None
        cell = cells[position]
        if cell is None or cell == "":
            return None
        known = self._known[field_name]
        if type(cell) is str and cell in known:
            found: _Value | None = known[cell]
            return found
        if is_empty(cell):
            return None
        try:
            value = reader(cell)
        except Wrong as wrong:
            self.wrong(field_name, number, cells, wrong.reason)
            return None
        if type(cell) is str and len(known) < MOST_KNOWN and len(cell) < 30:
            known[cell] = value
        return value

    def note(self, field_name: str, cells: Sequence[Any], longest: int = 120) -> str:
        """A free text, kept once however often it comes."""
        cell = self.raw(field_name, cells)
        if cell is None or cell == "":
            return ""
        if type(cell) is not str:
            return text(cell)[:longest]
        found = self._written.get(cell)
        if found is None:
            found = text(cell)[:longest]
            if len(self._written) < MOST_KNOWN and len(cell) < 60:
                self._written[cell] = found
        return found

    def person(self, number: int, cells: Sequence[Any], relation: str, on: date) -> PersonRow:
        """The person of a row; ages are those of the day ``on``."""
        person = PersonRow(self.sheet, number, self._name(number, cells), relation=relation)
        person.relation_written = self.note("relation", cells)
        person.sex = self.read("sex", values.read_sex, number, cells) or ""
        if not person.sex and self.has("sex") and is_empty(self.raw("sex", cells)):
            self.wrong(
                "sex",
                number,
                cells,
                Reason("households.census.sex_missing", "Say whether L (male) or P (female)."),
            )
        person.occupation = self.note("occupation", cells)
        person.education = self.note("education", cells)
        self._read_birth(person, number, cells, on)
        self._read_nik(person, number, cells)
        return person

    def _name(self, number: int, cells: Sequence[Any]) -> str:
        """The full name, or the parts of it, or the head's name in a list of households."""
        source = "name" if self.has("name") else "head_name"
        if self.has(source):
            name = self.read(source, values.read_name, number, cells)
            if name or not is_empty(self.raw(source, cells)):
                return name or "?"
        parts = [
            text(self.raw(part, cells) or "")
            for part in ("given_name", "middle_name", "family_name")
        ]
        name = " ".join(part for part in parts if part)
        if not name:
            self.wrong(
                source,
                number,
                cells,
                Reason("households.census.name_missing", "Every person needs a name."),
            )
        return name

    def _read_birth(self, person: PersonRow, number: int, cells: Sequence[Any], on: date) -> None:
        found = self.read("born", self._birth, number, cells)
        age = self.read("age", values.read_age, number, cells)
        if found is None:
            if age is not None and is_empty(self.raw("born", cells)):
                person.born, person.born_precision = date(on.year - age, 1, 1), "year"
            return
        person.born, person.born_precision = found
        if age is not None and abs(on.year - person.born.year - age) > 1:
            self.doubtful(
                "age",
                number,
                cells,
                Reason(
                    "households.census.age_conflict",
                    "The age does not fit the date of birth {born}; the date is stored.",
                    {"born": person.born.isoformat()},
                ),
            )

    def _birth(self, cell: Any) -> tuple[date, str]:
        """A date of birth, or an age where the heading allows it ("Tanggal lahir / umur")."""
        value = text(cell)
        allowed = {"umur", "usia", "age"} & set(plain(self.columns.heading("born")).split())
        if allowed and value.isdecimal() and int(value) <= 120:
            return date(self.today.year - values.read_age(cell), 1, 1), "year"
        born, precision = values.read_date(cell)
        values.check_born(born, self.today)
        return born, precision

    def _read_nik(self, person: PersonRow, number: int, cells: Sequence[Any]) -> None:
        try:
            found = nik.read_number(self.raw("nik", cells))
            said = nik.what_nik_says(found.digits) if found.digits else None
        except Wrong as wrong:
            self.wrong("nik", number, cells, wrong.reason)
            return
        if found.doubt:
            self.doubtful("nik", number, cells, found.doubt)
        if said is None:
            return
        person.nik = found.digits
        if person.born is None:
            if not self.has("born") or is_empty(self.raw("born", cells)):
                person.born, person.born_precision = said.born(self.today), "day"
        elif not said.agrees_with(person.born, person.born_precision):
            self.doubtful(
                "nik",
                number,
                cells,
                Reason(
                    "households.census.nik_birth",
                    "The NIK says another date of birth than the list ({born}). Ask to see the "
                    "family card.",
                    {"born": person.born.isoformat()},
                ),
            )
        self._compare_sex(person, said.sex, number, cells)

    def _compare_sex(self, person: PersonRow, said: str, number: int, cells: Sequence[Any]) -> None:
        if not person.sex and not self.has("sex"):
            person.sex = said
        elif person.sex and person.sex != said:
            self.doubtful(
                "nik",
                number,
                cells,
                Reason(
                    "households.census.nik_sex",
                    "The NIK is made for the other sex than the list says. Ask to see the "
                    "family card.",
                ),
            )
