"""Passwords and second steps: slips for new ones, one's own, and the server's command line."""

from collections.abc import Iterable
from functools import lru_cache

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from pendamping.access import queries
from pendamping.access.actions.roles import grantable
from pendamping.access.actions.slips import cancel_slips, existing, new_slip
from pendamping.access.gate import allow
from pendamping.access.models import SYSTEM, Slip, User
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal, refuse, refuse_if
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def reset_password(*, by: User, ward: str, username: str) -> str:
    """Print a slip for a new password; returns its code. The old password holds until it is used.

    Refuses where the user holds a role that the administrator could not hand out, or one outside
    the administrator's area: nobody climbs by a printed slip.
    """
    allow(by, "access.reset_password", ward)
    user = existing(username)
    refuse_if(_reach_problems(by, user))
    code = new_slip(user)
    record(by=by, ward=ward, record=f"user:{user.username}")
    return code


def _reach_problems(by: User, user: User) -> list[Reason]:
    today = clock.life_today()
    running = [held for held in user.held() if held.until is None or held.until >= today]
    if running and all(held.role in grantable(by, held.area) for held in running):
        return []
    return [
        Reason(
            "access.reset_reach",
            "{name} holds a role outside your reach",
            {"name": user.name},
            {"user": user.username},
        )
    ]


@action
def reset_second_step(*, by: User, ward: str, username: str) -> str:
    """Print a slip for somebody whose phone is lost; returns its code.

    Used, it sets a new password and ends the second step at login; until then both stay. Refuses as
    :func:`reset_password` does, where there is no second step, and for oneself: whoever is logged in
    turns it off with a code of their own.
    """
    allow(by, "access.reset_second_step", ward)
    user = existing(username)
    found = _reach_problems(by, user)
    if user.pk == by.pk:
        found.append(
            Reason("access.second_step_own", "Nobody ends their own second step by a slip")
        )
    if not queries.second_steps([user]):
        found.append(
            Reason("access.second_step_none", "{name} has no second step", {"name": user.name})
        )
    refuse_if(found)
    code = new_slip(user, ends_second_step=True)
    record(by=by, ward=ward, record=f"user:{user.username}")
    return code


@action
def end_second_step(*, by: User, username: str) -> None:
    """End a second step from the command line of the server; only the system account may."""
    _only_the_server(by)
    user = existing(username)
    if not queries.second_steps([user]):
        raise refuse("access.second_step_none", "{name} has no second step", name=user.name)
    _forget_second_step(user)
    record(by=by, ward="", record=f"user:{user.username}")


def _forget_second_step(user: User) -> None:
    """Without the phone's secret and the recovery codes, login asks for the password alone."""
    Authenticator.objects.filter(user=user).delete()


def ask_slip(code: str) -> Slip:
    """The open slip with this code, which stays open; refused where there is none."""
    slip = queries.open_slip(code, clock.wall())
    if slip is None:
        raise _wrong_code()
    return slip


def _wrong_code() -> Refusal:
    return refuse(
        "access.slip", "This code is wrong, used already or too old", where={"field": "code"}
    )


@action
def use_slip(*, code: str, password: str) -> User:
    """Set a password with the code of a slip. Refuses a code that is wrong, used or too old."""
    slip = ask_slip(code)
    free = Slip.objects.filter(pk=slip.pk, used_at=None, cancelled_at=None)
    if not free.update(used_at=clock.wall()):
        raise _wrong_code()
    _set_password(slip.user, password)
    more = {}
    if slip.ends_second_step:
        _forget_second_step(slip.user)
        more["second_step"] = "ended"
    record(by=slip.user, ward="", record=f"user:{slip.user.username}", **more)
    return slip.user


def ask_password(who: User, old: str) -> None:
    """Refused where this is not somebody's present password."""
    if not who.check_password(old):
        raise refuse(
            "access.old_password", "The present password is not right", where={"field": "old"}
        )


@action
def change_password(*, by: User, old: str, new: str) -> None:
    """Change one's own password. Refuses where the present one is not given."""
    ask_password(by, old)
    _set_password(by, new)
    record(by=by, ward="", record=f"user:{by.username}")


@action
def set_password(*, by: User, username: str, password: str) -> None:
    """Set a password from the command line of the server; only the system account may."""
    _only_the_server(by)
    user = existing(username)
    _set_password(user, password)
    record(by=by, ward="", record=f"user:{user.username}")


@action
def set_same_password(*, by: User, usernames: Iterable[str], password: str) -> None:
    """Give several accounts one password, hashed once; only the system account may.

    For logins that are printed for everybody: a password that is known needs no salt of its own.
    """
    _only_the_server(by)
    encoded = _hash_of_a_known(password)
    for user in map(existing, usernames):
        _set_password(user, password, encoded)
        record(by=by, ward="", record=f"user:{user.username}")


@lru_cache(maxsize=1)
def _hash_of_a_known(password: str) -> str:
    return make_password(password)


def _only_the_server(by: User) -> None:
    if by.username != SYSTEM:
        raise refuse(
            "access.permission", "{name} does not hold a role that may do this here", name=by.name
        )


def _set_password(user: User, password: str, encoded: str = "") -> None:
    """The new password (``encoded``: as it is kept); a slip that is still out no longer works."""
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
    user.password = encoded or make_password(password)
    user.save(update_fields=["password"])
    cancel_slips(user)


@action
def record_login(*, by: User) -> None:
    """Leave a log-in in the trail."""
    record(by=by, ward="", record=f"user:{by.username}")
