"""Whether everybody in a body was seated by an action: what the trail knows."""

from collections import Counter

from django.db.models import Count

from pendamping.institutions.models import Body
from pendamping.kernel.refusal import Reason
from pendamping.trail import queries as trail

_WHOLE, _ONE, _APPOINTED = (
    "institutions.seat_members", "institutions.add_seat", "institutions.appoint",
)  # fmt: skip


def breaks(ward: str) -> list[Reason]:
    """Bodies with more or fewer seats than were ever given."""
    given: Counter[str] = Counter()
    for record, verb, data in trail.told(ward, [_WHOLE, _ONE, _APPOINTED]):
        given[record] += 1 if verb == _ONE else data["seats"]
    kept = Body.objects.filter(ward=ward).annotate(there=Count("seats")).order_by("kind")
    return [
        Reason(
            "institutions.said",
            "{count} people sit or sat in the body {kind}; the trail knows of {said}.",
            {"kind": one.kind, "count": one.there, "said": given[f"body:{one.id}"]},
            {"ward": ward, "body": one.id},
        )
        for one in kept
        if one.there != given[f"body:{one.id}"]
    ]
