"""The figures of a month as they are kept with its close and printed on it."""

from datetime import date
from typing import Any

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loans
from pendamping.funds.upk.closes import reading
from pendamping.kernel.refusal import Reason


def of_month(ward: str, last: date, card: Any, book: loans.Book | None = None) -> dict[str, Any]:
    """Trial balance, income and cost, cash, classes of the loan book, the health card; whole rupiah.

    ``card``: the health card of the month's end, of today while the month runs; ``book``: its loan book,
    where it was read already.
    """
    first = last.replace(day=1)
    count = reading.count_of(ward, last)
    reserve = loans.reserve_at(ward, last, book)
    return {
        "trial": [
            [row.account.code, row.account.name_id, row.account.name_en, row.debit, row.credit]
            for row in books.trial_balance(ward, last)
            if row.debit or row.credit
        ],
        "moved": _moved(ward, first, last),
        "cash": {"counted": count.counted, "in_books": count.in_books, "why": count.why}
        if count
        else None,
        "classes": [row for row in reserve.by_class if row["loans"]],
        "reserve": [reserve.needed, reserve.held],
        "card": [one.as_json() for one in card.indicators],
        "flow": [card.flow.part, card.flow.whole],
        "entries": books.how_many(ward, first, last),
    }


def kept(reason: Reason) -> dict[str, Any]:
    """A reason as it is kept: it can be said again in any language."""
    return {
        "clause": reason.clause,
        "text": reason.text,
        "values": dict(reason.values),
        "where": dict(reason.where),
    }


def reason(known: dict[str, Any]) -> Reason:
    """A reason that was kept."""
    return Reason(**known)


def _moved(ward: str, first: date, last: date) -> list[list[Any]]:
    """Income and cost: code, names, type, of the month, since January; income positive."""
    year = dict(_by_code(ward, date(last.year, 1, 1), last))
    month = dict(_by_code(ward, first, last))
    accounts = {one.code: one for one in books.accounts(ward)}
    return [
        [code, accounts[code].name_id, accounts[code].name_en, accounts[code].type,
         month.get(code, 0), year.get(code, 0)]
        for code in sorted(year.keys() | month.keys())
    ]  # fmt: skip


def _by_code(ward: str, since: date, until: date) -> list[tuple[str, int]]:
    found = books.moved(ward, since, until, types=("income", "expense"))
    return [(one.code, -amount if one.type == "income" else amount) for one, amount in found]
