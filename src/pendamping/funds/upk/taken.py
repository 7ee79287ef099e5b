"""Whether the health cards of the record are as they were taken: the trail holds a mark of their figures."""

from pendamping.funds.upk.models import HealthMonth
from pendamping.kernel.refusal import N_, Reason
from pendamping.kernel.seen import mark
from pendamping.trail import queries as trail

_TAKEN = "upk.record_card"


def breaks(ward: str) -> list[Reason]:
    """Cards with other figures than the last taking gave them; one of before marks were kept counts as it is."""
    told = {record: data for record, _verb, data in trail.told(ward, [_TAKEN])}
    text = N_("The health card of {month} does not hold the figures that were taken.")
    return [
        Reason(
            "upk.card.said",
            text,
            {"month": one.month.isoformat()},
            {"ward": ward, "record": f"health:{one.id}"},
        )
        for one in HealthMonth.objects.filter(ward=ward).order_by("month")
        if told.get(f"health:{one.id}", {"figures": ""}).get("figures", mark(one.figures))
        != mark(one.figures)
    ]
