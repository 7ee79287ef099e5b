import hashlib
import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.fields import day_ahead, day_of, status
from pendamping.funds.ledger.rules.entries import closed_problems
from pendamping.funds.loans import (
    actions,
    joint,
    preview,
    privacy,
    queries,
    sheet_papers,
    sheets,
    undoing,
)
from pendamping.funds.loans.forms import ReverseForm
from pendamping.funds.loans.models import ACTIVE, Loan, Sheet
from pendamping.funds.loans.rules import sheet as rules
from pendamping.funds.loans.sheet_forms import SheetForm
from pendamping.funds.loans.views import may
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, Refusal


@require_safe
@page("loans.read")
def collect(request: HttpRequest, ward: str) -> HttpResponse:
    """Which groups pay today: their sheets to fill or to print, and the sheets of days before."""
    on = day_of(request.GET.get("on"))
    rows = []
    for loan in queries.loans(ward, ACTIVE):
        made = joint.sheet_of(loan.id, on)
        cards = joint.member_cards(loan, on)
        rows.append(
            {
                "loan": loan,
                "made": made,
                "due": queries.card_of(loan, on).due_now,
                "members": len(cards.members),
            }
        )
    rows.sort(key=lambda row: (row["made"] is not None, -row["due"], row["loan"].number))
    shown = {
        "on": on,
        "ahead": day_ahead(request.GET.get("on")),
        "today": clock.today(),
        "rows": rows,
        "sheets": joint.sheets(ward),
        "sees": any(privacy.sees(request, ward, row["loan"].group_id) for row in rows),
    }
    return render(
        request, "loans/collect.html", {**shown, "may": may(request, ward, "record_sheet")}
    )


def _asked(request: HttpRequest, ward: str) -> tuple[list[Loan], date]:
    """The loans and the day that an address asks for; 404 where one is none of this ward's."""
    on = day_of(request.GET.get("on"))
    known = {loan.id: loan for loan in queries.loans(ward) if loan.disbursed}
    wanted = list(dict.fromkeys(request.GET.getlist("loan")))
    if not wanted or any(key not in known for key in wanted):
        raise Http404
    return [known[key] for key in wanted], on


@page("loans.record_sheet")
def fill(request: HttpRequest, ward: str) -> HttpResponse:
    """The sheet of a meeting: filled in, counted, posted."""
    if not request.GET.getlist("loan"):
        messages.info(request, _("Mark the groups first."))
        return redirect("loans:collect", ward=ward)
    loans, on = _asked(request, ward)
    form = SheetForm(request.POST or None, facts=[sheets.facts(loan, on) for loan in loans])
    asks = (
        "HX-Request" in request.headers
    )  # a box was changed: the sum comes again, nothing is posted
    reasons: list[Reason] = _closed(loans, on)
    totals = None
    if request.method == "POST" and form.is_valid():
        asked = form.arguments()
        totals = _totals(asked)
        reasons = reasons or _problems(form, on)
        if not asks and not reasons and form.cleaned_data["seen"] == _mark(asked, on):
            try:
                made = actions.record_sheet(
                    by=request.user,
                    ward=ward,
                    on=on,
                    groups=asked,
                    request_id=form.cleaned_data["request_id"],
                )
            except Refusal as refusal:
                reasons = refusal.reasons
            else:
                messages.success(request, _("Posted: sheet %(no)s.") % {"no": made.code})
                return redirect("loans:sheet", ward=ward, sheet=made.id)
    shown = {"form": form, "on": on, "reasons": reasons, "loans": loans, "mark": ""}
    if totals and not reasons:
        shown |= _counted(form, totals, on, asks)
    if asks:
        return render(request, "loans/count.html", shown)
    tried = request.method == "POST"
    return render(request, "loans/fill.html", shown, status=status(reasons, form) if tried else 200)


def _counted(form: SheetForm, totals: rules.Totals, on: date, asks: bool) -> dict[str, Any]:
    """What is said before a sheet is posted: the sum of what is typed now, of each group, what is unusual."""
    asked = form.arguments()
    pairs = zip(form.facts, asked, strict=True)
    mark, ward = _mark(asked, on), form.facts[0].loan.ward
    return {
        "totals": totals,
        "mark": mark,
        "changed": not asks and form.cleaned_data["seen"] not in ("", mark),
        "unusual": _unusual(form, on),
        "on": on,
        "today": clock.today(),
        "days_ago": (clock.today() - on).days if books.asks_day(ward, on) else 0,
        "code": guidelines.code(ward, on),
        "sums": [
            {"group": one.loan.group_name, "cash": _totals([asked]).cash} for one, asked in pairs
        ],
    }


def _unusual(form: SheetForm, on: date) -> list[dict[str, Any]]:
    """Groups that bring far more than is due, or more than they owe: said before the sheet is posted."""
    found = []
    for one, asked in zip(form.facts, form.arguments(), strict=True):
        amount = _totals([asked]).instalments
        looked = preview.of(one.loan, amount, on)
        if looked and looked.asks_sum:
            found.append({"group": one.loan.group_name, "amount": amount, "due": looked.due})
    return found


