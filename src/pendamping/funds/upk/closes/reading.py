"""Reading what a close needs to know, and what was closed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loans
from pendamping.funds.savings import queries as savings
from pendamping.funds.upk.bank import reading as bank
from pendamping.funds.upk.closes.models import (
    APPROVED,
    CLOSED,
    STANDING,
    CashCount,
    MonthClose,
    ProfitSplit,
    YearClose,
)
from pendamping.funds.upk.inventory import reading as things
from pendamping.funds.upk.opening import begun
from pendamping.funds.upk.rules import closing, year
from pendamping.funds.upk.rules.reconcile import MISSING
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason

SECTION = "closing"
NEEDS = ("cash", "bank", "cards", "reserve", "depreciation", "papers", "books")
ISSUED = {2_000: date(2009, 7, 10)}  # the day on which a note of this value first came
DENOMINATIONS = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25)
REOPENED_BY, DECIDED_IN = "board", "yearly"
DUE_DAYS, MIN_CAPITAL = 7, 50


def rules_on(ward: str, on: date) -> Mapping[str, Any]:
    """The guideline's section on closing."""
    return guidelines.section(SECTION, ward, on)


def needs(ward: str, on: date) -> Sequence[str]:
    """The lines of the checklist that must hold before a month is closed."""
    return list(rules_on(ward, on).get("needs", NEEDS))


def denominations(ward: str, on: date) -> list[int]:
    """Notes and coins of the cash count that there were on the day, the largest first."""
    known = rules_on(ward, on).get("denominations", DENOMINATIONS)
    return sorted((one for one in known if ISSUED.get(one, on) <= on), reverse=True)


# --- counts -----------------------------------------------------------------------------------


def counts(ward: str) -> list[CashCount]:
    """The counts of the cash, the latest day first, on a day the last one entered first."""
    found = CashCount.objects.filter(ward=ward).select_related("entered_by")
    return list(found.order_by("-on", "-entered_at", "-id"))


def replaced(ward: str) -> set[str]:
    """The counts in whose place a later one of the same day stands."""
    seen: set[date] = set()
    return {one.id for one in counts(ward) if one.on in seen or seen.add(one.on)}


def count(ward: str, count_id: str) -> CashCount | None:
    """One count of the cash."""
    return CashCount.objects.filter(pk=count_id, ward=ward).select_related("entered_by").first()


def count_of(ward: str, on: date) -> CashCount | None:
    """The count that holds for the end of a day: the last one entered."""
    return (
        CashCount.objects.filter(ward=ward, on=on)
        .select_related("entered_by")
        .order_by("-entered_at", "-id")
        .first()
    )


# --- months -----------------------------------------------------------------------------------


def next_month(ward: str) -> date | None:
    """The last day of the month that is to be closed next; ``None`` while the books are not open."""
    return closing.next_month(books.opened_on(ward), books.closed_until(ward))


def takes_reason(ward: str, on: date) -> bool:
    """Whether a written reason lets a month be closed that no bank statement covers."""
    return str(rules_on(ward, on).get("without_statement", "reason")) == "reason"


def without_statement(ward: str, last: date) -> list[tuple[str, str]]:
    """The bank accounts that no statement covers at a month's end: key and name."""
    return [
        (one.key, one.name)
        for one in bank.banks(ward, last)
        if any(reason.clause == MISSING for reason in one.against)
    ]


def bank_now(ward: str, close: MonthClose) -> list[tuple[str, Reason]]:
    """What statements that came since say of a closed month, by account: lines that its book lacks, or another
    balance."""
    kept = {one["clause"] for check in close.checks for one in check["against"]}
    return [
        (one.key, reason)
        for one in bank.banks(ward, close.month)
        for reason in one.against
        if reason.clause != MISSING and reason.clause not in kept
    ]


def facts(
    ward: str,
    last: date,
    look: bool = True,
    book: loans.Book | None = None,
    explained: Mapping[str, str] | None = None,
) -> closing.Month:
    """What is known of a month; ``look``: go through cards and journal too, which takes a while.

    ``book``: the loan book of its last day, where it was read already. ``explained``: why no statement covers
    the month, by bank account.
    """
    kept = count_of(ward, last)
    reserve = loans.reserve_at(ward, last, book)
    lends = loans.lent_by(ward, last)
    return closing.Month(
        last=last,
        today=clock.today(),
        opened=books.opened_on(ward),
        closed=books.closed_until(ward),
        unclosed_year=unclosed_year(ward, last),
        cash=books.balance(ward, "cash", last),
        count=closing.Count(kept.counted, kept.in_books, kept.why) if kept else None,
        banks=bank.banks(ward, last),
        papers=tuple(_waiting(ward)),
        cards=tuple([*loans.check(ward), *savings.check(ward)]) if look else (),
        books=tuple(books.check(ward)) if look else (),
        lends=lends,
        reserve_needed=reserve.needed,
        reserve_held=reserve.held,
        reserve_kept=reserve.kept is not None,
        **_assets(ward, last),
        waits=first.month if (first := waiting(ward)) else None,
        in_order=bool(rules_on(ward, last).get("approved_in_order", True)),
        explained=explained if explained and takes_reason(ward, last) else {},
    )


