"""Whether a ward's own decision can stand beside the text, before and after its meeting."""

from datetime import date
from typing import Any

from pendamping.guidelines import minutes, pages, queries, rules
from pendamping.guidelines.models import LocalDecision
from pendamping.guidelines.rules import Deviation, carrying
from pendamping.kernel.refusal import N_, Reason
from pendamping.territory import queries as territory


def problems(ward: str, wanted: Deviation) -> list[Reason]:
    """Every reason against recording a decision: of the value, of its grounds, of its meeting."""
    if territory.ward(ward) is None:
        return [
            _reason("adoption.ward", N_("{code} is no ward of the programme."), ward, code=ward)
        ]
    written = queries.as_written(ward, wanted.since)
    mine = LocalDecision.objects.filter(ward=ward, clause=wanted.clause)
    reasons = rules.check(written, wanted)
    if mine.filter(since=wanted.since).exists():
        text = N_("The ward has decided on this clause from this day already.")
        reasons.append(_reason("adoption.since", text, ward))
    if wanted.meeting:
        reasons += _of_meeting(ward, wanted, mine.filter(meeting=wanted.meeting).count())
    return reasons or fit(ward, wanted)


def _of_meeting(ward: str, wanted: Deviation, used: int) -> list[Reason]:
    taken = {each.meeting: each for each in minutes.decided(ward, wanted.clause)}
    found = taken.get(wanted.meeting)
    day = found.held_on if found else wanted.since
    guideline = queries.in_force(ward, day)
    return carrying.carrying_problems(
        found,
        value=wanted.value,
        since=wanted.since,
        known=guideline.section("meetings"),
        names=pages.meeting_kinds(guideline),
        code=guideline.code,
        used=used,
    )


def end_problems(ward: str, decision: LocalDecision, meeting: str, until: date) -> list[Reason]:
    """Every reason against letting a decision end: it has an end, its days, its meeting."""
    if decision.until is not None:
        text = N_("This decision has ended already.")
        return [Reason("guidelines.deviation.ended", text, {}, {"deviation": decision.id})]
    if until < decision.since:
        text = N_("The last day of a decision cannot lie before its first.")
        return [Reason("guidelines.deviation.until", text, {}, {"field": "until"})]
    taken = {each.meeting: each for each in minutes.ends(ward, decision.id)}
    found = taken.get(meeting)
    guideline = queries.in_force(ward, found.held_on if found else until)
    return carrying.ending_problems(
        found,
        until=until,
        known=guideline.section("meetings"),
        names=pages.meeting_kinds(guideline),
        code=guideline.code,
    )


def fit(ward: str, wanted: Deviation) -> list[Reason]:
    """Why the guideline would no longer fit together with the value, or why nothing changes."""
    written = queries.as_written(ward, wanted.since)
    others = queries.deviations(ward)
    before = rules.overlay(written, others, wanted.since)
    holds = rules.find(before, wanted.clause)
    if holds is not None and holds.value == wanted.value:
        text = N_("This value holds already; nothing is decided otherwise.")
        return [_reason("adoption.same", text, ward)]
    after = rules.overlay(written, [*others, wanted], wanted.since)
    known = {(reason.clause, str(reason.where)) for reason in rules.problems(before)}
    return [
        reason
        for reason in rules.problems(after)
        if (reason.clause, str(reason.where)) not in known
    ]


def proposal_problems(ward: str, wanted: Deviation) -> list[Reason]:
    """Why a value cannot be put to a meeting; ``wanted`` has no meeting yet."""
    written = queries.as_written(ward, wanted.since)
    asked = [
        reason
        for reason in rules.check(written, wanted)
        if reason.clause in {"guidelines.deviation.clause", "guidelines.deviation.value"}
    ]
    if asked:
        return asked
    if len(minutes.subject(wanted.clause, wanted.value)) > minutes.LONGEST:
        text = N_("This is too long for a decision; hand in a guideline text instead.")
        return [Reason("guidelines.deviation.long", text, {}, {"field": "value"})]
    return fit(ward, wanted)


def _reason(what: str, text: str, ward: str, **values: Any) -> Reason:
    return Reason(f"guidelines.{what}", text, values, {"ward": ward})
