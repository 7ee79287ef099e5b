"""Bringing the books in line with what a loan's payments say (ADR 0063)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import narrations, tying
from pendamping.funds.loans.models import Loan, Repayment
from pendamping.funds.loans.posting import Move, difference

Place = tuple[str, date]
"""A payment and a day: the books hold what it moves on that day, in one entry or in several."""


def bring(by: User, loan: Loan, repayments: list[Repayment], why: str) -> list[str]:
    """Post what the books still lack of a loan's payments, as a step of an action; ``why``: what makes payments
    split anew. The ids of the payments of which something was posted.

    What was posted stays: where only the split of a payment changed, the difference is posted, and the money of
    a payment stands once in the cash book. What moves nothing on a day any more is reversed.
    """
    wanted = {(move.payment, move.on): move for move in tying.moves(loan, repayments)}
    stand = _standing(loan.ward, repayments)
    known = {one.id: one for one in repayments}
    changed: dict[str, None] = {}
    for place in sorted(stand.keys() | wanted.keys(), key=lambda one: (one[1], one[0])):
        payment, entries = known[place[0]], stand.get(place, [])
        if place not in wanted:
            _undo(by, loan, payment, entries, why)
        elif left := difference(wanted[place], _together(entries)):
            _post(by, loan, payment, left, why)
        else:
            continue
        changed[payment.id] = None
    return list(changed)


def _standing(ward: str, repayments: list[Repayment]) -> dict[Place, list[Any]]:
    found: dict[Place, list[Any]] = {}
    for entry in books.standing(ward, [f"repayment:{one.id}" for one in repayments]):
        found.setdefault((entry.ref.removeprefix("repayment:"), entry.on), []).append(entry)
    return found


def _together(entries: Iterable[Any]) -> Mapping[str, int]:
    held: dict[str, int] = {}
    for entry in entries:
        for key, amount in books.legs(entry).items():
            held[key] = held.get(key, 0) + amount
    return held


def _undo(by: User, loan: Loan, payment: Repayment, entries: Iterable[Any], why: str) -> None:
    for entry in entries:
        ledger.undo(by=by, ward=loan.ward, entry_id=entry.id, why=payment.why_reversed or why)


def _post(by: User, loan: Loan, payment: Repayment, move: Move, why: str) -> None:
    ledger.post(
        by=by,
        ward=loan.ward,
        on=move.on,
        kind=move.kind,
        ref=f"repayment:{payment.id}",
        lines=move.legs_of("savings" if payment.draw_id else "cash"),
        narration=narrations.of(loan, payment, move, why),
    )
