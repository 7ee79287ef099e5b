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
ENGLISH = {"may": 5, "aug": 8, "ags": 8, "oct": 10, "dec": 12}
_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2}|[A-Za-z]{3,9})(?:[-/. ](\d{4}|\d{2}))?")
_SIGN = re.compile(r"(?:^|\s|(?<=\d))(CR|K|DB|DR|D)\.?$", re.IGNORECASE)
_SUM = re.compile(r"(sub ?)?(jumlah|total|saldo|halaman|balance|page)\b", re.IGNORECASE)
MOST = 10**15
MOST_DIGITS = 40  # with all points and commas
ROWS = 5_000


def read_sen(value: Any) -> int | None:
    """An amount in sen as a bank writes it; ``None`` where it is none. Money that leaves is negative.

    >>> [read_sen(one) for one in ("1.500.000,00", "1,500,000.25", "Rp 75.000", "(2.500)", "100,00 DB")]
    [150000000, 150000025, 7500000, -250000, -10000]
    >>> read_sen("abc"), read_sen(""), read_sen(12.5), read_sen("1.500,5")
    (None, None, 1250, 150050)
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
    if len(digits) > MOST_DIGITS or not re.fullmatch(r"[0-9][0-9.,]*", digits):
        return None
    parts = re.split(r"[.,]", digits)
    last = parts[-1]
    if len(parts) > 1 and len(last) in (1, 2):
        whole, fraction = "".join(parts[:-1]), last.ljust(2, "0")
    elif len(parts) == 1 or all(len(part) == 3 for part in parts[1:]):
        whole, fraction = "".join(parts), "00"
    else:
        return None
    amount = int(whole or "0") * 100 + int(fraction)
    return sign * amount if amount < MOST * 100 else None


def read_day(value: Any, year: int | None = None) -> date | None:
    """A day as a bank writes it, day before month; ``year``: where the bank leaves it out.

    >>> read_day("12/05/2005"), read_day("3-Mei-05"), read_day("31/04/2005"), read_day("07/01", 2005)
    (datetime.date(2005, 5, 12), datetime.date(2005, 5, 3), None, datetime.date(2005, 1, 7))
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
    month = _month(found[2])
    number = int(found[3]) if found[3] else (year or 0)
    if number < 100:
        number += 2000
    try:
        return date(number, month, int(found[1]))
    except ValueError:
        return None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    short = text[:3].lower()
    return MONTHS.index(short) + 1 if short in MONTHS else ENGLISH.get(short, 0)


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
    """What a statement says: its lines, the balances before and after, and every wrong row."""

    lines: tuple[Line, ...]
    opening: int
    closing: int
    wrong: tuple[Reason, ...] = ()


def read(
    rows: Iterable[Sequence[Any]],
    columns: Mapping[str, int],
    *,
    opening_sen: int | None = None,
    first: int = 2,
    year: int | None = None,
) -> Read:
    """The lines of a table below its headings; ``columns``: number of the column of each field.

    ``opening_sen``: the balance before, where no column of balances says it. ``first``: the number of
    the first row in the file. Rows without a day and an amount (subtotals, page ends) are passed over;
    a row with only one of them, or whose balance does not follow, is wrong.
    """
    wrong: list[Reason] = []
    taken: list[tuple[date, int, str, str]] = []
    running = opening_sen
    start = opening_sen
    for number, row in _by_day(list(enumerate(rows, start=first)), columns, year):
        found = _row(row, columns, number, wrong, year)
        if found is None:
            continue
        on, sen, text, reference, balance = found
        if not sen:  # the balance brought forward
            if running is None and balance is not None:
                running = start = balance
            continue
        if running is None:
            running = start = (balance - sen) if balance is not None else 0
        running += sen
        if balance is not None and balance != running:
            wrong.append(_off(number, running, balance))
            running = balance
        taken.append((on, sen, text, reference))
    begun = start or 0
    lines = _whole(sorted(taken, key=lambda one: one[0]), begun)
    closing = begun + sum(sen for _, sen, _, _ in taken)
    return Read(tuple(lines), begun // 100, closing // 100, tuple(wrong))


def _by_day(
    rows: list[tuple[int, Sequence[Any]]], columns: Mapping[str, int], year: int | None
) -> list[tuple[int, Sequence[Any]]]:
    """The rows with the oldest day first: some banks print the newest on top."""
    at = columns["date"]
    days = [day for _, row in rows if at < len(row) and (day := read_day(row[at], year))]
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
    year: int | None,
) -> tuple[date, int, str, str, int | None] | None:
    def cell(field: str) -> Any:
        at = columns.get(field)
        return row[at] if at is not None and at < len(row) else None

    on, sen = read_day(cell("date"), year), _moved(cell, columns)
    said_day, text = str(cell("date") or "").strip(), " ".join(str(cell("text") or "").split())
    if on is None and (not said_day or sen in (None, 0) or _SUM.match(said_day)):
        return None
    if on is None or sen is None:
        wrong.append(_no_day(number, said_day) if on is None else _no_amount(number, text))
        return None
    return on, sen, text, str(cell("reference") or "").strip(), read_sen(cell("balance"))


def _no_day(number: int, said: str) -> Reason:
    values, where = {"row": number, "value": said}, {"row": number, "column": "date"}
    return Reason("upk.bank.day", "Row {row}: this is no day: {value}.", values, where)


def _no_amount(number: int, said: str) -> Reason:
    values, where = {"row": number, "value": said}, {"row": number, "column": "amount"}
    return Reason(
        "upk.bank.amount", "Row {row}: the amount cannot be read: {value}.", values, where
    )


def _moved(cell: Any, columns: Mapping[str, int]) -> int | None:
    """What a row moves, in sen: of its signed amount, or credit less debit."""
    if "debit" not in columns and "credit" not in columns:
        return read_sen(cell("amount"))
    sides = [read_sen(cell(side)) for side in ("credit", "debit")]
    said = [str(cell(side) or "").strip() for side in ("credit", "debit")]
    if all(one is None for one in sides):
        return None if any(text not in ("", "-") for text in said) else 0
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
