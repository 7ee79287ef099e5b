"""What the rules of an election need to know, gathered from its rounds and the rooms below."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from pendamping.elections.models import Election, Lot, Named, Round, Station, Tally
from pendamping.elections.rules import (
    Box,
    Electable,
    ElectionRule,
    Strength,
    following,
    read_rule,
    strength,
)
from pendamping.elections.rules import Tally as Counted
from pendamping.elections.rules import agreed as agreed_on
from pendamping.elections.rules.course import Held, Step, next_step
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock

MEETING = "board_election"  # the kind of meeting whose quorum the delegates need


def rule_on(ward: str, on: date) -> ElectionRule:
    """The guideline's rule of elections on a day."""
    text = guidelines.in_force(ward, on)
    quorum = text.section("meetings").get(MEETING, {}).get("quorum", {})
    return read_rule(text.section("election"), text.section("board"), quorum, text.code)


def rule(election: Election) -> ElectionRule:
    """The rule that was kept with the election."""
    return ElectionRule.from_json(election.rule)


def levels(election: Election) -> tuple[str, ...]:
    """The levels of the election, from below."""
    kept = rule(election)
    return kept.by_election_levels if election.kind == "by_election" else kept.levels


# --- rounds -----------------------------------------------------------------------------------------


def step(election: Election) -> Step:
    """What comes next."""
    rounds = [_held(one) for one in election.rounds.order_by("number")]
    return next_step(levels(election), rounds, rule(election).ties, election.status)


def _held(one: Round) -> Held:
    tied: dict[str, list[str]] = defaultdict(list)
    for unit, person in one.named.filter(outcome="tied").values_list("unit", "person_id"):
        tied[unit].append(person)
    again = Counter(
        one.runoffs.filter(status="counted").values_list("named__unit", "id").distinct()
    )
    runoffs = Counter(unit for unit, _round in again if unit is not None)
    return Held(
        one.id, one.level, one.attempt, one.status, one.runoff_of_id is not None, tied, runoffs
    )


def main_round(election: Election, level: str) -> Round | None:
    """The round of a level that was counted, if there is one."""
    found = election.rounds.filter(level=level, status="counted", runoff_of__isnull=True)
    return found.first()


# --- who votes, who can be elected ------------------------------------------------------------------


def delegates(election: Election, level: str, unit: str | None = None) -> list[Named]:
    """Who votes at a level above the first: those whom the level below sent, who still live here."""
    below = _below(election, level)
    if below is None:
        return []
    found = list(below.named.filter(outcome="elected").order_by("unit", "place"))
    on = election.rounds.order_by("-number").values_list("held_on", flat=True).first()
    gone = households.gone_by(
        election.ward, [one.person_id for one in found], on or election.term_since
    )
    there = [one for one in found if one.person_id not in gone]
    return [one for one in there if unit is None or within(one.unit, unit)]


def _below(election: Election, level: str) -> Round | None:
    """The counted round whose elected vote at this level; of a by-election, that of the last election."""
    own = levels(election)
    place = own.index(level)
    if place:
        return main_round(election, own[place - 1])
    if election.of is not None:
        before = levels(election.of)
        return main_round(election.of, before[-2]) if len(before) > 1 else None
    return None


def within(place: str, unit: str) -> bool:
    """Whether a place lies in a unit: ``02/05`` in ``02``, everything in the ward ``""``."""
    return not unit or place == unit or place.startswith(unit + "/")


def electable(station: Station) -> list[Electable]:
    """Who can be elected in a station's place, numbered where a printed list has numbers."""
    this = station.round
    election = this.election
    if station.between:
        people = households.persons(election.ward, station.between)
        listed = [people[one] for one in station.between if one in people]
        return [_as_electable(one, number) for number, one in enumerate(listed, 1)]
    kept = rule(election)
    if not this.adults_vote and kept.delegates_electable:
        return _delegates_electable(station, election, this)
    rw, _slash, rt = station.unit.partition("/")
    living = households.residents(
        election.ward, on=this.held_on, least_age=kept.adult_age, rw=rw, rt=rt
    )
    return [_as_electable(one) for one in living]


def _delegates_electable(station: Station, election: Election, this: Round) -> list[Electable]:
    there = delegates(election, this.level, station.unit)
    sitting = households.every_id(board_now(election.ward, this.held_on) if election.of_id else [])
    people = households.persons(election.ward, [one.person_id for one in there])
    return [
        _as_electable(people[one.person_id], number)
        for number, one in enumerate(there, 1)
        if one.person_id in people and one.person_id not in sitting
    ]


