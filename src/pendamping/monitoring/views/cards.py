"""The community scorecard: its rounds, the sheets of groups, the talk, the promises; the public result."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import address, answer_pdf, attempt
from pendamping.access.gate import page, public, standing_in
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason
from pendamping.monitoring import actions, card_papers, cards, labels, queries, scorecard
from pendamping.monitoring.forms import DoForm, FollowForm, MeetingForm, PromiseForm, SheetForm
from pendamping.monitoring.scorecard import Promised, Round
from pendamping.monitoring.views import shown
from pendamping.territory import queries as territory

ACTS = ("open_round", "record_sheet", "note_meeting", "promise", "follow_up")


def _may(request: HttpRequest, ward: str) -> dict[str, bool]:
    return {name: access.may(request.user, f"monitoring.{name}", ward) for name in ACTS}  # type: ignore[arg-type]


def _or_404(ward: str, round_id: str) -> Round:
    found = queries.one_round(ward, round_id)
    if found is None:
        raise Http404
    return found


@require_safe
@page("monitoring.read")
def cards_home(request: HttpRequest, ward: str) -> HttpResponse:
    """The rounds of the ward and the scores of the last one that both sides talked about."""
    return _home(request, ward, [])


def _home(request: HttpRequest, ward: str, reasons: list[Reason]) -> HttpResponse:
    found = queries.rounds(ward)
    talked = [one for one in found if one.discussion]
    told = {
        "rounds": [_line(one) for one in found],
        "running": next((one for one in found if not one.discussion), None),
        "last": talked[0] if talked else None,
        "card": cards.table(ward, talked[0], talked[1] if len(talked) > 1 else None) if talked else None,
        "promises": [cards.promise_row(ward, each) for one in talked[:2] for each in one.promises],
        "statements": list(labels.named(ward, clock.today(), "scorecard_statements").values()),
        "form": DoForm(),
        "can": _may(request, ward),
        "reasons": reasons,
    }  # fmt: skip
    return render(request, "monitoring/cards.html", told, status=shown.status(reasons))


def _line(one: Round) -> dict[str, Any]:
    return {
        "round": one.round,
        "number": one.round.number,
        "on": one.round.on,
        "groups": len(one.sheets),
        "talked": one.discussion.on if one.discussion else None,
        "done": f"{sum(each.word == 'done' for each in one.promises)} / {len(one.promises)}",
    }


@require_POST
@page("monitoring.open_round")
def open_round(request: HttpRequest, ward: str) -> HttpResponse:
    """Open the next round."""
    tried = attempt(DoForm(request.POST), actions.open_round, by=request.user, ward=ward)
    if not tried.done:
        return _home(request, ward, tried.reasons)
    messages.success(
        request, _("The round is open. Print the sheets and let each group rate apart.")
    )
    return redirect("monitoring:card", ward=ward, round=tried.made.id)


@require_safe
@page("monitoring.read")
def card(request: HttpRequest, ward: str, round: str) -> HttpResponse:
    """A round: who has rated, the scores, the talk, the promises."""
    return _show(request, _or_404(ward, round), [])


def _show(request: HttpRequest, one: Round, reasons: list[Reason], **forms: Any) -> HttpResponse:
    ward, can = one.round.ward, _may(request, one.round.ward)
    typed = forms.get("meeting") or forms.get("promise")
    told = {
        "one": one,
        "groups": cards.groups(ward, one),
        "card": cards.table(ward, one, cards.before(ward, one)) if one.discussion else None,
        "promises": [cards.promise_row(ward, each) for each in one.promises],
        "meeting_form": forms.get("meeting") or MeetingForm(),
        "promise_form": forms.get("promise") or PromiseForm(),
        "can": can,
        "reasons": reasons,
    }
    return render(request, "monitoring/card.html", told, status=shown.status(reasons, typed))


@page("monitoring.record_sheet")
def sheet(request: HttpRequest, ward: str, round: str, group: str) -> HttpResponse:
    """Type a group's sheet."""
    one = _or_404(ward, round)
    if group not in one.round.groups:
        raise Http404
    names = labels.named(ward, clock.today(), "scorecard_statements")
    form = SheetForm(
        request.POST or None,
        statements={key: names.get(key, key) for key in one.round.statements},
        again=group in one.sheets,
    )
    given = {"by": request.user, "ward": ward, "round_id": round, "group": group}
    tried = attempt(form, actions.record_sheet, **given)
    if tried.done:
        messages.success(request, _("The sheet is kept."))
        return redirect("monitoring:card", ward=ward, round=round)
    told = {
        "one": one,
        "group": labels.named(ward, clock.today(), "scorecard_groups").get(group, group),
        "form": form,
        "reasons": tried.reasons,
    }
    return render(request, "monitoring/sheet.html", told, status=shown.status(tried.reasons, form))


