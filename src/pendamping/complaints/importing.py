"""What a register from elsewhere would bring in: read, held against the guideline and what is here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from pendamping.complaints import facts, labels, tables
from pendamping.complaints.models import Complaint
from pendamping.complaints.rules import ABOUT, ComplaintRule, Turn, standing
from pendamping.complaints.rules.incoming import Incoming, Words, read_rows
from pendamping.complaints.rules.mapping import Meant, RegisterMap
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.refusal import N_, Reason

MOST_REASONS = 200
HEADINGS = {
    "number": "Nomor", "received_on": "Tanggal diterima", "channel": "Cara masuk", "kind": "Jenis",
    "about": "Tentang", "subject": "Singkatnya", "text": "Isi pengaduan", "hope": "Harapan",
    "misuse": "Penyalahgunaan", "amount": "Nilai (Rp)", "recovered": "Kembali (Rp)",
    "due_on": "Batas waktu", "answered_on": "Tanggal dijawab", "answer": "Jawaban",
    "closed_on": "Tanggal selesai", "confirmed": "Dibenarkan pelapor", "name": "Nama pelapor",
    "contact": "Kontak", "address": "Alamat", "sex": "L/P", "against": "Yang diadukan",
}  # fmt: skip
"""The headings of our own workbook: Indonesian, as in the complaint book of the guideline."""


@dataclass(slots=True)
class Found:
    """What a file holds. ``rows``: to be taken in; ``here``: numbers that were taken in before.

    ``notes``: what is ignored or looks doubtful, and stops nothing; ``overdue``: how many had missed a
    limit on the day of asking; ``open``: how many are not settled.
    """

    origin: str
    rule: ComplaintRule
    rows: list[Incoming] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)
    here: list[str] = field(default_factory=list)
    left: int = 0

    def counts(self, on: date) -> dict[str, int]:
        """How many rows are new, open, closed, late by the limit of the file or ours, here before, left out."""
        states = [one.state for one in self.rows]
        late = [one for one in self.rows if _late(one, self.rule, on)]
        return {
            "new": len(self.rows), "open": states.count("open"), "answered": states.count("answered"),
            "closed": states.count("closed"), "past_their_day": len(late), "here": len(self.here),
            "left_out": self.left,
        }  # fmt: skip


def _late(one: Incoming, rule: ComplaintRule, on: date) -> bool:
    """Whether its limit, that of the file or else ours, was not kept."""
    got, days = one.days["received_on"], one.days
    if got is None or got > on:
        return False
    ended = days["answered_on"] or days["closed_on"] if one.state != "open" else None
    turn = Turn(got, one.keys["level"], ended, days["due_on"], elsewhere=on)
    return standing([turn], rule, on).overdue


def own_map(origin: str) -> RegisterMap:
    """The mapping of our own workbook."""
    return RegisterMap(origin, {name: Meant(column=column) for name, column in HEADINGS.items()})


def request_of(ward: str, origin: str, number: str) -> str:
    """By what a complaint of another register is known here: it comes in once."""
    return sha256(f"{ward}\n{origin}\n{number}".encode()).hexdigest()[:40]


def check(
    ward: str,
    content: bytes,
    mapping: RegisterMap,
    today: date,
    tick: Callable[[int], None] = lambda _row: None,
) -> Found:
    """What a file would bring into a ward. Refuses a file that is no table or lacks a column."""
    table = tables.read(content, mapping)
    words = Words(_known(ward, today), facts.rule_on(ward, today), today)
    read = read_rows(mapping, table.sheet, table.cells(), words, tick)
    found = Found(mapping.origin, words.rule, reasons=read.reasons[:MOST_REASONS], left=read.left)
    if len(read.reasons) > MOST_REASONS:
        more = {"count": len(read.reasons) - MOST_REASONS}
        found.reasons.append(Reason("complaints.more", N_("{count} more cells are wrong."), more))
    taken = _taken(ward)
    for one in read.rows:
        before = taken.get(request_of(ward, mapping.origin, one.said["number"]))
        if before is None:
            found.rows.append(one)
        else:
            found.here.append(one.said["number"])
            found.notes += _differs(one, before)
    found.notes += _notes(table.unread, read.doubles)
    if not read.rows and not found.reasons:
        found.reasons.append(Reason("complaints.file", N_("There is no complaint in the file.")))
    return found


def _notes(unread: list[str], doubles: list[tuple[str, str]]) -> list[Reason]:
    notes = [
        Reason("complaints.unread", N_("Nothing is read of the column {column}."), {"column": one}, {"column": one})
        for one in unread
    ]  # fmt: skip
    text = N_("Numbers {first} and {second} say the same of one day; they may be one complaint.")
    return notes + [
        Reason("complaints.doubles", text, {"first": one, "second": two}, {"first": one, "second": two})
        for one, two in doubles[:MOST_REASONS]
    ]  # fmt: skip


def _differs(one: Incoming, before: tuple[str, Any]) -> list[Reason]:
    """A complaint that is here and closed in the file since: that is said on its own page, by who may."""
    number, status = before
    if one.state == status or (one.state, status) != ("closed", "open"):
        return []
    text = N_(
        "Number {number} is closed in the file and open here as {ours}; answer it on its page."
    )
    values = {"number": one.said["number"], "ours": number}
    return [Reason("complaints.differs", text, values, values)]


def _taken(ward: str) -> dict[str, tuple[str, str]]:
    """Form id → number and state of what is in the register of the ward."""
    rows = Complaint.objects.filter(ward=ward).values_list("request", "year", "number", "status")
    return {one: (f"PPM-{year}-{number:03d}", status) for one, year, number, status in rows}


def _known(ward: str, today: date) -> dict[str, Mapping[str, str]]:
    """What may stand in a cell: the guideline's keys and names in both languages; what it is about in ours."""
    text = guidelines.in_force(ward, today)
    parts = {"channel": "channels", "kind": "kinds", "scope": "scopes", "level": "levels"}
    known: dict[str, Mapping[str, str]] = {
        part: {
            word.casefold(): key
            for key, one in text.section(f"complaint_{section}").items()
            for word in (key, *one["name"].values())
        }
        for part, section in parts.items()
    }
    return {
        **known,
        "about": {word.casefold(): key for key in ABOUT for word in labels.about_words(key)},
    }
