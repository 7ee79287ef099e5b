"""What invitations and new passwords share: a person's slips, and finding the person."""

from datetime import timedelta

from pendamping.access import queries, slips
from pendamping.access.models import SYSTEM, Slip, User
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse

SLIP_DAYS = 14


def new_slip(user: User, *, ends_second_step: bool = False) -> str:
    """Make a slip, the only one that the person has open; returns its code."""
    cancel_slips(user)
    code = slips.new_code()
    Slip.objects.create(
        user=user,
        code_hash=slips.code_hash(code),
        expires_at=clock.wall() + timedelta(days=SLIP_DAYS),
        ends_second_step=ends_second_step,
    )
    return code


def cancel_slips(user: User) -> None:
    """End every slip of the person that is still open."""
    open_ones = Slip.objects.filter(user=user, used_at=None, cancelled_at=None)
    open_ones.update(cancelled_at=clock.wall())


def asleep(username: str, *, lock: bool = False) -> User | None:
    """Who came along with the records of another server, and never had a role or a slip here.

    An account that was closed here had one: it stays closed.
    """
    users = User.objects.select_for_update() if lock else User.objects.all()
    found = users.filter(username=username, is_active=False).first()
    if found is None or found.assignments.exists() or found.slips.exists():
        return None
    return found


def existing(username: str, *, lock: bool = False) -> User:
    """The user with this name; ``lock``: nobody else changes their roles until the action ends."""
    user = queries.user(username)
    if user is None and asleep(username.strip().lower()):
        raise refuse(
            "access.asleep",
            "{username} came along with the records of another server and has no login here yet. Invite them "
            "first, with this user name and their full name as it stands there: that gives the role, "
            "and the code for their password.",
            username=username,
            where={"field": "username"},
        )
    if user is None or user.username == SYSTEM:
        raise refuse(
            "access.user",
            "There is no user {username}",
            username=username,
            where={"field": "username"},
        )
    return User.objects.select_for_update().get(pk=user.pk) if lock else user
