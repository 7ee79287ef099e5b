"""Bank statements in OFX, of the first kind (SGML, leaves without an end) and the second (XML). Pure Python.

A flat reading of the few fields that a bank account needs, line by line. Why no library: ADR 0040. Source:
Open Financial Exchange 1.6 and 2.2, sections 3 (elements) and 11 (bank statement).
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from pendamping.funds.upk.rules.bank_file import (
    CURRENCY,
    MOST_SIGNS,
    Entry,
    Filed,
    plain_number,
    repeats,
    sen_of,
)
from pendamping.kernel.refusal import N_

_TAG = re.compile(r"<(/?)([A-Z0-9._]{1,32})\s*(/?)>([^<]*)", re.IGNORECASE)
_CHARSET = re.compile(
    rb"(?:ENCODING:\s*|encoding\s*=\s*[\"'])(UTF-?8|UNICODE|USASCII|[A-Za-z0-9-]+)", re.IGNORECASE
)
WITHIN = (
    "STMTTRN",
    "LEDGERBAL",
    "AVAILBAL",
    "BANKACCTFROM",
    "CCACCTFROM",
    "BANKACCTTO",
    "CCACCTTO",
)
"""Groups whose leaves are told apart: an amount or a number means another thing in each."""


def looks_so(head: str) -> bool:
    """Whether a file begins as one in OFX does."""
    return "OFXHEADER" in head.upper() or "<OFX>" in head.upper()


def declared(content: bytes) -> str:
    """The writing that the head of a file claims; empty where it claims none."""
    found = _CHARSET.search(content[:1000])
    said = found[1].decode("ascii").upper() if found else ""
    return "UTF-8" if said in ("UNICODE", "UTF8", "UTF-8") else ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A tag of the file with the text behind it; ``end``: it closes."""

    tag: str
    end: bool
    text: str
    line: int


def leaves(lines: Sequence[str]) -> Iterator[Leaf]:
    """The tags of a file in order, each with its line."""
    text = "\n".join(lines).replace("<![CDATA[", "").replace("]]>", "")
    at, line = 0, 1
    for found in _TAG.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        said = html.unescape(found[4].strip())
        yield Leaf(found[2].upper(), bool(found[1] or found[3]), said, line)


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    found: Filed
    group: str = ""
    begun: int = 0
    said: dict[str, Leaf] = field(default_factory=dict)
    as_of: date | None = None
    number_line: int = 0


def read(lines: Sequence[str]) -> Filed:
    """What a file says. Raises ``Refusal`` with every wrong line."""
    reading = _Reading(Filed("ofx"))
    for number, line in enumerate(lines, start=1):
        if re.search(r"<!(DOCTYPE|ENTITY)", line, re.IGNORECASE):
            reading.found.say("upk.bank.entity", N_("Line {line}: no bank writes this."), number)
            reading.found.finish()
    for leaf in leaves(lines):
        _take(reading, leaf)
    _close(reading)
    found = reading.found
    if not found.wrong:
        _whole(reading)
    return found.finish()


def _take(reading: _Reading, leaf: Leaf) -> None:
    if leaf.tag in WITHIN:
        _close(reading)
        if not leaf.end:
            reading.group, reading.begun, reading.said = leaf.tag, leaf.line, {}
    elif len(leaf.text) > MOST_SIGNS:
        reading.found.say("upk.bank.long", N_("Line {line}: this field is too long."), leaf.line)
    elif leaf.tag == "CURDEF" and not leaf.end and leaf.text.upper() != CURRENCY:
        reading.found.say(
            "upk.bank.currency",
            N_("Line {line}: the account is kept in {currency}, the books in {own}."),
            leaf.line,
            currency=leaf.text,
            own=CURRENCY,
        )
    elif reading.group and not leaf.end and leaf.text:
        reading.said.setdefault(leaf.tag, leaf)


def _close(reading: _Reading) -> None:
    """A group ends: with its own tag, or where the next begins."""
    group, reading.group = reading.group, ""
    if group == "STMTTRN":
        _transaction(reading)
    elif group == "LEDGERBAL":
        _balance(reading)
    elif group in ("BANKACCTFROM", "CCACCTFROM"):
        _account(reading)


def _account(reading: _Reading) -> None:
    leaf = reading.said.get("ACCTID")
    said = plain_number(leaf.text) if leaf else ""
    if leaf and reading.found.number and said != reading.found.number:
        reading.found.say(
            "upk.bank.two_accounts",
            N_(
                "Line {line}: another account begins here; line {before} names the first. Upload each account "
                "by itself."
            ),
            leaf.line,
            before=reading.number_line,
        )
    if leaf and not reading.found.number:
        reading.found.number, reading.number_line = said, leaf.line


def day_of(text: str) -> date | None:
    """A day as OFX writes it, whatever hour and zone follow.

    >>> day_of("20050512120000.000[+7:WIB]"), day_of("20050431"), day_of("12/05/2005")
    (datetime.date(2005, 5, 12), None, None)
    """
    found = re.match(r"([0-9]{4})([0-9]{2})([0-9]{2})", text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _transaction(reading: _Reading) -> None:
    said, found = reading.said, reading.found
    on, sen = _day(reading, "DTPOSTED"), _amount(reading, "TRNAMT")
    if on is None or sen is None:
        return
    name, memo, check, fitid = (
        said[tag].text if tag in said else "" for tag in ("NAME", "MEMO", "CHECKNUM", "FITID")
    )
    text = f"{memo if memo.startswith(name) else f'{name} {memo}'} {check}"
    found.entries.append(Entry(reading.begun, on, sen, " ".join(text.split()), fitid))


def _day(reading: _Reading, tag: str) -> date | None:
    leaf = reading.said.get(tag)
    on = day_of(leaf.text) if leaf else None
    if on is None:
        reading.found.say(
            "upk.bank.ofx_day",
            N_("Line {line}: this is no day as OFX writes it: {value}"),
            leaf.line if leaf else reading.begun,
            value=leaf.text[:60] if leaf else "–",
        )
    return on


def _amount(reading: _Reading, tag: str) -> int | None:
    leaf = reading.said.get(tag)
    sen = sen_of(leaf.text) if leaf else None
    if sen is None:
        reading.found.say(
            "upk.bank.ofx_amount",
            N_("Line {line}: this is no amount as OFX writes it: {value}"),
            leaf.line if leaf else reading.begun,
            value=leaf.text[:60] if leaf else "–",
        )
    return sen


def _balance(reading: _Reading) -> None:
    """The balance in the bank's books on a day; the latest counts where there are several."""
    sen = _amount(reading, "BALAMT")
    on = _day(reading, "DTASOF")
    if sen is not None and on is not None and (reading.as_of is None or on >= reading.as_of):
        reading.found.closing, reading.as_of = sen, on


def _whole(reading: _Reading) -> None:
    """Nothing stands twice, and the balance before is what its transactions leave."""
    found = reading.found
    for again, first in repeats(one for one in found.entries if one.reference):
        found.say(
            "upk.bank.repeats",
            N_("Line {line} says again what line {first} says."),
            again,
            first=first,
        )
    if found.closing is not None and reading.as_of is not None:
        moved = sum(one.sen for one in found.entries if one.on <= reading.as_of)
        found.opening = found.closing - moved
