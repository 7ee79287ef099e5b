"""When a dossier will probably be through: from the days that its chain has taken so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.verification.rules.spread import percentile

FEW, MANY = 5, 20
"""Fewer decisions than FEW in a tier say nothing: its limit stands in. From MANY on they say much."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """``likely``: half of the dossiers are through by then; ``late``: nine of ten, tier by tier.

    ``sure``: ``guess`` (a tier without experience), ``rough`` or ``good``; ``least``: the fewest
    decisions that stand behind a tier.
    """

    likely: date
    late: date
    sure: str
    least: int


def forecast(
    today: date,
    tiers: Sequence[str],
    elapsed: int,
    days: Mapping[str, Mapping[int, int]],
    limits: Mapping[str, int | None],
) -> Forecast | None:
    """The forecast for the tiers still to go, the one where the dossier lies first.

    ``elapsed``: days it has lain there. ``days``: by tier the histogram of decided days of the
    chain. ``None`` where a tier has neither experience nor a limit.

    >>> forecast(date(2004, 5, 3), ["unit", "board"], 2, {}, {"unit": 7, "board": 7}).likely
    datetime.date(2004, 5, 15)
    """
    if not tiers:
        return None
    likely = late = 0
    least = min(sum(days.get(tier, {}).values()) for tier in tiers)
    for place, tier in enumerate(tiers):
        pair = _days_of(days.get(tier, {}), limits.get(tier))
        if pair is None:
            return None
        spent, least_days = (elapsed, 1) if place == 0 else (0, 0)  # it is not decided yet
        likely += max(pair[0] - spent, least_days)
        late += max(pair[1] - spent, least_days)
    sure = "guess" if least < FEW else "rough" if least < MANY else "good"
    return Forecast(today + timedelta(days=likely), today + timedelta(days=late), sure, least)


def _days_of(found: Mapping[int, int], limit: int | None) -> tuple[int, int] | None:
    """The median and the 90th percentile of a tier, or its limit twice."""
    if sum(found.values()) >= FEW:
        median, ninetieth = percentile(found, 50), percentile(found, 90)
        return (median or 0), (ninetieth or 0)
    return None if limit is None else (limit, limit)
