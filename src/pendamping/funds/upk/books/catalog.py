"""Which books a UPK keeps in a month, as the guideline names them, and how each is read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.rules.vouchers import IN, OUT
from pendamping.funds.upk.books import cards, cash, ledgers, windows
from pendamping.funds.upk.books.shape import Book, Month, Tie, month_of
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason

Builder = Callable[..., Book]


@dataclass(frozen=True, slots=True)
class Kind:
    """A book: its address, its key in the guideline or its own name, how it is read."""

    key: str
    build: Builder
    guideline: str = ""
    name: str = ""
    paged: bool = False


KINDS = (
    Kind("u1", lambda *where, **page: cash.of_model(*where, IN, **page), "money_in", paged=True),
    Kind("u2", lambda *where, **page: cash.of_model(*where, OUT, **page), "money_out", paged=True),
    Kind("u3", lambda *where, **page: cash.of_accounts(*where, ("cash",), **page), "cash", paged=True),
    Kind("u4", lambda *where, **page: cash.of_accounts(*where, cash.BANKS, **page), "bank", paged=True),
    Kind("u5", cards.inventory, "inventory"),
    Kind("u6", cards.loan_cards, "loan_card"),
    Kind("u7", cards.savings_cards, "savings_card"),
    Kind("u8", ledgers.ledger, "ledger"),
    Kind("u9", ledgers.income_cost, "income_cost"),
    Kind("lu-04", cards.loan_register, "loan_register"),
    Kind("lu-06", cards.savings_register, "savings_register"),
    Kind("balance-sheet", ledgers.balance, name=N_("Balance sheet")),
    Kind("profit-loss", ledgers.profit_loss, name=N_("Profit and loss")),
    Kind("collectibility", cards.collectibility, name=N_("Collectibility")),
)  # fmt: skip
BY_KEY = {kind.key: kind for kind in KINDS}
STATEMENTS = ("balance-sheet", "profit-loss", "collectibility")


def named(kind: Kind, ward: str, on: date) -> tuple[str, str]:
    """Code and name of a book in the reader's language: ``("U3", "Buku kas")``."""
    found = guidelines.section("books", ward, on).get(kind.guideline)
    if not found:
        return "", _(kind.name) if kind.name else kind.key.upper()
    return str(found["code"]), str(found["name"]["en" if get_language() == "en" else "id"])


def book(kind: Kind, ward: str, month: Month, after: str = "", page: bool = False) -> Book:
    """A book of a month; ``page``: as much of it as a page shows, after a place."""
    code, name = named(kind, ward, month.last)
    shown: dict[str, Any] = {"after": after, "page": page} if kind.paged else {}
    return kind.build(kind.key, code, name, ward, month, **shown)


def named_book(
    key: str, ward: str, month: Month, after: str = "", page: bool = False
) -> Book | None:
    """A book by its key in an address: one of the UPK's, or the cash book of a window of the board."""
    if key in BY_KEY:
        return book(BY_KEY[key], ward, month, after, page)
    window = key.removeprefix(windows.PREFIX)
    if key == window or window not in windows.keys(ward):
        return None
    return windows.book(window, ward, month, after, page)


def window_books(ward: str, month: Month) -> list[Book]:
    """The cash books of the board's windows, as much of them as a page shows: no books of the UPK."""
    return [windows.book(key, ward, month, page=True) for key in windows.keys(ward)]


def account_book(
    ward: str, code: str, month: Month, after: str = "", page: bool = False
) -> Book | None:
    """An account of the ledger in a month, as the cash book shows cash."""
    found = books.account(ward, code)
    if found is None:
        return None
    head, name = named(BY_KEY["u8"], ward, month.last)
    where = ("account", head, name, ward, month, (found.key,))
    return cash.of_accounts(*where, after=after, page=page)


def all_books(ward: str, month: Month) -> Iterable[Book]:
    """Every book of a month, one after the other."""
    return (book(kind, ward, month) for kind in KINDS)


def month_asked(ward: str, text: str) -> Month | None:
    """The month that an address asks for, else the latest with entries; ``None`` where there is none."""
    known = books.months(ward)
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        first = known[0] if known else None  # type: ignore[assignment]
    if first is None or first > clock.today():
        first = known[0] if known else None  # type: ignore[assignment]
    return month_of(first, clock.today()) if first else None


# --- whether they tie ---------------------------------------------------------------------------


def breaks(ward: str) -> list[Reason]:
    """Figures of the books of today that should be one and are not."""
    month = month_asked(ward, "")
    if month is None:
        return []
    month = month_of(clock.today().replace(day=1), clock.today())
    return [
        _parted(kind, ward, month, place, tie)
        for kind in KINDS
        for place, tie in enumerate(book(kind, ward, month).ties)
        if not tie.holds
    ]


def _parted(kind: Kind, ward: str, month: Month, place: int, tie: Tie) -> Reason:
    """Two figures that part, named in every language: a look is kept, and read by others than its asker."""
    names: dict[str, dict[str, str]] = {"book": {}, "here": {}, "there": {}}
    for lang in ("id", "en"):
        with override(lang):
            one = book(kind, ward, month)
        names["book"][lang] = f"{one.code} {one.name}".strip()
        names["here"][lang], names["there"][lang] = one.ties[place].here, one.ties[place].there
    return Reason(
        "upk.books",
        "{book}: {here} is {amount}, {there} {other}.",
        {**names, "amount": format_rupiah(tie.amount), "other": format_rupiah(tie.other)},
        {"ward": ward, "book": kind.key},
    )
