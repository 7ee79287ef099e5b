"""Records of the programme that a passage can be about: stages, meetings, groups, loans, complaints."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.models import User
from pendamping.complaints import queries as complaints
from pendamping.evidence.labels import lang
from pendamping.funds.loans import queries as loans
from pendamping.guidelines import queries as guidelines
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings

KINDS = ("stage", "meeting", "group", "loan", "complaint")
# kind: (permission, address, the part of it that is the record's key)
PAGES = {
    "stage": ("cycle.read", "cycle:stage", "stage"),
    "meeting": ("meetings.read", "meetings:meeting", "meeting"),
    "group": ("institutions.read", "institutions:group", "group"),
    "loan": ("loans.read", "loans:loan", "loan"),
    "complaint": ("complaints.read", "complaints:complaint", "complaint"),
}


@dataclass(frozen=True, slots=True)
class Named:
    """A record in words; ``url`` is empty where its reader may not open it, ``name`` where it is not known."""

    record: str
    what: str
    name: str
    url: str


def kinds() -> dict[str, str]:
    """What each kind of record is called."""
    return {
        "stage": _("Stage"),
        "meeting": _("Meeting"),
        "group": _("Group"),
        "loan": _("Loan"),
        "complaint": _("Complaint"),
    }


def choices(ward: str, kind: str, by: User) -> list[tuple[str, str]]:
    """The records of a kind in the ward, as (record, name); complaints without those about their reader."""
    today = clock.today()
    if kind == "stage":
        said = guidelines.section("stages", ward, today)
        return [(f"stage:{key}", str(one["name"][lang()])) for key, one in said.items()]
    if kind == "meeting":
        names = _meeting_kinds(ward)
        return [
            (f"meeting:{one.id}", _meeting(one, names))
            for one in meetings.meetings(ward, status=("held", "signed"))
        ]
    if kind == "group":
        return [(f"group:{one.id}", one.name) for one in institutions.groups(ward, active=False)]
    if kind == "loan":
        return [(f"loan:{one.id}", f"{one.code} {one.group_name}") for one in loans.loans(ward)]
    years = complaints.years(ward) if kind == "complaint" else []
    return [
        (f"complaint:{line.complaint.id}", _complaint(line.complaint))
        for year in years
        for line in complaints.of_year(ward, year, by)
    ]


def _meeting_kinds(ward: str) -> dict[str, str]:
    said = meetings.kinds(ward, clock.today())
    return {key: str(one["name"][lang()]) for key, one in said.items()}


def _meeting(one: Any, names: dict[str, str]) -> str:
    place = f"RW {one.rw} RT {one.rt}" if one.rt else f"RW {one.rw}" if one.rw else one.place
    return f"{date_format(one.held_on, 'j M Y')} · {names.get(one.kind, one.kind)} · {place}"


def _complaint(one: Any) -> str:
    return f"{complaints.number(one)} {complaints.shortly(one)}"


def known_record(ward: str, record: str) -> bool:
    """Whether the ward has such a record."""
    kind, _colon, key = record.partition(":")
    if kind == "stage":
        return key in guidelines.section("stages", ward, clock.today())
    found = {
        "meeting": meetings.meeting,
        "group": institutions.group,
        "loan": loans.loan,
        "complaint": complaints.complaint,
    }.get(kind)
    return found is not None and found(ward, key) is not None


def named(ward: str, records: Iterable[str], by: User) -> list[Named]:
    """Records in words, in their order."""
    return [_named(ward, record, by) for record in records]


def _named(ward: str, record: str, by: User) -> Named:
    kind, _colon, key = record.partition(":")
    permission, page, part = PAGES.get(kind, ("", "", ""))
    what = kinds().get(kind, kind)
    if not permission or not access.may(by, permission, ward):
        return Named(record, what, "", "")
    name = _name(ward, kind, key, by)
    url = reverse(page, kwargs={"ward": ward, part: key}) if name else ""
    return Named(record, what, name, url)


def _name(ward: str, kind: str, key: str, by: User) -> str:
    if kind == "meeting":
        found = meetings.meeting(ward, key)
        return _meeting(found, _meeting_kinds(ward)) if found else ""
    if kind == "group":
        group = institutions.group(ward, key)
        return group.name if group else ""
    if kind == "loan":
        loan = loans.loan(ward, key)
        return f"{loan.code} {loan.group_name}" if loan else ""
    return dict(choices(ward, kind, by)).get(f"{kind}:{key}", "")
