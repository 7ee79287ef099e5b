"""Events of days past that are entered in this order or another: what comes in, what is paid, what is spent."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db import transaction

from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import actions as loans
from pendamping.funds.savings import actions as savings
from pendamping.kernel.refusal import Refusal
from tests import lending
from tests.playing.game import FIRST, Game
from tests.playing.moves_loans import people

Event = tuple[date, Callable[[], object]]
SPAN = 360  # days from the first on which the events lie


def drawn(game: Game) -> list[Event]:
    """Instalments and sheets on days of their own, savings, vouchers; none more than there is money for."""
    days = game.chance.sample(range(40, SPAN), 14)
    made = [_event(game, FIRST + timedelta(days=each)) for each in days]
    return sorted(made, key=lambda one: one[0])


def _event(game: Game, on: date) -> Event:
    chance, at = game.chance, game.at(game.cast.treasurer)
    loan, amount = chance.choice(game.loans), chance.randint(1, 400_000)
    kind = chance.choice(["pay", "pay", "sheet", "save", "take", "in", "out", "bank"])
    if kind == "pay":
        return on, lambda: loans.record_repayment(**at, loan_id=loan.id, on=on, amount=amount)
    if kind == "sheet":
        return on, _sheet(game, at, loan, on)
    if kind == "take":
        return on, lambda: lending.take_out(game.cast, loan.group_id, on, amount // 99)
    if kind == "save":
        return on, lambda: savings.record_deposit(
            **at, group_id=loan.group_id, on=on, amount=amount
        )
    debit, credit = {
        "in": ("cash", "other_income"),
        "out": ("stationery", "cash"),
        "bank": ("bank", "cash"),
    }[kind]
    way = "transfer" if kind == "bank" else kind
    return on, lambda: ledger.record_voucher(
        **at, on=on, kind=way, debit=debit, credit=credit, amount=amount, narration="uji"
    )


def _sheet(game: Game, at: dict, loan, on: date) -> Callable[[], object]:
    """Everybody pays a little; one covers for another, or the joint savings pay."""
    who = people(loan)
    lines = [{"person": person, "paid": game.chance.choice([0, 12_345, 34_500])} for person in who]
    lines[0]["covers"] = [
        {"by": game.chance.choice([who[1], "others", "reserve"]), "amount": 3_000}
    ]
    lines[1]["saved"] = 2_000
    return lambda: loans.record_sheet(**at, on=on, groups=[{"loan": loan.id, "lines": lines}])


def orders(game: Game, events: list[Event]) -> Iterator[list[Event]]:
    """As they happened, backwards, and shuffled."""
    yield events
    yield list(reversed(events))
    yield game.chance.sample(events, len(events))


def enter(game: Game, events: list[Event]) -> list[Event]:
    """Enter what can be, again and again, until nothing is left or nothing more goes in; what is left."""
    waiting, left = events, []
    while waiting:
        left = [one for one in waiting if not _goes_in(one)]
        if len(left) == len(waiting):
            return left
        waiting = left
    return left


def _goes_in(event: Event) -> bool:
    try:
        with transaction.atomic():
            event[1]()
    except Refusal:
        return False
    return True
