"""Instalments, sheets, covering for each other, paying a loan out."""

from collections import Counter

from pendamping.funds.loans import actions as loans
from tests.playing.game import Game
from tests.playing.told import Paid, Saved


def people(loan) -> list[str]:
    return [one.person_id for one in loan.members.order_by("pk")]


def pay(game: Game) -> None:
    """An instalment, early, late, short or too much."""
    loan, on, amount = game.chance.choice(game.loans), game.day(), game.sum(600_000)
    if game.chance.random() < 0.08:
        amount *= 5
    made = loans.record_repayment(**game.at(), loan_id=loan.id, on=on, amount=amount)
    note_payment(game, loan, made, on, amount)


def note_payment(game, loan, made, on, amount) -> None:
    flow = game.told.flow(on, cash=amount, lent=-amount)
    paid = Paid(on, amount)
    game.told.paid.setdefault(loan.id, []).append(paid)
    game.kept("payment", (loan, made, flow, paid))
    game.taken_back_by(lambda: _unpay(game, loan, made, flow, paid, on))


def payment_back(game: Game) -> None:
    loan, made, flow, paid = game.pick("payment")
    _unpay(game, loan, made, flow, paid, game.since(flow.on))


def _unpay(game, _loan, made, flow, paid, on) -> None:
    loans.reverse_repayment(
        **game.at(game.cast.treasurer), repayment_id=made.id, on=on, why="salah"
    )
    flow.until = paid.until = on


def sheet(game: Game) -> None:
    """A meeting's sheet of one or two groups: members pay, save, cover, and the joint savings pay."""
    chance, on = game.chance, game.day()
    chosen = chance.sample(game.loans, chance.choice([1, 1, 2]))
    asked = [{"loan": loan.id, "lines": _lines(game, loan)} for loan in chosen]
    made = loans.record_sheet(**game.at(), on=on, groups=asked)
    noted = [
        one
        for loan, given in zip(chosen, asked, strict=True)
        for one in _note(game, loan, on, given)
    ]
    game.kept("sheet", (made, on, noted))
    game.taken_back_by(lambda: _unsheet(game, made, noted, on))


def _lines(game, loan) -> list[dict]:
    chance, who, lines = game.chance, people(loan), []
    for person in who:
        line = {"person": person, "paid": chance.choice([0, 46_000, 57_500, game.sum(90_000)])}
        if chance.random() < 0.3:
            line["saved"] = game.sum(20_000)
        if chance.random() < 0.15:
            by = chance.choice([*who, "others", "reserve", "reserve"])
            line["covers"] = [{"by": by, "amount": game.sum(40_000)}]
        lines.append(line)
    return lines


def _note(game, loan, on, asked) -> list:
    """Flows, payments and savings of one group on a sheet."""
    told, noted = game.told, []
    cash = drawn = 0
    for line in asked["lines"]:
        cash += line["paid"]
        for one in line.get("covers", ()):
            if one["by"] == "reserve":
                drawn += one["amount"]
                noted.append(Saved(on, loan.group_id, line["person"], -one["amount"], own=False))
            else:
                cash += one["amount"]
        if line.get("saved"):
            noted.append(Saved(on, loan.group_id, line["person"], line["saved"]))
    saved = sum(line.get("saved", 0) for line in asked["lines"])
    told.saved += noted
    paid = Paid(on, cash + drawn)
    told.paid.setdefault(loan.id, []).append(paid)
    return [
        *noted,
        paid,
        told.flow(on, cash=cash + saved, savings=drawn - saved, lent=-cash - drawn),
    ]


def sheet_back(game: Game) -> None:
    made, on, noted = game.pick("sheet")
    _unsheet(game, made, noted, game.since(on))


def _unsheet(game, made, noted, on) -> None:
    loans.reverse_sheet(**game.at(game.cast.treasurer), sheet_id=made.id, on=on, why="salah")
    for one in noted:
        one.until = on


def pay_back(game: Game) -> None:
    """Who was covered for gives it back: to a member without the UPK, or into the joint savings."""
    loan, on, amount = game.chance.choice(game.loans), game.day(), game.sum(30_000)
    who = people(loan)
    debtor, creditor = game.chance.choice(who), game.chance.choice([*who, "", ""])
    made = loans.pay_back(
        **game.at(), loan_id=loan.id, debtor=debtor, creditor=creditor, on=on, amount=amount
    )
    noted = []
    if not creditor:
        noted = [Saved(on, loan.group_id, debtor, amount, own=False)]
        game.told.saved += noted
        noted.append(game.told.flow(on, cash=amount, savings=-amount))
    game.kept("paid back", (made, on, noted))
    game.taken_back_by(lambda: _unpay_back(game, made, noted, on))


def paid_back_back(game: Game) -> None:
    made, on, noted = game.pick("paid back")
    _unpay_back(game, made, noted, game.since(on))


def _unpay_back(game, made, noted, on) -> None:
    loans.take_back_paid_back(
        **game.at(game.cast.treasurer), paid_back_id=made.id, on=on, why="salah"
    )
    for one in noted:
        one.until = on


def pay_out(game: Game) -> None:
    """A loan that was approved is paid out; it cannot be taken back."""
    loan, on = (
        game.chance.choice(game.waiting) if game.waiting else game.pick("waiting"),
        game.day(),
    )
    loans.disburse(**game.at(), loan_id=loan.id, on=on)
    game.told.flow(on, cash=-loan.principal, lent=loan.principal)
    game.waiting.remove(loan)
    loan.refresh_from_db()
    game.loans.append(loan)


MOVES = Counter(
    {pay: 18, payment_back: 5, sheet: 12, sheet_back: 3, pay_back: 5, paid_back_back: 2, pay_out: 2}
)
BACK = Counter({pay: 14, sheet: 10, pay_back: 5})
