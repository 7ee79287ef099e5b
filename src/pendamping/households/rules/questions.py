"""What a census may rightly say and is still asked about: ages between generations, RTs nobody knew of.

Status *default*, ours (handbook 3.2 asks for names that can be checked, not for these). A question does not
stop the import: a stepmother may be younger than her child, and an RT may be new. One thing is wrong all the
same: a parent and a child born on one and the same day, which is a date copied into the row below. Where
only the year is known it is given alone, and asked about.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from pendamping.households.rules.columns import Columns
from pendamping.households.rules.findings import Cell, Findings
from pendamping.households.rules.rows import HouseholdRow, PersonRow
from pendamping.households.rules.whole import heading
from pendamping.kernel.refusal import Reason

YOUNGEST_PARENT, OLDEST_MOTHER = 12, 60
GENERATIONS: Mapping[str, int] = {
    "child": 1, "grandchild": 2, "parent": -1, "parent_in_law": -1, "child_in_law": 0,
}  # fmt: skip
"""How many generations below the head a relation stands; a child's spouse is only not held to be born first."""

GENERATION_APART = ("child", "grandchild", "parent")

By_sheet = Mapping[str, Columns]
Ask = Callable[[PersonRow, Reason], None]


def ask_ages(households: Sequence[HouseholdRow], findings: Findings, columns: By_sheet) -> None:
    """Children older than the head, parents younger, generations too near, mothers too old."""
    for household in households:
        heads = [person for person in household.members if person.relation == "head"]
        if len(heads) != 1 or heads[0].born is None:
            continue
        for person in household.members:
            at = heading(person.sheet, "born", columns)
            cell = Cell(person.sheet, person.row, at, str(person.born))
            if _copied(person, heads[0]):
                values = {"name": person.name, "head": heads[0].name}
                reason = Reason("households.census.born_same_day", _SAME_DAY.text, values)
                findings.wrong(cell, reason)
                continue
            for reason in _about(person, heads[0]):
                findings.doubtful(cell, reason)


def _copied(person: PersonRow, head: PersonRow) -> bool:
    """Whether a parent and a child bear the same date, both to the day."""
    exact = person.born_precision == head.born_precision == "day"
    return exact and person.relation in GENERATION_APART and person.born == head.born


def _about(person: PersonRow, head: PersonRow) -> Iterator[Reason]:
    below = GENERATIONS.get(person.relation)
    if not below or person.born is None or head.born is None:
        return
    older, younger = (head, person) if below > 0 else (person, head)
    years = _years(older, younger)
    values = {"name": person.name, "head": head.name, "years": abs(years)}
    if years < 0:
        text = _BORN_FIRST if below > 0 else _BORN_AFTER
        yield Reason("households.census.ages", text.text, values)
    elif years < YOUNGEST_PARENT * abs(below):
        yield Reason("households.census.ages", _TOO_NEAR.text, values)
    elif (
        abs(below) == 1
        and older.sex == "P"
        and years > OLDEST_MOTHER
        and "in_law" not in person.relation
    ):
        yield Reason("households.census.ages", _TOO_FAR.text, values)


def _years(older: PersonRow, younger: PersonRow) -> int:
    """Whole years between two births, below zero where the one called older was born later; years alone
    where one of the dates is only a year."""
    one, two = older.born, younger.born
    assert one is not None and two is not None
    whole = "year" not in (older.born_precision, younger.born_precision)
    if not whole:
        return two.year - one.year
    if two < one:
        return -max(1, one.year - two.year)
    return two.year - one.year - ((two.month, two.day) < (one.month, one.day))


_SAME_DAY = Reason(
    "",
    "{name} and {head}, the head of the household, cannot be born on the same day as parent and child. Correct the date or the relation; where the day is not known, give the year alone.",
)
_BORN_FIRST = Reason(
    "",
    "{name} is older than {head}, the head of the household. Is the relation right, and are both dates?",
)
_BORN_AFTER = Reason(
    "",
    "{name} is younger than {head}, the head of the household. Is the relation right, and are both dates?",
)
_TOO_NEAR = Reason(
    "",
    "Between {name} and {head} there are only {years} years. Is the relation right, and are both dates?",
)
_TOO_FAR = Reason(
    "",
    "Between {name} and {head} there are {years} years, many between a mother and her child. Are both dates right?",
)


def ask_places(
    households: Sequence[HouseholdRow],
    known: Collection[tuple[str, str]],
    findings: Findings,
    columns: By_sheet,
) -> None:
    """RWs and RTs that the ward does not have so far, each once; nothing where it has none yet."""
    if not known:
        return
    found: dict[tuple[str, str], list[HouseholdRow]] = {}
    for household in households:
        place = (household.rw, household.rt)
        if all(place) and place not in known:
            found.setdefault(place, []).append(household)
    wards = {rw for rw, _rt in known}
    for (rw, rt), homes in sorted(found.items()):
        name, value = ("rt", rt) if rw in wards else ("rw", rw)
        cell = Cell(homes[0].sheet, homes[0].row, heading(homes[0].sheet, name, columns), value)
        findings.doubtful(cell, Reason("households.census.new_place", _NEW.text,
                                       {"rw": rw, "rt": rt, "count": len(homes)}))  # fmt: skip


_NEW = Reason(
    "",
    "The ward has no RT {rt} in RW {rw} so far; {count} households of this file are there. Is it new, or a slip? If it is stored, the RT comes into the ward's list.",
)
