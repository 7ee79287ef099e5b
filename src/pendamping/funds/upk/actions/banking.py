"""Taking bank statements in, and matching them with the bank book."""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.upk.bank import files, reading
from pendamping.funds.upk.bank.models import (
    DISCARDED,
    DRAFT,
    TAKEN,
    BankLine,
    BankMatch,
    BankStatement,
    BookLine,
)
from pendamping.funds.upk.rules import bank_file, reconcile, statement
from pendamping.kernel import clock
from pendamping.kernel.period import month_end
from pendamping.kernel.refusal import Reason, Refusal, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "bank"
ITEMS = {"interest": "other_income", "charge": "bank_cost", "tax": "bank_cost"}
"""What a bank posts by itself, and the account on the other side."""


@action
def stage_statement(
    *, by: User, ward: str, account: str, filename: str, content: bytes
) -> BankStatement:
    """Keep the cells of a statement's file until its columns are said; ``account``: the key.

    The same file again gives back what it made. Refuses a file without a table, and every line of an
    OFX or MT940 file that cannot be read.
    """
    ledger.take_turn(ward, DESK)
    allow(by, "upk.stage_statement", ward)
    if account not in {one.key for one in reading.accounts(ward)}:
        raise refuse("upk.bank.account", "The books have no such bank account.")
    digest = sha256(content).hexdigest()
    known = BankStatement.objects.filter(ward=ward, account=account, digest=digest)
    made = known.exclude(state=DISCARDED).first()
    if made is None:
        file = files.read(content)
        cells = [[files.as_text(cell) for cell in row] for row in file.rows]
        if statement.header_row(cells) is None and len(cells) < 2:
            raise refuse(
                "upk.bank.table", "There is no list of transactions in this file.",
                where={"field": "file"},
            )  # fmt: skip
        made = BankStatement.objects.create(
            ward=ward, account=account, filename=filename[-120:], digest=digest, cells=cells,
            kind=file.kind, number=file.number[:40],
            entered_by=by, entered_on=clock.today(), entered_at=clock.now(),
        )  # fmt: skip
    record(by=by, ward=ward, record=f"bank_statement:{made.id}", account=account, file=filename)
    return made


@action
def take_statement(
    *,
    by: User,
    ward: str,
    statement_id: str,
    header: int,
    columns: Mapping[str, int],
    opening: int | None = None,
    doubles: str = "",
    renumbered: bool = False,
) -> BankStatement:
    """Take the lines of a statement in, by the columns that hold them, and match what is clear.

    ``header``: the number of the row with the headings, from 0; ``opening``: the balance before, where
    no column says it, whole rupiah. Lines that an earlier statement had are not taken twice; of those that
    an earlier one seems to have had in other words, ``doubles`` says: ``skip`` or ``take``. ``renumbered``:
    the bank gave the account another number. A file of balances alone shows a month in which nothing moved.
    """
    ledger.take_turn(ward, DESK)
    allow(by, "upk.take_statement", ward)
    found = _draft(ward, statement_id)
    if not 0 <= header < len(found.cells):
        raise Refusal([_no_header(len(found.cells))])
    read = read_cells(found, header, columns, opening)
    refuse_if(
        [
            *read.wrong,
            *_nothing(read),
            *doubts(found, read, doubles=doubles, renumbered=renumbered),
        ]
    )
    new = _new(found, read, leave_out=doubles == "skip")
    _take(found, read, new, header=header, columns=columns)
    matched = _match_clear(by, ward, found.account)
    record(
        by=by,
        ward=ward,
        record=f"bank_statement:{found.id}",
        on=found.until,
        lines=len(new),
        matched=matched,
    )
    return found


def _new(found: BankStatement, read: statement.Read, *, leave_out: bool) -> list[statement.Line]:
    """The lines that no statement brought yet; ``leave_out``: nor one in other words."""
    known = set(
        BankLine.objects.filter(ward=found.ward, account=found.account).values_list(
            "key", flat=True
        )
    )
    if leave_out:
        known |= reading.twins(found.ward, found.account, read.lines).keys()
    return [one for one in read.lines if one.key not in known]


