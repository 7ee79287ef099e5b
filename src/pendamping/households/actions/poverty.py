"""The dated mark "poor": set by the census on import, and by targeting when a list is ratified."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.households.models import Household, PoorMark
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import Reason, refuse_if
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def mark_poor(
    *,
    by: User,
    ward: str,
    households: Collection[str],
    on: date,
    source: str = "list",
    meeting: str = "",
) -> int:
    """Mark households as poor from a day on; returns how many marks are new.

    ``source``: ``list`` (then ``meeting`` is the id of the meeting that ratified it) or ``census``.
    An open mark of another source ends on that day; one of the same source stays as it is.
    """
    wanted = sorted(set(households))
    _lock(wanted)
    allow(by, "households.mark_poor", ward)
    refuse_if(_problems(ward, wanted, on))
    opened = PoorMark.objects.filter(household_id__in=wanted, until__isnull=True)
    same = set(opened.filter(source=source).values_list("household_id", flat=True))
    _end(opened.exclude(source=source), on)
    new = [each for each in wanted if each not in same]
    PoorMark.objects.bulk_create(
        PoorMark(
            id=new_id(), household_id=each, ward=ward, since=on, source=source, meeting=meeting
        )
        for each in new
    )
    record(
        by=by, ward=ward, record=f"meeting:{meeting}" if meeting else f"ward:{ward}", on=on,
        households=len(wanted), new=len(new), source=source,
    )  # fmt: skip
    return len(new)


@action
def unmark_poor(
    *, by: User, ward: str, households: Collection[str], on: date, meeting: str = ""
) -> int:
    """Households no longer count as poor from a day on; returns how many marks were open."""
    wanted = sorted(set(households))
    _lock(wanted)
    allow(by, "households.unmark_poor", ward)
    refuse_if(_problems(ward, wanted, on))
    ended = _end(PoorMark.objects.filter(household_id__in=wanted, until__isnull=True), on)
    record(
        by=by, ward=ward, record=f"meeting:{meeting}" if meeting else f"ward:{ward}", on=on,
        households=len(wanted), ended=ended,
    )  # fmt: skip
    return ended


def _lock(households: list[str]) -> None:
    list(Household.objects.select_for_update().filter(pk__in=households).order_by("pk"))


def _problems(ward: str, households: list[str], on: date) -> list[Reason]:
    found = []
    if on > clock.today():
        found.append(Reason("households.life.future", "The day lies in the future."))
    known = Household.objects.filter(pk__in=households, ward=ward, left_on__isnull=True).count()
    if known != len(households):
        found.append(
            Reason(
                "households.poor.unknown",
                "{count} of the households do not live in this ward (any more).",
                {"count": len(households) - known},
            )
        )
    if PoorMark.objects.filter(
        household_id__in=households, until__isnull=True, since__gt=on
    ).exists():
        found.append(
            Reason(
                "households.poor.order",
                "Some of the households were marked after this day; the day must not lie before.",
            )
        )
    return found


def _end(marks: QuerySet[PoorMark], on: date) -> int:
    return marks.update(until=on)
