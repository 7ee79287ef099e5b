"""Whether everybody in a body was seated by an action, and every step of a group entered: what the trail knows."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count

from pendamping.institutions.models import Body, Group, GroupStep
from pendamping.kernel.refusal import Reason
from pendamping.trail import queries as trail

_WHOLE, _ONE, _APPOINTED = (
    "institutions.seat_members", "institutions.add_seat", "institutions.appoint",
)  # fmt: skip
_STEP = "institutions.record_step"


def breaks(ward: str) -> list[Reason]:
    """Bodies with more or fewer seats than were ever given, groups with other steps than were entered."""
    return [*_seats(ward), *_steps(ward)]


def _seats(ward: str) -> list[Reason]:
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


def _steps(ward: str) -> list[Reason]:
    rows = GroupStep.objects.filter(group__ward=ward)
    kept = (
        (f"group:{group}", on, kind, module)
        for group, on, kind, module in rows.values_list("group_id", "on", "kind", "module")
    )
    wrong = trail.kept_otherwise(ward, _STEP, ("kind", "module"), kept)
    if not wrong:
        return []
    names = {f"group:{key}": name for key, name in _groups(ward)}
    return [
        Reason(
            "institutions.said",
            "The group {group} has {count} such steps of {on}: {step}; the trail knows of {said}.",
            {
                "group": names.get(one[0], one[0]),
                "on": one[1].isoformat(),
                "step": one[3] or one[2],
                "count": count,
                "said": said,
            },
            {"ward": ward, "record": one[0]},
        )
        for one, count, said in wrong
    ]


def _groups(ward: str) -> Iterable[tuple[str, str]]:
    return Group.objects.filter(ward=ward).values_list("id", "name")
