"""What is read once while one page or one action is made, and forgotten with it."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Found = TypeVar("Found")

_known: ContextVar[dict[Hashable, object] | None] = ContextVar("pendamping_known", default=None)
_looking: ContextVar[bool] = ContextVar("pendamping_looking", default=False)


@contextmanager
def remembering(look: bool = False) -> Iterator[None]:
    """Within the block what was found is known; nothing of it is known before or after.

    ``look``: nothing is written in the block, so what the books hold is known too (:func:`in_a_look`).
    """
    token, looking = _known.set({}), _looking.set(look)
    try:
        yield
    finally:
        _known.reset(token)
        _looking.reset(looking)


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


def in_a_look(key: Hashable, find: Callable[[], Found]) -> Found:
    """As :func:`once`, of what an action itself changes: asked each time but where all are only looking."""
    return once(key, find) if _looking.get() else find()


def forget() -> None:
    """Something has changed: ask anew."""
    known = _known.get()
    if known is not None:
        known.clear()
