"""Reading a ward's books."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from django.db.models import Min, Q, Sum

from pendamping.funds.ledger import asking, booked, breaks, chart, dumped, lines, vouchers
from pendamping.funds.ledger.breaks import whole
from pendamping.funds.ledger.models import Account, Entry, Line, Lock
from pendamping.funds.ledger.rules import beancount as plain
from pendamping.funds.ledger.rules.vouchers import OPENING
from pendamping.kernel import clock, memory
from pendamping.kernel.refusal import N_
from pendamping.trail.statements import Statement, day_read, read

dump = dumped.dump
voucher_numbers = vouchers.voucher_numbers
ask_known_as = booked.ask
ask_close = booked.ask_close
voucher_of = vouchers.voucher_of
find_voucher = vouchers.find_voucher
BookLine, Place = lines.BookLine, lines.Place
book_lines = lines.book_lines
Asked = asking.Asked
asked = asking.asked
asks_day = asking.asks_day
moved_up_to = lines.moved_up_to
moved_in = lines.moved_in

UPK, BOARD = "upk", "board"
"""The two sets of books in a ward's journal: the UPK's own fund, and the windows of the board."""


def accounts(ward: str, books: str | None = UPK) -> list[Account]:
    """The ward's accounts by code, of one set of books (``None``: of both); empty where not open."""
    return list(memory.in_a_look(("ledger.accounts", ward, books), lambda: _accounts(ward, books)))


def _accounts(ward: str, books: str | None) -> tuple[Account, ...]:
    found = Account.objects.filter(ward=ward).order_by("code")
    if books is not None:
        found = found.filter(fund="") if books == UPK else found.exclude(fund="")
    return tuple(found)


def chart_of(ward: str, on: date) -> list[Account]:
    """The UPK's accounts by code: those of its books, else those that the guideline names, not stored."""
    known = accounts(ward) or [one for one in chart.accounts(ward, on) if not one.fund]
    return sorted(known, key=lambda one: one.code)


def with_new(ward: str, books: str | None = UPK) -> list[Account]:
    """The accounts of open books by code, and the UPK's that the guideline has named since, not stored: the
    first voucher opens them.
    """
    known = accounts(ward, books)
    keys = {one.key for one in known}
    new = chart.accounts(ward, clock.today()) if known else []
    return sorted(
        [*known, *(one for one in new if not one.fund and one.key not in keys)],
        key=lambda one: one.code,
    )


def has_entries(ward: str) -> bool:
    """Whether anything stands in the books of the ward's UPK; balances of an old book that were taken
    back count as never entered.
    """
    lines = Line.objects.filter(account__ward=ward, account__fund="")
    taken_back = Q(entry__kind=OPENING, entry__reversed_by__isnull=False)
    return lines.exclude(taken_back | Q(entry__reversal_of__kind=OPENING)).exists()


def opening_entries(ward: str) -> list[str]:
    """The ids of entries of an old book's balances that stand."""
    found = Entry.objects.filter(ward=ward, kind=OPENING, reversed_by=None)
    return list(found.values_list("id", flat=True))


def only_opening(ward: str) -> bool:
    """Whether the books of the ward's UPK hold the balances of an old book and nothing since."""
    lines = Line.objects.filter(account__ward=ward, account__fund="")
    opening = Q(entry__kind=OPENING) | Q(entry__reversal_of__kind=OPENING)
    return lines.exists() and not lines.exclude(opening).exists()


def account(ward: str, name: str) -> Account | None:
    """An account by its code or its key."""
    return Account.objects.filter(Q(code=name) | Q(key=name), ward=ward).first()


def accounts_by_name(ward: str) -> dict[str, Account]:
    """Each account under its code and under its key."""
    found = accounts(ward, None)
    return {one.code: one for one in found} | {one.key: one for one in found}


def accounts_asked(ward: str, keys: Sequence[str]) -> Statement:
    """Reads (key, id, opened on, closed until) of some accounts of the ward."""
    marks = ", ".join("%s" for _ in keys)
    return read(_ACCOUNTS.format(marks=marks), ward, *keys)


_ACCOUNTS = (
    "SELECT key, id, opened_on, (SELECT until FROM ledger_lock WHERE ward = account.ward)"
    " FROM ledger_account account WHERE ward = %s AND key IN ({marks})"
)


def accounts_read(rows: Iterable[Sequence[Any]]) -> dict[str, tuple[str, date]]:
    """Id and opening day by key, from what :func:`accounts_asked` read."""
    return {key: (id_, day_read(opened)) for key, id_, opened, _closed in rows}


def closed_read(rows: Sequence[Sequence[Any]]) -> date | None:
    """Up to which day the books are closed, from what :func:`accounts_asked` read."""
    until = rows[0][3] if rows else None
    return day_read(until) if until else None


