"""The pages of bank statements: upload, columns, reconciliation of a month."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import Attempt, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.fields import status
from pendamping.funds.upk import actions
from pendamping.funds.upk.actions.banking import doubts, read_cells
from pendamping.funds.upk.bank import files, papers, reading
from pendamping.funds.upk.bank.forms import (
    ColumnsForm,
    ItemForm,
    LineForm,
    MatchForm,
    UploadForm,
)
from pendamping.funds.upk.bank.models import DRAFT, BankStatement
from pendamping.funds.upk.closes.views import month_of
from pendamping.funds.upk.rules import reconcile, statement
from pendamping.funds.upk.rules.closing import Bank
from pendamping.kernel import clock
from pendamping.kernel.period import month_end

PREVIEW = 12


@page("ledger.read")
def bank(request: HttpRequest, ward: str) -> HttpResponse:
    found = reading.accounts(ward)
    form = UploadForm(request.POST or None, request.FILES or None, accounts=found)
    tried = attempt(form, actions.stage_statement, by=request.user, ward=ward)
    if tried.done:
        if tried.made.state == DRAFT:
            return redirect("upk:bank_columns", ward=ward, statement=tried.made.id)
        messages.info(request, _("This file was taken in before; nothing was added."))
        return redirect(_month(ward, tried.made.account, tried.made.until))
    last = month_end(clock.today())
    shown = {
        "form": form,
        "opened": bool(found),
        "accounts": [_account(ward, one, last) for one in reading.used(ward, last)],
        "statements": [_statement(one) for one in reading.statements(ward)[:24]],
        "drafts": reading.drafts(ward),
        "may": access.may(request.user, "upk.stage_statement", ward),
        "reasons": tried.reasons,
    }
    return render(request, "upk/bank.html", shown, status=status(tried.reasons, form))


def _month(ward: str, account: str, on: date) -> str:
    where = {"ward": ward, "account": account, "month": f"{on:%Y-%m}"}
    return reverse("upk:bank_month", kwargs=where)


def _account(ward: str, one: Any, last: date) -> dict[str, Any]:
    """An account with its reconciliation of the last month that has ended."""
    ended = last if last < clock.today() else last.replace(day=1) - timedelta(days=1)
    found = reading.at(ward, one.key, ended)
    return {
        "name": f"{one.code} {one.name}",
        "book": books.balance(ward, one.key),
        "month": ended,
        "state": _state(found),
        "url": _month(ward, one.key, ended),
    }


def _state(found: Bank | None) -> tuple[str, str]:
    """Whether an account is reconciled at a month's end, in words, and its tone."""
    if found is None:
        return _("nothing in it yet"), "plain"
    return (_("not reconciled"), "warn") if found.against else (_("in order"), "good")


def _statement(one: BankStatement) -> dict[str, Any]:
    return {
        "name": one.filename,
        "since": one.since,
        "until": one.until,
        "closing": one.closing,
        "url": _month(one.ward, one.account, one.until or one.entered_on),
    }


@page("upk.take_statement")
def columns(request: HttpRequest, ward: str, statement: str) -> HttpResponse:
    found = reading.statement(ward, statement)
    if found is None or found.state != DRAFT:
        raise Http404
    header, guessed = _guess(ward, found, request.POST.get("header"))
    headings = [cell or "–" for cell in found.cells[header]] if header < len(found.cells) else []
    initial = {"header": header + 1, **{field: str(at) for field, at in guessed.items()}}
    form = ColumnsForm(request.POST or None, headings=headings, initial=initial)
    tried = Attempt()
    if request.POST.get("step") != "look":
        tried = attempt(
            form, actions.take_statement, by=request.user, ward=ward, statement_id=found.id
        )
    if tried.done:
        messages.success(request, _("The statement is taken in; what is clear is matched."))
        return redirect(_month(ward, found.account, tried.made.until))
    read = _preview(found, form, header, guessed)
    asked = {one.where.get("field") for one in (read or {}).get("doubts", ())}
    shown = {
        "statement": found,
        "form": form,
        "filed": found.kind != files.TABLE,
        "balanced": bool(found.cells[-1:] and found.cells[-1][-1:] != [""]),
        "asked": asked,
        "read": read,
        "headings": headings,
        "cells": [row for row in found.cells[header + 1 : header + 1 + PREVIEW] if any(row)],
        "reasons": tried.reasons,
    }
    return render(request, "upk/bank_columns.html", shown, status=status(tried.reasons, form))


