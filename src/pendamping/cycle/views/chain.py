"""The chain both ways: from a need to where it stands now, and from an asset or a tranche back to it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import address, answer_pdf
from pendamping.access.gate import page
from pendamping.cycle import chain as chains
from pendamping.cycle import chain_labels as labels
from pendamping.cycle import chain_paper
from pendamping.cycle.rules.chain import Link, reached, stations
from pendamping.kernel.money import format_rupiah

PAGES = {
    # link: (page of the room below, the name of its record in the address)
    "asked": ("planning:home", ""),
    "withdrawn": ("planning:home", ""),
    "voted": ("planning:vote", "vote"),
    "planned": ("planning:plan", "plan"),
    "proposed": ("planning:proposal", "proposal"),
    "examined": ("verification:dossier", "dossier"),
    "contract": ("grants:grant", "grant"),
    "paid": ("grants:grant", "grant"),
    "works": ("grants:grant", "grant"),
    "asset": ("grants:grant", "grant"),
}


@require_safe
@page("cycle.read")
def chain(request: HttpRequest, ward: str) -> HttpResponse:
    """How far the needs have come, where each stands, and what came of which."""
    found = chains.chains(ward)
    counts = reached(one.links for one in found)
    shown = {
        "bars": [{"label": labels.link(key), "value": count} for key, count in counts.items()],
        "rows": [_row(ward, one) for one in found],
        "back": [_back(ward, one) for one in chains.back(ward, found)],
        "tranches": [_came(ward, one) for one in chains.tranches(ward)],
    }
    return render(request, "cycle/chain.html", shown)


def _row(ward: str, one: chains.Chain) -> dict[str, Any]:
    text, tone = labels.stands(one.now.link)
    return {
        "title": one.need.title,
        "place": labels.place(one.place),
        "now": text,
        "tone": tone,
        "on": one.now.link.on,
        "url": reverse("cycle:need", kwargs={"ward": ward, "need": one.need.id}),
    }


def _back(ward: str, one: chains.Back) -> dict[str, Any]:
    said = ""
    if one.chain:
        need = one.chain.need
        said = _("%(who)s, %(place)s") % {
            "who": labels.asked_by(need.asked_by), "place": labels.place(one.chain.place),
        }  # fmt: skip
    return {
        "code": one.grant.code,
        "title": one.grant.title,
        "percent": f"{one.percent} %",
        "need": said,
        "need_on": one.chain.need.asked_on if one.chain else None,
        "url": reverse("cycle:need", kwargs={"ward": ward, "need": one.chain.need.id})
        if one.chain
        else reverse("grants:grant", kwargs={"ward": ward, "grant": one.grant.id}),
    }


def _came(ward: str, one: chains.Came) -> dict[str, Any]:
    return {
        "code": one.tranche.code,
        "on": one.tranche.received_on,
        "amount": one.tranche.amount,
        "paid": ", ".join(each.title for each in one.grants) or "–",
        "url": reverse("grants:tranche", kwargs={"ward": ward, "tranche": one.tranche.id}),
    }


@require_safe
@page("cycle.read")
def chain_pdf(request: HttpRequest, ward: str) -> HttpResponse:
    """The chain of all needs, both ways, on A3 for a meeting (``?size=a4``: on A4)."""
    size = request.GET.get("size", "a3")
    if size not in ("a3", "a4"):
        raise Http404
    name = str(request.ward.name)  # type: ignore[attr-defined]
    pdf = chain_paper.sheet(ward, name, address(request, "cycle:chain"), size)
    return answer_pdf(pdf, f"dari-usulan-ke-aset-{size}.pdf")


@require_safe
@page("cycle.read")
def need(request: HttpRequest, ward: str, need: str) -> HttpResponse:
    """One need: every link from the session that asked for it, and what it waits for."""
    found = chains.chain(ward, need)
    if found is None:
        raise Http404
    text, tone = labels.stands(found.now.link)
    shown = {
        "need": found.need, "place": labels.place(found.place), "now": text, "tone": tone,
        "asked_by": labels.asked_by(found.need.asked_by),
        "links": [_link(ward, one) for one in found.links],
        "unknown": [
            labels.link(kind)
            for kind, state in stations(found.links).items()
            if state == "unknown"
        ],
    }  # fmt: skip
    return render(request, "cycle/need.html", shown)


def _link(ward: str, one: Link) -> dict[str, Any]:
    name, record = PAGES[one.kind]
    kwargs = {"ward": ward, **({record: one.record} if record else {})}
    number = format_rupiah(one.number) if one.kind in ("contract", "paid") else f"{one.number} %"
    text, tone = labels.stands(one)
    return {
        "title": labels.link(one.kind),
        "text": f"{text}, {number}" if one.number else text,
        "tone": tone,
        "day": one.on,
        "url": reverse(name, kwargs=kwargs),
    }
