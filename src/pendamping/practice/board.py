"""The board of a practice ward: three delegates of each RT, of whom nine are elected."""

from datetime import timedelta
from typing import Any

from pendamping.access.models import User
from pendamping.elections import actions, queries
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.practice.meeting import meet, named

SEATS = 9
VOTES = (6, 5, 4, 4, 3, 3, 3, 2, 2, 1, 1, 1)  # of twelve delegates, three names on a ballot
WITNESSES = ["Saksi Latihan Satu", "Saksi Latihan Dua"]


def elect(by: User, second: User, ward: str) -> None:
    """On one day in the RTs, two days later in the ward; two people type each sheet."""
    who: dict[str, Any] = {"by": by, "ward": ward}
    day = clock.today()
    later = day + timedelta(days=2)
    election = actions.prepare(
        **who, kind="regular", size=SEATS, votes_on=day, term_since=later + timedelta(days=1)
    )
    first = election.rounds.get()
    _count(who, second, first, [_in_rt(ward, one) for one in first.stations.order_by("number")])
    with clock.at(later):
        last = actions.open_round(**who, election_id=election.id, held_on=later)
        delegates = [one.person_id for one in queries.named(first) if one.outcome == "elected"]
        votes = dict(zip(delegates, VOTES, strict=True))
        _count(who, second, last, [_sheet(last.stations.get(), len(delegates), votes)])
        subject = f"elections.seat_board:{election.id}"
        meeting = meet(by, ward, "board_election", subject, "Hasil pemilihan BKM disahkan",
                       {"for": len(delegates), "against": 0, "abstain": 0},
                       present=named(delegates), eligible=len(delegates))  # fmt: skip
        actions.seat_board(**who, election_id=election.id, meeting_id=meeting)


def _in_rt(ward: str, station: Any) -> dict[str, Any]:
    """Everybody votes but one; three names are on the ballots."""
    grown = households.residents(ward, on=clock.today(), least_age=21)
    here = [one.id for one in grown if (one.rw, one.rt) == (station.rw, station.rt)]
    voters = station.eligible - 1
    return _sheet(station, voters, {one: voters - place for place, one in enumerate(here[:3])})


def _sheet(station: Any, voters: int, votes: dict[str, int]) -> dict[str, Any]:
    return {
        "station": station.id, "voters": voters, "women": voters // 2, "valid": voters,
        "left": station.last - station.first + 1 - voters, "votes": votes,
    }  # fmt: skip


def _count(who: dict[str, Any], second: User, this: Any, sheets: list[dict[str, Any]]) -> None:
    for typist in (who["by"], second):
        actions.enter_tallies(by=typist, ward=who["ward"], round_id=this.id, tallies=sheets)
    actions.close_round(**who, round_id=this.id, witnesses=WITNESSES)