def _guess(ward: str, found: BankStatement, said: str | None) -> tuple[int, dict[str, int]]:
    header = statement.header_row(found.cells) or 0
    if said and said.isdigit() and 0 < int(said) <= len(found.cells):
        header = int(said) - 1
    names = found.cells[header] if found.cells else []
    return header, statement.guess(names, reading.headings(ward, found.account))


def _preview(
    found: BankStatement, form: ColumnsForm, header: int, guessed: dict[str, int]
) -> dict[str, Any] | None:
    """What the file says by the columns that are chosen, or guessed."""
    chosen, opening = guessed, None
    if form.is_bound and form.is_valid():
        said = form.arguments()
        chosen, opening = said["columns"], said["opening"]
    if "date" not in chosen:
        return None
    read = read_cells(found, header, chosen, opening)
    return {
        "lines": [
            {"on": one.on, "text": one.text or one.reference, "amount": one.amount}
            for one in read.lines[:PREVIEW]
        ],
        "count": len(read.lines),
        "opening": read.opening,
        "closing": read.closing,
        "wrong": read.wrong[:PREVIEW],
        "doubts": doubts(found, read),
    }


@require_POST
@page("upk.discard_statement")
def discard(request: HttpRequest, ward: str, statement: str) -> HttpResponse:
    actions.discard_statement(by=request.user, ward=ward, statement_id=statement)
    messages.success(request, _("The file is put aside; nothing of it was taken in."))
    return redirect("upk:bank", ward=ward)


@page("ledger.read")
def month(request: HttpRequest, ward: str, account: str, month: str) -> HttpResponse:
    last = month_of(month)
    own = _own(ward, account)
    found = reading.balances(ward, own, last)
    form, tried = _try(request, ward, account, found)
    if tried.done:
        messages.success(request, _done(request.POST.get("step", "")))
        return redirect(_month(ward, account, last))
    shown = {
        **_shown(ward, own, last, found),
        "may": access.may(request.user, "upk.match_lines", ward),
        "reasons": tried.reasons,
    }
    return render(request, "upk/bank_month.html", shown, status=status(tried.reasons, form))


def _own(ward: str, account: str) -> Any:
    own = next((one for one in reading.accounts(ward) if one.key == account), None)
    if own is None:
        raise Http404
    return own


def _try(
    request: HttpRequest, ward: str, account: str, found: reconcile.Balances
) -> tuple[Any, Attempt]:
    step = request.POST.get("step", "")
    given: dict[str, Any] = {"by": request.user, "ward": ward}
    if step == "match":
        sides = {
            "bank": [one.id for one in found.open_bank],
            "book": [one.id for one in found.open_book],
        }
        form: Any = MatchForm(request.POST, **sides)
        return form, attempt(form, actions.match_lines, account=account, **given)
    if step == "post":
        form = ItemForm(request.POST)
        return form, attempt(form, actions.post_bank_line, **given)
    if step == "unmatch":
        form = LineForm(request.POST)
        return form, attempt(form, actions.unmatch_line, **given)
    return None, Attempt()


def _done(step: str) -> str:
    return {
        "match": _("The lines are matched."),
        "post": _("It is in the books, and matched."),
        "unmatch": _("The match is taken back."),
    }[step]


def _shown(ward: str, own: Any, last: date, found: reconcile.Balances) -> dict[str, Any]:
    lines = {one.id: one for one in reading.open_bank(ward, own.key, last)}
    standing = reading.at(ward, own.key, last)
    return {
        "account": own,
        "month": last,
        "balances": found,
        "unused": standing is None,
        "wrong": standing.against if standing else (),
        "open_bank": [
            {"id": one.id, "on": one.on, "text": one.said, "amount": one.amount,
             "free": lines[one.id].match_id is None, "posted": reading.posted_on(ward, one.on)}
            for one in found.open_bank
        ],
        "open_book": [
            {"id": one.id, "on": one.on, "text": one.said, "amount": one.amount}
            for one in found.open_book
        ],
        "matched": reading.matched(ward, own.key, last),
        "closed": (books.closed_until(ward) or date.min) >= last,
    }  # fmt: skip


@require_safe
@page("ledger.read")
def month_pdf(request: HttpRequest, ward: str, account: str, month: str) -> HttpResponse:
    last, own = month_of(month), _own(ward, account)
    pdf = papers.reconciliation(
        own,
        reading.balances(ward, own, last),
        request.ward.name,  # type: ignore[attr-defined]
        request.build_absolute_uri(_month(ward, account, last)),
    )
    return answer_pdf(pdf, f"rekonsiliasi-{own.code}-{last:%Y-%m}.pdf")
