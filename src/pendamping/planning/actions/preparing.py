"""Before the ballots: what is voted on, with how much money, where."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.elections.rules import plan_stations
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.planning import facts, queries
from pendamping.planning.actions.needs import DESK, MOST
from pendamping.planning.models import Need, Option, Station, Vote
from pendamping.planning.rules.guide import exclusive_sets
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

MOST_OPTIONS = 40  # more do not fit on a ballot that a hand can fold


@action
def prepare_vote(
    *,
    by: User,
    ward: str,
    component: str,
    budget: int,
    held_on: date,
    needs: Collection[str],
    exclusive: Mapping[str, str] | None = None,
) -> Vote:
    """Prepare the vote on needs of one component: ballots for every RT, by the rule in force on the day.

    ``budget`` in rupiah; ``needs``: their ids. They stand on the ballot in the order of RW, RT and title.
    ``exclusive``: a letter for a need; of those with the same letter one at most is funded.
    """
    territory.take_turn(ward, DESK)
    allow(by, "planning.prepare_vote", ward)
    chosen = [one for one in queries.open_needs(ward, component) if one.id in set(needs)]
    refuse_if(_problems(ward, component, budget, held_on, needs, chosen))
    rule = facts.rule_on(ward, held_on)
    adults = households.adults_by_place(ward, held_on, rule.voter_age)
    if not any(adults.values()):
        raise refuse("planning.voters", "The census has no adults who could vote.")
    ordered = sorted(chosen, key=lambda one: (one.rw, one.rt, one.title, one.id))
    numbers = {one.id: number for number, one in enumerate(ordered, 1)}
    rule = replace(rule, exclusive=exclusive_sets(exclusive or {}, numbers))
    made = Vote.objects.create(
        ward=ward, component=component, budget=budget, held_on=held_on, entered_on=clock.today(),
        rule=rule.as_json(), guideline_version=guidelines.version(ward, held_on),
        poorest=facts.poorest_places(ward, rule),
    )  # fmt: skip
    _put_on_ballot(made, ordered, numbers)
    plans = plan_stations("rt", adults, rule.spare_ballots_percent)
    Station.objects.bulk_create(
        Station(
            vote=made, number=number, rw=plan.rw, rt=plan.rt, eligible=plan.eligible,
            first=plan.first, last=plan.last,
        )
        for number, plan in enumerate(plans, 1)
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"vote:{made.id}", on=held_on, component=component, budget=budget,
        options=len(chosen), stations=len(plans), ballot=rule.ballot, exclusive=[list(one) for one in rule.exclusive],
    )  # fmt: skip
    return made


def _put_on_ballot(made: Vote, needs: list[Need], numbers: Mapping[str, int]) -> None:
    Option.objects.bulk_create(
        Option(
            vote=made, need=one, number=numbers[one.id], title=one.title, cost=one.cost,
            place=place_of(one),
        )
        for one in needs
    )  # fmt: skip


def place_of(need: Need) -> str:
    """``01/02``, or nothing for the whole ward."""
    return f"{need.rw}/{need.rt}" if need.rt else ""


def _problems(
    ward: str,
    component: str,
    budget: int,
    held_on: date,
    needs: Collection[str],
    chosen: list[Need],
) -> list[Reason]:
    running = Vote.objects.filter(ward=ward, component=component, status="open").exists()
    checks = (
        (running, N_("A vote on this component is under way; close it or give it up first."), "component"),
        (not 0 < budget <= MOST, N_("Say how much money there is, in whole rupiah."), "budget"),
        (len(chosen) < 2, N_("A vote is between two needs or more."), "needs"),
        (len(chosen) > MOST_OPTIONS, N_("At most 40 needs fit on a ballot."), "needs"),
        (len(chosen) != len(set(needs)), N_("A need that was chosen is no longer open; look at the list again."), "needs"),
        (held_on < clock.today(), N_("The day of the vote is past; ballots are made before it."), "held_on"),
    )  # fmt: skip
    return [
        Reason("planning.vote", text, where={"field": field})
        for wrong, text, field in checks
        if wrong
    ]
