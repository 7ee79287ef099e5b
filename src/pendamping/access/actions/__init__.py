"""The writers of users, roles and slips."""

from pendamping.access.actions.carrying import know_people
from pendamping.access.actions.passing import call_back, end_accompanying, pass_on
from pendamping.access.actions.passwords import (
    ask_password,
    ask_slip,
    change_password,
    end_second_step,
    record_login,
    reset_password,
    reset_second_step,
    set_password,
    set_same_password,
    use_slip,
)
from pendamping.access.actions.restoring import note_restore
from pendamping.access.actions.roles import (
    against_invitation,
    against_role,
    end_role,
    give_role,
    invite,
    make_system,
)

__all__ = [
    "against_invitation",
    "against_role",
    "ask_password",
    "ask_slip",
    "call_back",
    "change_password",
    "end_accompanying",
    "end_role",
    "end_second_step",
    "give_role",
    "invite",
    "know_people",
    "make_system",
    "note_restore",
    "pass_on",
    "record_login",
    "reset_password",
    "reset_second_step",
    "set_password",
    "set_same_password",
    "use_slip",
]
