from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.funds.ledger.fields import (
    day_ahead,
    day_read,
    status,
)
from pendamping.funds.loans import (
    actions,
    approval,
    changes,
    consents,
    facts,
    gate,
    history,
    indicators,
    papers,
    payout_papers,
    privacy,
    queries,
    receipts,
    why,
)
from pendamping.funds.loans.checks import STATES
from pendamping.funds.loans.consent_forms import WithdrawForm
from pendamping.funds.loans.forms import (
    DecideForm,
    DisburseForm,
    RejectForm,
)
from pendamping.funds.loans.models import ACTIVE, APPLIED, APPROVED, OPEN, Loan
from pendamping.funds.loans.rules.book import LoanState
from pendamping.guidelines import queries as guidelines
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason

STEPS = (
    "approve",
    "reject",
    "disburse",
    "record_repayment",
    "record_consents",
    "withdraw_consent",
    "record_sheet",
    "settle_early",
    "refund_overpayment",
    "take_back_refund",
    "reschedule",
    "take_back_rescheduling",
    "write_off",
    "take_back_write_off",
)


def may(request: HttpRequest, ward: str, *names: str) -> dict[str, bool]:
    """Which of these steps the reader may take, for the buttons of a page."""
    return {name: access.may(request.user, f"loans.{name}", ward) for name in names}


@require_safe
@page("loans.read")
def list_loans(request: HttpRequest, ward: str) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    group = groups.group(ward, request.GET.get("group", ""))
    counts = queries.counts(ward)
    under_way = sum(counts.get(key, 0) for key in OPEN)
    chosen = request.GET.get("status", "all" if text or group or not under_way else "open")
    if text and chosen == "open":
        chosen = "all"  # a word is looked for in every state, unless one is chosen
    status_asked = chosen if chosen in STATES else ""
    states = queries.states(ward, clock.today())
    rows = [
        _row(loan, states.get(loan.id))
        for loan in queries.loans(ward, status=status_asked, group_id=group.id if group else "")
        if text.lower() in f"{loan.code} {loan.group_name}".lower()
        and (chosen != "open" or loan.status in OPEN)
    ]
    rows.sort(key=_urgency)
    kinds = [("open", _("under way"), under_way)]
    kinds += [(key, _(name), counts.get(key, 0)) for key, name in STATES.items()]
    kinds += [("all", _("all"), sum(counts.values()))]
    names = {key: f"{name} ({count})" for key, name, count in kinds}
    shown = {
        "rows": rows,
        "states": list(names.items()),
        "now": names.get(chosen, names["all"]),
        "chosen": chosen,
        "q": text,
        "any": bool(counts),
        "group": group,
    }
    return render(request, "loans/list.html", {**shown, "may": may(request, ward, "apply")})


def _urgency(row: dict[str, Any]) -> tuple[int, int, int]:
    """What needs somebody first: late longest, due today, waiting for its money or for the board."""
    loan = row["loan"]
    if row["behind"] or row["due_today"]:
        return 0, -row["days_late"], loan.number
    return (
        *{APPROVED: (1, 0), APPLIED: (2, 0), ACTIVE: (3, 0)}.get(loan.status, (4, 0)),
        loan.number,
    )


def _row(loan: Loan, state: Any) -> dict[str, Any]:
    return {
        "loan": loan,
        "name": f"{loan.code} {loan.group_name}",
        "url": reverse("loans:loan", kwargs={"ward": loan.ward, "loan": loan.id}),
        "status": _(STATES[loan.status]),
        "principal": loan.principal,
        "outstanding": state.outstanding_principal if state else None,
        "behind": state.late_count if state else None,
        "due_today": state.due_today if state else 0,
        "days_late": state.days_past_due if state else 0,
        "class": state.collectibility if state else None,
    }


@require_safe
@page("loans.read")
def book(request: HttpRequest, ward: str) -> HttpResponse:
    on = day_read(request.GET.get("on"))
    found, risky = queries.book(ward, on), indicators.at_risk_from(ward, on)
    rows = [
        {
            **_row(row.loan, row.state),
            "arrears": row.state.late,
            "days": row.state.days_past_due,
            "at_risk": row.state.active and row.state.risk_behind >= risky,
        }
        for row in found.rows
    ]
    rows.sort(key=lambda row: row["class"] is None)  # open ones first, each in the order of numbers
    said = {one.key: indicators.said(one) for one in found.indicators}
    pairs = [(row.loan, row.state) for row in found.rows]
    shown = {
        "why": why.of_book(pairs, ward, on),
        "measures": why.measures(pairs, ward, on),
        "on": on,
        "ahead": day_ahead(request.GET.get("on")),
        "book": found,
        "said": said,
    }
    return render(request, "loans/book.html", {**shown, "rows": rows})


# --- one loan ------------------------------------------------------------------------------------


def found_or_404(ward: str, loan_id: str) -> Loan:
    """The loan with its members and payments."""
    loan = queries.loan(ward, loan_id)
    if loan is None:
        raise Http404
    return loan


