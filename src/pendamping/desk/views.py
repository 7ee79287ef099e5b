from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page, signed_in
from pendamping.access.queries import SYSTEM
from pendamping.desk import (
    across,
    actions,
    beginning,
    oversight,
    own_groups,
    queries,
    reach,
    side_by_side,
    watching,
)
from pendamping.desk import names as names_of
from pendamping.desk.forms import OpenWardForm
from pendamping.desk.labels import QUEUE, QUEUE_EMPTY, READS, STAGES, deed, doers, words
from pendamping.desk.records import RECORDS, formerly, told
from pendamping.desk.rules import Task, state, together
from pendamping.funds.ledger.fields import status
from pendamping.insight import queries as insight
from pendamping.kernel import clock
from pendamping.territory import queries as territory
from pendamping.territory.rules import contains
from pendamping.trail import queries as events
from pendamping.verification import queries as verification

PAGE = 50
REGIONS = 20  # wards that a search among all regions shows
OTHERS = 5  # what waits in other hands, on a first page
FIRST = 12  # of what waits over several wards
COMING = 3  # of what comes after this week
LATE_AFTER = 7  # days between a thing and its entry; the loan book's own week


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Straight to the desk of whoever has one ward; else the wards to choose from."""
    opens = access.may(request.user, "desk.open_ward", "")
    form = OpenWardForm(request.POST or None, initial={"code": request.GET.get("open", "")})
    tried = attempt(form, actions.open_ward, by=request.user)
    if tried.done:
        messages.success(request, _("The ward takes part now."))
        return redirect("desk:today", ward=tried.made)
    wards = reach.wards(request.user)  # type: ignore[arg-type]
    looks = opens or "q" in request.GET  # whoever searches wants the list, also of one ward
    if len(wards) == 1 and not looks and request.method != "POST":
        return redirect("desk:today", ward=wards[0].code)
    regions = _regions(request.GET.get("region", "")) if opens else []
    shown = {
        **_wards(request, wards),
        **({} if looks else _across(request, wards)),
        "opens": opens,
        "unbegun": [
            (one.name, reverse("desk:begin", kwargs={"ward": one.code}))
            for one in (wards if opens else ())
            if one.programme_start is None
        ][:REGIONS],
        "reach": reach.reach(request.user),  # type: ignore[arg-type]
        "queue": _queue(request),
        "warns": bool(access.scopes(request.user, "insight.read")),  # type: ignore[arg-type]
        "keeps_people": access.may(request.user, "access.read_server", ""),
        "look": oversight.last_look() if opens else None,
        "regions": regions[:REGIONS],
        "more_regions": len(regions) > REGIONS,
        "most_regions": REGIONS,
        "chosen": _chosen(str(form["code"].value() or "")) if opens else "",
        "region": request.GET.get("region", ""),
        "practice_alone": opens and territory.for_practice_alone(),
        "form": form,
        "reasons": tried.reasons,
    }
    return render(request, "desk/home.html", shown, status=status(tried.reasons, form))


def _wards(request: HttpRequest, wards: list[Any]) -> dict[str, Any]:
    """Those that fit the search, each with the regions above it: names are not unique."""
    sought = request.GET.get("q", "").strip()
    fitting = [one for one in wards if sought.casefold() in f"{one.name} {one.code}".casefold()]
    above = _above(one.code for one in fitting[:PAGE])
    standings = side_by_side.standings([one.code for one in fitting[:PAGE]])
    look = oversight.last_look()
    warned = access.scopes(request.user, "insight.read")  # type: ignore[arg-type]
    rows = [
        {
            **_standing(standings[one.code], look.of_ward(one.code) if look else None),
            "name": one.name,
            "practice": one.practice,
            "code": one.code,
            "above": above[one.code.rpartition(".")[0]],
            "url": reverse("desk:today", kwargs={"ward": one.code}),
            "warnings": reverse("insight:home", kwargs={"ward": one.code})
            if any(contains(area, one.code) for area in warned)
            else "",
        }
        for one in fitting[:PAGE]
    ]
    hidden = max(len(fitting) - PAGE, 0)
    return {"rows": rows, "hidden": hidden, "q": sought, "any": bool(wards), "looked": look}


def _across(request: HttpRequest, wards: list[Any]) -> dict[str, Any]:
    """What waits for the reader over their own wards: the first ones, and how many there are in each."""
    reader: Any = request.user
    desks = across.waiting(reader, across.own_wards(reader, wards))
    found = together((one.on, one.tasks) for one in desks)
    return {
        "todo": [
            {**_task(desks[place].ward.code, task, desks[place].on), "ward": desks[place].ward.name}
            for place, task in found[:FIRST]
        ],
        "more": [
            (one.ward.name, len(one.tasks), reverse("desk:today", kwargs={"ward": one.ward.code}))
            for one in desks
            if len(found) > FIRST and one.tasks
        ],
        "across": bool(desks),
    }


def _standing(found: side_by_side.Standing, broken: list[Any] | None) -> dict[str, Any]:
    """A ward's standing as cells of the table."""
    return {
        "stage": _(STAGES[found.stage]),
        "poor": found.poor if found.poor.whole else None,
        "groups": found.groups,
        "card": found.card,
        "lar": found.lar,
        "par": found.par,
        "rr": found.rr,
        "arrears": found.arrears,
        "stops": found.stops,
        "urgent": found.urgent,
        "books": None if broken is None else "broken" if broken else "hold",
    }


