"""The ward's public board: for everybody, without an account."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from pendamping.access import queries as access
from pendamping.access.gate import public, standing_in
from pendamping.kernel import clock
from pendamping.notice import files, queries
from pendamping.notice.parts import Board
from pendamping.notice.views import shown
from pendamping.territory import queries as territory

FIRST = {"plan": 12, "works": 6, "groups": 12, "met": 6}  # rows of each part on the whole board
PAGE = 50
MOST_WARDS = 40


def board_or_404(ward: str) -> Board:
    """The board of a ward today; a practice ward that was put away has none."""
    with standing_in(ward):
        found = None if access.put_away(ward) else queries.board(ward, clock.today())
    if found is None:
        raise Http404
    return found


@require_safe
@public
def boards(request: HttpRequest) -> HttpResponse:
    """The wards that have a board; ``?q=``: those whose name holds a word."""
    asked = request.GET.get("q", "").strip()[:60]
    wards = [one for one in territory.wards([""]) if not one.practice_of]
    found = [one for one in wards if asked.casefold() in one.name.casefold()]
    told = {"asked": asked, "found": found[:MOST_WARDS], "all": len(found)}
    return render(request, "notice/boards.html", told)


@require_safe
@public
def board(request: HttpRequest, ward: str) -> HttpResponse:
    """The whole board; ``?part=``: one long part of it, page by page."""
    found = board_or_404(ward)
    parts = shown.rows(found)
    part = request.GET.get("part", "")
    told: dict[str, Any] = {"of": found, "here": reverse("notice:board", kwargs={"ward": ward})}
    if part in parts:
        return _part(request, told, part, parts[part])
    told["parts"] = {name: rows[: FIRST[name]] for name, rows in parts.items()}
    told["counts"] = {name: len(rows) for name, rows in parts.items()}
    told["windows"] = [shown.window_row(ward, one) for one in found.windows]
    told["lines"] = shown.short_lines(found)
    told["bodies"] = shown.by_body(found)
    told["prints"] = request.user.is_authenticated and access.may(request.user, "notice.read", ward)
    return render(request, "notice/board.html", told)


@require_safe
@public
def board_json(request: HttpRequest, ward: str) -> HttpResponse:
    """The board as one JSON document."""
    return _file(request, ward, files.as_json, "application/json")


@require_safe
@public
def board_csv(request: HttpRequest, ward: str) -> HttpResponse:
    """The board as one CSV table."""
    answer = _file(request, ward, files.as_csv, "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="board-{ward}.csv"'
    return answer


def _file(
    request: HttpRequest, ward: str, make: Callable[[Board], bytes], kind: str
) -> HttpResponse:
    """The file of a board; who asks again with its mark hears that nothing changed."""
    content = make(board_or_404(ward))
    mark = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    unchanged = request.headers.get("If-None-Match") == mark
    answer = HttpResponse(status=304) if unchanged else HttpResponse(content, content_type=kind)
    answer["ETag"], answer["Cache-Control"] = mark, "no-cache"
    return answer


def _part(
    request: HttpRequest, told: dict[str, Any], part: str, rows: list[dict[str, Any]]
) -> HttpResponse:
    typed = request.GET.get("page", "1")
    last = max((len(rows) + PAGE - 1) // PAGE, 1)
    number = min(int(typed), last) if typed.isascii() and typed.isdigit() and typed != "0" else 1
    told |= {
        "part": part,
        "parts": {part: rows[(number - 1) * PAGE : number * PAGE]},
        "previous": _page(told["here"], part, number - 1) if number > 1 else None,
        "next": _page(told["here"], part, number + 1) if number < last else None,
        "number": number,
        "last": last,
    }
    return render(request, "notice/part.html", told)


def _page(here: str, part: str, number: int) -> str:
    return f"{here}?{urlencode({'part': part, 'page': number})}"
