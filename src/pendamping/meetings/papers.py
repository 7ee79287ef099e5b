"""The roll and the minutes on paper; each carries a code with the address of its record."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.households import queries as households
from pendamping.meetings import belonging, drafting, labels, queries
from pendamping.meetings.models import Meeting
from pendamping.trail import queries as trail

FOLDER = Path(__file__).parent / "papers"
EMPTY_ROWS = 30


def _head(meeting: Meeting, ward_name: str, address: str) -> dict[str, Any]:
    kinds = labels.kind_names(meeting.ward, meeting.held_on)
    return {
        "kind": kinds.get(meeting.kind, meeting.kind),
        "ward": ward_name,
        "day": date_format(meeting.held_on, "j F Y"),
        "place": meeting.place,
        "qr": paper.qr_svg(address),
    }


def roll(meeting: Meeting, ward_name: str, address: str) -> bytes:
    """The roll as PDF: who stands on it, and empty lines to sign on where it is not taken yet."""
    with translation.override("id"):
        rows = [
            [
                str(e.number),
                _("%(name)s (struck)") % {"name": e.name} if e.struck else e.name,
                e.sex,
                f"{e.rt}/{e.rw}" if e.rt else "",
                _("yes") if e.poor else "",
            ]
            for e in queries.roll_as_written(meeting.id)
        ]
        if meeting.status == "called":
            rows = _to_sign(meeting)
        data = {
            **_head(meeting, ward_name, address),
            "title": _("Roll"),
            "columns": ["No.", _("Name"), _("L/P"), "RT/RW", _("Poor"), _("Signature")],
            "rows": rows,
            "agenda_title": _("Agenda"),
            "agenda": list(meeting.agenda),
        }
        return paper.render(FOLDER / "roll.typ", data, lang="id")


def _to_sign(meeting: Meeting) -> list[list[str]]:
    """Lines to sign on: those who belong by name, where they are known, then empty ones."""
    sitting = belonging.members(meeting) or []
    known = sorted(households.persons(meeting.ward, sitting).values(), key=lambda one: one.name)
    named = [[one.name, one.sex, f"{one.rt}/{one.rw}" if one.rt else "", ""] for one in known]
    lines = named + [["", "", "", ""]] * max(EMPTY_ROWS - len(named), 5)
    return [[str(number), *line] for number, line in enumerate(lines, 1)]


def minutes(meeting: Meeting, ward_name: str, address: str, typed: str = "") -> bytes:
    """The minutes as PDF; a draft where they are not signed yet: ``typed``, or as the record gives it."""
    with translation.override("id"):
        signed = meeting.status == "closed"
        seal = trail.short_seal(meeting.ward)
        text = meeting.minutes
        if not signed:
            made = (
                drafting.draft(meeting) if meeting.status == "held" else "\n".join(meeting.agenda)
            )
            text = typed.strip() or made
        data = {
            **_head(meeting, ward_name, address),
            "title": _("Minutes") if signed else _("Minutes (draft)"),
            "text": text,
            "present": _present(meeting),
            "present_title": _("Who was present"),
            "decisions": _decided(meeting, text),
            "decisions_title": _("Decisions"),
            "text_title": _("What was written down"),
            "corrected": _corrected(meeting),
            "signed": ", ".join(
                part
                for part in (
                    ward_name,
                    date_format(meeting.signed_on, "j F Y")
                    if meeting.signed_on
                    else _("date: ______"),
                )
                if part
            ),
            "signers_title": _("Signed by"),
            "signers": list(meeting.signers) or [_("Name and office:")] * 3,
            "seal": _("Seal of the trail: %(seal)s") % {"seal": "{}:{}".format(*seal)},
        }
        return paper.render(FOLDER / "minutes.typ", data, lang="id")


def _corrected(meeting: Meeting) -> list[str]:
    """What was struck on the roll after the meeting, for the foot of the minutes."""
    said = _(
        "Corrected on %(day)s: number %(struck)s of the roll is struck, the same person as number %(stands)s "
        "(%(why)s). %(was)s had been counted, %(now)s came; %(quorum)s."
    )
    return [
        said
        % {
            "day": date_format(one.entered_on, "j F Y"), "struck": one.struck, "stands": one.stands,
            "why": one.why, "was": one.was_attended, "now": one.attended,
            "quorum": _("quorum reached") if one.quorum_met else _("quorum not reached"),
        }
        for one in queries.corrections(meeting.id)
    ]  # fmt: skip


def _present(meeting: Meeting) -> list[list[str]]:
    """Columns of who came, without guests: by sex, the poor among them, and how many may decide."""
    if meeting.attended is None:
        return []
    came = meeting.attended - meeting.guests
    women = meeting.attended_women or 0
    columns = [
        [_("Came"), str(came)],
        [_("Women"), str(women)],
        [_("Men"), str(came - women)],
        [_("Poor among them"), str(meeting.attended_poor or 0)],
        [_("Guests"), str(meeting.guests)],
    ]
    if meeting.eligible is not None:
        columns.append([_("May decide"), str(meeting.eligible)])
    return [
        *columns,
        [_("Quorum"), _("quorum reached") if meeting.quorum_met else _("quorum not reached")],
    ]


def _decided(meeting: Meeting, text: str) -> list[str]:
    """The decisions as they were recorded, in their order, where the minutes do not say them already."""
    taken = [drafting.decision(one) for one in queries.decisions(meeting.id)]
    return [] if all(one in text for one in taken) else taken
