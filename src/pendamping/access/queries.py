"""Reading users, roles and what somebody may do."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils.translation import gettext as _

from pendamping.access import rules, separation
from pendamping.access.models import SYSTEM, Assignment, PassedOn, Slip, User
from pendamping.access.slips import code_hash
from pendamping.access.terms import only
from pendamping.kernel import clock, memory
from pendamping.kernel.refusal import Reason
from pendamping.territory import queries as territory
from pendamping.territory.rules import contains, is_practice, real_code

LEFT = "*"


def system() -> User:
    """The server's own account, for commands that nobody put a name to."""
    return User.objects.get(username=SYSTEM)


def signer(account: User) -> str:
    """The name printed under what an account took in; ``""``: it was the server's own, a person signs."""
    return "" if account.username == SYSTEM else account.name


def user(username: str) -> User | None:
    """An active user by name."""
    return User.objects.filter(username=username.strip().lower(), is_active=True).first()


def how_many() -> int:
    """How many people have an account here; the server's own is none."""
    return User.objects.exclude(username=SYSTEM).count()


def names(usernames: Iterable[str]) -> dict[str, str]:
    """The full names of users, by their user names."""
    found = User.objects.filter(username__in=list(usernames))
    return dict(found.values_list("username", "name"))


def signed(username: str, ward: str, on: date) -> str:
    """Who did something in a ward on a day: name, and the most important office held there that day."""
    found = User.objects.filter(username=username).first()
    if found is None or found.username == SYSTEM:
        return _("the server itself") if found else username
    held = {h.role for h in found.held() if rules.in_term(h, on) and contains(h.area, ward)}
    office = next((_(name[0]) for role, name in rules.ROLES.items() if role in held), "")
    return f"{found.name} ({office})" if office else found.name


def may(by: User, permission: str, ward: str) -> bool:
    """Whether a user may do a thing in a ward today; in one that was put away nobody does anything."""
    if put_away(ward):
        return False
    if by.username == SYSTEM:
        return bool(rules.roles_with(permission))
    if not by.is_active or not rules.may(by.held(), permission, ward, clock.life_today()):
        return False
    if passed_since(by, permission, ward) is not None:
        return False
    return not kept_by_another(by, permission, ward)


def passed_since(by: User, permission: str, ward: str) -> date | None:
    """Since when a facilitator has left a thing to others in a ward; ``None``: they have not, or do it otherwise."""
    today = clock.life_today()
    if not ward or only(by.held(), rules.roles_with(permission), ward, today) != "facilitator":
        return None
    found = passed_on(ward)
    days = [found[key] for key in (permission, LEFT) if key in found and found[key] <= today]
    return min(days, default=None)


def passed_on(ward: str) -> Mapping[str, date]:
    """What facilitators left to others in a ward, by permission, since which day; ``LEFT``: all of it."""
    return memory.once(("passed on", ward), lambda: MappingProxyType(_passed_on(ward)))


def _passed_on(ward: str) -> dict[str, date]:
    found = PassedOn.objects.filter(ward=ward, until__isnull=True)
    return dict(found.values_list("permission", "since"))


def left_by(by: User) -> list[str]:
    """Wards that a facilitator has left, where nothing but an area above the ward still names them."""
    today = clock.life_today()
    found = PassedOn.objects.filter(permission=LEFT, until__isnull=True, since__lte=today)
    return [ward for ward in found.values_list("ward", flat=True) if not roles(by, ward)]


def put_away(ward: str) -> bool:
    """Whether this was a practice ward that was begun anew: all roles there have ended."""
    if not is_practice(ward):
        return False
    return memory.once(("put away", ward), lambda: territory.is_put_away(ward))


def kept_by_another(by: User, permission: str, ward: str) -> list[str]:
    """Who keeps the books of a ward where somebody could do a thing only as its treasurer: names."""
    today = clock.life_today()
    if not ward or permission not in separation.BOOK_KEEPING:
        return []
    if only(by.held(), rules.roles_with(permission), ward, today) != "treasurer":
        return []
    return book_keepers(ward)


