"""The only writers of meetings."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import alike, belonging, changing, correcting, counted, drafting
from pendamping.meetings.models import Decision, Meeting
from pendamping.meetings.offering import FREE, left_open
from pendamping.meetings.queries import verdict
from pendamping.meetings.rules import attendance as counting
from pendamping.meetings.rules import deciding
from pendamping.meetings.rules.changing import (
    cancelled_problems,
    changing_problems,
    moving_problems,
)
from pendamping.meetings.rules.correcting import correcting_problems
from pendamping.meetings.rules.undecided import undecided_problems
from pendamping.territory import queries as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action, own_id


def _points(agenda: Sequence[str]) -> list[str]:
    return [line.strip() for line in agenda if line.strip()]


@action
def call_meeting(
    *,
    by: User,
    ward: str,
    kind: str,
    held_on: date,
    place: str,
    stage: str = "",
    level: str = "kelurahan",
    rw: str = "",
    rt: str = "",
    agenda: Sequence[str] = (),
    follows: str = "",
    group: str = "",
    members: Sequence[str] | None = None,
    asked: Sequence[Mapping[str, str]] = (),
    request_id: str = "",
) -> Meeting:
    """Call a meeting; one dated in the past is recorded afterwards.

    ``kind``: a key of the guideline's meetings. ``follows``: the first meeting that had no quorum;
    the second one then needs the lower share. ``group``, ``members``: of a group's own meeting, its id
    and the ids of its members on that day: they alone may decide. ``asked``: subject and text of
    decisions that it is called for, offered when it is held. ``request_id``: the same form sent twice
    calls once.
    """
    first = _lock(ward, follows) if follows else None
    allow(by, "meetings.call_meeting", ward)
    known = _ask_to_call(ward, kind, held_on, level, first)
    meeting = Meeting.objects.create(
        id=own_id(request_id), ward=ward, kind=kind, stage=stage or known[kind].get("stage", ""),
        level=deciding.LEVELS[level.lower()], rw=rw, rt=rt,
        held_on=held_on, entered_on=clock.today(), entered_at=clock.now(),
        place=fitting(place, 120),
        agenda=_points(agenda),
        asked=[dict(one) for one in asked],
        follows=first,
        group=group,
        members=None if members is None else sorted(members),
        guideline_version=guidelines.version(ward, held_on),
    )  # fmt: skip
    at = min(held_on, clock.today())
    record(by=by, ward=ward, record=f"meeting:{meeting.id}", on=at, kind=kind, held_on=held_on,
           follows=follows)  # fmt: skip
    return meeting


def _ask_to_call(
    ward: str, kind: str, held_on: date, level: str, first: Meeting | None
) -> Mapping[str, Any]:
    """The guideline's kinds of meeting, where this one may be called, and may follow the first one."""
    refuse_if(_day_problems(ward, held_on))
    code = guidelines.code(ward, held_on)
    known = guidelines.section("meetings", ward, held_on)
    refuse_if(deciding.call_problems(kind, known, level, code))
    if first is not None:
        facts = deciding.First(
            first.kind, first.held_on, first.status != "called", first.quorum_met
        )
        refuse_if(deciding.second_problems(facts, kind, held_on, known[kind]["quorum"], code))
    return known


def _day_problems(ward: str, held_on: date) -> list[Reason]:
    """Whether the day lies in the programme's time in the ward."""
    today = clock.today()
    text = guidelines.in_force(ward, today)
    place = territory.ward(ward)
    ahead = text.section("participation").get("call_ahead_days")
    clause = f"participation.{text.code}.call_ahead_days"
    began = place.programme_start if place else None
    return deciding.day_problems(held_on, today, began, ahead, clause)


@action
def move_meeting(
    *, by: User, ward: str, meeting_id: str, held_on: date, place: str, why: str
) -> Meeting:
    """Another day or place for a meeting that people were invited to; the reason is kept.

    Refused where the roll is taken, or where the new day does not hold for a meeting called anew.
    """
    meeting = _lock(ward, meeting_id)
    allow(by, "meetings.move_meeting", ward)
    refuse_if(changing_problems(meeting.status, meeting.cancelled, why))
    place = fitting(place, 120)
    refuse_if(
        moving_problems((meeting.held_on, meeting.place), (held_on, place), clock.today())
        + _day_problems(ward, held_on)
    )
    _ask_to_call(ward, meeting.kind, held_on, meeting.level, meeting.follows)
    changing.keep(by, meeting, why, (held_on, place))
    meeting.held_on, meeting.place = held_on, place
    meeting.guideline_version = guidelines.version(ward, held_on)
    meeting.save(update_fields=["held_on", "place", "guideline_version"])
    return meeting


