"""What the rules of a vote need to know, gathered from its sheets and the rooms below."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.elections.rules import Box, Tally
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.planning.models import KioskBallot, Sheet, Station, Vote
from pendamping.planning.rules import allocation, election, opinion, sheets
from pendamping.planning.rules.ballots import Ballot, of_kept
from pendamping.planning.rules.guide import VoteRule, kept_rule, poorest, read_rule

FIGURES = ("voters", "women", "invalid", "spoiled", "left", "lost")


def rule_on(ward: str, on: date) -> VoteRule:
    """The guideline's rule of votes on a day."""
    text = guidelines.in_force(ward, on)
    return read_rule(text.section("vote"), text.code)


def rule(vote: Vote) -> VoteRule:
    """The rule that was kept with the vote."""
    return kept_rule(vote.rule)


def poorest_places(ward: str, kept: VoteRule) -> list[str]:
    """The poorest RTs of the ward as it is, ``01/02``."""
    found = poorest(households.poor_by_place(ward), kept.poorest_rts_percent)
    return [f"{rw}/{rt}" for rw, rt in found]


def box(station: Station, names: int) -> Box:
    """What the station had; ``names``: how many proposals one ballot may name."""
    return Box(station.eligible, station.last - station.first + 1, names)


@dataclass(frozen=True, slots=True)
class Typed:
    """A sheet as the rules read it, with what was given at the kiosk beside the ballots on paper."""

    sheet: Sheet
    tally: Tally
    ballots: list[Ballot]


def typed(stations: Iterable[Station]) -> dict[str, list[Typed]]:
    """By station: the sheets that hold, the earliest first."""
    found: dict[str, list[Typed]] = defaultdict(list)
    at = {one.id: one for one in stations}
    boxes = given(list(at))
    rows = Sheet.objects.filter(station__in=list(at.values()), holds=True)
    forms = {vote.id: rule(vote).form for vote in {one.vote for one in at.values()}}
    for one in rows.select_related("typed_by").order_by("entered_at", "id"):
        form = forms[at[one.station_id].vote_id]
        ballots = [of_kept(ballot, form) for ballot in [*one.ballots, *boxes[one.station_id]]]
        figures = {name: getattr(one, name) for name in FIGURES}
        found[one.station_id].append(Typed(one, sheets.tally(figures, ballots), ballots))
    return found


def given(stations: Iterable[str]) -> dict[str, list[Any]]:
    """By station: the ballots of its kiosk, as they are kept; in the order of keys that say nothing."""
    found: dict[str, list[Any]] = defaultdict(list)
    for one in KioskBallot.objects.filter(station_id__in=list(stations)).order_by("id"):
        found[one.station_id].append(one.ballot)
    return found


def agreed(typed_: list[Typed]) -> Typed | None:
    """The sheet that two people typed alike."""
    place = sheets.alike([(one.tally, one.ballots) for one in typed_])
    return None if place is None else typed_[place]


@dataclass(frozen=True, slots=True)
class Counted:
    """What all stations say together; ``places``, ``sexes``: of each ballot, the RT it came from and P or L."""

    opinion: opinion.Opinion
    places: list[str]
    sexes: list[str]
    voters: int
    women: int
    eligible: int


def counted(vote: Vote) -> Counted:
    """The result of the stations that two people typed alike, by the rule that the vote keeps."""
    options = list(vote.options.order_by("number"))
    kept, of_poorest = rule(vote), set(vote.poorest)
    projects = [election.Project(key(one.number), one.cost, one.title) for one in options]
    ballots: list[Mapping[str, int]] = []
    places, sexes = list[str](), list[str]()
    stations = list(vote.stations.order_by("number").select_related("vote"))
    by_station = typed(stations)
    sheets_ = [(one, agreed(by_station[one.id])) for one in stations]
    for station, sheet in sheets_:
        for ballot in sheet.ballots if sheet else ():
            ballots.append({key(number): weight for number, weight in ballot.marks})
            sexes.append(ballot.sex)
            places.append(f"{station.rw}/{station.rt}")
    first = frozenset(key(one.number) for one in options if one.place in of_poorest)
    apart = tuple(frozenset(map(key, one)) for one in kept.exclusive)
    what = election.of(vote.budget, projects, ballots, kept.ballot)
    outcome = allocation.allocate(what, kept.method(first, apart))
    said = [sheet.tally for _station, sheet in sheets_ if sheet]
    return Counted(
        opinion.second_opinion(outcome), places, sexes, sum(one.voters for one in said),
        sum(one.women for one in said), sum(one.eligible for one in stations),
    )  # fmt: skip


def key(number: int) -> str:
    """The id of an option in a count; as texts they stand in the order of their numbers."""
    return f"{number:04d}"
