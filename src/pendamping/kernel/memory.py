"""What is read once while one page or one action is made, and forgotten with it."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Found = TypeVar("Found")

_known: ContextVar[dict[Hashable, object] | None] = ContextVar("pendamping_known", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Within the block what was found is known; nothing of it is known before or after."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once(key: Hashable, find: Callable[[], Found]) -> Found:
    """What ``find`` gives, asked once under this key; asked each time where nothing is remembered.

    An error is not remembered. What is given is shared, so a list, dict or set is refused:
    give a tuple, a frozenset or a ``MappingProxyType``.
    """
    known = _known.get()
    if known is None:
        return find()
    if key not in known:
        found = find()
        if isinstance(found, (list, dict, set, bytearray)):
            raise TypeError(
                f"What is remembered under {key!r} is shared: give it as what cannot change."
            )
        known[key] = found
    return known[key]  # type: ignore[return-value]


def forget() -> None:
    """Something has changed: ask anew."""
    known = _known.get()
    if known is not None:
        known.clear()
