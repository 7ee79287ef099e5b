"""The register of a ward: what runs, what was received in a year, the figures."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.complaints import actions, labels, queries
from pendamping.complaints.forms import Intake
from pendamping.complaints.rules import by_month
from pendamping.complaints.rules import figures as counted
from pendamping.complaints.views import shown
from pendamping.kernel import clock

MONTHS = 12
MOST = 200  # rows of a page; the paper and the workbook hold all


@require_safe
@page("complaints.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """What runs: what is in the reader's hands first."""
    today = clock.today()
    levels = labels.names(ward, "levels", today)
    lines = queries.running(ward, today, request.user)  # type: ignore[arg-type]
    rows = [shown.row(one, request, levels) for one in lines]
    found = {
        "may": shown.may(request, ward),
        "mine": [row for row in rows if row["mine"]][:MOST],
        "others": [row for row in rows if not row["mine"]][:MOST],
        "late": sum(row["late"] or row["overdue"] for row in rows),
        "all": len(rows),
        "years": queries.years(ward),
        "address": request.build_absolute_uri(
            reverse("complaints:complain", kwargs={"ward": ward})
        ),
    }
    return render(request, "complaints/home.html", found)


@page("complaints.receive")
def new(request: HttpRequest, ward: str) -> HttpResponse:
    """Write down what somebody brought, said or sent."""
    today = clock.today()
    form = Intake(
        request.POST or None,
        channels=list(labels.names(ward, "channels", today).items()),
        kinds=list(labels.names(ward, "kinds", today).items()),
    )
    tried = attempt(form, actions.receive, by=request.user, ward=ward)
    if tried.done:
        text = _("Taken in as %(number)s. Print the slip for the complainant now.")
        messages.success(request, text % {"number": labels.number(tried.made)})
        return redirect("complaints:complaint", ward=ward, complaint=tried.made.id)
    found = {"form": form, "reasons": tried.reasons}
    return render(request, "complaints/new.html", found, status=shown.status(tried.reasons, form))


@require_safe
@page("complaints.read")
def year(request: HttpRequest, ward: str, year: int) -> HttpResponse:
    """The register of a year, the latest first."""
    levels = labels.names(ward, "levels", clock.today())
    lines = queries.of_year(ward, year, request.user)  # type: ignore[arg-type]
    rows = [shown.row(one, request, levels) for one in reversed(lines)]
    tabs = [
        {"label": str(one), "current": one == year,
         "url": reverse("complaints:year", kwargs={"ward": ward, "year": one})}
        for one in queries.years(ward)
    ]  # fmt: skip
    found = {"rows": rows[:MOST], "hidden": max(len(rows) - MOST, 0), "year": year, "tabs": tabs}
    return render(request, "complaints/year.html", found)


def span(today: date) -> tuple[date, date]:
    """The last twelve months, that of today included."""
    first = today.replace(day=1)
    for _month in range(MONTHS - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    return first, today


@require_safe
@page("complaints.read")
def figures(request: HttpRequest, ward: str) -> HttpResponse:
    """The figures of twelve months: how many came, how many were settled, where it takes long."""
    today = clock.today()
    first, last = span(today)
    rows = queries.rows(ward, first, last)
    all_ = counted(rows)
    found = {
        "all": all_,
        "first": first,
        "months": [_month(first, one) for first, one in by_month(rows).items()],
        "parts": [
            (title, _part(ward, key, names, all_.by[key], today))
            for key, names, title in (
                ("channel", "channels", _("How they came")),
                ("scope", "scopes", _("Scope")),
                ("level", "levels", _("Level where they lie or were answered")),
            )
        ],
    }
    return render(request, "complaints/figures.html", found)


def _month(first: date, one: Any) -> dict[str, Any]:
    return {
        "month": labels.month(first), "received": one.received, "closed": one.closed,
        "confirmed": one.confirmed, "reopened": one.reopened, "overdue": one.overdue,
        "alleged": one.alleged_amount, "recovered": one.recovered_amount,
    }  # fmt: skip


def _part(
    ward: str, key: str, section: str, counts: dict[str, int], on: date
) -> list[dict[str, Any]]:
    names = labels.names(ward, section, on)
    return [
        {"label": names.get(one, one), "value": count}
        for one, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
