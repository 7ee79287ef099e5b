from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import Attempt, address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.funds.ledger import actions, booked, by_hand, labels, papers, queries
from pendamping.funds.ledger.fields import day_read, read_rupiah, status
from pendamping.funds.ledger.forms import KINDS, OpenForm, ReverseForm, VoucherForm
from pendamping.kernel import clock
from pendamping.kernel.period import month_named


@require_safe
@page("ledger.read")
def journal(request: HttpRequest, ward: str) -> HttpResponse:
    sought = request.GET.get("voucher", "").strip()[:40]
    if found := queries.find_voucher(ward, sought, clock.today()) if sought else None:
        return redirect("ledger:entry", ward=ward, entry=found)
    months = queries.months(ward)
    asked = request.GET.get("month") or (months[0].strftime("%Y-%m") if months else "")
    span = month_named(asked)
    kind = request.GET.get("kind", "")
    entries = queries.journal(ward, *span, kind) if span else []
    numbers = queries.voucher_numbers(ward, [entry.id for entry in entries])
    shown = {
        "opened": queries.accounts(ward),
        "months": months,
        "month": asked,
        "sought": sought,
        "kind": kind,
        "kinds": [(name, labels.kind(name)) for name in queries.kinds(ward)],
        "entries": [_shown(entry) | {"number": numbers.get(entry.id)} for entry in entries],
        "may_write": access.may(request.user, "ledger.record_voucher", ward),
        "form": OpenForm(),
    }
    return render(request, "ledger/journal.html", shown)


def _shown(entry: queries.Entry) -> dict[str, object]:
    lines = [
        {
            "account": line.account,
            "debit": max(line.amount, 0) or None,
            "credit": max(-line.amount, 0) or None,
        }
        for line in entry.lines.all()
    ]
    return {
        "entry": entry,
        "kind": labels.kind(entry.kind),
        "link": labels.link(entry),
        "lines": lines,
        "total": sum(line["debit"] or 0 for line in lines),
        "reversed_by": queries.reversal(entry.id) if entry.kind.startswith("voucher-") else None,
        "late": (entry.entered_on - entry.on).days,
    }


@require_POST
@page("ledger.open_books")
def open_books(request: HttpRequest, ward: str) -> HttpResponse:
    form = OpenForm(request.POST)
    if form.is_valid():
        actions.open_books(by=request.user, ward=ward, on=form.cleaned_data["on"])
        messages.success(request, _("The books are open."))
    return redirect("ledger:journal", ward=ward)


@require_safe
@page("ledger.read")
def account(request: HttpRequest, ward: str, code: str) -> HttpResponse:
    found = queries.account(ward, code)
    if found is None:
        raise Http404
    months = queries.months(ward, found)
    asked = request.GET.get("month") or (months[0].strftime("%Y-%m") if months else "")
    span = month_named(asked)
    since, until = span or (None, None)
    brought, lines = queries.account_lines(ward, found, since, until)
    shown = {
        "account": found,
        "brought": brought,
        "since": since,
        "month": asked,
        "months": months,
        "rows": [
            {
                "on": one.line.entry.on,
                "what": one.line.entry.narration or labels.kind(one.line.entry.kind),
                "entry": one.line.entry,
                "debit": max(one.line.amount, 0) or None,
                "credit": max(-one.line.amount, 0) or None,
                "balance": one.balance,
            }
            for one in lines
        ],
    }
    return render(request, "ledger/account.html", shown)


@require_safe
@page("ledger.read")
def trial(request: HttpRequest, ward: str) -> HttpResponse:
    on = day_read(request.GET.get("on"))
    rows = queries.trial_balance(ward, on)
    board = queries.trial_balance(ward, on, queries.BOARD)
    shown = {
        "on": on,
        "rows": rows,
        "sum": sum(row.debit for row in rows),
        "board": board,
        "board_sum": sum(row.debit for row in board),
        "breaks": queries.check(ward),
    }
    return render(request, "ledger/trial.html", shown)


