"""Before the ballots: an election and its rounds."""

from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.elections import facts
from pendamping.elections.models import Election, Round, Station
from pendamping.elections.rules import (
    Asked,
    ElectionRule,
    course,
    plan_stations,
    preparing_problems,
    unit_at,
)
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.institutions.rules import term_end
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "elections"


@action
def prepare(
    *,
    by: User,
    ward: str,
    kind: str,
    size: int,
    votes_on: date,
    term_since: date,
    practice: bool = False,
) -> Election:
    """Prepare an election of the board and open its first round.

    ``kind``: ``regular`` or ``by_election`` (fills seats that fell free, for the rest of their term).
    ``practice``: a mock election for learning; it never gives a seat.
    """
    territory.take_turn(ward, DESK)
    allow(by, "elections.prepare", ward)
    rule = facts.rule_on(ward, votes_on)
    asked = _asked(ward, kind, size, votes_on, term_since, practice)
    refuse_if(preparing_problems(asked, rule))
    by_election = kind == "by_election"
    election = Election.objects.create(
        ward=ward,
        kind=kind,
        practice=practice,
        size=size,
        term_since=term_since,
        term_ends=_empty(ward)[0].ends if by_election else term_end(term_since, rule.term_years),
        of=facts.last_seated(ward) if by_election else None,
        rule=rule.as_json(),
        guideline_version=guidelines.version(ward, votes_on),
        entered_at=clock.now(),
    )
    first = _open(election, facts.step(election), votes_on, rule)
    record(
        by=by, ward=ward, record=f"election:{election.id}", on=votes_on, kind=kind, size=size,
        practice=practice, stations=first.stations.count(), voters=first.eligible,
    )  # fmt: skip
    return election


def _asked(
    ward: str, kind: str, size: int, votes_on: date, term_since: date, practice: bool
) -> Asked:
    body = institutions.body(ward)
    sitting = institutions.seats(body, votes_on) if body else []
    return Asked(
        kind=kind,
        size=size,
        votes_on=votes_on,
        term_since=term_since,
        today=clock.today(),
        practice=practice,
        running=Election.objects.filter(ward=ward, status="open", practice=False).exists(),
        ends=max((seat.ends for seat in sitting), default=None),
        vacancies=len(_empty(ward)),
    )


def _empty(ward: str) -> list[Any]:
    """Seats of the board that fell free and that nobody has taken over."""
    body = institutions.body(ward)
    return institutions.empty_seats(body, clock.today()) if body else []


@action
def open_round(*, by: User, ward: str, election_id: str, held_on: date) -> Round:
    """Open what the rule asks for next: the next level, the same level again, or a run-off."""
    election = lock(ward, election_id)
    allow(by, "elections.open_round", ward)
    step = facts.step(election)
    if step.kind not in {course.ROUND, course.RUNOFF}:
        raise refuse(
            "elections.course", "No vote can be opened now: something else comes first.",
            where={"step": step.kind},
        )  # fmt: skip
    last = election.rounds.order_by("-number").first()
    if last is not None and held_on < last.held_on:
        raise refuse(
            "elections.course", "The vote before this one was on {day}.",
            where={"field": "held_on"}, day=last.held_on,
        )  # fmt: skip
    made = _open(election, step, held_on, facts.rule(election))
    record(
        by=by, ward=ward, record=f"election:{election.id}", on=held_on, round=made.number,
        level=made.level, kind=step.kind, stations=made.stations.count(), voters=made.eligible,
    )  # fmt: skip
    return made


