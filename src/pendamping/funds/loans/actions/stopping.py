"""The stop on new lending, and the minutes that lift it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import changes, checks, queries
from pendamping.funds.loans.models import LendingStop
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "stop"


@action
def suspend_lending(
    *, by: User, ward: str, on: date, month: date, findings: Sequence[Mapping[str, Any]]
) -> LendingStop:
    """Stop new lending from a day on, as the health card of a month asks; ``month``: its last day.

    ``findings``: ``{"key", "short", "part", "whole"}`` of each indicator in the band. A stop that
    stands already stays as it is. A stop that a meeting lifted stays lifted for the cards of months
    that had ended by then; the next month's card stops lending again.
    """
    ledger.take_turn(ward, DESK)
    allow(by, "loans.suspend_lending", ward)
    stands = queries.standing_stop(ward) or queries.stop_until(ward, month)
    if not findings or not month <= on <= clock.today():
        raise refuse(
            "loans.stop.card",
            "Lending stops by the health card of a month that has ended, with what it found.",
        )
    text = guidelines.in_force(ward, on)
    made = stands or LendingStop.objects.create(
        ward=ward,
        since=on,
        month=month,
        findings=[dict(one) for one in findings],
        clause=f"suspension.{text.code}.effect",
        guideline_version=text.version,
        entered_by=by,
        entered_on=clock.today(),
        entered_at=clock.now(),
    )
    record(
        by=by, ward=ward, record=f"stop:{made.id}", on=on, month=month.isoformat(), new=not stands
    )
    return made


@action
def lift_suspension(*, by: User, ward: str, stop_id: str, on: date, meeting_id: str) -> LendingStop:
    """Lend again from a day on, as a meeting decided after the stop (subject
    ``loans.lift_suspension:<stop id>``), validly and with signed minutes.
    """
    ledger.take_turn(ward, DESK)
    allow(by, "loans.lift_suspension", ward)
    found = LendingStop.objects.filter(pk=stop_id, ward=ward).first()
    if found is None:
        raise refuse("loans.stop", "There is no such stop on lending.")
    refuse_if(
        [
            *_lifted(found),
            *checks.day(on, first=found.since, today=clock.today()),
            *changes.decided(ward, on, meeting_id, "lift_suspension", found.id),
        ]
    )
    found.lifted_on, found.lifted_at = on, meeting_id
    found.save(update_fields=["lifted_on", "lifted_at"])
    record(by=by, ward=ward, record=f"stop:{found.id}", on=on, meeting=meeting_id)
    return found


def _lifted(found: LendingStop) -> list[Reason]:
    if found.lifted_on is None:
        return []
    return [Reason("loans.stop.lifted", "This stop on lending has been lifted already.", {}, {})]
