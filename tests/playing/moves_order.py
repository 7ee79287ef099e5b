"""Events of days past that are entered in this order or another: what comes in, what is paid, what is spent."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.db import transaction

from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.savings import actions as savings
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk.models import BankLine
from pendamping.funds.upk.rules.statement import guess
from pendamping.kernel.refusal import Refusal
from tests import lending
from tests.playing.game import FIRST, Game
from tests.playing.moves_loans import people

Event = tuple[date, Callable[[], object]]
SPAN = 360  # days from the first on which the events lie
COVERED = 3_000


def drawn(game: Game) -> list[Event]:
    """Instalments and sheets on days of their own, what was covered given back the day after, savings, vouchers,
    what the bank tells; none more than there is money for. On the last day one loan is settled.
    """
    days = game.chance.sample(range(40, SPAN), 14)
    made = [one for each in days for one in _events(game, FIRST + timedelta(days=each))]
    made.sort(key=lambda one: one[0])
    return [*made, *_settled(game, made)]


def _events(game: Game, on: date) -> list[Event]:
    kind = game.chance.choice(
        ["pay", "pay", "sheet", "sheet", "save", "take", "in", "out", "bank", "interest"]
    )
    if kind == "sheet":
        return _sheet(game, on)
    return [_event(game, kind, on)]


def _settled(game: Game, events: list[Event]) -> list[Event]:
    """One loan is settled by what it owes when all is entered that came before."""
    loan, on = game.chance.choice(game.loans), FIRST + timedelta(days=SPAN)
    owed = None
    with transaction.atomic():
        enter(game, events)
        if loan_book.loan(game.ward, loan.id).status == "active":
            owed = loan_book.settlement(game.ward, loan.id, on)
        transaction.set_rollback(True)
    if owed is None:
        return []
    at = game.at(game.cast.treasurer)
    return [(on, lambda: loans.settle_early(**at, loan_id=loan.id, on=on, amount=owed.total))]


def _event(game: Game, kind: str, on: date) -> Event:
    chance, at = game.chance, game.at(game.cast.treasurer)
    loan, amount = chance.choice(game.loans), chance.randint(1, 400_000)
    if kind == "pay":
        return on, lambda: loans.record_repayment(**at, loan_id=loan.id, on=on, amount=amount)
    if kind == "interest":
        return on, lambda: tell_interest(game, on, amount)
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


def tell_interest(game: Game, on: date, amount: int) -> BankLine:
    """The bank's statement of a day tells of interest, which is posted; its line."""
    at, text = game.at(game.cast.treasurer), f"Bunga {on:%d%m%y} {amount}"
    content = f"Tanggal;Uraian;Jumlah\n{on:%d/%m/%Y};{text};{amount}\n".encode()
    made = upk.stage_statement(**at, account="bank", filename=f"{on}.csv", content=content)
    columns = guess(made.cells[0])
    upk.take_statement(**at, statement_id=made.id, header=0, columns=columns, doubles="take")
    line = BankLine.objects.get(statement_id=made.id)
    return upk.post_bank_line(**at, line_id=line.id, item="interest")


def _sheet(game: Game, on: date) -> list[Event]:
    """Everybody pays a little; one covers for another, or the joint savings pay; the day after it is given back."""
    chance, at, loan = game.chance, game.at(game.cast.treasurer), game.chance.choice(game.loans)
    who = people(loan)
    lines = [{"person": person, "paid": chance.choice([0, 12_345, 34_500])} for person in who]
    by = chance.choice([who[1], "others", "reserve"])
    lines[0]["covers"] = [{"by": by, "amount": COVERED}]
    lines[1]["saved"] = 2_000
    asked = [{"loan": loan.id, "lines": lines}]
    taken = on, lambda: loans.record_sheet(**at, on=on, groups=asked)
    if by == "others":
        return [taken]
    after, creditor = on + timedelta(days=1), "" if by == "reserve" else by
    given = after, lambda: loans.pay_back(
        **at, loan_id=loan.id, debtor=who[0], creditor=creditor, on=after, amount=COVERED
    )  # fmt: skip
    return [taken, given]


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
