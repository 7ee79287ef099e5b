"""The roll: who came, counted from entries or by heads. Women and poor are never added together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pendamping.kernel.refusal import N_, Reason
from pendamping.meetings.rules.quorum import Attendance


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody on the roll. ``person``: id from the census or empty; ``sex``: L, P or empty; ``row``: id
    of the row of who stands there already."""

    person: str
    name: str
    sex: str
    poor: bool
    rw: str = ""
    rt: str = ""
    guest: bool = False
    row: str = ""

    @property
    def place(self) -> str:
        """``"05/02"``, or empty where it is not known."""
        return f"{self.rw}/{self.rt}" if self.rw and self.rt else ""


def tally(
    roll: Sequence[Present], *, eligible: int | None, all_rts: Iterable[str] = ()
) -> Attendance:
    """Count a named roll."""
    return Attendance(
        total=len(roll),
        women=sum(each.sex == "P" and not each.guest for each in roll),
        poor=sum(each.poor and not each.guest for each in roll),
        guests=sum(each.guest for each in roll),
        eligible=eligible,
        rts=frozenset(each.place for each in roll if each.place and not each.guest),
        all_rts=frozenset(all_rts),
    )


def heads(
    count: Mapping[str, Any], *, eligible: int | None, all_rts: Iterable[str] = ()
) -> Attendance:
    """A head-count as attendance; ``rts`` are the places that somebody noted, if anybody did."""
    rts = count.get("rts")
    return Attendance(
        total=count["total"],
        women=count["women"],
        poor=count["poor"],
        guests=count.get("guests", 0),
        eligible=eligible,
        rts=None if rts is None else frozenset(rts),
        all_rts=frozenset(all_rts),
    )


def roll_problems(roll: Sequence[Present]) -> list[Reason]:
    """Nobody without a name, nobody twice, no third sex in the census's letters."""
    found = []
    seen: dict[str, int] = {}
    for number, each in enumerate(roll, 1):
        where = {"row": number, "person": each.person}
        if not each.name.strip():
            found.append(
                Reason("meetings.roll.name", "Row {row} has no name.", {"row": number}, where)
            )
        if each.sex not in {"", "L", "P"}:
            found.append(
                Reason(
                    "meetings.roll.sex", "Row {row}: sex is L, P or empty.", {"row": number}, where
                )
            )
        who = each.person or _typed(each)
        if who and who in seen:
            found.append(
                Reason(
                    "meetings.roll.twice",
                    "{name} stands on the roll twice, in rows {first} and {row}.",
                    {"name": each.name, "first": seen[who], "row": number},
                    where,
                )
            )
        seen.setdefault(who, number)
    return found


def gone_problems(people: Sequence[tuple[str, str]], how: Mapping[str, str]) -> list[Reason]:
    """Who cannot have come: pairs of id and name; ``how``: ``died``, ``moved`` … by id."""
    return [
        Reason(
            "meetings.roll.gone",
            _GONE.get(how[person], _GONE["moved"]).text,
            {"name": name},
            {"person": person},
        )
        for person, name in people
    ]


_GONE = {
    "died": Reason("", "{name} had died by the day of the meeting."),
    "mistake": Reason("", "{name} was entered in the census by mistake."),
    "moved": Reason("", "{name} no longer lived in the ward on the day of the meeting."),
    "double": Reason(
        "", "{name} was entered twice in the census; take the other one of that name."
    ),
}


def _typed(each: Present) -> str:
    """Somebody who was typed, for comparing: the name, and from where, as far as that is known."""
    name = " ".join(each.name.lower().split())
    return f"typed:{name}/{each.place}" if name else ""


_TOO_MANY = {
    "guests": N_("Guests: {part} cannot be, for {total} came in all."),
    "women": N_("Women: {part} cannot be, for {total} came who may decide ({all} in all, {guests} of them guests)."),
    "poor": N_("Poor: {part} cannot be, for {total} came who may decide ({all} in all, {guests} of them guests)."),
}  # fmt: skip


def head_problems(count: Mapping[str, Any]) -> list[Reason]:
    """Whole numbers, none below zero, no part larger than the whole.

    Women and poor overlap, so nothing is asked of their sum.
    """
    found = []
    for key in ("total", "women", "poor", "guests"):
        value = count.get(key, 0 if key == "guests" else None)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            found.append(
                Reason(
                    "meetings.roll.count",
                    "A head-count needs whole numbers from zero: all, women, poor.",
                    where={"field": key},
                )
            )
    if found:
        return found
    deciding = count["total"] - count.get("guests", 0)
    for key, most in (("guests", count["total"]), ("women", deciding), ("poor", deciding)):
        if count.get(key, 0) > max(most, 0):
            found.append(
                Reason(
                    "meetings.roll.part",
                    _TOO_MANY[key],
                    {
                        "part": count[key],
                        "total": max(most, 0),
                        "all": count["total"],
                        "guests": count.get("guests", 0),
                    },
                    {"field": key},
                )
            )
    return found


def body_problems(eligible: int | None, least: int, clause: str) -> list[Reason]:
    """A body that the guideline gives a smallest size cannot have fewer members who may decide."""
    if eligible is None or eligible >= least:
        return []
    return [
        Reason(
            clause,
            "The board has {least} members at least; {eligible} cannot be all who may decide.",
            {"least": least, "eligible": eligible},
            {"field": "eligible"},
        )
    ]


def seats_problems(eligible: int | None, seats: int) -> list[Reason]:
    """Where it is known who sits in the body, no fewer may decide than sat in it on that day.

    >>> seats_problems(13, 13)
    []
    >>> [one.values for one in seats_problems(9, 13)]
    [{'seats': 13, 'eligible': 9}]
    """
    if eligible is None or eligible >= seats:
        return []
    return [
        Reason(
            "meetings.roll.seats",
            "{seats} sat in the body on that day; {eligible} cannot be all who may decide.",
            {"seats": seats, "eligible": eligible},
            {"field": "eligible"},
        )
    ]


def eligible_problems(came: Attendance) -> list[Reason]:
    """Of those who may decide no more can be present than there are."""
    present = came.total - came.guests
    if came.eligible is None or present <= came.eligible:
        return []
    return [
        Reason(
            "meetings.roll.eligible",
            "{present} came, but only {eligible} may decide in this meeting; mark the others as guests.",
            {"present": present, "eligible": came.eligible},
            {"field": "eligible"},
        )
    ]
