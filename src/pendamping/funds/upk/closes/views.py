"""The pages of closed months: the list, one month, the count of the cash."""

from collections.abc import Callable
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
from pendamping.funds.ledger.fields import day_of, status
from pendamping.funds.upk import actions, queries
from pendamping.funds.upk.actions.closing import reopened_by
from pendamping.funds.upk.bank import reading as bank
from pendamping.funds.upk.closes import figures, labels, papers, reading
from pendamping.funds.upk.closes.forms import (
    MOST_PIECES,
    CloseForm,
    CountForm,
    DoForm,
    ReopenForm,
    WhyForm,
)
from pendamping.funds.upk.closes.models import MonthClose
from pendamping.funds.upk.opening import begun
from pendamping.funds.upk.rules import closing, counting
from pendamping.funds.upk.rules.reconcile import MISSING
from pendamping.kernel import clock
from pendamping.kernel.period import month_named
from pendamping.meetings import queries as meetings


def month_of(text: str) -> date:
    """The last day of a month ``2004-08`` of an address; 404 where it is none."""
    found = month_named(text)
    if found is None:
        raise Http404
    return found[1]


def place(ward: str, last: date) -> str:
    """The address of a month's page."""
    return reverse("upk:close", kwargs={"ward": ward, "month": f"{last:%Y-%m}"})


@require_safe
@page("ledger.read")
def closes(request: HttpRequest, ward: str) -> HttpResponse:
    upcoming = reading.next_month(ward)
    done = {one.year: one for one in reading.years(ward)}
    shown: dict[str, Any] = {
        "next": upcoming,
        "next_url": place(ward, upcoming) if upcoming else "",
        "next_ended": bool(upcoming and upcoming < clock.today()),
        "due": reading.close_due(ward, upcoming) if upcoming else None,
        "rows": [_row(one) for one in reading.closes(ward)],
        "years": _years(ward, done),
        "opened": books.opened_on(ward),
        "begun": begun.opening(ward) or not books.has_entries(ward),
        "may_count": access.may(request.user, "upk.count_cash", ward),
        "count_day": upcoming if upcoming and upcoming < clock.today() else clock.today(),
    }
    return render(request, "upk/closes.html", shown)


def _row(one: MonthClose) -> dict[str, Any]:
    text, tone = labels.state(one)
    kept = labels.month_figures(one.figures)
    return {
        "month": one.month,
        "url": place(one.ward, one.month),
        "state": text,
        "tone": tone,
        "profit": kept["profit"][0],
        "outstanding": kept["outstanding"],
        "closed_by": labels.closer(one),
    }


def _years(ward: str, done: dict[int, Any]) -> list[dict[str, Any]]:
    first = begun.first_day(ward)
    if first is None:
        return []
    last = clock.today().year
    return [
        {
            "year": number,
            "url": reverse("upk:year", kwargs={"ward": ward, "year": number}),
            "account": reverse("upk:account", kwargs={"ward": ward, "year": number}),
            "closed": done.get(number),
            "profit": done[number].profit if number in done else None,
            "shared": reading.split_of(ward, number),
        }
        for number in range(last, first.year - 1, -1)
    ]


STEPS: dict[str, tuple[str, Callable[..., Any]]] = {
    "close": ("upk.close_month", actions.close_month),
    "approve": ("upk.approve_close", actions.approve_close),
    "return": ("upk.return_close", actions.return_close),
    "reopen": ("upk.reopen_month", actions.reopen_month),
}


@page("ledger.read")
def close(request: HttpRequest, ward: str, month: str) -> HttpResponse:
    last = month_of(month)
    found = reading.close_of(ward, last)
    step = request.POST.get("step", "")
    forms = _forms(request, ward, last, found, step)
    tried = _try(request, ward, last, found, step, forms)
    if tried.done:
        messages.success(request, _done(step))
        return redirect(place(ward, last))
    form = forms.get(step)
    shown = {
        **_shown(request, ward, last, found),
        "forms": forms,
        "form": form,
        "reasons": tried.reasons,
        "step": step,
    }
    able, subject = forms["reopen"].fields["meeting_id"].choices, shown["decide"]["subject"]
    shown["places"] = meetings.undecided(ward, subject, able, again=True)
    shown["one_officer"] = not access.book_keepers(ward)
    return render(request, "upk/close.html", shown, status=status(tried.reasons, form))


