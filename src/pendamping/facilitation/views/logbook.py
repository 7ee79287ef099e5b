"""The logbook: log an activity, read a month, put an entry right."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.facilitation import actions, facts, labels, queries
from pendamping.facilitation.forms import CorrectForm, LogForm, WhyForm
from pendamping.facilitation.models import LogEntry
from pendamping.facilitation.views import shown
from pendamping.kernel import clock


@require_safe
@page("facilitation.read_log")
def show_month(request: HttpRequest, ward: str) -> HttpResponse:
    """A month of the logbook, the latest day first."""
    first, last = shown.month_asked(request)
    said = shown.words(ward, last)
    mine = request.user if request.GET.get("who") == "me" else None
    rows = [
        {**shown.row(one, said), "url": reverse("facilitation:entry", kwargs={"ward": ward, "entry": one.id})}
        for one in queries.entries(ward, first, last, mine)
    ]  # fmt: skip
    found = {
        "rows": rows,
        "minutes": labels.hours(sum(one.minutes for one in queries.entries(ward, first, last, mine))),
        "month": labels.month(first),
        "months": [
            {"label": date_format(one, "M Y"), "url": f"?month={one:%Y-%m}", "current": one == first}
            for one in queries.months_logged(ward)
        ],
        **shown.may(request, ward, "log_day"),
    }  # fmt: skip
    return render(request, "facilitation/log.html", found)


def _plans(request: HttpRequest, ward: str, on: date) -> list[tuple[str, str]]:
    """What the reader planned for a day and has not logged, and what the address names."""
    first = date.min.replace(year=2000)
    kept = [
        (plan.id, plan.activity)
        for plan, planned in queries.plans(ward, on, on, request.user)  # type: ignore[arg-type]
        if not planned.done and not planned.dropped and on >= first
    ]
    named = queries.plan(ward, request.GET.get("plan", ""), request.user)  # type: ignore[arg-type]
    if named and named.id not in dict(kept) and not named.dropped_on:
        kept.insert(0, (named.id, named.activity))
    return kept


def _asked_day(request: HttpRequest) -> date:
    """The day that the address or the form names, or today."""
    try:
        return min(
            date.fromisoformat(request.POST.get("on") or request.GET.get("on", "")), clock.today()
        )
    except ValueError:
        return clock.today()


def _beginning(
    request: HttpRequest, ward: str, on: date, plans: list[tuple[str, str]]
) -> dict[str, Any]:
    """What the form says before anything is typed: the planned activity, the stage of last time."""
    named = queries.plan(ward, request.GET.get("plan", ""), request.user)  # type: ignore[arg-type]
    chosen = named.id if named else plans[0][0] if plans else ""
    last = queries.last_entry(ward, request.user)  # type: ignore[arg-type]
    known = queries.plan(ward, chosen, request.user) if chosen else None  # type: ignore[arg-type]
    stage = known.stage if known else last.stage if last else ""
    return {"on": on, "plan_id": chosen, "stage": stage}


@page("facilitation.log_day")
def log(request: HttpRequest, ward: str) -> HttpResponse:
    """One activity of a day: tapped in half a minute, written out where there is more to say."""
    on = _asked_day(request)
    plans = _plans(request, ward, on)
    said = shown.words(ward, on)
    form = LogForm(
        request.POST or None, initial=_beginning(request, ward, on, plans), plans=plans, **said
    )
    tried = attempt(form, actions.log_day, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("Written into the logbook."))
        if "again" in request.POST:
            return redirect(
                f"{reverse('facilitation:log', kwargs={'ward': ward})}?on={tried.made.on}"
            )
        return redirect("facilitation:home", ward=ward)
    found = {
        "form": form,
        "reasons": tried.reasons,
        "acts": labels.acts(ward, on),
        "logged": [
            shown.row(one, said)
            for one in queries.entries(ward, on, on, request.user)  # type: ignore[arg-type]
        ],
        "day": on,
    }
    return render(
        request, "facilitation/log_day.html", found, status=shown.status(tried.reasons, form)
    )


@require_safe
@page("facilitation.read_log")
def show_entry(request: HttpRequest, ward: str, entry: str) -> HttpResponse:
    """An entry, and all that it once said."""
    found = shown.entry_or_404(ward, entry)
    texts = queries.versions(found)
    said = shown.words(ward, found.on)
    newest = texts[0]
    told = {
        "entry": shown.row(newest, said),
        "newest": newest,
        "earlier": [shown.row(one, said) for one in texts[1:]],
        "why": WhyForm(),
        "mine": newest.user_id == request.user.pk and not newest.taken_back,
        **shown.may(request, ward, "correct_log", "take_back_log"),
    }
    return render(request, "facilitation/entry.html", told)


def _as_typed(entry: LogEntry) -> dict[str, Any]:
    kept = {
        name: getattr(entry, name)
        for name in ("on", "stage", "minutes", "decided_by", "women", "men", "place", "result",
                     "obstacle", "next_step")
    }  # fmt: skip
    return {**kept, "roles": facts.parted(entry.roles)}


@page("facilitation.correct_log")
def correct(request: HttpRequest, ward: str, entry: str) -> HttpResponse:
    """Put an own entry right; what it said before stays readable."""
    found = shown.entry_or_404(ward, entry)
    form = CorrectForm(
        request.POST or None, initial=_as_typed(found), **shown.words(ward, found.on)
    )
    tried = attempt(form, actions.correct_log, by=request.user, ward=ward, entry_id=entry)
    if tried.done:
        messages.success(request, _("Corrected; the earlier text is kept."))
        return redirect("facilitation:entry", ward=ward, entry=tried.made.id)
    told = {
        "entry": found,
        "form": form,
        "reasons": tried.reasons,
        "acts": labels.acts(ward, found.on),
    }
    return render(
        request, "facilitation/correct.html", told, status=shown.status(tried.reasons, form)
    )


@require_POST
@page("facilitation.take_back_log")
def take_back(request: HttpRequest, ward: str, entry: str) -> HttpResponse:
    """An own entry was wrong as a whole."""
    found = shown.entry_or_404(ward, entry)
    form = WhyForm(request.POST)
    tried = attempt(form, actions.take_back_log, by=request.user, ward=ward, entry_id=entry)
    if tried.done:
        messages.success(request, _("Taken back; it counts no longer."))
        return redirect("facilitation:entry", ward=ward, entry=tried.made.id)
    texts = queries.versions(found)
    said = shown.words(ward, found.on)
    told = {
        "entry": shown.row(texts[0], said), "newest": texts[0], "why": form, "mine": True,
        "earlier": [shown.row(one, said) for one in texts[1:]], "reasons": tried.reasons,
        **shown.may(request, ward, "correct_log", "take_back_log"),
    }  # fmt: skip
    return render(
        request, "facilitation/entry.html", told, status=shown.status(tried.reasons, form)
    )
