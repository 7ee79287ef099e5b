"""The tallies of the stations, typed twice by two people."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.elections import facts
from pendamping.elections.actions.preparing import lock
from pendamping.elections.models import Round, Station, Tally
from pendamping.elections.rules import Tally as Counted
from pendamping.elections.rules import tally_problems
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action

FIGURES = ("voters", "women", "valid", "invalid", "spoiled", "left", "lost", "void_names")


@action
def enter_tallies(
    *, by: User, ward: str, round_id: str, tallies: Sequence[Mapping[str, Any]]
) -> list[Tally]:
    """What one person typed from the tally sheets of one station or of many.

    Each a mapping with ``station`` (id), the figures ``voters``, ``women``, ``valid``, ``invalid``,
    ``spoiled``, ``left``, ``lost``, ``void_names`` (missing: 0), ``votes`` (person id to votes) and
    ``note``. Typed again by the same person: the earlier figures no longer hold.
    """
    this = Round.objects.filter(pk=round_id, election__ward=ward).first()
    if this is None:
        raise refuse("elections.round", "There is no such vote here.", where={"round": round_id})
    lock(ward, this.election_id)
    allow(by, "elections.enter_tallies", ward)
    this.refresh_from_db()
    _may_be_typed(this)
    stations = {one.id: one for one in this.stations.all()}
    read_in = [(typed, read(typed)) for typed in tallies]
    known = facts.known_names(this, [one for _typed, tally in read_in for one in tally.votes])
    reasons: list[Reason] = []
    made = []
    for typed, tally in read_in:
        station = stations.get(str(typed.get("station")))
        if station is None:
            raise refuse("elections.station", "There is no such station in this vote.")
        reasons += _problems(this, station, tally, known, str(typed.get("note") or ""))
        made.append(_as_row(by, station, tally, str(typed.get("note") or "")))
    refuse_if(reasons)
    Tally.objects.filter(station__in=[one.station for one in made], typed_by=by, holds=True).update(
        holds=False
    )
    Tally.objects.bulk_create(made)
    record(
        by=by, ward=ward, record=f"election:{this.election_id}", on=this.held_on, round=this.number,
        stations=sorted(one.station.number for one in made),
        voters=sum(one.voters for one in made),
    )  # fmt: skip
    return made


def read(typed: Mapping[str, Any]) -> Counted:
    """The figures of a tally as they were handed over."""
    named = typed.get("votes") or {}
    if not isinstance(named, Mapping):
        raise _no_figure()
    votes = {str(person): _whole(votes) for person, votes in named.items() if votes}
    return Counted(**{name: _whole(typed.get(name) or 0) for name in FIGURES}, votes=votes)


def _whole(figure: Any) -> int:
    """A figure as it was typed; anything but a whole number is refused."""
    if isinstance(figure, int) and not isinstance(figure, bool):
        return figure
    if isinstance(figure, str) and re.fullmatch(r"\s*-?[0-9]{1,9}\s*", figure):
        return int(figure)
    raise _no_figure()


def _no_figure() -> Refusal:
    return refuse("elections.tally", "A figure of the tally is no whole number.")


def _may_be_typed(this: Round) -> None:
    if this.status != "open":
        raise refuse("elections.round", "This vote is counted and closed.")
    if clock.today() < this.held_on:
        raise refuse(
            "elections.round", "The vote is on {day}; tallies are entered from then on.",
            day=this.held_on,
        )  # fmt: skip


def _problems(
    this: Round, station: Station, tally: Counted, people: Mapping[str, Any], note: str
) -> list[Reason]:
    kept = facts.rule(this.election)
    station.round = this  # asked once, not for each station
    known = facts.names(station, tally.votes, people)
    found = tally_problems(
        tally, facts.box(station), kept.clause("names_per_ballot"),
        {person: name for person, (name, _electable) in known.items()}, note,
    )  # fmt: skip
    found += [
        Reason(
            "elections.electable",
            "{name} cannot be elected here; count the name as void.",
            {"name": name},
            {"person": person, "field": "lines"},
        )
        for person, (name, electable) in known.items()
        if not electable
    ]
    where = {"station": station.id, "number": station.number}
    return [Reason(one.clause, one.text, one.values, {**one.where, **where}) for one in found]


def _as_row(by: User, station: Station, tally: Counted, note: str) -> Tally:
    figures = {name: getattr(tally, name) for name in FIGURES}
    return Tally(
        station=station, typed_by=by, entered_at=clock.now(), votes=dict(tally.votes),
        note=fitting(note, 300), **figures,
    )  # fmt: skip
