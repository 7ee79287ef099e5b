"""The logbook: a day is written down once; a correction keeps what stood there before."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.facilitation import facts
from pendamping.facilitation.models import LogEntry
from pendamping.facilitation.rules import day_problems
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.actions import Deed, record_all
from pendamping.trail.writing import action

DESK = "logbook"
TEXTS = {"place": 120, "result": 500, "obstacle": 500, "next_step": 300}


@action
def log_day(
    *,
    by: User,
    ward: str,
    on: date,
    stage: str,
    roles: Sequence[str],
    minutes: int,
    decided_by: str,
    women: int,
    men: int,
    place: str = "",
    result: str = "",
    obstacle: str = "",
    next_step: str = "",
    plan_id: str = "",
    request_id: str = "",
) -> LogEntry:
    """Write down one activity of a day, with the day on which it happened beside that of its entry.

    ``roles``: of ``rules.ROLES``. ``decided_by``: community, joint, facilitator or none. ``women``,
    ``men``: whom the facilitator met. ``plan_id``: what of the own plan was done with it.
    ``request_id``: the same form sent twice writes once; with other content it is refused.
    """
    allow(by, "facilitation.log_day", ward)
    told = {
        "on": on, "stage": stage, "roles": roles, "minutes": minutes, "decided_by": decided_by,
        "women": women, "men": men, "place": place, "result": result, "obstacle": obstacle,
        "next_step": next_step, "plan_id": plan_id, "request_id": request_id,
    }  # fmt: skip
    return write_entries(by, ward, [told])[0]


@action
def log_days(*, by: User, ward: str, entries: Sequence[Mapping[str, Any]]) -> list[LogEntry]:
    """Write down many activities at once, each as :func:`log_day` takes it: a notebook that is typed.

    All or nothing; every activity is its own event in the trail.
    """
    allow(by, "facilitation.log_days", ward)
    return write_entries(by, ward, entries)


def write_entries(by: User, ward: str, entries: Sequence[Mapping[str, Any]]) -> list[LogEntry]:
    """A step of the open action: check and write entries that are new."""
    territory.take_turn(ward, DESK)
    made = [_row(by, ward, told) for told in _checked(by, ward, entries)]
    LogEntry.objects.bulk_create(made)
    record_all(by=by, ward=ward, deeds=[_deed(one) for one in made])
    return made


def _checked(
    by: User, ward: str, entries: Sequence[Mapping[str, Any]]
) -> Sequence[Mapping[str, Any]]:
    """The entries, unless any of them has a fault; minutes of the same day add up."""
    today = clock.today()
    reasons: list[Reason] = []
    earlier = facts.logged_minutes(by, {told["on"] for told in entries})
    wanted = {told.get("plan_id") or "" for told in entries} - {""}
    known = facts.open_plans(by, ward, wanted)
    text = guidelines.in_force(ward, today)
    stages = text.section("stages")
    for told in entries:
        day = facts.day(by, told, earlier=earlier)
        earlier[day.on] = day.before + day.minutes
        reasons += day_problems(day, stages, today, text.code)
        plan = told.get("plan_id") or ""
        if plan and plan not in known:
            reasons.append(_no_plan(plan))
    refuse_if(reasons)
    return entries


def _no_plan(plan: str) -> Reason:
    text = N_("There is no such plan of yours in this ward.")
    return Reason("facilitation.plan.unknown", text, {}, {"field": "plan_id", "plan": plan})


def _row(by: User, ward: str, told: Mapping[str, Any], **more: Any) -> LogEntry:
    return LogEntry(
        ward=ward,
        user=by,
        on=told["on"],
        entered_on=clock.today(),
        entered_at=clock.now(),
        plan_id=told.get("plan_id") or None,
        stage=told["stage"],
        roles=facts.joined(told["roles"]),
        minutes=told["minutes"],
        decided_by=told["decided_by"],
        women=told["women"],
        men=told["men"],
        request=told.get("request_id") or new_id(),
        **{name: fitting(told.get(name, ""), most) for name, most in TEXTS.items()},
        **more,
    )


def _deed(entry: LogEntry) -> Deed:
    said = {
        "stage": entry.stage, "roles": entry.roles, "minutes": entry.minutes,
        "decided_by": entry.decided_by, "women": entry.women, "men": entry.men,
    }  # fmt: skip
    if entry.replaces_id:
        said["replaces"] = entry.replaces_id
    return Deed(f"log:{entry.id}", entry.on, said)


@action
def correct_log(
    *, by: User, ward: str, entry_id: str, why: str, told: Mapping[str, Any]
) -> LogEntry:
    """Put an own entry right: the new text takes its place, the earlier one can still be read.

    ``told``: as :func:`log_day` takes it, without ``request_id``.
    """
    territory.take_turn(ward, DESK)
    allow(by, "facilitation.correct_log", ward)
    before = _own(by, ward, entry_id, why)
    today = clock.today()
    text = guidelines.in_force(ward, today)
    day = facts.day(by, told, but=before.id)
    refuse_if(day_problems(day, text.section("stages"), today, text.code))
    made = _row(
        by, ward, {**told, "plan_id": before.plan_id, "request_id": ""},
        replaces=before, why=fitting(why, 200),
    )  # fmt: skip
    made.save()
    record_all(by=by, ward=ward, deeds=[_deed(made)])
    return made


@action
def take_back_log(*, by: User, ward: str, entry_id: str, why: str) -> LogEntry:
    """An own entry was wrong as a whole: it counts no longer, and can still be read with the reason."""
    territory.take_turn(ward, DESK)
    allow(by, "facilitation.take_back_log", ward)
    before = _own(by, ward, entry_id, why)
    kept = {
        name: getattr(before, name)
        for name in ("on", "stage", "minutes", "decided_by", "women", "men", "plan_id", *TEXTS)
    }
    told = {**kept, "roles": facts.parted(before.roles)}
    made = _row(by, ward, told, replaces=before, why=fitting(why, 200), taken_back=True)
    made.save()
    record_all(by=by, ward=ward, deeds=[_deed(made)])
    return made


def _own(by: User, ward: str, entry_id: str, why: str) -> LogEntry:
    """The own entry that stands; refused with why it cannot be changed."""
    found = facts.standing_entries().filter(pk=entry_id, ward=ward, user=by).first()
    if found is None:
        raise refuse(
            "facilitation.log.unknown",
            "There is no such entry of yours, or it was corrected meanwhile.",
            where={"entry": entry_id},
        )
    if not why.strip():
        raise refuse(
            "facilitation.log.why", "Say why it is corrected; both texts are kept.",
            where={"field": "why"},
        )  # fmt: skip
    return found
