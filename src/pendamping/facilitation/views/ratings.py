"""What residents say about the help: the rounds, their slips, and the page for who has a slip."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import answer_pdf, attempt, carry_out
from pendamping.access.gate import page, public, standing_in
from pendamping.access.throttle import TooManyTries, address, guess
from pendamping.facilitation import actions, labels, papers, queries
from pendamping.facilitation.forms import RatingForm, RoundForm
from pendamping.facilitation.models import RatingRound
from pendamping.facilitation.views import shown
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal, refuse

TRIES, SECONDS = 20, 15 * 60
WRONG = "facilitation.rating.code"


@require_safe
@page("facilitation.read")
def show(request: HttpRequest, ward: str) -> HttpResponse:
    """The rounds of the ward; a closed one says what residents think, where enough answered."""
    can = shown.may(request, ward, "open_rating", "close_rating")
    rounds = queries.rating_rounds(ward)
    names = labels.questions(ward, clock.today())
    closed = [one for one in rounds if not one.open]
    points = [
        {
            "label": date_format(one.round.opened_on, "M y"),
            "value": round(100 * (one.said.all.value or 0)),
        }
        for one in closed[::-1]
        if one.said.all
    ]
    found = {
        "can": can,
        "running": [one for one in rounds if one.open],
        "closed": [_row(one, names) for one in closed],
        "columns": list(names.items()),
        "points": points,
    }
    return render(request, "facilitation/ratings.html", found)


def _row(one: queries.Round, names: dict[str, str]) -> dict[str, Any]:
    shares = {key: one.said.agree.get(key) for key in names}
    return {
        "number": one.round.number,
        "on": one.round.opened_on,
        "answered": one.said.answered,
        "slips": one.round.slips,
        **{key: share.percent(0) if share else None for key, share in shares.items()},
    }


@page("facilitation.open_rating")
def begin(request: HttpRequest, ward: str) -> HttpResponse:
    """Open a round; its slips are printed next."""
    form = RoundForm(request.POST or None)
    tried = attempt(form, actions.open_rating, by=request.user, ward=ward)
    if tried.done:
        messages.success(request, _("The round is open. Print the slips and hand them out."))
        return redirect("facilitation:ratings", ward=ward)
    found = {"form": form, "reasons": tried.reasons}
    return render(
        request, "facilitation/rating_new.html", found, status=shown.status(tried.reasons, form)
    )


def _round_or_404(ward: str, round_id: str) -> RatingRound:
    found = queries.rating_round(ward, round_id)
    if found is None:
        raise Http404
    return found


@require_safe
@page("facilitation.open_rating")
def slips_pdf(request: HttpRequest, ward: str, rating: str) -> HttpResponse:
    """The slips to cut apart: code, QR and the questions to tick by hand."""
    found = _round_or_404(ward, rating)
    link = request.build_absolute_uri(reverse("facilitation:rate"))
    return answer_pdf(papers.slips(found, request.ward.name, link), "suara-warga.pdf")  # type: ignore[attr-defined]


@require_POST
@page("facilitation.close_rating")
def close(request: HttpRequest, ward: str, rating: str) -> HttpResponse:
    """Close a round before its last day."""
    tried = carry_out(actions.close_rating, by=request.user, ward=ward, round_id=rating)
    for reason in tried.reasons:
        messages.warning(request, reason.say(_))
    return redirect("facilitation:ratings", ward=ward)


@public
def rate(request: HttpRequest) -> HttpResponse:
    """For who has a slip: the code, then a few questions; no account, no name."""
    code = request.POST.get("code") or request.GET.get("code", "")
    found: dict[str, Any] = {"code": code, "form": None, "reasons": [], "done": False}
    if code:
        try:
            with guess("rating", address(request), wrong=WRONG, tries=TRIES, seconds=SECONDS):
                return _answer(request, code, found)
        except TooManyTries:
            return render(request, "facilitation/rate.html", {**found, "blocked": True}, status=429)
        except Refusal as refusal:
            found["reasons"] = refusal.reasons
    return render(request, "facilitation/rate.html", found, status=shown.status(found["reasons"]))


def _answer(request: HttpRequest, code: str, found: dict[str, Any]) -> HttpResponse:
    """The questions of the code's round, or what is done with them; refuses a code that is none."""
    ward = queries.ward_of_code(code)
    if ward is None:
        raise refuse(
            WRONG, "This code is unknown, or it was used already.", where={"field": "code"}
        )
    with standing_in(ward):
        questions = queries.questions_of_code(code)
        if questions is None:
            raise refuse(
                WRONG, "This code is unknown, or it was used already.", where={"field": "code"}
            )
        names = labels.questions(ward, clock.today())
        form: forms.Form = RatingForm(
            request.POST if "answer" in request.POST else None,
            questions=[(key, names.get(key, key)) for key in questions],
        )
        tried = attempt(form, actions.rate, by=access.system(), ward=ward, code=code)
    if tried.done:
        return render(request, "facilitation/rate.html", {**found, "done": True})
    told = {**found, "form": form, "reasons": tried.reasons}
    return render(request, "facilitation/rate.html", told, status=shown.status(tried.reasons, form))
