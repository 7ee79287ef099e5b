"""The indicators of a ward on a day, and over months."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pendamping.funds.upk import queries as upk
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.period import month_end
from pendamping.monitoring.measures import MEASURES
from pendamping.monitoring.record import Source
from pendamping.monitoring.rules import Aim, Figure, band, months_of, read_aims
from pendamping.territory import queries as territory

NEAR_POINTS = 5  # where a text is silent
PICTURE_MONTHS = 18
FUND = ("lar", "par", "rr", "ccr", "roi")


def rule(ward: str, on: date, key: str, silent: int) -> int:
    """A number of the guideline's section ``monitoring``; ``silent``: where a text says nothing."""
    return int(guidelines.section("monitoring", ward, on).get(key, silent))


def aims(ward: str, on: date) -> dict[str, Aim]:
    """The indicators of the guideline in force, in its order, the fund's after those of progress."""
    text = guidelines.in_force(ward, on)
    fund = text.section("indicators")
    return read_aims(
        text.section("indicators_of_progress"),
        {key: fund[key] for key in FUND if key in fund},
        rule(ward, on, "near_points", NEAR_POINTS),
    )


@dataclass(frozen=True, slots=True)
class Read:
    """An indicator on a day: what is wanted, what was found, where it stands."""

    aim: Aim
    figure: Figure

    @property
    def band(self) -> str:
        """One of ``rules.BANDS``."""
        return band(self.aim, self.figure)


class Reading:
    """The indicators of a ward as of ``on``; every room is asked once."""

    def __init__(self, ward: str, on: date) -> None:
        self.ward, self.on = ward, on
        self.source = Source(ward, on)
        self.aims = aims(ward, on)

    @cached_property
    def _card(self) -> upk.Card:
        return upk.card(self.ward, self.on)

    def of(self, key: str) -> Read:
        """One indicator; ``KeyError`` where the guideline has no such."""
        aim = self.aims[key]
        return Read(aim, self._fund(aim) if key in FUND else self._measured(aim, self.on))

    def all(self, only: Collection[str] = ()) -> list[Read]:
        """Every indicator in the guideline's order; ``only``: these alone."""
        return [self.of(key) for key in self.aims if not only or key in only]

    def _measured(self, aim: Aim, on: date) -> Figure:
        measure = MEASURES.get(aim.measure)
        return measure(self.source, on, aim) if measure else Figure(aim.key, lacking="no_rule")

    def _fund(self, aim: Aim) -> Figure:
        found = next((one for one in self._card.indicators if one.key == aim.key), None)
        if found is None:
            return Figure(aim.key)
        risky = aim.key in ("lar", "par", "rr")
        behind = tuple(f"loan:{row.loan.id}" for row in self._card.at_risk) if risky else ()
        return Figure(aim.key, found.share.part, found.share.whole, behind or ("book",))

    def months(self) -> list[date]:
        """The days over which a picture reads, from the programme's first day on."""
        place = territory.ward(self.ward)
        first = place.programme_start if place and place.programme_start else self.on
        return months_of(first, self.on, PICTURE_MONTHS)

    def over_months(self, key: str) -> list[tuple[date, Figure]]:
        """An indicator at the end of each month; those of the fund by the health cards that were taken then."""
        aim, found = self.aims[key], []
        for day in self.months():
            if day == self.on:
                found.append((day, self.of(key).figure))
            elif key in FUND:
                found.append((day, self._kept(key, month_end(day))))
            else:
                found.append((day, self._measured(aim, day)))
        return found

    def _kept(self, key: str, month: date) -> Figure:
        rows: Sequence[dict[str, Any]] = self.source.cards.get(month, [])
        for one in rows:
            if one["key"] == key:
                return Figure(key, one["part"], one["whole"])
        return Figure(key)
