"""The pledge of joint liability on paper, to be signed by every member."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.institutions import bodies as read
from pendamping.institutions import labels, queries
from pendamping.institutions.models import Group, Seat
from pendamping.kernel import clock

FOLDER = Path(__file__).parent / "papers"
EMPTY_NAME = "………………………………"


def pledge(group: Group, ward_name: str, address: str) -> bytes:
    """Pernyataan Kesanggupan Tanggung Renteng of the members of today, as PDF."""
    with translation.override("id"):
        roles, signed = labels.roles(), queries.signed(group.id)
        rows = [
            [member.name, roles[member.role], _day(signed.get(member.person_id))]
            for member in queries.members(group.id, clock.today())
        ]
        formed = _("Formed on %(day)s") % {"day": _day(group.formed_on)}
        return _pledge(group.name, ward_name, formed, rows, address)


def pledge_to_sign(
    name: str, ward_name: str, held_on: date, members: Sequence[tuple[str, str]], address: str
) -> bytes:
    """The same for a group that is still to be formed; ``members``: pairs of name and role."""
    with translation.override("id"):
        roles = labels.roles()
        rows = [[member, roles.get(role, role), ""] for member, role in members]
        formed = _("To be formed by the meeting of %(day)s") % {"day": _day(held_on)}
        return _pledge(name.strip() or EMPTY_NAME, ward_name, formed, rows, address)


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _pledge(
    name: str, ward_name: str, formed: str, rows: Sequence[Sequence[str]], address: str
) -> bytes:
    data = {
        "title": _("Pledge of joint liability"),
        "group": name,
        "ward": ward_name,
        "formed": formed,
        "text": _(
            "We who sign below are members of %(name)s. We answer for the loan of our group together: "
            "where a member cannot pay an instalment, all of us pay it. We pledge this freely and "
            "without pressure from anybody."
        )
        % {"name": name},
        "columns": ["No.", _("Name"), _("Role"), _("Signed on"), _("Signature")],
        "rows": [[str(number), *row] for number, row in enumerate(rows, 1)],
        "qr": paper.qr_svg(address),
    }
    return paper.render(FOLDER / "pledge.typ", data, lang="id")


def bodies(ward: str, ward_name: str, address: str) -> bytes:
    """Who sits in which body of the ward, as what and until when; for the wall."""
    today = clock.today()
    with translation.override("id"):
        names, offices = labels.bodies(ward, today), labels.offices(ward, today)
        rows = [
            [
                seat.body.name or names.get(seat.body.kind, seat.body.kind),
                seat.name,
                _as_what(seat, offices),
                _day(seat.since),
                _day(seat.ends),
            ]
            for seat in read.held_seats(ward, today)
        ]
        data = {
            "title": _("Bodies of the ward"),
            "ward": ward_name,
            "note": _day(today),
            "columns": [_("Body"), _("Name"), _("Office"), _("Since"), _("Until")],
            "rows": rows,
            "signers": [_("Coordinator of the board"), _("Ward head")],
            "qr": paper.qr_svg(address),
        }
        return paper.render(FOLDER / "bodies.typ", data, lang="id")


def _as_what(seat: Seat, offices: dict[str, str]) -> str:
    if seat.role == "coordinator":
        return _("coordinator")
    return offices.get(seat.office or "", "") or _("member")
