"""What is next in a ward: which stage, what it waits for, and the page on which that is done."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pendamping.cycle.reading import Cycle
from pendamping.cycle.rules import Missing, Standing, Verdict
from pendamping.meetings import queries as meetings
from pendamping.meetings.rules.validity import deciding_kinds

ACTS: dict[str, tuple[str, str]] = {
    # what is missing: (page on which it is done, permission); the page takes the parts of what is missing
    "places": ("households:upload", "households.stage_upload"),
    "session": ("meetings:call", "meetings.call_meeting"),
    "decide": ("meetings:call", "meetings.call_meeting"),
    "called": ("meetings:meeting", "meetings.record_decision"),
    "unfinished": ("meetings:meeting", "meetings.sign_minutes"),
    "rejected": ("meetings:list", "meetings.call_meeting"),
    "criteria": ("targeting:home", "targeting.set_criteria"),
    "poor_list": ("targeting:home", "targeting.draft_list"),
    "seats": ("elections:board", "elections.prepare"),
    "new_board": ("elections:board", "elections.prepare"),
    "paper": ("institutions:body_paper", "institutions.record_paper"),
    "groups": ("institutions:choose", "institutions.form_group"),
    "no_tranche": ("grants:home", "grants.record_allocation"),
    "release_paper": ("grants:tranche", "grants.tick_papers"),
    "receive": ("grants:tranche", "grants.receive_tranche"),
    "report": ("grants:tranche", "grants.hand_in_report"),
    # of the stage itself
    "begin": ("cycle:stage", "cycle.start_stage"),
    "finish": ("cycle:stage", "cycle.finish_stage"),
}

PREPARED: dict[str, tuple[str, str]] = {
    # matters that are prepared on a page of their own before a meeting is called for them
    "handover": ("handover:home", "handover.prepare_sign_off"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do next. ``kind``: a key of :data:`ACTS`; ``due``: the day by which it should be done, the
    planned one of the stage or the one on which a report is owed; ``page``, ``parts``, ``query``: where; ``permission``: of whoever does it."""

    stage: str
    kind: str
    gate: str
    due: date | None
    days_late: int
    page: str
    permission: str
    parts: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


def steps(
    found: Cycle, verdicts: Mapping[str, list[Verdict]] | None = None, only: str = ""
) -> list[Step]:
    """What is next: what running stages wait for, which of them can be closed, which can begin.

    The stage that is latest comes first. Nothing where the programme has stopped, or where nobody entered
    when it began. ``verdicts``: where the caller has read the gates of the running stages already;
    ``only``: of one stage.
    """
    mine = [one for one in found.standings.values() if only in ("", one.stage)]
    running = [one for one in mine if one.state == "running"]
    ready = [one for one in mine if one.state == "ready"]
    known = verdicts or found.verdicts([one.stage for one in running])
    if any(one.stops for own in known.values() for one in own):
        return []
    called = _called(found) if any(_waits_for_meeting(known[one.stage]) for one in running) else {}
    made: list[Step] = []
    for one in sorted(running, key=_urgency):
        unmet = [verdict for verdict in known[one.stage] if not verdict.met]
        for verdict in unmet:
            made += [_of_gate(found, one, verdict, missing, called) for missing in _few(verdict)]
        if not unmet:
            made.append(_of_stage(one, "finish", one.planned.ends if one.planned else None))
    for one in sorted(ready, key=_urgency):
        made.append(_of_stage(one, "begin", one.planned.starts if one.planned else None))
    return made


def _urgency(one: Standing) -> tuple[int, date]:
    return (-one.days_late, one.planned.ends if one.planned else date.max)


def _few(verdict: Verdict) -> list[Missing]:
    """Each thing that is missing; sessions as one, for the first RT that had none."""
    missing = list(verdict.found.missing)
    return missing[:1] if missing and missing[0].kind == "session" else missing


def _waits_for_meeting(verdicts: Collection[Verdict]) -> bool:
    return any(missing.kind == "decide" for one in verdicts for missing in one.found.missing)


def _called(found: Cycle) -> dict[str, str]:
    """The meetings that are called to decide a matter, or were held and have not yet: matter to id."""
    return {
        asked["subject"]: one.id
        for one in meetings.meetings(found.ward, status=("called", "held"))
        for asked in one.asked
        if one.status == "called" or one.quorum_met
    }


def _of_stage(one: Standing, kind: str, due: date | None) -> Step:
    page, permission = ACTS[kind]
    late = one.days_late if kind == "finish" or one.overdue else 0
    return Step(one.stage, kind, "", due, late, page, permission, {"stage": one.stage})


def _of_gate(
    found: Cycle, one: Standing, verdict: Verdict, missing: Missing, called: Mapping[str, str]
) -> Step:
    kind, parts, query = missing.kind, dict(missing.parts), {}
    values = {**missing.values, "have": verdict.found.have, "of": verdict.found.of}
    if kind == "session":
        values["count"] = len(verdict.found.missing)
        query = {"kind": values["meeting"], "level": "RT", "rw": values["rw"], "rt": values["rt"]}
    if kind == "decide" and values["matter"] in called:
        kind, parts = "called", {"meeting": called[values["matter"]]}
    elif kind == "decide":
        query = _to_call(found, values["matter"], verdict.key)
    page, permission = ACTS[kind]
    if kind == "decide" and values["matter"] in PREPARED:
        (page, permission), query = PREPARED[values["matter"]], {}
    due, late = one.planned.ends if one.planned else None, one.days_late
    if missing.due is not None:
        due, late = missing.due, max((found.on - missing.due).days, 0)
    return Step(one.stage, kind, verdict.key, due, late, page, permission, parts, query, values)


def _to_call(found: Cycle, matter: str, gate: str) -> dict[str, str]:
    """The form of a call, filled in: the kind of meeting that decides the matter, and the decision."""
    kinds = deciding_kinds(found.text.section("meetings"), matter)
    text = decision_text(found, matter, gate)
    return {"kind": kinds[0], "agenda": text, "subject": matter, "text": text}


def decision_text(found: Cycle, matter: str, gate: str) -> str:
    """The decision in words, in Indonesian as minutes are signed."""
    from django.utils import translation

    from pendamping.cycle.labels import MATTERS

    with translation.override("id"):
        said = MATTERS.get(matter)
        return translation.gettext(said) if said else found.names.gates[gate]["id"]