@action
def give_up(*, by: User, ward: str, election_id: str, why: str) -> Election:
    """Give an election up before it is decided, and why; what was counted stays readable."""
    election = lock(ward, election_id)
    allow(by, "elections.give_up", ward)
    if not why.strip():
        raise refuse(
            "elections.give_up", "Say why the election is given up.", where={"field": "why"}
        )
    for one in election.rounds.filter(status="open"):
        one.status, one.voters, one.women = "failed", 0, 0
        one.save(update_fields=["status", "voters", "women"])
    election.status, election.given_up_why = "given_up", fitting(why, 200)
    election.save(update_fields=["status", "given_up_why"])
    record(
        by=by, ward=ward, record=f"election:{election.id}", on=clock.today(),
        why=election.given_up_why,
    )  # fmt: skip
    return election


def lock(ward: str, election_id: str) -> Election:
    """The open election, for this transaction alone."""
    found = Election.objects.select_for_update().filter(pk=election_id, ward=ward).first()
    if found is None or found.status != "open":
        raise refuse(
            "elections.unknown",
            "There is no such open election in this ward.",
            where={"election": election_id},
        )
    return found


def _open(election: Election, step: course.Step, held_on: date, rule: ElectionRule) -> Round:
    if step.kind == course.RUNOFF:
        return _open_runoff(election, step, held_on, rule)
    first = step.level == facts.levels(election)[0] and election.of_id is None
    eligible = _voters(election, step.level, first, held_on, rule)
    if not any(eligible.values()):
        raise refuse(
            "elections.voters",
            "Nobody can vote at this level: the census has no adults, or nobody was sent by the level below.",
            where={"field": "held_on"},
        )
    plans = plan_stations(step.level, eligible, rule.spare_ballots_percent)
    made = _round(election, step, held_on, first, sum(eligible.values()))
    made.threshold_percent = rule.threshold(first, step.attempt)
    made.save()
    seats = rule.winners(step.level, election.size)
    Station.objects.bulk_create(
        Station(
            round=made, number=number, unit=plan.unit, rw=plan.rw, rt=plan.rt,
            eligible=plan.eligible, first=plan.first, last=plan.last,
            names=rule.names_per_ballot, seats=seats,
        )
        for number, plan in enumerate(plans, 1)
    )  # fmt: skip
    return made


def _voters(
    election: Election, level: str, first: bool, held_on: date, rule: ElectionRule
) -> dict[tuple[str, str], int]:
    """Who may vote, by RW and RT of the station: adults at home, delegates where they meet."""
    if first:
        return households.adults_by_place(election.ward, held_on, rule.adult_age)
    found: dict[tuple[str, str], int] = {}
    for one in facts.delegates(election, level):
        rw, _slash, _rt = one.unit.partition("/")
        unit = unit_at(level, rw, "")
        place = (unit, "")
        found[place] = found.get(place, 0) + 1
    return found


def _round(
    election: Election, step: course.Step, held_on: date, adults: bool, eligible: int
) -> Round:
    return Round(
        election=election,
        number=election.rounds.count() + 1,
        level=step.level,
        attempt=step.attempt,
        held_on=held_on,
        adults_vote=adults,
        eligible=eligible,
        threshold_percent=0,
    )


def _open_runoff(election: Election, step: course.Step, held_on: date, rule: ElectionRule) -> Round:
    """The same voters vote again, in the places with equal names alone, between those alone."""
    main = election.rounds.get(pk=step.round)
    stations = [one for one in main.stations.order_by("number") if one.unit in step.units]
    made = _round(election, step, held_on, main.adults_vote, sum(one.eligible for one in stations))
    made.runoff_of = main
    made.save()
    last = 0
    for number, one in enumerate(stations, 1):
        tied = main.named.filter(unit=one.unit, outcome="tied").order_by("place")
        between = list(tied.values_list("person_id", flat=True))
        open_seats = one.seats - main.named.filter(unit=one.unit, outcome="elected").count()
        first, last = last + 1, last + one.last - one.first + 1
        Station.objects.create(
            round=made, number=number, unit=one.unit, rw=one.rw, rt=one.rt, eligible=one.eligible,
            first=first, last=last, names=min(open_seats, len(between) - 1), seats=open_seats,
            between=between,
        )  # fmt: skip
    return made