def _waiting(ward: str) -> list[Reason]:
    return [
        Reason(
            "upk.close.draft",
            "The bank statement {file} was uploaded and not taken in.",
            {"file": one.filename},
            {"check": "papers"},
        )
        for one in bank.drafts(ward)
    ]


def _assets(ward: str, last: date) -> dict[str, Any]:
    held = books.balance(ward, "fixed_assets", last) + books.balance(ward, "depreciation", last)
    done = _moved(ward, "depreciation", last) or bool(things.held(ward, last))
    return {"assets": held, "depreciated": done and not things.due(ward, last)}


def _moved(ward: str, key: str, last: date) -> bool:
    account = books.account(ward, key)
    if account is None:
        return False
    return bool(books.account_lines(ward, account, last.replace(day=1), last)[1])


def unclosed_year(ward: str, last: date) -> int | None:
    """An earlier year than that of a day whose income and cost were not closed."""
    first = begun.first_day(ward)
    if first is None:
        return None
    done = {one.year for one in years(ward)}
    return next((one for one in range(first.year, last.year) if one not in done), None)


def closes(ward: str) -> list[MonthClose]:
    """Every close, the latest month first, taken back ones too."""
    found = MonthClose.objects.filter(ward=ward)
    found = found.select_related("closed_by", "approved_by", "undone_by")
    return list(found.order_by("-month", "-closed_at", "-id"))


def close_of(ward: str, last: date) -> MonthClose | None:
    """The close of a month that stands."""
    found = MonthClose.objects.filter(ward=ward, month=last, state__in=STANDING)
    return found.select_related("closed_by", "approved_by").first()


def waiting(ward: str) -> MonthClose | None:
    """The oldest close that nobody has approved yet."""
    return MonthClose.objects.filter(ward=ward, state=CLOSED).order_by("month").first()


def overdue(ward: str, on: date) -> date | None:
    """The last day of the next month to close, where it has ended by a day."""
    month = next_month(ward)
    return month if month and month < on else None


def close_due(ward: str, month: date) -> date:
    """The day by which a month is to be closed."""
    return month + timedelta(days=int(rules_on(ward, month).get("due_days", DUE_DAYS)))


# --- years --------------------------------------------------------------------------------------


def years(ward: str) -> list[YearClose]:
    """The years whose close stands, the latest first."""
    found = YearClose.objects.filter(ward=ward, undone_on=None).select_related("closed_by")
    return list(found.order_by("-year"))


def year_of(ward: str, number: int) -> YearClose | None:
    """The close of a year that stands."""
    return next((one for one in years(ward) if one.year == number), None)


def year_facts(ward: str, number: int) -> year.Year:
    """What is known of a year that is to be closed."""
    unapproved = (
        MonthClose.objects.filter(ward=ward, month__year=number, state=CLOSED)
        .order_by("month")
        .values_list("month", flat=True)
    )
    return year.Year(
        number,
        clock.today(),
        books.opened_on(ward),
        books.closed_until(ward),
        tuple(unapproved),
        done=year_of(ward, number) is not None,
    )


def moved(ward: str, number: int) -> list[tuple[Any, int]]:
    """What each account of income and cost moved in a year, debit positive."""
    span = date(number, 1, 1), date(number, 12, 31)
    return books.moved(ward, *span, types=("income", "expense"))


def split_of(ward: str, number: int) -> ProfitSplit | None:
    """The sharing of a year's profit that stands."""
    found = ProfitSplit.objects.filter(ward=ward, year=number, taken_back_on=None)
    return found.select_related("entered_by").first()


def shares(ward: str, on: date) -> list[dict[str, Any]]:
    """The guideline's shares of the profit: ``key``, ``name``, ``percent``, ``account``."""
    found = guidelines.section("profit", ward, on).get("shares", [])
    return [
        {**one, "account": one.get("account") or ("earned_capital" if one["key"] == "capital" else f"{one['key']}_fund")}
        for one in found
    ]  # fmt: skip


def funds(ward: str) -> list[Any]:
    """The accounts in which shares of the profit wait to be paid out, as they stand in the books."""
    keys = {one["account"] for one in shares(ward, clock.today())}
    return [one for one in books.accounts(ward) if one.key in keys and one.type == "liability"]


def least_capital(ward: str, on: date) -> int:
    """How many per cent of a profit become capital at least."""
    return int(guidelines.section("profit", ward, on).get("min_capital_percent", MIN_CAPITAL))


def split_facts(ward: str, number: int, on: date, parts: Sequence[year.Part]) -> year.Split:
    """What is known of a sharing that is asked for."""
    done = year_of(ward, number)
    reserve = loans.reserve_at(ward, date(number, 12, 31))
    return year.Split(
        number,
        on,
        clock.today(),
        closed=done is not None,
        shared=split_of(ward, number) is not None,
        profit=done.profit if done else 0,
        prior=-books.balance(ward, year.PRIOR_PROFIT, on),
        parts=tuple(parts),
        min_capital_percent=least_capital(ward, on),
        reserve_missing=max(0, reserve.needed - reserve.held),
    )


def approved(ward: str, last: date) -> bool:
    """Whether the close of a month was approved."""
    found = close_of(ward, last)
    return found is not None and found.state == APPROVED
