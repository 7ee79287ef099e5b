"""The overview of the grant: allocation, split, windows, moves between them, one movement."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.funds.grants import actions, decisions, labels, queries
from pendamping.funds.grants.forms import (
    AllocationForm,
    MoneyForm,
    SplitForm,
    TakeBackForm,
    TransferForm,
)
from pendamping.funds.grants.posting import TAKEN_BACK
from pendamping.funds.ledger.fields import day_read, status
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah

STEPS = (
    "record_allocation", "decide_split", "move_between_windows", "tick_papers", "request_tranche",
    "record_payment_order", "receive_tranche", "agree_grant", "pay_grant", "record_expense",
    "return_unspent", "record_progress", "record_contribution", "add_photo", "hand_over",
    "record_actuals", "record_keeper", "move_keeper_money", "give_social_grant",
    "pass_on_capital", "take_back", "draft_report", "hand_in_report",
)  # fmt: skip


def may(request: HttpRequest, ward: str) -> dict[str, bool]:
    """What the reader may do in the ward, by the name of the action."""
    return {step: access.may(request.user, f"grants.{step}", ward) for step in STEPS}


@require_safe
@page("grants.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    on = clock.today()
    allocations = queries.allocations(ward)
    windows = queries.standing(ward, on)
    due = {one.tranche.id: one for one in queries.reports_due(ward, on)}
    used = queries.used(ward, on)
    rows = [_tranche_row(one, used, due, on) for one in queries.tranches(ward)]
    shown: dict[str, Any] = {
        "on": on,
        "allocation": allocations[0] if allocations else None,
        "windows": windows,
        "totals": {
            name: sum(getattr(one.standing, name) for one in windows)
            for name in ("received", "bank", "held", "spent")
        },
        "tranches": rows,
        "late": [one for one in due.values() if one.late(on)],
        "transfers": _transfer_rows(ward),
        "counts": {
            "grants": len(queries.grants(ward)),
            "social": len(
                [1 for one in queries.social_grants(ward) if not one.movement.reversed_on]
            ),
        },
        "may": may(request, ward),
    }
    return render(request, "grants/home.html", shown)


def _tranche_row(one: Any, used: dict[str, int], due: dict[str, Any], on: Any) -> dict[str, Any]:
    state, tone = labels.tranche(queries.tranche_state(one))
    found = queries.report(one)
    return {
        "tranche": one,
        "state": state,
        "tone": tone,
        "used": used.get(one.id, 0),
        "report": labels.report(queries.report_state(found) if found else "")
        if one.status == "received"
        else None,
        "due": due.get(one.id),
        "late": due[one.id].late(on) if one.id in due else 0,
    }


def _transfer_rows(ward: str) -> list[dict[str, Any]]:
    found = queries.transfers(ward)
    names = queries.window_names(ward, clock.today()) if found else {}
    return [
        {
            "on": one.on,
            "what": f"{names.get(one.from_window, one.from_window)} → "
            f"{names.get(one.to_window, one.to_window)}",
            "why": one.why,
            "amount": one.amount,
            "meeting": one.meeting,
        }
        for one in found
    ]


@page("grants.record_allocation")
def allocate(request: HttpRequest, ward: str) -> HttpResponse:
    form = AllocationForm(request.POST or None)
    tried = attempt(form, actions.record_allocation, by=request.user, ward=ward)
    if tried.done:
        messages.success(
            request, _("The ward is given %(sum)s.") % {"sum": format_rupiah(tried.made.amount)}
        )
        return redirect("grants:home", ward=ward)
    bands = guidelines.section("allocation", ward, clock.today()).get("bands", [])
    shown = {"form": form, "reasons": tried.reasons, "bands": bands}
    return render(request, "grants/allocate.html", shown, status=status(tried.reasons, form))


@page("grants.decide_split")
def split(request: HttpRequest, ward: str, allocation: str) -> HttpResponse:
    found = queries.allocation(ward, allocation)
    if found is None:
        raise Http404
    today = clock.today()
    form = SplitForm(
        request.POST or None,
        windows=queries.window_names(ward, today),
        meetings=decisions.able(ward, "split", today),
    )
    tried = attempt(form, actions.decide_split, by=request.user, ward=ward, allocation_id=found.id)
    if tried.done:
        messages.success(request, _("The split is in the record; the tranches are planned."))
        return redirect("grants:home", ward=ward)
    shown = {
        "allocation": found,
        "form": form,
        "windows": [form[name] for name in form.fields if name.startswith("window_")],
        "reasons": tried.reasons,
        "decide": decisions.places(
            ward, "split", today, f"grants.split:{found.id}", _("The split of the funds is agreed")
        ),
    }
    return render(request, "grants/split.html", shown, status=status(tried.reasons, form))


@page("grants.move_between_windows")
def transfer(request: HttpRequest, ward: str) -> HttpResponse:
    today = clock.today()
    form = TransferForm(
        request.POST or None,
        windows=queries.window_names(ward, today),
        meetings=decisions.able(ward, "transfer", today),
    )
    tried = attempt(form, actions.move_between_windows, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The money has moved; both windows show it."))
        return redirect("grants:home", ward=ward)
    decide = None
    if tried.reasons:
        decide = decisions.places(
            ward, "transfer", today, form.subject(), _transfer_text(ward, form.cleaned_data)
        )
    shown = {
        "form": form,
        "reasons": tried.reasons,
        "decide": decide,
        "any": bool(form.fields["meeting_id"].choices),
        "windows": queries.standing(ward, today),
        "kind": decisions.places(ward, "transfer", today, "", ""),
    }
    return render(request, "grants/transfer.html", shown, status=status(tried.reasons, form))


def _transfer_text(ward: str, data: dict[str, Any]) -> str:
    names = queries.window_names(ward, clock.today())
    return _("%(sum)s moves from %(one)s to %(other)s") % {
        "sum": format_rupiah(data["amount"]),
        "one": names[data["from_window"]],
        "other": names[data["to_window"]],
    }


@require_safe
@page("grants.read")
def window(request: HttpRequest, ward: str, window: str) -> HttpResponse:
    on = day_read(request.GET.get("on"))
    found = next((one for one in queries.standing(ward, on) if one.key == window), None)
    if found is None:
        raise Http404
    running, rows = 0, []
    for one in queries.movements(ward, window=window):
        if one.on > on:
            continue
        running += bank_change(one.kind, one.amount) if not _gone(one, on) else 0
        rows.append({"movement": one, "on": one.on, "what": labels.what(one), "amount": one.amount,
                     "balance": running, "gone": _gone(one, on)})  # fmt: skip
    shown = {"window": found, "rows": rows[::-1], "on": on, "may": may(request, ward),
             "may_books": access.may(request.user, "ledger.read", ward)}  # fmt: skip
    return render(request, "grants/window.html", shown)


def bank_change(kind: str, amount: int) -> int:
    """How a movement changes what lies in the bank."""
    if kind in ("received", "returned", "moved-in"):
        return amount
    return 0 if kind == "spent" else -amount


def _gone(one: Any, on: Any) -> bool:
    return one.reversed_on is not None and one.reversed_on <= on


@page("grants.pass_on_capital")
def pass_on(request: HttpRequest, ward: str, window: str) -> HttpResponse:
    found = next((one for one in queries.standing(ward, clock.today()) if one.key == window), None)
    if found is None or not found.repaid:
        raise Http404
    form = MoneyForm(request.POST or None, initial={"amount": max(found.standing.bank, 0)})
    tried = attempt(form, actions.pass_on_capital, by=request.user, ward=ward, window=window)
    if tried.done:
        messages.success(request, _("The capital is in the books of the UPK."))
        return redirect("grants:window", ward=ward, window=window)
    shown = {"window": found, "form": form, "reasons": tried.reasons}
    return render(request, "grants/pass_on.html", shown, status=status(tried.reasons, form))


@page("grants.read")
def movement(request: HttpRequest, ward: str, movement: str) -> HttpResponse:
    found = queries.movement(ward, movement)
    if found is None:
        raise Http404
    form = TakeBackForm(request.POST or None)
    tried = attempt(form, actions.take_back, by=request.user, ward=ward, movement_id=found.id)
    if tried.done:
        messages.success(request, _("The entry is taken back."))
        return redirect("grants:movement", ward=ward, movement=found.id)
    allowed = found.kind in TAKEN_BACK and found.reversed_on is None
    shown = {
        "one": found,
        "title": labels.movement(found.kind),
        "what": labels.what(found),
        "cost": labels.COSTS.get(found.cost, ""),
        "window_name": queries.window_name(ward, found.on, found.window),
        "form": form,
        "reasons": tried.reasons,
        "may_take_back": allowed and access.may(request.user, "grants.take_back", ward),
        "names": access.may(request.user, "households.read", ward),
    }
    return render(request, "grants/movement.html", shown, status=status(tried.reasons, form))
