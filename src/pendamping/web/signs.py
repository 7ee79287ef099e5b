"""Addresses and fields with signs that no database takes are answered with a page, not passed on."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import UnreadablePostError
from django.shortcuts import render

from pendamping.kernel.signs import unstored


class SignsMiddleware:
    """Answers status 400 where the address or a field holds NUL or half a sign; forgets such cookies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, said in request.COOKIES.items() if unstored(name + said)]:
            del request.COOKIES[name]
        if any(unstored(text) for text in _said(request)):
            return render(request, "web/400.html", status=400)
        return self.get_response(request)


def _said(request: HttpRequest) -> Iterator[str]:
    yield request.path_info
    yield from _texts(request.GET)
    if request.method == "POST":
        try:
            yield from _texts(request.POST)
        except UnreadablePostError:  # the sender has gone; what reads the fields next says so
            return


def _texts(fields: QueryDict) -> Iterator[str]:
    for name, values in fields.lists():
        yield name
        yield from (value for value in values if isinstance(value, str))
