"""Reading bank statements, what is matched and what is open."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from pendamping.funds.ledger import queries as books
from pendamping.funds.upk.bank.models import DRAFT, TAKEN, BankLine, BankStatement, BookLine
from pendamping.funds.upk.rules import reconcile
from pendamping.funds.upk.rules.closing import Bank
from pendamping.funds.upk.rules.statement import Line
from pendamping.guidelines import queries as guidelines

ACCOUNTS = ("bank", "joint_liability_bank")
DAYS = 5


def accounts(ward: str) -> list[Any]:
    """The ward's accounts that stand for bank accounts."""
    return [one for one in books.accounts(ward) if one.key in ACCOUNTS]


def used(ward: str, last: date) -> list[Any]:
    """Those of them in which something was posted by a day, or of which a statement tells by then."""
    taken = BankStatement.objects.filter(ward=ward, state=TAKEN, since__lte=last)
    told = set(taken.values_list("account", flat=True))
    return [
        one
        for one in accounts(ward)
        if one.key in told or books.account_lines(ward, one, None, last)[1]
    ]


def match_days(ward: str, on: date) -> int:
    """By how many days lines that belong together may differ."""
    return int(guidelines.section("closing", ward, on).get("bank_match_days", DAYS))


def statements(ward: str) -> list[BankStatement]:
    """Statements that were taken, the latest first."""
    found = BankStatement.objects.filter(ward=ward, state=TAKEN)
    return list(found.select_related("entered_by").order_by("-until", "-entered_at"))


def statement(ward: str, statement_id: str) -> BankStatement | None:
    """One statement."""
    return BankStatement.objects.filter(pk=statement_id, ward=ward).first()


def posted_on(ward: str, on: date) -> date:
    """The day on which what the bank did on a day comes into the books: that day, or the first open one."""
    closed = books.closed_until(ward)
    return on if closed is None else max(on, closed + timedelta(days=1))


def drafts(ward: str) -> list[BankStatement]:
    """Files whose columns were not said yet."""
    return list(BankStatement.objects.filter(ward=ward, state=DRAFT).order_by("entered_at"))


def headings(ward: str, account: str) -> dict[str, str]:
    """The headings of the last statement of an account that was taken from a table."""
    found = BankStatement.objects.filter(ward=ward, account=account, state=TAKEN, kind="table")
    last = found.order_by("-entered_at", "-id").first()
    return dict(last.headings) if last else {}


def number_of(ward: str, account: str) -> str:
    """The bank's number of an account, as its last statement that names one says."""
    found = BankStatement.objects.filter(ward=ward, account=account, state=TAKEN).exclude(number="")
    return found.order_by("-entered_at", "-id").values_list("number", flat=True).first() or ""


def twins(ward: str, account: str, lines: Iterable[Line]) -> dict[str, BankLine]:
    """Of lines that no statement brought yet, those that one with other words may have brought: by their
    key, the known line of the same day and sum that the file does not have itself. Each is named once.
    """
    own = {one.key: one for one in lines}
    days = [one.on for one in own.values()]
    if not days:
        return {}
    known = BankLine.objects.filter(
        ward=ward, account=account, on__gte=min(days), on__lte=max(days)
    ).order_by("on", "id")
    there: dict[tuple[date, int], list[BankLine]] = {}
    taken = set()
    for one in known:
        taken.add(one.key)
        if one.key not in own:
            there.setdefault((one.on, one.amount), []).append(one)
    found = {}
    for key, line in own.items():
        alike = there.get((line.on, line.amount))
        if key not in taken and alike:
            found[key] = alike.pop(0)
    return found


def line(ward: str, line_id: str) -> BankLine | None:
    """A line of a statement."""
    return BankLine.objects.filter(pk=line_id, ward=ward).select_related("match").first()


def bank_items(lines: Iterable[BankLine]) -> list[reconcile.Item]:
    """Lines of statements as the rules take them."""
    return [
        reconcile.Item(one.id, one.on, one.amount, f"{one.reference} {one.text}".strip())
        for one in lines
    ]


