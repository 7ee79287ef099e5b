"""What the pages of meetings share."""

from typing import Any

from django import forms
from django.http import Http404

from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.meetings import labels, queries
from pendamping.meetings.models import Meeting


def meeting_or_404(ward: str, meeting_id: str) -> Meeting:
    """The meeting, or the page of what is not there."""
    found = queries.meeting(ward, meeting_id)
    if found is None:
        raise Http404
    return found


def named(meeting: Meeting) -> dict[str, Any]:
    """A meeting with its words, as the templates show it."""
    kinds = labels.kind_names(meeting.ward, meeting.held_on)
    return {
        "meeting": meeting,
        "kind_name": kinds.get(meeting.kind, meeting.kind),
        "status_name": labels.status_name(meeting),
        "level_name": labels.level_name(meeting),
        "quorum_name": labels.quorum_name(meeting),
        "waits": queries.waits_for_eligible(meeting),
        "to_come": meeting.held_on > clock.today(),
        "cancelled": meeting.cancelled,
        "changes": list(meeting.changes.all()),
        "corrections": list(meeting.corrections.all()),
        "checks": [
            {
                "held": check.held,
                "waits": check.key == "present_percent" and check.share is None,
                "text": labels.check_label(check),
                "figure": labels.check_figure(check),
                "missing": labels.check_missing(check),
            }
            for check in queries.verdict(meeting).checks
        ],
    }


def status(reasons: list[Reason], form: forms.BaseForm | None = None) -> int:
    """409 where an action refused, 422 where the form is wrong, else 200."""
    if reasons:
        return 409
    return 422 if form is not None and form.errors else 200
