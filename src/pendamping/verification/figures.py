"""Durations in figures: by tier, verifier, ward or month; the forecast of one dossier."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from pendamping.kernel import clock
from pendamping.territory import queries as territory
from pendamping.verification import guideline
from pendamping.verification.models import Dossier, Step
from pendamping.verification.rules.chain import seat_of
from pendamping.verification.rules.forecast import Forecast
from pendamping.verification.rules.forecast import forecast as counted
from pendamping.verification.rules.spread import Spread, spread

CITY_DOTS = 1  # 32.71
GROUPS = {"tier": "tier", "verifier": "decided_by", "ward": "ward", "month": "month"}


@dataclass(frozen=True, slots=True)
class Figures:
    """The days of one tier, verifier, ward or month, and what was decided."""

    key: str
    days: Spread
    returned: int
    refused: int


def within(area: str) -> Q:
    """Stays in an official area and all below it; a city and a ward have an index of their own."""
    if area.count(".") == CITY_DOTS:
        return Q(city=area)
    return Q(ward__in=codes(area)) if area else Q()


def codes(area: str) -> list[str]:
    """The wards of an area that take part."""
    return [
        ward.code for ward in territory.wards([area]) if not ward.practice_of or ward.code == area
    ]


def decided(area: str) -> "QuerySet[Step]":
    """Every decision of an area; what was only taken back is none."""
    return Step.objects.filter(within(area), days__isnull=False)


def figures(area: str, by: str = "tier") -> list[Figures]:
    """Median, 90th percentile and share within the limit; ``by``: a key of :data:`GROUPS`.

    One statement: the days are counted into a histogram by the database, the figures are exact.
    """
    column = GROUPS[by]
    rows = (
        decided(area)
        .order_by()
        .values_list(column, "days", "within", "decision")
        .annotate(many=Count("*"))
    )
    found: dict[str, _Tally] = {}
    for key, days, within, decision, many in rows:
        found.setdefault(key, _Tally()).add(days, within, decision, many)
    return [tally.figures(key) for key, tally in sorted(found.items())]


class _Tally:
    def __init__(self) -> None:
        self.days: dict[int, int] = {}
        self.within = self.limited = self.returned = self.refused = 0

    def add(self, days: int, within: bool | None, decision: str, many: int) -> None:
        self.days[days] = self.days.get(days, 0) + many
        self.limited += many if within is not None else 0
        self.within += many if within else 0
        self.returned += many if decision == "return" else 0
        self.refused += many if decision == "refuse" else 0

    def figures(self, key: str) -> Figures:
        return Figures(
            key, spread(self.days, self.within, self.limited), self.returned, self.refused
        )


def histograms(area: str, tiers: Iterable[str]) -> dict[str, dict[int, int]]:
    """The days of some tiers: ``{tier: {days: how many}}``; read along the index of the area."""
    rows = decided(area).filter(tier__in=list(tiers)).order_by().values_list("tier", "days")
    found: dict[str, dict[int, int]] = {}
    for tier, days, many in rows.annotate(many=Count("*")):
        found.setdefault(tier, {})[days] = many
    return found


def forecast(dossier: Dossier, left: tuple[str, ...], elapsed: int) -> Forecast | None:
    """When a dossier that lies in a tier will probably be through, by its city's experience."""
    if dossier.state != "open":
        return None
    rule = guideline.rule(dossier.ward, dossier.opened_on)
    limits = {key: tier.days for key, tier in rule.tiers.items()}
    city = seat_of(dossier.ward, "city")
    return counted(clock.today(), left, elapsed, histograms(city, left), limits)


def oldest(area: str, tiers: Iterable[str]) -> Iterator[Dossier]:
    """The open dossiers of an area that have waited longest where they lie, one of each tier."""
    inside = Dossier.objects.filter(ward__in=codes(area)) if area else Dossier.objects.all()
    for tier in tiers:
        yield from inside.filter(tier=tier).order_by("received_on", "id")[:1]
