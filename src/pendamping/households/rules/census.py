"""A whole census file checked: households with their members, and everything that is wrong.

Source: handbook 3.2 (list of poor households by name); doors, ``census check``.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from pendamping.households.rules import values
from pendamping.households.rules.columns import Columns, field_of
from pendamping.households.rules.duplicates import LIKELY, POSSIBLE, Identity, likely_duplicates
from pendamping.households.rules.findings import Cell, Findings, Likely, as_document
from pendamping.households.rules.grouping import Grouping
from pendamping.households.rules.names import name_key
from pendamping.households.rules.questions import ask_ages, ask_places
from pendamping.households.rules.rows import HouseholdRow, PersonRow, RowReader
from pendamping.households.rules.values import is_empty
from pendamping.households.rules.whole import check_households, check_numbers
from pendamping.kernel.refusal import Reason, Translate, refuse

Tick = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None: ...


class Sheet(Protocol):
    """What a reader gives: a sheet's name, its headings, its rows with their numbers."""

    @property
    def sheet(self) -> str: ...
    @property
    def header_row(self) -> int: ...
    @property
    def columns(self) -> Columns: ...
    @property
    def rows(self) -> Iterable[tuple[int, list[Any]]]: ...


@dataclass(slots=True)
class Census:
    """What a file holds. ``ok`` when nothing stands against importing it."""

    rows: int
    households: list[HouseholdRow]
    findings: Findings
    unknown_columns: list[dict[str, str]]
    duplicates: list[Likely] = field(default_factory=list)
    existing: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether the file may be imported: no wrong cell."""
        return not self.findings.errors

    @property
    def members(self) -> int:
        """How many persons."""
        return sum(len(household.members) for household in self.households)

    def people(self) -> Iterator[PersonRow]:
        """Every person in the order of the households."""
        for household in self.households:
            yield from household.members

    def find_duplicates(
        self,
        existing: Sequence[Identity] = (),
        named: dict[str, dict[str, Any]] | None = None,
        tick: Tick = silent,
    ) -> None:
        """Compare within the file and against persons who are already stored."""
        self.existing = named or {}
        self.duplicates = likely_duplicates(
            list(self.identities()),
            existing,
            at_least=POSSIBLE,
            tick=lambda *done: tick("duplicates", *done),
        )

    def identities(self) -> Iterator[Identity]:
        """Every person as the comparison wants them; the key is ``sheet:row``."""
        for household in self.households:
            area = f"{household.rw}/{household.rt}".strip("/")
            place = household.address.lower() or area
            home = household.number or f"{household.sheet}:{household.row}"
            for person in household.members:
                yield Identity(
                    key=f"{person.sheet}:{person.row}",
                    name=name_key(person.name),
                    born=person.born,
                    precision=person.born_precision,
                    sex=person.sex,
                    nik=person.nik,
                    place=place,
                    household=home,
                    area=area if household.rt else "",
                )

    def as_json(self, translate: Translate | None = None) -> dict[str, Any]:
        """The document that the doors promise."""
        counts = {"rows": self.rows, "households": len(self.households), "members": self.members}
        return as_document(
            counts,
            self.findings,
            self.duplicates_as_json(translate),
            self.unknown_columns,
            translate,
        )

    def duplicates_as_json(self, translate: Translate | None = None) -> list[dict[str, Any]]:
        """``{"first", "second", "score", "reasons"}`` with sheet, row and name of each."""
        wanted = {key for each in self.duplicates for key in (each.first, each.second)}
        place = {}
        for person in self.people():
            key = f"{person.sheet}:{person.row}"
            if key in wanted:
                place[key] = {"sheet": person.sheet, "row": person.row, "name": person.name}
        place.update((key, self.existing[key]) for key in wanted & self.existing.keys())
        return [
            {
                "first": place[each.first],
                "second": place[each.second],
                "score": each.score,
                "reasons": [sign(kind).say(translate) for kind in each.kinds],
            }
            for each in self.duplicates
        ]


def unseen_doubles(census: Census) -> list[Reason]:
    """Why a file may not be stored before somebody looked at its likely doubles; nothing where it has none."""
    count = sum(each.score >= LIKELY for each in census.duplicates)
    if not count:
        return []
    return [
        Reason(
            "households.upload.doubles",
            "{count} pairs of this file are likely the same person; nothing was stored. Look at them; correct the file, or import it with --accept-doubles where they are different people.",
            {"count": count},
        )
    ]


SIGNS = {
    reason.clause.rsplit(".", 1)[-1]: reason
    for reason in (
        Reason("households.duplicates.same_nik", "same NIK"),
        Reason("households.duplicates.similar_nik", "nearly the same NIK"),
        Reason("households.duplicates.same_name", "same name"),
        Reason("households.duplicates.similar_name", "similar name"),
        Reason("households.duplicates.part_of_name", "one name is part of the other"),
        Reason("households.duplicates.same_word", "one word of the name is the same"),
        Reason("households.duplicates.same_birth_date", "same date of birth"),
        Reason(
            "households.duplicates.similar_birth_date", "one or two digits of the birth date differ"
        ),
        Reason("households.duplicates.swapped_birth_date", "day and month of birth are swapped"),
        Reason("households.duplicates.same_birth_year", "same year of birth"),
        Reason("households.duplicates.same_place", "same address"),
        Reason("households.duplicates.similar_place", "similar address"),
        Reason("households.duplicates.same_area", "same RT"),
        Reason("households.duplicates.same_household", "same household"),
    )
}


def sign(kind: str) -> Reason:
    """The sentence for one kind of evidence."""
    return SIGNS[kind]


def check_census(
    sheets: Iterable[Sheet],
    today: date,
    ward: str = "",
    *,
    places: Collection[tuple[str, str]] = (),
    duplicates: bool = True,
    tick: Tick = silent,
) -> Census:
    """Check a file's sheets. Raises ``Refusal`` where no sheet holds a census at all.

    ``tick`` is told the stage (``check``, ``duplicates``), how much is done, and of how much (0 where
    nobody knows). ``places``: RWs and RTs that the ward has by now; others are asked about, unless there
    are none yet.
    """
    findings = Findings()
    grouping = Grouping(findings)
    rows, unknown = 0, []
    census_sheets = [sheet for sheet in sheets if kind_of(sheet.columns)]
    people = [sheet for sheet in census_sheets if kind_of(sheet.columns) != "households"]
    if not people:
        _refuse_without_people(census_sheets)
    wanted = _one_shape(census_sheets, people)
    for sheet in sorted(wanted, key=lambda each: kind_of(each.columns) != "households"):
        reader = RowReader(sheet.sheet, sheet.columns, findings, today, ward)
        unknown += [{"sheet": sheet.sheet, "column": name} for name in sheet.columns.unknown]
        _check_headings(sheet, reader, wanted)
        rows += read_sheet(sheet, reader, grouping, tick)
    if not rows:
        raise refuse("households.census.no_rows", "There are headings, but no rows below them.")
    census = Census(rows, list(grouping.households.values()), findings, unknown)
    columns = {s.sheet: s.columns for s in wanted}
    check_households(census.households, findings, columns, grouping.stray)
    check_numbers(census.households, findings, columns)
    ask_ages(census.households, findings, columns)
    ask_places(census.households, places, findings, columns)
    if duplicates:
        census.find_duplicates(tick=tick)
    return census


def kind_of(columns: Columns) -> str:
    """What a sheet lists: ``members``, ``heads`` (one row a household), ``households``, or ``""``."""
    at = columns.at.keys()
    named = at & {"name", "given_name"}
    if named and at & {"relation", "is_head"}:
        return "members"
    if "head_name" in at or (named and "members" in at):
        return "heads"
    if named and at & {"sex", "born", "nik"}:
        return "unrelated"
    return "households" if "number" in at and len(at) > 1 else ""


def _refuse_without_people(sheets: Sequence[Sheet]) -> None:
    raise refuse(
        "households.census.no_names",
        "No sheet lists people by name with their relation to the head. Headings such as Nama and "
        "Hubungan (or Nama kepala keluarga and Jumlah anggota) are needed.",
        where={"sheets": [sheet.sheet for sheet in sheets]},
    )


def _one_shape(sheets: Sequence[Sheet], people: Sequence[Sheet]) -> list[Sheet]:
    """Households are taken from their own sheet only where people point to it by number."""
    filled = [sheet for sheet in people if _has_rows(sheet)]
    joined = [sheet for sheet in filled if "number" in sheet.columns.at]
    households = [sheet for sheet in sheets if kind_of(sheet.columns) == "households"]
    if joined or not filled:
        return [*households, *(joined or people)]
    return filled


def _has_rows(sheet: Sheet) -> bool:
    return next(iter(sheet.rows), None) is not None


def _check_headings(sheet: Sheet, reader: RowReader, all_sheets: Sequence[Sheet]) -> None:
    heading = Cell(sheet.sheet, sheet.header_row, "", "")
    if kind_of(sheet.columns) == "unrelated":
        reason = Reason(
            "households.census.no_relation",
            "There is no column for the relation to the head of the household (Hubungan); without "
            "it the list does not say who lives together.",
        )
        reader.findings.wrong(heading, reason)
    for first, second in sheet.columns.twice:
        if field_of(second) == "surveyed":
            continue
        reason = Reason(
            "households.census.column_twice",
            "The columns {first} and {second} mean the same; only the first is read.",
            {"first": first, "second": second},
        )
        reader.findings.doubtful(Cell(sheet.sheet, sheet.header_row, second, ""), reason)
    if kind_of(sheet.columns) == "households":
        return
    if not any(each.columns.at.keys() & {"rw", "rtrw"} for each in all_sheets):
        reason = Reason(
            "households.census.no_rw",
            "There is no column for RW; the households are stored without it.",
        )
        reader.findings.doubtful(heading, reason)
    if not reader.has("sex"):
        reason = Reason(
            "households.census.no_sex",
            "There is no column for the sex; women cannot be counted from this list.",
        )
        reader.findings.doubtful(heading, reason)


def read_sheet(sheet: Sheet, reader: RowReader, grouping: Grouping, tick: Tick = silent) -> int:
    """Read every row of a sheet into households and members; returns how many rows."""
    kind = kind_of(sheet.columns)
    grouping.last = None
    count = 0
    for count, (number, found) in enumerate(sheet.rows, start=1):
        cells = reader.readable(number, found)
        if kind == "households":
            grouping.add_household(reader, number, cells)
        elif kind != "unrelated":
            _read_person(kind, reader, grouping, number, cells)
        if count % 5000 == 0:
            tick("check", count, 0)
    grouping.listed = grouping.listed or kind == "households"
    return count


def _read_person(
    kind: str, reader: RowReader, grouping: Grouping, number: int, cells: Sequence[Any]
) -> None:
    relation = "head" if kind == "heads" else _relation(reader, number, cells)
    if relation == "outsider":
        _note_outsider(reader, number, cells)
        return
    household = grouping.household_of(reader, number, cells, relation == "head")
    surveyed = household.surveyed if household else None
    person = reader.person(number, cells, relation, surveyed or reader.today)
    if household is not None:
        household.heads_only = kind == "heads"
        household.members.append(person)


def _relation(reader: RowReader, number: int, cells: Sequence[Any]) -> str:
    if reader.has("relation"):
        found = reader.read("relation", values.read_relation, number, cells)
        if found is None and is_empty(reader.raw("relation", cells)):
            reason = Reason(
                "households.census.relation_missing",
                "Give the relation to the head of the household, such as kepala keluarga or anak.",
            )
            reader.wrong("relation", number, cells, reason)
        return found or "other"
    is_head = reader.read("is_head", values.read_yes_no, number, cells)
    return "head" if is_head else "other"


def _note_outsider(reader: RowReader, number: int, cells: Sequence[Any]) -> None:
    reason = Reason(
        "households.census.outsider",
        "This person is no member of a household; the row is left out.",
    )
    reader.doubtful("relation", number, cells, reason)
