"""Designating: candidates side by side, each with its reasons, and the decision."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.gate import page
from pendamping.guidelines import queries as guidelines
from pendamping.households import queries as households
from pendamping.households.readers.kinds import of_other_kind
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal
from pendamping.targeting import actions, queries
from pendamping.targeting.forms import CandidateForm, FileForm, LetterForm, as_row
from pendamping.targeting.models import CandidateWard
from pendamping.targeting.rules import Candidate, Check, assess, columns_not_read, read_candidates
from pendamping.targeting.rules.candidates import MOST_ROWS
from pendamping.targeting.views.shown import status
from pendamping.territory import queries as territory

ROWS = 3
Rows = formset_factory(CandidateForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


@page("targeting.designate_ward")
def designate(request: HttpRequest, ward: str) -> HttpResponse:
    what = request.POST.get("do", "")
    if what == "file":
        return _from_file(request, ward)
    rows = Rows(request.POST) if what else Rows(initial=_first_rows(ward))
    letter = LetterForm(request.POST if what == "decide" else None)
    if not what:
        return _show(request, ward, rows, letter)
    if not rows.is_valid():
        return _show(request, ward, rows, letter)
    if what == "more":
        return _show(request, ward, _again(rows, empty=ROWS), LetterForm())
    if what == "decide" and letter.is_valid():
        return _decide(request, ward, rows, letter)
    return _show(request, ward, rows, letter)


def _first_rows(ward: str) -> list[dict[str, Any]]:
    """The ward itself with the figures of its census, and empty rows for others."""
    counts = households.counts(ward)
    own = {
        **_decided_of(ward),
        "code": ward,
        "name": _name(ward),
        "chosen": True,
    }
    if counts.households:
        census = _("census of the ward")
        own |= {"households": counts.households, "poor": counts.poor, "source": census}
    return [own, *({} for _row in range(ROWS - 1))]


def _decided_of(ward: str) -> dict[str, Any]:
    """What the latest decision that chose the ward knew of it."""
    decided = queries.designated(ward)
    rows = queries.candidates(decided.id) if decided else []
    return next((as_row(one) for one in rows if one.code == ward), {})


def _name(code: str) -> str:
    """What a ward is called, a practice ward too; the code where nobody knows it."""
    known = territory.ward(code) or territory.area(code)
    return str(known.name) if known else code


def _again(rows: "BaseFormSet[CandidateForm]", empty: int) -> "BaseFormSet[CandidateForm]":
    kept = [as_row(c) | {"chosen": chosen} for c, chosen in _read(rows)]
    return Rows(initial=[*kept, *({} for _row in range(empty))][:MOST_ROWS])


def _read(rows: "BaseFormSet[CandidateForm]") -> list[tuple[Candidate, bool]]:
    found = []
    for form in rows:
        candidate = form.candidate()
        if candidate is not None:
            found.append((_named(candidate), bool(form.cleaned_data["chosen"])))
    return found


def _named(candidate: Candidate) -> Candidate:
    """With its name, where only the code was typed."""
    if candidate.name != candidate.code:
        return candidate
    return replace(candidate, name=_name(candidate.code))


def _from_file(request: HttpRequest, ward: str) -> HttpResponse:
    sent = FileForm(request.POST, request.FILES)
    if not sent.is_valid():
        return _show(request, ward, Rows(initial=_first_rows(ward)), LetterForm(), sent=sent)
    content = sent.cleaned_data["file"].read()
    found, wrong = ([], [NO_TABLE]) if _no_table(content) else read_candidates(content)
    candidates = [_named(each) for each in found]
    read = [as_row(each) | {"chosen": each.code == ward} for each in candidates]
    rows = Rows(initial=read or _first_rows(ward))
    left = columns_not_read(content) if candidates else []
    return _show(
        request, ward, rows, LetterForm(), reasons=wrong, compared=candidates, sent=sent,
        not_read=left,
    )  # fmt: skip


NO_TABLE = Reason(
    "targeting.file.kind",
    "This file is no table in text. Save the list as CSV in a spreadsheet program and upload that.",
)


def _no_table(content: bytes) -> bool:
    """A picture, a PDF, a workbook: known by how it begins."""
    return content.startswith(b"PK") or of_other_kind(content) is not None


def _decide(
    request: HttpRequest, ward: str, rows: "BaseFormSet[CandidateForm]", letter: LetterForm
) -> HttpResponse:
    read = _read(rows)
    try:
        made = actions.designate_ward(
            by=request.user,
            ward=ward,
            candidates=[candidate for candidate, _chosen in read],
            chosen=[candidate.code for candidate, chosen in read if chosen],
            **letter.cleaned_data,
        )
    except Refusal as refusal:
        return _show(request, ward, rows, letter, reasons=refusal.reasons)
    messages.success(request, _("The decision is kept with its reasons."))
    return redirect("targeting:designation", ward=ward, designation=made.id)


def _show(
    request: HttpRequest,
    ward: str,
    rows: "BaseFormSet[CandidateForm]",
    letter: LetterForm,
    *,
    reasons: list[Reason] | None = None,
    compared: list[Candidate] | None = None,
    sent: FileForm | None = None,
    not_read: list[str] | None = None,
) -> HttpResponse:
    rule = queries.designation_rule(ward, clock.today())
    if compared is None:
        valid = rows.is_bound and rows.is_valid()
        compared = [candidate for candidate, _chosen in _read(rows)] if valid else []
    shown = {
        "rows": rows,
        "letter": letter,
        "sent": sent or FileForm(),
        "reasons": reasons or [],
        "not_read": not_read or [],
        "unread": any("row" not in one.where for one in reasons or []),
        "rule": rule,
        "compared": [_compared(each, assess(each, rule).checks) for each in compared],
        "designated": queries.designated(ward),
    }
    wrong = [form for form in (letter, sent) if form is not None and form.is_bound]
    code = status(reasons or [], *wrong)
    if code == 200 and rows.is_bound and not rows.is_valid():
        code = 422
    return render(request, "targeting/designate.html", shown, status=code)


def _compared(each: Candidate | CandidateWard, checks: Any) -> dict[str, Any]:
    known = each.households is not None and each.poor is not None and each.poor <= each.households
    checks = list(checks)
    return {
        "name": each.name,
        "code": each.code,
        "households": each.households,
        "poor": each.poor,
        "share": households.Counts(each.households, each.poor, 0, 0).poor_share if known else None,
        "fits": all(check.held for check in checks),
        "open": all(check.held or not check.known for check in checks),
        "chosen": getattr(each, "chosen", None),
        "source": each.source,
        "checks": checks,
    }


@require_safe
@page("targeting.read")
def designation(request: HttpRequest, ward: str, designation: str) -> HttpResponse:
    found = queries.designation(ward, designation)
    if found is None:
        raise Http404
    compared = [
        _compared(each, [Check.from_json(kept) for kept in each.checks])
        for each in queries.candidates(found.id)
    ]
    named = guidelines.titles(ward, found.decided_on)
    shown = {"designation": found, "compared": compared, "guideline": named}
    return render(request, "targeting/designation.html", shown)
