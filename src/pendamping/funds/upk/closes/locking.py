"""Whether each close stands as it was made, and the books are closed up to the day that the closes say."""

from datetime import date

from pendamping.funds.ledger import queries as books
from pendamping.funds.upk.closes.models import (
    APPROVED,
    CLOSED,
    REOPENED,
    RETURNED,
    STANDING,
    MonthClose,
)
from pendamping.funds.upk.opening import begun
from pendamping.kernel.refusal import Reason
from pendamping.trail import queries as trail


def closed_until(ward: str) -> date | None:
    """The last day of the latest month that is closed, or of an old book that was taken over."""
    months = MonthClose.objects.filter(ward=ward, state__in=STANDING).order_by("-month")
    last = months.values_list("month", flat=True).first()
    return max(filter(None, (last, begun.begun_on(ward))), default=None)


_BY = {
    "upk.close_month": CLOSED,
    "upk.approve_close": APPROVED,
    "upk.return_close": RETURNED,
    "upk.reopen_month": REOPENED,
}


def breaks(ward: str) -> list[Reason]:
    """That closes do not stand as the trail says, or that lock and closes differ: done behind the back
    of the database.
    """
    return [*_states(ward), *_lock(ward)]


def _states(ward: str) -> list[Reason]:
    done = trail.verbs_of(ward, _BY)
    return [
        Reason(
            "upk.close.said",
            "The close of {month} does not stand as the trail says: nobody made it so.",
            {"month": one.month.isoformat()},
            {"ward": ward, "close": one.id},
        )
        for one in MonthClose.objects.filter(ward=ward).order_by("month", "id")
        if [one.state] != [_BY[verb] for verb in done.get(f"close:{one.id}", ())][-1:]
    ]


def _lock(ward: str) -> list[Reason]:
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
