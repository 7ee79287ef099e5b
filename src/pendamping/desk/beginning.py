"""What comes first in a ward where nobody is counted yet: who is appointed, who brings in the census."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.cycle.queries import Cycle
from pendamping.households import queries as households
from pendamping.kernel.refusal import N_
from pendamping.meetings import queries as meetings

STEPS = (  # key: what is done, by whom, the permission, the page
    ("admin", N_("Appoint a ward administrator"), N_("the administrator of the server"), "access.invite", "access:invite"),
    ("facilitator", N_("Invite a facilitator and cadres"), N_("the ward administrator"), "access.invite", "access:invite"),
    ("census", N_("Bring in the census"), N_("the facilitator, a cadre or the ward administrator"), "households.stage_upload", "households:upload"),
    ("meeting", N_("Call the first meeting of residents"), N_("the facilitator or a cadre"), "meetings.call_meeting", "meetings:call"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class First:
    """One of the first steps; ``href``: where the reader does it, empty where it is another's."""

    what: str
    who: str
    done: bool
    href: str


def first_steps(ward: str, reader: User) -> list[First]:
    """The first steps of a ward without residents, in their order; empty where the census is there."""
    if not households.has_at_most(ward, 0):
        return []
    done = {
        "admin": bool(access.with_role(ward, "ward_admin")),
        "facilitator": bool(access.with_role(ward, "facilitator")),
    }
    return [
        First(
            what,
            who,
            done.get(key, False),
            reverse(page, kwargs={"ward": ward}) if access.may(reader, permission, ward) else "",
        )
        for key, what, who, permission, page in STEPS
    ]


def earliest(ward: str, found: Cycle) -> date | None:
    """The first day of which a meeting or a stage of the ward is recorded."""
    held = [one.held_on for one in meetings.meetings(ward)[-1:]]  # the latest stands first
    return min([*held, *(run.started for run in found.runs)], default=None)
