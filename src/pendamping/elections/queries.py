"""Reading elections: the board of today, the course of an election, stations, results."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pendamping.elections import facts, labels
from pendamping.elections.facts import electable, step
from pendamping.elections.models import Election, Lot, Named, Round, Station, Tally
from pendamping.elections.rules import Difference, Turnout, differences, turnout_of
from pendamping.elections.rules import Tally as Counted
from pendamping.elections.rules import labels as label_people
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel.refusal import Reason

__all__ = [
    "Row",
    "Seated",
    "board",
    "changed_from",
    "differences_of",
    "dump",
    "electable",
    "election",
    "elections",
    "last_round",
    "last_vote",
    "may_be_counted",
    "named",
    "names_to_count",
    "next_in_line",
    "open_now",
    "round_of",
    "rounds",
    "state_of",
    "station",
    "station_words",
    "stations",
    "step",
    "turnout",
    "typed_by",
]


@dataclass(frozen=True, slots=True)
class Seated:
    """A member of the board on a day."""

    seat: str
    person: str
    name: str
    sex: str
    role: str
    since: date
    ends: date


def board(ward: str, on: date) -> list[Seated]:
    """Who sits in the board on a day: the coordinator first, then by name."""
    body = institutions.body(ward)
    if body is None:
        return []
    return [
        Seated(one.id, one.person_id, one.name, one.sex, one.role, one.since, one.ends)
        for one in institutions.seats(body, on)
    ]


def elections(ward: str) -> list[Election]:
    """All elections of a ward, the latest first; mock ones among them."""
    return list(Election.objects.filter(ward=ward).order_by("-id"))


def election(ward: str, election_id: str) -> Election | None:
    """One election of the ward."""
    return Election.objects.filter(pk=election_id, ward=ward).first()


def open_now(ward: str) -> Election | None:
    """The election that is under way; a mock one does not count."""
    return Election.objects.filter(ward=ward, status="open", practice=False).first()


def last_vote(of: Election) -> Round | None:
    """The vote of an election that was opened last."""
    return of.rounds.order_by("-number").first()


def rounds(of: Election) -> list[Round]:
    """The votes of an election in their order."""
    return list(of.rounds.order_by("number").select_related("runoff_of"))


def round_of(ward: str, round_id: str) -> Round | None:
    """One vote of an election of the ward."""
    found = Round.objects.filter(pk=round_id, election__ward=ward)
    return found.select_related("election", "runoff_of").first()


def station(ward: str, station_id: str) -> Station | None:
    """One station of the ward."""
    found = Station.objects.filter(pk=station_id, round__election__ward=ward)
    return found.select_related("round__election").first()


@dataclass(frozen=True, slots=True)
class Row:
    """A station of a vote and how far its tallies are: ``waits``, ``once``, ``differs`` or ``agreed``."""

    station: Station
    tallies: tuple[Tally, ...]
    state: str

    @property
    def issued(self) -> int:
        """Ballots that were made for it."""
        return self.station.last - self.station.first + 1


def stations(this: Round) -> list[Row]:
    """The stations of a vote in order, with what was typed for them."""
    found = list(this.stations.order_by("number"))
    typed = facts.tallies(found)
    return [Row(one, tuple(typed[one.id]), _state(typed[one.id])) for one in found]


def _state(typed: list[Tally]) -> str:
    if facts.agreed(typed) is not None:
        return "agreed"
    return {0: "waits", 1: "once"}.get(len(typed), "differs")


def typed_by(station_: Station, username: str) -> Tally | None:
    """What this person typed for the station, as far as it holds."""
    return station_.tallies.filter(typed_by__username=username, holds=True).first()


def state_of(station_: Station) -> str:
    """How far the tallies of a station are, as :class:`Row` names it."""
    return _state(facts.tallies([station_])[station_.id])


def may_be_counted(this: Round, on: date) -> bool:
    """Whether tallies of the vote are typed on a day: it was held, and its count is not closed."""
    return this.status == "open" and on >= this.held_on


def station_words(station_: Station) -> tuple[str, str]:
    """In words: the station with its place, and its vote."""
    name = _("Station %(number)s") % {"number": station_.number}
    return f"{name} · {labels.station(station_)}", labels.round_name(station_.round)


def names_to_count(station_: Station) -> list[tuple[str, str, int]]:
    """Everybody who can be elected there: id, a label that tells people of one name apart, and the number
    in the printed list (0: there is none)."""
    people = facts.electable(station_)
    said = label_people(people)
    return sorted(
        ((one.person, said[one.person], one.number) for one in people),
        key=lambda one: (one[2], one[1]),
    )


def changed_from(mine: Tally, typed: Counted) -> list[tuple[str, int, int]]:
    """Where figures that are brought now differ from those that a person typed before: what, then, now."""
    found = differences(facts.counted(mine), typed)
    names = facts.names(mine.station, [one.what for one in found if one.person])
    return [
        (names[one.what][0] if one.person else labels.figure(one.what), one.first, one.second)
        for one in found
    ]


def differences_of(tallies: tuple[Tally, ...]) -> list[Difference]:
    """Where the last two people's tallies differ."""
    if len(tallies) < 2:
        return []
    return differences(facts.counted(tallies[-2]), facts.counted(tallies[-1]))


