from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.funds.ledger.fields import day_ahead, day_read, status
from pendamping.funds.loans import actions, joint, privacy, queries, sheet_papers
from pendamping.funds.loans.forms import ReverseForm
from pendamping.funds.loans.models import ACTIVE, Loan
from pendamping.funds.loans.sheet_forms import PayBackForm
from pendamping.funds.loans.views import found_or_404, may
from pendamping.kernel.money import format_rupiah


def _paid_out(ward: str, loan_id: str) -> Loan:
    found = found_or_404(ward, loan_id)
    if found.disbursed is None:
        raise Http404
    return found


@page("loans.read")
def members(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    """Each member's card, who owes whom, and giving back."""
    found = _paid_out(ward, loan)
    on = day_read(request.GET.get("on"))
    hidden = privacy.names_of(request, found)
    cards = privacy.cover_cards(joint.member_cards(found, on), hidden)
    form = PayBackForm(request.POST or None, pairs=_pairs(cards.debts))
    allowed = may(request, ward, "pay_back", "take_back_paid_back", "record_sheet")
    tried = attempt(form, actions.pay_back, by=request.user, ward=ward, loan_id=found.id)
    if tried.done:
        messages.success(request, _("Recorded: it was given back."))
        return redirect("loans:members", ward=ward, loan=found.id)
    shown: dict[str, Any] = {
        "loan": found,
        "on": on,
        "ahead": day_ahead(request.GET.get("on")),
        "cards": cards,
        "in_debt": queries.in_debt(found.group_id, on) if found.status == ACTIVE else {},
        "form": form,
        "reasons": tried.reasons,
        "may": allowed,
        "given": _given(found, hidden),
        "back_form": ReverseForm(prefix="back"),
    }
    return render(request, "loans/members.html", shown, status=status(tried.reasons, form))


def _pairs(debts: list[joint.Debt]) -> list[tuple[str, str]]:
    return [
        (
            f"{one.debtor}|{one.creditor}",
            _("%(debtor)s to %(creditor)s (%(sum)s)")
            % {
                "debtor": one.debtor_name,
                "creditor": one.creditor_name or _("the joint savings"),
                "sum": format_rupiah(one.amount),
            },
        )
        for one in debts
        if one.debtor
    ]


def _given(loan: Loan, hidden: dict[str, str] | None) -> list[dict[str, Any]]:
    """What was given back so far, the latest first."""
    stored = list(loan.paid_back.order_by("-on", "-id"))
    pairs = [(one.debtor_id, one.creditor_id or "") for one in stored]
    names = joint.names_of(loan, pairs)
    if hidden is not None:
        names = {key: hidden.get(key) or _("another member") for key in names}
    return [
        {
            "one": one,
            "debtor": names.get(one.debtor_id, ""),
            "creditor": names.get(one.creditor_id or "", "") or _("the joint savings"),
        }
        for one in stored
    ]


@require_POST
@page("loans.take_back_paid_back")
def take_back(request: HttpRequest, ward: str, loan: str, entry: str) -> HttpResponse:
    """An entry of giving back was wrong."""
    found = _paid_out(ward, loan)
    form = ReverseForm(request.POST, prefix="back")
    tried = attempt(
        form, actions.take_back_paid_back, by=request.user, ward=ward, paid_back_id=entry
    )
    if tried.done:
        messages.success(request, _("The entry is taken back."))
        return redirect("loans:members", ward=ward, loan=found.id)
    shown = {"loan": found, "form": form, "reasons": tried.reasons}
    return render(request, "loans/take_back.html", shown, status=status(tried.reasons, form))


@require_safe
@page("loans.read")
def members_pdf(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    found = _paid_out(ward, loan)
    on = day_read(request.GET.get("on"))
    cards = privacy.cover_cards(joint.member_cards(found, on), privacy.names_of(request, found))
    where = address(request, "loans:members", loan=found.id)
    return answer_pdf(
        sheet_papers.members(cards, request.ward.name, where), f"kartu-anggota-{found.code}.pdf"
    )
