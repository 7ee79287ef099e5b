"""Counting the cash, closing a month, giving it back, approving and reopening it."""

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk import queries as fund
from tests.closing import in_pieces
from tests.gatherings import board_decides
from tests.playing.game import TODAY, Game


def count_cash(game: Game) -> None:
    _count(game, game.day(), game.chance.choice([0, 0, 25, 1_000]))


def _count(game, on, more=0) -> None:
    """What the books say, in whole pieces of 25 rupiah and more."""
    there = books.balance(game.ward, "cash", on) // 25 * 25 + more
    upk.count_cash(
        **game.at(),
        on=on,
        pieces=in_pieces(there),
        witnesses="Contoh Saksi",
        why="selisih pembulatan",
    )


def close(game: Game) -> None:
    """The next month, with what its checklist asks for."""
    month = fund.next_month(game.ward)
    loans.set_reserve_aside(**game.at(), month=month)
    _count(game, month)
    made = upk.close_month(**game.at(), month=month)
    game.kept("closed", made)
    game.taken_back_by(lambda: _give_back(game, made))


def given_back(game: Game) -> None:
    _give_back(game, game.pick("closed"))


def _give_back(game, made) -> None:
    upk.return_close(**game.at(game.cast.chair), close_id=made.id, why="periksa lagi")


def approve(game: Game) -> None:
    made = game.pick("closed")
    upk.approve_close(**game.at(game.cast.chair), close_id=made.id)
    game.kept("approved", made)


def reopen(game: Game) -> None:
    made = game.pick("approved")
    met = board_decides(game.cast, f"upk.reopen_month:{made.id}", on=TODAY)
    upk.reopen_month(
        **game.at(game.cast.chair), close_id=made.id, on=TODAY, meeting_id=met, why="keliru"
    )


def close_year(game: Game) -> None:
    """Income and cost of the year move to its profit: the list keeps no year, so it is played only to be
    refused before its months are closed.
    """
    upk.close_year(**game.at(), year=game.chance.choice([2003, 2005]))


MOVES = {count_cash: 2, close: 2, given_back: 2, approve: 1, reopen: 1, close_year: 1}
BACK = {count_cash: 1}