@require_POST
@page("monitoring.note_meeting")
def note_meeting(request: HttpRequest, ward: str, round: str) -> HttpResponse:
    """Both sides have talked about the scores."""
    one, form = _or_404(ward, round), MeetingForm(request.POST)
    tried = attempt(form, actions.note_meeting, by=request.user, ward=ward, round_id=round)
    if not tried.done:
        return _show(request, one, tried.reasons, meeting=form)
    messages.success(request, _("The meeting is noted. What does who promise, until when?"))
    return redirect("monitoring:card", ward=ward, round=round)


@require_POST
@page("monitoring.promise")
def promise(request: HttpRequest, ward: str, round: str) -> HttpResponse:
    """Somebody promises something."""
    one, form = _or_404(ward, round), PromiseForm(request.POST)
    tried = attempt(form, actions.promise, by=request.user, ward=ward, round_id=round)
    if not tried.done:
        return _show(request, one, tried.reasons, promise=form)
    messages.success(request, _("The promise is entered."))
    return redirect("monitoring:card", ward=ward, round=round)


@require_safe
@page("monitoring.read")
def action(request: HttpRequest, ward: str, action: str) -> HttpResponse:
    """A promise and what became of it."""
    return _action(request, _promise_or_404(ward, action), FollowForm(), [])


@require_POST
@page("monitoring.follow_up")
def follow_up(request: HttpRequest, ward: str, action: str) -> HttpResponse:
    """Say what became of a promise."""
    one, form = _promise_or_404(ward, action), FollowForm(request.POST)
    tried = attempt(form, actions.follow_up, by=request.user, ward=ward, action_id=action)
    if not tried.done:
        return _action(request, one, form, tried.reasons)
    messages.success(request, _("Noted what became of it."))
    return redirect("monitoring:action", ward=ward, action=action)


def _promise_or_404(ward: str, action_id: str) -> Promised:
    found = scorecard.promise_of(ward, action_id)
    if found is None:
        raise Http404
    return found


def _action(
    request: HttpRequest, one: Promised, form: FollowForm, reasons: list[Reason]
) -> HttpResponse:
    ward = one.action.ward
    told = {
        "one": one.action,
        "row": cards.promise_row(ward, one),
        "told": [
            {"day": each.on, "title": str(labels.FOLLOWED[each.word][0]), "text": each.came_of, "state": "done"}
            for each in one.told
        ],
        "may": one.word != "done" and access.may(request.user, "monitoring.follow_up", ward),  # type: ignore[arg-type]
        "form": form,
        "reasons": reasons,
    }  # fmt: skip
    return render(request, "monitoring/action.html", told, status=shown.status(reasons, form if form.is_bound else None))  # fmt: skip


@require_safe
@page("monitoring.read")
def blank_pdf(request: HttpRequest, ward: str, round: str) -> HttpResponse:
    """The empty sheets for the field, one page for each group."""
    one, name = _or_404(ward, round), request.ward.name  # type: ignore[attr-defined]
    link = address(request, "monitoring:card", round=round)
    return answer_pdf(card_papers.blank(one, name, link), "kartu-penilaian-kosong.pdf")


@require_safe
@page("monitoring.read")
def card_pdf(request: HttpRequest, ward: str, round: str) -> HttpResponse:
    """The result as it is posted: nothing of a few."""
    one, name = _or_404(ward, round), request.ward.name  # type: ignore[attr-defined]
    if one.discussion is None:
        raise Http404
    link = address(request, "monitoring:public_card")
    return answer_pdf(card_papers.result(one, name, link), "kartu-penilaian.pdf")


@require_safe
@public
def public_card(request: HttpRequest, ward: str) -> HttpResponse:
    """For everybody: the scores of the last round that was talked about, and what was promised, without names."""
    with standing_in(ward):
        here = territory.ward(ward)
        if here is None:
            raise Http404
        talked = [one for one in queries.rounds(ward) if one.discussion]
        told = {
            "name": here.name,
            "practice": here.practice_today is not None,
            "last": talked[0] if talked else None,
            "card": cards.table(ward, talked[0], talked[1] if len(talked) > 1 else None) if talked else None,
            "promises": [
                {**cards.promise_row(ward, each), "who": labels.role(each.action.role), "url": ""}
                for one in talked[:2] for each in one.promises
            ],
        }  # fmt: skip
    return render(request, "monitoring/public_card.html", told)
