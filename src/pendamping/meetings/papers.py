"""The roll and the minutes on paper; each carries a code with the address of its record."""

from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.meetings import drafting, labels, queries
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
                e.name,
                e.sex,
                f"{e.rt}/{e.rw}" if e.rt else "",
                _("yes") if e.poor else "",
            ]
            for e in queries.roll(meeting.id)
        ]
        if meeting.status == "called":
            rows = [[str(number), "", "", "", ""] for number in range(1, EMPTY_ROWS + 1)]
        data = {
            **_head(meeting, ward_name, address),
            "title": _("Roll"),
            "columns": ["No.", _("Name"), _("L/P"), "RT/RW", _("Poor"), _("Signature")],
            "rows": rows,
            "agenda_title": _("Agenda"),
            "agenda": list(meeting.agenda),
        }
        return paper.render(FOLDER / "roll.typ", data, lang="id")


def minutes(meeting: Meeting, ward_name: str, address: str) -> bytes:
    """The minutes as PDF; a draft where they are not signed yet."""
    with translation.override("id"):
        signed = meeting.status == "closed"
        seal = trail.short_seal(meeting.ward)
        text = meeting.minutes
        if not signed:
            text = (
                drafting.draft(meeting) if meeting.status == "held" else "\n".join(meeting.agenda)
            )
        data = {
            **_head(meeting, ward_name, address),
            "title": _("Minutes") if signed else _("Minutes (draft)"),
            "text": text,
            "signed": date_format(meeting.signed_on, "j F Y") if meeting.signed_on else "",
            "signers": list(meeting.signers) or ["", "", ""],
            "seal": _("Seal of the trail: %(seal)s") % {"seal": "{}:{}".format(*seal)},
        }
        return paper.render(FOLDER / "minutes.typ", data, lang="id")
