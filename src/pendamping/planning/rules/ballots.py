"""A ballot and how it is typed: approval, ranking, points or one choice; with the sex of who voted where it is kept."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pendamping.kernel.refusal import N_, Reason
from pendamping.planning.rules.election import Kind

SEXES = ("P", "L")  # perempuan, laki-laki: printed on the ballot and typed before its numbers


@dataclass(frozen=True, slots=True)
class Form:
    """What may stand on a ballot.

    ``marks``: at most so many proposals are ticked or ranked (one on a ballot of one choice). ``points``: each
    voter gives out at most so many, ``most`` of them to one proposal. ``by_sex``: the ballot says P or L.
    """

    kind: Kind = "approval"
    marks: int = 3
    points: int = 10
    most: int = 5
    by_sex: bool = False

    def names(self, options: int) -> int:
        """How many proposals one ballot may name.

        >>> Form("one", 3).names(8), Form("points").names(8), Form("ranking", 3).names(8)
        (1, 8, 3)
        """
        return {"one": 1, "points": options}.get(self.kind, self.marks)


@dataclass(frozen=True, slots=True, order=True)
class Ballot:
    """One valid ballot: number of each proposal with its weight; the best place of a ranking weighs most."""

    marks: tuple[tuple[int, int], ...] = ()
    sex: str = ""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The proposals that it names, of a ranking the first place first."""
        return tuple(number for number, _weight in self.marks)


def of_numbers(numbers: Sequence[int], form: Form, sex: str = "") -> Ballot:
    """A ballot that ticks or ranks these.

    >>> of_numbers([5, 2], Form("ranking", 3)).marks
    ((5, 3), (2, 2))
    >>> of_numbers([5, 2], Form("approval", 3)).marks
    ((2, 1), (5, 1))
    """
    if form.kind == "ranking":
        return Ballot(tuple((one, form.marks - place) for place, one in enumerate(numbers)), sex)
    return Ballot(tuple((one, 1) for one in sorted(numbers)), sex)


def kept(ballot: Ballot, form: Form) -> list[Any]:
    """As a sheet keeps it: ``[1, 4]``, a ranking in its order, with points ``[[1, 6], [4, 4]]``; P or L before it.

    >>> kept(Ballot(((1, 6), (4, 4)), "P"), Form("points", by_sex=True))
    ['P', [1, 6], [4, 4]]
    """
    marks: list[Any] = list(ballot.numbers)
    if form.kind == "points":
        marks = [list(pair) for pair in ballot.marks]
    return [ballot.sex, *marks] if ballot.sex else marks


def of_kept(found: Sequence[Any], form: Form) -> Ballot:
    """What a sheet kept, as a ballot again."""
    sex = found[0] if found and isinstance(found[0], str) else ""
    marks = found[1:] if sex else found
    if form.kind == "points":
        return Ballot(tuple((number, points) for number, points in marks), sex)
    return of_numbers(list(marks), form, sex)


def said(ballot: Ballot, form: Form) -> str:
    """A ballot as it is typed.

    >>> said(Ballot(((1, 6), (4, 4)), "P"), Form("points", by_sex=True))
    'P 1:6 4:4'
    """
    marks = [f"{number}:{weight}" if form.kind == "points" else str(number) for number, weight in ballot.marks]  # fmt: skip
    return " ".join([ballot.sex, *marks] if ballot.sex else marks)


def read_ballots(
    text: str, options: int, form: Form, clause: str
) -> tuple[list[Ballot], list[Reason]]:
    """The valid ballots of a station, or every line that cannot be one, with its reason.

    A line holds the numbers of the marked proposals, apart by spaces or commas (``1 4 5``); of a ranking the first
    place first; with points each number with its points (``1:6 4:4``); P or L before them where ballots tell it.
    ``options``: how many stand on the ballot; ``clause``: where the guideline says so.

    >>> [one.numbers for one in read_ballots("1 4\\n\\n5,2 1", 5, Form(), "x")[0]]
    [(1, 4), (1, 2, 5)]
    >>> read_ballots("L 4:7 1:3", 5, Form("points", most=7, by_sex=True), "x")[0]
    [Ballot(marks=((1, 3), (4, 7)), sex='L')]
    """
    found, reasons = list[Ballot](), list[Reason]()
    for row, line in enumerate(text.splitlines(), 1):
        parts = [part for part in re.split(r"[\s,;.]+", line.strip()) if part]
        if not parts:
            continue
        sex = parts[0].upper() if parts[0].upper() in SEXES else ""
        marks = _marks(parts[1:] if sex else parts, form)
        if marks is None or (form.by_sex and not sex) or (sex and not form.by_sex):
            reasons.append(_not_read(row, form))
            continue
        reasons += problems(row, marks, options, form, clause)
        if form.kind == "points":
            found.append(Ballot(tuple(sorted(marks)), sex))
        else:
            found.append(of_numbers([number for number, _one in marks], form, sex))
    return found, reasons


def _marks(parts: Sequence[str], form: Form) -> list[tuple[int, int]] | None:
    """Number and points of each mark as typed; nothing where a part is none."""
    shape = r"(\d{1,4})[:=](\d{1,4})" if form.kind == "points" else r"(\d{1,4})()"
    read = [re.fullmatch(shape, part, re.ASCII) for part in parts]
    if not all(read):
        return None
    return [(int(one[1]), int(one[2] or 1)) for one in read if one]


def _not_read(row: int, form: Form) -> Reason:
    if form.by_sex:
        return _reason(row, N_("Line {row}: P or L stands first, then the numbers of proposals."))
    if form.kind == "points":
        return _reason(row, N_("Line {row}: each number stands with its points, such as 1:6."))
    return _reason(row, N_("Line {row}: only numbers of proposals stand here."))


def problems(
    row: int, marks: Sequence[tuple[int, int]], options: int, form: Form, clause: str
) -> list[Reason]:
    """What is wrong with one ballot; ``row``: its line as typed, or 1 for a ballot given at a kiosk."""
    numbers = [number for number, _points in marks]
    reasons = [
        _reason(row, N_("Line {row}: there is no proposal {number}."), number=number)
        for number in sorted(set(numbers))
        if not 1 <= number <= options
    ]
    if len(set(numbers)) < len(numbers):
        reasons.append(_reason(row, N_("Line {row}: a number stands there twice.")))
    return [*reasons, *_too_many(row, marks, form.names(options), form, clause)]


def _too_many(
    row: int, marks: Sequence[tuple[int, int]], most: int, form: Form, clause: str
) -> Iterator[Reason]:
    where = {"field": "ballots", "row": row}
    if len(marks) > most:
        text = N_(
            "Line {row}: {many} proposals are marked, at most {marks} may be; such a ballot is invalid."
        )
        yield Reason(clause, text, {"row": row, "many": len(marks), "marks": most}, where)
    if form.kind != "points":
        return
    given = sum(points for _number, points in marks)
    if given > form.points:
        text = N_("Line {row}: {given} points are given out, at most {points} may be.")
        yield Reason(clause, text, {"row": row, "given": given, "points": form.points}, where)
    if any(not 0 < points <= form.most for _number, points in marks):
        text = N_("Line {row}: a proposal gets at least one point and at most {most}.")
        yield Reason(clause, text, {"row": row, "most": form.most}, where)


def _reason(row: int, text: str, **values: int) -> Reason:
    return Reason(
        "planning.ballots", text, {"row": row, **values}, {"field": "ballots", "row": row}
    )