def _closed(loans: list[Loan], on: date) -> list[Reason]:
    """Why no sheet of this day can be posted, whatever stands on it: said before it is filled in."""
    still = (
        [Reason("loans.date", "{on} is still to come.", {"on": on.isoformat()}, {"field": "on"})]
        if on > clock.today()
        else []
    )
    return still or closed_problems(on, books.closed_until(loans[0].ward))


def _lines(group: dict[str, Any], names: dict[str, str]) -> list[rules.Line]:
    return [
        rules.Line(
            one["person"],
            names.get(one["person"], ""),
            one["paid"],
            one["saved"],
            tuple(rules.Cover(each["by"], each["amount"]) for each in one["covers"]),
        )
        for one in group["lines"]
    ]


def _totals(groups: list[dict[str, Any]]) -> rules.Totals:
    return rules.totals(line for group in groups for line in _lines(group, {}))


def _problems(form: SheetForm, on: date) -> list[Reason]:
    """What the action would refuse, before the money is counted; the action asks again."""
    groups = [
        (one, _lines(asked, dict(one.group.names)))
        for one, asked in zip(form.facts, form.arguments(), strict=True)
    ]
    found = rules.nothing([lines for _one, lines in groups])
    for one, lines in groups:
        found += sheets.against(one.loan, on) + rules.problems(lines, one.group)
    made = joint.sheet_by_request(form.cleaned_data["request_id"])
    return [] if made else found


def _mark(groups: list[dict[str, Any]], on: date) -> str:
    """The mark that a form carries once its sums were shown: of every member's line, not of the sum alone,
    which stays the same where money moves from one member to another.
    """
    said = json.dumps([on.isoformat(), groups], sort_keys=True)
    return hashlib.blake2s(said.encode(), digest_size=12).hexdigest()


@require_safe
@page("loans.read")
def blank(request: HttpRequest, ward: str) -> HttpResponse:
    """The sheet to take to the meeting, with names and what is due."""
    if not request.GET.getlist("loan"):
        messages.info(request, _("Mark the groups first."))
        return redirect("loans:collect", ward=ward)
    loans, on = _asked(request, ward)
    privacy.ask(request, ward, [one.group_id for one in loans])
    found = [sheets.facts(loan, on) for loan in loans]
    where = f"{address(request, 'loans:collect')}?on={on.isoformat()}"
    paper = sheet_papers.blank(found, on, request.ward.name, where)
    return answer_pdf(paper, f"lembar-setoran-{on.isoformat()}.pdf")


def _sheet_or_404(ward: str, sheet_id: str) -> Sheet:
    found = joint.sheet(ward, sheet_id)
    if found is None:
        raise Http404
    return found


def _groups_of(found: Sheet) -> set[str]:
    """The groups that stand on a sheet."""
    return {line.loan.group_id for line in found.lines.all()}


@page("loans.read")
def sheet(request: HttpRequest, ward: str, sheet: str) -> HttpResponse:
    """A posted sheet: who paid, who covered, what was saved; taking it back."""
    found = _sheet_or_404(ward, sheet)
    today = clock.today()
    able = undoing.meetings_for(ward, found.on, today)
    form = ReverseForm(request.POST or None, meetings=able)
    tried = attempt(form, actions.reverse_sheet, by=request.user, ward=ward, sheet_id=found.id)
    if tried.done:
        messages.success(request, _("The sheet is taken back; every figure is restored."))
        return redirect("loans:sheet", ward=ward, sheet=found.id)
    payments = found.repayments.select_related("loan")
    saved = sum(one.saved for one in found.lines.all())
    shown = {
        "sheet": found,
        "groups": [privacy.cover_group(request, ward, one) for one in sheet_papers.groups(found)],
        "sees": all(privacy.sees(request, ward, one) for one in _groups_of(found)),
        "totals": sheet_papers.totals(found),
        "form": form,
        "reasons": tried.reasons,
        "may": may(request, ward, "reverse_sheet", "record_sheet"),
        **undoing.shown(
            request.user,
            ward,
            found.id,
            found.code,
            found.on,
            payments,
            today,
            saved,
            "take_back_sheet",
        ),
    }
    return render(request, "loans/sheet.html", shown, status=status(tried.reasons, form))


@require_safe
@page("loans.read")
def sheet_pdf(request: HttpRequest, ward: str, sheet: str) -> HttpResponse:
    found = _sheet_or_404(ward, sheet)
    privacy.ask(request, ward, _groups_of(found))
    where = address(request, "loans:sheet", sheet=found.id)
    paper = sheet_papers.posted(found, request.ward.name, where)
    return answer_pdf(paper, f"{found.code.replace('/', '-')}.pdf")
