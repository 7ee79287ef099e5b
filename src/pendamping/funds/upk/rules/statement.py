"""Reading a bank statement: amounts and days as banks write them, columns by their headings. Pure Python.

Banks count in sen, the books in whole rupiah: each line is what moves the whole rupiah of the balance, so
that the lines add up to the balances of the statement in whole rupiah.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from pendamping.kernel.refusal import Reason

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "date": ("tanggal", "tgl", "date", "tanggal transaksi", "posting date", "tgl transaksi"),
    "text": ("keterangan", "uraian", "description", "remark", "transaksi", "deskripsi"),
    "reference": ("referensi", "no referensi", "no ref", "reference", "no bukti", "ref"),
    "debit": ("debet", "debit", "keluar", "mutasi debet", "penarikan", "db"),
    "credit": ("kredit", "credit", "masuk", "mutasi kredit", "setoran", "cr"),
    "amount": ("jumlah", "amount", "mutasi", "nominal", "nilai"),
    "balance": ("saldo", "balance", "saldo akhir"),
}
MONTHS = (
    "jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des",
)  # fmt: skip
ALSO = {
    "may": 5, "aug": 8, "ags": 8, "agt": 8, "oct": 10, "dec": 12, "peb": 2, "nop": 11,
}  # fmt: skip
_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[A-Za-z]{3,9})(?:[-/. ](\d{4}|\d{2}))?")
_SIGN = re.compile(r"(?:^|\s|(?<=\d))(CR|K|DB|DR|D)\.?$", re.IGNORECASE)
_SUM = re.compile(r"(sub ?)?(jumlah|total|saldo|halaman|balance|page)\b", re.IGNORECASE)
_PLAIN = re.compile(r"\d+(?:[.,]\d{1,2})?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3})+(?:,\d{1,2})?|(?:,\d{3})+(?:\.\d{1,2})?)")
_NOTHING = re.compile(r"0[.,]000")
_EMPTY = re.compile(r"(?:rp\.?)?[\s–—-]*", re.IGNORECASE)
MOST = 10**15
MOST_DIGITS = 40  # with all points and commas
ROWS = 5_000


def read_sen(value: Any) -> int | None:
    """An amount in sen as a bank writes it; ``None`` where it is none. Money that leaves is negative.

    >>> [read_sen(one) for one in ("1.500.000,00", "1,500,000.25", "Rp 75.000", "(2.500)", "100,00 DB")]
    [150000000, 150000025, 7500000, -250000, -10000]
    >>> read_sen("abc"), read_sen(""), read_sen(12.5), read_sen("1.500,5"), read_sen("1.500,000")
    (None, None, 1250, 150050, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return round(value * 100) if abs(value) < MOST else None
    text = str(value).strip()
    sign = -1 if text.startswith(("-", "(")) or text.endswith("-") else 1
    marked = _SIGN.search(text)
    if marked:
        sign = -1 if marked[1].upper().startswith("D") else 1
        text = text[: marked.start()]
    digits = re.sub(r"^rp\.?", "", text.strip("()+- "), flags=re.IGNORECASE).replace(" ", "")
    return _sen(digits, sign)


def _sen(digits: str, sign: int) -> int | None:
    """Digits with at most one sign between thousands and another before the sen, all groups whole."""
    known = (_PLAIN, _GROUPED, _NOTHING)
    if len(digits) > MOST_DIGITS or not any(form.fullmatch(digits) for form in known):
        return None
    *whole, last = re.split(r"[.,]", digits)
    if not whole or len(last) == 3:
        whole, last = [*whole, last], ""
    amount = int("".join(whole)) * 100 + int(last.ljust(2, "0"))
    return sign * amount if amount < MOST * 100 else None


def read_day(value: Any, until: date | None = None) -> date | None:
    """A day as a bank writes it, day before month. Where the year is left out, it is the latest such
    day that is not after ``until``; without ``until`` it is no day.

    >>> read_day("12/05/2005"), read_day("3-Mei-05"), read_day("31/04/2005"), read_day("12 Mei")
    (datetime.date(2005, 5, 12), datetime.date(2005, 5, 3), None, None)
    >>> read_day("07/01", date(2005, 1, 9)), read_day("20/12", date(2005, 1, 9))
    (datetime.date(2005, 1, 7), datetime.date(2004, 12, 20))
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        pass
    found = _DAY.match(text)
    if not found:
        return None
    month, day = _month(found[2]), int(found[1])
    if found[3]:
        year = int(found[3])
        return _date(year + 2000 if year < 100 else year, month, day)
    years = (until.year, until.year - 1) if until else ()
    days = (_date(year, month, day) for year in years)
    return next((one for one in days if one and until and one <= until), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    short = text[:3].lower()
    return MONTHS.index(short) + 1 if short in MONTHS else ALSO.get(short, 0)


def plain(heading: Any) -> str:
    """A heading as it is compared: small letters, no marks.

    >>> plain(" Tgl. Transaksi (WIB) "), plain(None)
    ('tgl transaksi', '')
    """
    text = re.sub(r"\(.*?\)", " ", str(heading or "").lower())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())


def guess(headings: Sequence[Any], known: Mapping[str, str] | None = None) -> dict[str, int]:
    """Which column holds what: ``known`` headings of earlier statements first, then the usual words.

    >>> guess(["Tanggal", "Uraian", "Debet", "Kredit", "Saldo"])
    {'date': 0, 'text': 1, 'debit': 2, 'credit': 3, 'balance': 4}
    """
    said = [plain(one) for one in headings]
    found: dict[str, int] = {}
    for field, words in HEADINGS.items():
        wanted = [plain((known or {}).get(field))] if (known or {}).get(field) else []
        for word in (*wanted, *words):
            if word in said and said.index(word) not in found.values():
                found[field] = said.index(word)
                break
    return found


def header_row(rows: Sequence[Sequence[Any]]) -> int | None:
    """The number of the row with the headings: the first that names a day and an amount."""
    for number, row in enumerate(rows[:30]):
        found = guess(row)
        if "date" in found and {"amount", "debit", "credit"} & found.keys():
            return number
    return None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement; ``amount`` whole rupiah, in positive; ``key`` the same for the same line."""

    on: date
    amount: int
    text: str
    reference: str
    key: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a statement says: its lines, the balances before and after, every wrong row, and the first and the
    last day it speaks of, if only to say that nothing moved.
    """

    lines: tuple[Line, ...]
    opening: int
    closing: int
    wrong: tuple[Reason, ...] = ()
    since: date | None = None
    until: date | None = None


def read(
    rows: Iterable[Sequence[Any]],
    columns: Mapping[str, int],
    *,
    opening_sen: int | None = None,
    first: int = 2,
    until: date | None = None,
) -> Read:
    """The lines of a table below its headings; ``columns``: number of the column of each field.

    ``opening_sen``: the balance before, where no column of balances says it. ``first``: the number of
    the first row in the file. ``until``: the day on which the file was there; a later one is wrong. Sums
    and page ends are passed over; any other row with an amount and no day, or with an amount that
    cannot be read, or whose balance does not follow, is wrong. A row with a day and a balance alone says that
    the account stood so on that day.
    """
    wrong: list[Reason] = []
    days: list[date] = []
    taken: list[tuple[date, int, str, str]] = []
    loose: list[tuple[int, int, str]] = []
    running = opening_sen
    start = opening_sen
    for number, row in _by_day(list(enumerate(rows, start=first)), columns, until):
        found = _row(row, columns, number, wrong, loose, until)
        if found is None:
            continue
        on, sen, text, reference, balance = found
        if running is None:
            running = start = (balance - sen) if balance is not None else (0 if sen else None)
        if running is not None:
            running += sen
        if balance is not None and balance != running:
            wrong.append(_off(number, running or 0, balance))
            running = balance
        if sen:
            taken.append((on, sen, text, reference))
        if sen or balance is not None:
            days.append(on)
    begun = start or 0
    lines = _whole(sorted(taken, key=lambda one: one[0]), begun)
    moved = sum(sen for _, sen, _, _ in taken)
    wrong += [_undated(number) for number, sen, text in loose if text or sen != moved]
    spoken = (min(days), max(days)) if days else (None, None)
    return Read(tuple(lines), begun // 100, (begun + moved) // 100, tuple(wrong), *spoken)


def _by_day(
    rows: list[tuple[int, Sequence[Any]]], columns: Mapping[str, int], until: date | None
) -> list[tuple[int, Sequence[Any]]]:
    """The rows with the oldest day first: some banks print the newest on top."""
    at = columns["date"]
    days = [day for _, row in rows if at < len(row) and (day := read_day(row[at], until))]
    return rows[::-1] if days and days[0] > days[-1] else rows


def _off(number: int, counted: int, said: int) -> Reason:
    return Reason(
        "upk.bank.balance",
        "Row {row}: the balance does not follow from the row before; it is off by {off} sen.",
        {"row": number, "off": said - counted},
        {"row": number, "column": "balance"},
    )


def _row(
    row: Sequence[Any],
    columns: Mapping[str, int],
    number: int,
    wrong: list[Reason],
    loose: list[tuple[int, int, str]],
    until: date | None,
) -> tuple[date, int, str, str, int | None] | None:
    """A line of the statement; a row that is wrong goes to ``wrong``, an amount without a day to ``loose``."""

    def cell(field: str) -> Any:
        at = columns.get(field)
        return row[at] if at is not None and at < len(row) else None

    on, sen = read_day(cell("date"), until), _moved(cell, columns)
    said_day, text = str(cell("date") or "").strip(), " ".join(str(cell("text") or "").split())
    if on is None:
        if not _passed_over(row, sen, _amounts(cell, columns)):
            _without_day(number, said_day, sen, text, wrong, loose)
        return None
    balance = read_sen(cell("balance"))
    if sen is None and balance is not None and not any(_amounts(cell, columns)):
        sen = 0
    if sen is None:
        wrong.append(_no_amount(number, _unread(cell, columns) or text))
    elif until is not None and on > until:
        wrong.append(_to_come(number, on))
    else:
        return on, sen, text, str(cell("reference") or "").strip(), balance
    return None


def _passed_over(row: Sequence[Any], sen: int | None, amounts: Sequence[str]) -> bool:
    """Whether a row without a day is none of the list: no amount, a sum, the headings of a next page."""
    if sen == 0 or any(isinstance(one, str) and _SUM.match(one.strip()) for one in row):
        return True
    return sen is None and not any(sign.isdigit() for one in amounts for sign in one)


def _without_day(
    number: int,
    said: str,
    sen: int | None,
    text: str,
    wrong: list[Reason],
    loose: list[tuple[int, int, str]],
) -> None:
    if said:
        wrong.append(_no_day(number, said))
    else:
        loose.append((number, sen or 0, text))


def _no_day(number: int, said: str) -> Reason:
    values, where = {"row": number, "value": said}, {"row": number, "column": "date"}
    return Reason("upk.bank.day", "Row {row}: this is no day: {value}.", values, where)


def _no_amount(number: int, said: str) -> Reason:
    values, where = {"row": number, "value": said}, {"row": number, "column": "amount"}
    return Reason(
        "upk.bank.amount", "Row {row}: the amount cannot be read: {value}.", values, where
    )


def _undated(number: int) -> Reason:
    where = {"row": number, "column": "date"}
    return Reason(
        "upk.bank.undated",
        "Row {row} has an amount and no day. Write the day, or take the row out of the file.",
        {"row": number},
        where,
    )


def _to_come(number: int, on: date) -> Reason:
    values, where = {"row": number, "on": on.isoformat()}, {"row": number, "column": "date"}
    return Reason("upk.bank.to_come", "Row {row}: {on} is still to come.", values, where)


def _fields(columns: Mapping[str, int]) -> tuple[str, ...]:
    """The columns that say what a row moves: the two sides, or its signed amount."""
    return ("credit", "debit") if {"debit", "credit"} & columns.keys() else ("amount",)


def _amounts(cell: Any, columns: Mapping[str, int]) -> list[str]:
    return [str("" if (said := cell(one)) is None else said).strip() for one in _fields(columns)]


def _unread(cell: Any, columns: Mapping[str, int]) -> str:
    """What stands where an amount should and is none."""
    fields = zip(_fields(columns), _amounts(cell, columns), strict=True)
    return " ".join(said for one, said in fields if said and read_sen(cell(one)) is None)


def _moved(cell: Any, columns: Mapping[str, int]) -> int | None:
    """What a row moves, in sen: of its signed amount, or credit less debit; ``None`` where a side says
    something that is no amount.
    """
    fields = _fields(columns)
    if fields == ("amount",):
        return read_sen(cell("amount"))
    sides = [read_sen(cell(one)) for one in fields]
    said = _amounts(cell, columns)
    if any(
        one is None and not _EMPTY.fullmatch(text) for one, text in zip(sides, said, strict=True)
    ):
        return None
    return abs(sides[0] or 0) - abs(sides[1] or 0)


def _whole(taken: Sequence[tuple[date, int, str, str]], begun: int) -> Iterable[Line]:
    seen: dict[str, int] = {}
    running = begun
    for on, sen, text, reference in taken:
        amount = (running + sen) // 100 - running // 100
        running += sen
        if not amount:
            continue
        said = f"{on.isoformat()}|{sen}|{text}|{reference}"
        seen[said] = seen.get(said, 0) + 1
        key = sha256(f"{said}|{seen[said]}".encode()).hexdigest()[:40]
        yield Line(on, amount, text[:200], reference[:60], key)