def _try(
    request: HttpRequest,
    ward: str,
    last: date,
    found: MonthClose | None,
    step: str,
    forms: dict[str, Any],
) -> Attempt:
    if step not in STEPS or (step == "close") == (found is not None):
        return Attempt()
    given: dict[str, Any] = {"month": last} if found is None else {"close_id": found.id}
    return attempt(forms[step], STEPS[step][1], by=request.user, ward=ward, **given)


def _done(step: str) -> str:
    return {
        "close": _("The month is closed. The board looks at it and approves it."),
        "approve": _("The close is approved."),
        "return": _("The month is open again."),
        "reopen": _("The month is open again."),
    }[step]


def _forms(
    request: HttpRequest, ward: str, last: date, found: MonthClose | None, step: str
) -> dict[str, Any]:
    def data(name: str) -> Any:
        return request.POST if step == name else None

    kinds = [reopened_by(ward, clock.today())]
    since = found.closed_on if found else None
    able = meetings.able_to_decide(ward, "books_reopened", clock.today(), kinds=kinds, since=since)
    asks = found is None and reading.takes_reason(ward, last)
    missing = reading.without_statement(ward, last) if asks else ()
    return {
        "close": CloseForm(data("close"), missing=missing, auto_id="close_%s"),
        "approve": DoForm(data("approve")),
        "return": WhyForm(data("return"), prefix=None, auto_id="return_%s"),
        "reopen": ReopenForm(data("reopen"), meetings=able, auto_id="reopen_%s"),
    }


def _shown(request: HttpRequest, ward: str, last: date, found: MonthClose | None) -> dict[str, Any]:
    looked = None if found else reading.facts(ward, last)
    judged = min(last, clock.today())
    may = {name: access.may(request.user, verb, ward) for name, (verb, _act) in STEPS.items()}
    may["reserve"] = access.may(request.user, "loans.set_reserve_aside", ward)
    shown: dict[str, Any] = {
        "month": last,
        "close": found,
        "closer": labels.closer(found) if found else "",
        "state": labels.state(found) if found else None,
        "may": may,
        "is_last": found is not None and books.closed_until(ward) == last,
        "decide": _decide(ward, found),
        "history": [
            (one, labels.state(one))
            for one in reading.closes(ward)
            if one.month == last and one.undone_on
        ],
        "judged": judged,
        "estimate": found is None and judged < last,
    }
    if looked is None and found is not None:
        checks, kept = labels.kept_checks(found), found.figures
        shown["since"] = [
            (reason, reverse("upk:bank_month", kwargs={"ward": ward, "account": key, "month": f"{last:%Y-%m}"}))
            for key, reason in reading.bank_now(ward, found)
        ]  # fmt: skip
    else:
        assert looked is not None
        made = closing.checklist(looked, reading.needs(ward, last))
        checks = [labels.check(one, ward, last) for one in made]
        if not access.may(request.user, "upk.count_cash", ward):
            checks = [one | _left_to("upk.count_cash", one) for one in checks]
        kept = figures.of_month(ward, last, queries.card(ward, judged))
        order = closing.order_problems(looked)
        shown["order"] = order
        takes = reading.takes_reason(ward, last)
        stops = [one for line in made for one in line.stops]
        shown["ready"] = not order and all(takes and one.clause == MISSING for one in stops)
    return {**shown, "checks": checks, "figures": labels.month_figures(kept)}


def _left_to(verb: str, check: dict[str, Any]) -> dict[str, Any]:
    """A line of the checklist on the cash for who does not count it: whom to ask instead of a link."""
    if check["key"] != "cash" or not check["link"]:
        return {}
    return {"link": None, "who": _who(verb)}


def _who(verb: str) -> str:
    """Whose task a step is, in words."""
    return _(" or ").join(str(_(ROLES[one][0])) for one in roles_with(verb))


