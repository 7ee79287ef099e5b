"""What waits in other hands: for those who may see a matter and do not act in it."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from pendamping.access.rules import WARD_ROLES, roles_with
from pendamping.desk.rules import Task

# kind of task: (permission of whoever does it, page on which others follow it, permission to read it)
WATCHED: dict[str, tuple[str, str, str]] = {
    "behind": ("loans.record_repayment", "loans:loan", "loans.read"),
    "sign_loan": ("loans.record_consents", "loans:loan", "loans.read"),
    "pay_out": ("loans.disburse", "loans:loan", "loans.read"),
    "stopped": ("loans.lift_suspension", "loans:stop", "loans.read"),
    "stop_lifted": ("loans.lift_suspension", "loans:stop", "loans.read"),
    "decide_loan": ("loans.approve", "loans:loan", "loans.read"),
    "objections": ("targeting.settle_objection", "targeting:home", "targeting.read"),
    "ratify_list": ("targeting.ratify_list", "targeting:home", "targeting.read"),
    "minutes": ("meetings.sign_minutes", "meetings:meeting", "meetings.read"),
    "meeting": ("meetings.take_roll", "meetings:meeting", "meetings.read"),
    "health_stops": ("upk.record_card", "upk:card", "upk.read"),
    "health": ("upk.record_card", "upk:card", "upk.read"),
    "report_due": ("grants.hand_in_report", "grants:tranche", "grants.read"),
}

# kinds that come from the same question as one of WATCHED
_BESIDE = {"instalment": "loans.record_repayment", "roll": "meetings.take_roll"}
_NO_PARTS = ("targeting:home",)

May = Callable[[str], bool]


def asking(may: May) -> May:
    """What the rooms are asked for: what the reader may do, and what they may follow."""
    followed = {does for does, _page, read in WATCHED.values() if may(read)}
    return lambda permission: permission in followed or may(permission)


def apart(found: Iterable[Task], may: May) -> tuple[list[Task], list[Task]]:
    """The reader's own tasks, and those of others, each leading to where it can be followed."""
    mine, others = [], []
    for task in found:
        does, page, read = WATCHED.get(task.kind, (_BESIDE.get(task.kind, ""), "", ""))
        if not does or may(does):
            mine.append(task)
        elif page and may(read):
            parts = {} if page in _NO_PARTS else task.parts
            others.append(replace(task, page=page, parts=parts))
    return mine, others


def doers(task: Task) -> list[str]:
    """The roles of the ward that do a watched task, as keys of the roles."""
    does = WATCHED[task.kind][0]
    return [role for role in roles_with(does) if role in WARD_ROLES]
