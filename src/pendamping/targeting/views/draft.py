"""The draft of the poor list, RT by RT: who stands on it, and which criteria each household meets.

Several people work on it at once. The page sends what it showed, and a save changes what was changed on it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from pendamping.access.gate import page
from pendamping.households import queries as households
from pendamping.kernel.refusal import Reason, Refusal
from pendamping.targeting import actions, queries
from pendamping.targeting.models import ListEntry, PoorList
from pendamping.targeting.rules.draft import Change, Said, merged
from pendamping.targeting.views.shown import about, list_or_404, status

SHOWN = 40
NAMED = 5  # households that others changed meanwhile, by name
MOVES = ("go", "find")  # buttons that lead elsewhere and keep what is ticked on the way


@page("targeting.change_list")
def edit(request: HttpRequest, ward: str, poor_list: str) -> HttpResponse:
    found = list_or_404(ward, poor_list)
    reasons: list[Reason] = []
    changes: dict[str, Change] = {}
    if request.method == "POST":
        reasons, changes = _keep(request, found)
        if not reasons:
            return redirect(_after(request, found))
    place = request.GET.get("place", "")
    places, left = queries.places(found.id), queries.unticked(found.id)
    if not place and places and not request.GET.get("q"):
        place = f"{places[0][0]}/{places[0][1]}"
    rw, _slash, rt = place.partition("/")
    text = request.GET.get("q", "").strip()
    shown = {
        **about(request, found),
        "reasons": reasons,
        "place": place,
        "places": _places_left(places, left),
        "next": _next(place, places, left),
        "first_left": next((f"{rw}/{rt}" for rw, rt in left), ""),
        "left_here": left.get((rw, rt), 0),
        "version": found.criteria,
        "q": text,
        "entries": _rows(found, place, changes) if place else [],
        "criteria": queries.criteria(found.criteria_id, "household"),
        "people": _search(ward, found, text) if text else [],
    }
    return render(request, "targeting/edit.html", shown, status=status(reasons))


def _keep(request: HttpRequest, found: PoorList) -> tuple[list[Reason], dict[str, Change]]:
    """Keep what was changed on the page; the reasons against it, with which it is shown again."""
    facts: dict[str, Any] = {"add": request.POST.getlist("household")}
    changes: dict[str, Change] = {}
    others: list[str] = []
    if request.POST.get("do") != "add":
        changes = _changes(request, found)
        facts = {"changes": changes}
        same, others = _since(found, request.GET.get("place", ""), changes)
        if same and request.POST.get("do") in MOVES:
            return [], changes
    try:
        actions.change_list(by=request.user, ward=found.ward, list_id=found.id, **facts)
    except Refusal as refusal:
        return refusal.reasons, changes
    messages.success(request, _("The draft is changed."))
    if others:
        names = ", ".join(others[:NAMED]) + (" …" if len(others) > NAMED else "")
        text = _(
            "Meanwhile somebody else changed these too; what each of you changed is kept: %(names)s."
        )
        messages.info(request, text % {"names": names})
    return [], changes


def _changes(request: HttpRequest, found: PoorList) -> dict[str, Change]:
    """Of each household that was on the page: what was ticked when it was made, and what is now."""
    criteria = queries.criteria(found.criteria_id)
    key_of = {name: one.key for one in criteria for name in (one.id, one.key)}
    listed = set(request.POST.getlist("listed"))
    said = {
        home: Said(
            home in listed,
            frozenset(key_of.get(one, one) for one in request.POST.getlist(f"ticks-{home}")),
        )
        for home in request.POST.getlist("shown")
    }
    return {
        home: Change(_read(request.POST.get(f"was-{home}", "")), now) for home, now in said.items()
    }


def _written(said: Said) -> str:
    """A household as a hidden box keeps it: ``1|c1|c3``."""
    return "|".join(["1" if said.listed else "0", *sorted(said.ticks)])


def _read(text: str) -> Said:
    """What a hidden box kept; nothing where it is missing: then nothing is taken away."""
    listed, *ticks = text.split("|")
    return Said(listed == "1", frozenset(ticks))


def _kept(found: PoorList, place: str) -> list[tuple[ListEntry, Said]]:
    """The households of an RT, as they stand on the draft."""
    rw, _slash, rt = place.partition("/")
    keys = {one.id: one.key for one in queries.criteria(found.criteria_id)}
    return [
        (one, Said(one.listed, frozenset(keys[tick.criterion_id] for tick in one.ticks.all())))
        for one in queries.entries(found.id, rw=rw, rt=rt, listed=None)
    ]


def _since(found: PoorList, place: str, changes: Mapping[str, Change]) -> tuple[bool, list[str]]:
    """Whether a save would change nothing; the names of whom others changed since the page was made."""
    kept = {one.household_id: (one.head_name, now) for one, now in _kept(found, place)}
    others = [
        name
        for home, (name, now) in kept.items()
        if home in changes and merged(changes[home], now) != changes[home].said
    ]
    same = all(
        home in kept and merged(one, kept[home][1]) == kept[home][1]
        for home, one in changes.items()
    )
    return same, others


def _rows(found: PoorList, place: str, changes: Mapping[str, Change]) -> list[dict[str, Any]]:
    """Each household of an RT: as it stands, or, where a save was refused, with what was changed on the
    page; what it was when this page was made goes along."""
    return [
        {
            "entry": one,
            "now": merged(changes[one.household_id], now) if one.household_id in changes else now,
            "was": _written(now),
        }
        for one, now in _kept(found, place)
    ]


def _after(request: HttpRequest, found: PoorList) -> str:
    """Back to the same RT, or on to the next one, another one or a search where that was asked."""
    do, place = request.POST.get("do"), request.GET.get("place", "")
    if do not in {"next", *MOVES}:
        return request.get_full_path()
    to, text = request.POST.get("to", ""), request.POST.get("find", "").strip()
    if do == "find" or (do == "go" and text and to == place):  # Enter presses the first button
        query = {"q": text}
    elif do == "go":
        query = {"place": to}
    else:
        query = {
            "place": _next(place, queries.places(found.id), queries.unticked(found.id)) or place
        }
    here = reverse("targeting:edit", kwargs={"ward": found.ward, "poor_list": found.id})
    return f"{here}?{urlencode(query)}"


def _next(
    place: str, places: Sequence[tuple[str, str, int]], left: Mapping[tuple[str, str], int]
) -> str:
    """The RT to go on with: the next one with households without a criterion, else the next one."""
    keys = [(rw, rt) for rw, rt, _count in places]
    rw, _slash, rt = place.partition("/")
    at = keys.index((rw, rt)) + 1 if (rw, rt) in keys else 0
    order = keys[at:] + keys[: max(at - 1, 0)]
    found = next((key for key in order if key in left), order[0] if order else None)
    return "/".join(found) if found else ""


def _places_left(
    places: Sequence[tuple[str, str, int]], left: Mapping[tuple[str, str], int]
) -> list[tuple[str, str]]:
    """Each RT with how many are on the list there, and how many of them have no criterion yet."""
    found = []
    for rw, rt, count in places:
        rest = left.get((rw, rt), 0)
        more = _("%(count)s on the list, %(left)s without a criterion")
        said = (more if rest else _("%(count)s on the list")) % {"count": count, "left": rest}
        found.append((f"{rw}/{rt}", f"RT {rt} RW {rw}: {said}"))
    return found


def _search(ward: str, found: PoorList, text: str) -> list[dict[str, Any]]:
    rows = households.search(ward, text, size=SHOWN).rows
    homes = {row["id"]: row for row in reversed(rows)}
    return [{**row, "listed": queries.is_listed(found.id, home)} for home, row in homes.items()]
