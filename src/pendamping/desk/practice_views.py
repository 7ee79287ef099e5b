"""The page on which a practice ward's date is moved; a ward of real life has no such page."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as in_words
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendamping.access.gate import page
from pendamping.desk import actions, queries
from pendamping.desk.forms import PracticeForm
from pendamping.desk.rules import WEEK
from pendamping.funds.ledger.fields import status
from pendamping.kernel.period import add_months
from pendamping.kernel.refusal import Reason, Refusal
from pendamping.territory import queries as territory


@require_http_methods(["GET", "HEAD", "POST"])
@page("desk.move_practice_date")
def move(request: HttpRequest, ward: str) -> HttpResponse:
    """Choose the day that counts as today, or go on by a day, a week or a month."""
    today = territory.practice_date(ward)
    if today is None:
        raise Http404
    form = PracticeForm(request.POST or None)
    reasons: list[Reason] = []
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        try:
            actions.move_practice_date(by=request.user, ward=ward, to=to)  # type: ignore[arg-type]
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            done = _("Today now counts as %(day)s in this ward.")
            messages.success(request, done % {"day": in_words(to, "j F Y")})
            return redirect("desk:today", ward=ward)
    shown = {
        "today": today,
        "last_entry": queries.last_entry(ward),
        "form": form,
        "reasons": reasons,
        "ahead": _ahead(today),
    }
    return render(request, "desk/practice.html", shown, status=status(reasons, form))


def _ahead(today: date) -> list[tuple[str, date]]:
    """The days that are reached with one press."""
    return [
        (_("On by a day"), today + timedelta(days=1)),
        (_("On by a week"), today + timedelta(days=WEEK)),
        (_("On by a month"), add_months(today, 1)),
    ]
