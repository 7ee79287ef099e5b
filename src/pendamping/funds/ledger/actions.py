"""The only writers of the books. ``post`` and ``undo`` are steps of other rooms' actions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import by_hand, chart, numbering, queries, requests, rows, turns
from pendamping.funds.ledger.locks import hold_entries
from pendamping.funds.ledger.models import Account, Entry, Lock
from pendamping.funds.ledger.rules.entries import (
    Leg,
    closed_problems,
    debt_problems,
    fund_problems,
    money_problems,
    problems,
    voucher_problems,
)
from pendamping.funds.ledger.vouchers import undone
from pendamping.kernel import clock
from pendamping.kernel.ids import ids_for, new_id
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting, shortened
from pendamping.trail.actions import record
from pendamping.trail.statements import Statement, read, run
from pendamping.trail.writing import action, current

VOUCHER = "voucher-"
"""Entries of this kind were written by hand and may be reversed by hand."""


@action
def open_books(*, by: User, ward: str, on: date) -> list[Account]:
    """Open the accounts that the guideline names; a second call adds those that came since.

    Refuses a day that is still to come, and where nothing is to be added.
    """
    allow(by, "ledger.open_books", ward)
    if on > clock.today():
        raise refuse(
            "ledger.date", "{on} is still to come.", on=on.isoformat(), where={"field": "on"}
        )
    new = _add_accounts(ward, on, windows=False)
    if not new:
        raise refuse("ledger.opened", "The books of this ward are open already.")
    record(by=by, ward=ward, record=f"books:{ward}", on=on, accounts=[one.code for one in new])
    return new


def open_windows(ward: str, on: date) -> list[Account]:
    """Open the accounts of the board's windows that the ward lacks, as a step of the open action.

    The books of the UPK stay as they are: both sets lie in one journal, but no entry joins them.
    """
    current()
    return _add_accounts(ward, on, windows=True)


def begin(ward: str, on: date) -> list[Account]:
    """Open the accounts of the UPK that it lacks, as a step of the action that brings its balances.

    Books that were opened later, and are still empty, count as opened on that day.
    """
    current()
    Account.objects.filter(ward=ward, fund="", opened_on__gt=on).update(opened_on=on)
    return _add_accounts(ward, on, windows=False)


def _add_accounts(ward: str, on: date, *, windows: bool) -> list[Account]:
    known = {account.key for account in queries.accounts(ward, None)}
    chart_now = [one for one in chart.accounts(ward, on) if bool(one.fund) == windows]
    return Account.objects.bulk_create([one for one in chart_now if one.key not in known])


def post(
    *,
    by: User,
    ward: str,
    on: date,
    kind: str,
    ref: str,
    lines: Iterable[Leg],
    narration: str = "",
    request_id: str = "",
) -> Entry:
    """Write one balanced entry as a step of the action that is open.

    ``lines``: (account, whole rupiah), debit positive; the account by its code or by its key in
    the guideline's chart (``"cash"``, ``"loans"`` …). ``ref``: the record that it was posted for.
    ``request_id``: of the form that asks for it, where the entry is all that keeps it from a second one.
    Raises ``Refusal`` with every reason; ``WriteOutsideAction`` where no action is open.
    """
    current()
    known = queries.accounts_by_name(ward)
    accounts = {name: (account.id, account.opened_on) for name, account in known.items()}
    draft = Draft(on, kind, ref, tuple(lines), narration)
    refuse_if(fund_problems(draft.lines, {name: one.fund for name, one in known.items()}))
    entries, statements = written(ward, [draft], accounts, queries.closed_until(ward))
    run(*statements)
    entry = rows.stored(entries[0])
    requests.keep(entry, request_id)
    numbering.number_later(entry, [(known[name].key, amount) for name, amount in draft.lines])
    return entry


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that is still to be written; the fields are those of :func:`post`."""

    on: date
    kind: str
    ref: str
    lines: tuple[Leg, ...]
    narration: str = ""


Accounts = Mapping[str, tuple[str, date]]
"""A ward's accounts by code or key: the id, and the day it was opened."""


def written(
    ward: str, drafts: Sequence[Draft], accounts: Accounts, closed: date | None
) -> tuple[list[rows.Row], list[Statement]]:
    """The entries and the statements that write them: for steps that hand in all theirs at once.

    Such a step gives the entries their vouchers' numbers itself: ``vouchers_given``.

    ``closed``: the last day up to which the books are closed (:func:`queries.closed_until`). Raises
    ``Refusal`` with every reason, of all drafts.
    """
    today, now = clock.today(), clock.now()
    opened = {name: day for name, (_, day) in accounts.items()}
    refuse_if(
        reason
        for draft in drafts
        for reason in problems(
            draft.lines, on=draft.on, today=today, accounts=opened, closed=closed
        )
    )
    ids = ids_for(len(drafts))
    entries = [
        rows.Row(next(ids), ward, one.on, today, now, one.kind, one.ref,
                 shortened(one.narration, 200))
        for one in drafts
    ]  # fmt: skip
    legs = [[(accounts[name][0], amount) for name, amount in one.lines] for one in drafts]
    return entries, rows.statements(entries, legs)


