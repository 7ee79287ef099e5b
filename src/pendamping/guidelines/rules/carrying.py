"""Whether what a meeting decided beside the text may be carried out: recorded as the ward's own.

Source: handbook 0 and 2.3 (nobody decides alone: S20, S21); which kinds of meeting may, is the
guideline's ``meetings.<code>.<kind>.decides_on`` (``local_decision``), status *default*.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.kernel.refusal import N_, Reason

MATTER = "local_decision"
"""The word of ``decides_on`` for a ward's own decision beside the text."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a meeting decided of a clause last. ``quorum``: as its roll was judged; ``signed``: its
    minutes are. ``deviation``: the id of the ward's own decision that it ended, which then has neither
    clause nor value here."""

    meeting: str
    kind: str
    held_on: date
    clause: str
    value: Any
    accepted: bool
    quorum: bool
    signed: bool
    deviation: str = ""


def deciding_kinds(known: Mapping[str, Any]) -> list[str]:
    """The kinds of meeting that may decide otherwise than the text, in the guideline's order."""
    return [kind for kind, table in known.items() if MATTER in table.get("decides_on", ())]


def carrying_problems(
    found: Decided | None,
    *,
    value: Any,
    since: date,
    known: Mapping[str, Any],
    names: Mapping[str, str],
    code: str,
    used: int,
) -> list[Reason]:
    """Every reason why the value may not be recorded as decided; empty where it may.

    ``found``: ``None`` where the meeting named is none of the ward or took no decision on the clause.
    ``known``: the guideline's kinds of meeting on the meeting's day, ``names`` of them. ``used``: how
    often what the meeting decided on the clause has been recorded before.
    """
    if found is None:
        text = N_("Choose a meeting of this ward that decided on this rule.")
        return [_reason("meeting", text, field="meeting")]
    reasons = _of_meeting(found, known, names, code)
    if found.accepted and found.value != value:
        text = N_("The meeting decided another value than this one.")
        reasons.append(_reason("another", text, field="value"))
    if used:
        text = N_(
            "What this meeting decided is recorded already; another value needs its own decision."
        )
        reasons.append(_reason("used", text, field="meeting"))
    if since < found.held_on:
        reasons.append(
            Reason(
                "guidelines.deviation.since",
                N_("It holds from the day of the meeting at the earliest, {day}."),
                {"day": found.held_on.isoformat()},
                {"field": "since"},
            )
        )
    return reasons


def ending_problems(
    found: Decided | None,
    *,
    until: date,
    known: Mapping[str, Any],
    names: Mapping[str, str],
    code: str,
) -> list[Reason]:
    """Every reason why a ward's own decision may not end after the day ``until``; empty where it may.

    ``found``, ``known``, ``names`` and ``code`` as in :func:`carrying_problems`: what was taken by a
    meeting is ended by one.
    """
    if found is None:
        text = N_("Choose a meeting of this ward that decided to end this decision.")
        return [_reason("meeting", text, field="meeting")]
    reasons = _of_meeting(found, known, names, code)
    if until < found.held_on:
        reasons.append(
            Reason(
                "guidelines.deviation.until",
                N_("It ends on the day of the meeting at the earliest, {day}."),
                {"day": found.held_on.isoformat()},
                {"field": "until"},
            )
        )
    return reasons


def _of_meeting(
    found: Decided, known: Mapping[str, Any], names: Mapping[str, str], code: str
) -> list[Reason]:
    """Why what this meeting decided cannot be carried out: its kind, quorum, outcome, signatures."""
    reasons = _of_kind(found, known, names, code)
    if not found.quorum:
        reasons.append(_reason("quorum", N_("The meeting had no quorum."), field="meeting"))
    if not found.accepted:
        reasons.append(_reason("rejected", N_("The meeting decided against it."), field="meeting"))
    if not found.signed:
        text = N_("The minutes of the meeting are not signed yet.")
        reasons.append(_reason("unsigned", text, field="meeting"))
    return reasons


def _of_kind(
    found: Decided, known: Mapping[str, Any], names: Mapping[str, str], code: str
) -> list[Reason]:
    """Why a meeting of this kind may not decide otherwise than the text."""
    kinds = deciding_kinds(known)
    if found.kind in kinds:
        return []
    return [
        Reason(
            f"meetings.{code}.{found.kind}.decides_on",
            N_(
                "A ward decides otherwise than the text in another meeting ({kinds}), not in this one: {kind}."
            ),
            {
                "kind": names.get(found.kind, found.kind),
                "kinds": ", ".join(names.get(key, key) for key in kinds),
            },
            {"field": "meeting"},
        )
    ]


def _reason(what: str, text: str, *, field: str) -> Reason:
    return Reason(f"guidelines.deviation.{what}", text, {}, {"field": field})
