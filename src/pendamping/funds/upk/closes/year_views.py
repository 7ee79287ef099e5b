"""The page of a year: its close, and the sharing of its profit."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import Attempt, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.access.rules import ROLES, roles_with
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.fields import status
from pendamping.funds.ledger.rules.entries import MONEY
from pendamping.funds.upk import actions
from pendamping.funds.upk.actions.year import decided_in
from pendamping.funds.upk.closes import labels, papers, reading, splitting
from pendamping.funds.upk.closes.forms import DoForm, PayShareForm, SharesForm, SplitForm, WhyForm
from pendamping.funds.upk.closes.models import ProfitSplit
from pendamping.funds.upk.rules import year as rules
from pendamping.funds.upk.yearly import account as yearly
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings

STEPS = {
    "close": ("upk.close_year", actions.close_year),
    "split": ("upk.split_profit", actions.split_profit),
    "take_back": ("upk.take_back_split", actions.take_back_split),
    "pay": ("upk.pay_share", actions.pay_share),
}
DECADES = range(1990, 2200)


def place(ward: str, year: int) -> str:
    """The address of a year's page."""
    return reverse("upk:year", kwargs={"ward": ward, "year": year})


@page("ledger.read")
def year(request: HttpRequest, ward: str, year: int) -> HttpResponse:
    if year not in DECADES:
        raise Http404
    step = request.POST.get("step", "")
    forms = _forms(request, ward, year, step)
    tried, asked = Attempt(), splitting.Asked()
    if step == "split":
        asked = splitting.ask(request, ward, year, forms["split"])
        tried = asked.tried
    elif step in STEPS:
        about = {} if step == "pay" else {"year": year}
        tried = attempt(forms[step], STEPS[step][1], by=request.user, ward=ward, **about)
    proposed, unfit = splitting.proposal(request, ward)
    if tried.done:
        messages.success(request, _done(step))
        return redirect(place(ward, year))
    shown = {
        **_shown(request, ward, year),
        "forms": forms,
        "form": forms.get(step),
        "reasons": tried.reasons,
        "question": asked.question,
        "proposed": proposed,
        "unfit": unfit,
        "decide": _decide(ward, year, forms["split"], step == "split", proposed, unfit),
    }
    return render(request, "upk/year.html", shown, status=status(tried.reasons, forms.get(step)))


def _decide(
    ward: str, number: int, form: SplitForm, typed: bool, proposed: SharesForm, unfit: list[Reason]
) -> dict[str, Any]:
    """The decision for the shares that were typed, or that the form begins with, and where to record it."""
    percents = {key: form.fields[f"share_{key}"].initial for key in form.keys}
    if typed and form.is_valid():
        percents = form.percents()
    elif proposed.is_bound and proposed.is_valid() and not unfit:
        percents = proposed.percents()
    elif form.initial:
        percents = {key: form.initial[f"share_{key}"] for key in form.keys}
    found = splitting.decision(ward, number, percents)
    able = form.fields["meeting_id"].choices
    return {**found, "places": meetings.undecided(ward, found["subject"], able, again=True),
            "decided": splitting.decided(ward, number, clock.today())}  # fmt: skip


def _done(step: str) -> str:
    return {
        "close": _("The year is closed; its profit stands with that of earlier years."),
        "split": _("The profit is shared. Print it for the minutes."),
        "take_back": _("The sharing is taken back."),
        "pay": _("The payment is in the books; print its voucher from the journal."),
    }[step]


def _forms(request: HttpRequest, ward: str, number: int, step: str) -> dict[str, Any]:
    today = clock.today()

    def data(name: str) -> Any:
        return request.POST if step == name else None

    able = meetings.able_to_decide(
        ward, "profit", today, kinds=[decided_in(ward, today)], since=rules.first_day_after(number)
    )
    shares = reading.shares(ward, today)
    return {
        "close": DoForm(data("close")),
        "split": SplitForm(
            data("split"), meetings=able, shares=shares, lang=labels.language(),
            initial=splitting.initial(ward, number, today),
        ),
        "take_back": WhyForm(data("take_back"), auto_id="back_%s"),
        "pay": _pay_form(ward, data("pay")),
    }  # fmt: skip


