"""Reading meetings: the list, the roll, what was validly decided, who took part."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.kernel.refusal import Reason
from pendamping.meetings import alike
from pendamping.meetings.belonging import ask_who_sits
from pendamping.meetings.belonging import members as who_belongs
from pendamping.meetings.models import Decision, Meeting, MeetingChange, RollCorrection, RollEntry
from pendamping.meetings.offering import FREE, ask, ask_where
from pendamping.meetings.rules import Verdict
from pendamping.meetings.validity import able_to_decide, decided, deciding_kinds

__all__ = [
    "Participation",
    "able_to_decide",
    "alike_problems",
    "ask",
    "ask_where",
    "ask_who_sits",
    "called_by_group",
    "corrections",
    "decided",
    "deciding_kinds",
    "decisions",
    "decisions_of",
    "dump",
    "kinds",
    "meeting",
    "meetings",
    "not_signed",
    "numbers_on",
    "page_of",
    "participation",
    "persons_on_roll",
    "roll",
    "roll_as_written",
    "rolls_together",
    "taken",
    "undecided",
    "unnamed",
    "verdict",
    "who_belongs",
]

PAGE = 50


def meeting(ward: str, meeting_id: str) -> Meeting | None:
    """One meeting of the ward."""
    return Meeting.objects.filter(pk=meeting_id, ward=ward).select_related("follows").first()


def meetings(
    ward: str,
    *,
    kind: str = "",
    status: Iterable[str] = (),
    with_names: bool = False,
    quorum_met: bool | None = None,
) -> list[Meeting]:
    """Meetings of a ward, the latest first, without those that were cancelled; ``with_names``: only
    those with a named roll."""
    found = Meeting.objects.filter(ward=ward).exclude(changes__kind="cancelled")
    found = found.order_by("-held_on", "-id")
    if kind:
        found = found.filter(kind=kind)
    if statuses := list(status):
        found = found.filter(status__in=statuses)
    if with_names:
        found = found.filter(counted_by="names")
    if quorum_met is not None:
        found = found.filter(quorum_met=quorum_met)
    return list(found)


def called_by_group(ward: str, group: str) -> list[Meeting]:
    """The group's own meetings whose roll is not taken yet, the next one first."""
    found = Meeting.objects.filter(ward=ward, group=group, status="called")
    found = found.exclude(changes__kind="cancelled")
    return list(found.order_by("held_on", "id"))


def page_of(ward: str, *, kind: str = "", before: str = "") -> tuple[list[Meeting], str]:
    """A page of the list, the latest first, and the mark of the next one (or empty)."""
    found: QuerySet[Meeting] = Meeting.objects.filter(ward=ward).order_by("-held_on", "-id")
    if kind:
        found = found.filter(kind=kind)
    last = Meeting.objects.filter(pk=before, ward=ward).first() if before else None
    if last is not None:
        found = found.filter(held_on__lt=last.held_on) | found.filter(
            held_on=last.held_on, id__lt=last.id
        )
    rows = list(found.prefetch_related("changes")[: PAGE + 1])
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else ""


_STRUCK = Exists(
    RollCorrection.objects.filter(meeting=OuterRef("meeting"), struck=OuterRef("number"))
)


def standing() -> QuerySet[RollEntry]:
    """Rows of rolls that count: without those that were struck as a person's second one."""
    return RollEntry.objects.filter(~_STRUCK)


def roll(meeting_id: str) -> list[RollEntry]:
    """Who came, in the order of the roll."""
    return list(standing().filter(meeting_id=meeting_id).order_by("number"))


def roll_as_written(meeting_id: str) -> list[RollEntry]:
    """Every row in its order, the struck ones too (``struck``)."""
    rows = RollEntry.objects.filter(meeting_id=meeting_id).annotate(struck=_STRUCK)
    return list(rows.order_by("number"))


def corrections(meeting_id: str) -> list[RollCorrection]:
    """What was struck on a final roll, with the reason; the oldest first."""
    return list(RollCorrection.objects.filter(meeting_id=meeting_id))


