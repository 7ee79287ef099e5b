"""Reading complaints. What was said is read by those in whose hands they lie, who said it by nobody here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from pendamping.access.models import User
from pendamping.complaints import facts, labels, secrecy
from pendamping.complaints.models import Complaint, Step
from pendamping.complaints.public import InPublic
from pendamping.complaints.public import in_public as _in_public
from pendamping.complaints.reading import Line, line
from pendamping.complaints.rules import Row, Standing, read_code
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings

__all__ = [
    "Handled",
    "Happened",
    "InPublic",
    "Line",
    "able_to_decide",
    "by_code",
    "check",
    "code",
    "complaint",
    "dump",
    "handled",
    "in_public",
    "level_names",
    "line",
    "may_print",
    "names",
    "number",
    "of_year",
    "rows",
    "running",
    "said",
    "shortly",
    "steps",
    "to_decide",
    "travelled",
    "wards_running",
    "years",
]

RUNNING = ("open", "answered")


def _read_with(found: QuerySet[Complaint]) -> QuerySet[Complaint]:
    return found.prefetch_related("steps", "concerns").select_related("told")


def complaint(ward: str, complaint_id: str) -> Complaint | None:
    """One complaint of the ward, with its steps."""
    return _read_with(Complaint.objects.filter(pk=complaint_id, ward=ward)).first()


def by_code(typed: str) -> Complaint | None:
    """The complaint of a code; of one that was joined, the other one. ``None`` for no code of ours."""
    code = read_code(typed)
    if code is None:
        return None
    found = Complaint.objects.filter(code_hash=secrecy.code_hash(code)).first()
    key = (found.joined_to_id or found.id) if found else ""
    return _read_with(Complaint.objects.filter(pk=key)).first()


def code(one: Complaint) -> str:
    """The code of a complaint: for the page that answers its complainant, at once."""
    return secrecy.reveal(one.id, "code", one.told.code)["code"]


def travelled(one: Complaint) -> bool:
    """Whether it came along with a ward's package: then what was said, and by whom, stayed on the other server."""
    return not hasattr(one, "told")


def may_print(one: Complaint, by: User) -> bool:
    """Whether somebody took a complaint in today: then they may print its slip."""
    first = min(one.steps.all(), key=lambda step: step.number, default=None)
    own = first is not None and first.by_id == by.pk and one.entered_on == clock.today()
    return own and not travelled(one)


def said(one: Complaint) -> dict[str, str]:
    """``text`` and ``hope`` of a complaint; each may be missing, both where it came with a package."""
    if travelled(one):
        return {}
    return secrecy.reveal(one.id, "said", one.told.said)


@dataclass(frozen=True, slots=True)
class Happened:
    """A step with its text."""

    step: Step
    text: str


def steps(one: Complaint, *, shown: bool = False) -> list[Happened]:
    """What happened to a complaint, in order; ``shown``: only what its complainant reads the text of,
    and the steps that have none."""
    found = []
    for each in sorted(one.steps.all(), key=lambda step: step.number):
        if shown and not each.shown and each.kind in ("noted", "told", "sorted", "recovered"):
            continue
        text = secrecy.reveal(one.id, "step", each.text).get("text", "")
        found.append(Happened(each, text if each.shown or not shown else ""))
    return found


def running(ward: str, on: date, by: User | None = None) -> list[Line]:
    """What is not closed, the next limit first; ``by``: without what is about them."""
    found = _read_with(Complaint.objects.filter(ward=ward, status__in=RUNNING))
    lines = [line(one, on) for one in found if by is None or not facts.is_concerned(one, by)]
    return sorted(lines, key=lambda one: (one.complaint.status, one.stands.due, one.complaint.id))


def of_year(ward: str, year: int, by: User | None = None) -> list[Line]:
    """The register of a year, by number; ``by``: without what is about them."""
    found = _read_with(Complaint.objects.filter(ward=ward, year=year).order_by("number"))
    today = clock.today()
    return [line(one, today) for one in found if by is None or not facts.is_concerned(one, by)]


def years(ward: str) -> list[int]:
    """Years with a complaint, the latest first."""
    found = Complaint.objects.filter(ward=ward).order_by("-year").values_list("year", flat=True)
    return list(found.distinct())


