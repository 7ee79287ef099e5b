"""One proposal as its page shows it: what it says, what it lacks, what its tiers said."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.planning import labels, proposing, queries, reading
from pendamping.planning.forms import WhyForm
from pendamping.planning.forms_plan import HandInForm
from pendamping.planning.models import Proposal
from pendamping.planning.rules import proposal as rules
from pendamping.verification import queries as verification

WRITES = ("draft_proposal", "describe_proposal", "hand_in_proposal", "drop_proposal")


def may(request: HttpRequest, ward: str) -> dict[str, bool]:
    """What the reader may do with proposals."""
    return {key: access.may(request.user, f"planning.{key}", ward) for key in WRITES}


def writes(request: HttpRequest, one: Proposal) -> bool:
    """Whether the reader may write on this one: an officer of a group on their own group's only."""
    if not may(request, one.ward)["describe_proposal"]:
        return False
    user: Any = request.user
    alone = proposing.own_alone(user, one.ward)
    return not alone or institutions.looks_after(user, one.ward, one.group_id)


def names_shown(request: HttpRequest, one: Proposal) -> bool:
    """Whether the reader may read residents' names here."""
    user: Any = request.user
    return access.may(user, "targeting.read_names", one.ward) or institutions.looks_after(
        user, one.ward, one.group_id
    )


def proposal_or_404(ward: str, proposal: str) -> Proposal:
    """The proposal, or the page of what is not there."""
    found = queries.proposal(ward, proposal)
    if found is None:
        raise Http404
    return found


def shown_of(request: HttpRequest, found: Proposal) -> dict[str, Any]:
    """What the page of a proposal shows."""
    stand, today = proposing.standing(found), clock.today()
    budget, group = proposing.costs(found), institutions.group(found.ward, found.group_id)
    text, tone = labels.proposal(stand.state)
    lacks = proposing.missing(found, today) if stand.open else []
    return {
        "proposal": found,
        "plan": found.line.plan,
        "year": reading.year_names(found.line.plan).get(found.line.year or 0, ""),
        "place": labels.place(found.line.place),
        "component": queries.components(found.ward, found.drafted_on).get(found.line.component, ""),
        "group": group,
        "stand": stand,
        "status_text": text,
        "status_tone": tone,
        "lacks": [one.say(_) for one in lacks],
        "budget": [_cost(one) for one in budget],
        "asked": rules.asked(budget),
        "given": rules.given(budget),
        "share": rules.own_part(budget),
        "set_aside": proposing.set_aside(found),
        "counts": [(labels.COUNTS[key], n) for key, n in (found.counts or proposing.counted(found, today)).items()],
        "places": [labels.place(one) for one in found.places],
        "people": _people(request, found),
        "rule": proposing.rule_of(found),
        "land": reading.names("land_statuses", found.ward, found.drafted_on).get(found.land, ""),
        "papers": _papers(found),
        "mend": _mend(found, stand),
        "dossier": stand.outcome.dossier,
        "lies": _lies(found, stand),
        "writes": writes(request, found) and stand.open,
        "may": may(request, found.ward),
        "form": HandInForm(),
        "why_form": WhyForm(),
    }  # fmt: skip


def _cost(one: rules.Cost) -> dict[str, Any]:
    whole, rest = divmod(one.hundredths, 100)
    much = f"{whole},{rest:02d}" if rest else str(whole)
    return {"what": one.what, "much": f"{much} {one.unit}", "price": one.price, "amount": one.amount,
            "by": labels.paid_by(one.by)}  # fmt: skip


def _people(request: HttpRequest, found: Proposal) -> list[str]:
    if not found.people or not names_shown(request, found):
        return []
    known = households.persons(found.ward, found.people)
    return sorted(one.name for one in known.values())


def _papers(found: Proposal) -> list[dict[str, Any]]:
    lang = reading.language()
    return [
        {
            "name": one.name[lang],
            "ticks": found.ticks.get(one.key, []),
            "url": ""
            if one.form == "own"
            else reverse(
                "planning:proposal_pdf",
                kwargs={"ward": found.ward, "proposal": found.id, "paper": one.key},
            ),
        }
        for one in proposing.needed_papers(found)
    ]


def _lies(found: Proposal, stand: proposing.Standing) -> dict[str, Any] | None:
    """With which tier it lies, since when, and when it will probably be through."""
    way = verification.standing(found.ward, proposing.ref(found.id))
    if stand.state != "open" or way is None:
        return None
    tiers = guidelines.section("verification_tiers", found.ward, way.dossier.opened_on)
    tier, guess = way.dossier.tier, verification.expected(way)
    return {
        "tier": tiers.get(tier, {}).get("name", {}).get(reading.language(), tier),
        "since": way.dossier.received_on,
        "due": way.dossier.due_on,
        "days": way.days,
        "guess": guess,
        "known": guess is not None and guess.sure != "guess",
    }


def _mend(found: Proposal, stand: proposing.Standing) -> dict[str, Any] | None:
    """What the tier that returned or refused it found wanting, in words."""
    if stand.state not in ("returned", "refused"):
        return None
    way = verification.standing(found.ward, proposing.ref(found.id))
    step = way.mend if way else None
    if way is None or step is None:
        return None
    on, lang = way.dossier.opened_on, reading.language()
    reasons = reading.names("verification_reasons", found.ward, on)
    tiers = guidelines.section("verification_tiers", found.ward, on)
    names = {one["key"]: one["name"] for one in way.dossier.papers}
    ticks = step.ticks.get("papers", {})
    return {
        "tier": tiers.get(step.tier, {}).get("name", {}).get(lang, step.tier),
        "on": step.decided_on,
        "note": step.note,
        "reasons": [reasons.get(key, key) for key in step.reasons],
        "missing": [names[key] for key, (here, _right) in ticks.items() if not here and key in names],
        "wrong": [names[key] for key, (here, right) in ticks.items() if here and not right and key in names],
    }  # fmt: skip
