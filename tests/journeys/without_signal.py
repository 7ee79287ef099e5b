"""People, residents and meetings for the journey without a signal: ``python -m tests.journeys.without_signal``.

With ``meanwhile``: what is entered elsewhere while the phone is away; with ``arrived``: what came of it.
Prints JSON.
"""

import json
import sys
from datetime import timedelta

from pendamping.cli import site

RESIDENTS = 100  # as many as there are pairs of the words


ONE = [
    "Anggur",
    "Bulir",
    "Cempaka",
    "Dahlia",
    "Embun",
    "Fajar",
    "Gunung",
    "Hujan",
    "Intan",
    "Jagung",
]
OTHER = [
    "Kelapa",
    "Laut",
    "Mawar",
    "Nangka",
    "Ombak",
    "Padi",
    "Randu",
    "Rembulan",
    "Sawah",
    "Teratai",
]


def unlike_the_others(number: int) -> str:
    """With two words of a hundred pairs nobody is taken for a neighbour at the door."""
    from tests.gatherings import in_letters

    return f"{in_letters(number)} {ONE[number % 10]} {OTHER[number // 10]}"


def main(what: str = "", *more: str) -> None:
    site.start(migrate=False)
    print(json.dumps({"": prepare, "meanwhile": meanwhile, "arrived": arrived}[what](*more)))


def prepare() -> dict[str, str]:
    """The cast, a hundred grown-ups in two RTs, and a meeting today."""
    from pendamping.kernel import clock
    from pendamping.meetings import actions as meetings
    from tests import cast as players
    from tests.gatherings import COUNTED, village

    cast = players.make_cast()
    players.give_passwords(cast, "facilitator", "cadre")
    with clock.at(COUNTED):
        village(
            cast, poor=RESIDENTS // 2, rich=RESIDENTS // 2, ratified=False, called=unlike_the_others
        )
    meeting = meetings.call_meeting(
        by=cast.facilitator,
        ward=cast.ward,
        kind="neighbourhood",
        held_on=clock.today(),
        place="Balai warga",
    )
    return {"ward": cast.ward, "meeting": meeting.id, **vote(cast)}


def vote(cast) -> dict[str, str]:
    """An election whose first vote is today; the cadre has typed the first station already."""
    from pendamping.elections import actions, queries
    from pendamping.kernel import clock

    today = clock.today()
    election = actions.prepare(
        by=cast.facilitator,
        ward=cast.ward,
        kind="regular",
        size=9,
        votes_on=today,
        term_since=today,
    )
    [this] = queries.rounds(election)
    row = queries.stations(this)[0]
    people = [person for person, _name, _number in queries.names_to_count(row.station)[:3]]
    typed = {
        "station": row.station.id, "voters": 6, "women": 3, "valid": 5, "invalid": 1, "spoiled": 1,
        "left": row.issued - 7, "votes": dict(zip(people, (5, 3, 2), strict=True)),
    }  # fmt: skip
    actions.enter_tallies(by=cast.cadre, ward=cast.ward, round_id=this.id, tallies=[typed])
    return {"station": row.station.id, "left": str(row.issued - 7)}


def meanwhile(days_ago: str) -> dict[str, str]:
    """The facilitator logs a day in the office, on which the phone has an entry too."""
    from pendamping.access import queries as access
    from pendamping.facilitation import actions
    from pendamping.kernel import clock
    from tests.cast import WARD

    made = actions.log_day(
        by=access.user("facilitator"), ward=WARD, on=clock.today() - timedelta(days=int(days_ago)), stage="groups",
        roles=["technical"], minutes=30, decided_by="none", women=1, men=0, result="Diketik di kantor",
    )  # fmt: skip
    return {"entry": made.id}


def arrived() -> dict[str, object]:
    """What phones brought: the days of entries, their texts in the order of writing, days of entry, the roll."""
    from pendamping.facilitation import queries as logbook
    from pendamping.kernel import clock
    from pendamping.meetings import queries as meetings
    from pendamping.offline import queries
    from tests.cast import WARD

    today = clock.today()
    entries = {
        f"log:{one.id}": one for one in logbook.entries(WARD, today - timedelta(days=60), today)
    }
    brought = [one for record in entries for one in queries.brought(WARD, record)]
    brought.sort(key=lambda one: one.written_at)
    written = [entries[one.record] for one in brought]
    [meeting] = meetings.meetings(WARD)
    return {
        "days": sorted(one.on.isoformat() for one in written),
        "in_order_of_writing": [one.result for one in written],
        "entered": sorted({one.entered_on.isoformat() for one in written}),
        "roll": len(meetings.roll(meeting.id)),
        "attended": meeting.attended,
        "station": _station(),
    }


def _station() -> str:
    """How far the tallies of the first station are."""
    from pendamping.elections import queries
    from tests.cast import WARD

    [election] = queries.elections(WARD)
    return queries.stations(queries.rounds(election)[0])[0].state


if __name__ == "__main__":
    main(*sys.argv[1:])
