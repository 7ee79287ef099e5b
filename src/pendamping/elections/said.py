"""Whether the outcome of each vote is what its votes, run-offs and lots give, and its seats were given."""

from pendamping.elections import facts
from pendamping.elections.actions.results import judge
from pendamping.elections.models import Election, Round
from pendamping.kernel.refusal import Reason
from pendamping.trail import queries as trail


def breaks(ward: str) -> list[Reason]:
    """Votes whose outcome is not that of their figures; boards seated of which the trail knows nothing."""
    votes = Round.objects.filter(election__ward=ward, status="counted", runoff_of=None)
    found = [
        Reason(
            "elections.outcome",
            "Vote {number}: who counts as elected is not what its figures say.",
            {"number": one.number},
            {"ward": ward, "round": one.id},
        )
        for one in votes.select_related("election").order_by("election_id", "number")
        if not _as_counted(one)
    ]
    seated = trail.verbs_of(ward, ["elections.seat_board"])
    return found + [
        Reason(
            "elections.said",
            "The board of {on} counts as seated, but the trail does not know it.",
            {"on": one.seated_on.isoformat() if one.seated_on else "–"},
            {"ward": ward, "election": one.id},
        )
        for one in Election.objects.filter(ward=ward, status="seated").order_by("id")
        if f"election:{one.id}" not in seated
    ]


def _as_counted(main: Round) -> bool:
    rows = list(main.named.all())
    kept = {one.pk: (one.place, one.outcome) for one in rows}
    judge(main, rows, facts.strengths(main, sorted({one.unit for one in rows})))
    return all(kept[one.pk] == (one.place, one.outcome) for one in rows)
