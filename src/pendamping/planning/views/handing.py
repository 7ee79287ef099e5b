"""A proposal goes to the tiers, or is put aside; its printed forms."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.planning import actions, proposal_papers, proposing
from pendamping.planning.forms import WhyForm
from pendamping.planning.forms_plan import HandInForm
from pendamping.planning.views.one_proposal import names_shown, proposal_or_404, shown_of
from pendamping.planning.views.shown import status


@require_POST
@page("planning.hand_in_proposal")
def hand_in(request: HttpRequest, ward: str, proposal: str) -> HttpResponse:
    """The dossier goes to its first tier, or back to the one that returned it."""
    found = proposal_or_404(ward, proposal)
    form = HandInForm(request.POST)
    tried = attempt(
        form, actions.hand_in_proposal, by=request.user, ward=ward, proposal_id=proposal
    )
    if tried.done:
        messages.success(request, _("Handed in: from today the clock of its tier runs."))
        return redirect("planning:proposal", ward=ward, proposal=proposal)
    shown = {**shown_of(request, found), "form": form, "reasons": tried.reasons}
    return render(request, "planning/proposal.html", shown, status=status(tried.reasons, form))


@require_POST
@page("planning.drop_proposal")
def drop(request: HttpRequest, ward: str, proposal: str) -> HttpResponse:
    """Put a proposal aside that was never handed in."""
    found = proposal_or_404(ward, proposal)
    form = WhyForm(request.POST)
    tried = attempt(form, actions.drop_proposal, by=request.user, ward=ward, proposal_id=proposal)
    if tried.done:
        messages.success(request, _("The proposal is put aside."))
        return redirect("planning:proposals", ward=ward)
    shown = {**shown_of(request, found), "why_form": form, "reasons": tried.reasons}
    return render(request, "planning/proposal.html", shown, status=status(tried.reasons, form))


@require_safe
@page("planning.read")
def paper_pdf(request: HttpRequest, ward: str, proposal: str, paper: str) -> HttpResponse:
    """A paper of the proposal, filled in with what it says."""
    found = proposal_or_404(ward, proposal)
    one = next((each for each in proposing.needed_papers(found) if each.key == paper), None)
    if one is None or one.form == "own":
        raise Http404
    pdf = proposal_papers.paper_of(
        found, one, str(request.ward.name),  # type: ignore[attr-defined]
        address(request, "planning:proposal", proposal=proposal), named=names_shown(request, found),
    )  # fmt: skip
    return answer_pdf(pdf, f"proposal-{found.number}-{paper}.pdf")