def closed_until(ward: str) -> date | None:
    """The last day up to which the ward's books are closed; ``None`` where no month is."""
    return Lock.objects.filter(ward=ward).values_list("until", flat=True).first()


def opened_on(ward: str) -> date | None:
    """The day on which the books of the ward's UPK were opened; ``None`` where they are not."""
    return Account.objects.filter(ward=ward, fund="").aggregate(first=Min("opened_on"))["first"]


def entry(ward: str, entry_id: str) -> Entry | None:
    """An entry with its lines."""
    return whole(Entry.objects.filter(pk=entry_id, ward=ward)).first()


def reversal(entry_id: str) -> Entry | None:
    """The entry that reversed this one."""
    return Entry.objects.filter(reversal_of=entry_id).first()


def standing(ward: str, refs: Iterable[str]) -> list[Entry]:
    """Entries posted for these records that are no reversals and have not been reversed."""
    found = Entry.objects.filter(ward=ward, ref__in=list(refs), reversal_of=None, reversed_by=None)
    return list(whole(found).order_by("on", "id"))


def entries_until(ward: str, until: date) -> int:
    """How many entries stand in the UPK's books up to the end of a day, without those that close a year; none
    is ever taken away.
    """
    lines = Line.objects.filter(entry__ward=ward, entry__on__lte=until, account__fund="")
    lines = lines.exclude(Q(entry__kind=CLOSING) | Q(entry__reversal_of__kind=CLOSING))
    return lines.values("entry").distinct().count()


# --- sums -----------------------------------------------------------------------------------


def balance(ward: str, account: str, on: date | None = None) -> int:
    """What stands in an account (by code or key) at the end of a day: debit positive."""
    return memory.in_a_look(
        ("ledger.balance", ward, account, on), lambda: _balance(ward, account, on)
    )


def _balance(ward: str, account: str, on: date | None) -> int:
    lines = Line.objects.filter(
        Q(account__code=account) | Q(account__key=account), entry__ward=ward
    )
    if on:
        lines = lines.filter(entry__on__lte=on)
    return int(lines.aggregate(sum=Sum("amount"))["sum"] or 0)


def lowest(
    ward: str,
    account: str | Sequence[str],
    since: date,
    *,
    credit: bool = False,
    by_hand: bool = False,
) -> int:
    """The least that an account (by code or key), or several together, holds at the end of any day from
    ``since`` on, with all that was entered since: what can leave it on that day, in whole rupiah.

    ``credit``: of an account on the credit side, as a positive sum. ``by_hand``: only what vouchers by hand and the
    opening balances moved; what another room posted there (overpayments of groups) is not counted.
    """
    names = [account] if isinstance(account, str) else account
    lines = Line.objects.filter(
        Q(account__code__in=names) | Q(account__key__in=names), entry__ward=ward
    )
    if by_hand:
        lines = lines.filter(_of_hand("entry__kind") | _of_hand("entry__reversal_of__kind"))
    sign = -1 if credit else 1
    held = sign * int(lines.filter(entry__on__lte=since).aggregate(sum=Sum("amount"))["sum"] or 0)
    later = lines.filter(entry__on__gt=since).values_list("entry__on")
    moved = later.annotate(sum=Sum("amount")).order_by("entry__on")
    return min(accumulate((sign * int(amount) for _, amount in moved), initial=held))


def _of_hand(kind: str) -> Q:
    return Q(**{f"{kind}__startswith": "voucher-"}) | Q(**{kind: OPENING})


@dataclass(frozen=True, slots=True)
class TrialRow:
    """An account in the trial balance; ``debit`` or ``credit`` is its balance, the other zero."""

    account: Account
    debit: int
    credit: int


def trial_balance(ward: str, on: date, books: str | None = UPK) -> list[TrialRow]:
    """Every account of a set of books with its balance at the end of a day; both columns add up alike."""
    sums = dict(
        Line.objects.filter(entry__ward=ward, entry__on__lte=on)
        .values_list("account")
        .annotate(sum=Sum("amount"))
    )
    return [
        TrialRow(one, max(sums.get(one.id, 0), 0), max(-sums.get(one.id, 0), 0))
        for one in accounts(ward, books)
    ]


@dataclass(frozen=True, slots=True)
class Turnover:
    """What stood in an account before a span, and what came in and went out in it; debit positive."""

    opening: int = 0
    debit: int = 0
    credit: int = 0

    @property
    def stands(self) -> int:
        """What stands at the end of the span."""
        return self.opening + self.debit - self.credit