def undo(*, by: User, ward: str, entry_id: str, on: date | None = None, why: str = "") -> Entry:
    """Write the reversal of an entry as a step of the action that is open.

    ``on``: the day of the reversal (default: the day of the entry, as if it had never been). Its narration
    says that it is one, of which voucher, and ``why``. Refuses an entry that is not of this ward, one that is
    reversed already, and a reversal.
    """
    current()
    entry = queries.entry(ward, entry_id)
    refuse_if(_not_reversible(entry))
    assert entry is not None
    day = on or entry.on
    if not entry.on <= day <= clock.today():
        raise refuse(
            "ledger.date",
            "A reversal lies between the day of its entry, {first}, and today.",
            first=entry.on.isoformat(),
            where={"field": "on"},
        )
    refuse_if(closed_problems(day, queries.closed_until(ward)))
    row = rows.Row(
        new_id(), ward, day, clock.today(), clock.now(), "reversal", entry.ref,
        shortened(undone(entry, why), 200), entry.id,
    )  # fmt: skip
    lines = entry.lines.all()
    run(*rows.statements([row], [[(line.account_id, -line.amount) for line in lines]]))
    reversal = rows.stored(row)
    numbering.number_later(reversal, [(line.account.key, -line.amount) for line in lines])
    return reversal


def _not_reversible(entry: Entry | None) -> list[Reason]:
    if entry is None:
        return [Reason("ledger.entry", "The ward's books have no such entry.")]
    where = {"entry": entry.id}
    if entry.reversal_of_id:
        return [Reason("ledger.reversal", "A reversal is not reversed again.", {}, where)]
    if queries.reversal(entry.id):
        return [Reason("ledger.reversed", "This entry has been reversed already.", {}, where)]
    return []


def _voucher_asked(asked: Mapping[str, Any]) -> tuple[str, list[Leg]]:
    amount = asked["amount"]
    return VOUCHER + asked["kind"], [(asked["debit"], amount), (asked["credit"], -amount)]


@requests.once_per_entry(_voucher_asked)
@action
def record_voucher(
    *,
    by: User,
    ward: str,
    on: date,
    kind: str,
    debit: str,
    credit: str,
    amount: int,
    narration: str,
    request_id: str = "",
) -> Entry:
    """A voucher by hand: money ``in`` (model A), ``out`` (B), or a ``transfer`` (C).

    ``debit``, ``credit``: codes or keys of accounts. Capital that the programme pays in is
    ``in`` from ``programme_capital``. Accounts that a sub-ledger keeps are refused.
    The same ``request_id`` again gives back the entry that it made, and posts nothing.
    """
    take_turn(ward, "cash")
    allow(by, "ledger.record_voucher", ward)
    complete_accounts(by=by, ward=ward, keys=[debit, credit], on=on)
    refuse_if(_voucher_reasons(ward, kind, debit, credit, amount, narration))
    refuse_if(_not_there(ward, queries.account(ward, credit), amount, on))
    refuse_if(_not_owed(ward, queries.account(ward, debit), amount, on))
    entry = post(
        by=by,
        ward=ward,
        on=on,
        kind=VOUCHER + kind,
        ref="",
        lines=[(debit, amount), (credit, -amount)],
        narration=fitting(narration, 200),
        request_id=request_id,
    )
    record(
        by=by,
        ward=ward,
        record=f"entry:{entry.id}",
        on=on,
        kind=kind,
        debit=debit,
        credit=credit,
        amount=amount,
    )
    return entry


def _voucher_reasons(
    ward: str, kind: str, debit: str, credit: str, amount: int, narration: str
) -> list[Reason]:
    known = queries.accounts_by_name(ward)
    found = []
    if amount <= 0:
        found.append(
            Reason("ledger.amount", "The amount must be more than zero.", {}, {"field": "amount"})
        )
    if not narration.strip():
        found.append(
            Reason("ledger.narration", "Write what the money is for.", {}, {"field": "narration"})
        )
    if debit in known and credit in known:
        hands = by_hand.accounts(ward)
        found += voucher_problems(
            kind, debit=hands[known[debit].key], credit=hands[known[credit].key]
        )
    return found


