"""Reading users, roles and what somebody may do."""

from datetime import datetime

from pendamping.access import rules
from pendamping.access.models import SYSTEM, Assignment, Slip, User
from pendamping.access.slips import code_hash
from pendamping.kernel import clock
from pendamping.territory.rules import contains


def system() -> User:
    """The server's own account, for commands that nobody put a name to."""
    return User.objects.get(username=SYSTEM)


def user(username: str) -> User | None:
    """An active user by name."""
    return User.objects.filter(username=username.strip().lower(), is_active=True).first()


def may(by: User, permission: str, ward: str) -> bool:
    """Whether a user may do a thing in a ward today."""
    if by.username == SYSTEM:
        return bool(rules.roles_with(permission))
    return by.is_active and rules.may(by.held(), permission, ward, clock.today())


def scopes(by: User, permission: str) -> list[str]:
    """The areas in which a user holds a permission today."""
    if by.username == SYSTEM:
        return [""]
    return rules.scopes(by.held(), permission, clock.today())


def roles(by: User, ward: str) -> list[str]:
    """The roles a user holds today in a ward, most important first."""
    today = clock.today()
    held = {h.role for h in by.held() if rules.in_term(h, today) and contains(h.area, ward)}
    return [role for role in rules.ROLES if role in held]


def people_of(ward: str) -> list[Assignment]:
    """Who holds or held a role in exactly this area, by name."""
    found = Assignment.objects.filter(area=ward).select_related("user")
    return list(found.order_by("user__name", "role", "since"))


def assignment(ward: str, assignment_id: str) -> Assignment | None:
    """One role given in this area."""
    return Assignment.objects.filter(pk=assignment_id, area=ward).select_related("user").first()


def open_slip(code: str, at: datetime) -> Slip | None:
    """The slip with this code, if it may still be used."""
    return (
        Slip.objects.select_related("user")
        .filter(code_hash=code_hash(code), expires_at__gt=at, used_at=None, cancelled_at=None)
        .first()
    )
