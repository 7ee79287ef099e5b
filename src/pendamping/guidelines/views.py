"""The reader of the guideline and the list of a ward's own decisions; `deciding` has the steps to one."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.gate import page
from pendamping.guidelines import chapters, labels, library, minutes, pages, queries, rules
from pendamping.guidelines.forms import DayForm
from pendamping.guidelines.rules import SECTIONS, Guideline
from pendamping.guidelines.rules.carrying import Decided
from pendamping.kernel import clock


@require_safe
@page("guidelines.read")
def reader(request: HttpRequest, ward: str) -> HttpResponse:
    """All sections with their sentences; a search; the day on which it is read."""
    on = _day(request)
    query = request.GET.get("q", "").strip()[:80]
    guideline = queries.in_force(ward, on)
    blocks = pages.blocks(guideline, query)
    return render(
        request,
        "guidelines/reader.html",
        {
            **frame(guideline, ward, on),
            "blocks": blocks,
            "chapters": chapters.chapters(blocks),
            "query": query,
            "clauses": len(guideline.clauses),
            "by_status": _by_status(guideline),
        },
    )


@require_safe
@page("guidelines.read")
def section(request: HttpRequest, ward: str, section: str) -> HttpResponse:
    """One section: each clause with sentence, value, source, status and the ward's decisions."""
    on = _day(request)
    guideline = queries.in_force(ward, on)
    clauses = pages.of_section(guideline, section)
    if not clauses:
        raise Http404
    return render(
        request,
        "guidelines/section.html",
        {
            **frame(guideline, ward, on),
            "section": section,
            "title": _(SECTIONS[section].title),
            "rows": [pages.row(guideline, clause) for clause in clauses],
            "may_decide": access.may(request.user, "guidelines.record_deviation", ward),
            "meeting_url": meeting_url,
            "meeting_names": _meeting_names(guideline, ward),
        },
    )


@require_safe
@page("guidelines.read")
def changes(request: HttpRequest, ward: str) -> HttpResponse:
    """What changed from each version of a text to the next, newest first."""
    on = _day(request)
    guideline = queries.as_written(ward, on)
    known = queries.texts(guideline.code)
    steps = []
    for kind in dict.fromkeys(text.header.kind for text in known):
        row = sorted(
            (text for text in known if text.header.kind == kind),
            key=lambda text: rules.version_key(text.header.version),
        )
        for number, text in enumerate(row):
            steps.append(
                {
                    "text": text,
                    "title": pages.title(text.header),
                    "known": pages.known_from(text.header.source_ref),
                    "summary": text.header.summary.get(pages.language(), ""),
                    "changes": pages.changes(row[number - 1], text) if number else None,
                    "in_force": text in guideline.texts,
                    "to_come": text.header.valid_from > on,
                }
            )
    steps.sort(key=lambda step: step["text"].header.valid_from, reverse=True)
    return render(
        request, "guidelines/changes.html", {**frame(guideline, ward, on), "steps": steps}
    )


@require_safe
@page("guidelines.read")
def decisions(request: HttpRequest, ward: str) -> HttpResponse:
    """The ward's own decisions with the text's value beside them."""
    on = _day(request)
    guideline = queries.as_written(ward, on)
    return render(
        request,
        "guidelines/decisions.html",
        {
            **frame(guideline, ward, on),
            "decisions": [
                _decision(guideline, ward, d, on) for d in reversed(queries.deviations(ward))
            ],
            "waiting": [_waiting(guideline, ward, each) for each in queries.decided(ward)],
            "ends": _ends(guideline, ward),
            "may_end": access.may(request.user, "guidelines.end_deviation", ward),
        },
    )


@require_safe
@page("guidelines.read")
def sources(request: HttpRequest, ward: str) -> HttpResponse:
    """The numbered sources that clauses name."""
    on = _day(request)
    guideline = queries.as_written(ward, on)
    listed = [
        (
            (key, pages.source_name(key)),
            {name: pages.known_from(text) for name, text in source.items()},
        )
        for key, source in library.sources(guideline.code).items()
    ]
    return render(
        request, "guidelines/sources.html", {**frame(guideline, ward, on), "sources": listed}
    )


