"""How a resident objects to a posted list: till when, to whom, on which paper; said alike on page and paper."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.rules import ROLES
from pendamping.targeting.models import PoorList

TAKERS = ("cadre", "facilitator", "ward_admin")  # roles that note objections and live with the ward


def takers(ward: str) -> list[str]:
    """Who takes an objection in the ward today, each with the role."""
    return [
        f"{user.name} ({_(ROLES[role][0])})"
        for role in TAKERS
        for user in access.with_role(ward, role).values()
    ]


def how(found: PoorList) -> list[str]:
    """The way of an objection in sentences; nothing where the list is not open to any."""
    if found.status != "posted":
        return []
    names = takers(found.ward)
    return [
        _(
            "Until %(day)s anybody who lives in the ward may object: a poor household is missing, or one on the list is not poor."
        )
        % {"day": date_format(found.objections_until, "j F Y")},
        _("Bring the objection slip, or say it by mouth, to: %(names)s.")
        % {"names": ", ".join(names)}
        if names
        else _(
            "Bring the objection slip, or say it by mouth, to the facilitator or a cadre of the ward."
        ),
        _(
            "Nobody needs to give a name. Each objection is settled with its reason before the list is ratified, and the outcome is read out in the meeting."
        ),
    ]
