"""A duty passes: somebody is named, does it together with the facilitator, then alone, then it is theirs."""

from datetime import date

from pendamping.access import actions as access_actions
from pendamping.access import queries as access
from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.handover import queries, rules
from pendamping.handover.actions.reading import DESK, entered
from pendamping.handover.models import DutyStep
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def name_taker(
    *, by: User, ward: str, duty: str, username: str
) -> DutyStep:  # fmt: skip
    """Somebody who logs in here will take a duty over; whoever was named before no longer does."""
    territory.take_turn(ward, DESK)
    allow(by, "handover.name_taker", ward)
    now = _asked(ward, duty)
    user = access.user(username)
    roles = (
        access.roles(user, ward) if user and "facilitator" not in access.roles(user, ward) else None
    )
    refuse_if(
        rules.named_problems(now.duty, now.passing, roles, user is not None and now.taker == user)
    )
    if user is None:
        raise refuse("handover.duty.taker", "There is no such login.")
    return _step(by, ward, duty, "named", user, clock.today(), "")


@action
def practise(*, by: User, ward: str, duty: str, step: str, on: date, note: str = "") -> DutyStep:
    """Note that who takes a duty over did it: ``together`` with the facilitator, or ``alone``."""
    territory.take_turn(ward, DESK)
    allow(by, "handover.practise", ward)
    now = _asked(ward, duty)
    refuse_if(rules.practice_problems(now.passing, step, on, clock.today()))
    return _step(by, ward, duty, step, _taker(now), on, fitting(note, 300))


@action
def pass_duty(*, by: User, ward: str, duty: str) -> DutyStep:
    """A duty is in other hands from today on, and what belongs to it the facilitator no longer does here.

    Refused, with every reason, before it was practised together and alone, where who takes it over holds no role
    for it any more, and where somebody else than the facilitator is still missing for a part of it.
    """
    territory.take_turn(ward, DESK)
    allow(by, "handover.pass_duty", ward)
    now = _asked(ward, duty)
    name = now.taker.name if now.taker else ""
    there = now.taker is not None and now.taker.pk in {
        one.pk for one in queries.takers(ward, now.duty)
    }
    lacking = queries.uncovered(ward, duty)
    refuse_if(rules.passing_problems(now.passing, name, there, lacking))
    taker = _taker(now)
    if rights := rules.rights_of(duty):
        access_actions.pass_on(by=by, ward=ward, duty=duty, permissions=rights, to=taker.username)
    return _step(by, ward, duty, "passed", taker, clock.today(), "")


@action
def take_back_duty(
    *, by: User, ward: str, duty: str, why: str
) -> DutyStep:  # fmt: skip
    """A duty that has passed goes back to practice, and why; the facilitator may do what belongs to it again."""
    territory.take_turn(ward, DESK)
    allow(by, "handover.take_back_duty", ward)
    now = _asked(ward, duty)
    reasons = []
    if now.word != "passed":
        reasons += refuse("handover.duty.not_passed", "The duty has not passed yet.").reasons
    if not why.strip():
        reasons += refuse(
            "handover.duty.why", "Say why it goes back.", where={"field": "why"}
        ).reasons
    refuse_if(reasons)
    if rights := rules.rights_of(duty):
        access_actions.call_back(by=by, ward=ward, duty=duty, permissions=rights)
    return _step(by, ward, duty, "back", _taker(now), clock.today(), fitting(why, 300))


def _asked(ward: str, duty: str) -> queries.Passed:
    """The duty that a step is about; after the sign-off none passes any more."""
    if queries.signed(ward) is not None:
        raise refuse("handover.signed", "The hand-over is signed: everything has passed.")
    now = queries.duty(ward, clock.today(), duty)
    if now is None:
        raise refuse("handover.duty.unknown", "There is no such duty.")
    return now


def _taker(now: queries.Passed) -> User:
    if now.taker is None:
        raise refuse("handover.duty.nobody", "Name first who takes the duty over.")
    return now.taker


def _step(by: User, ward: str, duty: str, step: str, taker: User, on: date, note: str) -> DutyStep:
    made = DutyStep.objects.create(
        ward=ward, duty=duty, step=step, taker=taker, note=note,
        **entered(by, on),
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"duty_step:{made.id}", on=on, duty=duty, step=step,
        taker=taker.username,
    )  # fmt: skip
    return made
