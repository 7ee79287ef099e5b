"""A bank statement in a format of its own (OFX, MT940): what it says, and what speaks against it. Pure Python.

Such a file names its account, its currency and its balances; a table (XLSX, CSV) leaves that to whoever
uploads it. Both become rows under the same headings, so that one page reads and matches them alike.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pendamping.kernel import signs
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason, Refusal, refuse

CELLS = ("Tanggal", "Uraian", "Referensi", "Mutasi", "Saldo")
"""The headings of the rows that a statement becomes; ``rules.statement.guess`` knows them."""

CURRENCY = "IDR"
MOST_LINES = 5_000
MOST_SIGNS = 2_000
"""Signs of one field of a file; a longer one is none that a bank writes."""
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A transaction as the file has it: ``line`` of the file, ``sen`` in positive."""

    line: int
    on: date
    sen: int
    text: str = ""
    reference: str = ""


@dataclass(slots=True)
class Filed:
    """What a file says: ``kind`` ``ofx`` or ``mt940``, the number of its account, its transactions in the
    file's order, the balances before and after in sen (``None``: it names none).
    """

    kind: str
    number: str = ""
    entries: list[Entry] = field(default_factory=list)
    opening: int | None = None
    closing: int | None = None
    wrong: list[Reason] = field(default_factory=list)

    def say(self, clause: str, text: str, line: int, **values: Any) -> None:
        """Something is wrong in a line of the file; ``text`` names it as ``{line}``."""
        self.wrong.append(Reason(clause, text, {"line": line, **values}, {"line": line}))

    def finish(self) -> "Filed":
        """The same, or ``Refusal`` with what is wrong, line by line, the first twenty."""
        if self.wrong:
            by_line = sorted(self.wrong, key=lambda one: one.where["line"])
            raise Refusal(by_line[:MOST_NAMED])
        if len(self.entries) > MOST_LINES:
            raise refuse(
                "upk.file.rows",
                "The file has more than {most} rows; upload it in parts.",
                most=MOST_LINES,
                where={"field": "file"},
            )
        return self

    def rows(self) -> list[list[str]]:
        """Headings and rows, the oldest first, with the balance after each where the file names one."""
        found, running = [list(CELLS)], self.opening
        for one in sorted(self.entries, key=lambda entry: entry.on):
            if running is not None:
                running += one.sen
            found.append(
                [
                    one.on.isoformat(),
                    one.text,
                    one.reference,
                    in_rupiah(one.sen),
                    in_rupiah(running),
                ]
            )
        return found


def in_rupiah(sen: int | None) -> str:
    """Sen as ``rules.statement.read_sen`` reads them back.

    >>> in_rupiah(-150_025), in_rupiah(500), in_rupiah(None)
    ('-1500.25', '5.00', '')
    """
    if sen is None:
        return ""
    whole, rest = divmod(abs(sen), 100)
    return f"{'-' if sen < 0 else ''}{whole}.{rest:02d}"


def text_lines(content: bytes, declared: str = "") -> list[str]:
    """The lines of a file: UTF-16 by its mark, UTF-8, else Windows Latin unless it says UTF-8.

    Raises ``Refusal`` with the line that is in no such writing, or holds a sign that cannot be read.
    """
    text = _decoded(content, declared)
    found = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    wrong = [number for number, one in enumerate(found, start=1) if signs.unreadable(one)]
    if wrong:
        raise Refusal([_sign(number) for number in wrong[:MOST_NAMED]])
    return found


def _decoded(content: bytes, declared: str) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        choices = ["utf-16"]
    else:
        choices = ["utf-8-sig"] if declared.upper().startswith("UTF") else ["utf-8-sig", "cp1252"]
    line = 1
    for encoding in choices:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
    raise Refusal([_sign(line)])


def _sign(line: int) -> Reason:
    return Reason(
        "upk.bank.sign",
        "Line {line} of the file holds signs that cannot be read; ask the bank for the file anew.",
        {"line": line},
        {"line": line},
    )


def sen_of(text: str) -> int | None:
    """An amount with one decimal mark, comma or point, and no thousands; ``None`` where it is none.

    >>> [sen_of(one) for one in ("1500,5", "-1500.00", "+7", "12,", "1.500.000", "1,234", "abc", "")]
    [150050, -150000, 700, 1200, None, None, None, None]
    """
    found = re.fullmatch(r"([+-]?)([0-9]{1,15})(?:[.,]([0-9]{0,6}))?", text.strip())
    if not found or (found[3] or "")[2:].strip("0"):
        return None
    whole, part = int(found[2]), (found[3] or "")[:2].ljust(2, "0")
    return (-1 if found[1] == "-" else 1) * (whole * 100 + int(part))


def plain_number(text: str) -> str:
    """An account's number as it is compared: letters and digits alone.

    >>> plain_number("014/123-456.7890 "), plain_number("")
    ('0141234567890', '')
    """
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def repeats(entries: Iterable[Entry]) -> list[tuple[int, int]]:
    """Lines that say again, word for word, what an earlier one says: (the later, the earlier)."""
    seen: dict[tuple[date, int, str, str], int] = {}
    found = []
    for one in entries:
        said = (one.on, one.sen, one.text, one.reference)
        if said in seen:
            found.append((one.line, seen[said]))
        seen.setdefault(said, one.line)
    return found


def number_problems(number: str, before: str, others: Sequence[str], name: str) -> list[Reason]:
    """Why a file's account may be another one: ``before``: the number of this account's last statement,
    ``others``: those of the ward's other accounts. A file or account without a number says nothing.
    """
    values = {"number": _ending(number), "name": name, "before": _ending(before)}
    if number and number in others:
        return [
            Reason(
                "upk.bank.other_account",
                "The file is of the account {number}, which is another bank account in these books.",
                values,
                {"field": "account"},
            )
        ]
    if number and before and number != before:
        return [
            Reason(
                "upk.bank.new_number",
                "The file is of the account {number}; the last statement of {name} was of {before}.",
                values,
                {"field": "renumbered"},
            )
        ]
    return []


def _ending(number: str) -> str:
    return f"…{number[-4:]}" if len(number) > 4 else number


@dataclass(frozen=True, slots=True)
class Twin:
    """A line that a file brings, and one of an earlier statement with the same day and sum."""

    on: date
    amount: int
    text: str
    other: str


def twin_problems(found: Sequence[Twin]) -> list[Reason]:
    """What looks as if it had been taken in before, in other words."""
    return [
        Reason(
            "upk.bank.twin",
            "{on}: {amount} ({text}) looks like the line “{other}” of an earlier statement.",
            {
                "on": one.on.isoformat(),
                "amount": format_rupiah(one.amount),
                "text": one.text,
                "other": one.other,
            },
            {"field": "doubles"},
        )
        for one in found[:MOST_NAMED]
    ]