def _decide(ward: str, found: MonthClose | None) -> dict[str, Any]:
    kind = reopened_by(ward, clock.today())
    names = meetings.kinds(ward, clock.today()).get(kind, {}).get("name", {})
    return {
        "kind": kind,
        "kind_name": names.get(labels.language(), kind),
        "subject": f"upk.reopen_month:{found.id}" if found else "",
    }


@require_safe
@page("ledger.read")
def close_pdf(request: HttpRequest, ward: str, month: str) -> HttpResponse:
    last = month_of(month)
    found = reading.close_of(ward, last)
    if found is None:
        raise Http404
    pdf = papers.close(
        found,
        reading.count_of(ward, last),
        request.ward.name,  # type: ignore[attr-defined]
        request.build_absolute_uri(place(ward, last)),
    )
    return answer_pdf(pdf, f"tutup-buku-{last:%Y-%m}.pdf")


@page("ledger.read")
def count(request: HttpRequest, ward: str) -> HttpResponse:
    on = day_of(request.POST.get("on") or request.GET.get("on"))
    values, adding = reading.denominations(ward, on), request.POST.get("step") == "add"
    typed = request.POST.dict() if adding else {}
    form = CountForm(
        None if adding else request.POST or None, values=values, initial={**typed, "on": on}
    )
    tried = attempt(form, actions.count_cash, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The count is kept. Print it and have it signed."))
        return redirect(f"{reverse('upk:count', kwargs={'ward': ward})}?on={on.isoformat()}")
    numbers = {value: _number(request.POST.get(f"d{value}")) for value in values}
    shown = {
        "form": form,
        "on": on,
        "in_books": books.balance(ward, "cash", on),
        "reveal": request.method
        == "POST",  # first the box is counted, then it is held to the books
        "pieces": [(form[f"d{value}"], value, numbers[value]) for value in values],
        "counted": counting.counted(numbers),
        "kept": reading.count_of(ward, on),
        "counts": reading.counts(ward)[:12],
        "replaced": reading.replaced(ward),
        "may_count": access.may(request.user, "upk.count_cash", ward),
        "counters": _who("upk.count_cash"),
        "voucher": _voucher(request, ward, on),
        "opened": books.opened_on(ward),
        "today": clock.today(),
        "not_now": counting.count_day_problems(
            on, opened=books.opened_on(ward), today=clock.today()
        ),
        "reasons": tried.reasons,
    }
    return render(request, "upk/count.html", shown, status=status(tried.reasons, form))


def _voucher(request: HttpRequest, ward: str, on: date) -> dict[str, Any] | None:
    """The voucher that books what the box held more or less than the books say, for who writes it; on the first
    day that is still open."""
    kept = reading.count_of(ward, on)
    off = kept.counted - books.balance(ward, "cash", on) if kept else 0
    if not off or not access.may(request.user, "ledger.record_voucher", ward):
        return None
    kind = "kind=in&from=other_income&to=cash" if off > 0 else "kind=out&from=cash&to=other_cost"
    day = bank.posted_on(ward, on)
    address = reverse("ledger:voucher", kwargs={"ward": ward})
    return {"off": abs(off), "more": off > 0, "day": day,
            "url": f"{address}?{kind}&amount={abs(off)}&on={day.isoformat()}"}  # fmt: skip


def _number(text: str | None) -> int:
    """How many pieces were typed, as far as it is a number; what is none is said by the form."""
    known = (text or "").strip()
    return min(int(known), MOST_PIECES) if known.isdecimal() else 0


@require_safe
@page("ledger.read")
def count_pdf(request: HttpRequest, ward: str, count: str) -> HttpResponse:
    found = reading.count(ward, count)
    if found is None:
        raise Http404
    back = f"{reverse('upk:count', kwargs={'ward': ward})}?on={found.on.isoformat()}"
    pdf = papers.count(found, request.ward.name, request.build_absolute_uri(back))  # type: ignore[attr-defined]
    return answer_pdf(pdf, f"berita-acara-kas-{found.on.isoformat()}.pdf")
