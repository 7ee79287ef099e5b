"""Concentration per cycle with the records behind it; relations that were declared."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.funds.grants import queries as grants
from pendamping.funds.loans import queries as loans
from pendamping.households import queries as households
from pendamping.institutions import queries as institutions
from pendamping.kernel import clock
from pendamping.relations import actions, labels, queries
from pendamping.relations.forms import DeclareForm, WithdrawForm
from pendamping.relations.rules import MEASURES, Behind, Measure

FOUND = 20
SHOWN = 40  # records behind a figure; the rest is counted


@require_safe
@page("relations.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """Every cycle side by side, and one of them with its formulas and records."""
    today = clock.today()
    cycles, limits = queries.cycles(ward, today), queries.limits(ward, today)
    asked = request.GET.get("cycle", "")
    chosen = next((one for one in cycles if str(one.year) == asked), cycles[0] if cycles else None)
    sees = all(access.may(request.user, name, ward) for name in ("households.read", "loans.read_members"))  # fmt: skip
    names = _names(ward, chosen.measures if chosen and sees else ())
    records = _records(ward) if chosen else {}
    shown = {
        "measures": [
            {"key": key, "name": labels.measure(key)[0], "limit": limits[key]} for key in MEASURES
        ],
        "rows": [_row(one, limits, ward) for one in cycles],
        "chosen": chosen,
        "figures": [
            _figure(one, limits[one.key], ward, names, records) for one in chosen.measures
        ] if chosen else [],
        "sees": sees,
        "kin": _declared(ward) if sees else [],
        "can": {
            name: access.may(request.user, f"relations.{name}", ward)
            for name in ("declare", "withdraw")
        },
    }  # fmt: skip
    return render(request, "relations/home.html", shown)


def _row(one: queries.Cycle, limits: dict[str, int], ward: str) -> dict[str, Any]:
    cells = {each.key: each.share for each in one.measures}
    hot = {
        f"{each.key}_hot": each.share.part > 0 and each.share.at_least(limits[each.key])
        for each in one.measures
    }
    address = reverse("relations:home", kwargs={"ward": ward}) + f"?cycle={one.year}#cycle"
    return {"year": str(one.year), "url": address, **cells, **hot}


def _figure(
    one: Measure, limit: int, ward: str, names: dict[str, str], records: dict[str, str]
) -> dict[str, Any]:
    name, counted, of, unit = labels.measure(one.key)
    return {
        "name": name,
        "counted": counted,
        "of": of,
        "unit": unit,
        "share": one.share,
        "limit": limit,
        "hot": one.share.part > 0 and one.share.at_least(limit),
        "place": _place(one.note),
        "rows": [_behind(each, ward, names, records) for each in one.behind[:SHOWN]],
        "more": max(0, len(one.behind) - SHOWN),
        "links": one.key != "place",
    }


def _place(place: str) -> str:
    rw, _slash, rt = place.partition("/")
    return f"RT {rt} RW {rw}" if rt else ""


def _behind(
    one: Behind, ward: str, names: dict[str, str], records: dict[str, str]
) -> dict[str, Any]:
    found = labels.record(ward, one.record, records)
    return {
        "record": found["text"],
        "url": found["url"],
        "who": names.get(one.person, "–") if one.person else "",
        "other": names.get(one.other, "–") if one.other and one.other != one.person else "",
        "how": labels.kind(one.how) if one.how else "",
        "amount": one.amount or None,
    }


def _names(ward: str, measures: tuple[Measure, ...]) -> dict[str, str]:
    """Names of everybody in the records, only for who may see them."""
    ids = {
        key for one in measures for each in one.behind for key in (each.person, each.other) if key
    }
    return {key: one.name for key, one in households.persons(ward, ids).items()} if ids else {}


def _records(ward: str) -> dict[str, str]:
    """Names of the records themselves: loans by code, groups, bodies, contracts."""
    today = clock.today()
    known = institutions.rules_of(ward, today)
    lang = "en" if get_language() == "en" else "id"
    return {
        **{f"loan:{one.id}": f"{one.code} {one.group_name}" for one in loans.loans(ward)},
        **{f"group:{one.id}": one.name for one in institutions.groups(ward)},
        **{
            f"body:{one.id}": str(institutions.body_name(one, known)[lang])
            for one in institutions.bodies(ward)
        },
        **{f"grant:{one.id}": one.title for one in grants.grants(ward)},
    }


def _declared(ward: str) -> list[dict[str, Any]]:
    return [
        {
            "one": kin.one.name,
            "kind": labels.kind(kin.kind),
            "other": kin.other.name,
            "said": kin.said,
            "day": kin.declared_on,
            "url": reverse("relations:withdraw", kwargs={"ward": ward, "kin": kin.id}),
        }
        for kin in queries.declared(ward)
    ]


@page("relations.declare")
def declare(request: HttpRequest, ward: str) -> HttpResponse:
    """Two residents are searched for, then how they are related is entered."""
    first, second = request.GET.get("q", "").strip(), request.GET.get("of", "").strip()
    ones, others = _found(ward, first), _found(ward, second)
    initial = {"one": _only(ones), "other": _only(others)}
    form = DeclareForm(request.POST or None, ones=ones, others=others, initial=initial)
    tried = attempt(form, actions.declare, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The relation is entered."))
        return redirect("relations:home", ward=ward)
    shown = {"form": form, "reasons": tried.reasons, "q": first, "of": second,
             "ready": bool(ones and others)}  # fmt: skip
    status = 409 if tried.reasons else 422 if form.errors else 200
    return render(request, "relations/declare.html", shown, status=status)


def _found(ward: str, text: str) -> list[tuple[str, str]]:
    rows = households.search(ward, text, size=FOUND).rows if text else []
    return [(row["person_id"], f"{row['name']} · RT {row['rt']} RW {row['rw']}") for row in rows]


def _only(people: list[tuple[str, str]]) -> str | None:
    return people[0][0] if len(people) == 1 else None


@page("relations.withdraw")
def withdraw(request: HttpRequest, ward: str, kin: str) -> HttpResponse:
    """A declaration was wrong."""
    found = next((one for one in queries.declared(ward) if one.id == kin), None)
    if found is None:
        raise Http404
    form = WithdrawForm(request.POST or None)
    tried = attempt(form, actions.withdraw, by=request.user, ward=ward, kin_id=kin)
    if tried.done:
        messages.success(request, _("It no longer counts; that it was declared stays readable."))
        return redirect("relations:home", ward=ward)
    shown = {"kin": found, "kind": labels.kind(found.kind), "form": form, "reasons": tried.reasons}
    status = 409 if tried.reasons else 422 if form.errors else 200
    return render(request, "relations/withdraw.html", shown, status=status)
