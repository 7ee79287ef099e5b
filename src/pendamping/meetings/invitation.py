"""The invitation on paper: when, where, what about; after a change, what changed and why."""

from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.kernel import clock
from pendamping.meetings import labels
from pendamping.meetings.models import Meeting, MeetingChange
from pendamping.meetings.papers import FOLDER


def paper_of(meeting: Meeting, ward_name: str, address: str) -> bytes:
    """The invitation as PDF; of a meeting that was cancelled, the notice that says so."""
    with translation.override("id"):
        return paper.render(
            FOLDER / "invitation.typ", _data(meeting, ward_name, address), lang="id"
        )


def _data(meeting: Meeting, ward_name: str, address: str) -> dict[str, Any]:
    changes = list(meeting.changes.all())
    kinds = labels.kind_names(meeting.ward, meeting.held_on)
    return {
        "title": _title(meeting, changes),
        "kind": kinds.get(meeting.kind, meeting.kind),
        "ward": ward_name,
        "facts": [
            [_("Day"), date_format(meeting.held_on, "l, j F Y")],
            [_("Place"), meeting.place or "–"],
            [_("Level"), labels.level_name(meeting)],
        ],
        "off": meeting.cancelled,
        "agenda_title": _("Agenda"),
        "agenda": list(meeting.agenda),
        "changes_title": _("What changed"),
        "changes": [_said(change) for change in changes],
        "close": _("Please tell those who do not see this paper.")
        if meeting.cancelled
        else _("Please come in time; what is decided counts only when enough people are there."),
        "signed": f"{ward_name}, {date_format(clock.today(), 'j F Y')}",
        "signer": _("Who invites:"),
        "qr": paper.qr_svg(address),
    }


def _title(meeting: Meeting, changes: list[MeetingChange]) -> str:
    if meeting.cancelled:
        return _("The meeting is cancelled")
    return _("Invitation, changed") if changes else _("Invitation")


def _said(change: MeetingChange) -> str:
    """One change in a sentence."""
    values = {
        "was": date_format(change.was_on, "j F Y"),
        "was_at": change.was_at or "–",
        "why": change.why,
    }
    if change.now_on is None:
        return _("Not held on %(was)s, %(was_at)s. Reason: %(why)s") % values
    values |= {"now": date_format(change.now_on, "j F Y"), "now_at": change.now_at}
    return _("From %(was)s, %(was_at)s, to %(now)s, %(now_at)s. Reason: %(why)s") % values
