"""The list, the search and the household's own page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import part_asked
from pendamping.access.gate import page
from pendamping.households import queries
from pendamping.households.queries import Filters, Home
from pendamping.households.words import word
from pendamping.kernel import clock
from pendamping.kernel.refusal import shown
from pendamping.kernel.share import Share


@page("households.read")
@require_safe
def show_list(request: HttpRequest, ward: str) -> HttpResponse:
    """The ward's households, searched and narrowed; a fragment where htmx asks."""
    asked = _asked(request)
    filters = Filters(asked["rw"], asked["rt"], asked["poor"])
    marks = {
        "after": request.GET.get("after", "")[:600],
        "before": request.GET.get("before", "")[:600],
    }
    hits = queries.hits(ward, asked["q"], filters)
    if asked["q"]:
        found = queries.search(ward, asked["q"], filters, **marks)
    else:
        found = queries.households(ward, filters, **marks)
    context = {
        "ward_code": ward,
        "asked": asked,
        "rows": [_row(ward, each) for each in found.rows],
        "next": _address(request, ward, asked, after=found.next),
        "previous": _address(request, ward, asked, before=found.previous),
        "narrowed": any(asked.values()),
        "hits": hits,
        "perhaps": perhaps(request, ward, asked, hits) if asked["q"] else [],
        "many": queries.MANY if asked["q"] and hits > queries.MANY else 0,
        **_may(request, ward),
    }
    if part_asked(request):
        return render(request, "households/results.html", context)
    return render(request, "households/list.html", {**context, **_around(ward)})


def perhaps(
    request: HttpRequest, ward: str, asked: dict[str, str], hits: int
) -> list[tuple[str, str]]:
    """Near names with the address that searches for them, where little was found."""
    if hits > queries.FEW_HITS:
        return []
    filters = Filters(*(asked.get(name, "") for name in ("rw", "rt", "poor")))
    return [
        (name, f"{request.path}?{urlencode({k: v for k, v in {**asked, 'q': name}.items() if v})}")
        for name in queries.perhaps_meant(ward, asked["q"], filters)
    ]


def _asked(request: HttpRequest) -> dict[str, str]:
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "rw", "rt", "poor")}
    asked["q"] = asked["q"].replace("\x00", "")
    asked["poor"] = asked["poor"] if asked["poor"] in {"yes", "no"} else ""
    return {**asked, "rw": asked["rw"][:3], "rt": asked["rt"][:3]}


def _row(ward: str, row: dict[str, Any]) -> dict[str, Any]:
    found = row.get("name", row["head_name"])
    relation = row.get("relation", "head")
    note = "" if relation == "head" else f"{word(relation)} · {row['head_name']}"
    return {
        **row,
        "found": found,
        "note": note,
        "place": f"{row['rw'] or '–'} / {row['rt'] or '–'}",
        "members": row.get("stated_size") or row["size"],
        "url": reverse("households:home", kwargs={"ward": ward, "household": row["id"]}),
    }


def _address(
    request: HttpRequest, ward: str, asked: dict[str, str], **mark: str | None
) -> str | None:
    if not any(mark.values()):
        return None
    query = {name: value for name, value in {**asked, **mark}.items() if value}
    return f"{reverse('households:list', kwargs={'ward': ward})}?{urlencode(query)}"


def _around(ward: str) -> dict[str, Any]:
    """What stands around the list: figures, the chart, the choices of the filters."""
    areas = queries.neighbourhoods(ward)
    bars = []
    for rw, households, poor in queries.by_rw(ward):
        share = Share(poor, households)
        bars.append(
            {"label": f"RW {rw or '–'}", "value": poor, "whole": households, "share": share}
        )
    return {
        "counts": queries.counts(ward),
        "poor_source": _poor_source(queries.poor_by_source(ward)),
        "bars": bars,
        "rws": sorted({rw for rw, _rt in areas if rw}),
        "rts": sorted({rt for _rw, rt in areas if rt}),
    }


def _poor_source(counted: dict[str, int]) -> str:
    """Where the marks behind the figure come from."""
    words = {
        "list": _("%(count)s by the ratified list"),
        "census": _("%(count)s by the mark of the census"),
    }
    return " · ".join(
        words[key] % {"count": shown(counted[key], _)} for key in words if key in counted
    )


def _may(request: HttpRequest, ward: str) -> dict[str, bool]:
    user = request.user
    return {
        "may_import": access.may(user, "households.stage_upload", ward),  # type: ignore[arg-type]
        "may_part": access.may(user, "persons.part_persons", ward),  # type: ignore[arg-type]
        "may_reveal": access.may(user, "households.reveal_nik", ward),  # type: ignore[arg-type]
    }


@page("households.read")
@require_safe
def show_home(request: HttpRequest, ward: str, household: str) -> HttpResponse:
    """One household: members, marks, what happened."""
    home = home_or_404(ward, household)
    today = clock.today()
    context = {
        "home": home,
        "members": [
            person_row(ward, each, today, each.id in home.by_hand and each.relation != "head")
            for each in home.members
        ],
        "gone": [person_row(ward, each, today) for each in home.gone],
        "joined": queries.joined_at(ward, home.id),
        "timeline": [_event(ward, each) for each in reversed(home.events)],
        "word": word,
        **_may(request, ward),
    }
    return render(request, "households/home.html", context)


def home_or_404(ward: str, household: str) -> Home:
    """The household of this ward."""
    home = queries.household(ward, household)
    if home is None:
        raise Http404
    return home


def person_row(ward: str, each: Any, today: Any, by_hand: bool = False) -> dict[str, Any]:
    """A member as the table shows one."""
    place = {"ward": ward, "person": each.id}
    return {
        "id": each.id,
        "name": each.name,
        "relation": word(each.relation),
        "sex": word(each.sex),
        "born": each.born.year if each.born and each.born_precision == "year" else each.born,
        "age": each.age(today),
        "occupation": each.occupation,
        "nik": f"•••• {each.nik_last4}" if each.nik_last4 else "",
        "status": word(each.status),
        "correct": reverse("households:correct", kwargs=place),
        "death": reverse("households:death", kwargs=place),
        "reveal": reverse("households:reveal", kwargs=place),
        "take_back": reverse("households:take_back", kwargs=place) if by_hand else "",
    }


def _event(ward: str, each: Any) -> dict[str, Any]:
    return {
        "day": each.on,
        "title": f"{word(each.kind)}{': ' + each.person if each.person else ''}",
        "text": each.note,
        "state": "done",
    }
