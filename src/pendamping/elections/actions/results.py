"""The count of a round: results, ties, lots."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.elections import facts
from pendamping.elections.actions.preparing import lock
from pendamping.elections.models import Lot, Named, Round, Station
from pendamping.elections.rules import (
    Strength,
    course,
    elect,
    ordered,
    strength,
    turnout_of,
    witness_problems,
)
from pendamping.elections.rules import Tally as Counted
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def close_round(
    *, by: User, ward: str, round_id: str, witnesses: Sequence[str], note: str = ""
) -> Round:
    """Close the count of a round: every station typed twice alike, witnesses named, the result by rule.

    Below the threshold of voters the round fails and is held again.
    """
    this = _round(ward, round_id)
    election = lock(ward, this.election_id)
    allow(by, "elections.close_round", ward)
    this = _round(ward, round_id)
    if this.status != "open":
        raise refuse("elections.round", "This vote is counted and closed.")
    rule = facts.rule(election)
    stations = list(this.stations.order_by("number"))
    typed = facts.tallies(stations)
    counted = {one.id: facts.agreed(typed[one.id]) for one in stations}
    names = [" ".join(name.split()) for name in witnesses if name.strip()]
    refuse_if([*_waiting(stations, counted), *witness_problems(names, rule)])
    turnout = turnout_of(
        ((facts.box(one), counted[one.id]) for one in stations), this.threshold_percent
    )
    this.voters, this.women = turnout.voters.part, turnout.women.part
    this.witnesses, this.note = names, note.strip()
    this.status = "counted" if turnout.reached or not this.threshold_percent else "failed"
    this.save()
    if this.status == "counted":
        _write_result(this, stations, counted)
    record(
        by=by, ward=ward, record=f"election:{election.id}", on=this.held_on, round=this.number,
        status=this.status, voters=this.voters, women=this.women, eligible=this.eligible,
        elected=this.named.filter(outcome="elected").count(),
        tied=this.named.filter(outcome="tied").count(),
    )  # fmt: skip
    return this


@action
def draw_lot(
    *,
    by: User,
    ward: str,
    round_id: str,
    unit: str,
    order: Sequence[str],
    on: date,
    witnesses: Sequence[str],
) -> Lot:
    """Lots were drawn between names that are equal in a place; ``order``: ids, first drawn first.

    Also after the board is seated, where two are equally next in line.
    """
    main = _round(ward, round_id)
    allow(by, "elections.draw_lot", ward)
    rule = facts.rule(main.election)
    refuse_if([*_lot_problems(main, unit, order, on), *witness_problems(witnesses, rule)])
    lot = Lot.objects.create(
        round=main, unit=unit, order=list(order), on=on,
        witnesses=[name.strip() for name in witnesses if name.strip()],
    )  # fmt: skip
    settle(main, [unit])
    record(
        by=by, ward=ward, record=f"election:{main.election_id}", on=on, round=main.number,
        unit=unit, order=list(order),
    )  # fmt: skip
    return lot


def _round(ward: str, round_id: str) -> Round:
    found = Round.objects.select_for_update().filter(pk=round_id, election__ward=ward).first()
    if found is None:
        raise refuse("elections.round", "There is no such vote here.", where={"round": round_id})
    return found


def _waiting(stations: Sequence[Station], counted: dict[str, Counted | None]) -> list[Reason]:
    missing = [one.number for one in stations if counted[one.id] is None]
    if not missing:
        return []
    return [
        Reason(
            "elections.typed_twice",
            "Two people have not yet typed the same figures for station {stations}.",
            {"stations": ", ".join(str(number) for number in missing)},
        )
    ]


def _write_result(
    this: Round, stations: Sequence[Station], counted: dict[str, Counted | None]
) -> None:
    """Names with votes by place; then the outcome, of the round itself or of the one it is a run-off of."""
    votes: dict[str, Counter[str]] = {}
    for one in stations:
        tally = counted[one.id]
        votes.setdefault(one.unit, Counter()).update(tally.votes if tally else {})
    people = households.persons(
        this.election.ward, {person for unit in votes.values() for person in unit}
    )
    rows = [
        Named(
            round=this, unit=unit, person_id=person, name=people[person].name,
            sex=people[person].sex, votes=number, place=place, outcome="following",
        )
        for unit, of_unit in votes.items()
        for place, (person, number) in enumerate(_by_votes(of_unit), 1)
    ]  # fmt: skip
    if this.runoff_of is None:
        judge(this, rows, {unit: strength(of_unit) for unit, of_unit in votes.items()})
    Named.objects.bulk_create(rows)
    if this.runoff_of is not None:
        settle(this.runoff_of, list(votes))


def _by_votes(of_unit: Counter[str]) -> list[tuple[str, int]]:
    """Most votes first; equal ones by their id, for databases keep the names of a tally in other orders."""
    return sorted(of_unit.items(), key=lambda one: (-one[1], one[0]))


def settle(main: Round, units: Sequence[str]) -> None:
    """Who is elected, equal or following in these places, from votes, run-offs and lots."""
    rows = list(main.named.filter(unit__in=units))
    judge(main, rows, facts.strengths(main, units))
    Named.objects.bulk_update(rows, ["place", "outcome"], batch_size=400)


def judge(main: Round, rows: Sequence[Named], standing: Mapping[str, dict[str, Strength]]) -> None:
    """Give every name its place and outcome; women are considered where the board itself is elected."""
    rule = facts.rule(main.election)
    seats = dict(main.stations.values_list("unit", "seats"))
    of_unit: dict[str, list[Named]] = {}
    for one in rows:
        of_unit.setdefault(one.unit, []).append(one)
    for unit, people in of_unit.items():
        found = elect(
            standing[unit],
            seats[unit],
            women={one.person_id for one in people if one.sex == "P"},
            women_percent=rule.women_percent,
            way=rule.women_way if main.level == "ward" else "shown",
        )
        order = (*found.elected, *found.tied, *found.following)
        places = {person: place for place, person in enumerate(order, 1)}
        for one in people:
            one.place = places[one.person_id]
            one.outcome = _outcome(one.person_id, found.elected, found.tied)


def _outcome(person: str, elected: Sequence[str], tied: Sequence[str]) -> str:
    return "elected" if person in elected else "tied" if person in tied else "following"


def _lot_problems(main: Round, unit: str, order: Sequence[str], on: date) -> list[Reason]:
    if main.status != "counted" or main.runoff_of_id is not None:
        return [Reason("elections.lot", "This vote is not counted yet.")]
    standing = facts.strengths(main, [unit])[unit]
    tied = set(main.named.filter(unit=unit, outcome="tied").values_list("person_id", flat=True))
    equal = [set(group) for group in ordered(standing) if len(group) > 1]
    found = []
    if len(order) < 2 or len(set(order)) != len(order) or not _are_equal(set(order), tied, equal):
        text = N_("Lots are drawn between all who are equal, each named once.")
        found.append(Reason("elections.lot", text, where={"field": "order"}))
    step = facts.step(main.election)
    if step.kind == course.RUNOFF and unit in step.units and set(order) & tied:
        clause = facts.rule(main.election).clause("ties")
        found.append(Reason(clause, "They are voted on again first; lots come after that."))
    if on > clock.today() or on < main.held_on:
        text = N_("The day lies before the vote or in the future.")
        found.append(Reason("elections.lot", text, where={"field": "on"}))
    return found


def _are_equal(order: set[str], tied: set[str], equal: list[set[str]]) -> bool:
    """All who are tied at the last seats and equal to each other, or a whole group of equal names."""
    return any(order in (group & tied, group - tied) for group in equal)