@require_safe
@page("loans.read")
def loan(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    return _loan_page(request, found_or_404(ward, loan))


def _loan_page(
    request: HttpRequest, loan: Loan, reasons: list[Reason] | None = None, **bound: Any
) -> HttpResponse:
    form = next((one for one in bound.values()), None)
    fetch = next((one.where["fetch"] for one in reasons or [] if "fetch" in one.where), 0)
    card = queries.card_of(loan, clock.today())
    held = approval.meeting_choices(loan)
    forms = {
        "approve": DecideForm(meetings=held),
        "reject": RejectForm(meetings=held, prefix="reject"),
        "disburse": DisburseForm(),
    }
    hidden = privacy.names_of(request, loan)
    signatures = privacy.cover(consents.signatures(loan, loan.disbursed), hidden)
    waits = loan.status == APPROVED
    lost = facts.against_parts(loan, clock.today(), besides=(ACTIVE,)) if waits else []
    signed = [(one.person_id, one.name) for one in signatures if one.signed_on]
    forms["withdraw"] = WithdrawForm(signed=signed, prefix="withdraw")
    unsigned = [*lost, *consents.against(loan, clock.today())] if not loan.disbursed else []
    shown = {
        "loan": loan,
        "card": card,
        "into": receipts.into(card),
        "why": why.of(loan, card.state, card.on) if loan.disbursed else [],
        "sees": hidden is None,
        "status": _(STATES[loan.status]),
        "guideline": guidelines.titles(loan.ward, loan.applied_on),
        "reasons": reasons or [],
        **_gate(loan, reasons),
        "signatures": signatures,
        "unsigned": unsigned if hidden is None else privacy.unnamed(unsigned),
        "lost": bool(lost),
        "in_debt": queries.in_debt(loan.group_id, clock.today()) if loan.status == ACTIVE else {},
        "purposes": {one.person_id: one.purpose for one in loan.members.all()},
        "may": may(request, loan.ward, *STEPS),
        "forms": {**forms, **bound},
        "decide": approval.about(request.user, loan, held),
        "uncollected": _uncollected(loan, card.state),
        "history": history.of(loan),
        "taken_over": history.taken_over(loan),
        "agreed": history.agreed(loan),
        "refused_form": form,
        "fetch": fetch if access.may(request.user, "ledger.record_voucher", loan.ward) else 0,
    }
    return render(request, "loans/loan.html", shown, status=status(reasons or [], form))


def _uncollected(loan: Loan, state: LoanState | None) -> list[str]:
    """The names of the steps of collection that writing a lost loan off still wants."""
    today = clock.today()
    if state is None or (state.collectibility or 0) < changes.write_off_from(loan.ward, today):
        return []
    return [one.name for one in changes.steps_left(loan, today)]


def _gate(loan: Loan, reasons: list[Reason] | None) -> dict[str, list[Reason]]:
    """Whether the fund may lend at all, for a loan that waits; not twice where a step was refused."""
    if loan.status not in (APPLIED, APPROVED):
        return {"gates": [], "warned": []}
    today = clock.today()
    gates = [] if reasons else gate.against(loan.ward, today)
    return {"gates": gates, "warned": gate.warnings(loan.ward, today)}


def _step(
    request: HttpRequest, ward: str, loan_id: str, name: str, form: Any, done: str
) -> HttpResponse:
    """One step of a loan's life, taken on its page; a refusal is shown there."""
    loan = found_or_404(ward, loan_id)
    tried = attempt(form, getattr(actions, name), by=request.user, ward=ward, loan_id=loan_id)
    if tried.done:
        messages.success(request, done)
        return redirect("loans:loan", ward=ward, loan=loan_id)
    return _loan_page(request, loan, tried.reasons, **{name: form})


@require_POST
@page("loans.approve")
def approve(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    form = DecideForm(request.POST, meetings=approval.meeting_choices(found_or_404(ward, loan)))
    return _step(request, ward, loan, "approve", form, _("The loan is approved."))


@require_POST
@page("loans.reject")
def reject(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    form = RejectForm(
        request.POST, meetings=approval.meeting_choices(found_or_404(ward, loan)), prefix="reject"
    )
    return _step(request, ward, loan, "reject", form, _("The decision is recorded."))


@require_POST
@page("loans.disburse")
def disburse(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    form = DisburseForm(request.POST)
    return _step(request, ward, loan, "disburse", form, _("The loan is paid out and in the books."))


@require_safe
@page("loans.read")
def card_pdf(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    found = found_or_404(ward, loan)
    if found.disbursed is None:
        raise Http404
    card = queries.card_of(found, day_read(request.GET.get("on")))
    names = privacy.names_of(request, found)
    where = address(request, "loans:loan", loan=found.id)
    pdf = papers.card(card, request.ward.name, where, names)
    return answer_pdf(pdf, f"kartu-{found.code}.pdf")


@require_safe
@page("loans.read")
def payout_pdf(request: HttpRequest, ward: str, loan: str) -> HttpResponse:
    """The receipt that the officers of the group sign when they take the money."""
    found = found_or_404(ward, loan)
    if found.disbursed is None:
        raise Http404
    privacy.ask(request, ward, [found.group_id])
    where = address(request, "loans:loan", loan=found.id)
    pdf = payout_papers.payout(found, request.ward.name, where)
    return answer_pdf(pdf, f"kuitansi-pencairan-{found.code}.pdf")