def _take(
    found: BankStatement,
    read: statement.Read,
    new: Sequence[statement.Line],
    *,
    header: int,
    columns: Mapping[str, int],
) -> None:
    """Keep what the file says, and its new lines; its cells are no longer needed."""
    names = found.cells[header]
    found.state, found.cells = TAKEN, []
    found.headings = {field: names[at] for field, at in columns.items()}
    found.since, found.until = read.since, reading_until(read)
    found.opening, found.closing = read.opening, read.closing
    found.save()
    BankLine.objects.bulk_create(
        BankLine(
            statement=found, ward=found.ward, account=found.account, on=one.on, amount=one.amount,
            text=one.text, reference=one.reference, key=one.key,
        )
        for one in new
    )  # fmt: skip


def doubts(
    found: BankStatement, read: statement.Read, *, doubles: str = "", renumbered: bool = False
) -> list[Reason]:
    """What must be answered before a statement is taken in: whose account it is, what may stand twice."""
    ward = found.ward
    own = {one.key: one.name for one in reading.accounts(ward)}
    others = [reading.number_of(ward, key) for key in own if key != found.account]
    reasons = bank_file.number_problems(
        found.number,
        "" if renumbered else reading.number_of(ward, found.account),
        [one for one in others if one],
        own[found.account],
    )
    if doubles in ("skip", "take"):
        return reasons
    lines = {one.key: one for one in read.lines}
    return reasons + bank_file.twin_problems(
        [
            bank_file.Twin(lines[key].on, lines[key].amount, lines[key].text, one.text)
            for key, one in reading.twins(ward, found.account, read.lines).items()
        ]
    )


def reading_until(read: statement.Read) -> date:
    """Statements are of whole months: the last day of the month they speak of last, or today before it."""
    return min(month_end(read.until or date.max), clock.today())


def read_cells(
    found: BankStatement, header: int, columns: Mapping[str, int], opening: int | None
) -> statement.Read:
    """What the cells of a file say by these columns."""
    return statement.read(
        found.cells[header + 1 :],
        columns,
        opening_sen=None if opening is None else opening * 100,
        first=header + 2,
        until=found.entered_on,
    )


def _draft(ward: str, statement_id: str) -> BankStatement:
    found = reading.statement(ward, statement_id)
    if found is None or found.state != DRAFT:
        raise refuse("upk.bank.draft", "There is no such file that waits.")
    return found


def _no_header(rows: int) -> Reason:
    where = {"field": "header"}
    return Reason("upk.bank.header", "The file has {rows} rows.", {"rows": rows}, where)


def _nothing(read: statement.Read) -> list[Reason]:
    if read.since:
        return []
    return [
        Reason(
            "upk.bank.lines",
            "By these columns the file has neither a transaction nor a balance of a day.", {}, {},
        )
    ]  # fmt: skip


@action
def discard_statement(*, by: User, ward: str, statement_id: str) -> BankStatement:
    """Put a file aside whose columns were not said."""
    ledger.take_turn(ward, DESK)
    allow(by, "upk.discard_statement", ward)
    found = _draft(ward, statement_id)
    found.state, found.cells = DISCARDED, []
    found.save(update_fields=["state", "cells"])
    record(by=by, ward=ward, record=f"bank_statement:{found.id}")
    return found


def _match_clear(by: User, ward: str, account: str) -> int:
    """Match what has the same amount within the guideline's days; how many pairs."""
    own = books.account(ward, account)
    bank = reading.open_bank(ward, account)
    book = reading.open_book(ward, own)
    days = reading.match_days(ward, clock.today())
    pairs = reconcile.propose(reading.bank_items(bank), reading.book_items(book), days)
    lines, entries = {one.id: one for one in bank}, {str(one.pk): one for one in book}
    for one, two in pairs:
        _match(by, ward, account, [lines[one]], [entries[two]])
    return len(pairs)


