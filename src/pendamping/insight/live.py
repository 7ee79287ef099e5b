"""The live record of a ward as the rules read it: the rows of the ward package, only what they ask for.

Each room gives its own rows (its dump); columns are named as the package names them.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from pendamping.cadres import queries as cadres
from pendamping.cycle import queries as cycle
from pendamping.facilitation import queries as facilitation
from pendamping.funds.grants import queries as grants
from pendamping.funds.loans import queries as loans
from pendamping.guidelines import queries as guidelines
from pendamping.handover import queries as handover
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.meetings import queries as meetings
from pendamping.territory import queries as territory
from pendamping.verification import queries as verification

Row = Mapping[str, Any]
Found = dict[str, list[Row]]

ASKED: tuple[tuple[Callable[[str], Mapping[str, Iterable[Row]]], tuple[str, ...]], ...] = (
    (cycle.dump, ("stages",)),
    (meetings.dump, ("meetings", "attendance")),
    (verification.steps_dump, ("verification_steps",)),
    (cadres.dump, ("cadres", "cadre_tasks", "cadre_deeds")),
    (facilitation.dump, ("log_entries", "trainings", "training_attendance")),
    (loans.dump, ("loans", "loan_members", "repayments", "segments", "closures")),
    (grants.dump, ("grants", "tranches")),
    (institutions.dump, ("group_members", "seats")),
    (handover.dump, ("readiness",)),
)
RENAMED: Mapping[str, Mapping[str, str]] = {
    "seats": {"since": "from", "until": "to"},
    "cadres": {"joined_on": "from", "left_on": "to"},
}


def rows(ward: str, on: date) -> Found:
    """Resource → rows. Persons are those alone who borrow, belong to a group or sit in a body."""
    found: Found = {}
    for dump, names in ASKED:
        given = dump(ward)
        for name in names:
            called = RENAMED.get(name)
            found[name] = [
                {called.get(key, key): value for key, value in row.items()} if called else row
                for row in given[name]
            ]
    here = territory.ward(ward)
    if here is None:
        raise LookupError(ward)
    found["ward"] = [
        {"code": ward, "programme_start": here.programme_start, "programme_end": here.programme_end}
    ]
    found["deviations"] = list(guidelines.departures(ward))
    people = {
        row["person"] for name in ("group_members", "seats", "loan_members") for row in found[name]
    }
    homes = households.households_at(ward, people, on)
    found["persons"] = [{"id": key, "household": home} for key, home in homes.items()]
    found["households"] = [
        {"id": homes[key], "rw": one.rw, "rt": one.rt}
        for key, one in households.persons(ward, people).items()
        if key in homes
    ]
    return found
