"""The hand-over at a glance: criteria, the curve against the end, duties, what is signed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import address, answer_pdf, carry_out
from pendamping.access.gate import page
from pendamping.handover import actions, labels, papers, queries
from pendamping.handover.views import shown
from pendamping.kernel import clock
from pendamping.kernel.period import add_months
from pendamping.kernel.refusal import Reason


@require_safe
@page("handover.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """How ready the ward is to go on alone, and what is still with the facilitator."""
    return _show(request, ward, [])


def _show(request: HttpRequest, ward: str, reasons: list[Reason]) -> HttpResponse:
    today = clock.today()
    found = queries.found(ward, today)
    names = labels.names("handover", ward, today)
    promises = queries.promises(ward)
    duties = queries.duties(ward, today)
    end = queries.programme_end(ward)
    done = queries.signed(ward)
    told = {
        "rows": [shown.criterion_row(one, ward, today, names, promises) for one in found],
        "met": sum(one.met for one in found),
        "judged": sum(one.word != "none" for one in found),
        "duties": [shown.duty_row(one, ward) for one in duties],
        "passed": sum(one.word == "passed" for one in duties),
        "chart": shown.chart(queries.curve(ward, today, found)),
        "read_today": queries.read_on(ward, today, today),
        "end": end,
        "left": _left(today, end),
        "draft": queries.draft(ward),
        "signed": done,
        "alone": done is not None and done.last_day < today,
        **_yearly(ward, today),
        "can": shown.may(request.user, ward),  # type: ignore[arg-type]
        "reasons": reasons,
    }
    return render(request, "handover/home.html", told, status=shown.status(reasons))


def _left(today: date, end: date | None) -> str:
    """How long it is to the end of the programme, in words."""
    if end is None:
        return ""
    days = (end - today).days
    if days < 0:
        return _("over since %(count)s days") % {"count": -days}
    if days < 60:
        return _("%(count)s days left") % {"count": days}
    months = sum(add_months(today, number) <= end for number in range(1, 61))
    return _("%(count)s months left") % {"count": months}


def _yearly(ward: str, today: date) -> dict[str, Any]:
    return {
        "check_due": queries.check_due(ward, today),
        "checks": [
            {"due": one.due, "on": one.on, "met": sum(each["word"] == "met" for each in one.found),
             "of": len(one.found), "by": one.by.name}
            for one in queries.checks(ward)
        ],
    }  # fmt: skip


@require_POST
@page("handover.read_criteria")
def read(request: HttpRequest, ward: str) -> HttpResponse:
    """Keep today's reading."""
    tried = carry_out(actions.read_criteria, by=request.user, ward=ward)
    if not tried.done:
        return _show(request, ward, tried.reasons)
    messages.success(request, _("Today's reading is kept."))
    return redirect("handover:home", ward=ward)


@require_safe
@page("handover.read")
def pdf(request: HttpRequest, ward: str) -> HttpResponse:
    """Criteria, curve and duties on paper, for the meeting that signs."""
    link = address(request, "handover:home")
    return answer_pdf(papers.handover(ward, request.ward.name, link), "serah-terima.pdf")  # type: ignore[attr-defined]
