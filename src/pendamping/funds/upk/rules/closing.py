"""Closing a month: what must be in order, each with its reason. Pure Python.

Source: handbook 4.5 (books, monthly reports), our own design for the order of closing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.period import month_end
from pendamping.kernel.refusal import N_, Reason

CHECKS = ("cash", "bank", "cards", "reserve", "depreciation", "papers", "books")
"""What a close looks at, in the order in which it is read out."""


def counted(pieces: Mapping[int, int]) -> int:
    """What a count of notes and coins comes to: pieces of each denomination, in whole rupiah.

    >>> counted({100_000: 3, 500: 2})
    301000
    """
    return sum(value * number for value, number in pieces.items())


def count_day_problems(on: date, *, opened: date | None, today: date) -> list[Reason]:
    """Why the cash is not counted for the end of this day; ``opened``: the first day of the books."""
    if opened is None:
        text = N_("The books of this ward have not been opened yet.")
    elif on > today:
        text = N_(
            "Cash is counted at the end of its day: {day} has not come yet, today is {today}."
        )
    elif on < opened:
        text = N_("The books begin on {opened}; no cash is counted for {day}.")
    else:
        return []
    values = {"day": on.isoformat(), "today": today.isoformat()}
    if opened is not None:
        values["opened"] = opened.isoformat()
    return [Reason("upk.count.day", text, values, {"field": "on"})]


def count_problems(
    pieces: Mapping[int, int],
    *,
    known: Sequence[int],
    in_books: int,
    why: str,
    witnesses: str,
    counter: str = "",
) -> list[Reason]:
    """Why a count of the cash cannot be kept: unknown or negative pieces, a difference not named, nobody else
    there. ``counter``: the name of who counts."""
    found = []
    for value, number in pieces.items():
        if value not in known or number < 0:
            found.append(
                Reason(
                    "upk.count.pieces",
                    "{value} is no note or coin of the list, or its number is below zero.",
                    {"value": format_rupiah(value)},
                    {"field": f"d{value}"},
                )
            )
    off = counted(pieces) - in_books
    if off and not why.strip():
        found.append(
            Reason(
                "upk.count.difference",
                "The cash box holds {counted}, the books say {books}: name the reason of the "
                "difference of {off}.",
                {
                    "counted": format_rupiah(counted(pieces)),
                    "books": format_rupiah(in_books),
                    "off": format_rupiah(off),
                },
                {"field": "why"},
            )
        )
    return [*found, *_witness_problems(counter, witnesses)]


def _witness_problems(counter: str, witnesses: str) -> list[Reason]:
    """Somebody is there beside who counts."""
    where = {"field": "witnesses"}
    if not witnesses.strip():
        text = N_("Cash is counted before a second person; write who was there.")
        return [Reason("upk.count.witness", text, {}, where)]
    if is_among(counter, witnesses):
        text = N_("{name} counts the cash. Write who else was there.")
        return [Reason("upk.count.witness", text, {"name": counter}, where)]
    if is_post(witnesses):
        text = N_("{post} is an office, not a name. Write by name who was there.")
        return [Reason("upk.count.witness", text, {"post": witnesses.strip()[:60]}, where)]
    return []


POSTS = frozenset(
    [
        "anggota",
        "angg",
        "bapak",
        "bendahara",
        "bkm",
        "bu",
        "ibu",
        "kasir",
        "kelurahan",
        "ketua",
        "koordinator",
        "ksm",
        "lurah",
        "manajer",
        "manager",
        "pak",
        "pembantu",
        "pengawas",
        "pengurus",
        "petugas",
        "pj",
        "pjs",
        "pjok",
        "plt",
        "rt",
        "rw",
        "sekretaris",
        "staf",
        "staff",
        "tu",
        "umum",
        "unit",
        "up",
        "upk",
        "ups",
        "upl",
        "wakil",
        "warga",
        "faskel",
        "fasilitator",
        "saksi",
        "dan",
        "chair",
        "secretary",
        "treasurer",
        "member",
        "officer",
        "board",
        "coordinator",
        "witness",
        "facilitator",
        "supervisor",
        "head",
        "of",
        "the",
        "group",
    ]
)
"""Words that say an office, not who holds it; in the field's two languages."""


def is_post(written: str) -> bool:
    """Whether only offices are written down, and nobody's name.

    >>> is_post("Ketua BKM"), is_post("bendahara UPK dan sekretaris"), is_post("Ketua RT 03/05")
    (True, True, True)
    >>> is_post("Bu Ani, ketua BKM"), is_post("Budi")
    (False, False)
    """
    return not set(re.findall(r"[^\W\d_]{2,}", written.casefold())) - POSTS


def is_among(name: str, written: str) -> bool:
    """Whether somebody stands by the whole name among those who are written down.

    >>> is_among("Siti Aminah", "SITI  Aminah, bendahara"), is_among("Siti", "Siti Aminah dan Budi")
    (True, False)
    """
    parts = re.split(r"[^\w\s'.-]|\n|\bdan\b|\band\b", written.casefold())
    return bool(name) and name.casefold().split() in [part.split() for part in parts]