@action
def cancel_meeting(*, by: User, ward: str, meeting_id: str, why: str) -> Meeting:
    """Call a meeting off that people were invited to; it stays in the list, with the reason."""
    meeting = _lock(ward, meeting_id)
    allow(by, "meetings.cancel_meeting", ward)
    refuse_if(changing_problems(meeting.status, meeting.cancelled, why))
    changing.keep(by, meeting, why, None)
    return meeting


@action
def renew_members(*, by: User, ward: str, group: str, members: Mapping[str, Sequence[str]]) -> int:
    """Tell the group's meetings whose roll is not taken yet who belongs to it; returns how many.

    ``members``: ids by the meeting's id, as of its day.
    """
    allow(by, "meetings.renew_members", ward)
    called = Meeting.objects.select_for_update().filter(ward=ward, group=group, status="called")
    changed = [one for one in called.order_by("id") if one.id in members]
    for one in changed:
        one.members = sorted(members[one.id])
        one.save(update_fields=["members"])
        record(
            by=by, ward=ward, record=f"meeting:{one.id}", on=min(one.held_on, clock.today()),
            members=len(one.members),
        )  # fmt: skip
    return len(changed)


@action
def take_roll(
    *,
    by: User,
    ward: str,
    meeting_id: str,
    present: Sequence[Mapping[str, Any]] = (),
    head_count: Mapping[str, Any] | None = None,
    eligible: int | None = None,
    add: bool = False,
    off: Sequence[str] = (),
    sure: Collection[str] | None = None,
) -> Meeting:
    """Record who came, by name or by heads, and judge the quorum; a new roll replaces the old one.

    ``present``: mappings with ``person`` (id or empty), ``name``, ``sex``, ``poor`` and, if known,
    ``rw``, ``rt``, ``guest``; of residents, name, sex, place and poverty are taken from the census
    as of the day. ``head_count``: ``total, women, poor`` and, if known, ``guests`` and ``rts``
    (``["05/02", …]``). ``eligible``: how many belong to the roll of the quorum (delegates, board
    members …); where it is left out, those who sit in the body on that day, else what was said before. ``add``: add to the roll as it
    stands (at the door), less the rows ``off`` (ids). ``sure``: ids of those who came beside the one whose
    likely double they are, as somebody asked them; refused for others (``None``: nobody is asked).
    """
    meeting = _lock(ward, meeting_id)
    allow(by, "meetings.take_roll", ward)
    taken = meeting.decisions.count()
    refuse_if(cancelled_problems(meeting.cancelled))
    refuse_if(deciding.roll_time_problems(meeting.status, meeting.held_on, taken, clock.today()))
    sitting = belonging.members(meeting)
    refuse_if(counted.term_problems(meeting, sitting))
    if sitting is not None and (meeting.members is not None or eligible is None):
        eligible = len(sitting)
    eligible = meeting.eligible if eligible is None else eligible
    if add and not present and not off and meeting.counted_by == "heads":
        head_count = counted.as_kept(meeting)
    if head_count is not None:
        came, entries = counted.by_heads(meeting, head_count, eligible), []
    else:
        known = counted.kept(meeting, off) if add else []
        refuse_if(alike.asked(meeting.ward, known, present, sure))
        came, entries = counted.by_names(meeting, known, present, eligible)
    refuse_if(counting.eligible_problems(came) + counted.body_problems(meeting, eligible, sitting))
    meeting.eligible = eligible
    counted.store(meeting, came, entries, by_names=head_count is None)
    record(
        by=by, ward=ward, record=f"meeting:{meeting.id}", on=meeting.held_on, attended=came.total,
        women=came.women, poor=came.poor, quorum=meeting.quorum_met,
        **({"two_persons": sorted(sure)} if sure else {}),
    )  # fmt: skip
    return meeting


@action
def correct_roll(
    *, by: User, ward: str, meeting_id: str, struck: int, stands: int, why: str
) -> Meeting:
    """One person stands on the roll twice: the row ``struck`` (its number) counts no more, ``stands`` does.

    A roll that decided or was signed stays as it was written, with the correction and its reason beside it;
    the quorum is judged anew by the rule of its day, and what falls without it does not stand.
    """
    meeting = _lock(ward, meeting_id)
    allow(by, "meetings.correct_roll", ward)
    known = correcting.standing(meeting)
    refuse_if(
        correcting_problems(
            by_names=meeting.counted_by == "names", standing=known, struck=struck, stands=stands, why=why
        )
    )  # fmt: skip
    if correcting.is_final(meeting):
        correcting.strike(meeting, known, struck, stands, why)
    else:
        counted.take_off(meeting, known[struck].row)
    record(
        by=by, ward=ward, record=f"meeting:{meeting.id}", on=clock.today(), why=why.strip(),
        struck=struck, stands=stands, name=known[struck].name, other=known[stands].name,
        attended=meeting.attended, quorum=meeting.quorum_met,
    )  # fmt: skip
    return meeting