def rows(ward: str, first: date, last: date) -> list[Row]:
    """What was received in a span of days, as the figures need it; of joined ones each counts."""
    found = Complaint.objects.filter(ward=ward, received_on__gte=first, received_on__lte=last)
    today = clock.today()
    return [_row(one, facts.stands(one, today)) for one in found.prefetch_related("steps")]


@dataclass(frozen=True, slots=True)
class Handled:
    """A complaint and who handled it: ``doers``, the logins of those who answered or closed it."""

    id: str
    number: str
    received_on: date
    overdue: bool
    doers: frozenset[str]


def handled(ward: str, on: date, by: User | None = None) -> list[Handled]:
    """Every complaint that had come in by a day, as it stood then; one that was joined goes with the other.

    ``by``: without what is about them.
    """
    found = Complaint.objects.filter(ward=ward, received_on__lte=on, joined_to__isnull=True)
    return [
        Handled(
            one.id, number(one), one.received_on, facts.stands(one, on).overdue,
            frozenset(
                step.by.username for step in one.steps.all()
                if step.kind in ("answered", "closed") and step.by and step.on <= on
            ),
        )
        for one in found.order_by("received_on", "id").prefetch_related("steps__by", "concerns")
        if by is None or not facts.is_concerned(one, by)
    ]  # fmt: skip


def in_public(ward: str, on: date) -> InPublic:
    """The ward's complaints in figures, as everybody may see them on a day."""
    least = facts.rule_on(ward, on).least_shown
    return _in_public(lambda first, last: rows(ward, first, last), on, least)


def _row(one: Complaint, stands: Standing) -> Row:
    return Row(
        received_on=one.received_on, channel=one.channel, kind=one.kind, scope=one.scope,
        level=stands.level, sex=one.sex or "-", closed_on=one.closed_on, confirmed=one.confirmed,
        reopened=one.reopened, overdue=stands.overdue, amount=one.amount or 0, recovered=one.recovered,
    )  # fmt: skip


def to_decide(ward: str) -> list[Complaint]:
    """Complaints whose answer waits for a meeting: misuse is alleged, and the guideline asks for one."""
    found = Complaint.objects.filter(ward=ward, status="open", misuse=True).order_by("received_on")
    return [one for one in found if facts.rule(one).meeting_if_misuse]


def able_to_decide(one: Complaint) -> list[tuple[str, str]]:
    """Meetings that could have decided the answer."""
    return meetings.able_to_decide(one.ward, "complaints", clock.today(), since=one.received_on)


def number(one: Complaint) -> str:
    """The number of a complaint in the register."""
    return labels.number(one)


def shortly(one: Complaint) -> str:
    """What a complaint is about, in a few words of the register, in the reader's language."""
    return one.subject or str(labels.ABOUT[one.about])


def names(ward: str, section: str, on: date) -> dict[str, str]:
    """What the guideline calls ``channels``, ``kinds`` or ``scopes``, in the reader's language."""
    return labels.names(ward, section, on)


def level_names(ward: str, on: date) -> dict[str, str]:
    """What the guideline of a day calls the levels, in the reader's language."""
    return labels.names(ward, "levels", on)


def check(ward: str) -> list[Reason]:
    """Numbers that the register lacks; complaints that stand otherwise than their steps and the trail say."""
    from pendamping.complaints import said as kept

    return kept.breaks(ward)


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``complaints``, sorted by key; nothing that was said, and nobody's name."""
    columns = (
        "id", "received_on", "entered_on", "channel", "kind", "scope", "about", "misuse", "level",
        "status", "due_on", "acknowledged_on", "answered_on", "closed_on", "confirmed", "reopened", "amount",
        "recovered", "joined_to",
    )  # fmt: skip
    found = Complaint.objects.filter(ward=ward).order_by("id")
    return {"complaints": iter(found.values(*columns))}


def wards_running(wards: list[str]) -> list[str]:
    """Those of the wards in which a complaint runs."""
    found = Complaint.objects.filter(ward__in=wards, status__in=RUNNING)
    return sorted(set(found.values_list("ward", flat=True)))
