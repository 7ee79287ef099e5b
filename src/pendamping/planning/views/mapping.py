"""The map of the ward: needs, potentials and projects by RT; a picture, its twin as a list, on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page
from pendamping.planning import actions, labels, map_paper, mapping, queries
from pendamping.planning.forms_map import GridForm, PotentialForm
from pendamping.planning.rules import schematic
from pendamping.planning.views.shown import status, tabs

WIDE, TALL = 92, 74  # of a block, in units of the picture
SIZES = ("a3", "a4")


@require_safe
@page("planning.read")
def show(request: HttpRequest, ward: str) -> HttpResponse:
    """Where what is asked for and what is being done lies."""
    found, whole = mapping.blocks(ward)
    shown = {
        "tabs": tabs(ward, "map"),
        "blocks": [_block(one) for one in found],
        "wide": WIDE * (1 + max((one.column for one in found), default=0)) + 4,
        "tall": TALL * (1 + max((one.row for one in found), default=0)) + 4,
        "rows": [{"name": labels.place(one.place), **labels.marks_of(one.marks)} for one in found]
        + [{"name": labels.place(""), **labels.marks_of(whole)}],
        "potentials": [
            {"title": one.title, "place": labels.place(f"{one.rw}/{one.rt}" if one.rt else ""), "on": one.found_on}
            for one in mapping.potentials(ward)
        ],
        "kinds": labels.MARKS,
        "may_draw": access.may(request.user, "planning.draw_map", ward),
        "may_note": access.may(request.user, "planning.record_potential", ward),
    }  # fmt: skip
    return render(request, "planning/map.html", shown)


def _block(one: mapping.Block) -> dict[str, Any]:
    """A block in units of the picture; a row of signs with their numbers, none where there is nothing."""
    signs = [(key, count) for key, count in labels.marks_of(one.marks).items() if count]
    return {
        "name": one.place,
        "x": 4 + one.column * WIDE,
        "y": 4 + one.row * TALL,
        "full": bool(signs),
        "signs": [
            {"key": key, "count": count, "x": 8 + (place % 2) * 40, "y": 26 + (place // 2) * 22}
            for place, (key, count) in enumerate(signs)
        ],
    }


@page("planning.draw_map")
def draw(request: HttpRequest, ward: str) -> HttpResponse:
    """Where each RT stands: lines of RTs, as the ward lies."""
    form = GridForm(request.POST or None, initial={"grid": schematic.written(mapping.spots(ward))})
    tried = attempt(form, actions.draw_map, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The map is drawn anew."))
        return redirect("planning:map", ward=ward)
    shown = {"form": form, "reasons": tried.reasons}
    return render(request, "planning/map_draw.html", shown, status=status(tried.reasons, form))


@page("planning.record_potential")
def potential(request: HttpRequest, ward: str) -> HttpResponse:
    """Note what an RT has to build on."""
    form = PotentialForm(request.POST or None, places=queries.places(ward))
    tried = attempt(form, actions.record_potential, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("Noted: %(title)s.") % {"title": tried.made.title})
        return redirect("planning:map", ward=ward)
    shown = {"form": form, "reasons": tried.reasons}
    return render(request, "planning/potential.html", shown, status=status(tried.reasons, form))


@require_safe
@page("planning.read")
def map_pdf(request: HttpRequest, ward: str) -> HttpResponse:
    """The map on A3 for the wall (``?size=a4``: on A4)."""
    size = request.GET.get("size", "a3")
    if size not in SIZES:
        raise Http404
    name = str(request.ward.name)  # type: ignore[attr-defined]
    pdf = map_paper.map_of(ward, name, address(request, "planning:map"), size)
    return answer_pdf(pdf, f"peta-usulan-{size}.pdf")
