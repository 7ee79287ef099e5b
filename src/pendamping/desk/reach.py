"""What somebody may do, and where: each role that is held today, with its area in words."""

from typing import Any

from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.access.rules import ROLES, in_term
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_
from pendamping.territory import queries as territory

LIMITS = {
    # role: what it does not reach, as its holder should know before looking for it
    "administrator": N_(
        "Roles are handed out within this area, never beyond it and never to oneself. No money is "
        "entered, nothing decided and no dossier examined under this role."
    ),
    "lead": N_("Reads how these wards stand, without names of residents, and chooses locations."),
    "verifier": N_("Decides only where an office was given, and never on what concerns oneself."),
}


def wards(user: User) -> list[Any]:
    """The wards somebody chooses from. A practice ward is among them only for who holds a role in itself:
    everybody else comes to it from the real ward, whose roles hold there too."""
    areas, left = access.scopes(user, "desk.read"), set(access.left_by(user))
    return [
        one
        for one in territory.wards(areas)
        if one.code not in left and (not one.practice_of or one.code in areas)
    ]


def reach(user: User) -> list[dict[str, Any]]:
    """The roles above a ward that a user holds today: name, area, what it is for, what it does not reach."""
    today = clock.life_today()
    held = [one for one in user.held() if one.role in LIMITS and in_term(one, today)]
    return [
        {
            "role": _(ROLES[one.role][0]),
            "area": _area(one.area),
            "what_for": _(ROLES[one.role][1]),
            "limit": _(LIMITS[one.role]),
            "until": one.until,
        }
        for one in sorted(held, key=lambda one: (one.area, one.role))
    ]


def _area(code: str) -> str:
    if not code:
        return _("the whole programme: every ward of this server")
    found = territory.area(code)
    return f"{found.name} ({code})" if found else code
