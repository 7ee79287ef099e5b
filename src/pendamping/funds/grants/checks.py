"""Whether the windows hold: the movements of each equal its accounts in the books, and none is below zero."""

from collections.abc import Iterator

from pendamping.funds.grants import queries, said
from pendamping.funds.grants.models import Movement, Transfer
from pendamping.funds.grants.rules import windows as rules
from pendamping.funds.ledger import queries as ledger
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason


def check(ward: str) -> list[Reason]:
    """The breaks of the ward's windows: movements against the books, below zero on a day, a move
    between windows that is not the same on both sides, capital that the UPK's books do not have, own
    parts that nobody entered.
    """
    return [
        *_tied(ward),
        *_below_zero(ward),
        *_transfers(ward),
        *_capital(ward),
        *said.breaks(ward),
    ]


def _tied(ward: str) -> Iterator[Reason]:
    today = clock.today()
    for one in queries.standing(ward, today):
        stands = one.standing
        for name, amount in (("bank", stands.bank), ("held", stands.held), ("spent", stands.spent)):
            there = ledger.balance(ward, f"{one.key}_{name}", today)
            if there != amount:
                yield Reason(
                    "grants.tied",
                    "The window {window} has {cards} by its payments, the account {account} has {books}.",
                    {
                        "window": one.name,
                        "cards": format_rupiah(amount),
                        "account": f"{one.key}_{name}",
                        "books": format_rupiah(there),
                    },
                    {"ward": ward, "window": one.key},
                )


def _below_zero(ward: str) -> Iterator[Reason]:
    known = queries.changes(ward)
    first = min((one.on for one in known), default=None)
    if first is None:
        return
    held = {one.grant for one in known if one.grant}
    places = [("bank", key) for key in sorted({one.window for one in known})]
    for account, of in [*places, *(("held", key) for key in sorted(held))]:
        lowest = rules.least(known, first, account=account, of=of)
        if lowest < 0:
            yield Reason(
                "grants.below_zero",
                "Money that was not there has left {place}: it once stood at {lowest}.",
                {"place": of, "lowest": format_rupiah(lowest)},
                {"ward": ward, account: of},
            )


def _transfers(ward: str) -> Iterator[Reason]:
    for one in Transfer.objects.filter(ward=ward).order_by("on", "id"):
        moved = {
            (each.kind, each.window): each.amount
            for each in Movement.objects.filter(transfer=one, reversed_on=None)
        }
        wanted = {
            ("moved-out", one.from_window): one.amount,
            ("moved-in", one.to_window): one.amount,
        }
        if moved != wanted:
            yield Reason(
                "grants.transfer.sides",
                "The move of {amount} between windows on {on} is not the same on both sides.",
                {"amount": format_rupiah(one.amount), "on": one.on.isoformat()},
                {"ward": ward, "transfer": one.id},
            )


def _capital(ward: str) -> Iterator[Reason]:
    for one in Movement.objects.filter(ward=ward, kind="passed-on", reversed_on=None):
        entries = ledger.standing(ward, [f"grants:{one.id}"])
        capital = -sum(ledger.legs(entry).get("programme_capital", 0) for entry in entries)
        if capital != one.amount:
            yield Reason(
                "grants.capital",
                "{amount} was passed on to the UPK on {on}, whose books have {capital} of it.",
                {
                    "amount": format_rupiah(one.amount),
                    "on": one.on.isoformat(),
                    "capital": format_rupiah(capital),
                },
                {"ward": ward, "movement": one.id},
            )
