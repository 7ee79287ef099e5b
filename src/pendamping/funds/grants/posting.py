"""One way for money to move: a movement, its entries, and the checks that keep each window apart."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max

from pendamping.access.models import User
from pendamping.funds.grants import queries
from pendamping.funds.grants.models import BudgetLine, Grant, Movement, Tranche, Transfer
from pendamping.funds.grants.rules import windows as rules
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting

DESK = "grants"
CAPITAL = (("bank", 1), ("programme_capital", -1))
"""What the UPK's own books say of capital that the board passes on."""


def entered(by: User) -> dict[str, Any]:
    """Who enters a record, and when."""
    return {"entered_by": by, "entered_on": clock.today(), "entered_at": clock.now()}


def already(arguments: Mapping[str, Any]) -> Movement | None:
    """The movement that a form has made already; refuses another payment with the same form."""
    made = queries.by_request(arguments.get("request_id", ""))
    if made:
        booked = {
            "ward": made.ward, "on": made.on, "amount": made.amount, "window": made.window,
            "grant_id": made.grant_id, "line_id": made.line_id, "what": made.what,
            "cost": made.cost, "why": made.why,
        }  # fmt: skip
        if social := getattr(made, "social", None):
            booked |= {
                "person": social.person_id or "", "group_id": social.group_id or "",
                "what_for": social.what_for, "details": made.what,
            }  # fmt: skip
        same = [name for name in booked if name in arguments]
        ledger.same_request(
            "grants.request",
            made.voucher,
            tuple(booked[name] for name in same),
            tuple(_as_kept(arguments[name]) for name in same),
        )
    return made


def _as_kept(given: Any) -> Any:
    """A text as a movement keeps it."""
    return fitting(given, 200) if isinstance(given, str) else given


def move(
    *,
    by: User,
    ward: str,
    window: str,
    kind: str,
    on: date,
    amount: int,
    what: str = "",
    who: str = "",
    quotes: Sequence[Mapping[str, Any]] = (),
    tranche: Tranche | None = None,
    transfer: Transfer | None = None,
    grant: Grant | None = None,
    line: BudgetLine | None = None,
    said: Mapping[str, str] | None = None,
    request_id: str = "",
) -> Movement:
    """Move money of a window as a step of the open action, which holds the desk's turn.

    Refuses a sum that is not there, on that day or on any day since: of the window in the bank, or
    of the grant where the group holds it.
    """
    refuse_if(rules.amount_problems(amount) + rules.day_problems(on, clock.today()))
    refuse_if(not_there(ward, window, kind, on, amount, grant))
    today = clock.today()
    last = Movement.objects.filter(ward=ward, year=today.year).aggregate(last=Max("number"))["last"]
    made = Movement.objects.create(
        ward=ward,
        window=window,
        kind=kind,
        on=on,
        amount=amount,
        number=(last or 0) + 1,
        year=today.year,
        what=fitting(what, 200),
        who=fitting(who, 120),
        quotes=[dict(one) for one in quotes],
        tranche=tranche,
        transfer=transfer,
        grant=grant,
        line=line,
        said=dict(said) if said else None,
        request_id=request_id or None,
        **entered(by),
    )
    _post(by, made)
    return made


def not_there(
    ward: str, window: str, kind: str, on: date, amount: int, grant: Grant | None = None
) -> list[Reason]:
    """Why a sum is not there to move, on a day or on any day since."""
    changes = queries.changes(ward)
    gives = rules.KINDS[kind][1]
    if gives == "bank":
        there = rules.least(changes, on, account="bank", of=window)
        return rules.overdrawn(there, amount, queries.window_name(ward, on, window))
    if gives == "held" and grant is not None:
        there = rules.least(changes, on, account="held", of=grant.id)
        return rules.overdrawn(there, amount, grant.group.name, held=True)
    return []


def _post(by: User, made: Movement) -> None:
    narration = " · ".join(each for each in (made.voucher, made.what or made.who) if each)
    sets = [(f"grant-{made.kind}", rules.legs(made.window, made.kind, made.amount))]
    if made.kind == "passed-on":
        capital = [(key, sign * made.amount) for key, sign in CAPITAL]
        sets.append(("grant-capital", capital))
    for kind, lines in sets:
        ledger.post(
            by=by,
            ward=made.ward,
            on=made.on,
            kind=kind,
            ref=f"grants:{made.id}",
            lines=lines,
            narration=narration,
        )


def take_back(*, by: User, movement: Movement, on: date, why: str) -> None:
    """Undo a movement from a day on as a step of the open action: it counts until that day."""
    refuse_if(_not_reversible(movement, on, why))
    Movement.objects.filter(pk=movement.pk).update(reversed_on=on)
    movement.reversed_on = on
    changes = queries.changes(movement.ward)
    short = rules.least(changes, on, account="bank", of=movement.window) < 0
    if movement.grant_id:
        short = short or rules.least(changes, on, account="held", of=movement.grant_id) < 0
    if movement.kind == "passed-on":
        short = short or books.lowest(movement.ward, "bank", on) < movement.amount
    if short:
        raise refuse(
            "grants.take_back",
            "It cannot be taken back: the money has been used since.",
            where={"movement": movement.id},
        )
    for entry in books.standing(movement.ward, [f"grants:{movement.id}"]):
        ledger.undo(by=by, ward=movement.ward, entry_id=entry.id, on=on, why=why)


TAKEN_BACK = ("paid", "spent", "returned", "given", "passed-on")
"""What may be taken back; a receipt and a minuted transfer stand."""


def _not_reversible(movement: Movement, on: date, why: str) -> list[Reason]:
    found = rules.day_problems(on, clock.today(), movement.on)
    if movement.kind not in TAKEN_BACK:
        found.append(Reason("grants.take_back", "This stands; it is not taken back."))
    if movement.reversed_on:
        found.append(Reason("grants.reversed", "This has been taken back already."))
    if not why.strip():
        found.append(Reason("grants.why", "Say why.", {}, {"field": "why"}))
    return found