@page("ledger.record_voucher")
def voucher(request: HttpRequest, ward: str) -> HttpResponse:
    accounts, hands = queries.with_new(ward), by_hand.accounts(ward)
    kind, asked = _asked(request, ward)
    form = VoucherForm(
        request.POST or None, kind=kind, accounts=accounts, hands=hands, initial=asked
    )
    question = _question(ward, form)
    tried = (
        Attempt() if question else attempt(form, actions.record_voucher, by=request.user, ward=ward)
    )
    if tried.done:
        messages.success(request, _("The voucher is in the books."))
        return redirect("ledger:entry", ward=ward, entry=tried.made.id)
    here = reverse("ledger:voucher", kwargs={"ward": ward})
    shown = {
        "form": form,
        "asked": question,
        "kind": kind,
        "kinds": [
            {"label": name, "url": f"{here}?kind={key}", "current": key == kind}
            for key, name in KINDS.items()
        ],
        "reasons": tried.reasons,
        "opened": accounts,
    }
    return render(request, "ledger/voucher.html", shown, status=status(tried.reasons, form))


def _question(ward: str, form: VoucherForm) -> queries.Asked | None:
    """What is asked once more before a voucher is posted, where the page has not shown it yet."""
    if not form.is_valid():
        return None
    data = form.cleaned_data
    found = queries.asked(ward, data["on"], data["amount"], "bookkeeping")
    return found if found.mark != data["seen"] else None


def _asked(request: HttpRequest, ward: str) -> tuple[str, dict[str, Any]]:
    """The kind of voucher, and what of it is filled in, as the address asks for them.

    ``?kind=in|out|transfer``, else a transfer where ``from`` or ``to`` is named, else money in;
    ``&from=…&to=…`` accounts by key or code, ``&amount=…`` in rupiah, ``&on=…`` the day. What makes no sense is left out.
    """
    sides = {name: queries.account(ward, request.GET.get(name, "")) for name in ("from", "to")}
    asked = request.POST.get("kind") or request.GET.get("kind") or ""
    kind = asked if asked in KINDS else "transfer" if any(sides.values()) else "in"
    places = ("other", "money") if kind == "in" else ("money", "other")
    filled: dict[str, Any] = {
        place: one.key for place, one in zip(places, sides.values(), strict=True) if one
    }
    if amount := read_rupiah(request.GET.get("amount", "")[:40]):
        filled["amount"] = amount
    if request.GET.get("on"):
        filled["on"] = day_read(request.GET["on"])
    return kind, filled


@page("ledger.read")
def entry(request: HttpRequest, ward: str, entry: str) -> HttpResponse:
    found = queries.entry(ward, entry)
    if found is None:
        raise Http404
    form = ReverseForm(request.POST or None)
    tried = attempt(form, actions.reverse, by=request.user, ward=ward, entry_id=found.id)
    if tried.done:
        messages.success(request, _("The entry is reversed."))
        return redirect("ledger:entry", ward=ward, entry=tried.made.id)
    by_hand = found.kind.startswith(actions.VOUCHER) and queries.reversal(found.id) is None
    shown = {
        "one": _shown(found),
        "number": queries.voucher_numbers(ward, [found.id]).get(found.id),
        "paper": papers.title(found),
        "notice": papers.notice(found),
        "hands": list(booked.facts(found)),
        "form": form,
        "reasons": tried.reasons,
        "may_reverse": by_hand and access.may(request.user, "ledger.reverse", ward),
        "reversal": queries.reversal(found.id),
    }
    return render(request, "ledger/entry.html", shown, status=status(tried.reasons, form))


@require_safe
@page("ledger.read")
def voucher_pdf(request: HttpRequest, ward: str, entry: str) -> HttpResponse:
    found = queries.entry(ward, entry)
    if found is None:
        raise Http404
    here = address(request, "ledger:entry", entry=found.id)
    pdf = papers.voucher(found, request.ward.name, here)  # type: ignore[attr-defined]
    number = queries.voucher_numbers(ward, [found.id]).get(found.id, found.id)
    return answer_pdf(pdf, f"bukti-{number.replace('/', '-')}.pdf")


@require_safe
@page("ledger.read")
def beancount(request: HttpRequest, ward: str) -> HttpResponse:
    response = HttpResponse(queries.beancount(ward), content_type="text/plain; charset=utf-8")
    name = f"{ward}-{clock.today().isoformat()}.beancount"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
