"""Whether what residents gave themselves was entered by an action: what the trail knows."""

from pendamping.funds.grants.models import Contribution, Grant, Report
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason
from pendamping.kernel.seen import mark
from pendamping.trail import queries as trail

_GIVEN, _HANDED_IN = "grants.record_contribution", "grants.hand_in_report"


def breaks(ward: str) -> list[Reason]:
    """What differs from what was entered: residents' own part, and the figures of a report."""
    return [*_given(ward), *_reported(ward)]


def _reported(ward: str) -> list[Reason]:
    """Reports with other figures than they were handed in with; one of before marks were kept counts as it is."""
    told = {record: data for record, _verb, data in trail.told(ward, [_HANDED_IN])}
    reports = Report.objects.filter(ward=ward, handed_in_on__isnull=False).select_related("tranche")
    return [
        Reason(
            "grants.report.said",
            "The report of {tranche} does not hold the figures that it was handed in with.",
            {"tranche": one.tranche.code},
            {"ward": ward, "record": f"report:{one.id}"},
        )
        for one in reports.order_by("id")
        if told.get(f"report:{one.id}", {"figures": ""}).get("figures", mark(one.figures))
        != mark(one.figures)
    ]


def _given(ward: str) -> list[Reason]:
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
