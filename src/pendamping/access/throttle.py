"""A limit on tries that holds over several workers: the counters lie in the shared cache.

Each try takes one of a fixed number of slots; a slot comes free when its time is over, or at once where
the try was no wrong guess. Adding a key to the cache is the database's own insert, so two workers never
take the same slot.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from pendamping.kernel.refusal import Refusal


class TooManyTries(Exception):
    """Every slot is taken; one comes free when its time is over."""


@contextmanager
def guess(what: str, who: str, *, wrong: str, tries: int, seconds: int) -> Iterator[None]:
    """Let ``who`` try ``what`` once more; only a refusal with the clause ``wrong`` counts.

    The slot is taken before the try, so that a hundred tries at the same moment are still ``tries``;
    it is given back when nothing was guessed wrong. Raises :class:`TooManyTries`.
    """
    slot = _take(f"pendamping.throttle:{what}:{who}", tries, seconds)
    try:
        yield
    except Refusal as refusal:
        if wrong not in {reason.clause for reason in refusal.reasons}:
            cache.delete(slot)
        raise
    cache.delete(slot)


def spend(what: str, who: str, *, tries: int, seconds: int) -> None:
    """Let ``who`` do ``what`` once more; it counts whatever comes of it. Raises :class:`TooManyTries`."""
    _take(f"pendamping.throttle:{what}:{who}", tries, seconds)


def _take(key: str, tries: int, seconds: int) -> str:
    for number in range(tries):
        slot = f"{key}:{number}"
        if cache.add(slot, True, timeout=seconds):
            return slot
    raise TooManyTries(key)


def address(request: HttpRequest) -> str:
    """Where a request comes from, as the login's own limit counts it (proxies included)."""
    found: str = get_adapter(request).get_client_ip(request)
    return found
