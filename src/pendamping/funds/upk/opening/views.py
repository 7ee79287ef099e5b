"""The pages on which a fund that ran on paper begins here."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import Attempt, address, answer_pdf, attempt, carry_out
from pendamping.access.gate import allow, page
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.fields import day_read, status
from pendamping.funds.upk import actions
from pendamping.funds.upk.closes import labels
from pendamping.funds.upk.closes.forms import DoForm, WhyForm
from pendamping.funds.upk.opening import begun, files, keeping, papers, reading, term
from pendamping.funds.upk.opening import template as made
from pendamping.funds.upk.opening.forms import (
    BalancesForm,
    ConfirmForm,
    NamesForm,
    TakeBackForm,
    UploadForm,
)
from pendamping.funds.upk.opening.models import CONFIRMED, DRAFT, PROPOSED, Opening
from pendamping.kernel import clock
from pendamping.kernel.seen import mark
from pendamping.meetings import queries as meetings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 60  # wrong cells on a page

STEPS: dict[str, tuple[str, Callable[..., Any]]] = {
    "upload": ("upk.stage_opening", actions.stage_opening),
    "names": ("upk.name_opening", actions.name_opening),
    "balances": ("upk.balance_opening", actions.balance_opening),
    "discard": ("upk.discard_opening", actions.discard_opening),
    "propose": ("upk.propose_opening", actions.propose_opening),
    "return": ("upk.return_opening", actions.return_opening),
    "confirm": ("upk.confirm_opening", actions.confirm_opening),
    "back": ("upk.take_back_opening", actions.take_back_opening),
}


@page("ledger.read")
def opening(request: HttpRequest, ward: str) -> HttpResponse:
    found = begun.opening(ward)
    picture = reading.picture(found) if found and found.state != CONFIRMED else None
    step = request.POST.get("step", "")
    barred = _barred(request, ward, step)
    forms = _forms(request, ward, found, picture, "" if barred.reasons else step)
    tried = barred
    if step in forms and not barred.reasons:
        tried = attempt(forms[step], STEPS[step][1], by=request.user, ward=ward)
    if tried.done and tried is not barred:
        messages.success(request, _done(step))
        return redirect("upk:opening", ward=ward)
    form = forms.get(step)
    shown = {
        "opening": found,
        "forms": forms,
        "form": form,
        "step": step,
        "reasons": tried.reasons,
        "may": {name: access.may(request.user, verb, ward) for name, (verb, _act) in STEPS.items()},
        "too_late": begun.may_begin(ward) if found is None else [],
        "opened": books.opened_on(ward) if found is None else None,
        "ended": term.ended(ward) if found is None else None,
        "until": term.last_day(found) if found and found.state == DRAFT else None,
        **(_picture(picture) if picture else {}),
        **(_decide(ward, found, _waits(found)) if found and _waits(found) else {}),
    }
    if found is not None:
        shown["balances_mark"] = mark([found.balances, found.cells])
        shown["figures"] = _figures(keeping.figures(picture) if picture else found.figures)
    return render(request, "upk/opening.html", shown, status=status(tried.reasons, form))


def _barred(request: HttpRequest, ward: str, step: str) -> Attempt:
    """Whether somebody may not take this step; asked before a form is read, whose errors name people."""
    if step not in STEPS:
        return Attempt()
    return carry_out(allow, by=request.user, permission=STEPS[step][0], ward=ward)


def _figures(kept: dict[str, Any]) -> dict[str, Any]:
    """As they are shown: an account stands on one side, and nothing on the other."""
    sums = [sum(one[side] for one in kept["accounts"]) for side in ("debit", "credit")]
    rows = [
        {**one, "debit": one["debit"] or None, "credit": one["credit"] or None}
        for one in kept["accounts"]
    ]
    return {**kept, "accounts": rows, "sums": sums}


def _forms(
    request: HttpRequest,
    ward: str,
    found: Opening | None,
    picture: reading.Picture | None,
    step: str,
) -> dict[str, Any]:
    """The forms of what can be done now."""

    def data(name: str) -> Any:
        return request.POST if step == name else None

    if found is None:
        return {} if begun.may_begin(ward) else {"upload": _upload(request, step)}
    needed = bool(reading.decided_by(ward, clock.today()))
    if picture is None:
        if not _waits(found):
            return {}
        able = _able(ward, found, _waits(found))
        return {"back": TakeBackForm(data("back"), meetings=able, needed=needed)}
    if found.state == DRAFT:
        return {
            "upload": _upload(request, step, found),
            "names": NamesForm(
                data("names"),
                questions=picture.questions,
                kept=found.names,
                auto_id="names_%s",
            ),
            "balances": BalancesForm(
                data("balances"),
                accounts=picture.accounts,
                balances=picture.balances,
                auto_id="balances_%s",
            ),
            "discard": DoForm(data("discard")),
            "propose": DoForm(data("propose")),
        }
    able = _able(ward, found, _waits(found))
    return {
        "confirm": ConfirmForm(data("confirm"), meetings=able, needed=needed),
        "return": WhyForm(data("return"), auto_id="return_%s"),
    }


def _upload(request: HttpRequest, step: str, before: Opening | None = None) -> UploadForm:
    """``before``: the workbook that another one replaces; the day stays its day."""
    if step == "upload":
        return UploadForm(request.POST, request.FILES)
    return UploadForm(initial={"on": before.on} if before else None)


def _waits(found: Opening) -> str:
    """What the board may decide now: to confirm the balances, or to take them back; empty: nothing."""
    if found.state == PROPOSED:
        return "confirm_opening"
    taken = found.state == CONFIRMED and not begun.may_go_back(found)
    return "take_back_opening" if taken else ""


def _able(ward: str, found: Opening, what: str) -> list[tuple[str, str]]:
    kind = reading.decided_by(ward, clock.today())
    kinds = [kind] if kind else []
    since = found.proposed_on if what == "confirm_opening" else found.confirmed_on
    return meetings.able_to_decide(
        ward, "opening_balances", clock.today(), kinds=kinds, since=since
    )


def _decide(ward: str, found: Opening, what: str) -> dict[str, Any]:
    kind = reading.decided_by(ward, clock.today())
    names = meetings.kinds(ward, clock.today()).get(kind, {}).get("name", {})
    able, subject = _able(ward, found, what), f"upk.{what}:{found.id}"
    return {
        "decide": {
            "kind": kind,
            "kind_name": names.get(labels.language(), kind),
            "subject": subject,
            "meetings": able,
            "places": meetings.undecided(ward, subject, able, again=True),
        }
    }


def _picture(picture: reading.Picture) -> dict[str, Any]:
    names = {one.key: f"{one.code} {one.name}" for one in picture.accounts}
    faults = [_cell(one) for one in picture.lines.faults]
    without = [one for one in picture.questions if not one.choices]
    faults += [
        {"sheet": one.row.sheet, "row": one.row.number, "column": one.heading, "value": one.name, "reason": _(one.why)}
        for one in without
    ]  # fmt: skip
    return {
        "ready": picture.ready,
        "faults": faults[:SHOWN],
        "more_faults": max(0, len(faults) - SHOWN),
        "notes": picture.lines.notes,
        "unread": picture.lines.unread,
        "unnamed": len(picture.lines.unnamed),
        "asked": len(picture.questions) - len(without),
        "against": [] if faults or picture.questions else picture.reasons,
        "ties": [
            {"name": names[one.key], "balance": one.balance, "listed": one.listed, "holds": one.holds}
            for one in picture.ties
            if one.key in names and (one.balance or one.listed)
        ],
        "difference": picture.difference,
        "difference_name": names.get("opening_difference", ""),
        "new_groups": sorted(one.name for one in picture.lines.groups.values()),
        "reserve": (picture.reserve, picture.balances.get("loan_reserve", 0)),
    }  # fmt: skip


def _cell(reason: Any) -> dict[str, Any]:
    where = reason.where
    return {
        "sheet": where.get("sheet", "–"),
        "row": where.get("row", "–"),
        "column": where.get("column", "–"),
        "value": where.get("value") or "–",
        "reason": reason.say(_),
    }


def _done(step: str) -> str:
    return {
        "upload": _("The workbook is read. Nothing is entered yet."),
        "names": _("The names are kept."),
        "balances": _("The balances are kept."),
        "discard": _("The workbook is put aside; nothing of it was entered."),
        "propose": _("The balances are with the board. Print them for its meeting."),
        "return": _("The balances are with the unit again."),
        "back": _(
            "The balances are taken back. The books are empty; another workbook may be uploaded."
        ),
        "confirm": _("The books begin here. Everything from now on is entered on its own day."),
    }[step]


@require_safe
@page("ledger.read")
def opening_template(request: HttpRequest, ward: str) -> HttpResponse:
    found = begun.opening(ward) if "members" in request.GET else None
    if (
        found is not None
        and found.state == DRAFT
        and access.may(request.user, "upk.stage_opening", ward)
    ):
        content = made.to_name(files.as_sheets(found.cells), reading.picture(found).lines.unnamed)
    else:
        content = made.template(ward, day_read(request.GET.get("on")), _)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="saldo-awal-upk.xlsx"'
    return response


@require_safe
@page("ledger.read")
def opening_pdf(request: HttpRequest, ward: str) -> HttpResponse:
    found = begun.opening(ward)
    if found is None:
        raise Http404
    kept = found.figures if found.state == CONFIRMED else keeping.figures(reading.picture(found))
    pdf = papers.statement(found, kept, request.ward.name, address(request, "upk:opening"))  # type: ignore[attr-defined]
    return answer_pdf(pdf, f"saldo-awal-{found.on.isoformat()}.pdf")
