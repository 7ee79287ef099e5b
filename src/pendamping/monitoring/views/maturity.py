"""The maturity of the board: the level reached, what is missing for the next, and where people say it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.kernel import clock, memory
from pendamping.monitoring import actions, labels, maturity, review_papers
from pendamping.monitoring.outcome_forms import TickForm
from pendamping.monitoring.rules import maturity as rules
from pendamping.monitoring.rules.maturity import TICKED, Standing
from pendamping.monitoring.views import shown


@require_safe
@page("monitoring.read")
def show(request: HttpRequest, ward: str) -> HttpResponse:
    """Every level with its criteria as they stand today."""
    today = clock.today()
    with memory.remembering(look=True):
        found, order = maturity.found(ward, today), maturity.levels(ward, today)
    names = labels.named(ward, today, "maturity")
    said = labels.named(ward, today, "maturity_criteria")
    ticks = maturity.ticks(ward, today)
    may = access.may(request.user, "monitoring.tick", ward)  # type: ignore[arg-type]
    rows = {
        level: [_row(one, ward, said, ticks, may) for one in found if one.criterion.level == level]
        for level in order
    }
    level = rules.reached(order, found)
    told = {
        "level": names.get(level, ""),
        "on": today,
        "missing": [said[one.criterion.key] for one in rules.missing(order, found)],
        "top": bool(order) and level == order[-1],
        "levels": [
            {"name": names[key], "rows": rows[key], "met": sum(row["tone"] == "good" for row in rows[key])}
            for key in order
        ],
    }  # fmt: skip
    return render(request, "monitoring/maturity.html", told)


def _row(
    one: Standing, ward: str, said: dict[str, str], ticks: dict[str, Any], may: bool
) -> dict[str, Any]:
    word, tone = labels.MATURITY[one.word]
    key, tick = one.criterion.key, ticks.get(one.criterion.key)
    ticked = one.criterion.measure == TICKED
    shown = labels.of_criterion(one)
    return {
        "name": said[key],
        "word": str(word),
        "tone": tone,
        "figure": shown,
        "evidence": one.evidence,
        "who": _("%(name)s, %(day)s") % {"name": tick.by.name, "day": labels.day(tick.on)} if tick and ticked else "",
        "url": reverse("monitoring:tick", kwargs={"ward": ward, "criterion": key}) if ticked and may else "",
    }  # fmt: skip


@page("monitoring.tick")
def tick(request: HttpRequest, ward: str, criterion: str) -> HttpResponse:
    """Say how a criterion stands."""
    today = clock.today()
    known = maturity.criteria(ward, today).get(criterion)
    if known is None:
        raise Http404
    form = TickForm(request.POST or None)
    tried = attempt(form, actions.tick, by=request.user, ward=ward, criterion=criterion)
    if tried.done:
        messages.success(request, _("It is entered."))
        return redirect("monitoring:maturity", ward=ward)
    told = {
        "name": labels.named(ward, today, "maturity_criteria")[criterion],
        "form": form,
        "reasons": tried.reasons,
    }
    return render(request, "monitoring/tick.html", told, status=shown.status(tried.reasons, form))


@require_safe
@page("monitoring.read")
def packet(request: HttpRequest, ward: str) -> HttpResponse:
    """The packet for the review and the yearly meeting."""
    name, on = request.ward.name, shown.asked_day(request)  # type: ignore[attr-defined]
    link = address(request, "monitoring:home")
    return answer_pdf(review_papers.packet(ward, name, on, link), _file(on))


def _file(on: date) -> str:
    return f"bahan-rwt-{on.year}.pdf"
