"""After the ballots: typed twice by two people, counted, closed."""

from collections.abc import Mapping, Sequence

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.elections.rules import tally_problems
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.planning import facts, queries
from pendamping.planning.models import Option, Sheet, Station, Vote
from pendamping.planning.rules import sheets
from pendamping.planning.rules.ballots import kept as as_kept
from pendamping.planning.rules.ballots import of_kept, read_ballots
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def enter_ballots(
    *,
    by: User,
    ward: str,
    station_id: str,
    figures: Mapping[str, int],
    ballots: str,
    note: str = "",
) -> Sheet:
    """What one person typed of a station's ballots: one line for each valid one, ``1 4 5``.

    A ranking has the first place first; points stand with their number, ``1:6 4:4``. ``figures``: ``voters``, ``women``, ``invalid``, ``spoiled``, ``left``, ``lost`` (missing: 0). Typed again
    by the same person: the earlier sheet no longer holds.
    """
    station = Station.objects.filter(pk=station_id, vote__ward=ward).first()
    if station is None:
        raise refuse("planning.station", "There is no such station here.")
    vote = lock(ward, station.vote_id)
    allow(by, "planning.enter_ballots", ward)
    if clock.today() < vote.held_on:
        raise refuse("planning.vote", "The vote is on {day}; ballots are typed from then on.", day=vote.held_on)  # fmt: skip
    kept, many = facts.rule(vote), vote.options.count()
    form, clause = kept.form, kept.clause("points" if kept.ballot == "points" else "ballot_marks")
    read, reasons = read_ballots(ballots, many, form, clause)
    refuse_if(reasons)
    if station.kiosks.filter(closed_at__isnull=True).exists():
        raise refuse("planning.kiosk", "The kiosk of this station is still open; close it first.")
    box = [*read, *(of_kept(one, form) for one in facts.given([station.id])[station.id])]
    told = {name: int(figures.get(name, 0)) for name in facts.FIGURES}
    had = facts.box(station, form.names(many))
    refuse_if(tally_problems(sheets.tally(told, box), had, clause, {}, note))
    refuse_if(sheets.sex_problems(told, box))
    Sheet.objects.filter(station=station, typed_by=by, holds=True).update(holds=False)
    made = Sheet.objects.create(
        station=station, typed_by=by, entered_at=clock.now(), ballots=[as_kept(one, form) for one in sorted(read)],
        note=fitting(note, 300), **told,
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"vote:{vote.id}", on=vote.held_on, station=station.number,
        voters=made.voters, ballots=len(box),
    )  # fmt: skip
    return made


@action
def close_vote(*, by: User, ward: str, vote_id: str, witnesses: Sequence[str]) -> Vote:
    """Close the count: by the rule that the vote keeps, from the ballots that two people typed alike."""
    vote = lock(ward, vote_id)
    allow(by, "planning.close_vote", ward)
    named = list(dict.fromkeys(" ".join(name.split()) for name in witnesses if name.strip()))
    refuse_if(_open_ends(vote, named))
    counted = facts.counted(vote)
    votes = counted.opinion.first.election.votes()
    by_step = {step.pick.project: step.by for step in counted.opinion.first.steps}
    options = list(vote.options.order_by("number"))
    for place, one in enumerate(options):
        one.votes, one.funded, one.by = votes[place], place in by_step, by_step.get(place, "")
    Option.objects.bulk_update(options, ["votes", "funded", "by"])
    vote.status, vote.closed_on, vote.witnesses = "closed", clock.today(), named
    vote.save(update_fields=["status", "closed_on", "witnesses"])
    record(
        by=by, ward=ward, record=f"vote:{vote.id}", on=vote.held_on,
        funded=[one.number for one in options if one.funded], cost=counted.opinion.first.cost,
        voters=counted.voters, women=counted.women, witnesses=named,
    )  # fmt: skip
    return vote


def _open_ends(vote: Vote, named: list[str]) -> list[Reason]:
    """What still has to happen before the count can be closed."""
    kept = facts.rule(vote)
    waiting = [row.station.number for row in queries.stations(vote) if row.state != "agreed"]
    found = []
    if clock.today() < vote.held_on:
        found.append(Reason("planning.vote", "The vote is on {day}.", {"day": vote.held_on}))
    elif waiting:
        found.append(
            Reason(
                "planning.stations",
                "Two people have not typed the same yet for {many} stations: {stations}.",
                {"many": len(waiting), "stations": ", ".join(map(str, waiting[:12]))},
            )
        )
    if len({name.lower() for name in named}) < kept.witnesses_min:
        found.append(
            Reason(
                kept.clause("witnesses_min"),
                "At least {least} witnesses sign, {count} are named.",
                {"least": kept.witnesses_min, "count": len(named)},
                {"field": "witnesses"},
            )
        )
    return found


@action
def give_up_vote(*, by: User, ward: str, vote_id: str, why: str) -> Vote:
    """Give a vote up before it is counted, and why; its needs wait for another one."""
    vote = lock(ward, vote_id)
    allow(by, "planning.give_up_vote", ward)
    if not why.strip():
        raise refuse("planning.vote", "Say why the vote is given up.", where={"field": "why"})
    vote.status, vote.given_up_why = "given_up", fitting(why, 200)
    vote.save(update_fields=["status", "given_up_why"])
    record(by=by, ward=ward, record=f"vote:{vote.id}", on=clock.today(), why=vote.given_up_why)
    return vote


def lock(ward: str, vote_id: str) -> Vote:
    """The open vote, for this transaction alone."""
    found = Vote.objects.select_for_update().filter(pk=vote_id, ward=ward).first()
    if found is None or found.status != "open":
        raise refuse("planning.vote", "There is no such open vote in this ward.")
    return found
