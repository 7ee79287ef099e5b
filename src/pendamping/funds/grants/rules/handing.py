"""Money that is paid ahead of the work, and works that pass from hand to hand.

Source: handbook 5.2 (S4: hand-over chain, each with date and minutes; monthly ticks), 2.4 (separation of duties);
how far money goes ahead of the work, and what must be there before the hand-over: ours.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason

HANDOVER = ("tppi", "bkm", "satker", "kpp")
"""Who takes the works over, in order (S4)."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """How far money goes ahead of the work: up to ``percent`` of a contract before the works stand at
    ``progress`` percent; a contract of ``at_once`` rupiah or less is paid as the board likes.
    """

    percent: int
    progress: int
    at_once: int
    code: str


def ahead_problems(value: int, paid: int, stands: int, rule: Ahead, why: str) -> list[Reason]:
    """Why so much of a contract is not paid yet, where nobody wrote why: ``paid`` in all, this sum too, in rupiah;
    ``stands``: physical progress in percent.
    """
    if value <= rule.at_once or stands >= rule.progress or why.strip():
        return []
    if paid * 100 <= rule.percent * value:
        return []
    return [
        Reason(
            f"works.{rule.code}.paid_ahead",
            "With this sum {paid} of {value} are paid; the works stand at {stands} %, and before they stand at "
            "{progress} %, no more of a contract is paid than {percent} %. Record the progress, or write why.",
            {
                "paid": format_rupiah(paid), "value": format_rupiah(value), "stands": stands,
                "progress": rule.progress, "percent": rule.percent,
            },
            {"field": "why"},
        )
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Works:
    """Where works stand that are to be handed over: physical percent, what the group still holds in rupiah, and
    the proofs that are ticked in the last record of progress.
    """

    percent: int
    held: int
    ticks: Collection[str]


@dataclass(frozen=True, slots=True)
class Hand:
    """What the guideline asks of a hand-over: proofs that are ticked, by key with their names; whether each step
    has its own signer.
    """

    proofs: Mapping[str, Mapping[str, str]]
    apart: bool
    code: str


def ready_problems(works: Works, rule: Hand) -> list[Reason]:
    """Why works are not ready to be handed over: unfinished, money unspent, proof not ticked; all at once."""
    found = []
    if works.percent < 100:
        found.append(
            Reason(
                "grants.handover.unfinished",
                "The works stand at {percent} %; they are handed over when finished.",
                {"percent": works.percent},
            )
        )
    if works.held > 0:
        found.append(
            Reason(
                "grants.handover.unspent",
                "The group still holds {held}: enter what it was spent on, or let the group give it back.",
                {"held": format_rupiah(works.held)},
            )
        )
    found += [
        Reason(
            f"works.{rule.code}.handover_proofs",
            "The last record of progress has no tick for: {proof}. Record the progress with what proves it.",
            {"proof": dict(name)},
            {"proof": key},
        )
        for key, name in rule.proofs.items()
        if key not in works.ticks
    ]
    return found


def step_problems(
    step: str, done: Mapping[str, date], signers: Mapping[str, str], on: date, minutes: str,
    signed_by: str, rule: Hand,
) -> list[Reason]:  # fmt: skip
    """Why works do not pass to the next hand: in order, each with date, minutes and a signer of its own.

    ``signers``: who signed the steps before, by step.
    """
    found = []
    expected = next((one for one in HANDOVER if one not in done), None)
    if step != expected:
        found.append(
            Reason(
                "grants.handover.order",
                "The works pass from TPPI to BKM, Satker/PPK and KPP, in this order.",
                {},
                {"expected": expected},
            )
        )
    latest = max(done.values(), default=None)
    if latest is not None and on < latest:
        found.append(
            Reason(
                "grants.date",
                "{on} lies before {first}, the day of what it follows.",
                {"on": on.isoformat(), "first": latest.isoformat()},
                {"field": "on"},
            )
        )
    if not minutes.strip():
        found.append(Reason("grants.minutes", "Name the minutes.", {}, {"field": "minutes"}))
    return [*found, *_signer(step, signers, signed_by, rule)]


def _signer(step: str, signers: Mapping[str, str], signed_by: str, rule: Hand) -> list[Reason]:
    name = _name(signed_by)
    where = {"field": "signed_by"}
    if not name:
        return [Reason("grants.handover.signer", "Write who signed for this step.", {}, where)]
    same = [key for key, who in signers.items() if key != step and _name(who) == name]
    if not rule.apart or not same:
        return []
    return [
        Reason(
            f"works.{rule.code}.handover_apart",
            "{name} has signed another step of this hand-over: nobody takes over from themselves.",
            {"name": signed_by.strip()},
            where,
        )
    ]


def _name(who: str) -> str:
    return " ".join(who.split()).casefold()
