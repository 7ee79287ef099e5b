from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page, signed_in
from pendamping.desk import actions, oversight, queries
from pendamping.desk import names as names_of
from pendamping.desk.forms import OpenWardForm
from pendamping.desk.labels import RECORDS, deed, words
from pendamping.desk.rules import state
from pendamping.funds.ledger.fields import status
from pendamping.kernel import clock
from pendamping.territory import queries as territory
from pendamping.trail import queries as events

PAGE = 50
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
    wards = territory.wards(access.scopes(request.user, "desk.read"))
    if len(wards) == 1 and not opens and request.method != "POST":
        return redirect("desk:today", ward=wards[0].code)
    shown = {
        **_wards(request, wards),
        "opens": opens,
        "keeps_people": access.may(request.user, "access.read_server", ""),
        "look": oversight.last_look() if opens else None,
        "regions": _regions(request.GET.get("region", "")) if opens else [],
        "region": request.GET.get("region", ""),
        "form": form,
        "reasons": tried.reasons,
    }
    return render(request, "desk/home.html", shown, status=status(tried.reasons, form))


def _wards(request: HttpRequest, wards: list[Any]) -> dict[str, Any]:
    """Those that fit the search, each with the regions above it: names are not unique."""
    sought = request.GET.get("q", "").strip()
    fitting = [one for one in wards if sought.casefold() in f"{one.name} {one.code}".casefold()]
    above = _above(one.code for one in fitting[:PAGE])
    rows = [
        {
            "name": one.name,
            "code": one.code,
            "above": above[one.code.rpartition(".")[0]],
            "from": one.programme_start,
            "to": one.programme_end,
            "url": reverse("desk:today", kwargs={"ward": one.code}),
        }
        for one in fitting[:PAGE]
    ]
    hidden = max(len(fitting) - PAGE, 0)
    return {"rows": rows, "hidden": hidden, "q": sought, "any": bool(wards)}


def _above(codes: Iterable[str]) -> dict[str, str]:
    """The regions above each ward, from the district up; each district is read once."""
    districts = {code.rpartition(".")[0] for code in codes}
    return {
        district: ", ".join(area.name for area in reversed(territory.path(district)))
        for district in districts
    }


def _regions(sought: str) -> list[dict[str, str]]:
    """Official wards of that name; to be opened."""
    found = territory.search(sought, level="ward") if sought.strip() else []
    above = _above(area.code for area in found)
    return [
        {"name": area.name, "code": area.code, "above": above[area.code.rpartition(".")[0]],
         "url": f"{reverse('home')}?open={area.code}#open"}
        for area in found
    ]  # fmt: skip


@require_safe
@page("desk.read")
def today(request: HttpRequest, ward: str) -> HttpResponse:
    """What is due today and this week, and the ward in figures."""
    on = clock.today()
    found = queries.desk(ward, on, lambda permission: access.may(request.user, permission, ward))
    tasks = [
        {
            **words(one),
            "day": one.due,
            "state": state(one.due, on),
            "href": reverse(one.page, kwargs={"ward": ward, **one.parts}),
        }
        for one in found.tasks
    ]
    bars = [
        {"label": _("RW %(rw)s") % {"rw": rw} if rw else _("without RW"), "value": poor,
         "note": _("of %(all)s") % {"all": all_}}
        for rw, all_, poor in found.by_rw or []
    ]  # fmt: skip
    ageing = [
        {"number": number, "value": sum_, "count": loans}
        for number, (loans, sum_) in (found.book.figures.classes if found.book else {}).items()
    ]
    may = {
        name: access.may(request.user, name, ward)
        for name in ("households.read", "ledger.read", "meetings.read")
    }
    shown = {"desk": found, "tasks": tasks, "bars": bars, "ageing": ageing, "may": may}
    if access.may(request.user, "trail.read", ward) and (look := oversight.last_look()):
        shown |= {"look": look, "breaks": look.of_ward(ward)}
    return render(request, "desk/today.html", shown)


@require_safe
@page("trail.read")
def trail(request: HttpRequest, ward: str) -> HttpResponse:
    """What was done in the ward, or to one record, newest first; the seals are checked on request."""
    mark = request.GET.get("before", "")
    before = int(mark) if mark.isascii() and mark.isdigit() and len(mark) < 19 else None
    record = request.GET.get("record", "").replace("\0", "")
    found = _events(ward, record, before)
    names = access.names({one.actor for one in found})
    called = names_of.of_records(
        ward,
        [record, *(one.record for one in found)],
        lambda permission: access.may(request.user, permission, ward),
    )
    rows = [
        {
            "what": deed(one.verb),
            "who": names.get(one.actor, one.actor),
            "on": one.on,
            "entered": events.entered_on(one),
            "days": events.delay_days(one),
            "late": events.delay_days(one) > LATE_AFTER,
            "record": called[one.record],
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
        "record_page": _record_page(request, ward, record) if rows else "",
        "checked": checked,
        "broken": events.check(ward) if checked else None,
    }
    return render(request, "desk/trail.html", shown)


def _events(ward: str, record: str, before: int | None) -> list[Any]:
    """A page of events and one more, newest first."""
    if not record:
        return events.of_ward(ward, before, PAGE + 1)
    mine = [one for one in reversed(events.of_record(record)) if one.ward == ward]
    return [one for one in mine if before is None or one.seq < before][: PAGE + 1]


def _record_page(request: HttpRequest, ward: str, record: str) -> str:
    """The page of a record, where it has one that the reader may see."""
    kind, _colon, key = record.partition(":")
    _name, name, part, permission = RECORDS.get(kind, ("", "", "", ""))
    if not name or "/" in key or not access.may(request.user, permission, ward):
        return ""
    return str(reverse(name, kwargs={"ward": ward, part: key}))
