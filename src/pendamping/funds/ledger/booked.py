"""Who booked an entry, by the trail, and who approved the close of its month.

The rooms above say at the start what else the trail knows a record by (a payment under its sheet), and who has
approved a month: ``queries.ask_known_as``, ``queries.ask_close`` (ADR 0032).
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.funds.ledger.models import Entry
from pendamping.trail import queries as trail

SAME_DEED = timedelta(minutes=10)
"""Within so long after an entry stands what the trail says of it: both are of one transaction."""
OF_A_LOAN = {"disbursement": "loans.disburse"}
"""What the trail calls the deed behind an entry whose record has other deeds too, by the entry's kind."""

Also = Callable[[str], Collection[str]]
"""What else the trail knows the record of an entry (``"repayment:<id>"``) by: ids."""
Approval = Callable[[str, date], tuple[str, date] | None]
"""User name and day of the approval of the close that a ward's day belongs to."""

_also: dict[str, Also] = {}
_close: dict[str, Approval] = {}


def ask(kind: str, also: Also) -> None:
    """Say once, at the start, who knows a kind of records that entries are posted for."""
    _also[kind] = also


def ask_close(approval: Approval) -> None:
    """Say once, at the start, who knows of the closes of months."""
    _close["close"] = approval


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand it was, in words: name and office on ``day``."""

    who: str
    day: date

    def __str__(self) -> str:
        return _("%(who)s, on %(day)s") % {
            "who": self.who,
            "day": date_format(self.day, "j F Y"),
        }


def by(entry: Entry) -> Hand | None:
    """Who booked an entry, with the office held on the day of booking; ``None`` where the trail does not say."""
    found = trail.first_of(
        entry.ward, _said_of(entry), entry.entered_at, entry.entered_at + SAME_DEED
    )
    if found is None:
        return None
    return Hand(access.signed(found.actor, entry.ward, entry.entered_on), entry.entered_on)


def _said_of(entry: Entry) -> Q:
    """What an event has to say to be the deed behind an entry."""
    kind, _colon, key = entry.ref.partition(":")
    keys = {entry.id, *([entry.reversal_of_id] if entry.reversal_of_id else [])}
    if "-" not in key and len(key) > 20:
        keys.add(key)
    keys |= set(_also[kind](key)) if kind in _also else set()
    said = Q(record__in=[entry.ref] if entry.ref else [])
    for one in keys:
        said |= Q(record__endswith=f":{one}") | Q(data__contains=f'"{one}"')
    verb = OF_A_LOAN.get(entry.kind)
    return said & Q(verb=verb) if verb else said


def approved(entry: Entry) -> Hand | None:
    """Who approved the close of an entry's month, and when; ``None`` while nobody has."""
    known = _close.get("close")
    found = known(entry.ward, entry.on) if known else None
    if found is None:
        return None
    username, day = found
    return Hand(access.signed(username, entry.ward, day), day)


def facts(entry: Entry) -> Iterable[tuple[str, str]]:
    """Both as page and paper say them: label and words; only what is known."""
    if hand := by(entry):
        yield _("Booked by"), str(hand)
    if close := approved(entry):
        yield _("Close of the month approved by"), str(close)
