"""Every write is a named action; the wrong path fails.

A room's actions are decorated with :func:`action`. The decorator opens one transaction and a write
window; outside a window every INSERT, UPDATE or DELETE on a room's tables is refused on the
connection itself, whether it comes from a model, a queryset or plain SQL. An action that leaves
nothing in the trail is an error and is rolled back.

The five beats of an action: lock, ask, write, post, record.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from pendamping.kernel import memory
from pendamping.kernel.ids import is_id, new_id
from pendamping.kernel.refusal import Refusal, refuse
from pendamping.trail import resent, statement_guard
from pendamping.trail.resent import sent_before, told_aside

__all__ = ["sent_before", "told_aside"]

P = ParamSpec("P")
R = TypeVar("R")
Made = TypeVar("Made")


class WriteOutsideAction(RuntimeError):
    """Something tried to change a room's table without a named action."""


class ActionLeftNoTrail(RuntimeError):
    """An action ended without a record in the trail."""


@dataclass
class Window:
    """An open action: its name, how many events it has recorded, what waits for its end."""

    verb: str
    events: int = 0
    waiting: dict[Callable[[list[Any]], None], list[Any]] = field(default_factory=dict)


_window: ContextVar[Window | None] = ContextVar("pendamping_window", default=None)


def current() -> Window:
    """The open action; an error outside one."""
    window = _window.get()
    if window is None:
        raise WriteOutsideAction("nothing may be recorded outside a named action")
    return window


def before_the_end(step: Callable[[list[Any]], None], item: Any) -> None:
    """Let the open action end with a step on all items that were handed in for it, in their order.

    For what must wait until everything else is locked and written; an action within another ends
    with the outer one.
    """
    current().waiting.setdefault(step, []).append(item)


def end_what_waits() -> None:
    """Let everything that waits for the end of the open action happen now.

    For an action of many others whose later ones ask for what the earlier ones left to the end. It takes
    the locks of those steps early: only where nobody else is at work, as in a ward that was just opened.
    """
    waiting = current().waiting
    steps = list(waiting.items())
    waiting.clear()
    for step, items in steps:
        step(items)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a keyword-only function the named action ``<room>.<function>``.

    Given a ``request_id`` (the hidden id of a form) it happens once for it, whether the function itself wants
    the id or not: see :mod:`.resent`. Within another action that one answers for it.
    """
    verb = f"{_room(function.__module__)}.{function.__name__}"
    takes_request = resent.REQUEST in inspect.signature(function).parameters

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if args:
            raise TypeError(f"{verb}: name every argument")
        request = str(kwargs.get(resent.REQUEST) or "")
        given = kwargs if takes_request else _without_request(kwargs)
        if request and _window.get() is None and run.once_by == "trail":  # type: ignore[attr-defined]
            return _once(verb, function, request, given)
        with _open(verb):
            return function(**given)  # type: ignore[call-arg]

    run.verb = verb  # type: ignore[attr-defined]
    run.once_by = "trail"  # type: ignore[attr-defined]
    return run


def _without_request(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name != resent.REQUEST}


def _once(verb: str, function: Callable[..., R], request: str, given: Mapping[str, Any]) -> R:
    """Act for a form that may have been sent before.

    It is tried first: the database keeps each form once. Where that fails or is refused because the first
    sending went well (also at the same moment), what that one made is given, or it is refused for what
    differs.
    """
    mark = resent.content(function, given)
    try:
        with _open(verb):
            made = function(**given)
            resent.keep(request, verb, mark, made)
            return made
    except (IntegrityError, Refusal) as error:
        if _not_allowed(error):
            raise
        made_before: R = resent.answer(request, verb, mark, error)
        return made_before


def once_per_request(
    find: Callable[[Mapping[str, Any]], Made | None], *, whole: bool = False
) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Let an action with a ``request_id`` name what its form has made, where its room keeps the id with that.

    That a form happens once, and with one content, is :func:`action`'s; this says it in the room's words, and for
    records that were made before marks of forms were kept. ``whole``: the room alone compares what was said.
    ``find``: from the action's arguments to what the request has made already, or ``None``; it refuses a
    request that was used for something else. The action is tried first: the database lets a request make one
    record, and where the action fails or is refused because the first time went well (also at the same
    moment), what that made is given.
    """

    def decorate(function: Callable[..., Made]) -> Callable[..., Made]:
        if whole:
            function.once_by = "room"  # type: ignore[attr-defined]

        @wraps(function)
        def run(**arguments: Any) -> Made:
            try:
                return function(**arguments)
            except (IntegrityError, Refusal) as error:
                if _not_allowed(error) or (made := find(arguments)) is None:
                    raise
                if resent.is_other(error):  # the room compares less than all
                    raise
                return made

        run.once_per_request = True  # type: ignore[attr-defined]
        return run

    return decorate


def _not_allowed(error: Exception) -> bool:
    """Whether somebody asked who may not: they are not given what others have made."""
    return isinstance(error, Refusal) and any(
        reason.clause == "access.permission" for reason in error.reasons
    )


def own_id(request_id: str) -> str:
    """The id for the record that a form makes: the form's; a new one where none came with it."""
    if not request_id:
        return new_id()
    if not is_id(request_id):
        raise refuse("trail.request", "This form cannot be sent so; open a new one.")
    return request_id


@contextmanager
def _open(verb: str) -> Iterator[None]:
    outer = _window.get()
    window = Window(verb, waiting=outer.waiting) if outer else Window(verb)
    token = _window.set(window)
    try:
        with transaction.atomic(), nullcontext() if outer else memory.remembering():
            yield
            if not window.events:
                raise ActionLeftNoTrail(verb)
            if outer is None:
                for step, items in window.waiting.items():
                    step(items)
    finally:
        _window.reset(token)
        memory.forget()


@contextmanager
def migrating() -> Iterator[None]:
    """Let a migration fill a column that it has added; nobody acted, so no event is left."""
    token = _window.set(Window("migration"))
    try:
        yield
    finally:
        _window.reset(token)


def _room(module: str) -> str:
    """``pendamping.funds.loans.actions.repay`` is in the room ``loans``."""
    parts = module.split(".")
    return parts[parts.index("actions") - 1] if "actions" in parts else parts[-1]


# --- the guard on the connection: what statements it looks for, `statement_guard` knows ------------


def _guard(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    if _window.get() is None:
        text = sql if isinstance(sql, str) else str(sql)
        found = statement_guard.write(text)
        if not found and (shaped := statement_guard.shape(text)) and not _shaping():
            found = shaped
        if found:
            raise WriteOutsideAction(f"{found}: only a named action may write here")
    return execute(sql, params, many, context)


def _shaping() -> bool:
    """Whether Django's own editor of tables asks, as a migration has it do; asked only of such statements."""
    frame = inspect.currentframe()
    while frame is not None:
        if isinstance(frame.f_locals.get("self"), BaseDatabaseSchemaEditor):
            return True
        frame = frame.f_back
    return False


def guard_connection(connection: Any, **_: Any) -> None:
    """Put the guard on a new connection (called by Django's ``connection_created``)."""
    if _guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(_guard)
