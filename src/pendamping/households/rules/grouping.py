"""Rows to households: by their number, by their family card, or from one head to the next."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pendamping.households.rules import nik, values
from pendamping.households.rules.findings import Cell, Findings
from pendamping.households.rules.rows import HouseholdRow, RowReader
from pendamping.households.rules.values import Wrong, is_empty, text
from pendamping.kernel.refusal import Reason


@dataclass(slots=True)
class Grouping:
    """The households met so far, in the order of the file.

    ``stray``: rows of a sheet of households whose number is wrong; what else is wrong in them is named in
    the same round.
    """

    findings: Findings
    households: dict[str, HouseholdRow] = field(default_factory=dict)
    stray: list[HouseholdRow] = field(default_factory=list)
    listed: bool = False  # a sheet of households has been read: members must name one of it
    last: HouseholdRow | None = None
    _told: tuple[Any, ...] = ()

    def add_household(self, reader: RowReader, number: int, cells: Sequence[Any]) -> None:
        """A row of a sheet that lists households only."""
        key = self._key(reader, cells)
        if not key:
            reader.wrong("number", number, cells, _no_number())
            self._read_stray(reader, number, cells)
            return
        if key in self.households:
            reader.wrong(
                "number",
                number,
                cells,
                Reason(
                    "households.census.number_twice",
                    "This household is already in row {row}.",
                    {"row": self.households[key].row},
                ),
            )
            self._read_stray(reader, number, cells)
            return
        self._describe(self._new(key, reader, number, cells), reader, number, cells)

    def _read_stray(self, reader: RowReader, number: int, cells: Sequence[Any]) -> None:
        found = HouseholdRow(reader.sheet, number, "")
        self.stray.append(found)
        self._describe(found, reader, number, cells)

    def household_of(
        self, reader: RowReader, number: int, cells: Sequence[Any], is_head: bool
    ) -> HouseholdRow | None:
        """The household of a member's row; made where the file has one sheet only."""
        key = self._key(reader, cells)
        if not key and (is_head or self.last is None):
            key = self._unnumbered(reader, number, cells, is_head)
            if not key:
                return None
        found = self.households.get(key) if key else self.last
        if found is None and self.listed:
            reader.wrong(
                "number",
                number,
                cells,
                Reason(
                    "households.census.number_unknown",
                    "No household with this number is on the sheet of households.",
                ),
            )
            return None
        if found is None:
            found = self._new(key, reader, number, cells)
        self._describe(found, reader, number, cells)
        self.last = found
        return found

    def _unnumbered(
        self, reader: RowReader, number: int, cells: Sequence[Any], is_head: bool
    ) -> str:
        """A head without number opens a household; where the file has a column for it, with a wrong cell,
        so that all else that is wrong in the household is named in the same round."""
        if not is_head or reader.has("number"):
            reader.wrong("number", number, cells, _no_number())
        return f"{reader.sheet}:{number}" if is_head and not self.listed else ""

    def _key(self, reader: RowReader, cells: Sequence[Any]) -> str:
        written = reader.raw("number", cells)
        if written is not None and not is_empty(written):
            return _number(written).casefold()
        if reader.has("number"):
            return ""
        try:
            return nik.read_number(reader.raw("kk", cells)).digits
        except Wrong:
            return ""

    def _new(self, key: str, reader: RowReader, number: int, cells: Sequence[Any]) -> HouseholdRow:
        shown = reader.raw("number", cells)
        written = "" if shown is None else _number(shown)
        try:
            values.fits(written, values.LONGEST_NUMBER)
        except Wrong as wrong:
            reader.wrong("number", number, cells, wrong.reason)
        found = HouseholdRow(reader.sheet, number, written)
        self.households[key] = found
        return found

    def _describe(
        self, household: HouseholdRow, reader: RowReader, number: int, cells: Sequence[Any]
    ) -> None:
        """Take what the row says of the household; a later row may not say otherwise."""
        told = (id(household), *reader.shared(cells))
        if told == self._told:
            return  # the same again, and nothing was wrong with it
        noted = len(self.findings.errors), len(self.findings.warnings)
        self._read(household, reader, number, cells)
        fine = noted == (len(self.findings.errors), len(self.findings.warnings))
        self._told = told if fine else ()

    def _read(
        self, household: HouseholdRow, reader: RowReader, number: int, cells: Sequence[Any]
    ) -> None:
        self._take(
            household,
            "rw",
            reader.read("rw", values.read_area_number, number, cells),
            reader,
            number,
            cells,
        )
        self._take(
            household,
            "rt",
            reader.read("rt", values.read_area_number, number, cells),
            reader,
            number,
            cells,
        )
        if reader.has("rtrw"):
            self._read_rt_rw(household, reader, number, cells)
        self._take(
            household,
            "poor",
            reader.read("poor", values.read_yes_no, number, cells),
            reader,
            number,
            cells,
        )
        stated = reader.read("members", values.read_count, number, cells)
        self._take(household, "stated_members", stated, reader, number, cells, "members")
        surveyed = reader.read("surveyed", values.read_date, number, cells)
        household.surveyed = household.surveyed or (surveyed[0] if surveyed else None)
        household.address = household.address or (
            reader.read("address", values.read_address, number, cells) or ""
        )
        self._read_kk(household, reader, number, cells)
        self._check_ward(reader, number, cells)

    def _take(
        self,
        household: HouseholdRow,
        name: str,
        value: Any,
        reader: RowReader,
        number: int,
        cells: Sequence[Any],
        column: str = "",
    ) -> None:
        if value is None:
            return
        said = household.said_at.setdefault(name, number)
        if said == number:
            setattr(household, name, value)
        elif getattr(household, name) != value:
            reader.wrong(
                column or name,
                number,
                cells,
                Reason(
                    "households.census.household_differs",
                    "Row {row} says something else of the same household.",
                    {"row": said},
                ),
            )

    def _read_rt_rw(
        self, household: HouseholdRow, reader: RowReader, number: int, cells: Sequence[Any]
    ) -> None:
        """One column "RT/RW" with both, such as 003/05."""
        written = reader.raw("rtrw", cells)
        if written is None or is_empty(written):
            return
        parts = text(written).replace("-", "/").split("/")
        try:
            rt, rw = (values.read_area_number(part) for part in parts)
        except (Wrong, ValueError):
            reason = Reason(
                "households.census.rt_rw", "Write RT and RW with a stroke between, such as 003/05."
            )
            reader.wrong("rtrw", number, cells, reason)
            return
        self._take(household, "rt", rt, reader, number, cells, "rtrw")
        self._take(household, "rw", rw, reader, number, cells, "rtrw")

    def _read_kk(
        self, household: HouseholdRow, reader: RowReader, number: int, cells: Sequence[Any]
    ) -> None:
        if not reader.has("kk"):
            return
        try:
            found = nik.read_number(reader.raw("kk", cells))
        except Wrong as wrong:
            reader.wrong("kk", number, cells, wrong.reason)
            return
        if found.doubt:
            reader.doubtful("kk", number, cells, found.doubt)
        self._take(household, "kk", found.digits or None, reader, number, cells)

    def _check_ward(self, reader: RowReader, number: int, cells: Sequence[Any]) -> None:
        for position in reader.columns.areas:
            if position < len(cells) and not is_empty(cells[position]):
                try:
                    values.read_area_code(cells[position])
                except Wrong as wrong:
                    heading = reader.columns.headings[position]
                    place = Cell(reader.sheet, number, heading, text(cells[position]))
                    self.findings.wrong(place, wrong.reason)
        code = reader.raw("ward", cells)
        if code is None or is_empty(code) or not reader.ward:
            return
        digits = "".join(sign for sign in text(code) if sign.isdigit())
        if digits != reader.ward.replace(".", ""):
            reader.wrong(
                "ward",
                number,
                cells,
                Reason(
                    "households.census.other_ward",
                    "This row belongs to another ward than {ward}.",
                    {"ward": reader.ward},
                ),
            )


def _number(cell: Any) -> str:
    """A household's number as the file writes it, without a needless ``.0``."""
    return text(cell).removesuffix(".0")


def _no_number() -> Reason:
    return Reason(
        "households.census.number_missing",
        "Give the number of the household; all its members have the same number.",
    )
