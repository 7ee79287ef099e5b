"""Counting the cash."""

from collections.abc import Mapping
from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.upk.closes import reading
from pendamping.funds.upk.closes.models import CashCount
from pendamping.funds.upk.rules import counting
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def count_cash(
    *, by: User, ward: str, on: date, pieces: Mapping[int, int], witnesses: str, why: str = ""
) -> CashCount:
    """Keep a count of the cash box at the end of a day: ``{denomination: pieces}``, whole rupiah.

    ``why`` names a difference to the books, which a voucher then puts right. A later count of the
    same day takes its place.
    """
    ledger.take_turn(ward, "cash")
    allow(by, "upk.count_cash", ward)
    in_books = books.balance(ward, "cash", on)
    refuse_if(
        [
            *counting.count_day_problems(on, opened=books.opened_on(ward), today=clock.today()),
            *counting.count_problems(
                pieces,
                known=reading.denominations(ward, on),
                in_books=in_books,
                why=why,
                witnesses=witnesses,
                counter=by.name,
            ),
        ]
    )
    made = CashCount.objects.create(
        ward=ward,
        on=on,
        pieces={str(value): number for value, number in pieces.items() if number},
        counted=counting.counted(pieces),
        in_books=in_books,
        why=fitting(why, 300),
        witnesses=fitting(witnesses, 200),
        entered_by=by,
        entered_on=clock.today(),
        entered_at=clock.now(),
    )
    record(
        by=by,
        ward=ward,
        record=f"cash_count:{made.id}",
        on=on,
        counted=made.counted,
        in_books=in_books,
    )
    return made
