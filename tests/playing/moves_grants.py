"""The programme's grant: windows, a group's works, social grants, capital for the UPK."""

from pendamping.funds.grants import actions as grants
from tests.gatherings import board_decides
from tests.playing.game import Game

WINDOWS = ("physical", "social", "economic")


def _note(game, made, legs) -> None:
    flow = game.told.flow(made.on, **legs)
    game.kept("granted", (made, flow))
    game.taken_back_by(lambda: _take_back(game, made, flow, made.on))


def granted_back(game: Game) -> None:
    made, flow = game.pick("granted")
    _take_back(game, made, flow, game.since(flow.on))


def _take_back(game, made, flow, on) -> None:
    grants.take_back(**game.at(game.cast.secretary), movement_id=made.id, on=on, why="salah")
    flow.until = on


def pass_to_group(game: Game) -> None:
    on, amount = game.day(), game.sum(12_000_000)
    made = grants.pay_grant(
        **game.at(game.cast.secretary), grant_id=game.grant.id, on=on, amount=amount
    )
    _note(game, made, {"physical_bank": -amount, "physical_held": amount})


def spend(game: Game) -> None:
    on, amount = game.day(), game.sum(4_000_000)
    line = game.chance.choice(list(game.grant.budget.order_by("pk")))
    made = grants.record_expense(
        **game.at(game.cast.secretary), grant_id=game.grant.id, line_id=line.id, on=on, amount=amount,
        what="Pasir", seller="TB Contoh",
        quotes=[{"seller": f"TB {name}", "price": amount} for name in ("Satu", "Dua", "Tiga")],
    )  # fmt: skip
    _note(game, made, {"physical_held": -amount, "physical_spent": amount})


def give_back(game: Game) -> None:
    on, amount = game.day(), game.sum(2_000_000)
    made = grants.return_unspent(
        **game.at(game.cast.secretary), grant_id=game.grant.id, on=on, amount=amount
    )
    _note(game, made, {"physical_bank": amount, "physical_held": -amount})


def pass_on(game: Game) -> None:
    """Capital for the UPK: out of one set of books, into the other."""
    window, on, amount = game.chance.choice(WINDOWS), game.day(), game.sum(8_000_000)
    made = grants.pass_on_capital(
        **game.at(game.cast.secretary), window=window, on=on, amount=amount
    )
    legs = {
        f"{window}_bank": -amount,
        f"{window}_spent": amount,
        "bank": amount,
        "programme_capital": -amount,
    }
    _note(game, made, legs)


def cross(game: Game) -> None:
    """A minuted transfer between windows stands; it is not taken back."""
    source, target = game.chance.sample(WINDOWS, 2)
    on, amount = game.day(wild=False), game.sum(5_000_000)
    subject = f"grants.transfer:{source}:{target}:{amount}"
    met = board_decides(game.cast, subject, on=on)
    grants.move_between_windows(
        **game.at(game.cast.chair), from_window=source, to_window=target, on=on, amount=amount, meeting_id=met,
        why="sesuai rapat",
    )  # fmt: skip
    game.told.flow(on, **{f"{source}_bank": -amount, f"{source}_grant": amount})
    game.told.flow(on, **{f"{target}_bank": amount, f"{target}_grant": -amount})


def help_somebody(game: Game) -> None:
    person = game.chance.choice([one.person_id for one in game.loans[0].members.order_by("pk")])
    on, amount = game.day(wild=False), game.sum(900_000)
    what = game.chance.choice(["food", "education"])
    met = board_decides(game.cast, f"grants.social:{person}:{what}", on=on)
    made = grants.give_social_grant(
        **game.at(game.cast.secretary), on=on, amount=amount, what_for=what, person=person, meeting_id=met,
        signed_by="Contoh Ibu", why_again="masih perlu",
    )  # fmt: skip
    _note(game, made, {"social_bank": -amount, "social_spent": amount})


MOVES = {
    pass_to_group: 3, spend: 3, give_back: 2, pass_on: 2, cross: 2, help_somebody: 2, granted_back: 3,
}  # fmt: skip
BACK = {pass_to_group: 3, spend: 3, give_back: 2, pass_on: 2, help_somebody: 2}
