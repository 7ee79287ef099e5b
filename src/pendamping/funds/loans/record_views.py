from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.funds.ledger.fields import DayField, RequestField, status
from pendamping.funds.loans import actions, letters, privacy, record
from pendamping.funds.loans.views import found_or_404, may
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_

NEXT = {
    "running": (N_("the loan is running"), "river"),
    "rises": (N_("the limit rises"), "good"),
    "stays": (N_("the limit stays"), "warn"),
    "waits": (N_("no loan follows yet"), "bad"),
    "referral": (N_("to formal finance"), "good"),
}


class ReferForm(forms.Form):
    request_id = RequestField()
    to = forms.CharField(label=gettext_lazy("Bank or cooperative"), max_length=120)
    on = DayField(label=gettext_lazy("Day"))


@require_safe
@page("loans.read")
def cycles(request: HttpRequest, ward: str) -> HttpResponse:
    """How far each group has climbed, how it repaid, and what comes next."""
    rows = []
    for one in record.records(ward, clock.today()):
        text, tone = NEXT[one.kind]
        sees = privacy.sees(request, ward, one.last.group_id)
        rows.append(
            {"one": one, "name": one.last.group_name, "next": _(text), "tone": tone, "sees": sees}
        )
    rows.sort(key=lambda row: (row["one"].kind != "referral", row["name"]))
    shown = {"rows": rows, "may": may(request, ward, "refer")}
    return render(request, "loans/cycles.html", shown)


@page("loans.refer")
def refer(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    """A group that has climbed the whole ladder is sent on."""
    found = found_or_404(ward, loan)
    form = ReferForm(request.POST or None)
    tried = attempt(form, actions.refer, by=request.user, ward=ward, loan_id=found.id)
    if tried.done:
        messages.success(request, _("Referred. Print the letter from the list."))
        return redirect("loans:cycles", ward=ward)
    shown = {"loan": found, "form": form, "reasons": tried.reasons}
    return render(request, "loans/refer.html", shown, status=status(tried.reasons, form))


@require_safe
@page("loans.read")
def referral_pdf(request: HttpRequest, ward: str, referral: str) -> HttpResponse:
    found = record.referral(ward, referral)
    if found is None:
        raise Http404
    privacy.ask(request, ward, [found.group_id])
    where = address(request, "loans:loan", loan=found.loan_id)
    loans = list(record.loans_of(found.group_id, found.loan))
    paper = letters.referral(found, loans, request.ward.name, where)
    return answer_pdf(paper, f"rujukan-{found.code.replace('/', '-')}.pdf")
