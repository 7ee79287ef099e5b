"""Whether the day up to which the books are closed is the one that the closes say."""

from datetime import date

from pendamping.funds.ledger import queries as books
from pendamping.funds.upk.closes.models import STANDING, MonthClose
from pendamping.funds.upk.opening import begun
from pendamping.kernel.refusal import Reason


def closed_until(ward: str) -> date | None:
    """The last day of the latest month that is closed, or of an old book that was taken over."""
    months = MonthClose.objects.filter(ward=ward, state__in=STANDING).order_by("-month")
    last = months.values_list("month", flat=True).first()
    return max(filter(None, (last, begun.begun_on(ward))), default=None)


def breaks(ward: str) -> list[Reason]:
    """That lock and closes differ: the database refuses it; this finds what was done behind its back."""
    said, locked = closed_until(ward), books.closed_until(ward)
    if said == locked:
        return []
    none = "–"
    return [
        Reason(
            "upk.lock",
            "By the closes the books are closed up to {said}, but they are locked up to {locked}.",
            {
                "said": said.isoformat() if said else none,
                "locked": locked.isoformat() if locked else none,
            },
            {"ward": ward},
        )
    ]
