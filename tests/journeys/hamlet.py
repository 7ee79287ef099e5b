"""Four RTs with five adults each for the journey of an election: ``python -m tests.journeys.hamlet [confirm]``.

``confirm``: the delegates' meeting that confirms the result, as it was held and signed. Prints JSON.
"""

import json
import sys

from pendamping.cli import site


def main(what: str = "") -> None:
    site.start(migrate=False)
    print(json.dumps({"": prepare, "confirm": confirm}[what]()))


def prepare() -> dict[str, str]:
    from pendamping.kernel import clock
    from tests import cast as players
    from tests.electing import TODAY, hamlet

    cast = players.make_cast(practice_today=TODAY)
    players.give_passwords(cast, "facilitator", "cadre")
    with clock.at(TODAY):
        hamlet(cast)
    return {"ward": cast.ward}


def confirm() -> dict[str, str]:
    from pendamping.access import queries as access
    from pendamping.elections import queries
    from pendamping.kernel import clock
    from tests.cast import WARD, Cast
    from tests.electing import TODAY, WARD_DAY
    from tests.gatherings import decide, meet

    cast = Cast(WARD, access.system(), {"facilitator": access.user("facilitator")})
    [election] = queries.elections(WARD)
    first, again, _ward = queries.rounds(election)
    there = [one.person_id for this in (first, again) for one in queries.named(this)
             if one.outcome == "elected"]  # fmt: skip
    votes = {"for": len(there), "against": 0, "abstain": 0}
    with clock.at(TODAY):
        met = meet(cast, there, kind="board_election", on=WARD_DAY, eligible=len(there))
        decide(cast, met, f"elections.seat_board:{election.id}", votes=votes)
    return {"delegates": str(len(there))}


if __name__ == "__main__":
    main(*sys.argv[1:])
