"""The poster of the ward's board."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from pendamping.access.answers import answer_pdf
from pendamping.access.gate import page
from pendamping.notice import papers
from pendamping.notice.views.public import board_or_404


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