@action
def record_decision(
    *,
    by: User,
    ward: str,
    meeting_id: str,
    subject: str,
    text: str,
    outcome: str = "accepted",
    votes: Mapping[str, int] | None = None,
    request_id: str = "",
) -> Decision:
    """Record what the meeting decided; refused, with every reason, where the quorum fails.

    ``subject``: what it is about, for the room that asks later. ``votes``: ``for, against,
    abstain``; none means consensus. ``request_id``: the same form sent twice decides once.
    """
    meeting = _lock(ward, meeting_id)
    allow(by, "meetings.record_decision", ward)
    refuse_if(
        _decision_problems(meeting, outcome, votes) + _otherwise(meeting, subject, outcome, text)
    )
    refuse_if(deciding.text_problems(subject, text))
    decision = Decision.objects.create(
        id=own_id(request_id),
        meeting=meeting,
        number=meeting.decisions.count() + 1,
        subject=subject.strip(),
        text=text.strip(),
        outcome=outcome,
        votes=dict(votes) if votes is not None else None,
        entered_at=clock.now(),
    )
    record(
        by=by,
        ward=ward,
        record=f"meeting:{meeting.id}",
        on=meeting.held_on,
        subject=decision.subject,
        outcome=outcome,
        votes=decision.votes,
    )
    return decision


def _otherwise(meeting: Meeting, subject: str, outcome: str, text: str) -> list[Reason]:
    """What the meeting decided before on the same subject, but otherwise, has to be named."""
    taken = meeting.decisions.filter(subject=subject.strip()).order_by("number").last()
    if taken is None or taken.outcome == outcome or subject.strip() in FREE:
        return []
    return deciding.changed_problems(taken.number, text)


def _decision_problems(
    meeting: Meeting, outcome: str, votes: Mapping[str, int] | None
) -> list[Reason]:
    rule = meeting.quorum_rule
    clause = f"meetings.{rule.get('code', guidelines.code(meeting.ward, meeting.held_on))}.{meeting.kind}"
    return deciding.decision_problems(
        status=meeting.status,
        verdict=verdict(meeting),
        way=rule.get("decision", ""),
        outcome=outcome,
        votes=votes,
        present=(meeting.attended or 0) - meeting.guests,
        clause=f"{clause}.decision",
    )


@action
def sign_minutes(
    *,
    by: User,
    ward: str,
    meeting_id: str,
    text: str,
    signed_on: date,
    signers: Sequence[str],
    undecided: Mapping[str, str] | None = None,
    seen: str = "",
) -> Meeting:
    """Keep the signed minutes and close the meeting; nothing in it changes after that.

    ``undecided``: by its subject, why something that the meeting was called for is not decided.
    ``seen``: the mark of the draft that was read; none where nobody read one.
    """
    meeting = _lock(ward, meeting_id)
    allow(by, "meetings.sign_minutes", ward)
    open_, why = left_open(meeting), undecided or {}
    refuse_if(
        deciding.signing_problems(
            meeting.status, meeting.held_on, signed_on, clock.today(), text, list(signers)
        )
        + (drafting.against_record(meeting, text, seen) or undecided_problems(open_, why))
    )
    meeting.minutes = text.strip() + drafting.not_decided(open_, why)
    meeting.signed_on = signed_on
    meeting.signers = [name.strip() for name in signers if name.strip()]
    meeting.status = "closed"
    meeting.save(update_fields=["minutes", "signed_on", "signers", "status"])
    left = {one["subject"]: why[one["subject"]].strip() for one in open_}
    record(
        by=by, ward=ward, record=f"meeting:{meeting.id}", on=signed_on,
        signers=len(meeting.signers), **({"undecided": left} if left else {}),
    )  # fmt: skip
    return meeting


def _lock(ward: str, meeting_id: str) -> Meeting:
    found = Meeting.objects.select_for_update().filter(pk=meeting_id, ward=ward).first()
    if found is None:
        raise refuse(
            "meetings.meeting",
            "There is no such meeting in this ward.",
            where={"meeting": meeting_id},
        )
    return found
