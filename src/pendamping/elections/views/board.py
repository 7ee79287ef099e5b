"""The board of today: members, empty seats, papers, elections; who leaves, who coordinates."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.elections import actions, facts, labels, queries
from pendamping.elections.forms import LeaveForm, MeetingForm
from pendamping.elections.views.shown import may, status
from pendamping.institutions import actions as institutions
from pendamping.institutions import queries as bodies
from pendamping.kernel import clock
from pendamping.kernel.share import Share
from pendamping.meetings import queries as meetings

SOON = 180  # days before the end of a term


@require_safe
@page("elections.read")
def show(request: HttpRequest, ward: str) -> HttpResponse:
    today = clock.today()
    body, members = bodies.body(ward), queries.board(ward, today)
    rule = facts.rule_on(ward, today)
    women = Share(sum(one.sex == "P" for one in members), len(members))
    ends = max((one.ends for one in members), default=None)
    can = may(
        request,
        ward,
        "elections.replace_member",
        "institutions.record_paper",
        "institutions.give_role",
    )
    shown = {
        "members": [_row(one, ward) for one in members],
        "women": women,
        "women_needed": rule.women_percent,
        "enough_women": women.at_least(rule.women_percent),
        "ends": ends,
        "soon": ends is not None and (ends - today).days <= SOON,
        "coming": [
            {"name": one.name, "sex": labels.sex(one.sex), "since": one.since, "ends": one.ends}
            for one in (bodies.coming(body, today) if body else [])
        ],
        "empty": len(bodies.empty_seats(body, today)) if body else 0,
        "papers": [_paper(one) for one in bodies.papers(body)] if body else [],
        "expiring": [
            {
                "name": bodies.paper_name(one.paper.kind),
                "day": one.paper.expires_on,
                "late": one.late,
            }
            for one in (bodies.expiring(body, today) if body else [])
        ],
        "elections": [_election(one, ward) for one in queries.elections(ward)],
        "former": _former(body, today),
        "can_prepare": can["prepare"],
        "can_replace": can["elections.replace_member"],
        "can_paper": can["institutions.record_paper"] and body is not None,
        "can_name": can["institutions.give_role"],
    }
    return render(request, "elections/board.html", shown)


def _row(one: queries.Seated, ward: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "sex": labels.sex(one.sex),
        "role": labels.role(one.role),
        "key": one.role,
        "since": one.since,
        "ends": one.ends,
        "leave": reverse("elections:leave", kwargs={"ward": ward, "seat": one.seat}),
        "name_it": reverse("elections:coordinator", kwargs={"ward": ward, "seat": one.seat}),
    }


def _paper(one: Any) -> dict[str, Any]:
    return {
        "kind": bodies.paper_name(one.kind),
        "number": one.number,
        "issued_on": one.issued_on,
        "issued_by": one.issued_by,
        "expires_on": one.expires_on,
    }


def _former(body: Any, today: Any) -> list[dict[str, Any]]:
    """Who left before the end of a term, the latest first."""
    if body is None:
        return []
    left = [one for one in bodies.all_seats(body) if one.until and one.left_why != "term"]
    return [
        {"day": one.until, "title": one.name, "text": one.left_why, "state": "done"}
        for one in sorted(left, key=lambda one: one.until, reverse=True)
    ]


def _election(one: Any, ward: str) -> dict[str, Any]:
    text, tone = labels.status(one)
    return {
        "url": reverse("elections:election", kwargs={"ward": ward, "election": one.id}),
        "name": labels.kind(one),
        "term": one.term_since,
        "status": text,
        "tone": tone,
    }


def _seat_or_404(ward: str, seat_id: str) -> Any:
    found = bodies.seat(ward, seat_id)
    if found is None or found.until is not None:
        raise Http404
    return found


@page("elections.replace_member")
def leave(request: HttpRequest, ward: str, seat: str) -> HttpResponse:
    """A member leaves; the next in line is shown before it is done."""
    found = _seat_or_404(ward, seat)
    form = LeaveForm(request.POST or None)
    tried = attempt(form, actions.replace_member, by=request.user, ward=ward, seat_id=seat)
    if tried.done:
        heir = bodies.seat(ward, tried.made) if tried.made else None
        said = (
            _("%(name)s takes the seat.") % {"name": heir.name}
            if heir
            else _("The seat is empty now; a by-election can fill it.")
        )
        messages.success(request, said)
        return redirect("elections:board", ward=ward)
    heirs = queries.next_in_line(ward, found.decided_by)
    main = queries.last_round(ward, found.decided_by)
    shown = {"seat": found, "form": form, "reasons": tried.reasons, "heirs": heirs, "main": main,
             "must_draw": len(heirs) > 1}  # fmt: skip
    return render(request, "elections/leave.html", shown, status=status(tried.reasons, form))


@page("institutions.give_role")
def coordinator(request: HttpRequest, ward: str, seat: str) -> HttpResponse:
    """The board's own meeting names its coordinator."""
    found = _seat_or_404(ward, seat)
    choices = meetings.able_to_decide(ward, "coordinator", clock.today(), since=found.since)
    form = MeetingForm(request.POST or None, meetings=choices)
    form.fields["meeting_id"].label = _("Meeting of the board that decided it")
    tried = attempt(
        form, institutions.give_role, by=request.user, ward=ward, seat_id=seat, role="coordinator"
    )
    if tried.done:
        messages.success(request, _("%(name)s coordinates the board.") % {"name": found.name})
        return redirect("elections:board", ward=ward)
    shown = {
        "seat": found, "form": form, "reasons": tried.reasons, "choices": choices,
        "decide": decide_links(request, ward, choices, f"institutions.give_role:{seat}",
                               _("%(name)s coordinates the board.") % {"name": found.name}),
        "kind": next(iter(meetings.deciding_kinds(ward, clock.today(), "coordinator")), ""),
        "may_call": access.may(request.user, "meetings.call_meeting", ward),
    }  # fmt: skip
    return render(request, "elections/coordinator.html", shown, status=status(tried.reasons, form))


def decide_links(
    request: HttpRequest, ward: str, choices: list[tuple[str, str]], subject: str, text: str
) -> list[tuple[str, str]]:
    """Where the decision is recorded in each of the meetings, for who may: words and address."""
    if not access.may(request.user, "meetings.record_decision", ward):
        return []
    asked = urlencode({"subject": subject, "text": text})
    return [
        (said, reverse("meetings:decide", kwargs={"ward": ward, "meeting": meeting}) + "?" + asked)
        for meeting, said in meetings.undecided(ward, subject, choices)
    ]
