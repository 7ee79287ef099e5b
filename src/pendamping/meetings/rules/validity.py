"""Whether a meeting's decision holds: of the right kind, on the right day, with its quorum, signed.

Source: guideline section ``meetings`` (``decides_on`` says which kind decides what), handbook 1.1, 2.3
(nobody decides alone: S20, S21). The room that asks names the matter; nothing is guessed from a text.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pendamping.kernel.refusal import Reason
from pendamping.meetings.rules.quorum import Attendance, QuorumRule, Verdict, judge


@dataclass(frozen=True, slots=True)
class Asked:
    """What a meeting is asked for.

    ``matter``: a word of the guideline's ``decides_on`` (``"loans"``). ``by``: a kind of meeting and
    the clause that names it, where another clause of the guideline is narrower. ``outcome``: what it
    must have decided. ``since``, ``until``: the days between which it must have been held.
    ``members``: ids of those who belonged to the group on that day, where a group of its own meets.
    ``used``: how often what this meeting decided on the subject has been carried out before.
    """

    matter: str
    by: tuple[str, str] | None = None
    outcome: str = "accepted"
    since: date | None = None
    until: date | None = None
    members: frozenset[str] | None = None
    used: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as it was kept. ``outcome``: of its last decision on the subject, ``None`` without one.

    ``kind_name``: in the reader's language. ``signed``: the minutes are, or need not be. ``times``: how
    often it decided on the subject as it is asked. ``unnamed``: the words of a decision that names nothing.
    ``doubtful``: of those whose votes were counted somebody stood on the roll twice, and it hangs on that.
    """

    kind: str
    kind_name: str
    code: str
    held_on: date
    was_held: bool
    verdict: Verdict
    outcome: str | None
    signed: bool
    times: int = 1
    unnamed: str = ""
    doubtful: bool = False


def deciding_kinds(known: Mapping[str, Any], matter: str) -> list[str]:
    """The kinds of meeting that decide a matter by the guideline, in its order."""
    return [kind for kind, table in known.items() if matter in table.get("decides_on", ())]


def validity_problems(
    held: Held, asked: Asked, known: Mapping[str, Any], names: Mapping[str, str], subject: str
) -> list[Reason]:
    """Every reason why the decision does not hold; empty where it does.

    ``known``: the guideline's kinds of meeting; ``names``: of those kinds.
    """
    where = {"field": "meeting_id", "subject": subject}
    found = [*_kind(held, asked, known, names, where), *_day(held, asked, where)]
    if not held.was_held:
        return [
            *found,
            Reason("meetings.decided.held", "The meeting has not been held yet.", where=where),
        ]
    found += held.verdict.reasons()
    if held.outcome is None:
        found.append(_nothing(held, where))
    elif held.outcome != asked.outcome:
        found.append(_otherwise(asked, where))
    elif held.times <= asked.used:
        found.append(
            Reason(
                "meetings.decided.used",
                "What this meeting decided has been carried out already; another needs its own decision.",
                where=where,
            )
        )
    if held.doubtful:
        found.append(
            Reason(
                "meetings.decided.doubt",
                "More votes were counted than persons came, since somebody stood on the roll twice; without "
                "them the vote could have come out otherwise. Put it to another meeting.",
                where=where,
            )
        )
    if not held.signed:
        clause = f"meetings.{held.code}.{held.kind}.minutes_required"
        text = "The minutes of the meeting are not signed yet."
        found.append(Reason(clause, text, where=where))
    return found


def _nothing(held: Held, where: Mapping[str, Any]) -> Reason:
    """No decision on the subject; where one names nothing it may be meant, but nobody guesses."""
    clause, values = "meetings.decided.subject", {"text": held.unnamed}
    if not held.unnamed:
        return Reason(clause, "The meeting took no decision on this.", where=where)
    if held.signed:
        return Reason(
            clause,
            "The meeting wrote down “{text}” without saying what it was about, so it does not count for "
            "this. Its minutes are signed and stay as they are: put this to the next meeting.",
            values,
            where,
        )
    return Reason(
        clause,
        "The meeting wrote down “{text}” without saying what it was about, so it does not count for this. "
        "Record the decision in that meeting once more and choose this under “What was it about?”.",
        values,
        where,
    )


def _otherwise(asked: Asked, where: Mapping[str, Any]) -> Reason:
    if asked.outcome == "accepted":
        return Reason("meetings.decided.rejected", "The meeting decided against it.", where=where)
    return Reason("meetings.decided.accepted", "The meeting decided for it.", where=where)


def _kind(
    held: Held,
    asked: Asked,
    known: Mapping[str, Any],
    names: Mapping[str, str],
    where: Mapping[str, Any],
) -> list[Reason]:
    if asked.by is not None:
        kinds, clause = [asked.by[0]], asked.by[1]
    else:
        kinds = deciding_kinds(known, asked.matter)
        clause = f"meetings.{held.code}.{held.kind}.decides_on"
    if held.kind in kinds:
        return []
    values = {"kind": held.kind_name, "kinds": ", ".join(names.get(key, key) for key in kinds)}
    if not kinds:
        text = Reason("", "By the guideline no kind of meeting decides this.")
    else:
        text = Reason("", "This is decided in another meeting ({kinds}), not here: {kind}.")
    return [Reason(clause, text.text, values, where)]


def _day(held: Held, asked: Asked, where: Mapping[str, Any]) -> list[Reason]:
    found = []
    if asked.until is not None and held.held_on > asked.until:
        found.append(
            Reason(
                "meetings.decided.date",
                "The meeting was held on {held}, after {on}.",
                {"held": held.held_on.isoformat(), "on": asked.until.isoformat()},
                where,
            )
        )
    if asked.since is not None and held.held_on < asked.since:
        found.append(
            Reason(
                "meetings.decided.date",
                "The meeting was held on {held}, before {on}: it could not know of this.",
                {"held": held.held_on.isoformat(), "on": asked.since.isoformat()},
                where,
            )
        )
    return found


def judge_members(
    came: Attendance, rule: QuorumRule, on_roll: Set[str] | None, members: Set[str]
) -> Verdict:
    """The quorum of a group's own meeting, counted of its real members on that day.

    ``on_roll``: ids of those on the roll by name; ``None`` where heads were counted: then no more can
    be present than there are members.
    """
    present = came.total - came.guests
    count = min(present, len(members)) if on_roll is None else len(on_roll & members)
    known = replace(
        came,
        guests=came.total - count,
        women=min(came.women, count),
        poor=min(came.poor, count),
        eligible=len(members),
    )
    return judge(known, rule)
