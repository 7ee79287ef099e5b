"""The gate: every address says who may pass, and every action asks.

A view is marked by exactly one of :func:`page`, :func:`signed_in` and :func:`public`; an address
whose view is not marked is refused. A page of a ward takes ``ward`` (its official code) from its
address; the clock then stands at the practice ward's date, where there is one.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext
from datetime import date
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from pendamping.access import queries
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse
from pendamping.territory import queries as territory

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC, SIGNED_IN = "public", "signed-in"


def page(permission: str) -> Callable[[View], View]:
    """Only for those who hold the permission in the address's ward (or anywhere, where it has none)."""

    def mark(view: View) -> View:
        view.gate = permission  # type: ignore[attr-defined]
        return view

    return mark


def signed_in(view: View) -> View:
    """For everybody who has logged in."""
    view.gate = SIGNED_IN  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """For everybody."""
    view.gate = PUBLIC  # type: ignore[attr-defined]
    return view


def allow(by: User, permission: str, ward: str) -> None:
    """Refuse unless the user may do this in the ward; the second beat of every action."""
    if not queries.may(by, permission, ward):
        if queries.put_away(ward):
            raise refuse(
                "access.put_away",
                "This practice ward was put away; go on in the fresh one.",
                where={"ward": ward},
            )
        if keepers := queries.kept_by_another(by, permission, ward):
            raise refuse(
                "separation.cashier_not_bookkeeper",
                "{keepers} keeps the books here; who takes the cash leaves this to the book-keeper",
                keepers=", ".join(keepers),
                where={"permission": permission, "ward": ward},
            )
        if since := queries.passed_since(by, permission, ward):
            raise refuse(
                "access.passed_on",
                "Since {day} the ward does this itself: it was handed over by its facilitator",
                day=since.isoformat(),
                where={"permission": permission, "ward": ward},
            )
        raise refuse(
            "access.permission",
            "{name} does not hold a role that may do this here",
            name=by.name,
            where={"permission": permission, "ward": ward},
        )


class GateMiddleware:
    """Asks at every address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as stack:
            request.gate_stack = stack  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        gate = getattr(view, "gate", None)
        if gate is None:
            raise PermissionDenied(f"{request.path} does not say who may pass")
        code = kwargs.get("ward")
        ward = territory.ward(code) if code else None
        request.ward = ward  # type: ignore[attr-defined]
        if gate == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if code and ward is None:
            fresh = territory.begun_anew(code)
            if fresh and queries.roles(request.user, fresh.code):  # type: ignore[arg-type]
                request.instead = fresh  # type: ignore[attr-defined]
            raise Http404
        if ward:
            request.gate_stack.enter_context(_at(ward.practice_today))  # type: ignore[attr-defined]
        if gate != SIGNED_IN:
            _ask(request.user, gate, code)  # type: ignore[arg-type]
        return None


def standing_in(code: str) -> AbstractContextManager[None]:
    """The clock of a ward for work outside a request: a practice ward's date, else the real time."""
    return standing_at(territory.ward(code))


def standing_at(ward: Any) -> AbstractContextManager[None]:
    """As :func:`standing_in`, of a ward that was read already."""
    return _at(ward.practice_today if ward else None)


def _at(practice_today: date | None) -> AbstractContextManager[None]:
    if practice_today is None:
        return nullcontext()
    return clock.practice(practice_today)


def _ask(user: User, permission: str, ward: str | None) -> None:
    allowed = (
        queries.may(user, permission, ward) if ward else bool(queries.scopes(user, permission))
    )
    if not allowed:
        raise PermissionDenied(permission)
