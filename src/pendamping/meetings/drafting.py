"""Minutes drafted from the record, to be read, mended and signed."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.kernel.refusal import Reason
from pendamping.meetings import labels, queries
from pendamping.meetings.models import Decision, Meeting


def draft(meeting: Meeting) -> str:
    """The minutes in Indonesian, as they are signed in the ward."""
    with translation.override("id"):
        return "\n\n".join(
            [_opening(meeting), _attendance(meeting), _agenda(meeting), _decisions(meeting)]
        )


def mark(meeting: Meeting) -> str:
    """What stands for the draft as the record gives it now: 16 hexadecimal digits."""
    return sha256(draft(meeting).encode()).hexdigest()[:16]


def against_record(meeting: Meeting, text: str, seen: str) -> list[Reason]:
    """Against signing minutes that the record gainsays: another one since the draft of that mark was read, or
    a text that knows of no decision where there is one.
    """
    if meeting.status != "held":
        return []
    if not seen or seen == mark(meeting):
        return _none_taken(meeting, text)
    return [
        Reason(
            "meetings.minutes.changed",
            "Something was recorded in this meeting since you opened this page. Take it into the minutes, then keep them.",
            where={"meeting": meeting.id},
        )
    ]


def _none_taken(meeting: Meeting, text: str) -> list[Reason]:
    with translation.override("id"):
        none = _("No decision was taken.")
    known = queries.decisions(meeting.id)
    if not known or none not in text:
        return []
    return [
        Reason(
            "meetings.minutes.none_taken",
            "The minutes say that no decision was taken, but there is one in the record: {decision} Write it into the minutes.",
            {"decision": known[0].text},
            {"field": "text"},
        )
    ]


def _opening(meeting: Meeting) -> str:
    kind = labels.kind_names(meeting.ward, meeting.held_on).get(meeting.kind, meeting.kind)
    return _("%(kind)s was held on %(day)s at %(place)s.") % {
        "kind": kind,
        "day": date_format(meeting.held_on, "j F Y"),
        "place": meeting.place or "–",
    }


def _attendance(meeting: Meeting) -> str:
    lines = [
        _("%(all)s persons came; of them %(women)s are women and %(poor)s are poor.")
        % {
            "all": (meeting.attended or 0) - meeting.guests,
            "women": meeting.attended_women,
            "poor": meeting.attended_poor,
        }
    ]
    if meeting.guests:
        lines.append(
            _("Guests without a vote, besides them: %(count)s.") % {"count": meeting.guests}
        )
    for check in queries.verdict(meeting).checks:
        lines.append(f"- {labels.check_label(check)}: {labels.check_figure(check)}")
        lines += [labels.check_missing(check)] if check.missing else []
    lines.append(_("The quorum was met.") if meeting.quorum_met else _("The quorum was not met."))
    return "\n".join(lines)


def _agenda(meeting: Meeting) -> str:
    lines = [f"{number}. {line}" for number, line in enumerate(meeting.agenda, 1)]
    return "\n".join([_("Agenda:"), *(lines or ["–"])])


def decision(one: Decision) -> str:
    """What was decided, with its outcome and how."""
    outcome = _("accepted") if one.outcome == "accepted" else _("rejected")
    way = _("by consensus")
    if one.votes is not None:
        way = _("by vote: %(yes)s for, %(no)s against, %(none)s abstained") % {
            "yes": one.votes.get("for", 0),
            "no": one.votes.get("against", 0),
            "none": one.votes.get("abstain", 0),
        }
    return f"{one.text} ({outcome}, {way})"


def _decisions(meeting: Meeting) -> str:
    found = [f"{one.number}. {decision(one)}" for one in queries.decisions(meeting.id)]
    return "\n".join([_("Decisions:"), *(found or [_("No decision was taken.")])])


def not_decided(open_: Sequence[Mapping[str, str]], why: Mapping[str, str]) -> str:
    """The last words of the minutes: what was left open, and why; empty where nothing was."""
    if not open_:
        return ""
    with translation.override("id"):
        lines = [f"- {one['text']} – {why[one['subject']].strip()}" for one in open_]
        return "\n\n" + "\n".join([_("Not decided:"), *lines])
