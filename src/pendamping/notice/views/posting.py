"""Where the poster of the board hangs: the list, a new one, one that came down; and the poster itself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendamping.access import queries as access
from pendamping.access.answers import answer_pdf, attempt
from pendamping.access.gate import page, public
from pendamping.kernel import clock
from pendamping.notice import actions, papers, queries
from pendamping.notice.forms import PutUpForm, TakeDownForm
from pendamping.notice.views.public import board_or_404

MOST = 60  # posters that came down; a page shows the latest


@require_safe
@page("notice.read")
def home(request: HttpRequest, ward: str) -> HttpResponse:
    """Where the poster hangs now and hung before."""
    return _home(request, ward)


def _home(
    request: HttpRequest, ward: str, tried: tuple[str, TakeDownForm, list[Any]] | None = None
) -> HttpResponse:
    today = clock.today()
    due, rows = queries.due(ward, today), list(queries.postings(ward)[: MOST * 2])
    points = queries.rule(ward, today).points
    here = [one for one in rows if one.taken_down_on is None]
    failed, form, reasons = tried or ("", TakeDownForm(), [])
    told = {
        "here": here,
        "gone": [_gone(one) for one in rows if one.taken_down_on is not None][:MOST],
        "forms": {one.id: form if one.id == failed else TakeDownForm(prefix=one.id) for one in here},
        "failed": failed,
        "reasons": reasons,
        "due": due,
        "late": due is not None and due < today,
        "points": points,
        "missing": max(points - len(here), 0),
        "may": {key: access.may(request.user, f"notice.{key}", ward) for key in ("put_up", "take_down")},
    }  # fmt: skip
    status = 409 if reasons else 422 if failed else 200
    return render(request, "notice/home.html", told, status=status)


def _gone(one: Any) -> dict[str, Any]:
    return {
        "place": one.place,
        "since": one.put_up_on,
        "until": one.taken_down_on,
        "by": one.entered_by.name,
    }


@page("notice.put_up")
def put_up(request: HttpRequest, ward: str) -> HttpResponse:
    """Note where a poster hangs."""
    form = PutUpForm(request.POST or None, request.FILES or None)
    tried = attempt(form, actions.put_up, by=request.user, ward=ward)
    if tried.done:
        text = _("Noted: it hangs at %(place)s. Everybody sees it on the board.")
        messages.success(request, text % {"place": tried.made.place})
        return redirect("notice:home", ward=ward)
    status = 409 if tried.reasons else 422 if form.errors else 200
    told = {"form": form, "reasons": tried.reasons}
    return render(request, "notice/put_up.html", told, status=status)


@require_POST
@page("notice.take_down")
def take_down(request: HttpRequest, ward: str, posting: str) -> HttpResponse:
    """Note that one hangs no longer."""
    found = queries.posting(ward, posting)
    if found is None:
        raise Http404
    form = TakeDownForm(request.POST, prefix=posting)
    tried = attempt(form, actions.take_down, by=request.user, ward=ward, posting_id=posting)
    if not tried.done:
        return _home(request, ward, (posting, form, tried.reasons))
    messages.success(request, _("Noted: it hangs no longer."))
    return redirect("notice:home", ward=ward)


@require_safe
@public
def photo(request: HttpRequest, ward: str, posting: str) -> HttpResponse:
    """The picture of a poster that hangs."""
    found = None if access.put_away(ward) else queries.posting(ward, posting)
    if found is None or found.photo is None or found.taken_down_on is not None:
        raise Http404
    response = HttpResponse(bytes(found.photo), content_type=f"image/{found.kind}")
    response["Cache-Control"] = "max-age=3600"
    return response


@require_safe
@page("notice.read")
def poster_pdf(request: HttpRequest, ward: str) -> HttpResponse:
    """The board as it stands today, on A3, in Indonesian as it hangs in the ward."""
    with translation.override("id"):
        found = board_or_404(ward)
    at = {"ward": ward}
    board, form = (
        request.build_absolute_uri(reverse(name, kwargs=at))
        for name in ("notice:board", "complaints:complain")
    )
    return answer_pdf(papers.poster(found, board, form), f"papan-{found.on:%Y-%m}.pdf")
