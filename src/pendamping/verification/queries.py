"""Reading dossiers: what became of one, where it stands, whose turn it is, what waits in an office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.period import day_named
from pendamping.kernel.refusal import Reason
from pendamping.territory import queries as territory
from pendamping.verification import figures as counted
from pendamping.verification import guideline, offices, stopwatch
from pendamping.verification.models import Dossier, Handing, Notice, Recusal, Scan, Step
from pendamping.verification.rules import sides as rules
from pendamping.verification.rules.chain import LEVELS
from pendamping.verification.rules.forecast import Forecast
from pendamping.verification.rules.sides import Holder


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a record's latest dossier, for the room that opened it.

    ``state``: ``none`` (never opened), ``open``, ``returned``, ``passed``, ``refused``,
    ``withdrawn``. ``on``: since when. ``tier``, ``reasons`` (codes), ``note``: of the last decision.
    """

    state: str
    on: date | None = None
    dossier: str = ""
    tier: str = ""
    reasons: tuple[str, ...] = ()
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether every tier has let it pass."""
        return self.state == "passed"


def outcome(ref: str) -> Outcome:
    """What became of the latest dossier of a record: ``outcome("grants.tranche:<id>").passed``."""
    found = latest(ref)
    if found is None:
        return Outcome("none")
    last = found.steps.exclude(decision="").order_by("-number").first()
    on = found.closed_on or found.received_on
    if last is None:
        return Outcome(found.state, on, found.id)
    return Outcome(found.state, on, found.id, last.tier, tuple(last.reasons), last.note)


def passing_entered_on(ref: str) -> date | None:
    """When it was entered that the latest dossier of a record passed its last tier."""
    found = latest(ref)
    if found is None or found.state != "passed":
        return None
    last = found.steps.exclude(decision="").order_by("-number").first()
    return last.decided_entered_on if last else None


def outcomes(refs: Sequence[str]) -> dict[str, Outcome]:
    """The state of many records' latest dossiers at once (without reasons and notes)."""
    found = Dossier.objects.filter(ref__in=list(refs)).order_by("entered_at", "id")
    return {
        one.ref: Outcome(one.state, one.closed_on or one.received_on, one.id, one.tier)
        for one in found
    }


def latest(ref: str) -> Dossier | None:
    """The latest dossier of a record of another room."""
    return Dossier.objects.filter(ref=ref).order_by("-entered_at", "-id").first()


def dossier(ward: str, dossier_id: str) -> Dossier | None:
    """One dossier of the ward."""
    return Dossier.objects.filter(pk=dossier_id, ward=ward).first()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a dossier stands on a day.

    ``steps``: every stay so far, in order. ``left``: keys of the tiers to come, the one where it
    lies first. ``days``: counted so far where it lies. ``mend``: of a returned or refused one, the
    last decision. ``turn``: who can decide now.
    """

    dossier: Dossier
    steps: tuple[Step, ...]
    left: tuple[str, ...]
    days: int
    overdue: bool
    mend: Step | None
    turn: tuple[Holder, ...]


def standing(ward: str, ref: str) -> Standing | None:
    """Where the latest dossier of a record stands today; ``None`` where none was opened."""
    found = latest(ref)
    return standing_of(found) if found is not None and found.ward == ward else None


def expected(stand: Standing) -> Forecast | None:
    """When an open dossier will probably be through, from the days that its tiers took so far in its city.

    ``sure`` is ``guess`` where a tier has decided too few: its limit stands in. Nothing where that has none either.
    """
    return counted.forecast(stand.dossier, tuple(stand.left), stand.days)


def standing_of(found: Dossier) -> Standing:
    """Where a dossier stands today."""
    today = clock.today()
    stays = tuple(found.steps.prefetch_related("pauses").order_by("number"))
    here = stays[-1] if found.state == "open" else None
    decided = [stay for stay in stays if stay.decision]
    wants = found.state in ("returned", "refused") and decided
    return Standing(
        dossier=found,
        steps=stays,
        left=tuple(_left(found, stays)),
        days=stopwatch.days(here, max(today, here.received_on)) if here else 0,
        overdue=is_overdue(found, today),
        mend=decided[-1] if wants else None,
        turn=tuple(turn(found)) if here else (),
    )


def passed_tiers(stays: Sequence[Step]) -> set[str]:
    """The tiers that have let a dossier pass."""
    return {stay.tier for stay in stays if stay.decision == "pass"}


def _left(found: Dossier, stays: Sequence[Step]) -> list[str]:
    if found.state not in ("open", "returned"):
        return []
    left = [tier for tier in found.tiers if tier not in passed_tiers(stays)]
    return [found.tier, *left] if found.tier and found.tier not in left else left


def is_overdue(found: Dossier, today: date) -> bool:
    """Whether its limit has passed where it lies; never while the clock stands."""
    return found.due_on is not None and found.due_on < today


def turn(found: Dossier) -> list[Holder]:
    """Who can decide now: those of the office who may, else whoever stands in."""
    rule = guideline.rule(found.ward, found.opened_on)
    tier = rule.tiers[found.tier]
    people = offices.holders(tier, found.ward, clock.today())
    return rules.acting(
        tier.key, offices.sides(found), people, rule.code, one_tier_each=rule.one_tier_each
    )


def of_ward(ward: str, states: Sequence[str] = ()) -> "QuerySet[Dossier]":
    """The ward's dossiers, the one that has waited longest where it is first."""
    found = Dossier.objects.filter(ward=ward)
    if states:
        found = found.filter(state__in=list(states))
    return found.order_by("received_on", "id")


