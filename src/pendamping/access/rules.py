"""Who may do what: the one permission table, and who may hand out which role.

A permission is ``<room>.<action>`` for a write (the verb that the trail keeps) and ``<room>.read``
for a page. A role holds it within an area (an official code and all below it) and a term.
"""

from collections.abc import Iterable
from datetime import date

from pendamping.access.permissions import PERMISSIONS
from pendamping.access.roles import ROLES, WARD_ROLES
from pendamping.access.terms import Held, in_term
from pendamping.territory.rules import contains, is_practice


class UnknownPermission(LookupError):
    """A permission that the table does not have: a mistake in the house, never a refusal."""


def roles_with(permission: str) -> tuple[str, ...]:
    """The roles that hold a permission."""
    try:
        return PERMISSIONS[permission]
    except KeyError as error:
        raise UnknownPermission(permission) from error


def scopes(held: Iterable[Held], permission: str, on: date) -> list[str]:
    """The areas in which somebody holds a permission on a day."""
    roles = roles_with(permission)
    return sorted({h.area for h in held if h.role in roles and in_term(h, on)})


def may(held: Iterable[Held], permission: str, ward: str, on: date) -> bool:
    """Whether somebody may do a thing in a ward (``""``: on the server itself) on a day."""
    return any(contains(area, ward) for area in scopes(held, permission, on))


def grantable(held: Iterable[Held], on: date, area: str = "") -> tuple[str, ...]:
    """The roles that somebody may hand out in an area: nobody hands out more than their own level.

    An administrator hands out every role within their own area, a ward administrator the roles of
    the ward; a role that is held elsewhere counts for nothing here. A practice ward has its tiers in
    itself, so there its administrator hands out the verifier's role too.

    >>> admin = [Held("ward_admin", "32.71.01.1003", date(2004, 1, 1), None)]
    >>> [("verifier" in grantable(admin, date(2004, 5, 1), area)) for area in ("32.71.01.1003", "32.71.01.1003.L1")]
    [False, True]
    """
    roles = {h.role for h in held if in_term(h, on) and contains(h.area, area)}
    if "administrator" in roles:
        return tuple(ROLES)
    if "ward_admin" not in roles:
        return ()
    return (*WARD_ROLES, "verifier") if is_practice(area) else WARD_ROLES