def turnout(this: Round) -> Turnout:
    """How many voted so far, by the tallies that two people typed alike."""
    found = list(this.stations.all())
    typed = facts.tallies(found)
    return turnout_of(
        ((facts.box(one), facts.agreed(typed[one.id])) for one in found), this.threshold_percent
    )


def named(this: Round, unit: str | None = None) -> list[Named]:
    """Everybody with votes in a counted vote, by place and in the order of strength."""
    found = this.named.order_by("unit", "place")
    return list(found if unit is None else found.filter(unit=unit))


def next_in_line(ward: str, decided_by: str) -> list[str]:
    """Names of those who would take over a seat: one, or several who are equal; none: nobody is left."""
    found = facts.election_of(ward, decided_by)
    if found is None:
        return []
    heirs = facts.next_in_line(found)
    people = households.persons(ward, heirs)
    return [people[one].name for one in heirs]


def last_round(ward: str, decided_by: str) -> Round | None:
    """The vote of the whole ward that gave a seat."""
    found = facts.election_of(ward, decided_by)
    return facts.main_round(found, facts.levels(found)[-1]) if found else None


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``elections``, ``election_rounds``, ``election_stations``,
    ``election_tallies``, ``election_names``, ``election_lots``; sorted by key."""
    wanted = {
        "elections": (Election, {"ward": ward}, ("id", "kind", "practice", "size", "term_since",
            "term_ends", "of", "rule", "guideline_version", "status", "meeting", "seated_on",
            "given_up_why")),
        "election_rounds": (Round, {"election__ward": ward}, ("id", "election", "number", "level",
            "runoff_of", "attempt", "held_on", "status", "witnesses", "note", "eligible", "voters",
            "women", "threshold_percent")),
        "election_stations": (Station, {"round__election__ward": ward}, ("id", "round", "number",
            "unit", "rw", "rt", "eligible", "first", "last", "names", "seats", "between")),
        "election_tallies": (Tally, {"station__round__election__ward": ward}, ("id", "station",
            "typed_by__username", "holds", "voters", "women", "valid", "invalid", "spoiled", "left",
            "lost", "void_names", "votes", "note")),
        "election_names": (Named, {"round__election__ward": ward}, ("round", "unit", "person", "name",
            "sex", "votes", "place", "outcome")),
        "election_lots": (Lot, {"round__election__ward": ward}, ("id", "round", "unit", "order", "on",
            "witnesses")),
    }  # fmt: skip
    return {
        name: iter(model.objects.filter(**here).order_by("id").values(*columns))
        for name, (model, here, columns) in wanted.items()
    }


def check(ward: str) -> list[Reason]:
    """Votes whose outcome is not that of their figures; boards that no action seated."""
    from pendamping.elections import said

    return said.breaks(ward)
