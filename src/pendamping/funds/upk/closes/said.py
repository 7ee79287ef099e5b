"""Whether every count of the cash was entered by an action: what the trail knows."""

from pendamping.funds.upk.closes.models import CashCount
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason
from pendamping.trail import queries as trail

_COUNTED = "upk.count_cash"


def breaks(ward: str) -> list[Reason]:
    """Counts that nobody entered so, and such as were entered and are gone."""
    said = {
        record: (on, data["counted"], data["in_books"])
        for record, _verb, on, data in trail.dated(ward, [_COUNTED])
    }
    rows = CashCount.objects.filter(ward=ward)
    kept = {
        f"cash_count:{key}": (on, counted, in_books)
        for key, on, counted, in_books in rows.values_list("id", "on", "counted", "in_books")
    }
    forged = N_("A count of the cash of {on} says {amount}; nobody entered it so.")
    gone = N_("A count of the cash of {on} that said {amount} is gone.")
    return [
        Reason(
            "upk.count.said",
            forged if record in kept else gone,
            {"on": figures[0].isoformat(), "amount": format_rupiah(figures[1])},
            {"ward": ward, "record": record},
        )
        for record, figures in sorted((said | kept).items())
        if said.get(record) != kept.get(record)
    ]
