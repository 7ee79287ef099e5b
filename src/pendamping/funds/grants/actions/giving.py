"""Social grants, capital passed on to the UPK, and taking a movement back."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.grants import posting, queries
from pendamping.funds.grants.models import Movement, SocialGrant
from pendamping.funds.grants.rules import windows
from pendamping.funds.grants.rules.works import social_problems
from pendamping.funds.ledger import actions as ledger
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import queries as meetings
from pendamping.trail.actions import record
from pendamping.trail.writing import action

SOCIAL = "social"
"""The window that social grants come from."""


@ledger.once_per_request(posting.already)
@action
def give_social_grant(
    *,
    by: User,
    ward: str,
    on: date,
    amount: int,
    what_for: str,
    meeting_id: str,
    signed_by: str,
    person: str = "",
    group_id: str = "",
    details: str = "",
    why_again: str = "",
    request_id: str = "",
) -> Movement:
    """Give a social grant, not repaid, to a person on the poor list or to a group, as a meeting decided
    (subject ``grants.social:<person or group id>:<what for>``). ``signed_by``: who signed the receipt.

    The same ``request_id`` again gives back the payment that it made, and posts nothing.
    """
    ledger.take_turn(ward, posting.DESK)
    allow(by, "grants.give_social_grant", ward)
    found = _social(ward, on, what_for, person, group_id, signed_by, why_again)
    if bool(person) != bool(group_id):
        found += _undecided(ward, meeting_id, on, what_for, person, group_id)
    refuse_if(found + _sum(ward, on, amount))
    movement = posting.move(
        by=by,
        ward=ward,
        window=SOCIAL,
        kind="given",
        on=on,
        amount=amount,
        what=details,
        request_id=request_id,
    )
    SocialGrant.objects.create(
        ward=ward,
        movement=movement,
        person_id=person or None,
        group_id=group_id or None,
        what_for=what_for,
        meeting=meeting_id,
        signed_by=fitting(signed_by, 120),
        why_again=fitting(why_again, 200),
        **posting.entered(by),
    )
    record(by=by, ward=ward, record=f"grants:{movement.id}", on=on, amount=amount, what=what_for)
    return movement


def _sum(ward: str, on: date, amount: int) -> list[Reason]:
    """Why this sum cannot leave the window on this day."""
    found = windows.amount_problems(amount) + windows.day_problems(on, clock.today())
    return found + posting.not_there(ward, SOCIAL, "given", on, amount)


def _undecided(
    ward: str, meeting_id: str, on: date, what_for: str, person: str, group_id: str
) -> list[Reason]:
    """What is missing in the meeting's decision, which is carried out once."""
    subject = f"grants.social:{person or group_id}:{what_for}"
    used = _given(ward, meeting_id, what_for, person, group_id)
    return meetings.decided(ward, meeting_id, subject, matter="social_grants", until=on, used=used)


def _given(ward: str, meeting_id: str, what_for: str, person: str, group_id: str) -> int:
    """How many grants that stand were given by this decision of the meeting."""
    found = SocialGrant.objects.filter(
        ward=ward, meeting=meeting_id, what_for=what_for, movement__reversed_on=None
    )
    if person:
        return found.filter(person__in=households.selves([person])[person]).count()
    return found.filter(person=None, group=group_id or None).count()


def _social(
    ward: str,
    on: date,
    what_for: str,
    person: str,
    group_id: str,
    signed_by: str,
    why_again: str,
) -> list[Reason]:
    found = []
    if bool(person) == bool(group_id) or not _known(ward, person, group_id):
        where = {"field": "receiver"}
        return [Reason("grants.receiver", "Name one receiver: a resident or a group.", {}, where)]
    if what_for not in SocialGrant.KINDS:
        found.append(Reason("grants.what_for", "Say what it is for.", {}, {"field": "what_for"}))
    if not signed_by.strip():
        found.append(
            Reason(
                "grants.receipt",
                "Write who signed the receipt.",
                {},
                {"field": "signed_by"},
            )
        )
    asked = guidelines.section("menu", ward, on).get("beneficiaries_on_poor_list", False)
    people = [person] if person else [one.person_id for one in institutions.members(group_id, on)]
    poor = households.poor_on(ward, people, on)
    listed = not asked or (bool(people) and set(people) <= poor)
    earlier = queries.given_before(ward, person, group_id)
    code = guidelines.code(ward, on)
    return found + social_problems(earlier, what_for, why_again, listed=listed, code=code)


def _known(ward: str, person: str, group_id: str) -> bool:
    if person:
        return households.person(ward, person) is not None
    return institutions.group(ward, group_id) is not None


@ledger.once_per_request(posting.already)
@action
def pass_on_capital(
    *, by: User, ward: str, window: str, on: date, amount: int, request_id: str = ""
) -> Movement:
    """Pass money of a window that is lent on to the UPK: out of the board's bank account, and in the
    same moment into the UPK's as its capital. Two entries, one in each set of books.
    """
    ledger.take_turn(ward, posting.DESK)
    ledger.take_turn(ward, "cash")
    allow(by, "grants.pass_on_capital", ward)
    component = guidelines.section("components", ward, on).get(window)
    if component is None or not component["repaid"]:
        raise refuse("grants.passed_on", "Only the window that is lent and repaid goes to the UPK.")
    movement = posting.move(
        by=by,
        ward=ward,
        window=window,
        kind="passed-on",
        on=on,
        amount=amount,
        who="UPK",
        request_id=request_id,
    )
    record(by=by, ward=ward, record=f"grants:{movement.id}", on=on, amount=amount)
    return movement


@action
def take_back(*, by: User, ward: str, movement_id: str, on: date, why: str) -> Movement:
    """Take back a payment or an expense that was entered wrongly; it counts until that day."""
    ledger.take_turn(ward, posting.DESK)
    allow(by, "grants.take_back", ward)
    movement = queries.movement(ward, movement_id)
    if movement is None:
        raise refuse("grants.movement", "There is no such payment in this ward.")
    posting.take_back(by=by, movement=movement, on=on, why=why)
    record(
        by=by,
        ward=ward,
        record=f"grants:{movement.id}",
        on=on,
        amount=-movement.amount,
    )
    return movement
