"""A passage is given codes; one passage with its codes, thoughts and records."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import Attempt, attempt, carry_out
from pendamping.access.gate import page
from pendamping.evidence import actions, labels, queries, rules, ties
from pendamping.evidence.forms import CodeForm, MemoForm, TieForm, places
from pendamping.evidence.models import Passage, Source
from pendamping.evidence.views import shown

AROUND = 200  # signs of the text shown before and after a passage


@page("evidence.code_passage")
def code(request: HttpRequest, ward: str, source: str) -> HttpResponse:
    """Choose codes for the places that the text's page sent: sentences, or one that was selected exactly."""
    one = shown.source_or_404(ward, source)
    sent = request.POST if request.method == "POST" else request.GET
    exact = places(sent.getlist("x"))
    spans = rules.joined(one.text, exact or places(sent.getlist("s")))
    book, known = queries.codebook(ward), shown.names(ward)
    choices = [(row.code.id, shown.code_name(row, known)) for row in book if row.code.codable]
    form = CodeForm(request.POST or None, codes=choices, places=spans)
    tried = attempt(form, actions.code_passage, by=request.user, ward=ward, source_id=one.id)
    if tried.done:
        messages.success(request, _("The passage has its code."))
        return redirect(_back(one, spans[0][0]))
    chosen = set(form["codes"].value() or ())
    told = {
        "one": one,
        "quotes": [one.text[a:b] for a, b in spans if rules.fits((a, b), len(one.text))],
        "spans": [f"{a}-{b}" for a, b in spans],
        "groups": _groups(book, known, chosen),
        "form": form,
        "reasons": tried.reasons,
    }
    status = shown.status(tried.reasons, form)
    return render(request, "evidence/code.html", told, status=status)


def _back(one: Source, start: int) -> str:
    """The address of the sentence in which a passage begins."""
    from pendamping.evidence.views.sources import PART

    before = [a for a, _end in rules.sentences(one.text) if a <= start]
    part = (max(len(before), 1) - 1) // PART + 1
    here = reverse("evidence:source", kwargs={"ward": one.ward, "source": one.id})
    return f"{here}{f'?part={part}' if part > 1 else ''}#s{before[-1] if before else 0}"


def _groups(
    book: list[queries.Row], known: dict[str, str], chosen: set[str]
) -> list[dict[str, Any]]:
    """The codebook in its groups; codes that stand in none come last."""
    found: list[dict[str, Any]] = []
    for row in book:
        if not row.depth:
            found.append({"title": shown.code_name(row, known), "codes": []})
        if row.code.codable:
            found[-1]["codes"].append({
                "id": row.code.id, "name": shown.code_name(row, known), "depth": row.depth,
                "chosen": row.code.id in chosen,
            })  # fmt: skip
    return [one for one in found if one["codes"]]


@require_safe
@page("evidence.read_sources")
def show(request: HttpRequest, ward: str, passage: str) -> HttpResponse:
    """One passage."""
    return _show(request, shown.passage_or_404(ward, passage), Attempt())


def _show(
    request: HttpRequest, one: Passage, tried: Attempt, sent: forms.Form | None = None
) -> HttpResponse:
    ward, text = one.source.ward, one.source.text
    kind = request.GET.get("kind", "")
    kind = kind if kind in ties.KINDS else ""
    records = ties.choices(ward, kind, request.user) if kind else []  # type: ignore[arg-type]
    joined = queries.ties(one)
    told = {
        "passage": one,
        "before": text[max(0, one.start - AROUND) : one.start],
        "quote": text[one.start : one.end],
        "after": text[one.end : one.end + AROUND],
        "codes": _codes(one),
        "ties": list(zip(joined, ties.named(ward, [each.record for each in joined], request.user), strict=True)),  # type: ignore[arg-type]
        "memos": queries.memos(ward, f"passage:{one.id}"),
        "kinds": ties.kinds(),
        "kind": kind,
        "records": records,
        "memo_form": sent if isinstance(sent, MemoForm) else MemoForm(auto_id="memo_%s"),
        "tie_form": sent if isinstance(sent, TieForm) else TieForm(records=records, auto_id="tie_%s"),
        "may": shown.may(request, ward),
        "said_by": labels.said_by(one.source.kind, one.source.informant.code if one.source.informant else ""),
        "reasons": tried.reasons,
        "sent": sent,
    }  # fmt: skip
    return render(request, "evidence/passage.html", told, status=shown.status(tried.reasons, sent))


def _codes(one: Passage) -> list[dict[str, Any]]:
    known = shown.names(one.source.ward)
    return [
        {
            "id": each.id,
            "name": labels.standard_name(each.code.key, known) if each.code.key else each.code.name,
            "by": each.user.name,
            "on": each.on,
        }
        for each in queries.codings(one)
    ]


def _after(
    request: HttpRequest, ward: str, passage: str, act: Callable[..., Any], said: str, **told: Any
) -> HttpResponse:
    """The page of the passage again, after something was done to it."""
    one = shown.passage_or_404(ward, passage)
    tried = carry_out(act, by=request.user, ward=ward, **told)
    if not tried.done:
        return _show(request, one, tried)
    messages.success(request, said)
    return redirect("evidence:passage", ward=ward, passage=passage)


@require_POST
@page("evidence.take_back_coding")
def uncode(request: HttpRequest, ward: str, passage: str) -> HttpResponse:
    """A code is taken from the passage."""
    key = request.POST.get("coding", "")
    said = _("The passage no longer has this code.")
    return _after(request, ward, passage, actions.take_back_coding, said, coding_id=key)


@require_POST
@page("evidence.untie_record")
def part(request: HttpRequest, ward: str, passage: str) -> HttpResponse:
    """The passage is not about a record after all."""
    said = _("It is no longer joined.")
    key = request.POST.get("tie", "")
    return _after(request, ward, passage, actions.untie_record, said, tie_id=key)


@require_POST
@page("evidence.add_memo")
def memo(request: HttpRequest, ward: str, passage: str) -> HttpResponse:
    """A thought on the passage."""
    one = shown.passage_or_404(ward, passage)
    form = MemoForm(request.POST, auto_id="memo_%s")
    tried = attempt(form, actions.add_memo, by=request.user, ward=ward, about=f"passage:{one.id}")
    if not tried.done:
        return _show(request, one, tried, form)
    messages.success(request, _("Your thought is kept."))
    return redirect("evidence:passage", ward=ward, passage=passage)


@require_POST
@page("evidence.tie_record")
def join(request: HttpRequest, ward: str, passage: str) -> HttpResponse:
    """The passage is about a record of the programme."""
    one = shown.passage_or_404(ward, passage)
    kind = request.GET.get("kind", "")
    records = ties.choices(ward, kind, request.user) if kind in ties.KINDS else []  # type: ignore[arg-type]
    form = TieForm(request.POST, records=records, auto_id="tie_%s")
    tried = attempt(form, actions.tie_record, by=request.user, ward=ward, passage_id=one.id)
    if not tried.done:
        return _show(request, one, tried, form)
    messages.success(request, _("It is joined to this record."))
    return redirect("evidence:passage", ward=ward, passage=passage)
