"""Duties that pass from the facilitator, one by one, and the rights that pass with them; pure.

        named ──> together ──> alone ──> passed
          ^                                 │
          └───────────── back <─────────────┘

Source: handbook 0.1 (board and units replace the facilitator), 2.2, 8.4; the steps are our design.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.kernel.refusal import N_, Reason

STEPS = ("named", "together", "alone", "passed", "back")
PRACTICE = ("together", "alone")

RIGHTS: Mapping[str, tuple[str, ...]] = {
    # duty: what the facilitator leaves to the ward once it has passed
    "meetings": tuple(
        f"meetings.{one}"
        for one in ("call_meeting", "move_meeting", "cancel_meeting", "renew_members", "take_roll",
                    "record_decision", "sign_minutes")
    ),
    "groups": tuple(
        f"institutions.{one}"
        for one in ("form_group", "record_step", "admit_member", "release_member",
                    "change_officer", "set_followers")
    ),
    "training": tuple(
        f"facilitation.{one}"
        for one in ("plan_training", "ask_persons", "record_training", "correct_training",
                    "call_off_training")
    ),
    "poor_data": (
        *(
            f"households.{one}"
            for one in ("add_household", "record_birth", "record_death", "record_move_out",
                        "record_move_in", "split_household", "join_households", "correct_person")
        ),
        *(f"targeting.{one}" for one in ("draft_list", "change_list", "post_list")),
    ),
    "planning": tuple(
        f"planning.{one}"
        for one in ("record_need", "withdraw_need", "draft_plan", "take_up_needs", "shape_line",
                    "drop_plan", "ratify_plan")
    ),
    "works": tuple(
        f"grants.{one}"
        for one in ("tick_papers", "record_payment_order", "record_progress", "record_contribution",
                    "add_photo")
    ),
    "complaints": tuple(
        f"complaints.{one}"
        for one in ("acknowledge", "sort", "pass_on", "answer", "record_recovered", "close",
                    "confirm", "reopen")
    ),
    "arrears": ("loans.record_collection_step", "loans.refer"),
    "cycle": (
        *(
            f"cycle.{one}"
            for one in ("start_stage", "finish_stage", "take_back", "draft_plan", "adopt_plan",
                        "drop_plan")
        ),
        *(f"insight.{one}" for one in ("acknowledge", "plan_remedy", "tell_outcome")),
    ),
}  # fmt: skip
"""A duty that another text names passes without rights: the facilitator keeps them to the last day."""


def rights_of(duty: str) -> tuple[str, ...]:
    """The permissions that pass with a duty."""
    return RIGHTS.get(duty, ())


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as the guideline writes it. ``takers``: roles that may take it over."""

    key: str
    name: Mapping[str, str]
    takers: tuple[str, ...]


def duty_of(section: Mapping[str, Mapping[str, Any]]) -> dict[str, Duty]:
    """The duties of the section ``handover_duties`` in their order."""
    rows = sorted(section.items(), key=lambda row: row[1]["order"])
    return {key: Duty(key, row["name"], tuple(row["takers"])) for key, row in rows}


@dataclass(frozen=True, slots=True)
class Practised:
    """A step that was taken: its word and its day."""

    step: str
    on: date


@dataclass(frozen=True, slots=True)
class Passing:
    """How far a duty has passed. ``steps``: since somebody was named last, the oldest first.

    >>> Passing((Practised("named", date(2005, 1, 3)), Practised("together", date(2005, 1, 9)))).word
    'together'
    """

    steps: tuple[Practised, ...] = ()

    @property
    def word(self) -> str:
        """Where it stands: empty, named, together, alone, passed."""
        last = self.steps[-1].step if self.steps else ""
        return "named" if last == "back" else last

    @property
    def passed_on(self) -> date | None:
        """Since when it is in other hands."""
        return self.steps[-1].on if self.word == "passed" else None

    def days(self, step: str) -> list[date]:
        """The days on which a step was taken."""
        return [one.on for one in self.steps if one.step == step]


def since_named(steps: Iterable[Practised]) -> Passing:
    """The steps since somebody was named last."""
    kept: list[Practised] = []
    for one in steps:
        kept = [one] if one.step == "named" else [*kept, one]
    return Passing(tuple(kept))


def named_problems(
    duty: Duty | None, now: Passing, roles: Collection[str] | None, already: bool = False
) -> list[Reason]:
    """Every reason against naming somebody for a duty. ``roles``: held in the ward; ``None``: no such login;
    ``already``: they are named."""
    if duty is None:
        return [Reason("handover.duty.unknown", N_("There is no such duty."), {}, _at("duty"))]
    found = []
    if now.word == "passed":
        text = N_("The duty has passed already; take it back first.")
        found.append(Reason("handover.duty.passed", text))
    if already and now.word != "passed":
        text = N_("They are named for this duty already.")
        found.append(Reason("handover.duty.named", text, {}, _at("username")))
    if roles is None or not set(roles) & set(duty.takers):
        text = N_("Choose somebody who logs in here with a role that can take this duty over.")
        found.append(Reason("handover.duty.taker", text, {}, _at("username")))
    return found


def practice_problems(now: Passing, step: str, on: date, today: date) -> list[Reason]:
    """Every reason against noting practice: first together with the facilitator, then alone."""
    found = []
    if step not in PRACTICE:
        found.append(Reason("handover.duty.step", N_("Say how it was done."), {}, _at("step")))
    if not now.steps:
        found.append(Reason("handover.duty.nobody", N_("Name first who takes the duty over.")))
    if now.word == "passed":
        text = N_("The duty has passed already; take it back first.")
        found.append(Reason("handover.duty.passed", text))
    first = now.steps[0].on if now.steps else None
    if on > today or (first is not None and on < first):
        text = N_("The day lies before somebody was named, or in the future.")
        found.append(Reason("handover.duty.day", text, {}, _at("on")))
    together = now.days("together")
    if step == "alone" and (not together or on < together[0]):
        text = N_("First together with the facilitator, then alone.")
        found.append(Reason("handover.duty.order", text, {}, _at("step")))
    return found


def passing_problems(
    now: Passing, named: str, still_there: bool, uncovered: Iterable[str]
) -> list[Reason]:
    """Every reason against a duty passing now. ``named``: who takes it over, by name; ``still_there``: they hold a
    role that can; ``uncovered``: rights that nobody else in the ward holds."""
    if not now.steps:
        return [Reason("handover.duty.nobody", N_("Name first who takes the duty over."))]
    if now.word == "passed":
        return [Reason("handover.duty.already", N_("The duty has passed already."))]
    found = []
    if not now.days("together"):
        text = N_("{name} has not done it together with the facilitator yet.")
        found.append(Reason("handover.duty.together", text, {"name": named}))
    if not now.days("alone"):
        text = N_("{name} has not done it alone yet.")
        found.append(Reason("handover.duty.alone", text, {"name": named}))
    if not still_there:
        text = N_("{name} holds no role here any more that can take this duty over.")
        found.append(Reason("handover.duty.gone", text, {"name": named}))
    if lacking := len(list(uncovered)):
        text = N_(
            "Some of what belongs to this duty ({count}) nobody but the facilitator may do here. The ward's "
            "administrator gives somebody the role first."
        )
        found.append(Reason("handover.duty.uncovered", text, {"count": lacking}))
    return found


def _at(field: str) -> dict[str, str]:
    return {"field": field}