def _above(codes: Iterable[str]) -> dict[str, str]:
    """The regions above each ward, from the district up; each district is read once."""
    districts = {code.rpartition(".")[0] for code in codes}
    return {
        district: ", ".join(area.name for area in reversed(territory.path(district)))
        for district in districts
    }


def _regions(sought: str) -> list[dict[str, str]]:
    """Official wards of that name; to be opened."""
    found = territory.search(sought, level="ward", limit=REGIONS + 1) if sought.strip() else []
    above = _above(area.code for area in found)
    return [
        {"name": area.name, "code": area.code, "above": above[area.code.rpartition(".")[0]],
         "url": f"{reverse('home')}?open={area.code}#open"}
        for area in found
    ]  # fmt: skip


def _chosen(code: str) -> str:
    """The ward of a code with its district, city and province; empty where there is none."""
    path = territory.path(code.strip())
    is_ward = bool(path) and path[-1].code == code.strip() and path[-1].level == "ward"
    return ", ".join(area.name for area in reversed(path)) if is_ward else ""


ASKED = ("households.read", "ledger.read", "meetings.read", "facilitation.log_day", "insight.read")


@require_safe
@page("desk.read")
def today(request: HttpRequest, ward: str) -> HttpResponse:
    """What is due today and this week, and the ward in figures."""
    on = clock.today()
    reader: Any = request.user
    found = queries.desk(
        ward, on, lambda permission: access.may(request.user, permission, ward),
        across.own(ward, on, reader),
    )  # fmt: skip
    bars = [
        {"label": _("RW %(rw)s") % {"rw": rw} if rw else _("without RW"), "value": poor,
         "whole": all_}
        for rw, all_, poor in found.by_rw or []
    ]  # fmt: skip
    ageing = [
        {"number": number, "value": sum_, "count": loans}
        for number, (loans, sum_) in (found.book.figures.classes if found.book else {}).items()
    ]
    may = {name: access.may(request.user, name, ward) for name in ASKED}
    by_role = _by_role(request, ward, on)
    others = _in_other_hands(found.others, by_role)
    shown = {
        "desk": found,
        "tasks": [_task(ward, one, on) for one in found.tasks],
        "coming": [_task(ward, one, on) for one in found.coming[:COMING]],
        "more_coming": len(found.coming[COMING:]),
        "others": [
            {**_task(ward, one, on), "doer": doers(watching.doers(one))} for one in others[:OTHERS]
        ],
        "more_others": len(others[OTHERS:]),
        "bars": bars,
        "ageing": ageing,
        "due_today": any(
            row.state.due_today and not row.state.late_count
            for row in (found.book.rows if found.book else ())
        ),
        "may": may,
        "urgent": insight.urgent(ward),
        "first": [] if found.tasks else beginning.first_steps(ward, request.user),  # type: ignore[arg-type]
        **by_role,
    }
    if request.ward.programme_start is None:  # type: ignore[attr-defined]
        shown["may_begin"] = access.may(request.user, "desk.begin_programme", ward)
    if access.may(request.user, "trail.read", ward) and (look := oversight.last_look()):
        shown |= {"look": look, "breaks": look.of_ward(ward)}
    return render(request, "desk/today.html", shown)


def _in_other_hands(others: list[Task], by_role: dict[str, Any]) -> list[Task]:
    """Without the arrears of the reader's own groups, which stand on top and are theirs to pay; who is an
    officer of groups and nothing else reads there of no other group's."""
    mine = {one.loan for one in by_role["own"] if one.loan}
    return [
        one
        for one in others
        if one.kind != "behind" or not (by_role["only_follows"] or one.parts.get("loan") in mine)
    ]


