from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.funds.ledger.fields import status
from pendamping.funds.loans import actions, consents, contract, privacy
from pendamping.funds.loans.consent_forms import ConsentForm, WithdrawForm
from pendamping.funds.loans.models import Loan
from pendamping.funds.loans.views import found_or_404
from pendamping.kernel import clock


@page("loans.record_consents")
def sign(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    """Signatures as they came back on paper: who signed, who of the family agreed, who saw it."""
    found = found_or_404(ward, loan)
    open_ = consents.to_enter(found, clock.today())
    initial = {"witness": request.user.name}
    form = ConsentForm(request.POST or None, signatures=open_, initial=initial)
    tried = attempt(form, actions.record_consents, by=request.user, ward=ward, loan_id=found.id)
    if tried.done:
        messages.success(request, _("Signatures entered: %(count)s.") % {"count": len(tried.made)})
        return redirect("loans:loan", ward=ward, loan=found.id)
    shown = {"loan": found, "form": form, "reasons": tried.reasons, "open": open_}
    return render(request, "loans/consents.html", shown, status=status(tried.reasons, form))


@require_POST
@page("loans.withdraw_consent")
def withdraw(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    """A signature that does not count after all; asked on the loan's page."""
    found = found_or_404(ward, loan)
    form = WithdrawForm(request.POST, signed=signed(found), prefix="withdraw")
    tried = attempt(form, actions.withdraw_consent, by=request.user, ward=ward, loan_id=found.id)
    if tried.done:
        messages.success(request, _("The signature no longer counts."))
        return redirect("loans:loan", ward=ward, loan=found.id)
    shown: dict[str, Any] = {"loan": found, "form": form, "reasons": tried.reasons}
    return render(request, "loans/withdraw.html", shown, status=status(tried.reasons, form))


def signed(loan: Loan) -> list[tuple[str, str]]:
    """Who has signed, as choices of a form."""
    return [(one.person_id, one.name) for one in consents.signatures(loan) if one.signed_on]


@require_safe
@page("loans.read")
def contract_pdf(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    """Application and agreement with a line for each member's own signature."""
    found = found_or_404(ward, loan)
    privacy.ask(request, ward, [found.group_id])
    paper = contract.contract(
        found, request.ward.name, address(request, "loans:loan", loan=found.id)
    )
    return answer_pdf(paper, f"perjanjian-{found.code}.pdf")
