"""A refusal that no page caught becomes a page of its reasons; nothing was saved."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pendamping.kernel.refusal import Refusal


class RefusalMiddleware:
    """Turns a :class:`Refusal` into status 409 with every reason on the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refusal):
            return None
        return render(request, "web/refused.html", {"reasons": error.reasons}, status=409)
