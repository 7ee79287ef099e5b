"""What a decision needs: its result, ticks, reasons, note, and days in order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pendamping.kernel.refusal import N_, Reason
from pendamping.verification.rules.chain import Tier

OTHER = "other"  # the code of a reason that has to be written out


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verifier found: ``result`` is a key of the tier.

    ``papers``: key of a document to (present, correct). ``checks``: keys of the checklist that hold.
    """

    result: str
    on: date
    papers: Mapping[str, tuple[bool, bool]] = field(default_factory=dict)
    checks: Collection[str] = ()
    reasons: Sequence[str] = ()
    note: str = ""


def deciding_problems(
    verdict: Verdict,
    tier: Tier,
    *,
    papers: Mapping[str, str],
    known_reasons: Mapping[str, Any],
    received_on: date,
    today: date,
    code: str,
) -> list[Reason]:
    """Every reason why this verdict does not stand. ``papers``: key to name of each document."""
    clause = f"verification_tiers.{code}.{tier.key}"
    found = day_problems(verdict.on, received_on, today)
    moves = (tier.results or {}).get(verdict.result)
    if moves is None:
        text = N_("Choose one of the results of this tier")
        return [*found, Reason(clause, text, where={"field": "result"})]
    found += _torn(verdict, papers)
    if moves == "pass":
        found += _not_whole(verdict, tier, papers, clause)
    else:
        found += _not_said(verdict, tier, known_reasons, code)
    return found


def day_problems(on: date, since: date, today: date, name: str = "on") -> list[Reason]:
    """The clock never runs backwards: not before ``since``, not after today."""
    found = []
    if on < since:
        text = N_("The day lies before {day}, when the dossier came here")
        values = {"day": since.isoformat()}
        found.append(Reason("verification.day_before", text, values, {"field": name}))
    if on > today:
        text = N_("The day lies in the future")
        found.append(Reason("verification.day_future", text, {}, {"field": name}))
    return found


def _torn(verdict: Verdict, papers: Mapping[str, str]) -> list[Reason]:
    """A paper that is not there cannot be correct."""
    text = N_("{paper}: a paper that is not there cannot be correct")
    return [
        Reason("verification.tick", text, {"paper": papers[key]}, {"field": f"paper-{key}"})
        for key, (present, correct) in verdict.papers.items()
        if key in papers and correct and not present
    ]


def _not_whole(
    verdict: Verdict, tier: Tier, papers: Mapping[str, str], clause: str
) -> list[Reason]:
    """To pass, every paper is present and correct, and everything on the checklist holds."""
    found = []
    for key, name in papers.items():
        present, correct = verdict.papers.get(key, (False, False))
        if not present or not correct:
            text = N_("{paper} is not ticked as present and correct")
            found.append(Reason(clause, text, {"paper": name}, {"field": f"paper-{key}"}))
    left = [key for key in tier.checks if key not in verdict.checks]
    if left:
        text = N_("The checklist is not complete; ticks missing: {count}")
        found.append(Reason(clause, text, {"count": len(left)}, {"field": "checks", "keys": left}))
    return found


def _not_said(
    verdict: Verdict, tier: Tier, known_reasons: Mapping[str, Any], code: str
) -> list[Reason]:
    """To return or refuse, say why: a reason from the list, and the note that goes with it."""
    found = []
    if not verdict.reasons or any(key not in known_reasons for key in verdict.reasons):
        text = N_("Choose at least one reason from the list")
        found.append(Reason("verification.reason", text, {}, {"field": "reasons"}))
    noted = verdict.result in tier.noted or OTHER in verdict.reasons
    if noted and not verdict.note.strip():
        clause = f"verification_results.{code}.{verdict.result}"
        text = N_("Write what has to be mended, or why it cannot be")
        found.append(Reason(clause, text, {}, {"field": "note"}))
    return found