def turnovers(ward: str, since: date, until: date) -> dict[str, Turnover]:
    """The turnover of every account (by key) with a line up to the end of a span, in one reading."""
    before, within = Q(entry__on__lt=since), Q(entry__on__gte=since)
    sums = (
        Line.objects.filter(entry__ward=ward, entry__on__lte=until)
        .values_list("account__key")
        .annotate(
            opening=Sum("amount", filter=before),
            debit=Sum("amount", filter=within & Q(amount__gt=0)),
            credit=Sum("amount", filter=within & Q(amount__lt=0)),
        )
    )
    return {key: Turnover(o or 0, d or 0, -(c or 0)) for key, o, d, c in sums}


CLOSING = "year-close"
"""Entries of this kind move a year's profit to equity; income and cost of the year stay readable."""


def moved(
    ward: str, since: date, until: date, *, types: Iterable[str]
) -> list[tuple[Account, int]]:
    """What the UPK's accounts of these types moved in a span, debit positive, without closing entries.

    Accounts that moved nothing are left out.
    """
    wanted = list(types)
    sums = dict(
        Line.objects.filter(
            entry__ward=ward, entry__on__gte=since, entry__on__lte=until, account__type__in=wanted
        )
        .exclude(Q(entry__kind=CLOSING) | Q(entry__reversal_of__kind=CLOSING))
        .values_list("account")
        .annotate(sum=Sum("amount"))
    )
    return [(one, sums[one.id]) for one in accounts(ward) if sums.get(one.id)]


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A line of an account's page with the balance after it."""

    line: Line
    balance: int


def account_lines(
    ward: str, account: Account, since: date | None = None, until: date | None = None
) -> tuple[int, list[AccountLine]]:
    """The balance before a day, and the lines of a span with the balance after each, by date."""
    lines = (
        Line.objects.filter(account=account, entry__ward=ward)
        .select_related("entry", "entry__reversal_of")
        .order_by("entry__on", "entry_id", "no")
    )
    brought = 0
    if since:
        before = lines.filter(entry__on__lt=since).order_by()
        brought = int(before.aggregate(sum=Sum("amount"))["sum"] or 0)
        lines = lines.filter(entry__on__gte=since)
    if until:
        lines = lines.filter(entry__on__lte=until)
    running, found = brought, []
    for line in lines:
        running += line.amount
        found.append(AccountLine(line, running))
    return brought, found


# --- the journal ------------------------------------------------------------------------------


def journal(
    ward: str,
    since: date | None = None,
    until: date | None = None,
    kind: str = "",
    account: str = "",
) -> list[Entry]:
    """Entries with their lines, newest first; of a span, of a kind, touching an account's code."""
    entries = Entry.objects.filter(ward=ward)
    if since:
        entries = entries.filter(on__gte=since)
    if until:
        entries = entries.filter(on__lte=until)
    if kind:
        entries = entries.filter(kind=kind)
    if account:
        entries = entries.filter(lines__account__code=account).distinct()
    return list(whole(entries).order_by("-on", "-id"))


def months(ward: str, account: Account | None = None) -> list[date]:
    """The first day of each month in which something was posted (to an account), newest first."""
    found = Entry.objects.filter(ward=ward)
    if account is not None:
        found = found.filter(lines__account=account)
    return list(found.dates("on", "month", order="DESC"))


def how_many(ward: str, since: date, until: date) -> int:
    """How many entries a span has."""
    return Entry.objects.filter(ward=ward, on__gte=since, on__lte=until).count()


def kinds(ward: str) -> list[str]:
    """The kinds of entry that the ward has."""
    return list(
        Entry.objects.filter(ward=ward).values_list("kind", flat=True).distinct().order_by("kind")
    )


def wards() -> list[str]:
    """Codes of the wards whose books are open."""
    return list(Account.objects.values_list("ward", flat=True).distinct().order_by("ward"))


def beancount(ward: str) -> str:
    """The whole journal in the language of beancount; ``bean-check`` accepts it."""
    known = accounts(ward, None)
    entries = whole(Entry.objects.filter(ward=ward)).order_by("on", "id")
    sums = (
        Line.objects.filter(entry__ward=ward).values_list("account__code").annotate(s=Sum("amount"))
    )
    return plain.text(
        f"Pendamping {ward}",
        [plain.AccountLine(one.code, one.type, one.name_en, one.opened_on) for one in known],
        [
            plain.EntryText(
                one.id,
                one.on,
                one.kind,
                one.ref,
                one.narration,
                [(line.account.code, line.amount) for line in one.lines.all()],
            )
            for one in entries
        ],
        dict(sums),
    )


check, legs, strays = breaks.check, breaks.legs, breaks.strays
ALL_WELL = N_("The books of {wards} wards hold.")
"""What a check says that found no break."""
