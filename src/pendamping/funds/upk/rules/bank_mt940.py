"""Bank statements in MT940: fields by their tags. Pure Python; the grammar of a field is the library's.

``mt940`` knows how :60:, :61: and :62: are written; the tags are split here, because a reason must name the
line. Source: SWIFT MT940 (customer statement), as the library documents it.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from pendamping.funds.upk.rules.bank_file import (
    CURRENCY,
    MOST_SIGNS,
    Entry,
    Filed,
    plain_number,
    repeats,
    sen_of,
)
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_

_TAG = re.compile(r":([0-9]{2}[A-Z]?|NS):(.*)", re.DOTALL)
_PART = re.compile(r"\?[0-9]{2}")
STATEMENT = 61
SIGN = {"C": 1, "D": -1, "RC": -1, "RD": 1}
"""What a mark moves: a credit, a debit, and either taken back."""


def looks_so(head: str) -> bool:
    """Whether a file begins as a statement in MT940 does."""
    return bool(re.search(r"^:20:", head, re.MULTILINE) and re.search(r"^:(25|60)", head, re.M))


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the file: its tag, its text over all its lines, and the line on which it begins."""

    tag: str
    text: str
    line: int


def fields(lines: Sequence[str]) -> Iterator[Field]:
    """The fields of a file, without the envelope around them."""
    tag, texts, begun = "", list[str](), 0
    for number, raw in enumerate(lines, start=1):
        line = raw.strip()
        if "{4:" in line:
            line = line.split("{4:", 1)[1].strip()
        found = _TAG.fullmatch(line)
        ends = line.startswith(("{", "-}")) or line in ("-", "")
        if tag and (found or ends):
            yield Field(tag, "\n".join(texts), begun)
            tag = ""
        if found:
            tag, texts, begun = found[1], [found[2]], number
        elif tag:
            texts.append(line)
    if tag:
        yield Field(tag, "\n".join(texts), begun)


@dataclass(slots=True)
class Block:
    """One statement of the file: a day, or a page of it."""

    opening: int | None = None
    opened: int = 0  # the line of the opening balance
    closing: int | None = None
    closed: int = 0
    until: date | None = None

    def sums(self, entries: Sequence[Entry]) -> int:
        """What its transactions come to."""
        return sum(one.sen for one in entries if self.opened < one.line < self.closed)


@dataclass(slots=True)
class _Reading:
    """What was read so far; ``number_line``: the line that names the account."""

    found: Filed
    blocks: list[Block] = field(default_factory=list)
    number_line: int = 0

    @property
    def inside(self) -> bool:
        """Whether a statement is open: it has begun, and not ended."""
        return bool(self.blocks) and not self.blocks[-1].closed


def read(lines: Sequence[str]) -> Filed:
    """What a file says. Raises ``Refusal`` with every wrong line."""
    reading = _Reading(Filed("mt940"))
    for one in fields(lines):
        if len(one.text) > MOST_SIGNS:
            text = N_("Line {line}: this field is too long.")
            reading.found.say("upk.bank.long", text, one.line)
        elif one.tag in _READERS:
            _READERS[one.tag](reading, one)
    if not reading.found.wrong:
        _balances(reading.found, reading.blocks)
    return reading.found.finish()


def _account(reading: _Reading, one: Field) -> None:
    found = reading.found
    said = plain_number(one.text.split("/")[-1].removesuffix(CURRENCY))
    if found.number and said != found.number:
        found.say(
            "upk.bank.two_accounts",
            N_(
                "Line {line}: another account begins here; line {before} names the first. Upload each account "
                "by itself."
            ),
            one.line,
            before=reading.number_line,
        )
    found.number = found.number or said
    reading.number_line = reading.number_line or one.line


def _begin(reading: _Reading, one: Field) -> None:
    opening, _ = _balance(reading.found, one)
    reading.blocks.append(Block(opening, one.line))


def _end(reading: _Reading, one: Field) -> None:
    if reading.blocks:
        last = reading.blocks[-1]
        last.closed = one.line
        last.closing, last.until = _balance(reading.found, one)


@cache
def _grammar() -> Any:
    """The tags of the library, which is read when the first statement is."""
    from mt940 import models, tags  # type: ignore[import-untyped, unused-ignore]

    return tags.TAG_BY_ID, models.Transactions()


