"""A tranche: its papers, its way through the chain, its money, its report."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import Attempt, address, answer_pdf, attempt, carry_out
from pendamping.access.gate import page
from pendamping.funds.grants import actions, drafting, labels, papers, queries, sheets, signoff
from pendamping.funds.grants.forms import DayForm, OrderForm, ReceiveForm
from pendamping.funds.grants.models import Tranche
from pendamping.funds.grants.views import may
from pendamping.funds.ledger.fields import status
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_
from pendamping.kernel.seen import mark

FORMS: dict[str, type[Any]] = {
    "request": DayForm,
    "order": OrderForm,
    "receive": ReceiveForm,
    "draft": DayForm,
    "hand_in": DayForm,
}


def _found(ward: str, tranche: str) -> Tranche:
    found = queries.tranche(ward, tranche)
    if found is None:
        raise Http404
    return found


@page("grants.read")
def tranche(request: HttpRequest, ward: str, tranche: str) -> HttpResponse:
    found = _found(ward, tranche)
    step = request.POST.get("step", "")
    forms = {
        name: form(request.POST if step == name else None, prefix=name)
        for name, form in FORMS.items()
    }
    tried = _tried(request, found, step, forms)
    if tried.done:
        messages.success(request, _said(step))
        return redirect("grants:tranche", ward=ward, tranche=found.id)
    wrong = forms.get(step)
    shown = {**_shown(request, found), "forms": forms, "step": step, "reasons": tried.reasons}
    if step == "ticks":  # refused: what was ticked stays
        ticks = _ticks(request, found)
        shown["papers"] = [(replace(one, **ticks[one.key]), name) for one, name in shown["papers"]]
    return render(request, "grants/tranche.html", shown, status=status(tried.reasons, wrong))


CALLS: dict[str, Callable[..., Any]] = {
    "request": actions.request_tranche,
    "order": actions.record_payment_order,
    "receive": actions.receive_tranche,
    "draft": actions.draft_report,
    "hand_in": actions.hand_in_report,
}
SAID = {
    "ticks": N_("The ticks are kept."),
    "request": N_("The request is with the chain."),
    "order": N_("The payment order is in the record."),
    "receive": N_("The money is in the windows."),
    "draft": N_("The report is drafted from the books."),
    "hand_in": N_("The report is with the chain."),
}


def _said(step: str) -> str:
    return _(SAID[step])


def _tried(request: HttpRequest, found: Tranche, step: str, forms: dict[str, Any]) -> Attempt:
    """What the form that was sent does; one page holds those of every step of the tranche."""
    at: dict[str, Any] = {"by": request.user, "ward": found.ward, "tranche_id": found.id}
    if step == "ticks":
        today = clock.today()
        at["seen"] = request.POST.get("seen", "")
        return carry_out(actions.tick_papers, on=today, ticks=_ticks(request, found), **at)
    return attempt(forms[step], CALLS[step], **at) if step in CALLS else Attempt()


def _ticks(request: HttpRequest, found: Tranche) -> dict[str, dict[str, Any]]:
    return {
        one.key: {
            "present": f"present-{one.key}" in request.POST,
            "correct": f"correct-{one.key}" in request.POST,
            "note": request.POST.get(f"note-{one.key}", ""),
        }
        for one in queries.papers(found, clock.today())
    }


def _shown(request: HttpRequest, found: Tranche) -> dict[str, Any]:
    on = clock.today()
    state = queries.tranche_state(found)
    words, tone = labels.tranche(state)
    report = queries.report(found)
    open_ = state in ("planned", "returned")
    where = signoff.outcome(found) if found.dossier else None
    lang = "en" if get_language() == "en" else "id"
    names = queries.window_names(found.ward, on)
    return {
        "tranche": found,
        "state": state,
        "words": words,
        "tone": tone,
        "shares": [(names.get(key, key), amount) for key, amount in queries.shares(found, on)],
        "papers": [(one, one.name[lang]) for one in queries.papers(found, on)],
        "papers_mark": mark(queries.paper_rows(found, on)),
        "gate": queries.gate(found, on) if open_ else [],
        "open": open_,
        "where": where,
        "dossier_url": signoff.url(found),
        "used": queries.used(found.ward, on).get(found.id, 0),
        "report": report,
        "report_state": labels.report(queries.report_state(report) if report else ""),
        "report_key": queries.report_state(report) if report else "",
        "report_where": signoff.outcome(report) if report and report.dossier else None,
        "report_url": signoff.url(report) if report else "",
        "order_days": _order_days(found),
        "late": max((on - found.report_due_on).days, 0) if found.report_due_on else 0,
        "may": may(request, found.ward),
    }


def _order_days(found: Tranche) -> list[date]:
    """The days of the SPM and of the SP2D; empty before there is an order."""
    return [date.fromisoformat(found.order[key]) for key in ("spm_on", "sp2d_on") if found.order]


@require_safe
@page("grants.read")
def report(request: HttpRequest, ward: str, tranche: str) -> HttpResponse:
    found = _came(ward, tranche)
    known = queries.report(found)
    state = queries.report_state(known) if known else ""
    draft = drafting.draft(found, drafting.report_day(found))
    head, rows = labels.windows_head(), labels.windows_rows(draft)
    keys = ("name", *labels.STANDING)
    shown = {
        "draft": draft,
        "windows_title": labels.windows_title(draft.on),
        "windows_columns": [
            {"key": key, "label": label, **({} if key == "name" else {"kind": "rupiah"})}
            for key, label in zip(keys, head, strict=True)
        ],
        "windows_rows": [dict(zip(keys, row, strict=True)) for row in rows[:-1]],
        "windows_foot": rows[-1],
        "what": labels.what,
        "ahead": [one for each in draft.grants for one in each.ahead],
        "tranche": found,
        "report": known,
        "state": labels.report(state),
        "may": may(request, ward),
    }
    return render(request, "grants/report.html", shown)


def _came(ward: str, tranche: str) -> Tranche:
    found = _found(ward, tranche)
    if found.status != "received":
        raise Http404
    return found


@require_safe
@page("grants.read")
def report_pdf(request: HttpRequest, ward: str, tranche: str) -> HttpResponse:
    found = _came(ward, tranche)
    at = address(request, "grants:report", tranche=found.id)
    pdf = papers.report(drafting.draft(found, drafting.report_day(found)), request.ward.name, at)  # type: ignore[attr-defined]
    return answer_pdf(pdf, f"lpj-{_file(found)}.pdf")


@require_safe
@page("grants.read")
def report_xlsx(request: HttpRequest, ward: str, tranche: str) -> HttpResponse:
    found = _came(ward, tranche)
    content = sheets.report(drafting.draft(found, drafting.report_day(found)), request.ward.name)  # type: ignore[attr-defined]
    response = HttpResponse(
        content,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="lpj-{_file(found)}.xlsx"'
    return response


def _file(found: Tranche) -> str:
    return found.code.lower().replace("/", "-")
