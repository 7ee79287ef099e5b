"""A ward's journal in the plain-text language of beancount, for an outside witness.

Whole rupiah; beancount's own tolerance for whole numbers is nothing, so one rupiah off is an error.
After the last day each account's balance is asserted as well.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ROOTS = {
    "asset": "Assets",
    "liability": "Liabilities",
    "equity": "Equity",
    "income": "Income",
    "expense": "Expenses",
}


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account: its code, type, English name and first day."""

    code: str
    type: str
    name: str
    opened_on: date


@dataclass(frozen=True, slots=True)
class EntryText:
    """An entry with its legs: (account code, amount)."""

    id: str
    on: date
    kind: str
    ref: str
    narration: str
    legs: Sequence[tuple[str, int]]


def account_name(account: AccountLine) -> str:
    """The account as beancount names it.

    >>> account_name(AccountLine("21020", "liability", "Savings of groups", date(2004, 2, 1)))
    'Liabilities:21020-Savings-of-groups'
    """
    words = re.sub(r"[^A-Za-z0-9]+", "-", account.name).strip("-")
    return f"{ROOTS[account.type]}:{account.code}{'-' + words if words else ''}"


def text(
    title: str,
    accounts: Iterable[AccountLine],
    entries: Iterable[EntryText],
    balances: Mapping[str, int],
) -> str:
    """The whole file: options, accounts, entries by date, closing balances (by account code)."""
    known = sorted(accounts, key=lambda one: one.code)
    names = {one.code: account_name(one) for one in known}
    lines = [
        f'option "title" {_quoted(title)}',
        'option "operating_currency" "IDR"',
        "",
        *(f"{one.opened_on.isoformat()} open {names[one.code]} IDR" for one in known),
    ]
    last = date.min
    for entry in sorted(entries, key=lambda one: (one.on, one.id)):
        last = max(last, entry.on)
        lines += ["", *_entry(entry, names)]
    if last > date.min:
        after = (last + timedelta(days=1)).isoformat()
        lines += ["", *(f"{after} balance {names[c]}  {balances.get(c, 0)} IDR" for c in names)]
    return "\n".join(lines) + "\n"


def _entry(entry: EntryText, names: Mapping[str, str]) -> Iterable[str]:
    yield f"{entry.on.isoformat()} * {_quoted(entry.narration or entry.kind)}"
    yield f"  id: {_quoted(entry.id)}"
    yield f"  kind: {_quoted(entry.kind)}"
    if entry.ref:
        yield f"  ref: {_quoted(entry.ref)}"
    for code, amount in entry.legs:
        yield f"  {names[code]}  {amount} IDR"


def _quoted(text: str) -> str:
    flat = " ".join(text.split())
    return '"' + flat.replace("\\", "\\\\").replace('"', '\\"') + '"'