def _groups(tag: str | int, text: str) -> dict[str, Any] | None:
    """The parts of a field, with its dates; ``None`` where it is not written as its tag wants."""
    known, statement = _grammar()
    matched = known[tag].re.match(text)
    if not matched:
        return None
    try:
        said = known[tag](statement, matched.groupdict())
    except (ValueError, ArithmeticError):  # a 31 April, an amount of commas alone
        return None
    days = {key: said.get(key) for key in ("date", "entry_date")} if tag == STATEMENT else {}
    return {**matched.groupdict(), **days}


def _balance(found: Filed, one: Field) -> tuple[int | None, date | None]:
    said = _groups(one.tag, one.text)
    sen = sen_of(str(said["amount"])) if said else None
    if said is None or sen is None:
        _unread(found, one)
        return None, None
    if said["currency"] != CURRENCY:
        found.say(
            "upk.bank.currency",
            N_("Line {line}: the account is kept in {currency}, the books in {own}."),
            one.line,
            currency=said["currency"],
            own=CURRENCY,
        )
    day = date(2000 + int(said["year"]), int(said["month"]), int(said["day"]))
    return SIGN[said["status"].upper()] * sen, day


def _unread(found: Filed, one: Field) -> None:
    found.say(
        "upk.bank.field",
        N_("Line {line}: this cannot be read as field :{tag}: of a statement: {value}"),
        one.line,
        tag=one.tag,
        value=one.text.split("\n")[0][:60],
    )


def _transaction(reading: _Reading, one: Field) -> None:
    found = reading.found
    first, *more = one.text.split("\n")
    said = _groups(STATEMENT, "\n".join([first, " ".join(more)]).strip())
    sen = sen_of(said["amount"]) if said and said["id"] else None  # no type: the amount broke off
    if said is None or sen is None or not reading.inside:
        _unread(found, one)
        return
    on = said.get("entry_date")
    day = on if isinstance(on, date) else said["date"]
    reference = said["bank_reference"] or said["customer_reference"] or ""
    found.entries.append(
        Entry(
            one.line,
            date(day.year, day.month, day.day),
            SIGN[said["status"].upper()] * sen,
            " ".join((said["extra_details"] or "").split()),
            "" if reference == "NONREF" else reference.strip(),
        )
    )


def _details(reading: _Reading, one: Field) -> None:
    """What the transaction before it was for; after the closing balance it speaks of the statement."""
    found = reading.found
    if not found.entries or not reading.inside or found.wrong:
        return
    last = found.entries[-1]
    parts = _PART.split(one.text.replace("\n", "")) if _PART.search(one.text) else []
    text = " ".join(" ".join(parts[1:] or [one.text]).split())
    found.entries[-1] = Entry(last.line, last.on, last.sen, text or last.text, last.reference)


_READERS: Mapping[str, Callable[[_Reading, Field], None]] = {
    "25": _account, "60F": _begin, "60M": _begin, "62F": _end, "62M": _end, "61": _transaction,
    "86": _details,
}  # fmt: skip
"""What each field is read by; the others say nothing that is needed."""


def _balances(found: Filed, blocks: list[Block]) -> None:
    """Each statement comes to its closing balance, and the next begins with it."""
    known = [one for one in blocks if one.closed]
    if not known or len(known) < len(blocks):
        line = blocks[-1].opened if blocks else 1
        found.say("upk.bank.ends", N_("The statement that begins in line {line} has no end."), line)
        return
    if known[0].until and known[-1].until and known[0].until > known[-1].until:
        known.reverse()  # the newest first
    for one in known:
        counted = (one.opening or 0) + one.sums(found.entries)
        if counted != one.closing:
            _parted(found, one, counted)
    for before, one in itertools.pairwise(known):
        if one.opening != before.closing:
            found.say(
                "upk.bank.page",
                N_(
                    "Line {line}: the statement begins with {opening}, the one before it ended with {closing} in "
                    "line {before}: a page or a day is missing."
                ),
                one.opened,
                opening=_said(one.opening),
                closing=_said(before.closing),
                before=before.closed,
            )
    found.opening, found.closing = known[0].opening, known[-1].closing


def _parted(found: Filed, one: Block, counted: int) -> None:
    found.say(
        "upk.bank.sum",
        N_(
            "Line {line}: the statement ends with {closing}, its lines come to {counted}: one is missing, doubled "
            "or wrong."
        ),
        one.closed,
        closing=_said(one.closing),
        counted=_said(counted),
    )
    own = [each for each in found.entries if one.opened < each.line < one.closed]
    for again, first in repeats(own):
        found.say(
            "upk.bank.repeats",
            N_("Line {line} says again what line {first} says."),
            again,
            first=first,
        )


def _said(sen: int | None) -> str:
    return format_rupiah((sen or 0) // 100)
