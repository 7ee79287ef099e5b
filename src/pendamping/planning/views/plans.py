"""The medium-term plan: the version in force, drafts, revisions, what changed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt, carry_out
from pendamping.access.gate import page
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings
from pendamping.planning import actions, labels, reading
from pendamping.planning.document import Document, document
from pendamping.planning.forms import WhyForm
from pendamping.planning.forms_plan import BeginForm, LineForm, RatifyForm
from pendamping.planning.models import Plan, PlanLine
from pendamping.planning.rules.plan import compare
from pendamping.planning.views.shown import status, tabs

WRITES = ("draft_plan", "take_up_needs", "shape_line", "drop_plan", "ratify_plan", "draft_proposal")


def may(request: HttpRequest, ward: str) -> dict[str, bool]:
    """What the reader may do with plans."""
    return {key: access.may(request.user, f"planning.{key}", ward) for key in WRITES}


@require_safe
@page("planning.read")
def plans(request: HttpRequest, ward: str) -> HttpResponse:
    """The version in force, the draft, and all versions that there were."""
    found, today = reading.plans(ward), clock.today()
    in_force = reading.plan_in_force(ward, today)
    shown = {
        "may": may(request, ward),
        "tabs": tabs(ward, "plans"),
        "in_force": document(in_force) if in_force else None,
        "draft": next((one for one in found if one.status == "draft"), None),
        "needs": bool(reading.open_needs(ward)),
        "rows": [_version(one, in_force) for one in found],
    }
    return render(request, "planning/plans.html", shown)


def _version(one: Plan, in_force: Plan | None) -> dict[str, Any]:
    text, tone = labels.plan(one.status)
    if in_force and one.id == in_force.id:
        text, tone = _("in force"), "good"
    years = reading.year_names(one)
    return {
        "name": _("Version %(number)s") % {"number": one.number},
        "years": f"{years[1]}–{years[one.years]}",
        "on": one.ratified_on or one.drafted_on,
        "status": text,
        "tone": tone,
        "url": reverse("planning:plan", kwargs={"ward": one.ward, "plan": one.id}),
    }


@page("planning.draft_plan")
def begin(request: HttpRequest, ward: str) -> HttpResponse:
    """Begin a version: from the needs, and from the version in force."""
    form = BeginForm(request.POST or None, initial={"first_year": clock.today().year})
    tried = attempt(form, actions.draft_plan, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The draft is there: give each line its year and its money."))
        return redirect("planning:plan", ward=ward, plan=tried.made.id)
    shown = {
        "form": form,
        "reasons": tried.reasons,
        "in_force": reading.plan_in_force(ward, clock.today()),
        "waiting": len(reading.open_needs(ward)),
    }
    return render(request, "planning/begin.html", shown, status=status(tried.reasons, form))


def plan_or_404(ward: str, plan: str) -> Plan:
    """The version, or the page of what is not there."""
    found = reading.plan(ward, plan)
    if found is None:
        raise Http404
    return found


@require_safe
@page("planning.read")
def show(request: HttpRequest, ward: str, plan: str) -> HttpResponse:
    """A version by the guideline's chapters; a draft with what is to be done on it."""
    return _show(request, plan_or_404(ward, plan), {})


@require_safe
@page("planning.read")
def annual(request: HttpRequest, ward: str, plan: str, year: int) -> HttpResponse:
    """The annual plan (Renta) of one year."""
    found = plan_or_404(ward, plan)
    if not 1 <= year <= found.years:
        raise Http404
    doc = document(found)
    shown = {
        "plan": found, "doc": doc, "year": year, "parts": _parts(doc, year), "may": may(request, ward),
        "others": [
            {"label": name, "current": number == year,
             "url": reverse("planning:annual", kwargs={"ward": ward, "plan": plan, "year": number})}
            for number, name in doc.years.items()
        ],
    }  # fmt: skip
    return render(request, "planning/annual.html", shown)


def _parts(doc: Document, year: int | None = None) -> list[dict[str, Any]]:
    """Components with what is planned, in the guideline's order."""
    rows = doc.planned(year)
    found = [
        {"key": key, "name": name, "rows": [one for one in rows if one.component == key]}
        for key, name in doc.components.items()
    ]
    return [{**one, "cost": sum(row.cost for row in one["rows"])} for one in found if one["rows"]]  # type: ignore[attr-defined]


def _show(
    request: HttpRequest, found: Plan, shown: dict[str, Any], code: int = 200
) -> HttpResponse:
    doc, can = document(found), may(request, found.ward)
    text, tone = labels.plan(found.status)
    choices = _able(found) if found.status == "draft" else []
    asked = {
        "subject": reading.plan_subject(found),
        "text": decision_text(found),
    }
    kinds = meetings.deciding_kinds(found.ward, clock.today(), reading.plan_matter(found))
    context = {
        "form": RatifyForm(meetings=choices), "why_form": WhyForm(), **shown,
        "plan": found, "doc": doc, "parts": _parts(doc), "may": can,
        "status_text": text, "status_tone": tone, "asked": asked, "kind": next(iter(kinds), ""),
        "kind_name": ", ".join(kinds.values()),
        "choices": choices,
        "decide": [
            (said, reverse("meetings:decide", kwargs={"ward": found.ward, "meeting": key}))
            for key, said in meetings.undecided(found.ward, asked["subject"], choices)
        ],
        "gaps": [one for one in doc.planned() if one.missing],
        "unsized": [one for one in doc.planned() if not one.volume],
        "before": _before(found),
        "editable": found.status == "draft" and can["shape_line"],
    }  # fmt: skip
    return render(request, "planning/plan.html", context, status=code)


