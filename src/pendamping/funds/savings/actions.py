"""The only writers of the savings cards."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.rules.entries import money_problems
from pendamping.funds.savings import queries, rules
from pendamping.funds.savings.models import Movement
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "savings"


def _made_already(kind: str) -> Callable[[Mapping[str, Any]], Movement | None]:
    """What a form has booked already; it must have been the same in everything."""

    def find(arguments: Mapping[str, Any]) -> Movement | None:
        made = queries.by_request(arguments.get("request_id", ""))
        if made:
            asked = tuple(arguments[name] for name in ("ward", "group_id", "on", "amount"))
            ledger.same_request(
                "savings.request",
                made.receipt,
                (
                    made.ward,
                    made.group_id,
                    made.on,
                    made.amount,
                    made.kind,
                    made.person_id or "",
                    sorted(one["person"] for one in made.signers or ()),
                ),
                (
                    *asked,
                    kind,
                    arguments.get("person", ""),
                    sorted(set(arguments.get("signers", ()))),
                ),
            )
        return made

    return find


@ledger.once_per_request(_made_already("deposit"))
@action
def record_deposit(
    *,
    by: User,
    ward: str,
    group_id: str,
    on: date,
    amount: int,
    person: str = "",
    request_id: str = "",
) -> Movement:
    """A group, or a member by their id, pays in: cash against savings.

    The same ``request_id`` again gives back the deposit that it made, and posts nothing.
    """
    ledger.take_turn(ward, DESK)
    allow(by, "savings.record_deposit", ward)
    refuse_if(_reasons(ward, group_id, on, amount, person))
    return _move("deposit", by, ward, group_id, on, amount, person, request_id)


@ledger.once_per_request(_made_already("withdrawal"))
@action
def record_withdrawal(
    *,
    by: User,
    ward: str,
    group_id: str,
    on: date,
    amount: int,
    person: str = "",
    signers: Sequence[str] = (),
    request_id: str = "",
) -> Movement:
    """A member by their id takes out of what she put by herself, also after she left; or the whole group out
    of what it has in common, as many officers having signed as the guideline asks (``signers``: their ids;
    ADR 0052). Neither the card nor the cash may fall below zero, on no day since either.
    """
    ledger.take_turn(ward, "cash")
    ledger.take_turn(ward, DESK)
    allow(by, "savings.record_withdrawal", ward)
    found = _reasons(ward, group_id, on, amount, person, ever=True)
    found = found or _not_theirs(ward, group_id, on, amount, person, signers)
    refuse_if(found or _cash_not_there(ward, amount, on))
    signed = _signed(group_id, on, signers)
    return _move("withdrawal", by, ward, group_id, on, amount, person, request_id, signed)


def _not_theirs(
    ward: str, group_id: str, on: date, amount: int, person: str, signers: Sequence[str]
) -> list[Reason]:
    """Why this is not for the member or the group to take out."""
    whole = rules.overdrawn(queries.changes(group_id), amount, on)
    if person:
        own = queries.own_changes(group_id, person)
        return rules.overdrawn(own, amount, on, rules.OWN) or whole
    officers = [one.person_id for one in institutions.officers_of(group_id, on)]
    least, code = queries.common_signers(ward, on), guidelines.code(ward, on)
    return [
        *(rules.overdrawn(queries.common_changes(group_id), amount, on, rules.COMMON) or whole),
        *rules.signer_problems(signers, officers, least, code),
    ]


def _signed(group_id: str, on: date, signers: Sequence[str]) -> list[dict[str, str]] | None:
    """Who signed, as it is kept with the movement: the office that each held on the day."""
    found = [
        {"person": one.person_id, "name": one.name, "role": one.role}
        for one in institutions.members(group_id, on)
        if one.person_id in signers
    ]
    return found or None


def _reasons(
    ward: str, group_id: str, on: date, amount: int, person: str, *, ever: bool = False
) -> list[Reason]:
    """What stands against any movement; ``ever``: who once was a member may still take out."""
    group = institutions.group(ward, group_id)
    if group is None:
        return [Reason("savings.group", "There is no such group in this ward.")]
    found = rules.problems(amount=amount, on=on, today=clock.today(), formed_on=group.formed_on)
    known = (
        institutions.all_member_ids if ever else lambda group: institutions.member_ids(group, on)
    )
    members = households.every_id(known(group_id)) if person else ()
    if person and person not in members:
        found.append(
            Reason(
                "savings.member",
                "This person is not a member of the group on that day.",
                {},
                {"field": "person"},
            )
        )
    return found


def _cash_not_there(ward: str, amount: int, on: date) -> list[Reason]:
    cash = books.account(ward, "cash")
    if cash is None:
        return []
    there = books.lowest(ward, "cash", on)
    return money_problems("cash", cash.name, amount=amount, there=there)


def _move(
    kind: str,
    by: User,
    ward: str,
    group_id: str,
    on: date,
    amount: int,
    person: str,
    request: str,
    signed: list[dict[str, str]] | None = None,
) -> Movement:
    movement = _create(kind, by, ward, group_id, on, amount, person, request, signed)
    _post(by, movement, on, movement.signed, kind)
    record(
        by=by,
        ward=ward,
        record=f"savings:{group_id}",
        on=on,
        movement=movement.id,
        amount=movement.signed,
        **({"signers": [one["person"] for one in signed]} if signed else {}),
    )
    return movement


def _create(
    kind: str,
    by: User,
    ward: str,
    group_id: str,
    on: date,
    amount: int,
    person: str,
    request: str = "",
    signed: list[dict[str, str]] | None = None,
) -> Movement:
    today = clock.today()
    return Movement.objects.create(
        ward=ward,
        group_id=group_id,
        person_id=person or None,
        kind=kind,
        on=on,
        amount=amount,
        year=today.year,
        number=queries.next_number(ward, today.year),
        received_by=by,
        entered_on=today,
        entered_at=clock.now(),
        request_id=request or None,
        signers=signed,
    )


# --- steps of other rooms' actions ---------------------------------------------------------------


def put_by(
    *,
    by: User,
    ward: str,
    group_id: str,
    on: date,
    amounts: Mapping[str, int],
    kind: str = "deposit",
) -> dict[str, Movement]:
    """Take savings of members (``{person id: whole rupiah}``) into cash as a step of the action that
    is open; ``kind`` ``deposit``, or ``refill`` of joint savings. Returns each member's movement.

    Raises ``Refusal`` with every reason; the caller asks for the permission and leaves the trail.
    """
    ledger.take_turn(ward, DESK)
    wrong = [_reasons(ward, group_id, on, amount, person) for person, amount in amounts.items()]
    refuse_if(reason for reasons in wrong for reason in reasons)
    made = {}
    for person, amount in amounts.items():
        made[person] = _create(kind, by, ward, group_id, on, amount, person)
        _post(by, made[person], on, amount, kind)
    return made


def take_over(
    *, by: User, ward: str, on: date, saved: Iterable[tuple[str, str, int]]
) -> list[Movement]:
    """Enter what groups, or members of theirs, had saved in an old book at the end of a day, as a step
    of the action that is open, which posts it; ``saved``: (group id, person id or empty, whole rupiah).
    """
    ledger.take_turn(ward, DESK)
    made = []
    for group, person, amount in saved:
        made.append(_create("opening", by, ward, group, on, amount, person))
        record(
            by=by, ward=ward, record=f"savings:{group}", on=on, movement=made[-1].id, amount=amount
        )
    return made


def undo_take_over(*, by: User, ward: str, on: date) -> int:
    """Let what :func:`take_over` has entered for a day count as never saved, as a step of the action that
    is open, which has reversed the entry; how many cards.
    """
    ledger.take_turn(ward, DESK)
    gone = list(Movement.objects.filter(ward=ward, kind="opening", on=on, reversed_on=None))
    for one in gone:
        Movement.objects.filter(pk=one.pk).update(reversed_on=on)
        record(
            by=by,
            ward=ward,
            record=f"savings:{one.group_id}",
            on=on,
            movement=one.id,
            amount=-one.amount,
        )
    return len(gone)


def draw(*, by: User, ward: str, group_id: str, on: date, amount: int, person: str) -> Movement:
    """Let the joint savings pay for a member, as a step of the action that is open, which posts it:
    savings against what it pays. Never more than there is, on that day and on every day since.
    """
    ledger.take_turn(ward, DESK)
    refuse_if(rules.overdrawn(queries.changes(group_id), amount, on))
    return _create("draw", by, ward, group_id, on, amount, person)


def give_back(*, by: User, movement_id: str, on: date, why: str) -> Movement:
    """Take back, as a step of the action that is open, what ``put_by`` or ``draw`` made.

    A draw is posted back by who posted it.
    """
    movement = Movement.objects.select_related("group").get(pk=movement_id)
    ledger.take_turn(movement.ward, DESK)
    refuse_if(_not_reversible(movement, on, why))
    Movement.objects.filter(pk=movement.pk).update(reversed_on=on)
    movement.reversed_on = on
    if movement.kind != "draw":
        _post(by, movement, on, -movement.signed, "correction", why)
    return movement


def _post(by: User, movement: Movement, on: date, amount: int, kind: str, why: str = "") -> None:
    name = f"{movement.receipt} {movement.group.name}"
    ledger.post(
        by=by,
        ward=movement.ward,
        on=on,
        kind=kind,
        ref=f"savings:{movement.id}",
        lines=[("cash", amount), (queries.ACCOUNT, -amount)],
        narration=_cancelled(name, why) if kind == "correction" else name,
    )


def _cancelled(name: str, why: str) -> str:
    """Kept in Indonesian, as the unit's papers are: that it is a cancellation, of what, and why."""
    with translation.override("id"):
        said = gettext("Cancellation")
    return f"{said} {name}: {why.strip()}"