def persons_on_roll(meeting_id: str) -> set[str]:
    """Ids of the residents who stand on the roll by name; of whoever was entered twice, all of them."""
    found = standing().filter(meeting_id=meeting_id, person__isnull=False)
    return households.every_id(found.values_list("person_id", flat=True))


def came(ward: str, people: Collection[str], upto: date) -> list[tuple[str, date, str, str]]:
    """Where these ids stand on a roll up to a day: id of the person, day, place, id of the meeting."""
    found = standing().filter(
        meeting__ward=ward, person__in=list(people), meeting__held_on__lte=upto
    )
    columns = ("person_id", "meeting__held_on", "meeting__place", "meeting_id")
    return list(found.order_by("meeting__held_on", "id").values_list(*columns))


def rolls_together(ward: str, one: Collection[str], other: Collection[str]) -> list[Meeting]:
    """Meetings on whose roll both count, each under any of their ids; the oldest first."""
    both = [
        Exists(standing().filter(meeting=OuterRef("pk"), person__in=list(ids)))
        for ids in (one, other)
    ]
    return list(Meeting.objects.filter(*both, ward=ward).order_by("held_on", "id"))


def alike_problems(
    ward: str, meeting_id: str, present: Sequence[Mapping[str, Any]]
) -> list[Reason]:
    """Of those who are to come on a roll, who may be the same person as somebody else on it."""
    return alike.problems(ward, {one.person_id or "" for one in roll(meeting_id)}, present, ())


def numbers_on(meeting_id: str, people: Collection[str]) -> list[int]:
    """Under which numbers these ids count on a roll."""
    rows = standing().filter(meeting_id=meeting_id, person__in=list(people))
    return list(rows.order_by("number").values_list("number", flat=True))


def decisions(meeting_id: str) -> list[Decision]:
    """What the meeting decided, in order."""
    return list(Decision.objects.filter(meeting_id=meeting_id).order_by("number"))


def decisions_of(ward: str, ids: Collection[str]) -> dict[str, list[Decision]]:
    """What each of these meetings decided, in order; asked once."""
    found = Decision.objects.filter(meeting__ward=ward, meeting__in=list(ids))
    rows: dict[str, list[Decision]] = {}
    for one in found.order_by("meeting_id", "number"):
        rows.setdefault(one.meeting_id, []).append(one)
    return rows


def not_signed(ward: str, ids: Collection[str]) -> set[str]:
    """Those of these meetings in which a decision can still be recorded."""
    found = Meeting.objects.filter(ward=ward, pk__in=list(ids), status="held", quorum_met=True)
    return set(found.values_list("id", flat=True))


def undecided(
    ward: str, subject: str, choices: Sequence[tuple[str, str]], *, again: bool = False
) -> list[tuple[str, str]]:
    """Those of these meetings, as choices, in which a decision on the subject is still to be recorded: none
    once one of them has accepted it, or (``again``: a subject that is decided more than once) all that have
    not decided it."""
    ids = [key for key, _text in choices]
    rows = Decision.objects.filter(meeting__ward=ward, meeting__in=ids, subject=subject)
    outcomes = list(rows.values_list("meeting_id", "outcome"))
    if not again and any(outcome == "accepted" for _meeting, outcome in outcomes):
        return []
    left = not_signed(ward, ids) - {meeting for meeting, _outcome in outcomes}
    return [(key, text) for key, text in choices if key in left]


def unnamed(ward: str, ids: Collection[str]) -> dict[str, str]:
    """What these meetings decided last without naming what it was about, by the meeting's id."""
    found = Decision.objects.filter(
        meeting__ward=ward, meeting__in=list(ids), subject__in=FREE, outcome="accepted"
    )
    return dict(found.order_by("number").values_list("meeting_id", "text"))


def taken(
    ward: str, subjects: Collection[str], upto: date, of_records: Collection[str] = ()
) -> list[Decision]:
    """The last decision of each meeting on each of the subjects, by day; whether it holds says ``decided``.

    ``of_records``: matters that are decided of a record, under ``<matter>:<id>``.
    """
    wanted = Q(subject__in=list(subjects))
    for matter in of_records:
        wanted |= Q(subject__startswith=f"{matter}:")
    found = Decision.objects.filter(wanted, meeting__ward=ward, meeting__held_on__lte=upto)
    rows = found.select_related("meeting").order_by("meeting__held_on", "meeting_id", "number")
    return list({(one.meeting_id, one.subject): one for one in rows}.values())


