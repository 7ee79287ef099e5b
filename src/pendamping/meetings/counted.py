"""Who came to a meeting: from the census as of its day, or by heads; of whom its quorum is counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import belonging
from pendamping.meetings.models import Meeting, RollEntry
from pendamping.meetings.rules import Attendance, Present, judge, read_rule, tally
from pendamping.meetings.rules import attendance as counting


def body_problems(
    meeting: Meeting, eligible: int | None, sitting: Sequence[str] | None
) -> list[Reason]:
    """The roll of a body counts all who sat in it on the day, present or not; where nobody knows who sits
    in the board, it counts at least the guideline's smallest board."""
    if sitting is not None:
        return counting.seats_problems(eligible, len(sitting))
    if _quorum(meeting)["roll"] != "board":
        return []
    text = guidelines.in_force(meeting.ward, meeting.held_on)
    least = int(text.section("board").get("size_min", 1))
    return counting.body_problems(eligible, least, f"board.{text.code}.size_min")


def by_heads(meeting: Meeting, head_count: Mapping[str, Any], eligible: int | None) -> Attendance:
    refuse_if(counting.head_problems(head_count))
    return counting.heads(head_count, eligible=eligible, all_rts=all_rts(meeting))


def by_names(
    meeting: Meeting,
    known: list[Present],
    present: Sequence[Mapping[str, Any]],
    eligible: int | None,
) -> tuple[Attendance, list[Present]]:
    entries = _guests([*known, *_from_census(meeting, present)], belonging.members(meeting))
    refuse_if(counting.roll_problems(entries))
    if eligible is None and _quorum(meeting)["roll"] == "members":
        eligible = sum(not each.guest for each in entries)  # the group is those who form it
    came = tally(entries, eligible=eligible, all_rts=all_rts(meeting))
    return came, entries


def _guests(entries: list[Present], members: Sequence[str] | None) -> list[Present]:
    """Where those who belong are known by name, whoever else came is a guest; elsewhere as given."""
    if members is None:
        return entries
    belong = households.every_id(members)
    return [replace(each, guest=each.person not in belong) for each in entries]


def kept(meeting: Meeting, off: Collection[str] = ()) -> list[Present]:
    """The roll as it stands, without some of its rows (ids); refused where one is not there any more."""
    rows = list(meeting.roll.order_by("number"))
    if set(off) - {each.id for each in rows}:
        raise refuse(
            "meetings.roll.off",
            "Nobody was taken off: this person stands on the roll no longer.",
            where={"meeting": meeting.id},
        )
    return [
        Present(e.person_id or "", e.name, e.sex, e.poor, e.rw, e.rt, e.guest, e.id)
        for e in rows
        if e.id not in off
    ]


def take_off(meeting: Meeting, row: str) -> None:
    """The roll as it stands without one row, which named somebody a second time; counted anew."""
    came, entries = by_names(meeting, kept(meeting, [row]), (), meeting.eligible)
    store(meeting, came, entries, by_names=True)


def as_kept(meeting: Meeting) -> dict[str, Any]:
    """The head-count as it stands."""
    return {
        "total": meeting.attended,
        "women": meeting.attended_women,
        "poor": meeting.attended_poor,
        "guests": meeting.guests,
        "rts": meeting.rts_present,
    }