def _pay_form(ward: str, data: Any) -> PayShareForm:
    held = [(one, -books.balance(ward, one.key)) for one in reading.funds(ward)]
    return PayShareForm(
        data,
        shares=[
            (one.key, f"{one.name} · {format_rupiah(there)}") for one, there in held if there > 0
        ],
        purses=[
            (one.key, f"{one.code} {one.name}") for one in books.accounts(ward) if one.key in MONEY
        ],
        auto_id="pay_%s",
    )


def _shown(request: HttpRequest, ward: str, number: int) -> dict[str, Any]:
    done, shared = reading.year_of(ward, number), reading.split_of(ward, number)
    moved = reading.moved(ward, number)
    income = [
        {"name": f"{one.code} {one.name}", "amount": -amount}
        for one, amount in moved
        if one.type == "income"
    ]
    cost = [
        {"name": f"{one.code} {one.name}", "amount": amount}
        for one, amount in moved
        if one.type == "expense"
    ]
    earned, spent = (sum(row["amount"] for row in rows) for rows in (income, cost))
    prior = -books.balance(ward, rules.PRIOR_PROFIT, clock.today())
    kind = decided_in(ward, clock.today())
    names = meetings.kinds(ward, clock.today()).get(kind, {}).get("name", {})
    return {
        "year": number,
        "has_account": yearly.span_of(ward, number) is not None,
        "done": done,
        "closer": labels.closer(done) if done else "",
        "shared": shared,
        "shares": _shares(shared) if shared else [],
        "funds": [
            {
                "name": f"{one.code} {one.name}",
                "url": reverse("ledger:account", kwargs={"ward": ward, "code": one.code}),
                "held": -books.balance(ward, one.key),
            }
            for one in reading.funds(ward)
        ],
        "income": income,
        "cost": cost,
        "earned": earned,
        "spent": spent,
        "profit": earned - spent,
        "prior": prior,
        "shareable": rules.shareable(done.profit, prior) if done else 0,
        "against": _against(ward, number) if not done else [],
        "may": {name: access.may(request.user, verb, ward) for name, (verb, _act) in STEPS.items()},
        "kind": kind,
        "kind_name": names.get(labels.language(), kind),
        "may_call": access.may(request.user, "meetings.call_meeting", ward),
        "callers": _who("meetings.call_meeting"),
        "closers": ", ".join(access.book_keepers(ward)) or _who("upk.close_year"),
        "takers_back": _who("upk.take_back_split"),
        "over": date(number, 12, 31) < clock.today(),
    }  # fmt: skip


def _who(verb: str) -> str:
    """Whose task a step is, in words."""
    return _(" or ").join(str(_(ROLES[one][0])) for one in roles_with(verb))


def _against(ward: str, number: int) -> list[Reason]:
    return rules.year_problems(reading.year_facts(ward, number))


def _shares(shared: ProfitSplit) -> list[dict[str, Any]]:
    return [
        {"name": one["name"][labels.language()], "percent": f"{one['percent']} %", "amount": one["amount"]}
        for one in shared.shares
    ]  # fmt: skip


@require_safe
@page("ledger.read")
def year_pdf(request: HttpRequest, ward: str, year: int) -> HttpResponse:
    done = reading.year_of(ward, year)
    if done is None:
        raise Http404
    pdf = papers.year(
        done,
        reading.split_of(ward, year),
        reading.moved(ward, year),
        request.ward.name,  # type: ignore[attr-defined]
        request.build_absolute_uri(place(ward, year)),
    )
    return answer_pdf(pdf, f"tutup-tahun-{year}.pdf")
