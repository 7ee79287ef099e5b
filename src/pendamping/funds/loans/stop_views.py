"""The stop on new lending: why it stands, and the minutes that lift it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from pendamping.access.answers import Attempt, attempt
from pendamping.access.gate import page
from pendamping.funds.ledger.fields import status
from pendamping.funds.loans import actions, change_forms, gate, stops
from pendamping.funds.loans.views import may
from pendamping.kernel import clock


@page("loans.read")
def stop(request: HttpRequest, ward: str) -> HttpResponse:
    standing = stops.standing_stop(ward)
    allowed = may(request, ward, "lift_suspension")
    form = change_forms.LiftForm(
        request.POST or None,
        meetings=change_forms.meetings_for(ward, clock.today(), "lift_suspension"),
    )
    tried = Attempt()
    if standing:
        tried = attempt(
            form, actions.lift_suspension, by=request.user, ward=ward, stop_id=standing.id
        )
    if tried.done:
        messages.success(request, _("The stop is lifted; the fund may lend again."))
        return redirect("loans:stop", ward=ward)
    shown: dict[str, Any] = {
        "stop": standing,
        "findings": stops.findings(standing) if standing else [],
        "effect": stops.effect(ward, clock.today()),
        "history": [_row(one) for one in stops.stops(ward)],
        "form": form,
        "reasons": tried.reasons,
        "gates": [] if standing else gate.by_book(ward, clock.today()),
        "may": allowed,
        "decide": change_forms.decide(
            ward,
            clock.today(),
            "lift_suspension",
            standing.id if standing else "",
            _("The stop on new lending is lifted"),
        ),
    }
    return render(request, "loans/stop.html", shown, status=status(tried.reasons, form))


def _row(one: Any) -> dict[str, Any]:
    what = ", ".join(f"{f['short']} {f['share'].percent()}" for f in stops.findings(one))
    return {"since": one.since, "month": one.month, "what": what, "lifted": one.lifted_on,
            "meeting": one.lifted_at}  # fmt: skip
