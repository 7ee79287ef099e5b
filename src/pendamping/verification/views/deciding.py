"""The one decision of a tier."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings
from pendamping.verification import actions, labels, offices, queries
from pendamping.verification.forms import DecideForm
from pendamping.verification.guideline import Rule
from pendamping.verification.models import Dossier
from pendamping.verification.rules.sides import plain, sides_problems
from pendamping.verification.views.dossier import choices, here
from pendamping.verification.views.shown import dossier_or_404, may, row, rule_of, status


@page("verification.decide")
def decide(request: HttpRequest, ward: str, dossier: str) -> HttpResponse:
    found = dossier_or_404(ward, dossier)
    if found.state != "open":
        return redirect("verification:dossier", ward=ward, dossier=found.id)
    rule, stand = rule_of(found), queries.standing_of(found)
    held = _meetings(found) if rule.tiers[found.tier].minutes else None
    form = _form(request, found, rule, held)
    tried = attempt(form, actions.decide, by=request.user, ward=ward, dossier_id=found.id)
    if tried.done:
        said = labels.name_in(rule, "verification_results", tried.made.result)
        messages.success(request, _("Decided: %(result)s.") % {"result": said})
        return redirect(_after(request, found))
    first = stand.steps[-1]
    shown = {
        "form": form,
        "reasons": tried.reasons,
        "dossier": found,
        "row": row(found, rule),
        "here": here(stand, rule),
        "against": _against(request, found, rule),
        "before": [step for step in stand.steps if step.tier == first.tier and step.decision],
        "asks_note": _noted(rule, found.tier),
        "meetings": held,
        "subject": f"verification.decide:{found.id}",
        "decide_at": [(text, _at(found, key)) for key, text in held or ()],
        "may": may(request, ward),
        "scans": queries.scans(found.id),
    }
    return render(request, "verification/decide.html", shown, status=status(tried.reasons, form))


def _form(request: HttpRequest, found: Dossier, rule: Rule, held: Any) -> DecideForm:
    tier = rule.raw["verification_tiers"][found.tier]
    names = {plain(one["name"]) for one in found.parties if one.get("name")}
    step = found.steps.get(decided_on=None)
    return DecideForm(
        request.POST or None,
        papers=found.papers,
        checks=[(item["key"], labels.said(item["text"])) for item in tier["checklist"]],
        results=[
            (key, labels.name_in(rule, "verification_results", key)) for key in tier["results"]
        ],
        reasons=choices(rule, "verification_reasons"),
        meetings=held,
        same_name=plain(request.user.name) in names,  # type: ignore[union-attr]
        initial={"step_id": step.id},
    )


def _meetings(found: Dossier) -> list[tuple[str, str]]:
    matter = "loans" if found.kind == "loan" else "proposals"
    return list(meetings.able_to_decide(found.ward, matter, clock.today(), kinds=[]))


def _at(found: Dossier, meeting: str) -> str:
    return reverse("meetings:decide", kwargs={"ward": found.ward, "meeting": meeting})


def _against(request: HttpRequest, found: Dossier, rule: Rule) -> list[Any]:
    """Why the reader cannot decide, before anything is typed."""
    tier = rule.tiers[found.tier]
    people = offices.holders(tier, found.ward, clock.today())
    return sides_problems(
        offices.holder_of(request.user, people),  # type: ignore[arg-type]
        tier.key,
        offices.sides(found),
        people,
        rule.code,
        one_tier_each=rule.one_tier_each,
        same_name_is_another=True,
    )


def _noted(rule: Rule, tier: str) -> dict[str, str]:
    """What each result means for the dossier."""
    words = {
        "pass": _("goes on to the next tier"),
        "return": _("goes back to the proposer, who mends it"),
        "refuse": _("ends here; the proposer may appeal"),
    }
    return {key: words[moves] for key, moves in (rule.tiers[tier].results or {}).items()}


def _after(request: HttpRequest, found: Dossier) -> str:
    """On to the queue, where more waits."""
    return reverse("verification:dossier", kwargs={"ward": found.ward, "dossier": found.id})
