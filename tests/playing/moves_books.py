"""Vouchers by hand, things of the inventory, and the deposits and withdrawals of groups."""

from pendamping.funds.ledger import actions as ledger
from pendamping.funds.savings import actions as savings
from pendamping.funds.upk import actions as upk
from pendamping.institutions import queries as groups
from pendamping.kernel.period import month_end
from tests.lending import officers
from tests.playing.game import Game
from tests.playing.told import Saved

MONEY = ("cash", "bank", "joint_liability_bank")
VOUCHERS = {
    "in": (MONEY, ("programme_capital", "initial_fund", "other_income", "debt")),
    "out": (("incentive", "stationery", "transport", "bank_cost", "debt"), MONEY),
    "transfer": (MONEY, MONEY),
}
ODD = ("loans", "savings", "service_income", "physical_bank", "nowhere")


def voucher(game: Game) -> None:
    """A voucher by hand, sometimes against an account that a card keeps."""
    chance = game.chance
    kind = chance.choice(list(VOUCHERS))
    debit, credit = (
        chance.choice(ODD) if chance.random() < 0.04 else chance.choice(names)
        for names in VOUCHERS[kind]
    )
    on, amount = game.day(), game.sum(3_000_000)
    made = ledger.record_voucher(
        **game.at(), on=on, kind=kind, debit=debit, credit=credit, amount=amount, narration="uji"
    )
    flow = game.told.flow(on, **{debit: amount})
    flow.legs[credit] = flow.legs.get(credit, 0) - amount
    game.kept("voucher", (made, flow))
    game.taken_back_by(lambda: _reverse(game, made, flow, on))


def voucher_back(game: Game) -> None:
    made, flow = game.pick("voucher")
    _reverse(game, made, flow, game.since(flow.on))


def _reverse(game, made, flow, on) -> None:
    ledger.reverse(**game.at(game.cast.treasurer), entry_id=made.id, on=on, why="salah")
    flow.until = on


def deposit(game: Game) -> None:
    """A group, or one of its members, saves."""
    _save(game, savings.record_deposit, 1)


def withdrawal(game: Game) -> None:
    _save(game, savings.record_withdrawal, -1)


def _save(game, act, sign) -> None:
    """By a member, or by the whole group: then two officers have signed, or oftener too few."""
    loan = game.chance.choice(game.loans)
    people = [one.person_id for one in groups.members(loan.group_id, game.day(wild=False))]
    person = game.chance.choice(["", "", *people])
    on, amount = game.day(), game.sum(90_000)
    more = (
        {"signers": officers(loan.group_id, game.chance.choice([0, 2, 3, 5]))} if sign < 0 else {}
    )
    made = act(
        **game.at(), group_id=loan.group_id, on=on, amount=amount, person=person,
        **({} if person else more),
    )  # fmt: skip
    flow = game.told.flow(on, cash=sign * amount, savings=-sign * amount)
    saved = Saved(on, loan.group_id, person, sign * amount)
    game.told.saved.append(saved)
    game.kept("saved", (made, flow, saved))
    game.taken_back_by(lambda: _unsave(game, made, flow, saved, on))


def saving_back(game: Game) -> None:
    made, flow, saved = game.pick("saved")
    _unsave(game, made, flow, saved, game.since(flow.on))


def _unsave(game, made, flow, saved, on) -> None:
    savings.reverse_movement(
        **game.at(game.cast.treasurer), movement_id=made.id, on=on, why="salah"
    )
    flow.until = saved.until = on


def buy(game: Game) -> None:
    """A thing for the office; it cannot be taken back, it only goes."""
    on, cost, money = game.day(), game.sum(1_500_000), game.chance.choice(MONEY)
    made = upk.buy_item(
        **game.at(), name="Meja", on=on, cost=cost, residue=cost // 10, life_months=24, money=money
    )
    game.told.flow(on, fixed_assets=cost, **{money: -cost})
    game.kept("item", made)


def wear(game: Game) -> None:
    """A month's use is taken off: nothing leaves the things."""
    upk.depreciate_month(**game.at(), month=month_end(game.day()))


def let_go(game: Game) -> None:
    item, on, proceeds = game.pick("item"), game.day(), game.sum(300_000)
    gone = upk.let_item_go(**game.at(), item_id=item.id, on=on, proceeds=proceeds, why="rusak")
    worn = sum(one.amount for one in gone.months.all())
    gain = max(0, proceeds + worn - item.cost)
    game.told.flow(on, cash=proceeds, other_income=-gain, fixed_assets=gain - proceeds)


MOVES = {
    voucher: 10, voucher_back: 3, deposit: 6, withdrawal: 5, saving_back: 3, buy: 2, wear: 2, let_go: 1,
}  # fmt: skip
BACK = {voucher: 10, deposit: 6, withdrawal: 5}
