"""Read an election from a Pabulib file (``.pb``).

Source: Piotr Faliszewski and others, "Participatory Budgeting: Data, Tools, and Analysis" (2023); the format is kept
at pabulib.org. Three parts, META, PROJECTS and VOTES, each a table with ``;`` between its cells; texts in UTF-8.
"""

import csv
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from pendamping.kernel.refusal import N_, Reason, Refusal
from pendamping.planning.rules.election import Election, Kind, Project

KINDS: dict[str, Kind] = {
    "approval": "approval",
    "choose-1": "one",
    "cumulative": "points",
    "scoring": "points",
    "ordinal": "ranking",
}
PARTS = ("META", "PROJECTS", "VOTES")
NEEDED = {
    "META": ("key", "value"),
    "PROJECTS": ("project_id", "cost"),
    "VOTES": ("voter_id", "vote"),
}
MOST = 200  # so many reasons are enough to mend a file

Row = tuple[int, dict[str, str]]


def read(content: bytes, filename: str) -> Election:
    """The election in a file; a :class:`Refusal` names every line that cannot be, with its reason.

    A project that stands twice on one approval ballot counts once: real counts hold such ballots.
    """
    faults = Faults(filename)
    parts = _parts(_text(content, faults), faults)
    meta = _meta(parts["META"], faults)
    kind = KINDS.get(meta.get("vote_type", ""))
    costs = _projects(parts["PROJECTS"], faults)
    ballots = _Ballots(kind or "approval", list(costs), _longest(meta), faults)
    for row, cells in parts["VOTES"]:
        ballots.add(row, cells)
    budget = _head(meta, len(costs), len(ballots.voters), faults)
    faults.refuse()
    return ballots.election(budget, costs, meta)


@dataclass
class Faults:
    """What is wrong with a file, line by line."""

    filename: str
    reasons: list[Reason] = field(default_factory=list)

    def add(self, row: int | None, name: str, text: str, /, **values: str | int) -> None:
        """One reason; ``row`` counts the lines of the file from 1."""
        where: dict[str, str | int] = {"file": self.filename}
        if row:
            where["row"] = row
        if len(self.reasons) < MOST:
            self.reasons.append(Reason(f"planning.pabulib.{name}", text, values, where))

    def refuse(self) -> None:
        """Stop here where anything is wrong."""
        if self.reasons:
            raise Refusal(self.reasons)


def _text(content: bytes, faults: Faults) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        faults.add(row, "encoding", N_("This line is not text in UTF-8; save the file in UTF-8."))
        faults.refuse()
        raise


def _parts(text: str, faults: Faults) -> dict[str, list[Row]]:
    """The rows of each part, as cells by the name of their column, with the line each stands on."""
    found: dict[str, list[Row]] = {}
    lines = _lines(text, faults)
    part, columns = "", list[str]()
    for row, cells in lines:
        name = cells[0].strip().upper()
        if len(cells) == 1 and name in PARTS:
            part, columns = name, _columns(name, lines, row, faults)
            found.setdefault(part, [])
        elif not part:
            faults.add(row, "start", N_("The file begins with a line META; this one does not."))
            faults.refuse()
        else:
            found[part].append((row, dict(zip(columns, map(str.strip, cells), strict=False))))
    for name in PARTS:
        if name not in found:
            faults.add(None, "part", N_("The part {part} is missing."), part=name)
    faults.refuse()
    return found


