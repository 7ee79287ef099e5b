"""Wards side by side for those who have more than one: each room is asked once for all of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.funds.loans import queries as loans
from pendamping.funds.upk import queries as upk
from pendamping.households import queries as households
from pendamping.insight import queries as insight
from pendamping.institutions import queries as institutions
from pendamping.kernel.share import Share
from pendamping.targeting import queries as targeting

RATIFIED = 6  # of targeting.step


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a ward stands.

    ``stage``: a key of ``labels.STAGES``. ``poor``: households by the marks of now. ``card``: the last
    day of the month whose health card is in the record, ``None`` before the first one; ``lar``,
    ``par``, ``rr`` and ``arrears`` (principal behind of groups at risk, whole rupiah) are of that day.
    ``stops``: whether a stop on new lending stands now, whatever the card said then. ``urgent``: how many
    warnings were to be acted on when somebody last looked, and that day; ``None`` before the first look.
    """

    stage: str
    poor: Share
    groups: int
    card: date | None = None
    lar: Share | None = None
    par: Share | None = None
    rr: Share | None = None
    arrears: int | None = None
    stops: bool = False
    urgent: tuple[int, date] | None = None


def standings(wards: Collection[str]) -> dict[str, Standing]:
    """Each ward's standing, by its code."""
    steps, groups = targeting.steps(wards), institutions.counts(wards)
    homes, cards = households.totals(wards), upk.latest(wards)
    stopped, urgent = loans.stopped_wards(wards), insight.urgent_of(wards)
    found = {}
    for ward in wards:
        all_, poor = homes.get(ward, (0, 0))
        card, number = cards.get(ward), groups.get(ward, 0)
        stage = _stage(steps[ward], all_, number, card)
        figures = {**_figures(card), "stops": ward in stopped, "urgent": urgent.get(ward)}
        found[ward] = Standing(stage, Share(poor, all_), number, **figures)
    return found


def _stage(step: int, homes: int, groups: int, card: Any) -> str:
    if step == RATIFIED and card is not None:
        return "lends"
    if step == RATIFIED and groups:
        return "groups"
    if step == 1 and homes:
        return "census"
    return str(step)


def _figures(card: Any) -> dict[str, Any]:
    if card is None:
        return {}
    shares = {one["key"]: Share(one["part"], one["whole"]) for one in card.figures}
    rr = shares.get("rr")
    return {
        "card": card.month,
        "lar": shares.get("lar"),
        "par": shares.get("par"),
        "rr": rr,
        "arrears": rr.whole - rr.part if rr else None,
    }
