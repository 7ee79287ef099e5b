from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import answer_pdf
from pendamping.access.gate import page
from pendamping.funds.ledger.fields import day_ahead, day_read, status
from pendamping.funds.loans import queries as loans
from pendamping.funds.upk import actions, labels, papers, queries, rules
from pendamping.funds.upk.forms import MonthForm
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal


@require_safe
@page("upk.read")
def card(request: HttpRequest, ward: str) -> HttpResponse:
    return _card_page(request, ward, [])


def _card_page(request: HttpRequest, ward: str, reasons: list[Reason]) -> HttpResponse:
    on = day_read(request.GET.get("on"))
    found = queries.card(ward, on)
    shown: dict[str, Any] = {
        "on": on,
        "ahead": day_ahead(request.GET.get("on")),
        "card": found,
        "meanings": labels.meanings(found.stops_on),
        "rows": [labels.indicator(one, found.on) for one in found.indicators],
        "at_risk": [_at_risk(row) for row in found.at_risk],
        "uncounted": [_at_risk(row) for row in found.uncounted],
        "uncounted_said": labels.uncounted(found),
        "notes": labels.notes(found),
        "months": [labels.month(one) for one in queries.months(ward)],
        "stop": loans.standing_stop(ward),
        "last_month": rules.last_month(clock.today()),
        "taking": _taking(request, ward, on),
        "reasons": reasons,
    }
    return render(request, "upk/card.html", shown, status=status(reasons))


def _taking(request: HttpRequest, ward: str, on: date) -> dict[str, Any]:
    """What is offered to who takes cards: the card that the page shows, as it is now (``take``, ``again``), or
    the way to the month whose card is missing. ``late``: entries that the kept card does not know.
    """
    if not access.may(request.user, "upk.record_card", ward):
        return {}
    if not queries.may_take(ward, on, clock.today()):
        return {"missing": queries.missing(ward, clock.today())}
    known = queries.kept(ward, on)
    late = queries.outdated(known) if known else 0
    reserve = loans.reserve_at(ward, on)
    return {
        "again" if known and not late else "take": on,
        "late": late,
        "reserve": reserve.needed != reserve.held,
        "may_reserve": access.may(request.user, "loans.set_reserve_aside", ward),
    }


def _at_risk(row: loans.BookRow) -> dict[str, Any]:
    return {
        "name": f"{row.loan.code} {row.loan.group_name}",
        "url": reverse("loans:loan", kwargs={"ward": row.loan.ward, "loan": row.loan.id}),
        "outstanding": row.state.outstanding_principal,
        "arrears": row.state.arrears_principal,
        "behind": row.state.risk_behind,
        "class": row.state.collectibility,
        "rescheduled": row.state.rescheduled,
    }


@require_safe
@page("upk.read")
def card_pdf(request: HttpRequest, ward: str) -> HttpResponse:
    on = day_read(request.GET.get("on"))
    path = reverse("upk:card", kwargs={"ward": ward}) + f"?on={on.isoformat()}"
    pdf = papers.card(queries.card(ward, on), request.ward.name, request.build_absolute_uri(path))  # type: ignore[attr-defined]
    return answer_pdf(pdf, f"kartu-kesehatan-{on.isoformat()}.pdf")


@require_POST
@page("upk.record_card")
def record(request: HttpRequest, ward: str) -> HttpResponse:
    form = MonthForm(request.POST)
    reasons: list[Reason] = []
    if form.is_valid():
        try:
            made = actions.record_card(by=request.user, ward=ward, month=form.cleaned_data["month"])
        except Refusal as refusal:
            reasons = refusal.reasons
        else:
            if made.stop and loans.standing_stop(ward):
                messages.warning(request, _("The card is in the record. New lending is stopped."))
            else:
                messages.success(request, _("The card is in the record."))
            address = reverse("upk:card", kwargs={"ward": ward})
            return redirect(f"{address}?on={made.month.isoformat()}")
    return _card_page(request, ward, reasons)