def taken_back(ward: str, amount: int, on: date) -> list[Reason]:
    """Whether the cash was there for what a step of the open action has posted back out of it on a day:
    a receipt that is taken back asks as whatever pays out does. ``amount`` in whole rupiah; 0 asks nothing.
    """
    account = queries.account(ward, "cash") if amount else None
    return _not_there(ward, account, amount, on, gone=amount)


def _not_there(
    ward: str, account: Account | None, amount: int, on: date, gone: int = 0
) -> list[Reason]:
    """Whether this money can leave the account on a day, with all that was entered since.

    ``gone``: what has left it already in this action.
    """
    if account is None:
        return []
    there = queries.lowest(ward, account.key, on) + gone
    return money_problems(account.key, account.name, amount=amount, there=there)


def _not_owed(
    ward: str, account: Account | None, amount: int, on: date, gone: int = 0
) -> list[Reason]:
    """Whether so much is paid back by hand of a debt that came in by hand: what groups paid too much stands in the
    same account, and is given back on the loan's own page."""
    if account is None or account.type != "liability" or amount <= 0:
        return []
    owed = queries.lowest(ward, account.key, on, credit=True, by_hand=True) + gone
    return debt_problems(account.name, amount=amount, owed=owed)


@action
def reverse(*, by: User, ward: str, entry_id: str, on: date, why: str) -> Entry:
    """Reverse a voucher that was written by hand.

    What another room posted (a repayment, a deposit) is refused here: its room reverses it, so
    that cards and books never part.
    """
    take_turn(ward, "cash")
    allow(by, "ledger.reverse", ward)
    entry = queries.entry(ward, entry_id)
    found = []
    if entry is not None and not entry.kind.startswith(VOUCHER):
        found = [
            Reason(
                "ledger.reverse_there",
                "This entry belongs to a card; reverse it where it was entered.",
                {},
                {"entry": entry_id, "ref": entry.ref},
            )
        ]
    if not why.strip():
        found.append(Reason("ledger.why", "Say why it is reversed.", {}, {"field": "why"}))
    refuse_if(found)
    reversal = undo(by=by, ward=ward, entry_id=entry_id, on=on, why=fitting(why, 200))
    for line in reversal.lines.select_related("account"):
        refuse_if(_not_there(ward, line.account, -line.amount, on, gone=-line.amount))
        refuse_if(_not_owed(ward, line.account, line.amount, on, gone=line.amount))
    record(by=by, ward=ward, record=f"entry:{entry_id}", on=on, reversal=reversal.id)
    return reversal


# --- what every desk that takes money needs -----------------------------------------------------


def take_turn(ward: str, desk: str) -> None:
    """Wait until nobody else writes on this desk of the ward; held until the action ends."""
    current()
    turns.hold(ward, desk)


DESKS = ("cash", "health", "loans", "reserve", "savings", "stop")
"""Desks on which money rooms take their turn, in the order in which they are held together."""


def hold_books(ward: str) -> None:
    """Wait until nobody else posts in the ward, and hold its books until the action ends."""
    current()
    turns.hold_all(ward, DESKS)
    hold_entries(ward)


def close_until(*, by: User, ward: str, until: date | None) -> None:
    """Let nothing be posted on this day or before it (``None``: all is open again), as a step of the
    action that is open, which holds the books and says in the trail who closes or reopens them.
    """
    current()
    Lock.objects.update_or_create(ward=ward, defaults={"until": until})


def complete_accounts(*, by: User, ward: str, keys: Iterable[str], on: date) -> None:
    """Open those of these accounts that the ward's chart has and its books do not hold yet: a step of
    the action that is open. They hold from the day on which the books were opened.
    """
    current()
    wanted = set(keys) - {account.key for account in queries.accounts(ward, None)}
    if wanted and queries.accounts(ward):
        first = queries.opened_on(ward) or on
        chart_on = chart.accounts(ward, on)
        for account in chart_on:
            account.opened_on = first
        Account.objects.bulk_create([one for one in chart_on if one.key in wanted])


def turn_asked(ward: str, desk: str) -> Statement:
    """Takes the turn as :func:`take_turn` does, as a statement; no row before the first turn."""
    return read("SELECT id FROM ledger_turn WHERE ward = %s AND desk = %s", ward, desk, lock=True)


once_per_request = requests.once_per_request
"""Let an action with a ``request_id`` happen once; see :mod:`pendamping.trail.writing`."""

once_per_entry = requests.once_per_entry
same_request, entry_of = requests.same_request, requests.entry_of
number, lines_of = requests.number, requests.lines_of
"""The same for an action that makes one entry, and what a form has made already: :mod:`.requests`."""


Series = numbering.Series
last_voucher_asked = numbering.last_asked
last_vouchers_read = numbering.last_read
vouchers_given = numbering.given
"""The numbers of vouchers as statements, beside :func:`written`; see :mod:`.numbering`."""
