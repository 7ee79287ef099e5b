"""The medium-term plan (PJM Pronangkis): what may stand in it, what is carried forward, what changed."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pendamping.kernel.refusal import N_, Reason

PROGRAMME = "programme"  # the plan's source of money that the programme pays
MOST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A need as it stands in a plan; amounts in whole rupiah.

    ``year``: 1 for the plan's first year; ``None`` where it is not planned and carried forward.
    ``sources``: what each source gives. ``vote``: what a vote said of it: ``funded``, ``lost`` or nothing.
    ``cleared``: why the negative list does not mean it, although it has one of its words. ``excluded``: the
    entry of the negative list that it falls under.
    """

    key: str
    title: str
    component: str
    cost: int
    year: int | None = None
    sources: Mapping[str, int] = field(default_factory=dict)
    vote: str = ""
    note: str = ""
    cleared: str = ""
    excluded: str = ""

    @property
    def covered(self) -> int:
        """What all sources give together."""
        return sum(self.sources.values())

    @property
    def missing(self) -> int:
        """What no source gives yet; below zero where they give too much."""
        return self.cost - self.covered


@dataclass(frozen=True, slots=True)
class PlanRule:
    """What the guideline says of the plan. ``programme``: sources that the programme pays; ``negative``:
    the words of each entry of the negative list."""

    code: str
    years: int
    vote_binds: bool
    sources: tuple[str, ...]
    programme: frozenset[str]
    own: frozenset[str]
    components: frozenset[str]
    negative: Mapping[str, Sequence[str]]

    def from_programme(self, sources: Mapping[str, int]) -> int:
        """What the programme pays of it."""
        return sum(amount for key, amount in sources.items() if key in self.programme)


def warned(line: Line, negative: Mapping[str, Sequence[str]]) -> list[str]:
    """The entries of the negative list one of whose words stands in the line.

    >>> warned(Line("1", "Jalan menuju masjid", "physical", 5), {"worship": ["masjid"], "arms": ["senjata"]})
    ['worship']
    """
    said = f"{line.title} {line.note}".casefold()
    return [
        key
        for key, words in negative.items()
        if any(re.search(rf"\b{re.escape(word.casefold())}\b", said) for word in words)
    ]


def begun(line: Line, rule: PlanRule) -> Line:
    """A line as a draft begins: what a vote funded stands in the first year, paid by the programme."""
    if line.vote != "funded" or not rule.programme or line.excluded:
        return line
    first = next(key for key in rule.sources if key in rule.programme)
    return replace(line, year=1, sources={first: line.cost})


def line_problems(line: Line, rule: PlanRule) -> list[Reason]:
    """Why a line cannot stand in the plan as it is; a line that is carried forward has none."""
    if line.year is None:
        return []
    where, said = {"line": line.key}, {"title": line.title}
    found = []
    if not 1 <= line.year <= rule.years:
        text = N_("{title}: the plan runs for {years} years.")
        found.append(Reason(f"plan.{rule.code}.years", text, {**said, "years": rule.years}, where))
    if line.excluded:
        text = N_("{title}: the negative list excludes it.")
        found.append(Reason(f"negative_list.{rule.code}.{line.excluded}", text, said, where))
    elif not line.cleared.strip():
        text = N_("{title}: a word of the negative list stands in it. Say why it is not meant.")
        found += [
            Reason(f"negative_list.{rule.code}.{key}", text, said, {**where, "field": "cleared"})
            for key in warned(line, rule.negative)
        ]
    return found + _money_problems(line, rule, where)


def _money_problems(line: Line, rule: PlanRule, where: Mapping[str, str]) -> list[Reason]:
    said = {"title": line.title}
    found = []
    if any(key not in rule.sources or amount < 0 for key, amount in line.sources.items()):
        text = N_("{title}: the guideline knows no such source of money.")
        found.append(Reason(f"plan_sources.{rule.code}", text, said, where))
    if line.missing > 0:
        text = N_("{title}: {missing} rupiah are not covered yet.")
        found.append(Reason("planning.plan", text, {**said, "missing": line.missing}, where))
    if line.missing < 0:
        text = N_("{title}: the sources give {more} rupiah more than it costs.")
        found.append(Reason("planning.plan", text, {**said, "more": -line.missing}, where))
    if (
        rule.vote_binds
        and line.year == 1
        and line.vote == "lost"
        and rule.from_programme(line.sources)
    ):
        text = N_(
            "{title}: the vote did not fund it; no programme money in the first year. "
            "Plan it for a later year, or with other money."
        )
        found.append(Reason(f"plan.{rule.code}.vote_binds", text, said, where))
    return found


def plan_problems(lines: Sequence[Line], rule: PlanRule) -> list[Reason]:
    """Why a plan cannot be ratified yet, every reason at once."""
    if not any(line.year is not None for line in lines):
        return [Reason("planning.plan", N_("Nothing is planned yet: no line has a year."))]
    return [reason for line in lines for reason in line_problems(line, rule)]


def waits_because(line: Line) -> str:
    """Why a line without a year is not planned: ``excluded``, ``lost`` (a vote did not fund it),
    ``won`` (a vote funded it, no year is set) or ``open`` (no vote on it yet)."""
    if line.excluded:
        return "excluded"
    return {"lost": "lost", "funded": "won"}.get(line.vote, "open")


def by_year(lines: Iterable[Line], rule: PlanRule) -> dict[int, dict[str, int]]:
    """What each year asks of each source, all years of the plan."""
    found = {year: dict.fromkeys(rule.sources, 0) for year in range(1, rule.years + 1)}
    for line in lines:
        for key, amount in line.sources.items():
            if line.year in found and key in found[line.year]:
                found[line.year][key] += amount
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a need from one version to the next.

    ``kind``: ``new``, ``gone``, ``planned`` (it got a year), ``put-off`` (it lost it), ``moved`` (another
    year), ``money`` (cost or sources).
    """

    key: str
    kind: str
    old: Line | None
    new: Line | None


def compare(old: Iterable[Line], new: Iterable[Line]) -> list[Change]:
    """What changed between two versions, in the order of the newer, what is gone at the end.

    >>> a, b = Line("1", "Sumur", "physical", 5), Line("1", "Sumur", "physical", 5, year=2)
    >>> [one.kind for one in compare([a], [b, Line("2", "Jalan", "physical", 9)])]
    ['planned', 'new']
    """
    before = {line.key: line for line in old}
    found = []
    for line in new:
        was = before.pop(line.key, None)
        kind = "new" if was is None else _changed(was, line)
        if kind:
            found.append(Change(line.key, kind, was, line))
    return found + [Change(key, "gone", was, None) for key, was in before.items()]


def _changed(was: Line, line: Line) -> str:
    if was.year != line.year:
        if was.year is None:
            return "planned"
        return "put-off" if line.year is None else "moved"
    spent = {key: amount for key, amount in was.sources.items() if amount}
    now = {key: amount for key, amount in line.sources.items() if amount}
    return "money" if (was.cost, spent) != (line.cost, now) else ""
