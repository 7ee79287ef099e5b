"""What changes a loan: rescheduling, settling early, giving back, writing off; the reserve."""

from datetime import timedelta

from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from tests.gatherings import decide, meet
from tests.playing.game import TODAY, Game
from tests.playing.moves_loans import note_payment, people
from tests.playing.told import Paid


def _decided(game, loan, step, on, kind="board", record=""):
    held = meet(game.cast, people(loan), kind=kind, on=on, eligible=9 if kind == "board" else 5)
    return decide(game.cast, held, f"loans.{step}:{record or loan.id}").id


def reschedule(game: Game) -> None:
    loan, on = game.chance.choice(game.loans), game.day(wild=False)
    made = loans.reschedule(
        **game.at(game.cast.chair), loan_id=loan.id, on=on, meeting_id=_decided(game, loan, "reschedule", on),
        instalments=game.chance.randint(1, 12), first_due=on + timedelta(days=game.chance.randint(-3, 60)),
        why="panen gagal",
    )  # fmt: skip
    game.told.changed.add(loan.id)
    game.kept("rescheduled", made)
    game.taken_back_by(lambda: _unreschedule(game, made))


def rescheduled_back(game: Game) -> None:
    _unreschedule(game, game.pick("rescheduled"))


def _unreschedule(game, made) -> None:
    loans.take_back_rescheduling(**game.at(game.cast.chair), rescheduling_id=made.id, why="keliru")


def settle(game: Game) -> None:
    loan, on = game.chance.choice(game.loans), game.day()
    owed = loan_book.settlement(game.ward, loan.id, on)
    amount = (owed.total if owed else 1_000) + game.chance.choice([0, 0, 0, 1, -1])
    made = loans.settle_early(**game.at(), loan_id=loan.id, on=on, amount=amount)
    game.told.changed.add(loan.id)
    note_payment(game, loan, made, on, amount)


def refund(game: Game) -> None:
    loan, on = game.chance.choice(game.loans), game.day()
    amount = max(
        1, loan_book.loan(game.ward, loan.id).owed_back + game.chance.choice([0, 0, -1, 1])
    )
    made = loans.refund_overpayment(
        **game.at(), loan_id=loan.id, on=on, amount=amount, received_by="Contoh Ketua"
    )
    flow, given = game.told.flow(on, cash=-amount, lent=amount), Paid(on, amount)
    game.told.refunded.append((loan.id, given))
    game.kept("refund", (made, flow, given))
    game.taken_back_by(lambda: _unrefund(game, made, flow, given, on))


def refund_back(game: Game) -> None:
    made, flow, given = game.pick("refund")
    _unrefund(game, made, flow, given, game.since(flow.on))


def _unrefund(game, made, flow, given, on) -> None:
    loans.take_back_refund(**game.at(game.cast.treasurer), refund_id=made.id, on=on, why="salah")
    flow.until = given.until = on


def write_off(game: Game) -> None:
    """Late in the game, so that some loans are bad enough."""
    loan = game.chance.choice(game.loans)
    on = TODAY - timedelta(days=game.chance.randint(0, 200))
    made = loans.write_off(
        **game.at(game.cast.chair), loan_id=loan.id, on=on, why="bubar",
        meeting_id=_decided(game, loan, "write_off", on, kind="citizens", record=f"{loan.id}:early"),
    )  # fmt: skip
    game.told.changed.add(loan.id)
    game.kept("written off", made)
    game.taken_back_by(lambda: _unwrite_off(game, made))


def written_off_back(game: Game) -> None:
    _unwrite_off(game, game.pick("written off"))


def _unwrite_off(game, made) -> None:
    loans.take_back_write_off(**game.at(game.cast.chair), closure_id=made.id, why="keliru")


def reserve(game: Game) -> None:
    """The reserve of a month; what it brings stays within what the list keeps together."""
    loans.set_reserve_aside(**game.at(), month=game.day())


MOVES = {
    reschedule: 4, rescheduled_back: 2, settle: 3, refund: 4, refund_back: 2, write_off: 3, written_off_back: 2,
    reserve: 3,
}  # fmt: skip
BACK = {reschedule: 3, settle: 3, refund: 4, write_off: 3}
