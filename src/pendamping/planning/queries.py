"""Reading needs and votes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.planning import facts
from pendamping.planning.facts import Counted, counted
from pendamping.planning.models import Need, Option, Sheet, Station, Vote

__all__ = ["Counted", "Line", "Row", "components", "counted", "dump", "need", "needs", "open_needs",
           "options", "places", "station", "stations", "typed_by", "vote", "votes"]  # fmt: skip


def components(ward: str, on: date) -> dict[str, str]:
    """The components of the guideline in force, by key, in the reader's language."""
    lang = "en" if get_language() == "en" else "id"
    found = guidelines.section("components", ward, on)
    return {name: str(one["name"][lang]) for name, one in found.items()}


def places(ward: str) -> list[str]:
    """The RTs of the ward as the census knows them, ``01/02`` (RW first)."""
    return [f"{rw}/{rt}" for rw, rt in households.poor_by_place(ward)]


@dataclass(frozen=True, slots=True)
class Line:
    """A need and where it stands: ``open``, ``on-ballot``, ``funded``, ``carried`` or ``withdrawn``.

    ``on``: the day of the vote that says so; ``tried``: votes in which it was not funded.
    """

    need: Need
    status: str
    on: date | None
    tried: int


def needs(ward: str, component: str = "") -> list[Line]:
    """What was asked for, by component, the latest first; what was not funded is carried forward."""
    found = Need.objects.filter(ward=ward).order_by("component", "-asked_on", "-id")
    if component:
        found = found.filter(component=component)
    stood: dict[str, list[Option]] = {}
    options_ = Option.objects.filter(vote__ward=ward).exclude(vote__status="given_up")
    for one in options_.select_related("vote").order_by("vote__held_on", "vote_id"):
        stood.setdefault(one.need_id, []).append(one)
    return [_line(one, stood.get(one.id, [])) for one in found]


def _line(one: Need, stood: list[Option]) -> Line:
    tried = sum(option.funded is False for option in stood)
    last = stood[-1] if stood else None
    if one.withdrawn_on:
        return Line(one, "withdrawn", one.withdrawn_on, tried)
    if last is None:
        return Line(one, "open", None, 0)
    status = {None: "on-ballot", True: "funded", False: "carried"}[last.funded]
    return Line(one, status, last.vote.held_on, tried)


def open_needs(ward: str, component: str) -> list[Need]:
    """Needs that may be voted on: neither withdrawn, nor funded, nor on a ballot now."""
    return [one.need for one in needs(ward, component) if one.status in ("open", "carried")]


def need(ward: str, need_id: str) -> Need | None:
    """One need of the ward."""
    return Need.objects.filter(pk=need_id, ward=ward).first()


def votes(ward: str) -> list[Vote]:
    """All votes of a ward, the latest first."""
    return list(Vote.objects.filter(ward=ward).order_by("-held_on", "-id"))


def vote(ward: str, vote_id: str) -> Vote | None:
    """One vote of the ward."""
    return Vote.objects.filter(pk=vote_id, ward=ward).first()


def options(of: Vote) -> list[Option]:
    """What stands on the ballot, by number."""
    return list(of.options.order_by("number").select_related("need"))


def station(ward: str, station_id: str) -> Station | None:
    """One station of a vote of the ward."""
    found = Station.objects.filter(pk=station_id, vote__ward=ward)
    return found.select_related("vote").first()


@dataclass(frozen=True, slots=True)
class Row:
    """A station and how far it is: ``waits``, ``once``, ``differs`` or ``agreed``."""

    station: Station
    typed: list[facts.Typed]
    state: str


def stations(of: Vote) -> list[Row]:
    """The stations of a vote in order, with what was typed for them."""
    found = list(of.stations.order_by("number"))
    by_station = facts.typed(found)
    return [Row(one, by_station[one.id], _state(by_station[one.id])) for one in found]


def _state(typed: list[facts.Typed]) -> str:
    if facts.agreed(typed) is not None:
        return "agreed"
    return {0: "waits", 1: "once"}.get(len(typed), "differs")


def typed_by(of: Station, username: str) -> Sheet | None:
    """What this person typed for the station, as far as it holds."""
    return of.sheets.filter(typed_by__username=username, holds=True).first()


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``needs``, ``votes``, ``vote_options``, ``vote_stations``,
    ``vote_sheets``; sorted by key."""
    wanted = {
        "needs": (Need, {"ward": ward}, ("id", "component", "title", "note", "cost", "rw", "rt",
            "asked_by", "asked_on", "entered_on", "withdrawn_on", "withdrawn_why")),
        "votes": (Vote, {"ward": ward}, ("id", "component", "budget", "held_on", "entered_on", "rule",
            "guideline_version", "poorest", "status", "witnesses", "closed_on", "given_up_why")),
        "vote_options": (Option, {"vote__ward": ward}, ("id", "vote", "need", "number", "title", "cost",
            "place", "votes", "funded", "by")),
        "vote_stations": (Station, {"vote__ward": ward}, ("id", "vote", "number", "rw", "rt", "eligible",
            "first", "last")),
        "vote_sheets": (Sheet, {"station__vote__ward": ward}, ("id", "station", "typed_by__username",
            "holds", "voters", "women", "invalid", "spoiled", "left", "lost", "ballots", "note")),
    }  # fmt: skip
    return {
        name: iter(model.objects.filter(**here).order_by("id").values(*columns))
        for name, (model, here, columns) in wanted.items()
    }
