"""Whether what residents gave themselves was entered by an action: what the trail knows."""

from pendamping.funds.grants.models import Contribution, Grant
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason
from pendamping.trail import queries as trail

_GIVEN = "grants.record_contribution"


def breaks(ward: str) -> list[Reason]:
    """Residents' own part of a grant that nobody entered, or that was entered and is gone."""
    rows = Contribution.objects.filter(ward=ward)
    kept = (
        (f"grant:{grant}", on, kind, value)
        for grant, on, kind, value in rows.values_list("grant_id", "on", "kind", "value")
    )
    wrong = trail.kept_otherwise(ward, _GIVEN, ("kind", "value"), kept)
    if not wrong:
        return []
    titles = {f"grant:{one.id}": one.title for one in Grant.objects.filter(ward=ward)}
    return [
        Reason(
            "grants.said",
            "The residents' part of {amount} on {on} for {title} is kept {count} times; the trail knows of {said}.",
            {
                "amount": format_rupiah(one[3]),
                "on": one[1].isoformat(),
                "title": titles.get(one[0], one[0]),
                "count": count,
                "said": said,
            },
            {"ward": ward, "record": one[0]},
        )
        for one, count, said in wrong
    ]
