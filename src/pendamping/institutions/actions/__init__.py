"""The only writers of groups and bodies."""

from pendamping.institutions.actions.bodies import (
    add_seat,
    end_seat,
    give_role,
    record_paper,
    seat_members,
)
from pendamping.institutions.actions.groups import (
    admit_member,
    against_taking_over,
    change_officer,
    form_group,
    record_step,
    release_member,
    set_followers,
    take_over,
)

__all__ = [
    "add_seat",
    "admit_member",
    "against_taking_over",
    "change_officer",
    "end_seat",
    "form_group",
    "give_role",
    "record_paper",
    "record_step",
    "release_member",
    "seat_members",
    "set_followers",
    "take_over",
]
