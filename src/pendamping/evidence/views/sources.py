"""Sources: the list, a new one, its text to read and to code, a corrected text, whether it may be quoted."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import Attempt, attempt, carry_out
from pendamping.access.gate import page
from pendamping.evidence import actions, labels, queries, rules
from pendamping.evidence.forms import CorrectForm, SourceForm
from pendamping.evidence.models import Source
from pendamping.evidence.views import shown
from pendamping.kernel.refusal import Reason, Refusal

PART = 40  # sentences on a page


@require_safe
@page("evidence.read_sources")
def show_list(request: HttpRequest, ward: str) -> HttpResponse:
    """Every text, with how many of its passages have a code."""
    rows = [
        {
            "title": one.title,
            "kind": labels.KINDS[one.kind],
            "on": one.on,
            "who": one.informant.code if one.informant else "–",
            "coded": len(queries.codes_of(one)),
            "consent": one.consent,
            "url": reverse("evidence:source", kwargs={"ward": ward, "source": one.id}),
        }
        for one in queries.sources(ward)
    ]
    told = {"rows": rows, "may": shown.may(request, ward), "study": queries.study(ward)}
    return render(request, "evidence/sources.html", told)


@page("evidence.add_source")
def add(request: HttpRequest, ward: str) -> HttpResponse:
    """A new source: typed, pasted or uploaded."""
    people = [(one.id, f"{one.code} · {one.who}") for one in queries.informants(ward)]
    form = SourceForm(request.POST or None, request.FILES or None, informants=people)
    tried = _tried(form, ward, request.user)
    if tried.done:
        messages.success(request, _("The source is taken in. Choose a passage to give it a code."))
        return redirect("evidence:source", ward=ward, source=tried.made.id)
    told = {"form": form, "reasons": tried.reasons, "study": queries.study(ward)}
    return render(request, "evidence/add_source.html", told, status=shown.status(tried.reasons, form))  # fmt: skip


def _tried(form: SourceForm, ward: str, by: Any) -> Attempt:
    """A file that cannot be read is a reason like every other."""
    try:
        return attempt(form, actions.add_source, by=by, ward=ward)
    except Refusal as refusal:
        return Attempt(reasons=refusal.reasons)


@require_safe
@page("evidence.read_sources")
def show(request: HttpRequest, ward: str, source: str) -> HttpResponse:
    """A text, sentence by sentence, with its codes; who may code ticks sentences, or selects a place."""
    return _show(request, shown.source_or_404(ward, source), [])


def _show(request: HttpRequest, one: Source, reasons: list[Reason]) -> HttpResponse:
    ward = one.ward
    spans = rules.sentences(one.text)
    parts = max(1, -(-len(spans) // PART))
    asked = request.GET.get("part", "")
    part = min(int(asked), parts) if asked.isdecimal() and len(asked) < 5 and int(asked) else 1
    can = shown.may(request, ward)
    new = getattr(one, "replaced_by", None)
    told = {
        "one": one,
        "kind": labels.KINDS[one.kind],
        "lines": _lines(one, spans[(part - 1) * PART : part * PART]),
        "facts": _facts(one),
        "new": new,
        "may": {key: value and new is None for key, value in can.items()},
        "memos": queries.memos(ward, f"source:{one.id}"),
        "previous": f"?part={part - 1}" if part > 1 else None,
        "next": f"?part={part + 1}" if part < parts else None,
        "where": _("Part %(part)s of %(parts)s") % {"part": part, "parts": parts} if parts > 1 else "",
        "reasons": reasons,
    }  # fmt: skip
    return render(request, "evidence/source.html", told, status=shown.status(reasons))


def _lines(one: Source, spans: list[rules.Span]) -> list[dict[str, Any]]:
    """Sentences in pieces, each followed by the codes of the passages that begin in it."""
    coded, known = queries.codes_of(one), shown.names(one.ward)
    marks = [(each.start, each.end) for each, _codes in coded]
    return [
        {
            "start": start,
            "end": end,
            "pieces": [
                {"text": one.text[a:b], "marked": marked} for a, b, marked in rules.pieces((start, end), marks)
            ],
            "codes": [
                {
                    "url": reverse("evidence:passage", kwargs={"ward": one.ward, "passage": each.id}),
                    "name": labels.standard_name(code.code.key, known) if code.code.key else code.code.name,
                    "tone": labels.sense(rules.meaning(code.code.key)[1])[1],
                }
                for each, codes in coded
                if start <= each.start < end
                for code in codes
            ],
        }
        for start, end in spans
    ]  # fmt: skip


def _facts(one: Source) -> list[tuple[str, Any]]:
    said = [
        (_("Day"), one.on),
        (_("Place"), one.place),
        (_("Informant"), f"{one.informant.code} · {one.informant.who}" if one.informant else ""),
        (_("Who asked or watched"), one.interviewer),
        (
            _("May be quoted"),
            _("yes, by code") if one.consent else _("no: it is counted, and not quoted"),
        ),
    ]
    return [(name, value) for name, value in said if value]


@page("evidence.correct_source")
def correct(request: HttpRequest, ward: str, source: str) -> HttpResponse:
    """A corrected text takes the place of this one."""
    one = shown.source_or_404(ward, source)
    form = CorrectForm(request.POST or None, initial={"text": one.text})
    tried = attempt(form, actions.correct_source, by=request.user, ward=ward, source_id=one.id)
    if tried.done:
        stay = len(queries.codes_of(one)) - len(queries.codes_of(tried.made))
        said = _("The corrected text stands in its place; every code went with it.")
        if stay > 0:
            said = ngettext(
                "The corrected text stands in its place. %(num)s coded passage was touched: code it anew.",
                "The corrected text stands in its place. %(num)s coded passages were touched: code them anew.",
                stay,
            ) % {"num": stay}  # fmt: skip
        messages.success(request, said)
        return redirect("evidence:source", ward=ward, source=tried.made.id)
    told = {"one": one, "form": form, "reasons": tried.reasons}
    return render(request, "evidence/correct.html", told, status=shown.status(tried.reasons, form))


@require_POST
@page("evidence.note_consent")
def consent(request: HttpRequest, ward: str, source: str) -> HttpResponse:
    """Whether a source may be quoted, from now on."""
    one = shown.source_or_404(ward, source)
    given = request.POST.get("consent") == "yes"
    tried = carry_out(
        actions.note_consent, by=request.user, ward=ward, source_id=one.id, consent=given
    )
    if not tried.done:
        return _show(request, one, tried.reasons)
    messages.success(request, _("It may be quoted, by code.") if given else _("It is no longer quoted."))  # fmt: skip
    return redirect("evidence:source", ward=ward, source=one.id)
