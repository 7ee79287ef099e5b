"""Reading designations, criteria and poor lists."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q

from pendamping.guidelines import queries as guidelines
from pendamping.kernel.refusal import Reason
from pendamping.targeting.leaving import OPEN, Tie, ask_who_is_tied, homes_leaving, leaving
from pendamping.targeting.models import (
    CandidateWard,
    CriteriaVersion,
    Criterion,
    Designation,
    ListEntry,
    Objection,
    PoorList,
)
from pendamping.targeting.rules import DesignationRule, read_rule
from pendamping.targeting.rules.poor_list import ListRule, ListState

__all__ = [  # read elsewhere, asked for here
    "OPEN", "Tie", "ask_who_is_tied", "candidates", "counts_by_rw", "criteria", "criteria_version",
    "criteria_versions", "current_list", "designated", "designation", "designation_rule", "designations", "dump", "entries",
    "homes_leaving", "is_listed", "leaving", "list_rule", "mismatch", "objection", "objections", "places",
    "poor_list", "poor_lists", "state", "step", "steps", "suggestions", "tick_counts", "unticked",
]  # fmt: skip


def designation_rule(ward: str, on: date) -> DesignationRule:
    """What the guideline asks of a target ward on a day."""
    text = guidelines.in_force(ward, on)
    return read_rule(text.section("targeting"), text.code)


def list_rule(ward: str, on: date) -> ListRule:
    """What the guideline asks of a poor list on a day."""
    text = guidelines.in_force(ward, on)
    poor_list = text.section("poor_list")
    return ListRule(
        code=text.code,
        objection_days=text.section("targeting")["objection_days"],
        by_residents=bool(poor_list.get("criteria_by_residents", False)),
        ticked="verdict" in poor_list,
        ratified_in=poor_list.get("ratified_in", ""),
        posting_late_days=text.section("targeting").get("posting_late_days", 3),
    )


def suggestions(ward: str, on: date, lang: str) -> list[dict[str, str]]:
    """The guideline's examples of criteria: ``key, kind, text``; residents set their own."""
    return [
        {"key": each["key"], "kind": each["kind"], "text": each["text"][lang]}
        for each in guidelines.section("targeting", ward, on)["criteria"]
    ]


def designations(ward: str) -> list[Designation]:
    """Decisions that compared or chose the ward, the latest first."""
    mine = Q(ward=ward) | Q(candidates__code=ward)
    found = Designation.objects.filter(mine).order_by("-decided_on", "-id").distinct()
    return list(found)


def designation(ward: str, designation_id: str) -> Designation | None:
    """One decision that concerns the ward."""
    return next((each for each in designations(ward) if each.id == designation_id), None)


def designated(ward: str) -> Designation | None:
    """The latest decision that chose the ward."""
    chosen = Designation.objects.filter(candidates__code=ward, candidates__chosen=True)
    return chosen.order_by("-decided_on", "-id").first()


def candidates(designation_id: str) -> list[CandidateWard]:
    """The wards that a decision compared, in the order in which they were entered."""
    return list(CandidateWard.objects.filter(designation_id=designation_id).order_by("number"))


def criteria_versions(ward: str) -> list[CriteriaVersion]:
    """Every version of the ward's criteria, the latest first."""
    return list(CriteriaVersion.objects.filter(ward=ward).order_by("-number"))


def criteria_version(ward: str, version_id: str = "") -> CriteriaVersion | None:
    """One version of the ward's criteria; the latest where none is named."""
    found = CriteriaVersion.objects.filter(ward=ward).order_by("-number")
    return (found.filter(pk=version_id) if version_id else found).first()


def criteria(version_id: str, kind: str = "") -> list[Criterion]:
    """The criteria of a version, in order."""
    found = Criterion.objects.filter(version_id=version_id).order_by("number")
    return list(found.filter(kind=kind) if kind else found)


def criteria_rows(version: CriteriaVersion | None) -> list[list[Any]]:
    """Kind, text and weight of each criterion of a version, as two of them are compared."""
    return [[one.kind, one.text, one.weight] for one in criteria(version.id)] if version else []


def poor_list(ward: str, list_id: str) -> PoorList | None:
    """One list of the ward."""
    return PoorList.objects.filter(pk=list_id, ward=ward).select_related("criteria").first()


def poor_lists(ward: str) -> list[PoorList]:
    """Every list of the ward, the latest first."""
    return list(PoorList.objects.filter(ward=ward).select_related("criteria").order_by("-number"))


def current_list(ward: str) -> PoorList | None:
    """The latest list of the ward, whatever its state."""
    return PoorList.objects.filter(ward=ward).select_related("criteria").order_by("-number").first()


def state(found: PoorList) -> ListState:
    """What the rules need to know of a list."""
    listed = ListEntry.objects.filter(list=found, listed=True)
    return ListState(
        status=found.status,
        listed=listed.count(),
        unticked=listed.filter(ticks__isnull=True).count(),
        posted_on=found.posted_on,
        open_objections=Objection.objects.filter(list=found, status="open").count(),
        criteria_ratified=found.criteria.status == "ratified",
        last_settled_on=Objection.objects.filter(list=found).aggregate(last=Max("settled_on"))[
            "last"
        ],
    )


def entries(
    list_id: str, *, rw: str = "", rt: str = "", listed: bool | None = True
) -> list[ListEntry]:
    """Households by RW, RT and name; ``listed=None``: also those that are not on it (any more)."""
    found = ListEntry.objects.filter(list_id=list_id).order_by("rw", "rt", "head_name", "id")
    if listed is not None:
        found = found.filter(listed=listed)
    found = found.filter(rw=rw) if rw else found
    found = found.filter(rt=rt) if rt else found
    return list(found.prefetch_related("ticks"))


