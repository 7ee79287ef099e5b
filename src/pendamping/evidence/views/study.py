"""The codebook and the informants."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access.answers import Attempt, attempt
from pendamping.access.gate import page
from pendamping.evidence import actions, labels, queries
from pendamping.evidence.forms import AddCodeForm, InformantForm, WhyForm
from pendamping.evidence.views import shown


@require_safe
@page("evidence.read")
def codebook(request: HttpRequest, ward: str) -> HttpResponse:
    """The codes as a tree, with how many passages have each."""
    known = shown.names(ward)
    rows = [
        {
            "name": shown.code_name(row, known),
            "depth": row.depth,
            "note": row.code.note,
            "passages": row.passages if row.code.codable else None,
        }
        for row in queries.codebook(ward)
    ]
    told = {"rows": rows, "may": shown.may(request, ward), "study": queries.study(ward)}
    return render(request, "evidence/codebook.html", told)


@page("evidence.add_code")
def add_code(request: HttpRequest, ward: str) -> HttpResponse:
    """A code of one's own."""
    known = shown.names(ward)
    above = [
        (row.code.id, "– " * row.depth + shown.code_name(row, known)) for row in queries.codebook(ward)
    ]  # fmt: skip
    form = AddCodeForm(request.POST or None, above=above)
    tried = attempt(form, actions.add_code, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The code stands in the codebook."))
        return redirect("evidence:codebook", ward=ward)
    told = {"form": form, "reasons": tried.reasons}
    return render(request, "evidence/add_code.html", told, status=shown.status(tried.reasons, form))


@require_safe
@page("evidence.read_sources")
def informants(request: HttpRequest, ward: str) -> HttpResponse:
    """Who was chosen, by code; names lie apart."""
    return _informants(request, ward, "", Attempt(), None)


def _informants(
    request: HttpRequest, ward: str, asked: str, tried: Attempt, form: WhyForm | None
) -> HttpResponse:
    rows = [
        {
            "id": one.id,
            "code": one.code,
            "who": one.who,
            "criterion": one.criterion,
            "knows": ", ".join(str(labels.KNOWS[key]) for key in one.knows.split(";")),
            "named": hasattr(one, "name"),
            "name": tried.made if one.id == asked and tried.done else "",
            "form": form if one.id == asked and form else WhyForm(auto_id=f"{one.code}_%s"),
        }
        for one in queries.informants(ward)
    ]
    told: dict[str, Any] = {
        "rows": rows, "asked": asked, "reasons": tried.reasons, "may": shown.may(request, ward),
        "study": queries.study(ward),
    }  # fmt: skip
    return render(request, "evidence/informants.html", told, status=shown.status(tried.reasons, form))  # fmt: skip


@page("evidence.add_informant")
def add_informant(request: HttpRequest, ward: str) -> HttpResponse:
    """Somebody is chosen."""
    form = InformantForm(request.POST or None)
    tried = attempt(form, actions.add_informant, by=request.user, ward=ward)
    if tried.done:
        said = _("Entered as %(code)s. Everywhere else only this code stands.")
        messages.success(request, said % {"code": tried.made.code})
        return redirect("evidence:informants", ward=ward)
    told = {"form": form, "reasons": tried.reasons}
    return render(request, "evidence/add_informant.html", told, status=shown.status(tried.reasons, form))  # fmt: skip


@require_POST
@page("evidence.reveal_informant")
def reveal(request: HttpRequest, ward: str, informant: str) -> HttpResponse:
    """The name behind a code, on this answer alone."""
    codes = {one.id: one.code for one in queries.informants(ward)}
    if informant not in codes:
        raise Http404
    form = WhyForm(request.POST, auto_id=f"{codes[informant]}_%s")
    tried = attempt(
        form, actions.reveal_informant, by=request.user, ward=ward, informant_id=informant
    )
    answer = _informants(request, ward, informant, tried, form)
    answer["Cache-Control"] = "no-store"
    return answer