def store(meeting: Meeting, came: Attendance, entries: list[Present], *, by_names: bool) -> None:
    """Keep who came and what the quorum's rule of the day says of it; a row that stays keeps its id."""
    kind = guidelines.section("meetings", meeting.ward, meeting.held_on)[meeting.kind]
    code = guidelines.code(meeting.ward, meeting.held_on)
    second = meeting.follows_id is not None
    found = judge(came, read_rule(kind["quorum"], code=code, kind=meeting.kind, second=second))
    meeting.quorum_rule = {
        **kind["quorum"],
        "code": code,
        "second": second,
        "decision": kind.get("decision", "consensus-then-vote"),
        "minutes_required": kind.get("minutes_required", True),
    }
    meeting.quorum_verdict = found.as_json()
    meeting.quorum_met = found.met
    meeting.status = "held"
    meeting.counted_by = "names" if by_names else "heads"
    meeting.attended, meeting.attended_women = came.total, came.women
    meeting.attended_poor, meeting.guests = came.poor, came.guests
    meeting.rts_present = None if came.rts is None else sorted(came.rts)
    meeting.roll_taken_on = clock.today()
    meeting.guideline_version = guidelines.version(meeting.ward, meeting.held_on)
    meeting.save(force_update=True)
    RollEntry.objects.filter(meeting=meeting).delete()
    RollEntry.objects.bulk_create(
        RollEntry(
            id=each.row or new_id(),
            meeting=meeting,
            number=number,
            person_id=each.person or None,
            name=each.name,
            sex=each.sex,
            poor=each.poor,
            rw=each.rw,
            rt=each.rt,
            guest=each.guest,
        )
        for number, each in enumerate(entries, 1)
    )


def _from_census(meeting: Meeting, present: Sequence[Mapping[str, Any]]) -> list[Present]:
    """Residents as the census knows them on the day; others as they were given."""
    ids = {str(each["person"]) for each in present if each.get("person")}
    known = households.persons(meeting.ward, ids)
    refuse_if(
        Reason(
            "meetings.roll.person",
            "Row {row}: this person is not in the ward's census.",
            {"row": number},
            {"row": number, "person": each["person"]},
        )
        for number, each in enumerate(present, 1)
        if each.get("person") and each["person"] not in known
    )
    entry_of = _as_called(meeting, ids)
    gone = households.gone_by(meeting.ward, ids, meeting.held_on)
    refuse_if(counting.gone_problems([(key, known[key].name) for key in gone], gone))
    poor = households.poor_on(meeting.ward, ids, meeting.held_on)
    found = []
    for each in present:
        resident = known.get(str(each.get("person") or ""))
        guest = bool(each.get("guest", False))
        if resident is not None:
            found.append(
                Present(
                    entry_of[str(each["person"])], resident.name, resident.sex, str(each["person"]) in poor,
                    resident.rw, resident.rt, guest,
                )
            )  # fmt: skip
        else:
            found.append(
                Present(
                    "", fitting(str(each.get("name", "")), 120), str(each.get("sex", "")),
                    bool(each.get("poor")), str(each.get("rw", "")), str(each.get("rt", "")), guest,
                )
            )  # fmt: skip
    return found


def _as_called(meeting: Meeting, ids: Iterable[str]) -> dict[str, str]:
    """By asked id, the one under which a person stands on the roll: the member's of a group that
    called the meeting, else the entry that stays where two were joined; so nobody stands there twice."""
    members = set(belonging.members(meeting) or ())
    stands = households.survivors(ids)
    return {
        asked: next(iter(sorted(same & members)), stands[asked])
        for asked, same in households.selves(ids).items()
    }


def term_problems(meeting: Meeting, sitting: Sequence[str] | None) -> list[Reason]:
    """Whether anybody can decide: not in the meeting of a body in which nobody sits any more."""
    if sitting is None or sitting or meeting.members is not None:
        return []
    return [
        Reason(
            "meetings.term",
            "On {day} nobody sits in the body that meets: the term of its members is over. First others are "
            "elected or appointed.",
            {"day": meeting.held_on.isoformat()},
            {"meeting": meeting.id},
        )
    ]


def _quorum(meeting: Meeting) -> Mapping[str, Any]:
    found: Mapping[str, Any] = guidelines.section("meetings", meeting.ward, meeting.held_on)
    quorum: Mapping[str, Any] = found[meeting.kind]["quorum"]
    return quorum


def all_rts(meeting: Meeting) -> list[str]:
    """The RTs that the meeting's level covers and in which somebody lived on that day."""
    every = households.neighbourhoods(meeting.ward, meeting.held_on)
    return [f"{rw}/{rt}" for rw, rt in every if meeting.rw in {"", rw}]
