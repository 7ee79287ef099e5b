"""Money is neither made nor lost by any sequence of actions; what is taken back leaves no figure behind; the
same events in another order of entry give the same book. Drawn by chance from a seed: ``tests/playing``.
"""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from pendamping.desk.oversight import breaks
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.savings import queries as savings
from pendamping.funds.savings.models import Movement
from pendamping.kernel import memory
from tests import granting, lending
from tests.playing import (
    held,
    moves_books,
    moves_changes,
    moves_closes,
    moves_grants,
    moves_loans,
    moves_order,
)
from tests.playing.game import FIRST, TODAY, Game, playing
from tests.playing.told import Saved, Told
from tests.rooms.test_loans_joint import OWN
from tests.rooms.test_loans_order import Undone
from tests.staging import staged

pytestmark = pytest.mark.django_db

ROOMS = (moves_books, moves_loans, moves_changes, moves_grants, moves_closes)


def seeds(few, many):
    """A few in ``make test``, many in ``make prove``."""
    more = (pytest.param(seed, marks=pytest.mark.prove) for seed in range(few, many))
    return pytest.mark.parametrize("seed", [*range(few), *more])


@staged(at=date(2005, 12, 19))
def ward(fund):
    """A fund with a good, an uneven and a bad loan, one that waits, and works of the grant."""
    granting.first_tranche(fund)
    grant = granting.agree(fund)
    uneven = lending.form_group(fund)
    lending.prepare(fund, uneven)
    parts = zip(lending.asked(uneven), OWN, strict=True)
    members = [{**one, "amount": own} for one, own in parts]
    running = [lending.lend(fund), lending.lend(fund, uneven, members=members), lending.lend(fund)]
    waiting = lending.apply(fund)
    lending.sign(fund, waiting)
    lending.approve(fund, waiting)
    loans.set_reserve_aside(by=fund.treasurer, ward=fund.ward, month=date(2005, 9, 30))
    return fund, running, waiting, grant


def begun(ward, seed, **more):
    """The player sits down: what stands already is on the list."""
    cast, running, waiting, grant = ward
    told = Told()
    for row in granting.queries.changes(cast.ward):
        bank, given = f"{row.window}_bank", f"{row.window}_grant"
        told.flow(row.on, **{bank: row.amount, given: -row.amount})
    told.flow(date(2004, 5, 10), cash=lending.CAPITAL, programme_capital=-lending.CAPITAL)
    for loan in running:
        told.flow(lending.PAID_OUT, cash=-loan.principal, lent=loan.principal)
    for one in Movement.objects.filter(ward=cast.ward):
        told.flow(one.on, cash=one.signed, savings=-one.signed)
        told.saved.append(Saved(one.on, one.group_id, one.person_id or "", one.signed))
    return Game(
        cast, random.Random(seed), list(running), told, grant=grant, waiting=[waiting], **more
    )


def played(game, steps, kind="MOVES", look=12):
    """So many draws; the list and the books are held to each other every few of them."""
    moves = {move: weight for room in ROOMS for move, weight in getattr(room, kind).items()}
    names, weights = list(moves), list(moves.values())
    for step in range(steps):
        game.play(game.chance.choices(names, weights)[0])
        if step % look == look - 1:
            held.as_told(game)
    return game


@seeds(4, 60)
def test_money_is_neither_made_nor_lost_by_any_sequence_of_actions(ward, seed):
    with playing():
        game = begun(ward, seed)
        held.as_told(game)
        played(game, 60)
        held.as_told(game)
        assert breaks(game.ward) == []
    assert sum(game.done.values()) >= 15, (game.done, game.refusals)


def figures(game):
    """Every account on many days, and what is kept with each loan."""
    days = [FIRST + timedelta(days=each) for each in range(0, (TODAY - FIRST).days, 29)] + [TODAY]
    with memory.remembering(look=True):
        accounts = [held.in_books(game.ward, day) for day in days]
        book = loan_book.book(game.ward, TODAY)
    found = [loan_book.loan(game.ward, one.id) for one in game.loans]
    loans_ = [
        (one.status, one.closed_on, one.paid_principal, one.paid_service, one.overpaid, one.recovered,
         one.written_off, one.owed_back, one.members_paid)
        for one in found
    ]  # fmt: skip
    owed = [
        [
            (each.person_id, each.due, each.paid, each.left)
            for each in loan_book.member_cards(one, TODAY).members
        ]
        for one in found
    ]
    cards = [savings.balance(one.group_id, day) for one in found for day in days]
    return accounts, [row.state for row in book.rows], book.figures, loans_, owed, cards


@seeds(2, 40)
def test_what_is_taken_back_leaves_no_figure_behind(ward, seed):
    with playing():
        game = begun(ward, seed, only_back=True)
        before = figures(game)
        played(game, 40, kind="BACK", look=100)
        assert figures(game) != before
        for back in reversed(game.backs):
            back()
        assert figures(game) == before
        held.as_told(game)
        assert breaks(game.ward) == []


@seeds(2, 40)
def test_the_same_events_entered_in_another_order_give_the_same_book(ward, seed):
    with playing():
        game = begun(ward, seed)
        events = moves_order.drawn(game)
        in_order = [_entered(game, order) for order in moves_order.orders(game, events)]
    assert all(one == in_order[0] for one in in_order)


def _entered(game, events):
    """The figures after all events were entered, which are then undone."""
    try:
        with transaction.atomic():
            left = moves_order.enter(game, events)
            assert left == []
            assert breaks(game.ward) == []
            raise Undone(figures(game))
    except Undone as undone:
        return undone.args[0]
