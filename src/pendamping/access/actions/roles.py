"""Who holds which role: invitations, further roles, their end."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from pendamping.access import rules, separation
from pendamping.access.actions.slips import asleep, existing, new_slip
from pendamping.access.gate import allow
from pendamping.access.models import SYSTEM, Assignment, User
from pendamping.access.rules import Held
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal, refuse, refuse_if
from pendamping.territory import queries as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


class _Server:
    """Stands in while the system account does not exist yet."""

    actor_key = SYSTEM


@action
def make_system() -> User:
    """Make the server's own account; once, when the database is new."""
    account = User(username=SYSTEM, name="Pendamping", joined_at=clock.now())
    account.set_unusable_password()
    account.save(force_insert=True)
    record(by=_Server(), ward="", record=f"user:{SYSTEM}")
    return account


@action
def invite(
    *, by: User, ward: str, username: str, name: str, role: str, until: date | None = None
) -> tuple[User, str]:
    """Make a user with a role in an area; returns the user and the code for the printed slip.

    ``ward``: the area, an official code or ``""``. Refuses a name that is taken or empty, a role
    that the inviter may not hand out, a term that ends before it begins. Somebody who came along with the
    records of another server is woken under the own user name, where the same name is written.
    """
    allow(by, "access.invite", ward)
    username = username.strip().lower()
    sleeper = _sleeper(username, name, lock=True)
    refuse_if(_invitation_problems(by, username, name, role, ward, until, sleeper))
    user = _wake(sleeper) if sleeper else _new_user(username, name.strip())
    Assignment.objects.create(
        user=user, role=role, area=ward, since=clock.life_today(), until=until
    )
    code = new_slip(user)
    record(by=by, ward=ward, record=f"user:{username}", role=role, until=until)
    return user, code


def _sleeper(username: str, name: str, *, lock: bool) -> User | None:
    found = asleep(username, lock=lock)
    return found if found and found.name.split() == name.split() else None


def against_invitation(
    *, by: User, ward: str, username: str, name: str, role: str, until: date | None = None
) -> list[Reason]:
    """Every reason why :func:`invite` would refuse, without doing anything."""
    username = username.strip().lower()
    sleeper = _sleeper(username, name, lock=False)
    return _invitation_problems(by, username, name, role, ward, until, sleeper)


def against_role(
    *, by: User, ward: str, username: str, role: str, until: date | None = None
) -> list[Reason]:
    """Every reason why :func:`give_role` would refuse, without doing anything."""
    found = _role_problems(by, role, ward, until)
    try:
        user = existing(username)
    except Refusal as refusal:
        return found + refusal.reasons
    return found + _person_problems(by, user, Held(role, ward, clock.life_today(), until))


def _wake(user: User) -> User:
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user


def _new_user(username: str, name: str) -> User:
    """A user without a password; refuses a name that somebody else takes at the same moment."""
    user = User(username=username, name=name, joined_at=clock.now())
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal([_taken(username)]) from error
    return user


def _taken(username: str) -> Reason:
    return Reason(
        "access.username_taken",
        "The user name {username} is taken",
        {"username": username},
        {"field": "username"},
    )


def _invitation_problems(
    by: User, username: str, name: str, role: str, area: str, until: date | None, woken: User | None
) -> list[Reason]:
    found = _role_problems(by, role, area, until)
    if woken is not None:
        return found
    if not username.replace(".", "").replace("-", "").isalnum() or not username.isascii():
        found.append(
            Reason(
                "access.username",
                "A user name has letters, digits, points and dashes only",
                {},
                {"field": "username"},
            )
        )
    elif User.objects.filter(username=username).exists():
        found.append(_taken(username))
    if not name.strip():
        found.append(Reason("access.name", "The name is missing", {}, {"field": "name"}))
    return found


def _role_problems(by: User, role: str, area: str, until: date | None) -> list[Reason]:
    found = []
    if role not in grantable(by, area):
        found.append(
            Reason(
                "access.grantable",
                "{name} may not hand out this role",
                {"name": by.name},
                {"field": "role"},
            )
        )
    if area and territory.area(area) is None and territory.ward(area) is None:
        found.append(
            Reason(
                "access.area",
                "{area} is not the code of an area",
                {"area": area},
                {"field": "area"},
            )
        )
    if until and until < clock.life_today():
        found.append(
            Reason("access.term", "The term ends before it begins", {}, {"field": "until"})
        )
    return found


def grantable(by: User, area: str) -> tuple[str, ...]:
    """The roles that the actor may hand out, or take away, in an area."""
    if by.username == SYSTEM:
        return tuple(rules.ROLES)
    return rules.grantable(by.held(), clock.life_today(), area)


@action
def give_role(
    *, by: User, ward: str, username: str, role: str, until: date | None = None
) -> Assignment:
    """Give a user that exists one more role in an area.

    Refuses a role for oneself, one that they hold there already, and one that is kept apart from a
    role that they hold there or above or below, in the same term (:data:`separation.APART`).
    """
    allow(by, "access.give_role", ward)
    user = existing(username, lock=True)
    refuse_if(
        _role_problems(by, role, ward, until)
        + _person_problems(by, user, Held(role, ward, clock.life_today(), until))
    )
    given = Assignment.objects.create(
        user=user, role=role, area=ward, since=clock.life_today(), until=until
    )
    record(by=by, ward=ward, record=f"user:{user.username}", role=role, until=until)
    return given


def _person_problems(by: User, user: User, new: Held) -> list[Reason]:
    """Why this person, of all, may not have the role."""
    found = []
    if user.pk == by.pk:
        found.append(
            Reason(
                "access.role_to_oneself",
                "Nobody gives a role to themselves; ask another administrator",
                {},
                {"field": "username"},
            )
        )
    today = new.since
    mine = [held for held in user.held() if (held.role, held.area) == (new.role, new.area)]
    if any(held.until is None or held.until >= today for held in mine):
        found.append(
            Reason(
                "access.role_held",
                "{name} holds this role here already",
                {"name": user.name},
                {"field": "role"},
            )
        )
    return found + [pair.reason(user.name) for pair in separation.kept_apart(user.held(), new)]


@action
def end_role(*, by: User, ward: str, assignment_id: str) -> None:
    """End a role today; what was done under it stays. Access ends with the day before.

    Refuses one's own role (there is always somebody left who can give it back) and a role that
    one could not hand out.
    """
    allow(by, "access.end_role", ward)
    given = Assignment.objects.select_for_update().filter(pk=assignment_id, area=ward).first()
    if given is None:
        raise refuse("access.role_unknown", "There is no such role here")
    today = clock.life_today()
    refuse_if(_ending_problems(by, given, today))
    username, role = given.user.username, given.role
    if given.since >= today:
        given.delete()
        record(by=by, ward=ward, record=f"user:{username}", role=role, withdrawn=True)
        return
    given.until = today - timedelta(days=1)
    given.save()
    record(by=by, ward=ward, record=f"user:{username}", role=role, until=given.until)


def _ending_problems(by: User, given: Assignment, today: date) -> list[Reason]:
    found = []
    if given.until and given.until < today:
        found.append(Reason("access.role_ended", "This role ended already"))
    if given.user_id == by.pk:
        found.append(Reason("access.role_own", "Nobody ends a role of their own; ask another"))
    if given.role not in grantable(by, given.area):
        found.append(
            Reason("access.grantable_end", "{name} may not end this role", {"name": by.name})
        )
    return found
