"""The steps from "our ward does this otherwise" to the recorded decision: value, meeting, record.

Nothing is typed twice: the value goes to the meeting as the subject of its decision and comes back from
there. Pages of meetings stand above this room and are known by their names only.
"""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.guidelines import actions, minutes, pages, queries, rules, standing
from pendamping.guidelines.forms import ProposalForm, RecordForm
from pendamping.guidelines.rules import SECTIONS, Clause, Deviation, Guideline, carrying
from pendamping.guidelines.rules.carrying import Decided
from pendamping.guidelines.rules.kinds import Kind, Whole
from pendamping.guidelines.rules.schema import CURRENCY
from pendamping.guidelines.views import frame, meeting_url
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason

MOST = 5  # meetings that are offered


@page("guidelines.record_deviation")
def propose(request: HttpRequest, ward: str, section: str, key: str) -> HttpResponse:
    """What is to hold instead; then the meetings that may decide it, with everything filled in."""
    on = clock.today()
    guideline = queries.in_force(ward, on)
    clause = guideline.clauses.get((section, key))
    if clause is None:
        raise Http404
    path = request.GET.get("part", "")
    clause_id = f"{clause.id}.{path}" if path else clause.id
    choices = pages.parts(guideline, clause)
    part = next((choice for choice in choices if choice["path"] == path), None)
    context = {
        **frame(guideline, ward, on),
        "section": section,
        "section_title": _(SECTIONS[section].title),
        "clause": pages.row(guideline, clause),
        "choices": choices,
        "part": part,
        "suffix": _suffix(guideline, clause_id),
        "decided": [_offered(guideline, ward, each) for each in queries.decided(ward, clause_id)],
    }
    kind = rules.kind_at(guideline, clause_id)
    if part is None:
        return render(request, "guidelines/decide.html", context)
    if kind is None:
        raise Http404
    typed = request.GET if "asked" in request.GET else None
    found = rules.find(guideline, clause_id)
    start = {"value": _start(kind, found.value if found else None)}
    form = ProposalForm(typed, guideline=guideline, kind=kind, initial=start)
    context["form"] = form
    if typed is None or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "guidelines/decide.html", context, status=status)
    wanted = Deviation(clause_id, form.cleaned_data["value"], on, "", "", None)
    context["reasons"] = [_placed(one) for one in standing.proposal_problems(ward, wanted)]
    if context["reasons"]:
        return render(request, "guidelines/decide.html", context, status=409)
    context |= _meetings(request, guideline, clause, kind, wanted)
    return render(request, "guidelines/decide.html", context)


def _meetings(
    request: HttpRequest, guideline: Guideline, clause: Clause, kind: Kind, wanted: Deviation
) -> dict[str, Any]:
    """The value in words, and where a meeting may decide on it: called already, or to be called."""
    ward = request.ward.code  # type: ignore[attr-defined]
    text = _decision_text(guideline, clause, kind, wanted)
    asked = {"subject": minutes.subject(wanted.clause, wanted.value), "text": text}
    return {
        "said": text,
        "new": pages.describe(guideline, kind, wanted.value),
        **offered_meetings(request, guideline, ward, asked),
    }


def offered_meetings(
    request: HttpRequest, guideline: Guideline, ward: str, asked: dict[str, str]
) -> dict[str, Any]:
    """Where a meeting may decide: called already, or to be called; ``asked``: its subject and words."""
    kinds = carrying.deciding_kinds(guideline.section("meetings"))
    names = pages.meeting_kinds(guideline)
    called = minutes.to_decide(ward, kinds)[:MOST]
    return {
        "called": [
            {
                "name": pages.meeting_name(guideline, each.kind, each.held_on),
                "ready": each.quorum,
                "to_come": each.held_on > clock.today(),
                "url": _named("meetings:decide" if each.quorum else "meetings:meeting", ward,
                              asked if each.quorum else {}, meeting=each.id),
            }
            for each in called
        ],
        "call": [
            {"name": names[each],
             "url": _named("meetings:call", ward, {"kind": each, "agenda": asked["text"], **asked})}
            for each in kinds
            if access.may(request.user, "meetings.call_meeting", ward)
        ],
    }  # fmt: skip


