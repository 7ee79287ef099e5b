from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pendamping.access import queries as access
from pendamping.access.answers import attempt, carry_out
from pendamping.access.gate import page
from pendamping.funds.ledger import queries as books
from pendamping.funds.ledger.fields import status
from pendamping.funds.upk import actions
from pendamping.funds.upk.inventory import reading
from pendamping.funds.upk.inventory.forms import BuyForm, GoForm
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason


@page("ledger.read")
def inventory(request: HttpRequest, ward: str) -> HttpResponse:
    may = access.may(request.user, "upk.buy_item", ward)
    form = BuyForm(request.POST if may and request.POST else None)
    tried = attempt(form, actions.buy_item, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("It is in the inventory."))
        return redirect("upk:inventory", ward=ward)
    return _page(request, ward, form, tried.reasons)


def _page(request: HttpRequest, ward: str, form: BuyForm, reasons: list[Reason]) -> HttpResponse:
    today = clock.today()
    month = today.replace(day=1) - timedelta(days=1)
    found = reading.held(ward, today)
    rows = [
        {
            "name": one.item.name,
            "url": reverse("upk:item", kwargs={"ward": ward, "item": one.item.id}),
            "bought_on": one.item.bought_on,
            "cost": one.item.cost,
            "taken_off": one.taken_off,
            "worth": one.worth,
        }
        for one in found
    ]
    shown = {
        "rows": rows,
        "sums": [sum(row[key] for row in rows) for key in ("cost", "taken_off", "worth")],
        "month": month,
        "due": sum(amount for _item, amount in reading.due(ward, month)),
        "opened": bool(books.accounts(ward)),
        "may": access.may(request.user, "upk.buy_item", ward),
        "form": form,
        "reasons": reasons,
    }
    return render(request, "upk/inventory.html", shown, status=status(reasons, form))


@require_POST
@page("upk.depreciate_month")
def depreciate(request: HttpRequest, ward: str) -> HttpResponse:
    month = clock.today().replace(day=1) - timedelta(days=1)
    tried = carry_out(actions.depreciate_month, by=request.user, ward=ward, month=month)
    if not tried.done:
        return _page(request, ward, BuyForm(), tried.reasons)
    messages.success(request, _("The depreciation is in the books."))
    return redirect("upk:inventory", ward=ward)


@page("ledger.read")
def item(request: HttpRequest, ward: str, item: str) -> HttpResponse:
    found = reading.item(ward, item)
    if found is None:
        raise Http404
    may = access.may(request.user, "upk.let_item_go", ward) and found.gone_on is None
    form = GoForm(request.POST if may and request.POST else None)
    tried = attempt(form, actions.let_item_go, by=request.user, ward=ward, item_id=found.id)
    if tried.done:
        messages.success(request, _("It has left the inventory."))
        return redirect("upk:item", ward=ward, item=found.id)
    months = list(found.months.order_by("month"))
    shown = {
        "item": found,
        "months": [{"month": one.month, "amount": one.amount} for one in months],
        "taken_off": sum(one.amount for one in months),
        "entries": books.standing(ward, [f"item:{found.id}"]),
        "may": may,
        "form": form,
        "reasons": tried.reasons,
    }
    return render(request, "upk/item.html", shown, status=status(tried.reasons, form))
