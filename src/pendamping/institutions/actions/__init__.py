"""The only writers of groups and bodies."""

from pendamping.institutions.actions.appointing import (
    appoint,
    draft_appointment,
    drop_appointment,
    name_person,
    release_seat,
    still_against,
    unname_person,
)
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
    "appoint",
    "change_officer",
    "draft_appointment",
    "drop_appointment",
    "end_seat",
    "form_group",
    "give_role",
    "name_person",
    "record_paper",
    "record_step",
    "release_member",
    "release_seat",
    "seat_members",
    "set_followers",
    "still_against",
    "take_over",
    "unname_person",
]
