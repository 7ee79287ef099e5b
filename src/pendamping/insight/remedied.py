"""Reading what was done: who saw a warning, the remedies of a ward, what helped elsewhere, what no action entered."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.insight.models import Acknowledgement, Outcome, Remedy
from pendamping.insight.rules import Warned, covers
from pendamping.kernel.refusal import Reason
from pendamping.territory import queries as territory
from pendamping.trail import queries as trail

OFFERED = 10  # remedies of other wards that a page offers
SEEN, PLANNED, TOLD = "insight.acknowledge", "insight.plan_remedy", "insight.tell_outcome"


@dataclass(frozen=True, slots=True)
class Done:
    """A remedy with everything that was told of it, the last word last."""

    remedy: Remedy
    outcomes: tuple[Outcome, ...]

    @property
    def last(self) -> Outcome | None:
        """What was told of it last."""
        return self.outcomes[-1] if self.outcomes else None

    @property
    def open(self) -> bool:
        """Whether it is still to be told how it worked."""
        return self.last is None or self.last.word == "early"


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A remedy of another ward and how it worked; of people no more than the role."""

    what: str
    role: str
    word: str
    days: int
    before: str
    after: str


def seen(ward: str, standing: Iterable[Warned]) -> dict[str, Acknowledgement]:
    """Factor to who saw its warning as it stands; a warning that rose anew or more urgent is not seen."""
    found: dict[str, Acknowledgement] = {}
    kept = Acknowledgement.objects.filter(ward=ward).select_related("user").order_by("id")
    known = {one.factor: one for one in standing}
    for one in kept:
        if one.factor in known and covers(one.on, one.severity, known[one.factor]):
            found[one.factor] = one
    return found


def remedies(ward: str, factor: str = "") -> list[Done]:
    """The remedies of a ward, the latest first; ``factor``: of this one alone."""
    kept = Remedy.objects.filter(ward=ward).prefetch_related("outcomes").select_related("user")
    kept = kept.filter(factor=factor) if factor else kept
    return [
        Done(one, tuple(sorted(one.outcomes.all(), key=lambda each: each.id)))
        for one in kept.order_by("-on", "-id")
    ]


def remedy(ward: str, remedy_id: str) -> Remedy | None:
    """One remedy of the ward."""
    return Remedy.objects.filter(pk=remedy_id, ward=ward).first()


def waiting(ward: str, on: date) -> list[Remedy]:
    """Remedies whose day has come, of which nobody has told how they worked."""
    return [each.remedy for each in remedies(ward) if each.open and each.remedy.until <= on]


def elsewhere(ward: str, factor: str) -> list[Elsewhere]:
    """What other wards did against a factor and how it worked, what helped first; no name, no ward.

    Real wards learn from real wards, practice wards from practice wards.
    """
    others = _like(ward)
    told = Outcome.objects.filter(remedy__factor=factor, remedy__ward__in=others)
    kept = told.exclude(word="early").select_related("remedy").order_by("-on", "-id")
    found = [
        Elsewhere(
            one.remedy.what, one.remedy.role, one.word, (one.on - one.remedy.on).days,
            one.remedy.severity, one.severity,
        )
        for one in kept if one.word in ("helped", "not")
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.word != "helped")[:OFFERED]


def _like(ward: str) -> list[str]:
    known = {one.code: bool(one.practice_today) for one in territory.wards([""])}
    return [
        code for code, practice in known.items() if code != ward and practice == known.get(ward)
    ]


def check(ward: str) -> list[Reason]:
    """What is kept of warnings, remedies and outcomes, and differs from what the trail was told."""
    told: Counter[tuple[str, ...]] = Counter()
    for record, verb, data in trail.told(ward, [SEEN, PLANNED, TOLD]):
        names = {SEEN: ("factor", "severity", "since"), PLANNED: ("factor", "what", "role", "until"),
                 TOLD: ("word", "note")}[verb]  # fmt: skip
        told[record, verb, *(str(data.get(name, "")) for name in names)] += 1
    kept: Counter[tuple[str, ...]] = Counter()
    for one in Acknowledgement.objects.filter(ward=ward):
        kept[f"warning:{one.id}", SEEN, one.factor, one.severity, str(one.since)] += 1
    for each in remedies(ward):
        made = each.remedy
        record = f"remedy:{made.id}"
        kept[record, PLANNED, made.factor, made.what, made.role, str(made.until)] += 1
        for outcome in each.outcomes:
            kept[record, TOLD, outcome.word, outcome.note] += 1
    wrong = {key[0] for key in told.keys() | kept.keys() if told[key] != kept[key]}
    return [
        Reason(
            "insight.said",
            "What is kept of a warning or a remedy differs from what the trail says was entered.",
            {},
            {"ward": ward, "record": record},
        )
        for record in sorted(wrong)
    ]


def dump(ward: str) -> dict[str, Iterator[dict[str, Any]]]:
    """Rows of the ward package: ``remedies``, each with the last that was told of it; sorted by key."""
    rows = [
        {
            "id": one.remedy.id, "factor": one.remedy.factor, "what": one.remedy.what,
            "role": one.remedy.role, "on": one.remedy.on, "until": one.remedy.until,
            "entered_on": one.remedy.on, "outcome": one.last.word if one.last else "",
            "outcome_on": one.last.on if one.last else None,
        }
        for one in remedies(ward)
    ]  # fmt: skip
    return {"remedies": iter(sorted(rows, key=lambda row: str(row["id"])))}
