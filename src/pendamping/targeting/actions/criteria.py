"""The residents' poverty criteria."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.seen import overtaken
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.targeting import queries
from pendamping.targeting.models import (
    CriteriaVersion,
    Criterion,
)
from pendamping.targeting.rules import poor_list as rules
from pendamping.territory.actions import take_turn
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def set_criteria(
    *, by: User, ward: str, criteria: Sequence[Mapping[str, Any]], on: date, seen: str = ""
) -> CriteriaVersion:
    """Write down a new version of the residents' criteria, to be ratified in a meeting.

    ``criteria``: mappings ``kind`` (household, area), ``text``, and, if any, ``weight`` and ``key``.
    ``seen``: the mark of the version that the page went on from, none where nobody read one.
    """
    take_turn(ward, "targeting")
    allow(by, "targeting.set_criteria", ward)
    kept = [each for each in criteria if str(each.get("text", "")).strip()]
    rows = [(str(each["kind"]), str(each["text"]), each.get("weight")) for each in kept]
    refuse_if([*rules.criteria_problems(rows), *rules.set_problems(on, clock.today())])
    latest = queries.criteria_version(ward)
    refuse_if(overtaken(seen, queries.criteria_rows(latest), [list(row) for row in rows]))
    version = CriteriaVersion.objects.create(
        ward=ward,
        number=latest.number + 1 if latest else 1,
        set_on=on,
        entered_on=clock.today(),
    )
    used: set[str] = set()
    for number, each in enumerate(kept, 1):
        key = str(each.get("key") or f"c{number}")
        key = f"c{number}" if key in used else key
        used.add(key)
        Criterion.objects.create(
            version=version,
            number=number,
            key=key,
            kind=each["kind"],
            text=fitting(str(each["text"]), 200),
            weight=each.get("weight"),
        )
    record(
        by=by, ward=ward, record=f"criteria:{version.id}", on=on, number=version.number,
        criteria=len(kept),
    )  # fmt: skip
    return version


@action
def ratify_criteria(*, by: User, ward: str, version_id: str, meeting_id: str) -> CriteriaVersion:
    """A meeting has decided ``targeting.ratify_criteria:<version id>``: the version now holds."""
    version = CriteriaVersion.objects.select_for_update().filter(pk=version_id, ward=ward).first()
    allow(by, "targeting.ratify_criteria", ward)
    if version is None:
        raise refuse("targeting.criteria.unknown", "There are no such criteria in this ward.")
    if version.status == "ratified":
        raise refuse("targeting.criteria.ratified", "These criteria have been ratified already.")
    refuse_if(
        meetings.decided(
            ward,
            meeting_id,
            f"targeting.ratify_criteria:{version.id}",
            matter="poverty_criteria",
            since=version.set_on,
            until=clock.today(),
        )
    )
    meeting = meetings.meeting(ward, meeting_id)
    version.status, version.meeting, version.ratified_on = "ratified", meeting_id, meeting.held_on
    version.save(update_fields=["status", "meeting", "ratified_on"])
    record(
        by=by, ward=ward, record=f"criteria:{version.id}", on=meeting.held_on, meeting=meeting_id
    )
    return version
