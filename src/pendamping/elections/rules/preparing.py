"""Before the first ballot: size, days, stations and the ballots of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.elections.rules.guide import ElectionRule
from pendamping.kernel.refusal import N_, Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """A station to be set up: whose voters come here, what is counted together, its ballots.

    ``unit``: the place that elects: an RT as ``02/05`` (RW first), an RW as ``02``, the ward as ``""``.
    ``first`` and ``last``: serial numbers of its ballots.
    """

    unit: str
    rw: str
    rt: str
    eligible: int
    first: int
    last: int


def unit_at(level: str, rw: str, rt: str) -> str:
    """The place that elects at a level, for a voter of an RT."""
    return {"rt": f"{rw}/{rt}", "rw": rw, "ward": ""}[level]


def plan_stations(
    level: str, eligible: Mapping[tuple[str, str], int], spare_percent: int
) -> list[Plan]:
    """A station for each place with voters, numbered through; spare ballots are rounded up.

    ``eligible``: who may vote, by RW and RT of the station (an empty RT: a station of the whole RW, both
    empty: of the ward).

    >>> [(one.unit, one.first, one.last) for one in plan_stations("rt", {("01", "01"): 20, ("01", "02"): 10}, 5)]
    [('01/01', 1, 21), ('01/02', 22, 32)]
    """
    found, last = [], 0
    for (rw, rt), number in sorted(eligible.items()):
        if not number:
            continue
        first, last = last + 1, last + number - (-number * spare_percent // 100)
        found.append(Plan(unit_at(level, rw, rt), rw, rt, number, first, last))
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """An election as it is asked for. ``ends``: last day of the board of now, where there is one."""

    kind: str
    size: int
    votes_on: date
    term_since: date
    today: date
    practice: bool
    running: bool
    ends: date | None = None
    vacancies: int = 0


def preparing_problems(asked: Asked, rule: ElectionRule) -> list[Reason]:
    """Why this election cannot be prepared; every reason at once."""
    return [*_size(asked, rule), *_days(asked), *_beside(asked)]


def _size(asked: Asked, rule: ElectionRule) -> Iterator[Reason]:
    if asked.kind == "by_election":
        if not 1 <= asked.size <= asked.vacancies:
            yield Reason(
                "elections.vacancies",
                N_(
                    "A by-election fills empty seats: {vacancies} are empty, {size} were asked for."
                ),
                {"vacancies": asked.vacancies, "size": asked.size},
                {"field": "size"},
            )
        return
    least, most = rule.size_min, rule.size_max
    if not least <= asked.size <= most:
        yield Reason(
            rule.clause("size_min" if asked.size < least else "size_max"),
            N_("The board has {least} to {most} members, not {size}."),
            {"least": least, "most": most, "size": asked.size},
            {"field": "size"},
        )
    if rule.odd and asked.size % 2 == 0:
        yield Reason(
            rule.clause("odd"),
            N_("The board has an odd number of members, not {size}."),
            {"size": asked.size},
            {"field": "size"},
        )


def _days(asked: Asked) -> Iterator[Reason]:
    if asked.term_since < asked.votes_on:
        yield Reason(
            "elections.term",
            N_("The term begins on {since}, before the first vote on {votes}."),
            {"since": asked.term_since, "votes": asked.votes_on},
            {"field": "term_since"},
        )
    if asked.kind == "regular" and asked.ends is not None and asked.term_since <= asked.ends:
        yield Reason(
            "elections.term",
            N_("The board of now serves until {ends}; the next term begins after that day."),
            {"ends": asked.ends},
            {"field": "term_since"},
        )


def _beside(asked: Asked) -> Iterator[Reason]:
    if asked.running and not asked.practice:
        yield Reason(
            "elections.running",
            N_("Another election is under way in this ward; finish it or give it up first."),
            where={"field": "kind"},
        )


def witness_problems(names: Sequence[str], rule: ElectionRule) -> list[Reason]:
    """Whether enough different people witnessed a count."""
    different = {" ".join(name.lower().split()) for name in names} - {""}
    if len(different) >= rule.witnesses_min:
        return []
    return [
        Reason(
            rule.clause("witnesses_min"),
            N_("At least {least} witnesses sign, {count} are named."),
            {"least": rule.witnesses_min, "count": len(different)},
            {"field": "witnesses"},
        )
    ]
