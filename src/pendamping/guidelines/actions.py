"""The writers of adoptions, handed-in texts and a ward's own decisions."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.guidelines import queries, rules, standing
from pendamping.guidelines.models import Adoption, LocalDecision, StoredText
from pendamping.guidelines.rules import Deviation, Text
from pendamping.kernel import clock, memory
from pendamping.kernel.refusal import N_, Reason, refuse, refuse_if
from pendamping.territory import queries as territory
from pendamping.territory.actions import take_turn
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def publish_texts(*, by: User, contents: Iterable[str]) -> list[StoredText]:
    """Hand in the texts of a guideline, together; returns them as stored.

    Refuses, with every reason and place, what cannot be read; a version that is there already; and
    texts that do not make one working guideline from their first day on.
    """
    allow(by, "guidelines.adopt_guideline", "")
    written = list(contents)
    new = _read(written)
    refuse_if(_publication_problems(new))
    stored = [
        StoredText.objects.create(
            code=text.header.code,
            kind=text.header.kind,
            version=text.header.version,
            content=content,
            sha256=text.sha256,
            entered_at=clock.now(),
        )
        for text, content in zip(new, written, strict=True)
    ]
    memory.forget()
    for text in stored:
        name = f"{text.code} {text.kind} {text.version}"
        record(by=by, ward="", record=f"guideline:{text.id}", text=name, sha256=text.sha256)
    return stored


def _read(contents: list[str]) -> list[Text]:
    """The new texts; each may amend one that is known, or one before it."""
    if not contents:
        raise refuse("guidelines.text.missing", N_("There is no text to hand in."))
    known = [text for code in queries.codes() for text in queries.texts(code)]
    return list(queries.read_after(known, contents)[len(known) :])


def _publication_problems(new: list[Text]) -> list[Reason]:
    reasons = []
    for code in dict.fromkeys(text.header.code for text in new):
        known = queries.texts(code)
        taken = {(text.header.kind, text.header.version) for text in known}
        mine = [text for text in new if text.header.code == code]
        for text in mine:
            place = (text.header.kind, text.header.version)
            if place in taken:
                reasons.append(
                    Reason(
                        "guidelines.text.version",
                        N_("Version {version} of {code} ({kind}) is there already."),
                        {"version": place[1], "code": code, "kind": place[0]},
                        {"key": "guideline.version"},
                    )
                )
            taken.add(place)
        days = sorted({text.header.valid_from for text in mine})
        for day in days:
            together = rules.combine(rules.in_force([*known, *mine], code, day))
            reasons += rules.problems(together)
    return reasons


@action
def adopt_guideline(*, by: User, ward: str, code: str, from_: date, version: str = "") -> Adoption:
    """Put a ward under a guideline from a day on; ``version``: stay at it (empty: follow new ones).

    Refuses an unknown ward, guideline or version, a day on which no text holds or the texts do not
    work together, and a second adoption on the same day.
    """
    allow(by, "guidelines.adopt_guideline", ward)
    earlier = list(Adoption.objects.select_for_update().filter(ward=ward))
    refuse_if(_adoption_problems(ward, code, from_, version, earlier))
    adoption = Adoption.objects.create(
        ward=ward, code=code, upto_version=version, since=from_, entered_at=clock.now()
    )
    memory.forget()
    texts = rules.in_force(queries.texts(code), code, from_, version)
    record(
        by=by,
        ward=ward,
        record=f"adoption:{adoption.id}",
        on=from_,
        code=code,
        version=rules.combine(texts).version,
        follows_new_versions=not version,
        sha256=[text.sha256 for text in texts],
    )
    return adoption


def _adoption_problems(
    ward: str, code: str, from_: date, version: str, earlier: list[Adoption]
) -> list[Reason]:
    if territory.ward(ward) is None:
        return [_reason("ward", N_("{code} is no ward of the programme."), ward, code=ward)]
    texts = queries.texts(code)
    if not texts:
        return [_reason("code", N_("There is no guideline {code}."), ward, code=code)]
    versions = {text.header.version for text in texts}
    if version and version not in versions:
        return [
            _reason("version", N_("There is no version {version} of {code}."), ward,
                    version=version, code=code)
        ]  # fmt: skip
    if any(adoption.since == from_ for adoption in earlier):
        return [_reason("since", N_("The ward has adopted a guideline on this day already."), ward)]
    together = rules.in_force(texts, code, from_, version)
    if not together:
        return [
            _reason("valid_from", N_("No text of guideline {code} holds on {day}."), ward,
                    code=code, day=from_.isoformat())
        ]  # fmt: skip
    return rules.problems(rules.combine(together))


@action
def record_deviation(
    *,
    by: User,
    ward: str,
    clause: str,
    value: Any,
    since: date,
    meeting: str,
    reason: str,
    until: date | None = None,
) -> LocalDecision:
    """Record that a ward decided otherwise than the text, from a day on.

    ``clause``: ``"loans.p2kp2.first_loan_max"``, or with a path to one field of a table. ``meeting``:
    the id of the meeting that decided it (subject: :func:`minutes.subject`), of a kind that may, with
    its quorum and signed minutes; what it decided is recorded once. Refuses an unknown clause, a value
    of the wrong kind or another than was decided, a day before the meeting, no reason, the same clause
    twice from one day, a value that holds already, and one with which the guideline would no longer
    fit together.
    """
    allow(by, "guidelines.record_deviation", ward)
    take_turn(ward, "guidelines")
    wanted = Deviation(clause, value, since, meeting.strip(), reason.strip(), until)
    refuse_if(standing.problems(ward, wanted))
    decision = LocalDecision.objects.create(
        ward=ward,
        clause=clause,
        value=rules.freeze(value),
        since=since,
        until=until,
        meeting=wanted.meeting,
        reason=wanted.reason,
        entered_at=clock.now(),
    )
    memory.forget()
    record(
        by=by,
        ward=ward,
        record=f"deviation:{decision.id}",
        on=since,
        clause=clause,
        value=decision.value,
        until=until,
        meeting=wanted.meeting,
    )
    return decision


@action
def end_deviation(
    *, by: User, ward: str, deviation: str, until: date, meeting: str
) -> LocalDecision:
    """Let a local decision hold to a last day; the text holds again after it.

    ``meeting``: the id of the meeting that decided so (subject: :func:`minutes.end_subject`), of a kind
    that may, with its quorum and signed minutes. Refuses a decision that is not this ward's, one that
    has an end, a last day before its first or before the meeting.
    """
    allow(by, "guidelines.end_deviation", ward)
    take_turn(ward, "guidelines")
    decision = LocalDecision.objects.select_for_update().filter(pk=deviation, ward=ward).first()
    if decision is None:
        raise refuse("guidelines.deviation.unknown", N_("The ward has no such decision."),
                     where={"deviation": deviation})  # fmt: skip
    refuse_if(standing.end_problems(ward, decision, meeting.strip(), until))
    decision.until, decision.ended_by = until, meeting.strip()
    decision.save(update_fields=["until", "ended_by"])
    memory.forget()
    record(
        by=by, ward=ward, record=f"deviation:{deviation}", on=until, until=until,
        meeting=decision.ended_by,
    )  # fmt: skip
    return decision


def _reason(what: str, text: str, ward: str, **values: Any) -> Reason:
    return Reason(f"guidelines.adoption.{what}", text, values, {"ward": ward})
