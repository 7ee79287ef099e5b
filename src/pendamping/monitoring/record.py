"""The record of a ward as the indicators read it: each room is asked once, however many days are looked at."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from pendamping.cadres import queries as cadres
from pendamping.complaints import queries as complaints
from pendamping.cycle import queries as cycle
from pendamping.elections import queries as elections
from pendamping.funds.grants import queries as grants
from pendamping.funds.upk import queries as upk
from pendamping.meetings import queries as meetings
from pendamping.planning import queries as planning

FIRST = date(1990, 1, 1)  # no record of a ward is older


class Source:
    """What is kept of a ward up to ``on``, the latest day that is asked for."""

    def __init__(self, ward: str, on: date) -> None:
        self.ward, self.on = ward, on

    @cached_property
    def meetings(self) -> list[Any]:
        """Meetings of residents and board that were held, the oldest first; a group's own are not among them."""
        held = meetings.meetings(self.ward, status=("held", "closed"))
        return [one for one in held[::-1] if one.held_on <= self.on and one.level != "group"]

    @cached_property
    def votes(self) -> list[tuple[Any, list[Any]]]:
        """Elections of the board that were not given up, the latest first, with the counted votes of adults."""
        found = []
        for one in elections.elections(self.ward):
            if one.practice or one.status == "given_up":
                continue
            counted = [
                each
                for each in elections.rounds(one)
                if each.status == "counted" and each.adults_vote and each.runoff_of_id is None
            ]
            found.append((one, counted))
        return found

    @cached_property
    def cadres(self) -> Sequence[cadres.Seen]:
        """Everybody who joined, with signs of work up to the day."""
        return cadres.seen(self.ward, self.on)

    @cached_property
    def grants(self) -> list[Any]:
        """Grants to groups with money, progress and own part."""
        return grants.grants_with_all(self.ward)

    @cached_property
    def tranches(self) -> list[Any]:
        """Tranches that have come or are still to come."""
        return list(grants.tranches(self.ward))

    @cached_property
    def changes(self) -> list[Any]:
        """Every movement of the grant's windows."""
        return grants.changes(self.ward)

    @cached_property
    def windows(self) -> tuple[str, ...]:
        """The windows of the grant."""
        return tuple(grants.window_names(self.ward, self.on))

    @cached_property
    def complaints(self) -> list[Any]:
        """What came in up to the day, without ids."""
        return complaints.rows(self.ward, FIRST, self.on)

    @cached_property
    def plans(self) -> list[Any]:
        """The versions of the medium-term plan."""
        return list(planning.plans(self.ward))

    @cached_property
    def cards(self) -> dict[date, list[dict[str, Any]]]:
        """The figures of the health cards that were taken into the record, by the last day of their month."""
        return {one.month: one.figures for one in upk.months(self.ward)}

    def dormant_after(self, on: date) -> int:
        """After how many months without a sign of work a volunteer counts as dormant."""
        return cadres.rule(self.ward, on).dormant_after_months

    @cached_property
    def cycle(self) -> cycle.Cycle:
        """The stages as they stood on the day."""
        return cycle.cycle(self.ward, self.on)