def _match(
    by: User, ward: str, account: str, bank: Sequence[BankLine], book: Sequence[Any]
) -> BankMatch:
    made = BankMatch.objects.create(ward=ward, account=account, made_by=by, made_on=clock.today())
    BankLine.objects.filter(pk__in=[one.pk for one in bank]).update(match=made)
    BookLine.objects.bulk_create(BookLine(match=made, line_id=one.pk) for one in book)
    return made


@action
def match_lines(
    *, by: User, ward: str, account: str, bank: Sequence[str], book: Sequence[str]
) -> BankMatch:
    """Match open lines by hand, one with one or with several; both sides come to the same sum."""
    ledger.take_turn(ward, DESK)
    allow(by, "upk.match_lines", ward)
    own = books.account(ward, account)
    if own is None or account not in reading.ACCOUNTS:
        raise refuse("upk.bank.account", "The books have no such bank account.")
    lines = [one for one in reading.open_bank(ward, account) if one.id in set(bank)]
    entries = [one for one in reading.open_book(ward, own) if str(one.pk) in set(book)]
    refuse_if(reconcile.match_problems(reading.bank_items(lines), reading.book_items(entries)))
    made = _match(by, ward, account, lines, entries)
    record(by=by, ward=ward, record=f"bank_match:{made.id}", lines=len(lines), entries=len(entries))
    return made


@action
def post_bank_line(*, by: User, ward: str, line_id: str, item: str) -> BankLine:
    """Post what the bank did by itself: ``item`` interest, charge or tax; and match it. On its day; where
    that month is closed, on the first day that is still open."""
    ledger.take_turn(ward, DESK)
    allow(by, "upk.post_bank_line", ward)
    found = reading.line(ward, line_id)
    if found is None or found.match_id is not None:
        raise refuse("upk.bank.line", "There is no such open line of a statement.")
    if item not in ITEMS or (item == "interest") != (found.amount > 0):
        raise Refusal([_side()])
    other, on = ITEMS[item], reading.posted_on(ward, found.on)
    late = f" ({found.on:%d-%m-%Y})" if on != found.on else ""
    ledger.complete_accounts(by=by, ward=ward, keys=[other], on=on)
    entry = ledger.post(
        by=by,
        ward=ward,
        on=on,
        kind="bank-item",
        ref=f"bank:{found.id}",
        lines=[(found.account, found.amount), (other, -found.amount)],
        narration=fitting(found.text or item, 180) + late,
    )
    own = next(one for one in entry.lines.all() if one.account.key == found.account)
    made = _match(by, ward, found.account, [found], [own])
    record(
        by=by, ward=ward, record=f"bank_match:{made.id}", on=on, item=item,
        amount=found.amount, entry=entry.id,
    )  # fmt: skip
    return found


def _side() -> Reason:
    return Reason(
        "upk.bank.side",
        "Interest comes in; charges and tax go out.",
        {},
        {"field": "item"},
    )


@action
def unmatch_line(*, by: User, ward: str, line_id: str) -> BankLine:
    """Take a match back; what was posted from the statement's line is reversed with it."""
    ledger.take_turn(ward, DESK)
    allow(by, "upk.unmatch_line", ward)
    found = reading.line(ward, line_id)
    if found is None or found.match is None:
        raise refuse("upk.bank.line", "There is no such matched line of a statement.")
    match = found.match
    own = list(BankLine.objects.filter(match=match))
    for entry in books.standing(ward, [f"bank:{one.id}" for one in own]):
        ledger.undo(by=by, ward=ward, entry_id=entry.id)
    BookLine.objects.filter(match=match).delete()
    BankLine.objects.filter(match=match).update(match=None)
    record(by=by, ward=ward, record=f"bank_match:{match.id}", on=found.on)
    return found