def _decision_text(guideline: Guideline, clause: Clause, kind: Kind, wanted: Deviation) -> str:
    """The decision in words, in Indonesian as minutes are signed."""
    with translation.override("id"):
        path = ".".join(rules.split_id(wanted.clause)[3])
        rule = pages.sentence(guideline, clause).rstrip(".")
        label = next(
            (one["label"] for one in pages.parts(guideline, clause) if one["path"] == path), ""
        )
        rule = f"{rule} ({label})" if path else rule
        value = pages.describe(guideline, kind, wanted.value)
        return _("This ward does otherwise than the guideline. Guideline: %(rule)s. Here: %(value)s.") % {
            "rule": rule,
            "value": value,
        }  # fmt: skip


@page("guidelines.record_deviation")
def record(request: HttpRequest, ward: str, meeting: str, clause: str) -> HttpResponse:
    """Record what a meeting decided beside the text, from a day on."""
    on = clock.today()
    found = next((one for one in queries.decided(ward, clause) if one.meeting == meeting), None)
    guideline = queries.in_force(ward, on)
    kind = rules.kind_at(guideline, clause)
    if found is None or kind is None:
        raise Http404
    section, _code, key, _path = rules.split_id(clause)
    start = {"since": max(on, found.held_on), "reason": request.GET.get("reason", "")}
    form = RecordForm(request.POST or None, initial=start)
    tried = attempt(form, actions.record_deviation, by=request.user, ward=ward, clause=clause,
                    value=found.value, meeting=meeting)  # fmt: skip
    if tried.done:
        messages.success(request, _("The decision is recorded."))
        return redirect("guidelines:decisions", ward=ward)
    now = rules.find(guideline, clause)
    context = {
        **frame(guideline, ward, on),
        "section": section,
        "section_title": _(SECTIONS[section].title),
        "clause": pages.row(guideline, guideline.clauses[section, key]),
        "old": pages.describe(guideline, kind, now.value) if now else "–",
        "decided": _offered(guideline, ward, found),
        "form": form,
        "reasons": [_placed(one) for one in tried.reasons],
    }
    status = 409 if tried.reasons else 422 if form.errors else 200
    return render(request, "guidelines/record.html", context, status=status)


def _offered(guideline: Guideline, ward: str, each: Decided) -> dict[str, Any]:
    kind = rules.kind_at(guideline, each.clause)
    return {
        "value": pages.describe(guideline, kind, each.value) if kind else each.value,
        "meeting": pages.meeting_name(guideline, each.kind, each.held_on),
        "meeting_url": meeting_url(ward, each.meeting),
        "signed": each.signed,
    }


def _named(name: str, ward: str, query: dict[str, str], **more: str) -> str:
    """A page of a room above, by its name; empty where there is none."""
    try:
        return reverse(name, kwargs={"ward": ward, **more}) + (
            f"?{urlencode(query)}" if query else ""
        )
    except NoReverseMatch:
        return ""


def _placed(reason: Reason) -> Reason:
    """A fault of the typed value named by its box, not by the id of the clause."""
    if reason.clause != "guidelines.deviation.value":
        return reason
    place = _("What holds here instead")
    return Reason(reason.clause, reason.text, {**reason.values, "place": place}, reason.where)


def _start(kind: Any, value: Any) -> Any:
    if value is None or isinstance(value, date):
        return value
    several = isinstance(value, list) and isinstance(getattr(kind, "item", None), rules.Ref)
    return value if several else rules.typed(kind, value, pages.language())


def _suffix(guideline: Guideline, clause_id: str) -> str:
    """The unit beside the box."""
    kind = rules.kind_at(guideline, clause_id)
    if not isinstance(kind, Whole) or kind.unit == "any":
        return ""
    unit = guideline.currency if kind.unit == CURRENCY else kind.unit
    return rules.unit_name(unit, pages.language())