@action
def reverse_movement(*, by: User, ward: str, movement_id: str, on: date, why: str) -> Movement:
    """Take back a deposit or withdrawal that was entered wrongly; it counts until that day.

    The money of a deposit must be in the cash on that day and every day since, as for a withdrawal.
    """
    ledger.take_turn(ward, "cash")
    ledger.take_turn(ward, DESK)
    allow(by, "savings.reverse_movement", ward)
    movement = queries.movement(ward, movement_id)
    if movement is None:
        raise refuse("savings.movement", "There is no such payment in this ward.")
    refuse_if(_elsewhere(movement))
    give_back(by=by, movement_id=movement.id, on=on, why=why)
    refuse_if(ledger.taken_back(ward, max(movement.signed, 0), on))
    movement.reversed_on = on
    record(
        by=by,
        ward=ward,
        record=f"savings:{movement.group_id}",
        on=on,
        movement=movement.id,
        amount=-movement.signed,
    )
    return movement


def _elsewhere(movement: Movement) -> list[Reason]:
    if movement.kind in ("deposit", "withdrawal"):
        return []
    if movement.kind == "opening":
        text = N_("It stands in the balances of the old book; it is not taken back.")
        return [Reason("savings.elsewhere", text, {}, {"movement": movement.id})]
    return [
        Reason(
            "savings.elsewhere",
            "This belongs to a loan of the group; take it back there.",
            {},
            {"movement": movement.id},
        )
    ]


def _not_reversible(movement: Movement, on: date, why: str) -> list[Reason]:
    found = []
    if movement.reversed_on:
        found.append(Reason("savings.reversed", "This payment has been taken back already."))
    if not movement.on <= on <= clock.today():
        found.append(
            Reason(
                "savings.date",
                "It can be taken back between {first} and today.",
                {"first": movement.on.isoformat()},
                {"field": "on"},
            )
        )
    if not why.strip():
        found.append(Reason("savings.why", "Say why it is taken back.", {}, {"field": "why"}))
    if movement.kind in Movement.IN and not movement.reversed_on:
        found += rules.overdrawn(queries.changes(movement.group_id), movement.amount, on)
    if movement.kind == "deposit" and movement.person_id and not found:
        own = queries.own_changes(movement.group_id, movement.person_id)
        found += rules.overdrawn(own, movement.amount, on, rules.OWN)
    return found
