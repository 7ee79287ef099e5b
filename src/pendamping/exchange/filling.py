"""What fills a ward package: each room's own dump, named as the package names it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pendamping.cadres import queries as cadres
from pendamping.complaints import queries as complaints
from pendamping.cycle import queries as cycle
from pendamping.facilitation import queries as facilitation
from pendamping.funds.grants import queries as grants
from pendamping.funds.ledger import queries as ledger
from pendamping.funds.loans import queries as loans
from pendamping.guidelines import queries as guidelines
from pendamping.handover import queries as handover
from pendamping.households import queries as households
from pendamping.insight import queries as insight
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings
from pendamping.monitoring import queries as monitoring
from pendamping.notice import queries as notice
from pendamping.planning import queries as planning
from pendamping.territory import queries as territory
from pendamping.trail import queries as trail
from pendamping.verification import queries as verification

Row = Mapping[str, Any]
DUMPS: tuple[Callable[[str], Mapping[str, Iterable[Row]]], ...] = (
    households.dump,
    meetings.dump,
    institutions.dump,
    planning.dump,
    verification.dump,
    loans.dump,
    grants.dump,
    ledger.dump,
    cycle.dump,
    complaints.dump,
    facilitation.dump,
    cadres.dump,
    notice.dump,
    handover.dump,
    monitoring.dump,
    insight.dump,
    trail.dump,
)
RENAMED: Mapping[str, Mapping[str, str]] = {
    "seats": {"since": "from", "until": "to"},
    "group_members": {"since": "from", "until": "to"},
    "cadres": {"joined_on": "from", "left_on": "to"},
}
"""Columns that the package calls otherwise than the room."""


def rows_of(ward: str) -> dict[str, list[Row]]:
    """Every resource with its rows; those of rooms that keep nothing of it stay empty."""
    from pendamping.exchange.rules import RESOURCES

    found: dict[str, list[Row]] = {resource.name: [] for resource in RESOURCES}
    for dump in DUMPS:
        for name, rows in dump(ward).items():
            if name in found:
                found[name] = [_renamed(row, RENAMED.get(name, {})) for row in rows]
    found["ward"] = [_ward(ward)]
    found["deviations"] = guidelines.departures(ward)
    _say_standing(ward, found)
    return found


def texts(ward: str) -> dict[str, bytes]:
    """The guideline's texts in force, as ``guidelines/…``."""
    on = clock.today()
    return {f"guidelines/{n}": text.encode() for n, text in guidelines.files(ward, on).items()}


def _renamed(row: Row, names: Mapping[str, str]) -> Row:
    return {names.get(name, name): value for name, value in row.items()}


def _ward(ward: str) -> Row:
    found = territory.ward(ward)
    if found is None:
        raise LookupError(ward)
    return {
        "code": found.code,
        "name": found.name,
        "guideline": guidelines.code(ward, clock.today()),
        "programme_start": found.programme_start,
        "programme_end": found.programme_end,
    }


def _say_standing(ward: str, found: Mapping[str, list[Row]]) -> None:
    """Whether each cadre works, sleeps or has left, which no row says by itself."""
    standing = {one.cadre.id: one.standing.word for one in cadres.seen(ward, clock.today())}
    found["cadres"][:] = [{**row, "status": standing.get(row["id"], "")} for row in found["cadres"]]
