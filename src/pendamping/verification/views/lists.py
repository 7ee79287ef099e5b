"""The queue of an office, the dossiers of a ward, the figures."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.gate import page
from pendamping.kernel import clock
from pendamping.territory import queries as territory
from pendamping.territory.rules import contains
from pendamping.verification import figures as counted
from pendamping.verification import guideline, labels, offices, queries
from pendamping.verification.guideline import Rule
from pendamping.verification.models import Dossier
from pendamping.verification.rules.chain import seat_of
from pendamping.verification.views.shown import may, row

CLOSED = ("passed", "refused", "withdrawn")
SHOWN = 100


@require_safe
@page("verification.read_queue")
def queue(request: HttpRequest) -> HttpResponse:
    """What waits in the reader's offices, of every ward; each ward by its own calendar."""
    held = offices.seats(request.user)  # type: ignore[arg-type]
    wanted = request.GET.get("tier", "")
    seats = [seat for seat in held if wanted in ("", seat[0])]
    after = request.GET.get("after", "")
    found = queries.queue(seats, after)
    known = {ward.code: ward for ward in territory.wards([area for _tier, area in held])}
    rule = guideline.rule(held[0][1], clock.today()) if held else None
    rows = [_queued(each, rule, known.get(each.ward)) for each in found.rows] if rule else []
    more = {"after": found.after, **({"tier": wanted} if wanted else {})}
    shown = {
        "rows": rows,
        "held": held,
        "sums": queries.sums(seats),
        "tier": wanted,
        "tiers": _tier_choices(held, rule),
        "first": not after,
        "begin": f"{request.path}?{urlencode({'tier': wanted})}" if wanted else request.path,
        "next": f"{request.path}?{urlencode(more)}" if found.after else None,
    }
    return render(request, "verification/queue.html", shown)


def _queued(found: Dossier, rule: Rule, ward: Any) -> dict[str, Any]:
    """A row of the queue; the names of tiers are those of the reader's own office."""
    day = (ward.practice_today if ward else None) or clock.today()
    return {**row(found, rule, day), "ward": ward.name if ward else found.ward}


def _rules() -> Callable[[str, date], Rule]:
    """The guideline of each ward, read once for a page."""
    known: dict[tuple[str, date], Rule] = {}

    def rule(ward: str, on: date) -> Rule:
        if (ward, on) not in known:
            known[ward, on] = guideline.rule(ward, on)
        return known[ward, on]

    return rule


def _tier_choices(held: list[tuple[str, str]], rule: Rule | None) -> list[tuple[str, str]]:
    keys = sorted({tier for tier, _area in held})
    return [("", _("all")), *((key, labels.tier(rule, key)) for key in keys)] if rule else []


@require_safe
@page("verification.read")
def dossiers(request: HttpRequest, ward: str) -> HttpResponse:
    """The ward's dossiers: under way, the one that has waited longest first; or closed."""
    closed = request.GET.get("show") == "closed"
    found = queries.of_ward(ward, CLOSED if closed else ("open", "returned"))
    found = found.order_by("-closed_on", "-id") if closed else found
    rules = _rules()
    rows = [row(each, rules(ward, each.opened_on)) for each in found[:SHOWN]]
    here = reverse("verification:list", kwargs={"ward": ward})
    shown = {
        "rows": rows,
        "closed": closed,
        "late": sum(each["late"] for each in rows),
        "returned": sum(each["state"] == "returned" for each in rows),
        "tabs": [
            {"label": _("Under way"), "url": here, "current": not closed},
            {"label": _("Closed"), "url": f"{here}?show=closed", "current": closed},
        ],
        "may": may(request, ward),
    }
    return render(request, "verification/list.html", shown)


@require_safe
@page("verification.read")
def figures(request: HttpRequest, ward: str) -> HttpResponse:
    """How long the tiers take: median, 90th percentile, share within the limit."""
    by = request.GET.get("by", "tier")
    by = by if by in counted.GROUPS else "tier"
    area = _area(request, ward)
    rule = guideline.rule(ward, clock.today())
    found = counted.figures(area, by)
    if by == "tier":
        order = [key for key in rule.tiers]
        found.sort(key=lambda one: order.index(one.key) if one.key in order else len(order))
    elif by == "month":
        found.reverse()
    names = _names(by, [one.key for one in found], rule)
    shown = {
        "rows": [_figure_row(one, names[one.key], rule, by) for one in found],
        "by": by,
        "groups": labels.groups(),
        "oldest": [row(each, rule) for each in counted.oldest(area, rule.tiers)],
        "area": area,
        "areas": _areas(request, ward),
    }
    return render(request, "verification/figures.html", shown)


def _figure_row(one: counted.Figures, name: str, rule: Rule, by: str) -> dict[str, Any]:
    tier = rule.tiers.get(one.key) if by == "tier" else None
    return {
        "name": name,
        "count": one.days.count,
        "median": one.days.median,
        "ninetieth": one.days.ninetieth,
        "within": one.days.within,
        "limit": tier.days if tier else None,
        "returned": one.returned,
        "refused": one.refused,
    }


def _names(by: str, keys: list[str], rule: Rule) -> dict[str, str]:
    if by == "tier":
        return {key: labels.tier(rule, key) for key in keys}
    if by == "verifier":
        known = access.names(keys)
        return {key: known.get(key, key or _("on paper")) for key in keys}
    if by == "ward":
        found = {key: territory.area(key) for key in keys}
        return {key: area.name if area else key for key, area in found.items()}
    return {key: key for key in keys}


def _areas(request: HttpRequest, ward: str) -> list[tuple[str, str]]:
    """The ward, and its city where the reader may read the whole of it."""
    city = seat_of(ward, "city")
    reach = access.scopes(request.user, "verification.read")  # type: ignore[arg-type]
    wider = [city] if any(contains(area, city) for area in reach) else []
    found = [(code, territory.area(code)) for code in (ward, *wider)]
    return [(code, area.name if area else code) for code, area in found]


def _area(request: HttpRequest, ward: str) -> str:
    wanted = request.GET.get("area", "")
    allowed = [code for code, _name in _areas(request, ward)]
    return wanted if wanted in allowed else allowed[-1]
