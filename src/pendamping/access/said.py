"""Whether every role was given by an action: what the trail knows."""

from collections import Counter

from pendamping.access.models import Assignment, PassedOn
from pendamping.kernel.refusal import Reason
from pendamping.trail import queries as trail

_GIVEN, _ENDED = ("access.invite", "access.give_role"), "access.end_role"
_PASSED, _BACK, _LEFT = "access.pass_on", "access.call_back", "access.end_accompanying"


def breaks(area: str) -> list[Reason]:
    """Roles in an area (``""``: the country) that nobody gave; each names the login."""
    known: Counter[tuple[str, str]] = Counter()
    for record, verb, data in trail.told(area, [*_GIVEN, _ENDED]):
        if verb in _GIVEN or data.get("withdrawn"):
            known[record, data["role"]] += 1 if verb in _GIVEN else -1
    found = []
    for given in Assignment.objects.filter(area=area).select_related("user").order_by("pk"):
        key = f"user:{given.user.username}", given.role
        known[key] -= 1
        if known[key] < 0:
            found.append(_unsaid(given))
    return [*found, *_rights(area)]


def _rights(area: str) -> list[Reason]:
    """Permissions that facilitators left, or took up again, without an action: what the trail knows."""
    open_now: set[str] = set()
    for _record, verb, data in trail.told(area, [_PASSED, _BACK, _LEFT]):
        told = set(data.get("permissions", ["*"]))
        open_now = open_now - told if verb == _BACK else open_now | told
    kept = set(
        PassedOn.objects.filter(ward=area, until__isnull=True).values_list("permission", flat=True)
    )
    return [
        Reason(
            "access.passed",
            "Whether facilitators may still do this here differs from what the trail says: {permission}.",
            {"permission": permission},
            {"ward": area, "permission": permission},
        )
        for permission in sorted(open_now ^ kept)
    ]


def areas() -> list[str]:
    """Every area in which somebody holds or held a role."""
    return sorted(set(Assignment.objects.values_list("area", flat=True)))


def _unsaid(given: Assignment) -> Reason:
    return Reason(
        "access.said",
        "{login} holds the role {role}, which nobody gave: the trail does not know it.",
        {"login": given.user.username, "role": given.role},
        {"ward": given.area, "user": given.user.username},
    )
