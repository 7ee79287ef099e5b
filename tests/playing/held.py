"""Whether the books say what the player's own list says."""

import random
from collections import Counter
from datetime import date, timedelta

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.savings import queries as savings
from tests.playing.game import FIRST, TODAY, Game
from tests.playing.told import GROUPED, split


def in_books(ward: str, on: date) -> Counter:
    """By account, those kept together together; debit positive."""
    found: Counter = Counter()
    for row in books.trial_balance(ward, on, books=None):
        found[GROUPED.get(row.account.key, row.account.key)] += row.debit - row.credit
    return found


def same_balances(game: Game, on: date) -> None:
    """Every account holds what the list says, and all of them together nothing."""
    now, said = in_books(game.ward, on), game.told.balances(on)
    assert sum(now.values()) == 0, on
    assert {key: now[key] for key in now | said if now[key] != said[key]} == {}, (on, +said)


def same_cards(game: Game) -> None:
    """Every loan owes what its own payments leave, every saver has what the saver put by."""
    total = 0
    for known in game.loans:
        loan = loan_book.loan(game.ward, known.id)
        paid = game.told.standing(loan.id)
        took = (loan.paid_principal, loan.paid_service, loan.overpaid)
        assert sum(took) + loan.recovered == sum(one.amount for one in paid)
        assert loan.owed_back == loan.overpaid - game.told.owed_back(loan.id) >= 0
        assert loan.outstanding == loan.principal - loan.paid_principal - loan.written_off >= 0
        if loan.id not in game.told.changed:
            dues = [row.row.due for row in loan_book.card(game.ward, loan.id, TODAY).rows]
            assert took == split(loan.principal, dues, loan.rate_bp, paid)
        total += loan.outstanding
    assert total == books.balance(game.ward, "loans")
    _same_savings(game)


def _same_savings(game: Game) -> None:
    said = game.told.savings(TODAY)
    found: Counter = Counter()
    for group in {loan.group_id for loan in [*game.loans, *game.waiting]}:
        for line in savings.card(group):
            found[group, line.movement.person_id or ""] += line.amount
    assert {key: found[key] for key in found | said if found[key] != said[key]} == {}
    own = game.told.own_savings(TODAY)
    assert {key: sum_ for key, sum_ in own.items() if sum_ < 0} == {}
    for group in {group for group, _person in own}:
        parts = savings.parts(group, TODAY)
        assert {person: sum_ for person, sum_ in parts.items() if person and sum_} == {
            person: sum_ for (of, person), sum_ in own.items() if of == group and sum_
        }
    assert sum(found.values()) == -books.balance(game.ward, "savings")


def as_told(game: Game) -> None:
    """Balances today and on some days before, and every card."""
    chance = random.Random(game.done.total())
    days = (chance.randint(0, (TODAY - FIRST).days) for _ in range(3))
    for on in (TODAY, *(FIRST + timedelta(days=each) for each in days)):
        same_balances(game, on)
    same_cards(game)
