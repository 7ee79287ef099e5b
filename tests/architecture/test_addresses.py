"""Every address says who may pass; every page can be reached; no two share a name."""

import inspect
import pkgutil
from collections import Counter
from importlib import import_module

from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path

from pendamping.access.gate import PUBLIC, SIGNED_IN, page
from pendamping.access.rules import PERMISSIONS
from pendamping.web.rooms import ROOMS

PUBLIC_ADDRESSES = {
    "healthz", "readyz", "language", "source", "account_login", "account_logout", "mfa_authenticate",
}  # fmt: skip


def addresses(patterns=None, prefix="", namespace=""):
    """Every address: (name with its namespace, pattern, view)."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry.url_patterns, route, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or ''}", route, entry.callback


def faults(found):
    for name, route, view in found:
        gate = getattr(view, "gate", None)
        place = f"/{route} ({name})"
        if not name or name.endswith(":"):
            yield f"{place}: has no name; templates and tests go by names"
        if gate is None:
            yield f"{place}: mark its view with @page, @signed_in or @public (access.gate)"
        elif gate not in PERMISSIONS and gate not in {PUBLIC, SIGNED_IN}:
            yield f"{place}: {gate} is not in access.permissions"
        elif "<str:ward>" in route and gate in {PUBLIC, SIGNED_IN} and name not in OPEN_IN_WARD:
            yield f"{place}: a page of a ward asks for a permission there"


# pages below a ward that everybody may see, and why
OPEN_IN_WARD: dict[str, str] = {
    "complaints:complain": "a resident without account complains there (docs/doors.md)",
    "notice:board": "the ward's public board: names nobody but office-holders, shows nothing of a few",
    "notice:board_csv": "the same as a table",
    "notice:board_json": "the same as a document",
    "notice:photo": "the picture of a poster that hangs, without what the phone wrote beside it",
    "monitoring:public_card": "scores of the last round by group: heads alone, nothing of a few, promises by role",
    "complaints:public": "what everybody may know of a ward's complaints: figures without small numbers",
}


def test_every_address_says_who_may_pass():
    found = list(addresses())
    assert len(found) > 20
    assert list(faults(found)) == []


def test_every_name_is_given_once():
    counted = Counter(name for name, _route, _view in addresses())
    assert [name for name, times in counted.items() if times > 1] == []


def test_what_is_public_is_listed_here():
    open_to_all = {
        name for name, _route, view in addresses() if getattr(view, "gate", "") == PUBLIC
    }
    known = PUBLIC_ADDRESSES | {
        "access:slip", "style", "home", "facilitation:rate", "complaints:follow",
        "complaints:own_slip_pdf", "notice:boards", "planning:kiosk", *OPEN_IN_WARD,
    }  # fmt: skip
    known |= {"offline:home", "offline:worker", "offline:manifest"}  # the same for everybody
    assert open_to_all <= known, "say so here when a page becomes public, so that somebody notices"


def test_every_marked_view_is_reached_by_an_address():
    reached = {inspect.unwrap(view) for _name, _route, view in addresses()}
    reached |= {view for _name, _route, view in addresses()}
    lost = []
    for room in [*ROOMS, "web"]:
        package = import_module(f"pendamping.{room}")
        for found in pkgutil.iter_modules(package.__path__):
            if found.name.endswith("views"):
                module = import_module(f"pendamping.{room}.{found.name}")
                lost += [
                    f"{module.__name__}.{name}"
                    for name, view in vars(module).items()
                    if hasattr(view, "gate")
                    and inspect.isfunction(view)
                    and view.__module__ == module.__name__
                    and view not in reached
                ]
    assert lost == [], "give them an address, or take them out"


def test_an_address_without_a_gate_is_caught_and_refused(rf: RequestFactory):
    from django.core.exceptions import PermissionDenied

    from pendamping.access.gate import GateMiddleware

    def unmarked(request):
        return HttpResponse("secret")

    planted = list(addresses([path("planted/", unmarked, name="planted")]))
    assert "mark its view" in next(faults(planted))
    refused = False
    try:
        GateMiddleware(unmarked).process_view(rf.get("/planted/"), unmarked, (), {})
    except PermissionDenied:
        refused = True
    assert refused


def test_an_unknown_permission_and_an_open_page_of_a_ward_are_caught():
    @page("loans.fly")
    def wrong(request):
        return HttpResponse()

    @page(SIGNED_IN)
    def open_page(request, ward):
        return HttpResponse()

    planted = [
        path("wrong/", wrong, name="wrong"),
        path("w/<str:ward>/open/", open_page, name="open"),
    ]
    said = list(faults(addresses(planted)))
    assert len(said) == 2
    assert "loans.fly is not in" in said[0]
    assert "asks for a permission" in said[1]
