"""The writers of users, roles and slips."""

from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from pendamping.access import queries, rules, slips
from pendamping.access.gate import allow
from pendamping.access.models import SYSTEM, Assignment, Slip, User
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal, refuse, refuse_if
from pendamping.territory import queries as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

SLIP_DAYS = 14


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
    that the inviter may not hand out, a term that ends before it begins.
    """
    allow(by, "access.invite", ward)
    username = username.strip().lower()
    refuse_if(_invitation_problems(by, username, name, role, ward, until))
    user = User(username=username, name=name.strip(), joined_at=clock.now())
    user.set_unusable_password()
    user.save(force_insert=True)
    Assignment.objects.create(user=user, role=role, area=ward, since=clock.today(), until=until)
    code = _new_slip(user)
    record(by=by, ward=ward, record=f"user:{username}", role=role, until=until)
    return user, code


def _invitation_problems(
    by: User, username: str, name: str, role: str, area: str, until: date | None
) -> list[Reason]:
    found = _role_problems(by, role, area, until)
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
        found.append(
            Reason(
                "access.username_taken",
                "The user name {username} is taken",
                {"username": username},
                {"field": "username"},
            )
        )
    if not name.strip():
        found.append(Reason("access.name", "The name is missing", {}, {"field": "name"}))
    return found


def _role_problems(by: User, role: str, area: str, until: date | None) -> list[Reason]:
    found = []
    if role not in _grantable(by, area):
        found.append(
            Reason(
                "access.grantable",
                "{name} may not hand out this role",
                {"name": by.name},
                {"field": "role"},
            )
        )
    if area and territory.area(area) is None:
        found.append(
            Reason(
                "access.area",
                "{area} is not the code of an area",
                {"area": area},
                {"field": "area"},
            )
        )
    if until and until < clock.today():
        found.append(
            Reason("access.term", "The term ends before it begins", {}, {"field": "until"})
        )
    return found


def _grantable(by: User, area: str) -> tuple[str, ...]:
    """The roles that the actor may hand out, or take away, in an area."""
    if by.username == SYSTEM:
        return tuple(rules.ROLES)
    return rules.grantable(by.held(), clock.today(), area)


@action
def give_role(
    *, by: User, ward: str, username: str, role: str, until: date | None = None
) -> Assignment:
    """Give a user that exists one more role in an area. Refuses one that they hold there already."""
    allow(by, "access.give_role", ward)
    user = _existing(username)
    refuse_if(_role_problems(by, role, ward, until) + _held_already(user, role, ward))
    given = Assignment.objects.create(
        user=user, role=role, area=ward, since=clock.today(), until=until
    )
    record(by=by, ward=ward, record=f"user:{user.username}", role=role, until=until)
    return given


def _held_already(user: User, role: str, area: str) -> list[Reason]:
    today = clock.today()
    mine = Assignment.objects.filter(user=user, role=role, area=area)
    if any(given.until is None or given.until >= today for given in mine):
        return [
            Reason(
                "access.role_held",
                "{name} holds this role here already",
                {"name": user.name},
                {"field": "role"},
            )
        ]
    return []


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
    today = clock.today()
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
    if given.role not in _grantable(by, given.area):
        found.append(
            Reason("access.grantable_end", "{name} may not end this role", {"name": by.name})
        )
    return found


@action
def reset_password(*, by: User, ward: str, username: str) -> str:
    """Print a slip for a new password; returns its code. The old password holds until it is used.

    Refuses where the user holds a role that the administrator could not hand out, or one outside
    the administrator's area: nobody climbs by a printed slip.
    """
    allow(by, "access.reset_password", ward)
    user = _existing(username)
    today = clock.today()
    running = [held for held in user.held() if held.until is None or held.until >= today]
    if not running or any(held.role not in _grantable(by, held.area) for held in running):
        raise refuse(
            "access.reset_reach",
            "{name} holds a role outside your reach",
            name=user.name,
            where={"user": username},
        )
    code = _new_slip(user)
    record(by=by, ward=ward, record=f"user:{user.username}")
    return code


def _new_slip(user: User) -> str:
    now = clock.wall()
    Slip.objects.filter(user=user, used_at=None, cancelled_at=None).update(cancelled_at=now)
    code = slips.new_code()
    Slip.objects.create(
        user=user, code_hash=slips.code_hash(code), expires_at=now + timedelta(days=SLIP_DAYS)
    )
    return code


@action
def use_slip(*, code: str, password: str) -> User:
    """Set a password with the code of a slip. Refuses a code that is wrong, used or too old."""
    now = clock.wall()
    slip = queries.open_slip(code, now)
    if slip is None:
        raise refuse(
            "access.slip", "This code is wrong, used already or too old", where={"field": "code"}
        )
    claimed = Slip.objects.filter(pk=slip.pk, used_at=None, cancelled_at=None).update(used_at=now)
    if not claimed:
        raise refuse(
            "access.slip", "This code is wrong, used already or too old", where={"field": "code"}
        )
    _set_password(slip.user, password)
    record(by=slip.user, ward="", record=f"user:{slip.user.username}")
    return slip.user


@action
def change_password(*, by: User, old: str, new: str) -> None:
    """Change one's own password. Refuses where the present one is not given."""
    if not by.check_password(old):
        raise refuse(
            "access.old_password", "The present password is not right", where={"field": "old"}
        )
    _set_password(by, new)
    record(by=by, ward="", record=f"user:{by.username}")


@action
def set_password(*, by: User, username: str, password: str) -> None:
    """Set a password from the command line of the server; only the system account may."""
    if by.username != SYSTEM:
        raise refuse(
            "access.permission", "{name} does not hold a role that may do this here", name=by.name
        )
    user = _existing(username)
    _set_password(user, password)
    record(by=by, ward="", record=f"user:{user.username}")


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal(
            Reason(
                "access.password",
                message.replace("{", "{{").replace("}", "}}"),
                {},
                {"field": "password"},
            )
            for message in error.messages
        ) from error
    user.set_password(password)
    user.save(update_fields=["password"])


@action
def record_login(*, by: User) -> None:
    """Leave a log-in in the trail."""
    record(by=by, ward="", record=f"user:{by.username}")


def _existing(username: str) -> User:
    user = queries.user(username)
    if user is None or user.username == SYSTEM:
        raise refuse(
            "access.user",
            "There is no user {username}",
            username=username,
            where={"field": "username"},
        )
    return user