def decision_text(found: Plan) -> str:
    """What the meeting decides, in words."""
    years = reading.year_names(found)
    said = _("The residents ratify the PJM Pronangkis %(from)s–%(to)s, version %(number)s.")
    return said % {"from": years[1], "to": years[found.years], "number": found.number}


def _able(of: Plan) -> list[tuple[str, str]]:
    matter = reading.plan_matter(of)
    return meetings.able_to_decide(of.ward, matter, clock.today(), since=of.drafted_on)


def _before(of: Plan) -> Plan | None:
    """The ratified version before this one."""
    older = [one for one in reading.plans(of.ward) if one.number < of.number and one.status == "ratified"]  # fmt: skip
    return older[0] if older else None


@require_POST
@page("planning.take_up_needs")
def take_up(request: HttpRequest, ward: str, plan: str) -> HttpResponse:
    """Bring what came since into the draft."""
    found = plan_or_404(ward, plan)
    tried = carry_out(actions.take_up_needs, by=request.user, ward=ward, plan_id=found.id)
    if not tried.done:
        return _show(request, found, {"reasons": tried.reasons}, 409)
    said = ngettext("%(num)s need is new in the draft.", "%(num)s needs are new in the draft.", tried.made)  # fmt: skip
    messages.success(request, said % {"num": tried.made})
    return redirect("planning:plan", ward=ward, plan=plan)


@require_POST
@page("planning.ratify_plan")
def ratify(request: HttpRequest, ward: str, plan: str) -> HttpResponse:
    """A meeting agreed: the version holds from its day."""
    found = plan_or_404(ward, plan)
    form = RatifyForm(request.POST, meetings=_able(found))
    tried = attempt(form, actions.ratify_plan, by=request.user, ward=ward, plan_id=found.id)
    if tried.done:
        messages.success(request, _("The plan is ratified and holds from the day of the meeting."))
        return redirect("planning:plan", ward=ward, plan=plan)
    shown = {"form": form, "reasons": tried.reasons}
    return _show(request, found, shown, status(tried.reasons, form))


@require_POST
@page("planning.drop_plan")
def drop(request: HttpRequest, ward: str, plan: str) -> HttpResponse:
    """Put a draft aside."""
    found = plan_or_404(ward, plan)
    form = WhyForm(request.POST)
    tried = attempt(form, actions.drop_plan, by=request.user, ward=ward, plan_id=found.id)
    if tried.done:
        messages.success(request, _("The draft is put aside."))
        return redirect("planning:plans", ward=ward)
    shown = {"why_form": form, "reasons": tried.reasons}
    return _show(request, found, shown, status(tried.reasons, form))


@page("planning.shape_line")
def shape(request: HttpRequest, ward: str, line: str) -> HttpResponse:
    """The year of a line, and who pays it."""
    found = reading.line(ward, line)
    if found is None or found.plan.status != "draft":
        raise Http404
    on = found.plan.drafted_on
    form = LineForm(
        request.POST or None, initial=_initial(found), years=reading.year_names(found.plan),
        sources=reading.names("plan_sources", ward, on),
        negative=reading.names("negative_list", ward, on),
    )  # fmt: skip
    tried = attempt(form, actions.shape_line, by=request.user, ward=ward, line_id=line)
    if tried.done:
        messages.success(request, _("Kept: %(title)s.") % {"title": found.title})
        return redirect("planning:plan", ward=ward, plan=found.plan_id)
    doc = document(found.plan)
    row = next(one for one in doc.rows if one.id == found.id)
    shown = {"form": form, "reasons": tried.reasons, "row": row, "doc": doc, "plan": found.plan}
    return render(request, "planning/shape.html", shown, status=status(tried.reasons, form))


def _initial(line: PlanLine) -> dict[str, Any]:
    money = {f"from_{key}": amount for key, amount in line.sources.items()}
    return {"year": line.year or "", "volume": line.volume, "cleared": line.cleared,
            "excluded": line.excluded, **money}  # fmt: skip


@require_safe
@page("planning.read")
def changes(request: HttpRequest, ward: str, plan: str) -> HttpResponse:
    """What a version changes of the ratified one before it."""
    found = plan_or_404(ward, plan)
    before = _before(found)
    if before is None:
        raise Http404
    old, new = reading.dated(before), reading.dated(found)
    sources = reading.names("plan_sources", ward, found.drafted_on)
    rows = []
    for one in compare(old, new):
        text, tone = labels.change(one.kind)
        line = one.new or one.old
        rows.append(
            {
                "title": line.title if line else "",
                "kind": text,
                "tone": tone,
                "was": _said(one.old, sources),
                "now": _said(one.new, sources),
            }
        )
    shown = {"plan": found, "before": before, "rows": rows, "title": document(found).title}
    return render(request, "planning/changes.html", shown)


def _said(line: Any, sources: dict[str, str]) -> str:
    if line is None:
        return "–"
    if line.year is None:
        return _("carried forward in the plan")
    return f"{line.year}: {labels.money(line.sources, sources)}"