def verdict(meeting: Meeting) -> Verdict:
    """The verdict on the quorum as it was kept."""
    return Verdict.from_json(meeting.quorum_verdict)


def waits_for_eligible(meeting: Meeting) -> bool:
    """Whether the quorum fails only because nobody said yet how many may decide."""
    failed = [check for check in verdict(meeting).checks if not check.held]
    return (
        meeting.attended is not None
        and bool(failed)
        and all(check.key == "present_percent" and check.share is None for check in failed)
    )


def kinds(ward: str, on: date) -> Mapping[str, Any]:
    """The kinds of meeting that the guideline in force knows: key to its table."""
    return guidelines.section("meetings", ward, on)


@dataclass(frozen=True, slots=True)
class Participation:
    """Attendances of a ward without guests, who are counted apart; distinct persons from named rolls."""

    meetings: int
    attendances: int
    women: int
    poor: int
    persons: int
    guests: int = 0


def participation(ward: str, upto: date | None = None) -> Participation:
    """Attendances and, apart from them, distinct residents who came."""
    held = Meeting.objects.filter(ward=ward, status__in=("held", "closed"))
    named = standing().filter(meeting__ward=ward, person__isnull=False)
    if upto is not None:
        held, named = held.filter(held_on__lte=upto), named.filter(meeting__held_on__lte=upto)
    sums = held.aggregate(
        meetings=Count("id"), all=Sum("attended"), women=Sum("attended_women"),
        poor=Sum("attended_poor"), guests=Sum("guests"),
    )  # fmt: skip
    return Participation(
        sums["meetings"],
        (sums["all"] or 0) - (sums["guests"] or 0),
        sums["women"] or 0,
        sums["poor"] or 0,
        _distinct(named),
        sums["guests"] or 0,
    )


def _distinct(named: QuerySet[RollEntry]) -> int:
    """How many different persons; two entries that were joined are one."""
    people = named.values("person").distinct()
    doubles = set(people.filter(person__same_as__isnull=False).values_list("person_id", flat=True))
    if not doubles:
        return people.count()
    return len(set(households.survivors(people.values_list("person_id", flat=True)).values()))


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``meetings``, ``attendance``, ``decisions``, ``meeting_changes``; sorted by key."""
    meetings_of = Meeting.objects.filter(ward=ward).order_by("id")
    names = [
        "id", "kind", "stage", "level", "rw", "rt", "held_on", "entered_on", "place", "status",
        "attended", "attended_women", "attended_poor", "guests", "eligible", "counted_by",
        "quorum_met", "minutes", "signed_on", "follows_id", "guideline_version",
    ]  # fmt: skip
    people = standing().filter(meeting__ward=ward).order_by("meeting_id", "number")
    taken = Decision.objects.filter(meeting__ward=ward).order_by("meeting_id", "number")
    changed = MeetingChange.objects.filter(meeting__ward=ward).order_by("meeting_id", "id")
    return {
        "meetings": ({**row, "follows": row.pop("follows_id") or ""} for row in meetings_of.values(*names)),
        "attendance": (
            {"meeting": e.meeting_id, "number": e.number, "person": e.person_id or "", "name": e.name,
             "sex": e.sex, "poor": e.poor, "rw": e.rw, "rt": e.rt, "guest": e.guest}
            for e in people.iterator(chunk_size=2000)
        ),
        "decisions": (
            {"meeting": d.meeting_id, "number": d.number, "subject": d.subject, "text": d.text,
             "outcome": d.outcome, "votes": d.votes}
            for d in taken
        ),
        "meeting_changes": iter(
            changed.values("id", "meeting", "kind", "was_on", "was_at", "now_on", "now_at", "why", "entered_on")
        ),
    }  # fmt: skip


def check(ward: str) -> list[Reason]:
    """Decisions and signed minutes that no action entered."""
    from pendamping.meetings import said

    return said.breaks(ward)
