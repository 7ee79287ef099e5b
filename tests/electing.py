"""A stage for elections: four RTs with five adults each, stations typed twice, the meeting that confirms."""

from datetime import date

from pendamping.elections import actions, facts, queries
from pendamping.households import actions as households
from pendamping.households import queries as residents
from pendamping.households.rules.life import NewPerson
from pendamping.kernel import clock
from tests.gatherings import decide, meet

COUNTED = date(2003, 12, 1)
RT_DAY, WARD_DAY, TODAY = date(2004, 1, 18), date(2004, 1, 25), date(2004, 1, 30)
TERM = date(2004, 2, 1)
WITNESSES = ["Saksi Satu", "Saksi Dua"]
RTS = ("01", "02", "03", "04")


def name_of(rt, place):
    return f"Warga {'ABCD'[rt]}{'abcde'[place]}"


def hamlet(cast):
    """Person ids by RT; in each RT five adults (women first) and a child."""
    found = []
    for number, rt in enumerate(RTS):
        people = [
            NewPerson(
                name=name_of(number, place), sex="PPPLL"[place], born=date(1960 + place, 3, 1),
                relation="head" if place == 0 else "other",
            )
            for place in range(5)
        ]  # fmt: skip
        people.append(
            NewPerson(
                name=f"Anak {'ABCD'[number]}", sex="P", born=date(1995, 1, 1), relation="child"
            )
        )
        home = households.add_household(
            by=cast.facilitator, ward=cast.ward, on=COUNTED, rw="01", rt=rt, members=people,
            poor=number == 0, new_place=True,
        )  # fmt: skip
        members = [one for one, _relation in residents.members_on(cast.ward, home.id, RT_DAY)]
        known = residents.persons(cast.ward, members)
        found.append(sorted(members, key=lambda one: known[one].name))
    return [[one for one in people if one][-5:] for people in found]


def prepared(cast, **changes):
    told = {"kind": "regular", "size": 9, "votes_on": RT_DAY, "term_since": TERM, **changes}
    return actions.prepare(by=cast.facilitator, ward=cast.ward, **told)


def tally(station, votes, **changes):
    """A tally that reconciles: as many valid ballots as the strongest name has votes, or as are needed."""
    issued = station.last - station.first + 1
    valid = max([*votes.values(), -(-sum(votes.values()) // station.names)], default=0)
    return {
        "station": station.id, "voters": valid, "women": valid // 2, "valid": valid, "left": issued - valid,
        "votes": votes, **changes,
    }  # fmt: skip


def open_round(election):
    return election.rounds.get(status="open")


def type_twice(cast, election, votes_by_unit, **changes):
    """Cadre and facilitator type the same for every station of the open round."""
    this = open_round(election)
    typed = [
        tally(one, votes_by_unit.get(one.unit, {}), **changes)
        for one in this.stations.order_by("number")
    ]
    for who in (cast.cadre, cast.facilitator):
        actions.enter_tallies(by=who, ward=cast.ward, round_id=this.id, tallies=typed)
    return this


def close(cast, this, **changes):
    told = {"witnesses": WITNESSES, **changes}
    return actions.close_round(by=cast.facilitator, ward=cast.ward, round_id=this.id, **told)


def vote_in_rts(cast, election, people):
    """Three names win in every RT: the first three, with 4, 3 and 2 votes."""
    votes = {
        f"01/{rt}": dict(zip(people[n][:3], (4, 3, 2), strict=True)) for n, rt in enumerate(RTS)
    }
    return close(cast, type_twice(cast, election, votes))


def vote_in_ward(cast, election, people, votes=None):
    """Twelve delegates: nine names with 9, 8 … 1 votes; the others none."""
    actions.open_round(
        by=cast.facilitator, ward=cast.ward, election_id=election.id, held_on=WARD_DAY
    )
    named = [people[rt][place] for place in range(3) for rt in range(4)]
    given = votes or dict(zip(named, (9, 8, 4, 3, 3, 3, 2, 2, 2), strict=False))
    return close(cast, type_twice(cast, election, {"": given}))


def confirm(cast, election, people, on=WARD_DAY):
    """The meeting of the delegates confirms the result; its id."""
    there = [one for rt in people for one in rt[:3]]
    meeting = meet(cast, there, kind="board_election", on=on, eligible=len(there))
    votes = {"for": len(there), "against": 0, "abstain": 0}
    return decide(cast, meeting, f"elections.seat_board:{election.id}", votes=votes).id


def seated(cast, people, votes=None):
    """A whole election, from the RTs to the seats."""
    election = prepared(cast)
    vote_in_rts(cast, election, people)
    vote_in_ward(cast, election, people, votes)
    return actions.seat_board(
        by=cast.facilitator, ward=cast.ward, election_id=election.id,
        meeting_id=confirm(cast, election, people),
    )  # fmt: skip


def board(cast, on=TERM):
    return [one.person for one in queries.board(cast.ward, on)]


__all__ = ["clock", "facts"]
