"""Handing in, handing in again, appealing, taking back: what speaks against it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from pendamping.kernel.refusal import N_, Reason
from pendamping.verification.rules.chain import Chain
from pendamping.verification.rules.deciding import day_problems


def opening_problems(
    *,
    chain: Chain | None,
    kind: str,
    documents: Sequence[Mapping[str, str]],
    summary: str,
    amount: int | None,
    on: date,
    today: date,
    under_way: bool,
    code: str,
) -> list[Reason]:
    """Why a dossier cannot be opened, every reason at once."""
    found = day_problems(on, date.min, today)
    if chain is None or kind not in chain.dossiers:
        clause = f"verification.{code}.{chain.key}" if chain else "verification.chain"
        text = N_("The guideline names no chain of tiers for this kind of dossier")
        found.append(Reason(clause, text, {}, {"kind": kind}))
    if under_way:
        text = N_("A dossier of the same matter is under way already")
        found.append(Reason("verification.under_way", text))
    if not summary.strip():
        text = N_("Say in one line what the dossier is about")
        found.append(Reason("verification.summary", text, {}, {"field": "summary"}))
    keys = [one.get("key", "") for one in documents]
    if len(set(keys)) != len(keys) or any(not key for key in keys):
        text = N_("Each paper stands in the dossier once")
        found.append(Reason("verification.papers", text, {}, {"field": "documents"}))
    if amount is not None and amount < 0:
        text = N_("The amount is less than nothing")
        found.append(Reason("verification.amount", text, {}, {"field": "amount"}))
    return found


def has_record(ref: str) -> bool:
    """Whether a room keeps the record of a dossier and sends it again: ``planning.proposal:<id>``; others came on paper.

    >>> has_record("planning.proposal:01J"), has_record("berkas-7/2004")
    (True, False)
    """
    room, _dot, record = ref.partition(".")
    return room.isidentifier() and ":" in record


def record_problems(ref: str, named: str) -> list[Reason]:
    """Why a dossier cannot go again past the record that says what it holds; ``named``: the record that sends it."""
    if not has_record(ref) or named == ref:
        return []
    text = N_("It is handed in again from its own page, where what has to be mended is written.")
    return [Reason("verification.own_page", text)]


def again_problems(state: str, returned_on: date, on: date, today: date) -> list[Reason]:
    """Why a dossier cannot be handed in again."""
    if state != "returned":
        text = N_("Only a dossier that was returned is handed in again")
        return [Reason("verification.not_returned", text, {}, {"state": state})]
    return day_problems(on, returned_on, today)


def appeal_problems(
    state: str,
    refused_on: date | None,
    made: int,
    on: date,
    today: date,
    why: str,
    *,
    tier: str,
    days: int | None,
    most: int,
    code: str,
) -> list[Reason]:
    """Why a refusal cannot be appealed. ``days``: within which; ``most``: appeals of one dossier."""
    if state != "refused" or refused_on is None:
        text = N_("Only a refusal can be appealed")
        return [Reason("verification.not_refused", text, {}, {"state": state})]
    found = day_problems(on, refused_on, today)
    if not tier:
        text = N_("The guideline names nobody who hears an appeal")
        found.append(Reason("verification.no_appeal", text))
    if made >= most:
        clause = f"verification_rules.{code}.appeals"
        text = N_("The refusal has been appealed already; it is final")
        found.append(Reason(clause, text))
    if days is not None and on > refused_on + timedelta(days=days):
        clause = f"verification_rules.{code}.appeal_days"
        text = N_("The time for an appeal ended on {day}")
        last = refused_on + timedelta(days=days)
        found.append(Reason(clause, text, {"day": last.isoformat()}, {"field": "on"}))
    if not why.strip():
        text = N_("Write why the refusal should be looked at anew")
        found.append(Reason("verification.appeal_why", text, {}, {"field": "why"}))
    return found


def withdrawing_problems(state: str, since: date, on: date, today: date, why: str) -> list[Reason]:
    """Why a dossier cannot be taken back."""
    if state not in ("open", "returned"):
        text = N_("The dossier is closed; there is nothing to take back")
        return [Reason("verification.closed", text, {}, {"state": state})]
    found = day_problems(on, since, today)
    if not why.strip():
        text = N_("Write why it is taken back")
        found.append(Reason("verification.withdraw_why", text, {}, {"field": "why"}))
    return found
