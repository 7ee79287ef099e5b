"""The writers of users, roles and slips."""

from pendamping.access.actions.passwords import (
    change_password,
    record_login,
    reset_password,
    set_password,
    use_slip,
)
from pendamping.access.actions.roles import end_role, give_role, invite, make_system

__all__ = [
    "change_password",
    "end_role",
    "give_role",
    "invite",
    "make_system",
    "record_login",
    "reset_password",
    "set_password",
    "use_slip",
]
