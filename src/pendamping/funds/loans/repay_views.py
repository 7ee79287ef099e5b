from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.funds.ledger.fields import day_ahead, day_read, day_typed, read_rupiah, status
from pendamping.funds.loans import actions, papers, preview, queries, receipts, undoing
from pendamping.funds.loans.forms import RepayForm, ReverseForm
from pendamping.funds.loans.models import Loan, Repayment
from pendamping.funds.loans.views import found_or_404, may
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal


@page("loans.record_repayment")
def repay(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    """An instalment is taken, on today or on the day that the address asks for (``?on=``)."""
    found = found_or_404(ward, loan)
    on = day_read(request.GET.get("on"))
    card = queries.card_of(found, on)
    form = RepayForm(request.POST or None, initial={"amount": card.preset, "on": on})
    reasons: list[Reason] = []
    split = preview.of(found, card.preset, on)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        card = queries.card_of(found, min(data["on"], clock.today()))
        split = preview.of(found, data["amount"], data["on"])
        sent_before = queries.by_request(data["request_id"]) is not None
        reasons = [] if sent_before else preview.against(found, data["amount"], data["on"])
        if sent_before or (not reasons and split and _looked_at(split, data)):
            try:
                paid = _take(request, found, data)
            except Refusal as refusal:
                reasons = refusal.reasons
            else:
                messages.success(request, _("Received: receipt %(no)s.") % {"no": paid.receipt})
                return redirect("loans:receipt", ward=ward, repayment=paid.id)
    shown = {"loan": found, "card": card, "form": form, "preview": split, "reasons": reasons}
    shown["ahead"] = day_ahead(request.GET.get("on"))
    shown["code"], shown["today"] = guidelines.code(ward, on), clock.today()
    shown["against"] = preview.against(found, 1, on) if request.method == "GET" else []
    return render(request, "loans/repay.html", shown, status=status(reasons, form))


def _looked_at(split: preview.Preview, data: dict[str, Any]) -> bool:
    """Whether the split was shown, and an unusual sum or a day far back said to be right."""
    return split.seen == data["seen"] and (not split.asks or split.seen == data["sure"])


def _take(request: HttpRequest, loan: Loan, data: dict[str, Any]) -> Repayment:
    return actions.record_repayment(
        by=request.user,
        ward=loan.ward,
        loan_id=loan.id,
        **{name: data[name] for name in ("on", "amount", "received_from", "request_id")},
    )


@require_safe
@page("loans.record_repayment")
def split(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    """The part of the page that shows how an amount would be split, while it is typed."""
    found = found_or_404(ward, loan)
    amount = read_rupiah(request.GET.get("amount", "")) or 0
    on = day_typed(request.GET.get("on"))
    shown = {
        "loan": found,
        "preview": preview.of(found, amount, on) if on else None,
        "against": preview.against(found, amount, on) if on and amount else [],
        "card": queries.card_of(found, min(on, clock.today())) if on else None,
        "code": guidelines.code(ward, on) if on else "",
        "today": clock.today(),
        "looked": "looked" in request.GET,
        "alone": True,
    }
    return render(request, "loans/preview.html", shown)


@page("loans.read")
def receipt(request: HttpRequest, ward: str, repayment: str) -> HttpResponse:
    found = _repayment_or_404(ward, repayment)
    allowed = may(request, ward, "reverse_repayment", "record_repayment")
    today = clock.today()
    able = undoing.meetings_for(ward, found.paid_on, today)
    form = ReverseForm(request.POST or None, meetings=able)
    tried = attempt(
        form, actions.reverse_repayment, by=request.user, ward=ward, repayment_id=found.id
    )
    if tried.done:
        messages.success(request, _("The payment is taken back; every figure is restored."))
        return redirect("loans:receipt", ward=ward, repayment=found.id)
    shown = {
        "one": found,
        "lines": papers.receipt_lines(found),
        "told": receipts.told(found),
        "dated": receipts.dated(found),
        "anew": receipts.anew(found),
        "taker": access.signer(found.received_by),
        "words": papers.in_words(found.amount),
        "qr": papers.code(address(request, "loans:receipt", repayment=found.id)),
        "may": allowed,
        "form": form,
        "reasons": tried.reasons,
        **undoing.shown(request.user, ward, found.id, found.receipt, found.paid_on, [found], today),
    }
    return render(request, "loans/receipt.html", shown, status=status(tried.reasons, form))


@require_safe
@page("loans.read")
def receipt_pdf(request: HttpRequest, ward: str, repayment: str) -> HttpResponse:
    found = _repayment_or_404(ward, repayment)
    where = address(request, "loans:receipt", repayment=found.id)
    name = f"kuitansi-{found.receipt.replace('/', '-')}.pdf"
    return answer_pdf(papers.receipt(found, request.ward.name, where), name)


def _repayment_or_404(ward: str, repayment_id: str) -> Repayment:
    found = queries.repayment(ward, repayment_id)
    if found is None:
        raise Http404
    return found
