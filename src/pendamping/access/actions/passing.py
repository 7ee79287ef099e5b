"""What a facilitator did passes to the people of the ward: their rights end, one by one and at last all."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q

from pendamping.access.gate import allow
from pendamping.access.models import Assignment, PassedOn, User
from pendamping.access.queries import LEFT
from pendamping.kernel import clock
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def pass_on(*, by: User, ward: str, duty: str, permissions: Sequence[str], to: str) -> None:
    """From today on facilitators leave these permissions to others in the ward. ``to``: the login that takes over.

    Who holds a permission by another role too keeps it.
    """
    territory.take_turn(ward, "rights")
    allow(by, "access.pass_on", ward)
    today = clock.life_today()
    open_now = set(
        PassedOn.objects.filter(ward=ward, until__isnull=True).values_list("permission", flat=True)
    )
    for permission in dict.fromkeys(permissions):
        if permission not in open_now:
            PassedOn.objects.create(ward=ward, permission=permission, since=today)
    record(by=by, ward=ward, record=f"user:{to}", duty=duty, permissions=sorted(permissions))


@action
def call_back(*, by: User, ward: str, duty: str, permissions: Sequence[str]) -> None:
    """Facilitators do these things again from today on, together with those who took them over."""
    territory.take_turn(ward, "rights")
    allow(by, "access.call_back", ward)
    today = clock.life_today()
    for one in PassedOn.objects.filter(ward=ward, permission__in=permissions, until__isnull=True):
        one.until = max(today, one.since)
        one.save(update_fields=["until"])
    record(by=by, ward=ward, record=f"duty:{duty}", permissions=sorted(permissions))


@action
def end_accompanying(*, by: User, ward: str, last_day: date) -> int:
    """Every facilitator's role in the ward ends with this day; returns how many were given for the ward itself.

    Of a role that is held in an area above it the ward is taken out. What was done under it stays.
    """
    territory.take_turn(ward, "rights")
    allow(by, "access.end_accompanying", ward)
    running = Assignment.objects.select_for_update().filter(area=ward, role="facilitator")
    ended = 0
    for given in running.filter(Q(until__isnull=True) | Q(until__gt=last_day)):
        given.until = max(given.since, last_day)
        given.save(update_fields=["until"])
        ended += 1
    PassedOn.objects.create(ward=ward, permission=LEFT, since=last_day + timedelta(days=1))
    record(by=by, ward=ward, record=f"ward:{ward}", on=last_day, ended=ended)
    return ended
