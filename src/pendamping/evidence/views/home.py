"""The study at a glance, and one factor with everything that is said of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import carry_out
from pendamping.access.gate import page
from pendamping.evidence import actions, labels, queries
from pendamping.evidence.rules import SENSES, Triangle, triangulate
from pendamping.evidence.views import shown
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason


@require_safe
@page("evidence.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """Factor by factor: what interviews, observations and documents say, and whether they agree."""
    return _home(request, ward, [])


def _home(request: HttpRequest, ward: str, reasons: list[Reason]) -> HttpResponse:
    study = queries.study(ward)
    found = queries.triangles(queries.quoted(ward)) if study else {}
    factors = labels.factors(ward, clock.today())
    groups = [
        {
            "title": _(labels.GROUPS[kind]),
            "rows": [
                _row(ward, key, one, found.get(key)) for key, one in factors.items() if one["kind"] == kind
            ],
        }
        for kind in ("inhibiting", "supporting")
    ]  # fmt: skip
    sources = queries.sources(ward)
    told = {
        "study": study,
        "groups": groups,
        "counts": [
            (labels.KINDS[kind], sum(one.kind == kind for one in sources)) for kind in labels.KINDS
        ],
        "may": shown.may(request, ward),
        "reasons": reasons,
    }
    return render(request, "evidence/home.html", told, status=shown.status(reasons))


def _row(ward: str, key: str, one: dict[str, Any], triangle: Triangle | None) -> dict[str, Any]:
    verdict, tone = labels.verdict(triangle.verdict, triangle.lean) if triangle else labels.verdict("none", "none")  # fmt: skip
    return {
        "name": one["name"][labels.lang()],
        "verdict": verdict,
        "tone": tone,
        "url": reverse("evidence:factor", kwargs={"ward": ward, "factor": key}),
        **shown.cells(triangle),
    }


@require_POST
@page("evidence.start_study")
def start(request: HttpRequest, ward: str) -> HttpResponse:
    """Begin the ward's study."""
    tried = carry_out(actions.start_study, by=request.user, ward=ward)
    if not tried.done:
        return _home(request, ward, tried.reasons)
    messages.success(request, _("The study is begun, with the codes of the guideline's factors."))
    return redirect("evidence:home", ward=ward)


@require_safe
@page("evidence.read")
def factor(request: HttpRequest, ward: str, factor: str) -> HttpResponse:
    """One factor: the three kinds of source side by side, and every passage that may be quoted."""
    factors = labels.factors(ward, clock.today())
    if factor not in factors:
        raise Http404
    said = queries.quoted_of(ward, factor)
    triangle = triangulate_all(said)
    reads = access.may(request.user, "evidence.read_sources", ward)
    verdict, tone = labels.verdict(triangle.verdict, triangle.lean)
    told = {
        "factor": factor,
        "name": factors[factor]["name"][labels.lang()],
        "verdict": verdict,
        "tone": tone,
        "rows": [
            {"kind": labels.KINDS[one.kind], "speaks_for": one.speaks_for, "against": one.against,
             "who": ", ".join(one.who) or "–"}
            for one in triangle.cells
        ],
        "quoted": [
            {
                "sense": sense,
                "title": labels.sense(sense)[0],
                "quotes": [shown.quote(ward, one, reads) for one in said if one.sense == sense and one.text],
                "silent": sum(one.sense == sense and not one.text for one in said),
            }
            for sense in SENSES
        ],
        "warns": access.may(request.user, "insight.read", ward),
    }  # fmt: skip
    return render(request, "evidence/factor.html", told)


def triangulate_all(said: list[queries.Quoted]) -> Triangle:
    """The three kinds beside each other, from passages of one factor."""
    return queries.triangles(said).get(said[0].factor, triangulate([])) if said else triangulate([])
