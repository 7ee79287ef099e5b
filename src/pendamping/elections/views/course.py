"""The course of an election: prepared, its votes opened, the board seated, or given up."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.elections import actions, facts, labels, queries
from pendamping.elections.actions.seating import subject
from pendamping.elections.forms import GiveUpForm, MeetingForm, PrepareForm, RoundForm
from pendamping.elections.models import Election, Round
from pendamping.elections.rules import course as rules
from pendamping.elections.views.board import decide_links
from pendamping.elections.views.shown import about, election_or_404, may, status
from pendamping.institutions import queries as bodies
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.meetings import queries as meetings


@page("elections.prepare")
def prepare(request: HttpRequest, ward: str) -> HttpResponse:
    today = clock.today()
    rule, body = facts.rule_on(ward, today), bodies.body(ward)
    sitting = queries.board(ward, today)
    ends = max((one.ends for one in sitting), default=None)
    empty = len(bodies.empty_seats(body, today)) if body else 0
    initial = {
        "size": empty if empty else rule.size_min,
        "kind": "by_election" if empty else "regular",
        "term_since": ends + timedelta(days=1) if ends and not empty else today,
    }
    form = PrepareForm(request.POST or None, initial=initial)
    tried = attempt(form, actions.prepare, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The election is prepared; its stations stand below."))
        return redirect("elections:election", ward=ward, election=tried.made.id)
    shown = {"form": form, "reasons": tried.reasons, "rule": rule, "ends": ends, "empty": empty}
    return render(request, "elections/prepare.html", shown, status=status(tried.reasons, form))


@require_safe
@page("elections.read")
def show(request: HttpRequest, ward: str, election: str) -> HttpResponse:
    return _show(request, election_or_404(ward, election))


def _show(
    request: HttpRequest, election: Election, reasons: Any = (), form: RoundForm | None = None
) -> HttpResponse:
    step = facts.step(election)
    rounds = queries.rounds(election)
    now = next((one for one in rounds if one.status == "open"), None)
    rows = queries.stations(now) if now else []
    agreed = sum(row.state == "agreed" for row in rows)
    shown = {
        **about(election),
        "rule": facts.rule(election),
        "levels": [labels.level(one) for one in facts.levels(election)],
        "step": step,
        "next": labels.next_text(step, [labels.unit(one) for one in step.units]),
        "rounds": [_round(one, election.ward) for one in rounds],
        "now": now,
        "now_name": labels.round_name(now) if now else "",
        "stations": [_station(row, election.ward) for row in rows],
        "agreed": agreed,
        "turnout": queries.turnout(now) if now else None,
        "lots": [(labels.unit(one), _lot_url(election.ward, step.round, one)) for one in step.units]
        if step.kind == rules.LOT
        else [],
        "form": form or RoundForm(),
        "give_up_form": GiveUpForm(),
        "reasons": list(reasons),
        "may": may(request, election.ward, "elections.read_voters"),
        "came": now is not None and clock.today() >= now.held_on,
    }
    return render(request, "elections/election.html", shown, status=status(list(reasons), form))


def _lot_url(ward: str, vote: str, unit: str) -> str:
    return reverse("elections:lot", kwargs={"ward": ward, "vote": vote, "unit": unit or "ward"})


def _round(one: Round, ward: str) -> dict[str, Any]:
    text, tone = labels.round_status(one)
    return {
        "url": reverse("elections:round", kwargs={"ward": ward, "vote": one.id}),
        "name": labels.round_name(one),
        "held_on": one.held_on,
        "voters": one.voters,
        "eligible": one.eligible,
        "status": text,
        "tone": tone,
    }


def _station(row: queries.Row, ward: str) -> dict[str, Any]:
    text, tone = labels.tally_state(row.state)
    one = row.station
    return {
        "url": reverse("elections:station", kwargs={"ward": ward, "station": one.id}),
        "name": f"{one.number}. {labels.station(one)}",
        "eligible": one.eligible,
        "ballots": f"{one.first}–{one.last}",
        "voters": row.tallies[-1].voters if row.state == "agreed" else None,
        "status": text,
        "tone": tone,
        "row_class": "is-warn" if row.state == "differs" else "",
    }


@require_POST
@page("elections.open_round")
def open_round(request: HttpRequest, ward: str, election: str) -> HttpResponse:
    found = election_or_404(ward, election)
    form = RoundForm(request.POST)
    tried = attempt(form, actions.open_round, by=request.user, ward=ward, election_id=election)
    if tried.done:
        messages.success(request, _("The vote is opened; its stations stand below."))
        return redirect("elections:election", ward=ward, election=election)
    return _show(request, found, tried.reasons, form)


@page("elections.seat_board")
def seat(request: HttpRequest, ward: str, election: str) -> HttpResponse:
    """The meeting that confirmed the result is named; the board takes its seats."""
    found = election_or_404(ward, election)
    step = facts.step(found)
    last = found.rounds.order_by("-number").first()
    since = last.held_on if last else None
    choices = meetings.able_to_decide(ward, "board_members", clock.today(), since=since)
    form = MeetingForm(request.POST or None, meetings=choices)
    tried = attempt(form, actions.seat_board, by=request.user, ward=ward, election_id=election)
    if tried.done:
        messages.success(request, _("The board is seated."))
        return redirect("elections:board", ward=ward)
    main = queries.round_of(ward, step.round) if step.round else None
    shown = {
        **about(found),
        "form": form,
        "reasons": tried.reasons,
        "elected": _elected(main) if main else [],
        "apart": _apart(main, found.term_since) if main else [],
        "choices": choices,
        "decide": decide_links(
            request,
            ward, choices, subject(election),
            _("The delegates confirm the result of the election of the board."),
        ),
        "kind": next(iter(meetings.deciding_kinds(ward, clock.today(), "board_members")), ""),
        "may_call": access.may(request.user, "meetings.call_meeting", ward),
    }  # fmt: skip
    return render(request, "elections/seat.html", shown, status=status(tried.reasons, form))


def _apart(main: Round, since: date) -> list[Reason]:
    """Duties that the elected hold and that stand apart from a seat in the board: to be laid down first."""
    elected = [one for one in queries.named(main, "") if one.outcome == "elected"]
    asked = [(one.person_id, one.name, [bodies.BOARD]) for one in elected]
    return bodies.against(main.election.ward, asked, since, but=bodies.body(main.election.ward))


def _elected(main: Round) -> list[dict[str, Any]]:
    return [
        {"place": one.place, "name": one.name, "sex": labels.sex(one.sex), "votes": one.votes}
        for one in queries.named(main, "")
        if one.outcome == "elected"
    ]


@require_POST
@page("elections.give_up")
def give_up(request: HttpRequest, ward: str, election: str) -> HttpResponse:
    found = election_or_404(ward, election)
    form = GiveUpForm(request.POST)
    tried = attempt(form, actions.give_up, by=request.user, ward=ward, election_id=election)
    if tried.done:
        messages.success(request, _("The election is given up; what was counted stays readable."))
        return redirect("elections:board", ward=ward)
    return _show(request, found, tried.reasons)
