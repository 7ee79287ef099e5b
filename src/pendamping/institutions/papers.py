"""The pledge of joint liability on paper, to be signed by every member."""

from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.institutions import labels, queries
from pendamping.institutions.models import Group
from pendamping.kernel import clock

FOLDER = Path(__file__).parent / "papers"


def pledge(group: Group, ward_name: str, address: str) -> bytes:
    """Pernyataan Kesanggupan Tanggung Renteng of the members of today, as PDF."""
    with translation.override("id"):
        roles, signed = labels.roles(), queries.signed(group.id)
        data = {
            "title": _("Pledge of joint liability"),
            "group": group.name,
            "ward": ward_name,
            "formed": _("Formed on %(day)s") % {"day": date_format(group.formed_on, "j F Y")},
            "text": _(
                "We who sign below are members of %(name)s. We answer for the loan of our group together: "
                "where a member cannot pay an instalment, all of us pay it. We pledge this freely and "
                "without pressure from anybody."
            )
            % {"name": group.name},
            "columns": ["No.", _("Name"), _("Role"), _("Signed on"), _("Signature")],
            "rows": [
                [
                    str(number),
                    member.name,
                    roles[member.role],
                    date_format(signed[member.person_id], "j F Y")
                    if member.person_id in signed
                    else "",
                ]
                for number, member in enumerate(queries.members(group.id, clock.today()), 1)
            ],
            "qr": paper.qr_svg(address),
        }
        return paper.render(FOLDER / "pledge.typ", data, lang="id")