def _day(request: HttpRequest) -> date:
    form = DayForm(request.GET)
    return (form.is_valid() and form.cleaned_data["on"]) or clock.today()


def frame(guideline: Guideline, ward: str, on: date) -> dict[str, Any]:
    """What stands at the head of every page of the reader."""
    return {
        "guideline": guideline,
        "texts": [
            (text.header, pages.title(text.header), pages.known_from(text.header.source_ref))
            for text in guideline.texts
        ],
        "on": on,
        "today": clock.today(),
        "local_count": len(queries.deviations(ward)),
        "sections": SECTIONS,
    }


def _by_status(guideline: Guideline) -> dict[str, int]:
    statuses = [clause.status for clause in guideline.clauses.values()]
    return {status: statuses.count(status) for status in ("sourced", "default", "local")}


def _decision(
    guideline: Guideline, ward: str, deviation: rules.Deviation, on: date
) -> dict[str, Any]:
    kind = rules.kind_at(guideline, deviation.clause)
    section, _code, key, path = rules.split_id(deviation.clause)
    clause = guideline.clauses.get((section, key))
    written = rules.find(guideline, deviation.clause)
    ended = deviation.until is not None and deviation.until < on
    return {
        "deviation": deviation,
        "section": section,
        "sentence": pages.sentence(guideline, clause) if clause else "",
        "about": _(labels.field(path[-1]) if path else SECTIONS[section].title),
        "field": ".".join(path),
        "old": pages.describe(guideline, kind, written.value) if kind and written else "–",
        "new": pages.describe(guideline, kind, deviation.value) if kind else deviation.value,
        "state": "ended" if ended else "coming" if deviation.since > on else "holds",
        "meeting_url": meeting_url(ward, deviation.meeting),
        "meeting_name": _meeting_names(guideline, ward).get(deviation.meeting, deviation.meeting),
        "end_url": meeting_url(ward, deviation.ended_by) if deviation.ended_by else "",
        "end_name": _meeting_names(guideline, ward).get(deviation.ended_by, deviation.ended_by),
    }


def _waiting(guideline: Guideline, ward: str, each: Decided) -> dict[str, Any]:
    """What a meeting decided and is not recorded yet."""
    section, _code, key, _path = rules.split_id(each.clause)
    clause = guideline.clauses.get((section, key))
    kind = rules.kind_at(guideline, each.clause)
    return {
        "sentence": pages.sentence(guideline, clause) if clause else each.clause,
        "value": pages.describe(guideline, kind, each.value) if kind else each.value,
        "meeting": pages.meeting_name(guideline, each.kind, each.held_on),
        "url": meeting_url(ward, each.meeting),
        "signed": each.signed,
    }


def _ends(guideline: Guideline, ward: str) -> dict[str, dict[str, Any]]:
    """Ends that meetings decided and that are not recorded yet, by the decision that ends."""
    return {
        each.deviation: {
            "meeting": pages.meeting_name(guideline, each.kind, each.held_on),
            "url": meeting_url(ward, each.meeting),
            "signed": each.signed,
        }
        for each in queries.ends(ward)
    }


def _meeting_names(guideline: Guideline, ward: str) -> dict[str, str]:
    named = {meeting for one in queries.deviations(ward) for meeting in (one.meeting, one.ended_by)}
    return {
        each.id: pages.meeting_name(guideline, each.kind, each.held_on)
        for each in minutes.held(ward, named).values()
    }


def meeting_url(ward: str, meeting: str) -> str:
    """Where the minutes can be read: a page of a room above, so only by its name, if there is one."""
    try:
        return reverse("meetings:meeting", kwargs={"ward": ward, "meeting": meeting})
    except NoReverseMatch:
        return ""