def open_bank(ward: str, account: str, on: date | None = None) -> list[BankLine]:
    """Lines of the statements that are matched with nothing (that is in the book by a day)."""
    found = BankLine.objects.filter(ward=ward, account=account)
    if on is None:
        return list(found.filter(match=None).order_by("on", "id"))
    later = BookLine.objects.filter(match__account=account, line__entry__on__gt=on)
    late = set(later.filter(match__ward=ward).values_list("match_id", flat=True))
    return [
        one
        for one in found.filter(on__lte=on).order_by("on", "id")
        if one.match_id is None or one.match_id in late
    ]


def open_book(ward: str, account: Any, on: date | None = None) -> list[Any]:
    """Lines of the book that are matched with nothing (that is on a statement by a day).

    An entry and its reversal are open together and leave no difference.
    """
    lines = [one.line for one in books.account_lines(ward, account, None, on)[1]]
    matched = dict(
        BookLine.objects.filter(match__ward=ward, match__account=account.key).values_list(
            "line_id", "match_id"
        )
    )
    late: set[str] = set()
    if on is not None:
        later = BankLine.objects.filter(ward=ward, account=account.key, on__gt=on)
        late = set(later.exclude(match=None).values_list("match_id", flat=True))
    return [one for one in lines if matched.get(one.pk) is None or matched[one.pk] in late]


def book_items(lines: Iterable[Any]) -> list[reconcile.Item]:
    """Lines of the book as the rules take them."""
    return [
        reconcile.Item(str(one.pk), one.entry.on, one.amount, one.entry.narration) for one in lines
    ]


def balance(ward: str, account: str, on: date) -> int | None:
    """What a statement that covers the day says at its end; ``None`` where none does.

    An account that is empty by its last statement and in the book, and rests since, needs no other one.
    """
    found = BankStatement.objects.filter(
        ward=ward, account=account, state=TAKEN, since__lte=on, until__gte=on
    )
    one = found.order_by("-entered_at", "-id").first()
    if one is None:
        return _resting(ward, account, on)
    moved = BankLine.objects.filter(
        ward=ward, account=account, on__gte=one.since, on__lte=on
    ).values_list("amount", flat=True)
    return int(one.opening) + sum(moved)


def _resting(ward: str, account: str, on: date) -> int | None:
    """Zero, where the last statement before a day says so and the book has rested since, empty too: money that
    lies at the bank is shown by a statement, month by month."""
    found = BankStatement.objects.filter(ward=ward, account=account, state=TAKEN, until__lt=on)
    last = found.order_by("-until", "-entered_at").first()
    own = books.account(ward, account)
    if last is None or own is None or last.until is None:
        return None
    moved = books.account_lines(ward, own, last.until + timedelta(days=1), on)[1]
    return None if moved or last.closing or books.balance(ward, account, on) else 0


def balances(ward: str, account: Any, on: date) -> reconcile.Balances:
    """An account at the end of a day: statement, book, and what is open on either side."""
    return reconcile.Balances(
        on,
        balance(ward, account.key, on),
        books.balance(ward, account.key, on),
        tuple(bank_items(open_bank(ward, account.key, on))),
        tuple(book_items(open_book(ward, account, on))),
    )


def banks(ward: str, last: date) -> tuple[Bank, ...]:
    """Every bank account that is used, with what stands against its reconciliation at a month's end: the
    close of the month and the pages of the bank say the same, because both read it here.
    """
    return tuple(
        Bank(one.name, tuple(reconcile.problems(balances(ward, one, last), one.name)), one.key)
        for one in used(ward, last)
    )


def at(ward: str, account: str, last: date) -> Bank | None:
    """One account as :func:`banks` says it; ``None`` where nothing was in it by the month's end."""
    return next((one for one in banks(ward, last) if one.key == account), None)


def matched(ward: str, account: str, last: date) -> list[BankLine]:
    """Lines of the statements in a month that are matched, by day."""
    found = BankLine.objects.filter(
        ward=ward, account=account, on__gte=last.replace(day=1), on__lte=last
    )
    return list(found.exclude(match=None).order_by("on", "id"))
