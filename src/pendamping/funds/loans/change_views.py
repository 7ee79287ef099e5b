"""Pages of what changes a running loan: a new schedule, writing off, settling early, giving back."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.funds.ledger.fields import day_ahead, day_of, day_read, status
from pendamping.funds.loans import actions, change_forms, changes, new_schedule, terms
from pendamping.funds.loans.models import ACTIVE, Loan
from pendamping.funds.loans.rules.changes import Settlement
from pendamping.funds.loans.rules.collection import Step
from pendamping.funds.loans.rules.new_schedule import Figures, figures, subject
from pendamping.funds.loans.views import found_or_404
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah


def _running(ward: str, loan_id: str) -> Loan:
    found = found_or_404(ward, loan_id)
    if found.status != ACTIVE:
        raise Http404
    return found


@page("loans.reschedule")
def reschedule(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    found, today = _running(ward, loan), clock.today()
    before = changes.on_day(found, today - timedelta(days=1))
    unpaid = sum(row.service for row in before.left)
    form = change_forms.RescheduleForm(
        request.POST or None,
        meetings=change_forms.meetings_for(ward, today, "reschedule"),
        initial={
            "service": unpaid,
            "instalments": sum(bool(row.total) for row in before.left),
            "first_due": terms.next_due(found, today),
            **new_schedule.decided(found, today),
        },
    )
    tried = attempt(form, actions.reschedule, by=request.user, ward=ward, loan_id=found.id)
    if tried.done:
        messages.success(request, _("The loan has a new schedule."))
        return redirect("loans:loan", ward=ward, loan=found.id)
    asked = _figures(found, form, unpaid)
    shown = {
        "loan": found,
        "form": form,
        "reasons": tried.reasons,
        "principal": sum(row.principal for row in before.left),
        "unpaid": unpaid,
        "paid_today": changes.paid_on(found, today),
        "keeps": changes.keeps_class_for(ward, today),
        "decide": change_forms.decide(
            ward,
            today,
            "reschedule",
            subject(found.id, asked).partition(":")[2],
            new_schedule.words(found, asked),
        ),
    }
    return render(request, "loans/reschedule.html", shown, status=status(tried.reasons, form))


def _figures(loan: Loan, form: change_forms.RescheduleForm, unpaid: int) -> Figures:
    """The new schedule that is put to a meeting: as typed, from its day on, else as the form begins."""
    if not (form.is_bound and form.is_valid()):
        return figures(form.initial["instalments"], form.initial["service"], unpaid)
    typed = form.cleaned_data
    left = changes.on_day(loan, typed["on"] - timedelta(days=1)).left
    return figures(typed["instalments"], typed["service"], sum(row.service for row in left))


def _of(loan: Loan) -> dict[str, str]:
    return {"code": loan.code, "group": loan.group_name}


@page("loans.write_off")
def write_off(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    found, today = _running(ward, loan), clock.today()
    form = change_forms.WriteOffForm(
        request.POST or None, meetings=change_forms.meetings_for(ward, today, "write_off")
    )
    tried = attempt(form, actions.write_off, by=request.user, ward=ward, loan_id=found.id)
    if tried.done:
        messages.success(request, _("The loan is written off; the group still owes it."))
        return redirect("loans:loan", ward=ward, loan=found.id)
    state, left = changes.state(found, today), changes.steps_left(found, today)
    shown = {
        "loan": found,
        "form": form,
        "reasons": tried.reasons,
        "left": [changes.ladder_reason(found, today, left)] if left and not tried.reasons else [],
        "state": state,
        "reserve": changes.reserve(ward),
        "from_class": changes.write_off_from(ward, today),
        "decide": change_forms.decide(
            ward,
            today,
            "write_off",
            changes.all_the_same(found.id) if left else found.id,
            write_off_text(found, left),
        ),
    }
    return render(request, "loans/write_off.html", shown, status=status(tried.reasons, form))


def write_off_text(loan: Loan, left: Sequence[Step]) -> str:
    """What the meeting decides, in words; where steps are missing the reason is its own to add."""
    if not left:
        return _("Loan %(code)s of %(group)s is written off") % _of(loan)
    said = _(
        "Loan %(code)s of %(group)s is written off although these steps were not taken: %(steps)s. Reason: …"
    )
    return said % {**_of(loan), "steps": ", ".join(one.name for one in left)}


@page("loans.settle_early")
def settle(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    found = _running(ward, loan)
    asked = request.GET.get("on")
    on = day_of(request.POST.get("on")) if request.method == "POST" else day_read(asked)
    can = found.disbursed is not None and on >= found.disbursed
    owed = changes.settles(found, on) if can else Settlement(0, 0, 0)
    form = change_forms.SettleForm(request.POST or None, initial={"on": on, "amount": owed.total})
    tried = attempt(form, actions.settle_early, by=request.user, ward=ward, loan_id=found.id)
    if tried.done:
        said = _("The loan is settled: receipt %(no)s.") % {"no": tried.made.receipt}
        messages.success(request, said)
        return redirect("loans:receipt", ward=ward, repayment=tried.made.id)
    shown = {"loan": found, "form": form, "reasons": tried.reasons, "owed": owed, "on": on}
    shown["ahead"] = day_ahead(asked)
    return render(request, "loans/settle.html", shown, status=status(tried.reasons, form))


@page("loans.refund_overpayment")
def refund(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    found = found_or_404(ward, loan)
    if found.disbursed is None:
        raise Http404
    form = change_forms.RefundForm(request.POST or None, initial={"amount": found.owed_back})
    tried = attempt(form, actions.refund_overpayment, by=request.user, ward=ward, loan_id=found.id)
    if tried.done:
        amount = format_rupiah(form.cleaned_data["amount"])
        messages.success(request, _("%(sum)s is given back and in the books.") % {"sum": amount})
        return redirect("loans:loan", ward=ward, loan=found.id)
    shown = {"loan": found, "form": form, "reasons": tried.reasons}
    return render(request, "loans/refund.html", shown, status=status(tried.reasons, form))


# --- taking back what was entered wrongly -----------------------------------------------------------


def _back(
    request: HttpRequest, loan: str, form: Any, act: Callable[..., Any], **change: str
) -> HttpResponse:
    ward = request.ward.code
    found = found_or_404(ward, loan)
    tried = attempt(form, act, by=request.user, ward=ward, **change)
    if tried.done:
        messages.success(request, _("It is taken back; every figure is restored."))
        return redirect("loans:loan", ward=ward, loan=found.id)
    shown = {"loan": found, "form": form, "reasons": tried.reasons}
    return render(request, "loans/undo_change.html", shown, status=status(tried.reasons, form))


@require_POST
@page("loans.take_back_rescheduling")
def take_back_rescheduling(request: HttpRequest, ward: str, loan: str, change: str) -> HttpResponse:
    form = change_forms.WhyForm(request.POST)
    return _back(request, loan, form, actions.take_back_rescheduling, rescheduling_id=change)


@require_POST
@page("loans.take_back_write_off")
def take_back_write_off(request: HttpRequest, ward: str, loan: str, change: str) -> HttpResponse:
    form = change_forms.WhyForm(request.POST)
    return _back(request, loan, form, actions.take_back_write_off, closure_id=change)


@require_POST
@page("loans.take_back_refund")
def take_back_refund(request: HttpRequest, ward: str, loan: str, change: str) -> HttpResponse:
    form = change_forms.WhyAndDayForm(request.POST)
    return _back(request, loan, form, actions.take_back_refund, refund_id=change)
