"""The records behind a criterion: what each is called, its day, and the page on which it is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.cadres import queries as cadres
from pendamping.complaints import queries as complaints
from pendamping.funds.grants import queries as grants
from pendamping.funds.loans import queries as loans
from pendamping.funds.upk import queries as upk
from pendamping.institutions import queries as institutions
from pendamping.kernel.refusal import N_
from pendamping.meetings import queries as meetings

SHOWN = 40

# kind of record: (what it is called, its page, the part of its address, who may read it)
PAGES: Mapping[str, tuple[str, str, str, str]] = {
    "cadre": (N_("Cadre"), "cadres:cadre", "cadre", "cadres.read"),
    "body": (N_("Body"), "institutions:body", "body", "institutions.read"),
    "month_close": (N_("Close of a month"), "upk:close", "month", "ledger.read"),
    "loan": (N_("Loan"), "loans:loan", "loan", "loans.read"),
    "meeting": (N_("Meeting"), "meetings:meeting", "meeting", "meetings.read"),
    "complaint": (N_("Complaint"), "complaints:complaint", "complaint", "complaints.read"),
    "grant": (N_("Works of a group"), "grants:grant", "grant", "grants.read"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """A record behind a figure; ``url`` is empty where its reader may not open it."""

    what: str
    name: str
    day: date | None
    url: str


def behind(ward: str, on: date, records: Sequence[str], by: User) -> list[Record]:
    """The first of these records by name; who may not read a room sees that there is one, and no name."""
    shown = list(records[:SHOWN])
    kinds = {one.partition(":")[0] for one in shown}
    known = {kind: NAMES[kind](ward, on) for kind in kinds if kind in NAMES}
    if "complaint" in kinds:  # of one about themselves nobody learns here that there is one
        known["complaint"] = _complaints(ward, on, by)
        shown = [one for one in shown if one.removeprefix("complaint:") in known["complaint"]]
    return [_record(ward, one, known, by) for one in shown]


def _record(
    ward: str, ref: str, known: Mapping[str, Mapping[str, tuple[str, date | None]]], by: User
) -> Record:
    kind, _colon, key = ref.partition(":")
    what, page, part, permission = PAGES[kind]
    name, day = known.get(kind, {}).get(key, ("", None))
    if not access.may(by, permission, ward):
        return Record(_(what), "", day, "")
    if kind == "month_close" and day is not None:
        key = f"{day:%Y-%m}"
    return Record(_(what), name, day, reverse(page, kwargs={"ward": ward, part: key}))


def _cadres(ward: str, on: date) -> dict[str, Any]:
    return {one.cadre.id: (one.cadre.name, one.standing.last) for one in cadres.seen(ward, on)}


def _bodies(ward: str, on: date) -> dict[str, Any]:
    return {
        one.id: (one.name or institutions.kind_name(ward, one.kind, on), one.formed_on)
        for one in institutions.bodies(ward)
    }


def _closes(ward: str, _on: date) -> dict[str, Any]:
    return {one.id: (date_format(one.month, "F Y"), one.month) for one in upk.closes(ward)}


def _loans(ward: str, _on: date) -> dict[str, Any]:
    return {one.id: (f"{one.code} · {one.group_name}", one.decided_on) for one in loans.loans(ward)}


def _meetings(ward: str, _on: date) -> dict[str, Any]:
    return {one.id: (one.place, one.held_on) for one in meetings.meetings(ward, status=("closed",))}


def _complaints(ward: str, on: date, by: User) -> dict[str, Any]:
    return {one.id: (one.number, one.received_on) for one in complaints.handled(ward, on, by)}


def _grants(ward: str, _on: date) -> dict[str, Any]:
    return {one.id: (one.title, one.contract_on) for one in grants.grants(ward)}


NAMES: Mapping[str, Callable[[str, date], Mapping[str, tuple[str, date | None]]]] = {
    "cadre": _cadres,
    "body": _bodies,
    "month_close": _closes,
    "loan": _loans,
    "meeting": _meetings,
    "grant": _grants,
}