def dump(ward: str) -> dict[str, list[Mapping[str, Any]]]:
    """Rows of the ward package: ``verification_steps``, ``dossiers`` and what belongs to them."""
    return {
        "dossiers": list(Dossier.objects.filter(ward=ward).order_by("id").values()),
        **steps_dump(ward),
        "verification_handings": _rows(Handing, ward),
        "verification_recusals": _rows(Recusal, ward),
        "verification_notices": _rows(Notice, ward),
    }


def steps_dump(ward: str) -> dict[str, list[Mapping[str, Any]]]:
    """Rows of the ward package: ``verification_steps`` alone."""
    steps = Step.objects.filter(ward=ward).order_by("id").prefetch_related("pauses")
    return {"verification_steps": [_step_row(step) for step in steps]}


def _rows(model: Any, ward: str) -> list[Mapping[str, Any]]:
    return list(model.objects.filter(dossier__ward=ward).order_by("id").values())


def _step_row(step: Step) -> dict[str, Any]:
    return {
        "dossier": step.dossier_id,
        "tier": step.tier,
        "received_on": step.received_on,
        "decided_on": step.decided_on,
        "decision": step.decision,
        "reason_code": ";".join(step.reasons),
        "verifier": step.decided_by,
        "id": step.id,
        "number": step.number,
        "entered_on": step.entered_on,
        "decided_entered_on": step.decided_entered_on,
        "result": step.result,
        "note": step.note,
        "limit_days": step.limit_days,
        "days": step.days,
        "pauses": [
            {"since": one.since, "until": one.until, "reason": one.reason, "note": one.note}
            for one in sorted(step.pauses.all(), key=lambda one: one.since)
        ],
    }


# what lies in other files of the room and belongs to its queries too
figures = counted.figures
seats = offices.seats


# --- an office's queue ------------------------------------------------------------------------------

PAGE = 50


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what waits, oldest first. ``after``: the mark of the next page, empty at the end."""

    rows: tuple[Dossier, ...]
    after: str


def waiting(seats: Sequence[tuple[str, str]]) -> "QuerySet[Dossier]":
    """What lies open in these offices (pairs of tier and area)."""
    wanted = Q(pk__in=())
    for tier, area in seats:
        wanted |= Q(tier=tier) & _seat(tier, area)
    return Dossier.objects.filter(wanted)


def _seat(tier: str, area: str) -> Q:
    """The office itself, or every office of a larger area."""
    level = guideline.rule(area, clock.today()).tiers[tier].level
    if len(area.split(".")) == LEVELS[level]:
        return Q(seat=area)
    return Q(ward__in=counted.codes(area)) if area else Q()


def queue(seats: Sequence[tuple[str, str]], after: str = "", size: int = PAGE) -> Queue:
    """The next page of the offices' queue; ``after``: the mark that the page before gave, none where it is broken."""
    found = waiting(seats).order_by("received_on", "id")
    day, _dot, key = after.partition(".")
    if since := day_named(day):
        found = found.filter(received_on__gte=since).exclude(received_on=since, id__lte=key)
    rows = list(found[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return Queue(tuple(rows[:size]), f"{last.received_on}.{last.id}" if last else "")


@dataclass(frozen=True, slots=True)
class Sums:
    """How many wait in an office, how many of them past their limit, and since when the oldest.

    ``days``: how many days the oldest has waited by its own ward's calendar; 0 where none waits.
    """

    waiting: int
    overdue: int
    oldest: date | None
    days: int = 0


def sums_of(by: User) -> Sums | None:
    """What waits in somebody's offices, of every ward; ``None`` where they sit in no office."""
    seats = offices.seats(by, clock.life_today())
    return sums(seats) if seats else None


def sums(seats: Sequence[tuple[str, str]]) -> Sums:
    """The figures above a queue; practice wards by their own day, all others by the day of life."""
    found = waiting(seats)
    own, today = practice_days(), clock.life_today()
    overdue = found.exclude(ward__in=list(own)).filter(due_on__lt=today).count()
    for ward, day in own.items():
        overdue += found.filter(ward=ward, due_on__lt=day).count()
    first = found.order_by("received_on", "id").values_list("received_on", "ward").first()
    if first is None:
        return Sums(0, 0, None)
    since, ward = first
    return Sums(found.count(), overdue, since, max((own.get(ward, today) - since).days, 0))


def practice_days() -> dict[str, date]:
    """The day of each practice ward."""
    return {
        each.code: each.practice_today
        for each in territory.wards([""])
        if each.practice_today is not None
    }


def scans(dossier_id: str) -> dict[str, list[Scan]]:
    """What says where each paper of a dossier is found, by the paper's key; without the pictures."""
    found: dict[str, list[Scan]] = {}
    for one in Scan.objects.filter(dossier=dossier_id).defer("content").order_by("id"):
        found.setdefault(one.paper, []).append(one)
    return found


def scan(ward: str, scan_id: str) -> Scan | None:
    """One picture of a paper, with its content."""
    found = Scan.objects.filter(pk=scan_id, dossier__ward=ward, content__isnull=False)
    return found.first()


def check(ward: str) -> list[Reason]:
    """Dossiers that stand as no action has put them."""
    from pendamping.verification import said

    return said.breaks(ward)