def _lines(text: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Lines that hold something, as cells, with the number of their first line in the file."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=";")
    row = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            faults.add(row, "cells", N_("The cells of this line cannot be told apart."))
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield row, cells
        row = reader.line_num + 1


def _columns(
    part: str, lines: Iterator[tuple[int, list[str]]], row: int, faults: Faults
) -> list[str]:
    _row, cells = next(lines, (row, []))
    columns = [cell.strip().lower() for cell in cells]
    for name in NEEDED[part]:
        if name not in columns:
            faults.add(
                row,
                "column",
                N_("In {part} the column {column} is missing."),
                part=part,
                column=name,
            )
    faults.refuse()
    return columns


def _meta(rows: list[Row], faults: Faults) -> dict[str, str]:
    found: dict[str, str] = {}
    for row, cells in rows:
        key, value = cells.get("key", ""), cells.get("value", "")
        if key in found:
            faults.add(row, "meta-twice", N_("{name} stands here a second time."), name=key)
        found[key] = value
        if key == "vote_type" and value not in KINDS:
            faults.add(row, "vote-type", N_("The kind of ballot {name} is not known."), name=value)
    if "vote_type" not in found:
        faults.add(None, "vote-type", N_("META does not say the kind of ballot (vote_type)."))
    return found


def _longest(meta: dict[str, str]) -> int:
    text = meta.get("max_length", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def number(text: str) -> Fraction | None:
    """A decimal number, with a point or a comma; ``None`` where it is none.

    >>> number("400000.0"), number("12,5"), number("1e3"), number("")
    (Fraction(400000, 1), Fraction(25, 2), None, None)
    """
    plain = text.strip().replace(",", ".", 1)
    digits = plain.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 30:
        return None
    return Fraction(plain)


def _projects(rows: list[Row], faults: Faults) -> dict[str, tuple[Fraction, str]]:
    """Cost and name of each project, by its id."""
    found: dict[str, tuple[Fraction, str]] = {}
    for row, cells in rows:
        name, cost = cells.get("project_id", ""), number(cells.get("cost", ""))
        if not name:
            faults.add(row, "project-without-id", N_("This project has no project_id."))
        elif name in found:
            faults.add(
                row, "project-twice", N_("The project {name} stands here a second time."), name=name
            )
        elif cost is None:
            faults.add(row, "cost", N_("The cost of project {name} is not a number."), name=name)
        elif cost < 0:
            faults.add(
                row,
                "cost-negative",
                N_("The cost of project {name} is less than nothing."),
                name=name,
            )
        found[name] = (cost or Fraction(0), cells.get("name", ""))
    return found


def _head(meta: dict[str, str], projects: int, voters: int, faults: Faults) -> Fraction:
    """The budget; whether the file holds as much as it says."""
    budget = number(meta.get("budget", ""))
    if "budget" not in meta:
        faults.add(None, "budget", N_("META does not say the budget."))
    elif budget is None or budget <= 0:
        faults.add(None, "budget", N_("The budget is not a number above nothing."))
    for key, many in (("num_projects", projects), ("num_votes", voters)):
        if key in meta and meta[key] != str(many):
            faults.add(
                None, "count", N_("{name} says {said}, the file holds {found}: it may be cut off."),
                name=key, said=meta[key], found=many,
            )  # fmt: skip
    if not projects:
        faults.add(None, "empty", N_("The file names no project."))
    return budget or Fraction(0)


class _Ballots:
    """The rows of VOTES as choices, one after another."""

    def __init__(self, kind: Kind, projects: list[str], longest: int, faults: Faults) -> None:
        self.kind, self.faults = kind, faults
        self.place = {name: index for index, name in enumerate(projects)}
        self.longest = longest
        self.voters: set[str] = set()
        self.voter, self.choice = array("q"), array("q")
        self.points: list[Fraction | int] = []
        self.size = 0

    def add(self, row: int, cells: dict[str, str]) -> None:
        """One ballot."""
        who = cells.get("voter_id", "")
        if not who:
            self.faults.add(row, "voter-without-id", N_("This ballot has no voter_id."))
        elif who in self.voters:
            self.faults.add(row, "voter-twice", N_("The voter {name} has voted before."), name=who)
        number_ = len(self.voters)
        self.voters.add(who)
        names = [name.strip() for name in cells.get("vote", "").split(",") if name.strip()]
        if self.kind == "approval":
            names = list(dict.fromkeys(names))
        points = self._points(row, names, cells) if self.kind == "points" else None
        if not self._fits(row, names):
            return
        for place, name in enumerate(names):
            self.voter.append(number_)
            self.choice.append(self.place[name])
            self.points.append(1 if points is None else points[place])
        self.size = max(self.size, len(names))

    def _fits(self, row: int, names: list[str]) -> bool:
        """Whether a ballot names projects of this election, each once, and not too many."""
        before = len(self.faults.reasons)
        for name in dict.fromkeys(names):
            if name not in self.place:
                self.faults.add(
                    row,
                    "unknown",
                    N_("The ballot names {name}, which is no project here."),
                    name=name,
                )
        if len(set(names)) < len(names):
            self.faults.add(row, "named-twice", N_("The ballot names a project twice."))
        if self.kind == "one" and len(names) > 1:
            self.faults.add(
                row,
                "more-than-one",
                N_("The ballot names {many} projects; one is allowed."),
                many=len(names),
            )
        return len(self.faults.reasons) == before

    def _points(self, row: int, names: list[str], cells: dict[str, str]) -> list[Fraction]:
        texts = [text for text in cells.get("points", "").split(",") if text.strip()]
        found = [number(text) if len(text) < 10 else None for text in texts]
        good = [points for points in found if points is not None and points >= 0]
        if len(texts) != len(names):
            self.faults.add(
                row, "points-many", N_("The ballot names {many} projects and gives points to {points}."),
                many=len(names), points=len(texts),
            )  # fmt: skip
        elif len(good) < len(found):
            self.faults.add(
                row, "points", N_("Points are numbers of up to nine signs, not less than nothing.")
            )
        return good if len(good) == len(names) else [Fraction(0)] * len(names)

    def election(
        self, budget: Fraction, costs: dict[str, tuple[Fraction, str]], meta: dict[str, str]
    ) -> Election:
        """All of it in whole numbers."""
        unit = lcm(budget.denominator, *(cost.denominator for cost, _name in costs.values()))
        projects = tuple(
            Project(id_, int(cost * unit), name) for id_, (cost, name) in costs.items()
        )
        point = lcm(1, *{value.denominator for value in self.points})
        weight = array("q", (int(value * point) for value in self.points))
        if self.kind == "ranking":
            weight = self._places(max(self.longest or len(self.place), self.size))
        return Election(
            projects, int(budget * unit), self.kind, len(self.voters),
            self.voter, self.choice, weight, unit, point, meta,
        )  # fmt: skip

    def _places(self, longest: int) -> "array[int]":
        """Weights of rankings: choices of a voter stand one after another, first place first."""
        weights, before, place = array("q"), -1, 0
        for voter in self.voter:
            place = place + 1 if voter == before else 0
            before = voter
            weights.append(longest - place)
        return weights
