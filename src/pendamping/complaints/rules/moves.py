"""What keeps a complaint from being taken in or moved on: every reason at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from pendamping.complaints.rules.guide import ComplaintRule
from pendamping.complaints.rules.hands import ABOUT
from pendamping.kernel.refusal import N_, Reason

MOST = 100_000_000_000  # rupiah; a typing error beyond that
LONGEST, LONGEST_LINE = 2000, 120
LONG_AGO_DAYS = 366


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is said when a complaint is handed in."""

    received_on: date
    channel: str
    kind: str
    scope: str
    about: str
    text: str
    misuse: bool
    amount: int | None
    level: str
    named: bool  # a name or a contact was left


def intake_problems(
    one: Wanted, rule: ComplaintRule, known: Mapping[str, Collection[str]], today: date
) -> list[Reason]:
    """What keeps a complaint from being taken in.

    ``known``: the keys of the guideline's ``channels``, ``kinds`` and ``scopes``.
    """
    levels = [level.key for level in rule.levels]
    checks = (
        (one.channel not in known["channels"], "channel", N_("The guideline knows no such way to complain.")),
        (one.kind not in known["kinds"], "kind", N_("The guideline knows no such kind of complaint.")),
        (one.scope not in known["scopes"], "scope", N_("The guideline knows no such scope of a complaint.")),
        (one.about not in ABOUT, "about", N_("Say what it is about.")),
        (one.level not in levels, "level", N_("The guideline knows no such level.")),
        (not one.text.strip(), "text", N_("Say what happened.")),
        (one.received_on > today, "received_on", N_("That day is still to come.")),
        ((today - one.received_on).days > LONG_AGO_DAYS, "received_on", N_("That is more than a year ago; look at the day again.")),
        (one.amount is not None and not 0 < one.amount <= MOST, "amount", N_("Say the amount in whole rupiah.")),
    )  # fmt: skip
    found = [
        Reason("complaints.intake", text, {}, {"field": field})
        for wrong, field, text in checks
        if wrong
    ]
    if one.misuse and one.amount is None and rule.amount_if_misuse:
        text = N_("Where money was misused, say how much, as near as it is known.")
        found.append(Reason(rule.clause("amount_if_misuse"), text, {}, {"field": "amount"}))
    if not one.named and not rule.anonymous_allowed:
        text = N_("The guideline asks for the name of who complains.")
        found.append(Reason(rule.clause("anonymous_allowed"), text, {}, {"field": "name"}))
    return found


def state_problems(status: str, wanted: Collection[str]) -> list[Reason]:
    """What keeps a step from being taken in the state that the complaint is in."""
    if status in wanted:
        return []
    text = {
        "open": N_("This complaint is not answered yet."),
        "answered": N_("This complaint is answered and waits for the complainant."),
        "closed": N_("This complaint is closed."),
        "joined": N_("This complaint was joined to another one; act on that."),
    }[status]
    return [Reason("complaints.state", text, {}, {"status": status})]


def closing_problems(rule: ComplaintRule, wait_until: date, today: date, why: str) -> list[Reason]:
    """What keeps a complaint from being closed without a word of its complainant."""
    found = []
    if rule.complainant_confirms and today <= wait_until:
        text = N_("The complainant may say until {day} whether it is settled.")
        found.append(Reason(rule.clause("complainant_confirms"), text, {"day": wait_until}, {}))
    if not why.strip():
        text = N_("Say how the complainant was asked, and why nothing was heard.")
        found.append(Reason("complaints.why", text, {}, {"field": "why"}))
    return found


def pass_problems(rule: ComplaintRule, now: str, level: str, why: str) -> list[Reason]:
    """What keeps a complaint from being passed to another level."""
    found = []
    if level not in [one.key for one in rule.levels] or level == now:
        text = N_("Choose another level than the one where it lies.")
        found.append(Reason("complaints.level", text, {}, {"field": "level"}))
    if not why.strip():
        text = N_("Say why it is passed on.")
        found.append(Reason("complaints.why", text, {}, {"field": "why"}))
    return found


def recovered_problems(amount: int, alleged: int | None, before: int) -> list[Reason]:
    """What keeps money that came back from being noted: only so much as was said to be gone."""
    if not 0 < amount <= MOST:
        text = N_("Say the amount in whole rupiah.")
        return [Reason("complaints.recovered", text, {}, {"field": "amount"})]
    if alleged is None:
        text = N_("No amount is on this complaint; enter first how much is meant.")
        return [Reason("complaints.recovered", text, {}, {"field": "amount"})]
    if before + amount > alleged:
        text = N_(
            "Of Rp {alleged} alleged, Rp {before} came back already; Rp {amount} more is too much."
        )
        values = {"alleged": alleged, "before": before, "amount": amount}
        return [Reason("complaints.recovered", text, values, {"field": "amount"})]
    return []