def book_keepers(ward: str) -> list[str]:
    """The names of those who hold the book-keeper's role in a ward today."""
    today, parts = clock.life_today(), ward.split(".")
    around = [".".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
    found = Assignment.objects.filter(role="bookkeeper", area__in=["", *around], since__lte=today)
    running = found.filter(Q(until__isnull=True) | Q(until__gte=today), user__is_active=True)
    return sorted(set(running.values_list("user__name", flat=True)))


def scopes(by: User, permission: str) -> list[str]:
    """The areas in which a user holds a permission today."""
    if by.username == SYSTEM:
        return [""]
    return rules.scopes(by.held(), permission, clock.life_today())


def roles(by: User, ward: str) -> list[str]:
    """The roles a user holds today in a ward, most important first."""
    if put_away(ward):
        return []
    today = clock.life_today()
    held = {h.role for h in by.held() if rules.in_term(h, today) and contains(h.area, ward)}
    if "facilitator" in held and passed_on(ward).get(LEFT, date.max) <= today:
        held.discard("facilitator")
    return [role for role in rules.ROLES if role in held]


def people_of(ward: str) -> list[Assignment]:
    """Who holds or held a role in exactly this area, by name."""
    found = Assignment.objects.filter(area=ward).select_related("user")
    return list(found.prefetch_related("user__assignments").order_by("user__name", "role", "since"))


def with_role(ward: str, role: str) -> dict[str, User]:
    """Who holds a role today in exactly this area, by user name; in a practice ward also those of the
    ward beside which it was opened, for their roles hold there too."""
    today = clock.life_today()
    found = Assignment.objects.filter(
        area__in={ward, real_code(ward)},
        role=role,
        since__lte=today,
        user__is_active=True,
    )
    running = found.filter(Q(until__isnull=True) | Q(until__gte=today)).select_related("user")
    return {one.user.username: one.user for one in running.order_by("user__name")}


def holding(areas: Collection[str], roles: Collection[str]) -> tuple[User, ...]:
    """Who holds one of the roles today in exactly one of the areas, by name; each once."""
    today = clock.life_today()
    found = Assignment.objects.filter(
        area__in=list(areas), role__in=list(roles), since__lte=today, user__is_active=True
    )
    running = found.filter(Q(until__isnull=True) | Q(until__gte=today)).values("user")
    return tuple(
        User.objects.filter(pk__in=running).prefetch_related("assignments").order_by("name", "id")
    )


def roles_of(permission: str) -> tuple[str, ...]:
    """The roles that hold a permission."""
    return rules.roles_with(permission)


def to_mend(users: Iterable[User]) -> list[Reason]:
    """Who of these holds duties together that are kept apart; each person and pair once."""
    today = clock.life_today()
    each = {user.pk: user for user in users}.values()
    return [
        pair.reason(user.name) for user in each for pair in separation.conflicts(user.held(), today)
    ]


def second_steps(users: Iterable[User]) -> set[str]:
    """The ids of those among them whose login asks for a code besides the password."""
    found = Authenticator.objects.filter(user__in=list(users), type=Authenticator.Type.TOTP)
    return set(found.values_list("user_id", flat=True))


def reaching(ward: str) -> list[Assignment]:
    """Who holds a role today in an area above the ward: verifiers, leads, administrators."""
    parts = ward.split(".")
    above = ["", *(".".join(parts[:depth]) for depth in range(1, len(parts)))]
    today = clock.life_today()
    found = Assignment.objects.filter(area__in=above, since__lte=today).select_related("user")
    running = found.filter(Q(until__isnull=True) | Q(until__gte=today))
    return list(running.order_by("area", "user__name", "role"))


PAGE = 50


def everybody(text: str = "", after: str = "") -> tuple[list[User], str]:
    """People of the server by user name, with their roles; and the mark of the next page.

    ``text``: part of a name or user name, or the beginning of an area's code.
    """
    found = User.objects.exclude(username=SYSTEM).order_by("username")
    if text:
        named = Q(username__icontains=text) | Q(name__icontains=text)
        found = found.filter(named | Q(assignments__area__startswith=text)).distinct()
    rows = list(found.filter(username__gt=after).prefetch_related("assignments")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].username if len(rows) > PAGE else ""


def ending(ward: str, days: int) -> list[Assignment]:
    """Roles of the ward whose term ends within so many days, the next one first."""
    today = clock.life_today()
    within = today + timedelta(days=days)
    found = Assignment.objects.filter(area=ward, until__gte=today, until__lte=within)
    return list(found.select_related("user").order_by("until", "user__name"))


def waiting_slips(ward: str) -> list[Slip]:
    """Slips of the ward's people that have not been used yet, those that expire first in front."""
    found = Slip.objects.filter(used_at=None, cancelled_at=None, expires_at__gt=clock.wall())
    mine = found.filter(user__assignments__area=ward).select_related("user").distinct()
    return list(mine.order_by("expires_at", "id"))


def given(assignment_id: str) -> Assignment | None:
    """One role, wherever it was given."""
    return Assignment.objects.filter(pk=assignment_id).select_related("user").first()


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


def check(area: str) -> list[Reason]:
    """Roles in an area (``""``: the country) that no action gave."""
    from pendamping.access import said

    return said.breaks(area)


def areas() -> list[str]:
    """Every area in which somebody holds or held a role."""
    from pendamping.access import said

    return said.areas()