def is_listed(list_id: str, household_id: str) -> bool:
    """Whether a household is on the list now."""
    return ListEntry.objects.filter(
        list_id=list_id, household_id=household_id, listed=True
    ).exists()


def objections(list_id: str) -> list[Objection]:
    """Objections to a list, open ones first, then the latest."""
    found = list(Objection.objects.filter(list_id=list_id).order_by("-raised_on", "-id"))
    return sorted(found, key=lambda each: each.status != "open")


def objection(ward: str, objection_id: str) -> Objection | None:
    """One objection to a list of the ward."""
    return Objection.objects.filter(pk=objection_id, list__ward=ward).select_related("list").first()


def counts_by_rw(list_id: str) -> list[tuple[str, int]]:
    """``(rw, households on the list)``, by RW."""
    found = ListEntry.objects.filter(list_id=list_id, listed=True)
    rows = found.values_list("rw").annotate(count=Count("id")).order_by("rw")
    return [(rw, count) for rw, count in rows]


def places(list_id: str) -> list[tuple[str, str, int]]:
    """``(rw, rt, households on the list)`` for each RT with an entry."""
    rows = (
        ListEntry.objects.filter(list_id=list_id)
        .values_list("rw", "rt")
        .annotate(count=Count("id", filter=Q(listed=True)))
        .order_by("rw", "rt")
    )
    return list(rows)


def unticked(list_id: str) -> dict[tuple[str, str], int]:
    """How many households on the list have no criterion ticked, by RW and RT; only where some have."""
    rows = ListEntry.objects.filter(list_id=list_id, listed=True, ticks__isnull=True)
    counted = rows.values_list("rw", "rt").annotate(count=Count("id")).order_by("rw", "rt")
    return {(rw, rt): count for rw, rt, count in counted}


def tick_counts(list_id: str) -> dict[str, int]:
    """How many households on the list meet each criterion, by the criterion's id."""
    found = ListEntry.objects.filter(list_id=list_id, listed=True, ticks__isnull=False)
    return Counter(found.values_list("ticks__criterion_id", flat=True))


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The residents' list against the marks of the census (the official list)."""

    both: int
    only_list: int
    only_census: int


def mismatch(list_id: str) -> Mismatch:
    """How the list and the census differ, as the marks stood when the list was drafted."""
    rows = ListEntry.objects.filter(list_id=list_id).values_list("listed", "official")
    found: Counter[tuple[bool, bool]] = Counter(rows)
    return Mismatch(found[True, True], found[True, False], found[False, True])


STEPS = ("designate", "criteria", "list", "objections", "ratified")


def step(ward: str) -> int:
    """Where the ward stands: 1 designate … 5 ratified; 6 where all is done."""
    return steps([ward])[ward]


def steps(wards: Collection[str]) -> dict[str, int]:
    """Where each ward stands, as :func:`step` says it; asked together, however many wards."""
    chosen = CandidateWard.objects.filter(code__in=wards, chosen=True)
    picked = set(chosen.values_list("code", flat=True))
    written = set(CriteriaVersion.objects.filter(ward__in=wards).values_list("ward", flat=True))
    lists = PoorList.objects.filter(ward__in=wards).order_by("number")
    latest = {
        ward: (key, status) for ward, key, status in lists.values_list("ward", "id", "status")
    }
    posted = [key for key, status in latest.values() if status == "posted"]
    disputed = Objection.objects.filter(list__in=posted, status="open")
    waiting = set(disputed.values_list("list_id", flat=True))
    found = {}
    for ward in wards:
        key, status = latest.get(ward, ("", ""))
        known = ward in picked or bool(key)
        found[ward] = _step(known, ward in written, status, key in waiting)
    return found


def _step(known: bool, written: bool, status: str, disputed: bool) -> int:
    if not known:
        return 1
    if not written:
        return 2
    if status in {"", "draft"}:
        return 3
    if status == "posted":
        return 4 if disputed else 5
    return 6


def check(ward: str) -> list[Reason]:
    """Whether just the households of the ratified list count as poor."""
    from pendamping.targeting import said

    return said.breaks(ward)


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``designations, designation_wards, criteria, poor_lists,
    poor_list_entries, objections``; sorted by key."""
    own = {"list__ward": ward}
    wards = CandidateWard.objects.filter(designation__ward=ward).order_by("designation", "number")
    return {
        "designations": iter(
            Designation.objects.filter(ward=ward)
            .order_by("id")
            .values("id", "letter_no", "decided_on", "entered_on", "note", "guideline_version")
        ),
        "designation_wards": iter(
            wards.values("designation", "code", "name", "households", "poor", "urban",
                         "had_programme", "source", "fits", "chosen")
        ),
        "criteria": iter(
            Criterion.objects.filter(version__ward=ward)
            .order_by("version__number", "number")
            .values("id", "version", "version__number", "version__status", "version__meeting",
                    "key", "kind", "text", "weight")
        ),
        "poor_lists": iter(
            PoorList.objects.filter(ward=ward)
            .order_by("id")
            .values("id", "number", "criteria", "status", "drafted_on", "entered_on", "posted_on",
                    "ratified_on", "meeting")
        ),
        "poor_list_entries": iter(
            ListEntry.objects.filter(**own)
            .order_by("list", "id")
            .values("id", "list", "household", "head_name", "rw", "rt", "listed", "official", "origin")
        ),
        "objections": iter(
            Objection.objects.filter(**own)
            .order_by("id")
            .values("id", "list", "kind", "household", "reason", "raised_on", "entered_on", "status",
                    "settled_on", "why")
        ),
    }  # fmt: skip
