"""What only shows when a household, or the whole file, is seen at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pendamping.households.rules.columns import ALIASES, Columns
from pendamping.households.rules.findings import Cell, Findings
from pendamping.households.rules.names import name_key
from pendamping.households.rules.rows import HouseholdRow, PersonRow
from pendamping.kernel.refusal import Reason

By_sheet = Mapping[str, Columns]
DUMMY_FROM = 3  # so many different people with one NIK: somebody filled the column with a dummy


def check_households(
    households: Sequence[HouseholdRow],
    findings: Findings,
    columns: By_sheet,
    stray: Sequence[HouseholdRow] = (),
) -> None:
    """One head in each household, RW and RT where the file has them, as many members as stated; of rows
    without a number of their own (``stray``) RW and RT alone."""
    asked = {name for each in columns.values() for name in each.at}
    asked |= {"rw", "rt"} if "rtrw" in asked else set()
    for household in stray:
        _check_area(household, findings, columns, asked)
    for household in households:
        _check_heads(household, findings, columns)
        _check_area(household, findings, columns, asked)
        stated, listed = household.stated_members, len(household.members)
        if stated is not None and not household.heads_only and stated != listed:
            reason = Reason(
                "households.census.members_differ",
                "{stated} members are stated, {listed} are listed; those listed are stored.",
                {"stated": stated, "listed": listed},
            )
            findings.doubtful(_at(household, "members", str(stated), columns), reason)


def _check_heads(household: HouseholdRow, findings: Findings, columns: By_sheet) -> None:
    if not household.members:
        reason = Reason("households.census.no_members", "No member of this household is listed.")
        findings.wrong(_at(household, "number", household.number, columns), reason)
        return
    heads = [person for person in household.members if person.relation == "head"]
    if not heads:
        first = household.members[0]
        reason = Reason(
            "households.census.no_head",
            "This household has no head. Exactly one member must be kepala keluarga.",
        )
        findings.wrong(_of(first, "relation", first.relation_written, columns), reason)
    for second in heads[1:]:
        reason = Reason(
            "households.census.two_heads",
            "This household already has a head in row {row}. If this is another household, it needs its own "
            "number, RW and RT.",
            {"row": heads[0].row},
        )
        findings.wrong(_of(second, "relation", second.relation_written, columns), reason)


def _check_area(
    household: HouseholdRow, findings: Findings, columns: By_sheet, asked: set[str]
) -> None:
    for name, value in (("rw", household.rw), ("rt", household.rt)):
        if value or name not in asked or name in household.said_at:
            continue
        place = _at(household, name, "", columns)
        already = findings.errors and any(
            each.row == place.row and each.column == place.column and each.sheet == place.sheet
            for each in findings.errors[-400:]
        )
        if not already:
            reason = Reason(
                "households.census.area_missing", "Give the RW and RT of every household."
            )
            findings.wrong(place, reason)


def check_numbers(
    households: Sequence[HouseholdRow], findings: Findings, columns: By_sheet
) -> None:
    """One NIK belongs to one person; a number that many share is a dummy and counts as missing."""
    people: defaultdict[str, list[PersonRow]] = defaultdict(list)
    cards: defaultdict[str, list[HouseholdRow]] = defaultdict(list)
    for household in households:
        cards[household.kk].append(household)
        for person in household.members:
            people[person.nik].append(person)
    people.pop("", None)
    cards.pop("", None)
    for nik, sharing in people.items():
        if nik in cards or len(sharing) > 1:
            _check_shared_nik(nik, sharing, findings, columns, is_kk=nik in cards)
    _check_cards(cards, findings, columns)


def _check_cards(
    cards: Mapping[str, Sequence[HouseholdRow]], findings: Findings, columns: By_sheet
) -> None:
    for kk, owners in cards.items():
        for later in owners[1:]:
            reason = Reason(
                "households.census.kk_shared",
                "The household in row {row} has the same family card; both are stored apart.",
                {"row": owners[0].row},
            )
            findings.doubtful(_at(later, "kk", kk, columns), reason)


def _nik_is_kk() -> Reason:
    return Reason(
        "households.census.nik_is_kk",
        "This is the number of the family card, not the NIK of the person.",
    )


def _check_shared_nik(
    nik: str, sharing: Sequence[PersonRow], findings: Findings, columns: By_sheet, *, is_kk: bool
) -> None:
    if is_kk:
        for person in sharing:
            findings.wrong(_of(person, "nik", nik, columns), _nik_is_kk())
        return
    if len({name_key(person.name) for person in sharing}) >= DUMMY_FROM:
        for person in sharing:
            person.nik = ""
            reason = Reason(
                "households.census.nik_dummy",
                "{count} people have this same NIK; it is taken as not known and stored as missing.",
                {"count": len(sharing)},
            )
            findings.doubtful(_of(person, "nik", nik, columns), reason)
        return
    for later in sharing[1:]:
        reason = Reason(
            "households.census.nik_twice",
            "The person in row {row} has the same NIK: {name}.",
            {"row": sharing[0].row, "name": sharing[0].name},
        )
        findings.wrong(_of(later, "nik", nik, columns), reason)


def _at(household: HouseholdRow, name: str, value: str, columns: By_sheet) -> Cell:
    return Cell(household.sheet, household.row, heading(household.sheet, name, columns), value)


def _of(person: PersonRow, name: str, value: str, columns: By_sheet) -> Cell:
    return Cell(person.sheet, person.row, heading(person.sheet, name, columns), value)


def heading(sheet: str, name: str, columns: By_sheet) -> str:
    """How the file itself calls a column."""
    own = columns.get(sheet)
    if own is None:
        return ALIASES[name][0]
    if name in {"rw", "rt"} and name not in own.at and "rtrw" in own.at:
        return own.heading("rtrw")
    return own.heading(
        name if name != "relation" or name in own.at else "is_head" if "is_head" in own.at else name
    )