@dataclass(frozen=True, slots=True)
class Count:
    """A count of the cash: what was in the box, what the books said then, and why they differ."""

    counted: int
    in_books: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank account at a month's end: its name, what stands against its reconciliation, its key."""

    name: str
    against: tuple[Reason, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Month:
    """What is known of a month that is to be closed. ``last``: its last day.

    ``closed``: up to which day the books are closed already; ``opened``: the first day of the books.
    ``cash``: in the books at the month's end. ``unclosed_year``: an earlier year whose income and cost
    still stand. ``assets``: fixed assets less what was depreciated, whole rupiah.
    """

    last: date
    today: date
    opened: date | None = None
    closed: date | None = None
    unclosed_year: int | None = None
    cash: int = 0
    count: Count | None = None
    banks: tuple[Bank, ...] = ()
    cards: tuple[Reason, ...] = ()
    books: tuple[Reason, ...] = ()
    papers: tuple[Reason, ...] = ()
    lends: bool = False
    reserve_needed: int = 0
    reserve_held: int = 0
    reserve_kept: bool = False
    assets: int = 0
    depreciated: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist: what stands against it (nothing: it holds), and whether it must hold."""

    key: str
    must: bool
    against: tuple[Reason, ...] = field(default=())

    @property
    def holds(self) -> bool:
        """Whether it is in order."""
        return not self.against


def order_problems(month: Month) -> list[Reason]:
    """Why this month is not the one to close now."""
    where = {"field": "month"}
    if month.opened is None:
        return [Reason("upk.close.opened", "The books of this ward have not been opened yet.")]
    found = []
    if month.last >= month.today:
        found.append(
            Reason(
                "upk.close.ended",
                "The month ends on {last} and today is {today}; it is closed after its last day.",
                {"last": month.last.isoformat(), "today": month.today.isoformat()},
                where,
            )
        )
    if month.last < month.opened:
        found.append(
            Reason(
                "upk.close.before",
                "The books begin on {opened}; there is nothing to close before it.",
                {"opened": month.opened.isoformat()},
                where,
            )
        )
    expected = next_month(month.opened, month.closed)
    if month.closed is not None and month.last <= month.closed:
        found.append(Reason("upk.close.closed", "This month is closed already.", {}, where))
    elif expected and month.last > expected:
        found.append(
            Reason(
                "upk.close.order",
                "Months are closed one after the other; the month to {expected} comes first.",
                {"expected": expected.isoformat()},
                where,
            )
        )
    if month.unclosed_year:
        found.append(
            Reason(
                "upk.close.year",
                "Close the year {year} first: its profit belongs to the year that is over.",
                {"year": month.unclosed_year},
                {"year": month.unclosed_year},
            )
        )
    return found


def next_month(opened: date | None, closed: date | None) -> date | None:
    """The last day of the month that is to be closed next; ``None`` while the books are not open.

    >>> next_month(date(2004, 2, 1), None), next_month(date(2004, 2, 1), date(2004, 2, 29))
    (datetime.date(2004, 2, 29), datetime.date(2004, 3, 31))
    """
    if closed is not None:
        return month_end(closed + timedelta(days=1))
    return month_end(opened) if opened else None


def checklist(month: Month, needs: Iterable[str]) -> list[Check]:
    """Every line of the checklist; ``needs``: those that must hold before the month is closed."""
    must = frozenset(needs)
    found = {
        "cash": _cash(month),
        "bank": [reason for bank in month.banks for reason in bank.against],
        "cards": month.cards,
        "reserve": _reserve(month),
        "depreciation": _depreciation(month),
        "papers": month.papers,
        "books": month.books,
    }
    return [Check(key, key in must, tuple(found[key])) for key in CHECKS]


def problems(month: Month, needs: Iterable[str]) -> list[Reason]:
    """Every reason against closing the month."""
    return [
        *order_problems(month),
        *(reason for one in checklist(month, needs) if one.must for reason in one.against),
    ]


def _cash(month: Month) -> Iterable[Reason]:
    day = month.last.isoformat()
    if month.count is None:
        yield Reason(
            "upk.close.count",
            "The cash has not been counted for the end of {day}.",
            {"day": day},
            {"check": "cash"},
        )
        return
    if month.count.in_books != month.cash:
        yield Reason(
            "upk.close.count_old",
            "Since the count the cash of {day} has changed in the books, from {then} to {now}; count "
            "again.",
            {
                "day": day,
                "then": format_rupiah(month.count.in_books),
                "now": format_rupiah(month.cash),
            },
            {"check": "cash"},
        )
    if month.count.counted != month.count.in_books and not month.count.why.strip():
        yield Reason(
            "upk.close.difference",
            "The cash box and the books differ by {off}, and nobody has said why.",
            {"off": format_rupiah(month.count.counted - month.count.in_books)},
            {"check": "cash"},
        )


def _reserve(month: Month) -> Iterable[Reason]:
    if not month.lends:
        return
    if not month.reserve_kept:
        yield Reason(
            "upk.close.reserve",
            "The reserve of the month has not been set aside.",
            {},
            {"check": "reserve"},
        )
    elif month.reserve_needed != month.reserve_held:
        yield Reason(
            "upk.close.reserve_off",
            "The loans need a reserve of {needed}, the books hold {held}; set it aside again.",
            {
                "needed": format_rupiah(month.reserve_needed),
                "held": format_rupiah(month.reserve_held),
            },
            {"check": "reserve"},
        )


def _depreciation(month: Month) -> Iterable[Reason]:
    if month.assets > 0 and not month.depreciated:
        yield Reason(
            "upk.close.depreciation",
            "Fixed assets of {assets} stand in the books, and no depreciation was booked this month.",
            {"assets": format_rupiah(month.assets)},
            {"check": "depreciation"},
        )
