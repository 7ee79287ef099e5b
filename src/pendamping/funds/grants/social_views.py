"""Social grants: what was given to whom, and giving one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.funds.grants import actions, decisions, forms, queries
from pendamping.funds.grants.views import may
from pendamping.funds.ledger.fields import status
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock

MOST = 20  # residents to choose from


@require_safe
@page("grants.read")
def social(request: HttpRequest, ward: str) -> HttpResponse:
    names = access.may(request.user, "households.read", ward)  # type: ignore[arg-type]
    found = queries.social_grants(ward)
    rows = [
        {
            "on": one.movement.on,
            "name": _name(one, names),
            "what": forms.WHAT_FOR[one.what_for],
            "amount": one.movement.amount,
            "gone": one.movement.reversed_on is not None,
            "url": reverse("grants:movement", kwargs={"ward": ward, "movement": one.movement_id}),
        }
        for one in found
    ]
    standing = [row for row in rows if not row["gone"]]
    shown = {
        "rows": rows,
        "count": len(standing),
        "sum": sum(row["amount"] for row in standing),
        "may": may(request, ward),
    }
    return render(request, "grants/social.html", shown)


def _name(one: Any, names: bool) -> str:
    if one.group:
        return str(one.group.name)
    return str(one.person.name) if names else _("a resident on the poor list")


@page("grants.give_social_grant")
def give(request: HttpRequest, ward: str) -> HttpResponse:
    today = clock.today()
    asked = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()
    receivers = _receivers(ward, asked) if asked else []
    form = forms.SocialForm(
        request.POST or None,
        receivers=receivers,
        meetings=decisions.able(ward, "social", today),
    )
    tried = attempt(form, actions.give_social_grant, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The grant is in the books."))
        return redirect("grants:movement", ward=ward, movement=tried.made.id)
    decide = None
    if tried.reasons:
        text = _("Social grant: %(what)s") % {"what": forms.WHAT_FOR[form.cleaned_data["what_for"]]}
        decide = decisions.places(ward, "social", today, form.subject(), text)
    shown = {
        "form": form,
        "asked": asked,
        "receivers": receivers,
        "reasons": tried.reasons,
        "decide": decide,
        "any": bool(form.fields["meeting_id"].choices),
        "kind": decisions.places(ward, "social", today, "", ""),
    }
    return render(request, "grants/give.html", shown, status=status(tried.reasons, form))


def _receivers(ward: str, asked: str) -> list[tuple[str, str]]:
    """Residents of poor households and groups whose name fits what was typed."""
    poor = households.Filters(poor="yes")
    people = households.search(ward, asked, poor, size=MOST).rows
    found = [
        (f"person:{one['person_id']}", f"{one['name']} · RW {one['rw']} RT {one['rt']}")
        for one in people
    ]
    words = asked.casefold()
    groups = [
        (f"group:{one.id}", one.name)
        for one in institutions.groups(ward)
        if words in one.name.casefold()
    ]
    return [*groups[:MOST], *found]