def _task(ward: str, one: Task, on: date) -> dict[str, Any]:
    href = reverse(one.page, kwargs={"ward": ward, **one.parts})
    href = f"{href}?{one.query}" if one.query else href
    return {**words(one), "day": one.due, "state": state(one.due, on), "href": href}


def _by_role(request: HttpRequest, ward: str, on: date) -> dict[str, Any]:
    """What only some roles have on their first page: an officer's groups, what a reader finds."""
    roles = access.roles(request.user, ward)
    follows = "group_officer" in roles
    reads = READS.get(roles[0]) if len(roles) == 1 else None
    queue = _queue(request) if "verifier" in roles else None
    return {
        "own": own_groups.of_officer(ward, request.user.username, on) if follows else [],
        "follows": follows,
        "only_follows": roles == ["group_officer"],
        "reads": queue or (_reads(ward, reads) if reads else None),
        "queue": queue,
    }


def _queue(request: HttpRequest) -> tuple[str, str, str, str] | None:
    """What waits in the offices in which the reader sits, and the way to the queue."""
    sums = verification.sums_of(request.user)  # type: ignore[arg-type]
    if sums is None:
        return None
    title, text, button = QUEUE if sums.waiting else (*QUEUE_EMPTY, QUEUE[2])
    values = {
        name: number_format(value)
        for name, value in (
            ("count", sums.waiting),
            ("days", sums.days),
            ("late", sums.overdue),
        )
    }
    href = reverse("verification:queue")
    return _(title).format(**values), _(text).format(**values), str(href), _(button)


def _reads(ward: str, found: tuple[str, str, str, str]) -> tuple[str, str, str, str]:
    title, text, name, button = found
    href = f"{reverse('home')}?q=" if name == "home" else reverse(name, kwargs={"ward": ward})
    waiting = verification.of_ward(ward, ["open"]).count() if "{count}" in text else 0
    return _(title), _(text).format(count=number_format(waiting)), str(href), _(button)


@require_safe
@page("trail.read")
def trail(request: HttpRequest, ward: str) -> HttpResponse:
    """What was done in the ward, or to one record, newest first; the seals are checked on request."""
    mark = request.GET.get("before", "")
    before = int(mark) if mark.isascii() and mark.isdigit() and len(mark) < 19 else None
    record = request.GET.get("record", "").replace("\0", "")
    found = _events(ward, record, before)
    names = access.names({one.actor for one in found})
    may = _may(request, ward)
    called = names_of.of_records(ward, [record, *(one.record for one in found)], may)
    rows = [
        {
            "what": deed(one.verb),
            "who": _("the server itself")
            if one.actor == SYSTEM
            else names.get(one.actor, one.actor),
            "on": one.on,
            "entered": events.entered_on(one),
            "days": events.delay_days(one),
            "late": events.delay_days(one) > LATE_AFTER,
            "record": called[one.record],
            "told": told(events.data(one), may),
            "page": _record_page(may, ward, one.record),
            "key": one.record,
            "number": one.seq,
        }
        for one in found[:PAGE]
    ]
    checked = request.GET.get("check") == "1"
    shown = {
        "rows": rows,
        "more": found[PAGE - 1].seq if len(found) > PAGE else None,
        "before": before,
        "record": record,
        "record_name": called.get(record, ""),
        "record_page": _record_page(may, ward, record) if rows else "",
        "checked": checked,
        "broken": events.check(ward) if checked else None,
    }
    return render(request, "desk/trail.html", shown)


def _events(ward: str, record: str, before: int | None) -> list[Any]:
    """A page of events and one more, newest first."""
    if not record:
        return events.of_ward(ward, before, PAGE + 1)
    mine = [
        one for one in reversed(events.of_record(record, *formerly(record))) if one.ward == ward
    ]
    return [one for one in mine if before is None or one.seq < before][: PAGE + 1]


def _may(request: HttpRequest, ward: str) -> Callable[[str], bool]:
    """Whether the reader may do a thing in the ward, each asked once."""
    return cache(lambda permission: access.may(request.user, permission, ward))


def _record_page(may: Callable[[str], bool], ward: str, record: str) -> str:
    """The page of a record, where it has one that the reader may see."""
    kind, _colon, key = record.partition(":")
    _name, name, part, permission = RECORDS.get(kind, ("", "", "", ""))
    if not name or not key or "/" in key or not may(permission):
        return ""
    return str(reverse(name, kwargs={"ward": ward, **({part: key} if part else {})}))
