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


def existing(username: str, *, lock: bool = False) -> User:
    """The user with this name; ``lock``: nobody else changes their roles until the action ends."""
    user = queries.user(username)
    if user is None or user.username == SYSTEM:
        raise refuse(
            "access.user",
            "There is no user {username}",
            username=username,
            where={"field": "username"},
        )
    return User.objects.select_for_update().get(pk=user.pk) if lock else user
