"""Whether vouchers by hand stand as they were entered: what the trail knows of each."""

from datetime import date
from typing import NamedTuple

from pendamping.funds.ledger.models import Account, Entry, Line
from pendamping.kernel.refusal import N_, Reason
from pendamping.trail import queries as trail

_WRITTEN = "ledger.record_voucher"
KINDS = ("voucher-in", "voucher-out", "voucher-transfer")
"""Entries that only that action makes; no room keeps a register of its own beside them."""


class Voucher(NamedTuple):
    """A voucher as it was said or as it stands: its kind, its day, what it moves in each account."""

    kind: str
    on: date
    legs: frozenset[tuple[str, int]]


def breaks(ward: str) -> list[Reason]:
    """Vouchers that differ from what was entered, that nobody entered, or that are gone."""
    told, kept = _told(ward), _kept(ward)
    other = N_(
        "Voucher {entry} of {on} is not the one that was entered: the trail says something else."
    )
    gone = N_("The trail knows a voucher {entry} of {on} that is not in the books.")
    found = []
    for key in sorted(told.keys() | kept.keys()):
        said, stands = told.get(key), kept.get(key)
        known = stands or said
        if said == stands or known is None:
            continue
        values = {"entry": key, "on": known.on}
        text = other if stands else gone
        found.append(Reason("ledger.said", text, values, {"ward": ward, "entry": key}))
    return found


def _told(ward: str) -> dict[str, Voucher]:
    accounts = Account.objects.filter(ward=ward).values_list("code", "key")
    keys = {name: key for code, key in accounts for name in (code, key)}
    found = {}
    for record, _verb, on, data in trail.dated(ward, [_WRITTEN]):
        debit, credit = (keys.get(data[side], data[side]) for side in ("debit", "credit"))
        legs = frozenset([(debit, data["amount"]), (credit, -data["amount"])])
        found[record.removeprefix("entry:")] = Voucher(f"voucher-{data['kind']}", on, legs)
    return found


def _kept(ward: str) -> dict[str, Voucher]:
    entries = Entry.objects.filter(ward=ward, kind__in=KINDS, reversal_of=None)
    legs: dict[str, list[tuple[str, int]]] = {}
    lines = Line.objects.filter(entry__in=entries).values_list("entry", "account__key", "amount")
    for entry, key, amount in lines:
        legs.setdefault(entry, []).append((key, amount))
    return {one.id: Voucher(one.kind, one.on, frozenset(legs.get(one.id, []))) for one in entries}
