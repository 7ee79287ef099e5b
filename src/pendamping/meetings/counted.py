"""Who came to a meeting: from the census as of its day, or by heads; of whom its quorum is counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.kernel.refusal import Reason, refuse_if
from pendamping.kernel.texts import fitting
from pendamping.meetings import belonging
from pendamping.meetings.models import Meeting
from pendamping.meetings.rules import Attendance, Present, tally
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
    return counting.heads(head_count, eligible=eligible, all_rts=_all_rts(meeting))


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
    came = tally(entries, eligible=eligible, all_rts=_all_rts(meeting))
    return came, entries


def _guests(entries: list[Present], members: Sequence[str] | None) -> list[Present]:
    """Where those who belong are known by name, whoever else came is a guest; elsewhere as given."""
    if members is None:
        return entries
    belong = households.every_id(members)
    return [replace(each, guest=each.person not in belong) for each in entries]


def kept(meeting: Meeting) -> list[Present]:
    return [
        Present(e.person_id or "", e.name, e.sex, e.poor, e.rw, e.rt, e.guest)
        for e in meeting.roll.order_by("number")
    ]


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


def _all_rts(meeting: Meeting) -> list[str]:
    """The RTs that the meeting's level covers and in which somebody lived on that day."""
    every = households.neighbourhoods(meeting.ward, meeting.held_on)
    return [f"{rw}/{rt}" for rw, rt in every if meeting.rw in {"", rw}]