def _as_electable(one: households.Resident, number: int = 0) -> Electable:
    return Electable(one.id, one.name, one.sex, one.born.year if one.born else None, number)


def board_now(ward: str, on: date) -> list[str]:
    """Ids of those who sit in the board on a day."""
    body = institutions.body(ward)
    return [seat.person_id for seat in institutions.seats(body, on)] if body else []


# --- tallies ----------------------------------------------------------------------------------------


def box(station: Station) -> Box:
    """What the station had."""
    return Box(station.eligible, station.last - station.first + 1, station.names)


def counted(tally: Tally) -> Counted:
    """A typed tally as the rules know it."""
    return Counted(
        tally.voters, tally.women, tally.valid, tally.invalid, tally.spoiled, tally.left, tally.lost,
        tally.void_names, tally.votes,
    )  # fmt: skip


def tallies(stations: Iterable[Station]) -> dict[str, list[Tally]]:
    """The tallies that hold, by station, in the order in which they were typed."""
    found: dict[str, list[Tally]] = {station.id: [] for station in stations}
    rows = Tally.objects.filter(station__in=list(found), holds=True).order_by("entered_at", "id")
    for tally in rows.select_related("typed_by"):
        found[tally.station_id].append(tally)
    return found


def agreed(typed: Sequence[Tally]) -> Counted | None:
    """What two people typed alike."""
    return agreed_on([counted(tally) for tally in typed])


# --- results ----------------------------------------------------------------------------------------


def strengths(main: Round, units: Sequence[str]) -> dict[str, dict[str, Strength]]:
    """The strength of everybody with votes in places of a counted round."""
    again = list(main.runoffs.filter(status="counted").order_by("number"))
    rows = Named.objects.filter(round__in=[main, *again], unit__in=units)
    votes: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for this, unit, person, number in rows.values_list("round_id", "unit", "person_id", "votes"):
        votes[this, unit][person] = number
    lots: dict[str, list[list[str]]] = defaultdict(list)
    for unit, order in (
        Lot.objects.filter(round=main, unit__in=units).order_by("id").values_list("unit", "order")
    ):
        lots[unit].append(order)
    return {
        unit: strength(votes[main.id, unit], [votes[one.id, unit] for one in again], lots[unit])
        for unit in units
    }


def last_seated(ward: str) -> Election | None:
    """The last election of a whole board that gave seats."""
    found = Election.objects.filter(ward=ward, kind="regular", status="seated")
    return found.order_by("-seated_on", "-id").first()


def known_names(this: Round, people: Iterable[str]) -> dict[str, households.Resident]:
    """The persons of a vote by the ids that were handed over, asked once for all stations."""
    return households.persons(this.election.ward, set(people))


def names(
    station: Station,
    people: Iterable[str],
    known: Mapping[str, households.Resident] | None = None,
) -> dict[str, tuple[str, bool]]:
    """Name of each person, and whether they can be elected in the station's place."""
    this = station.round
    wanted = list(people)
    there = known_names(this, wanted) if known is None else known
    may = _who_may(station, this)
    found = {}
    for one in wanted:
        person = there.get(one)
        found[one] = (person.name if person else one, person is not None and may(person))
    return found


def _who_may(station: Station, this: Round) -> Callable[[households.Resident], bool]:
    kept = rule(this.election)
    if station.between or (not this.adults_vote and kept.delegates_electable):
        ids = {one.person for one in electable(station)}
        return lambda person: person.id in ids

    def grown_up_here(person: households.Resident) -> bool:
        age = person.age(this.held_on)
        here = within(f"{person.rw}/{person.rt}", station.unit)
        return person.status == "resident" and here and age is not None and age >= kept.adult_age

    return grown_up_here


def election_of(ward: str, decided_by: str) -> Election | None:
    """The election that gave a seat, as the seat keeps it: ``elections:<id>``."""
    room, _colon, election_id = decided_by.partition(":")
    if room != "elections":
        return None
    return Election.objects.filter(pk=election_id, ward=ward).first()


def next_in_line(election: Election) -> tuple[str, ...]:
    """Who moves up: the strongest name that has had no seat in this term and still lives here."""
    main = main_round(election, levels(election)[-1])
    body = institutions.body(election.ward)
    if main is None or body is None:
        return ()
    standing = strengths(main, [""])[""]
    sat = {
        seat.person_id for seat in institutions.all_seats(body) if seat.ends >= election.term_since
    }
    gone = households.gone_by(election.ward, list(standing), clock.today())
    return following(standing, households.every_id(sat) | set(gone))[0]
