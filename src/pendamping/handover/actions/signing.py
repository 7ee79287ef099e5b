"""The hand-over is prepared, decided by a meeting and signed; from then on the ward checks itself every year."""

from collections.abc import Sequence
from datetime import date

from pendamping.access import actions as access_actions
from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.handover import facts, queries, rules
from pendamping.handover.actions.reading import DESK, entered, read_criteria
from pendamping.handover.models import SignOff, YearlyCheck
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def prepare_sign_off(
    *, by: User, ward: str, last_day: date, despite: Sequence[str] = ()
) -> SignOff:
    """Put the hand-over to a meeting. ``last_day``: the facilitator's last; ``despite``: criteria that are handed
    over unmet, by name, each with somebody answerable and a day.

    Refused with every reason: what is not met and not named, what is named and has nobody answerable, duties that
    nobody was named for.
    """
    territory.take_turn(ward, DESK)
    allow(by, "handover.prepare_sign_off", ward)
    _not_twice(ward)
    today = clock.today()
    now = queries.standing(ward, today)
    refuse_if(rules.preparing_problems(now, despite, last_day, today, queries.named(ward, today)))
    made = SignOff.objects.create(
        ward=ward, last_day=last_day, despite=[key for key in now.unmet if key in despite],
        found=[one.kept() for one in now.found], **entered(by),
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"sign_off:{made.id}", last_day=last_day.isoformat(),
        despite=made.despite,
    )  # fmt: skip
    return made


def _not_twice(ward: str) -> None:
    if queries.signed(ward) is not None:
        raise refuse("handover.signed", "The hand-over is signed: everything has passed.")
    if queries.draft(ward) is not None:
        raise refuse("handover.sign.draft", "A hand-over is prepared already; put it aside first.")


def _draft(ward: str, sign_off_id: str) -> SignOff:
    found = SignOff.objects.select_for_update().filter(pk=sign_off_id, ward=ward).first()
    if found is None or found.status != "draft":
        raise refuse("handover.sign.unknown", "No such hand-over is prepared here.")
    return found


@action
def drop_sign_off(*, by: User, ward: str, sign_off_id: str) -> SignOff:
    """Put a prepared hand-over aside, as long as it is not signed."""
    territory.take_turn(ward, DESK)
    allow(by, "handover.drop_sign_off", ward)
    found = _draft(ward, sign_off_id)
    found.status = "dropped"
    found.save(update_fields=["status"])
    record(by=by, ward=ward, record=f"sign_off:{found.id}")
    return found


@action
def sign_off(
    *, by: User, ward: str, sign_off_id: str, meeting_id: str, ward_head: str, coordinator: str
) -> SignOff:
    """A meeting decided the hand-over and its minutes are signed: the ward goes on alone from the day after.

    The facilitators' roles in the ward end with the last day. Refused with every reason: a meeting that did not
    validly decide it, signatures that are missing, criteria that became unmet since and were not named.
    """
    territory.take_turn(ward, DESK)
    allow(by, "handover.sign_off", ward)
    found = _draft(ward, sign_off_id)
    today = clock.today()
    refuse_if(
        [
            *meetings.decided(
                ward, meeting_id, queries.subject(found), matter=facts.HANDOVER,
                since=found.on, until=today,
            ),
            *rules.signing_problems(
                queries.standing(ward, today), found.despite, ward_head, coordinator,
                queries.named(ward, today),
            ),
        ]
    )  # fmt: skip
    found.status, found.meeting, found.signed_on = "signed", meeting_id, today
    found.ward_head, found.coordinator = fitting(ward_head, 120), fitting(coordinator, 120)
    found.save(update_fields=["status", "meeting", "signed_on", "ward_head", "coordinator"])
    access_actions.end_accompanying(by=by, ward=ward, last_day=found.last_day)
    record(
        by=by, ward=ward, record=f"sign_off:{found.id}", on=today, meeting=meeting_id,
        last_day=found.last_day.isoformat(),
    )  # fmt: skip
    return found


@action
def check_year(*, by: User, ward: str, meeting_id: str) -> YearlyCheck:
    """After the hand-over: the criteria are read again, and the yearly meeting has decided on what they say."""
    territory.take_turn(ward, DESK)
    allow(by, "handover.check_year", ward)
    today = clock.today()
    due = queries.check_due(ward, today)
    if due is None:
        raise refuse("handover.check.early", "The hand-over is not signed yet.")
    refuse_if(
        meetings.decided(
            ward, meeting_id, queries.check_subject(due), matter=facts.CHECK, until=today
        )
    )
    if not queries.read_on(ward, today, today):
        read_criteria(by=by, ward=ward)
    made = YearlyCheck.objects.create(
        ward=ward, due=due, meeting=meeting_id,
        found=[one.kept() for one in queries.found(ward, today)], **entered(by),
    )  # fmt: skip
    record(
        by=by, ward=ward, record=f"yearly_check:{made.id}", on=today, due=due.isoformat(),
        meeting=meeting_id,
    )  # fmt: skip
    return made
