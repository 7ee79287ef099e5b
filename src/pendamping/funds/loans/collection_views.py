from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.funds.ledger.fields import DayField, RequestField, day_ahead, day_read, status
from pendamping.funds.loans import actions, collection, letters, privacy, queries
from pendamping.funds.loans.forms import ReverseForm
from pendamping.funds.loans.views import found_or_404, may
from pendamping.kernel import clock


class StepForm(forms.Form):
    """A step of the ladder that was taken."""

    request_id = RequestField()
    step = forms.ChoiceField(label=gettext_lazy("What was done"), widget=forms.RadioSelect)
    on = DayField(label=gettext_lazy("Day"))
    note = forms.CharField(
        label=gettext_lazy("Who was met, what was agreed, or why it is done now"),
        max_length=300,
        required=False,
    )
    until = DayField(
        label=gettext_lazy("Day promised, last day to pay, or day of the meeting"),
        required=False,
        initial=None,
    )
    place = forms.CharField(
        label=gettext_lazy("Where the group meets (for the summons)"),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["step"].choices = steps


@require_safe
@page("loans.read")
def ladder(request: HttpRequest, ward: str) -> HttpResponse:
    """Every group that is behind, what was done so far and what comes next."""
    on = day_read(request.GET.get("on"))
    names = {step.key: step.name for step in collection.steps(ward, on)}
    rows = [
        {
            "one": one,
            "name": f"{one.loan.code} {one.loan.group_name}",
            "url": reverse("loans:collection_loan", kwargs={"ward": ward, "loan": one.loan.id}),
            "sum": one.state.late,
            "last": names.get(one.last.step, one.last.step) if one.last else "",
            "due": one.due(on),
        }
        for one in queries.collection_of(ward, on)
    ]
    return render(
        request,
        "loans/ladder.html",
        {"rows": rows, "on": on, "ahead": day_ahead(request.GET.get("on"))},
    )


@page("loans.read")
def collection_loan(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    """One loan that is behind: its arrears, the steps taken, and recording the next."""
    found = found_or_404(ward, loan)
    today = clock.today()
    card = queries.card_of(found, today)
    known = collection.steps(ward, today)
    here = next(
        (one for one in queries.collection_of(ward, today) if one.loan.id == found.id), None
    )
    allowed = may(
        request, ward, "record_collection_step", "record_sheet", "take_back_collection_step"
    )
    form = StepForm(
        request.POST or None,
        steps=[(step.key, step.name) for step in known if not step.draws],
        initial={"step": here.next.step.key if here and here.next else None},
    )
    tried = attempt(
        form, actions.record_collection_step, by=request.user, ward=ward, loan_id=found.id
    )
    if tried.done:
        messages.success(
            request, _("Recorded. Print the letter below.") if tried.made.paper else _("Recorded.")
        )
        return redirect("loans:collection_loan", ward=ward, loan=found.id)
    shown = {
        "loan": found,
        "card": card,
        "here": here,
        "due": here.due(today) if here else False,
        "draws": next((step.name for step in known if step.draws), ""),
        "sheet": f"{reverse('loans:fill', kwargs={'ward': ward})}?loan={found.id}&on={today.isoformat()}",
        "names": {step.key: step.name for step in known},
        "taken": collection.every(found, today)[::-1],
        "form": form,
        "back_form": ReverseForm(prefix="back"),
        "reasons": tried.reasons,
        "may": allowed,
        "sees": privacy.sees(request, ward, found.group_id),
    }
    return render(request, "loans/collection.html", shown, status=status(tried.reasons, form))


@require_POST
@page("loans.take_back_collection_step")
def step_back(request: HttpRequest, ward: str, loan: str, step: str) -> HttpResponse:
    """A step was entered wrongly; asked on the page of the loan's collection."""
    found = found_or_404(ward, loan)
    form = ReverseForm(request.POST, prefix="back")
    tried = attempt(
        form, actions.take_back_collection_step, by=request.user, ward=ward, loan_id=found.id,
        step_id=step,
    )  # fmt: skip
    if tried.done:
        messages.success(request, _("The step is taken back."))
        return redirect("loans:collection_loan", ward=ward, loan=found.id)
    shown = {"loan": found, "form": form, "reasons": tried.reasons}
    return render(request, "loans/step_back.html", shown, status=status(tried.reasons, form))


@require_safe
@page("loans.read")
def letter_pdf(request: HttpRequest, ward: str, step: str) -> HttpResponse:
    found = collection.letter(ward, step)
    if found is None or not found.paper or found.taken_back_on:
        raise Http404
    privacy.ask(request, ward, [found.loan.group_id])
    where = address(request, "loans:collection_loan", loan=found.loan_id)
    paper = letters.letter(found, request.ward.name, where)
    return answer_pdf(paper, f"surat-{found.code.replace('/', '-')}.pdf")
