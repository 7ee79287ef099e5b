"""The overview, and the week that is planned."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.facilitation import actions, facts, labels, queries
from pendamping.facilitation.forms import PlanForm, WhyForm
from pendamping.facilitation.rules import week_of
from pendamping.facilitation.views import shown
from pendamping.kernel import clock
from pendamping.kernel.period import add_months

SHOWN_MONTHS = 12
WEEK = timedelta(days=7)


@require_safe
@page("facilitation.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """The facilitators' work in the ward: this week, time by role, who decided."""
    today = clock.today()
    monday = week_of(today)
    can = shown.may(request, ward, "log_day", "plan_activity", "read_log")
    can["cadres"] = access.may(request.user, "cadres.read", ward)
    can["insight"] = access.may(request.user, "insight.read", ward)
    mine = request.user if can["log_day"] else None
    since = add_months(today.replace(day=1), 1 - SHOWN_MONTHS)
    roles = queries.time_by_role(ward, since, today)
    months, course = queries.dependence(ward, today)
    names = labels.roles(ward, today)
    minutes = {key: sum(one.minutes.get(key, 0) for one in roles) for key in names}
    found = {
        "can": can,
        "today": today,
        "week": [_planned(ward, *each) for each in queries.plans(ward, monday, monday + WEEK - timedelta(days=1), mine)],
        "standing": queries.planned_against_done(ward, since, today, mine),
        "unlogged": [
            (day, f"{reverse('facilitation:log', kwargs={'ward': ward})}?on={day}")
            for day in (queries.unlogged_days(ward, mine, today) if mine else [])
        ],
        "roles": shown.roles_chart(roles, names) if roles else None,
        "hours": [(names[key], labels.hours(each)) for key, each in minutes.items()],
        **shown.decided(months[-SHOWN_MONTHS:], facts.rule(ward, today).least_decisions),
        "course": labels.course(course),
        "course_word": course.word,
        "team": [
            {"name": one.user.name, "position": labels.position(one.position)}
            for one in queries.team(ward)
            if one.since <= today and (one.until is None or one.until >= today)
        ],
    }  # fmt: skip
    return render(request, "facilitation/home.html", found)


def _planned(ward: str, plan: Any, planned: Any) -> dict[str, Any]:
    text, tone = labels.plan_state(planned.state(clock.today()))
    here = reverse("facilitation:log", kwargs={"ward": ward})
    return {
        "id": plan.id,
        "on": plan.on,
        "activity": plan.activity,
        "who": plan.user.name,
        "mine": plan.user_id,
        "why": plan.dropped_why,
        "state": text,
        "tone": tone,
        "open": not planned.done and not planned.dropped,
        "log": f"{here}?on={min(plan.on, clock.today())}&plan={plan.id}" if plan.on <= clock.today() else "",
        "drop": reverse("facilitation:drop", kwargs={"ward": ward, "plan": plan.id}),
    }  # fmt: skip


def _week_asked(request: HttpRequest) -> date:
    """The Monday of the week that the address asks for, or of this one."""
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return week_of(clock.today())
    within = date(1990, 1, 1) <= asked <= date(2100, 1, 1)
    return week_of(asked if within else clock.today())


@page("facilitation.plan_activity")
def week(request: HttpRequest, ward: str) -> HttpResponse:
    """The week that the reader plans, day by day, against what was done."""
    monday, today = _week_asked(request), clock.today()
    sunday = monday + WEEK - timedelta(days=1)
    last = queries.last_entry(ward, request.user)  # type: ignore[arg-type]
    start = {"on": max(today, monday), "stage": last.stage if last else ""}
    form = PlanForm(request.POST or None, initial=start, stages=labels.stages(ward, today))
    tried = attempt(form, actions.plan_activity, by=request.user, ward=ward)
    here = reverse("facilitation:week", kwargs={"ward": ward})
    if tried.done:
        messages.success(
            request, _("Planned for %(day)s.") % {"day": date_format(tried.made.on, "l, j F")}
        )
        return redirect(f"{here}?week={tried.made.on}")
    kept = queries.plans(ward, monday, sunday, request.user)  # type: ignore[arg-type]
    found = {
        "form": form,
        "reasons": tried.reasons,
        "rows": [_planned(ward, *each) for each in kept],
        "standing": queries.planned_against_done(ward, monday, sunday, request.user),  # type: ignore[arg-type]
        "monday": monday,
        "sunday": sunday,
        "before": f"{here}?week={monday - WEEK}",
        "after": f"{here}?week={monday + WEEK}",
        "over": sunday < today,
    }
    return render(
        request, "facilitation/week.html", found, status=shown.status(tried.reasons, form)
    )


@page("facilitation.drop_plan")
def drop(request: HttpRequest, ward: str, plan: str) -> HttpResponse:
    """Something planned will not be done, and why."""
    found = queries.plan(ward, plan, request.user)  # type: ignore[arg-type]
    if found is None:
        raise Http404
    form = WhyForm(request.POST or None)
    tried = attempt(form, actions.drop_plan, by=request.user, ward=ward, plan_id=plan)
    if tried.done:
        messages.success(request, _("Given up; the reason is kept."))
        return redirect(f"{reverse('facilitation:week', kwargs={'ward': ward})}?week={found.on}")
    told = {"plan": found, "form": form, "reasons": tried.reasons}
    return render(request, "facilitation/drop.html", told, status=shown.status(tried.reasons, form))
