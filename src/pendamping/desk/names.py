"""What the records of the trail are called, as far as their reader may see it."""

from collections.abc import Callable, Collection, Iterable

from django.utils.formats import date_format

from pendamping.desk.queries import May
from pendamping.desk.records import RECORDS, record_name
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loans
from pendamping.funds.upk import queries as upk
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.meetings import queries as meetings

Named = dict[str, str]


def of_records(ward: str, records: Iterable[str], may: May) -> Named:
    """Each record in words: groups and heads by name, loans by number, meetings by kind and day.

    Rooms are read once each, and only where the reader may read them; whatever has no name stays
    what it is with the end of its id.
    """
    wanted: dict[str, set[str]] = {}
    for record in records:
        kind, _colon, key = record.partition(":")
        wanted.setdefault(kind, set()).add(key)
    found: Named = {}
    for kind, ids in wanted.items():
        permission = RECORDS.get(kind, ("", "", "", ""))[3]
        named = _NAMES[kind](ward, ids) if kind in _NAMES and may(permission) else {}
        for key in ids:
            found[f"{kind}:{key}" if key else kind] = _said(kind, key, named)
    return found


def _said(kind: str, key: str, named: Named) -> str:
    plain = record_name(f"{kind}:{key}" if key else kind)
    return f"{record_name(kind)} {named[key]}" if key in named else plain


def _groups(ward: str, _ids: Collection[str]) -> Named:
    return {each.id: each.name for each in institutions.groups(ward, active=False)}


def _loans(ward: str, _ids: Collection[str]) -> Named:
    return {each.id: each.code for each in loans.loans(ward)}


def _entries(ward: str, ids: Collection[str]) -> Named:
    return books.voucher_numbers(ward, ids)


def _closes(ward: str, _ids: Collection[str]) -> Named:
    return {each.id: date_format(each.month, "F Y") for each in upk.closes(ward)}


def _meetings(ward: str, ids: Collection[str]) -> Named:
    found = [each for key in ids if (each := meetings.meeting(ward, key)) is not None]
    return {each.id: date_format(each.held_on, "j F Y") for each in found}


_NAMES: dict[str, Callable[[str, Collection[str]], Named]] = {
    "group": _groups,
    "savings": _groups,
    "loan": _loans,
    "household": households.head_names,
    "meeting": _meetings,
    "entry": _entries,
    "close": _closes,
}
