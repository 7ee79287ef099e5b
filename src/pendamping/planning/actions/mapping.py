"""The ward's schematic map, and what residents can build on."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.planning import queries
from pendamping.planning.actions.needs import DESK
from pendamping.planning.models import Potential, WardMap
from pendamping.planning.rules import schematic
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action, own_id


@action
def draw_map(*, by: User, ward: str, grid: str) -> WardMap:
    """Set where each RT stands on the map: a line for each row from the north, RTs from the west, ``-`` for none."""
    territory.take_turn(ward, DESK)
    allow(by, "planning.draw_map", ward)
    spots, reasons = schematic.read(grid, queries.places(ward))
    refuse_if(reasons)
    kept = {place: list(spot) for place, spot in sorted(spots.items())}
    made, _new = WardMap.objects.update_or_create(
        ward=ward, defaults={"spots": kept, "entered_on": clock.today()}
    )
    record(by=by, ward=ward, record=f"map:{ward}", on=clock.today(), places=len(kept))
    return made


@action
def record_potential(
    *, by: User, ward: str, title: str, place: str, found_on: date, request_id: str = ""
) -> Potential:
    """Keep what an RT has to build on. ``place``: ``01/02`` (RW first), empty for the whole ward."""
    territory.take_turn(ward, DESK)
    allow(by, "planning.record_potential", ward)
    title, today = " ".join(title.split()), clock.today()
    refuse_if(
        Reason("planning.potential", text, where={"field": field})
        for wrong, text, field in (
            (not title, N_("Say what there is to build on."), "title"),
            (place and place not in queries.places(ward), N_("The census knows no such RT."), "place"),
            (found_on > today, N_("That day is still to come."), "found_on"),
        )
        if wrong
    )  # fmt: skip
    rw, _slash, rt = place.partition("/")
    made = Potential.objects.create(
        id=own_id(request_id), ward=ward, title=fitting(title, 120), rw=rw, rt=rt, found_on=found_on,
        entered_on=today,
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"potential:{made.id}", on=found_on, title=made.title, place=place
    )
    return made
