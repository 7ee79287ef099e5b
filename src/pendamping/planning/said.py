"""Whether needs and proposals say what was entered: what the trail knows."""

from datetime import date
from typing import Any

from pendamping.kernel.refusal import N_, Reason
from pendamping.planning.models import Need, Proposal
from pendamping.planning.rules import proposal as rules
from pendamping.trail import queries as trail

_ASKED, _OFF, _BUDGET = "planning.record_need", "planning.withdraw_need", "planning.set_budget"
_BEGUN, _NAMED, _TICKED = (
    "planning.draft_proposal", "planning.name_beneficiaries", "planning.tick_proposal",
)  # fmt: skip

_OTHER = {
    "budget": N_(
        "The budget of proposal {number} is not the one that was entered: the trail knows another."
    ),
    "named": N_("Proposal {number} names other beneficiaries than were entered."),
    "ticks": N_("The papers of proposal {number} are ticked otherwise than was entered."),
}


def breaks(ward: str) -> list[Reason]:
    """Needs that nobody entered or took off so, needs that are gone; proposals whose budget, beneficiaries or
    papers nobody entered so.
    """
    return [*_needs(ward), *_proposals(ward)]


def _needs(ward: str) -> list[Reason]:
    said: dict[str, tuple[Any, ...]] = {}
    titles: dict[str, str] = {}
    off: dict[str, tuple[date, str]] = {}
    for record, verb, on, data in trail.dated(ward, [_ASKED, _OFF]):
        if verb == _OFF:
            off[record] = on, data["why"]
            continue
        names = ("title", "cost", "component", "place", "asked_by")
        said[record] = on, *(data[name] for name in names)
        titles[record] = data["title"]
    text = N_("The need “{title}” stands as nobody entered it: the trail does not know it so.")
    found = []
    for one in Need.objects.filter(ward=ward).order_by("asked_on", "id"):
        record, place = f"need:{one.id}", f"{one.rw}/{one.rt}" if one.rt else ""
        kept = one.asked_on, one.title, one.cost, one.component, place, one.asked_by
        gone = (one.withdrawn_on, one.withdrawn_why) if one.withdrawn_on else None
        if said.pop(record, None) != kept or off.get(record) != gone:
            found.append(_need(ward, record, one.title, text))
    text = N_("The trail knows the need “{title}”, which is not kept.")
    return found + [_need(ward, record, titles[record], text) for record in said]


def _proposals(ward: str) -> list[Reason]:
    last: dict[tuple[str, str], dict[str, Any]] = {}
    for record, verb, data in trail.told(ward, [_BEGUN, _BUDGET, _NAMED, _TICKED]):
        last[record, verb] = data
    found = []
    for one in Proposal.objects.filter(ward=ward).order_by("number"):
        record = f"proposal:{one.id}"
        named = last.get((record, _NAMED)) or last.get((record, _BEGUN), {})
        seal = rules.named_seal(one.places, one.people)
        wrong = (
            (not _set_so(one.budget, last.get((record, _BUDGET))), _OTHER["budget"]),
            (named.get("named", seal) != seal, _OTHER["named"]),
            (one.ticks != last.get((record, _TICKED), {}).get("ticks", {}), _OTHER["ticks"]),
        )
        found += [
            Reason("planning.said", text, {"number": one.number}, {"ward": ward, "record": record})
            for is_wrong, text in wrong
            if is_wrong
        ]
    return found


def _set_so(budget: list[dict[str, Any]], said: dict[str, Any] | None) -> bool:
    """Whether just these lines were set; of what was set before the trail had their seal, its sums."""
    if said is None:
        return not budget
    if "budget" in said:
        return bool(rules.budget_seal(budget) == said["budget"])
    try:
        lines = [rules.Cost(**line) for line in budget]
        return (rules.asked(lines), rules.given(lines)) == (said["asked"], said["given"])
    except TypeError:  # no lines of a budget
        return False


def _need(ward: str, record: str, title: str, text: str) -> Reason:
    return Reason("planning.said", text, {"title": title}, {"ward": ward, "record": record})
