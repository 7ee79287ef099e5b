"""The page on which a ward that was opened without its first day is given it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.cycle import queries as cycle
from pendamping.desk import actions
from pendamping.desk.beginning import earliest
from pendamping.desk.forms import BeginForm
from pendamping.funds.ledger.fields import status
from pendamping.kernel import clock
from pendamping.territory import queries as territory


@require_http_methods(["GET", "HEAD", "POST"])
@page("desk.begin_programme")
def begin(request: HttpRequest, ward: str) -> HttpResponse:
    """Give the first day; a ward that has one says so, and mends it as long as nothing is recorded."""
    form = BeginForm(request.POST or None)
    tried = attempt(form, actions.begin_programme, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The first day is given; the stages have their planned dates."))
        return redirect("desk:begin", ward=ward)
    place = territory.ward(ward)
    shown = {
        "began": place.programme_start if place else None,
        "stays": earliest(ward, cycle.cycle(ward, clock.today())) is not None,
        "form": form,
        "reasons": tried.reasons,
    }
    return render(request, "desk/begin.html", shown, status=status(tried.reasons, form))
