"""The reserve for bad loans month by month, and the register of loans that were written off."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import answer_pdf
from pendamping.access.gate import page
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.fields import status
from pendamping.funds.loans import actions, change_papers, queries, reserve, why
from pendamping.funds.loans.views import may
from pendamping.kernel import clock
from pendamping.kernel.period import month_named
from pendamping.kernel.refusal import Reason, Refusal


def _month(request: HttpRequest) -> date:
    """The month that is asked for; the last one that has ended where none is."""
    asked = request.POST.get("month") or request.GET.get("month") or ""
    found = month_named(asked[:7])
    return found[1] if found else reserve.last_ended(clock.today())


@page("loans.read")
def month(request: HttpRequest, ward: str) -> HttpResponse:
    last, reasons = _month(request), []
    allowed = may(request, ward, "set_reserve_aside")
    asks = request.method == "POST" and allowed["set_reserve_aside"] and last <= clock.today()
    asks = asks and request.POST.get("seen") != _seen(ward, last)
    if request.method == "POST" and not asks:
        reasons = _set_aside(request, ward, last)
        if not reasons:
            return redirect(f"{reverse('loans:reserve', kwargs={'ward': ward})}?month={last:%Y-%m}")
    loan_book = queries.book(ward, min(last, clock.today()))
    found = reserve.at(ward, last, loan_book)
    shown: dict[str, Any] = {
        "reserve": found,
        "classes": [row for row in found.by_class if row["loans"]],
        "rows": [_row(loan, row) for loan, row in found.rows],
        "why": why.of_book([(row.loan, row.state) for row in loan_book.rows], ward, loan_book.on),
        "months": reserve.months(ward),
        "may": allowed,
        "asks": asks,
        "seen": _seen(ward, last, found),
        "later": [one.month for one in reserve.months(ward) if one.month > last],
        "profit": _profit(ward, last) if asks else 0,
        "reasons": reasons,
    }
    return render(request, "loans/reserve.html", shown, status=status(reasons))


def _profit(ward: str, last: date) -> int:
    """Income less cost of a month, as the books say it now."""
    return -sum(
        amount
        for _account, amount in books.moved(
            ward, last.replace(day=1), last, types=("income", "expense")
        )
    )


def _seen(ward: str, last: date, found: reserve.Reserve | None = None) -> str:
    """The mark of what the press of the button would post: it changes with it."""
    found = found or reserve.at(ward, last)
    return f"{last:%Y-%m}|{found.needed}|{found.held}"


def _set_aside(request: HttpRequest, ward: str, last: date) -> list[Reason]:
    try:
        actions.set_reserve_aside(by=request.user, ward=ward, month=last)
    except Refusal as refusal:
        return refusal.reasons
    messages.success(request, _("The reserve of the month is in the books."))
    return []


def _row(loan: Any, row: Any) -> dict[str, Any]:
    return {
        "name": f"{loan.code} {loan.group_name}",
        "url": reverse("loans:loan", kwargs={"ward": loan.ward, "loan": loan.id}),
        "class": row.collectibility,
        "outstanding": row.outstanding,
        "percent": f"{row.percent} %",
        "reserve": row.reserve,
    }


@require_safe
@page("loans.read")
def month_pdf(request: HttpRequest, ward: str) -> HttpResponse:
    last = _month(request)
    address = reverse("loans:reserve", kwargs={"ward": ward}) + f"?month={last:%Y-%m}"
    made = change_papers.reserve(
        reserve.at(ward, last),
        request.ward.name,  # type: ignore[attr-defined]
        request.build_absolute_uri(address),
    )
    return answer_pdf(made, f"cadangan-{last:%Y-%m}.pdf")


@require_safe
@page("loans.read")
def register(request: HttpRequest, ward: str) -> HttpResponse:
    rows = [
        {
            "name": f"{one.loan.code} {one.loan.group_name}",
            "url": reverse("loans:loan", kwargs={"ward": ward, "loan": one.loan.id}),
            "on": one.closure.on,
            "principal": one.closure.principal,
            "service": one.closure.service,
            "recovered": one.recovered,
            "still_owed": one.still_owed,
        }
        for one in queries.written_off(ward)
    ]
    sums = {
        key: sum(row[key] for row in rows)
        for key in ("principal", "service", "recovered", "still_owed")
    }
    return render(request, "loans/written_off.html", {"rows": rows, "sums": sums})


@require_safe
@page("loans.read")
def register_pdf(request: HttpRequest, ward: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("loans:written_off", kwargs={"ward": ward}))
    made = change_papers.register(queries.written_off(ward), request.ward.name, address)  # type: ignore[attr-defined]
    return answer_pdf(made, "pinjaman-dihapus.pdf")
