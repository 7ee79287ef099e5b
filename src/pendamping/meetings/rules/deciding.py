"""When a roll may be taken, a decision recorded, minutes signed, a second meeting called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pendamping.kernel.refusal import N_, Reason
from pendamping.meetings.rules.quorum import Verdict

LEVELS = {"rt": "RT", "rw": "RW", "ward": "kelurahan", "kelurahan": "kelurahan", "group": "group"}
OUTCOMES = ("accepted", "rejected")


@dataclass(frozen=True, slots=True)
class First:
    """The meeting that a second one follows."""

    kind: str
    held_on: date
    held: bool
    quorum_met: bool | None


def call_problems(kind: str, known: Mapping[str, Any], level: str, code: str) -> list[Reason]:
    """The guideline knows the kind, and the level is one."""
    found = []
    if kind not in known:
        found.append(
            Reason(
                f"meetings.{code}",
                "The guideline knows no kind of meeting called {kind}.",
                {"kind": kind},
                {"field": "kind"},
            )
        )
    if level.lower() not in LEVELS:
        found.append(
            Reason(
                "meetings.call.level",
                "A meeting is held at the level of RT, RW, ward or group, not {level}.",
                {"level": level},
                {"field": "level"},
            )
        )
    return found


def day_problems(
    held_on: date, today: date, began: date | None, ahead: int | None, clause: str
) -> list[Reason]:
    """A meeting is held in the programme's time: not before it began in the ward (``began``), not more
    days ahead than the guideline lets (``ahead``; ``None``: it says nothing). Status *default*.

    >>> day_problems(date(2004, 5, 12), date(2004, 5, 1), date(2003, 11, 13), 365, "x")
    []
    >>> [one.clause for one in day_problems(date(9000, 1, 1), date(2004, 5, 1), None, 365, "x")]
    ['x']
    """
    if began is not None and held_on < began:
        text = N_(
            "The programme began in this ward on {day}; a meeting before it is none of its own."
        )
        return [
            Reason("meetings.call.before", text, {"day": began.isoformat()}, {"field": "held_on"})
        ]
    if ahead is not None and (held_on - today).days > ahead:
        last = (today + timedelta(days=ahead)).isoformat()
        text = N_("A meeting is called for {day} at the latest; look at the year.")
        return [Reason(clause, text, {"day": last}, {"field": "held_on"})]
    return []


def second_problems(
    first: First | None, kind: str, held_on: date, quorum: Mapping[str, Any], code: str
) -> list[Reason]:
    """A second meeting follows a first of the same kind that failed, after the days of the rule."""
    clause = f"meetings.{code}.{kind}.quorum.second_after_days"
    if first is None:
        return [
            Reason(
                "meetings.call.first", "There is no such first meeting.", where={"field": "follows"}
            )
        ]
    found = []
    if first.kind != kind or not first.held or first.quorum_met is not False:
        found.append(
            Reason(
                "meetings.call.first",
                "A second meeting follows a first of the same kind that was held and had no quorum.",
                where={"field": "follows"},
            )
        )
    days = quorum.get("second_after_days")
    if days is None:
        found.append(
            Reason(clause, "This kind of meeting has no second meeting with a lower quorum.")
        )
    elif held_on < first.held_on + timedelta(days=days):
        found.append(
            Reason(
                clause,
                "The second meeting comes at least {days} days after the first, not before {earliest}.",
                {"days": days, "earliest": (first.held_on + timedelta(days=days)).isoformat()},
                {"field": "held_on"},
            )
        )
    return found


def roll_time_problems(status: str, held_on: date, decisions: int, today: date) -> list[Reason]:
    """A roll is taken on the day or after it, before decisions are recorded."""
    found = []
    if held_on > today:
        found.append(
            Reason(
                "meetings.roll.early",
                "The meeting is called for {day}; its roll is taken on that day or after it.",
                {"day": held_on.isoformat()},
            )
        )
    if status == "closed":
        found.append(Reason("meetings.roll.closed", "The minutes are signed; the roll stands."))
    elif decisions:
        found.append(
            Reason(
                "meetings.roll.decided", "A decision was recorded on this roll; the roll stands."
            )
        )
    return found


def decision_problems(
    *,
    status: str,
    verdict: Verdict,
    way: str,
    outcome: str,
    votes: Mapping[str, int] | None,
    present: int,
    clause: str,
) -> list[Reason]:
    """Why a meeting cannot take this decision: no quorum, no roll, votes that do not add up."""
    if status != "held":
        return [_not_held(status)]
    found = verdict.reasons()
    if way == "none":
        found.append(Reason(clause, "This kind of meeting decides nothing."))
    if outcome not in OUTCOMES:
        found.append(
            Reason(
                "meetings.decision.outcome",
                "A decision is accepted or rejected.",
                where={"field": "outcome"},
            )
        )
    if votes is None:
        if way == "secret-ballot":
            found.append(
                Reason(
                    clause, "This kind of meeting decides by secret ballot: the votes are missing."
                )
            )
        return found
    if way == "consensus":
        found.append(Reason(clause, "This kind of meeting decides by consensus, not by votes."))
    return found + _vote_problems(votes, outcome, present)


def changed_problems(number: int, text: str) -> list[Reason]:
    """A decision that turns an earlier one of the same meeting round names it by its number.

    >>> changed_problems(2, "Keputusan nomor 2 diubah: pinjaman disetujui.")
    []
    """
    if re.search(rf"\b(?:no|nomor|number)\.?\s*{number}\b", text, re.IGNORECASE):
        return []
    return [
        Reason(
            "meetings.decision.changed",
            "The meeting decided this otherwise before: name that decision in the text (number {number}).",
            {"number": number},
            {"field": "text"},
        )
    ]


def _not_held(status: str) -> Reason:
    if status == "closed":
        return Reason(
            "meetings.decision.closed", "The minutes are signed; nothing more is decided."
        )
    return Reason("meetings.decision.roll", "The roll of this meeting has not been taken yet.")


def _vote_problems(votes: Mapping[str, int], outcome: str, present: int) -> list[Reason]:
    counts = [votes.get(key, 0) for key in ("for", "against", "abstain")]
    if any(count < 0 for count in counts):
        return [Reason("meetings.decision.votes", "No number of votes is below zero.")]
    found = []
    if sum(counts) > present:
        found.append(
            Reason(
                "meetings.decision.votes",
                "{votes} votes were cast, but only {present} who may decide were present.",
                {"votes": sum(counts), "present": present},
            )
        )
    if outcome == "accepted" and counts[0] <= counts[1]:
        found.append(
            Reason(
                "meetings.decision.majority",
                "{yes} voted for and {no} against: that is no majority for accepting.",
                {"yes": counts[0], "no": counts[1]},
            )
        )
    if outcome == "rejected" and counts[0] > counts[1]:
        found.append(
            Reason(
                "meetings.decision.majority",
                "{yes} voted for and {no} against: that is a majority for accepting.",
                {"yes": counts[0], "no": counts[1]},
            )
        )
    return found


def signing_problems(
    status: str, held_on: date, signed_on: date, today: date, text: str, signers: list[str]
) -> list[Reason]:
    """Minutes are signed by somebody, once, on the day of the meeting or later."""
    if status == "called":
        return [Reason("meetings.minutes.roll", "The roll of this meeting has not been taken yet.")]
    if status == "closed":
        return [Reason("meetings.minutes.once", "The minutes are signed already.")]
    found = []
    if not held_on <= signed_on <= today:
        found.append(
            Reason(
                "meetings.minutes.day",
                "Minutes are signed between the day of the meeting and today.",
                where={"field": "signed_on"},
            )
        )
    if not text.strip():
        found.append(
            Reason("meetings.minutes.text", "The minutes are empty.", where={"field": "text"})
        )
    if not [name for name in signers if name.strip()]:
        found.append(
            Reason("meetings.minutes.signers", "Nobody has signed.", where={"field": "signers"})
        )
    return found


LONGEST_SUBJECT = 400


def text_problems(subject: str, text: str) -> list[Reason]:
    """What is missing in the words of a decision, or is too long to be kept."""
    found = []
    if not text.strip():
        found.append(
            Reason("meetings.decision.text", "Say what was decided.", {}, {"field": "text"})
        )
    if len(subject.strip()) > LONGEST_SUBJECT:
        found.append(
            Reason("meetings.decision.subject", "This cannot be kept as the subject of a decision: it is too long.",
                   {}, {"field": "subject"})
        )  # fmt: skip
    return found
