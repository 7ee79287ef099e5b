"""A limit on tries that holds over several workers: the counters lie in the shared cache.

Each try takes one of a fixed number of slots, and a slot comes free when its time is over. Adding a
key to the cache is the database's own insert, so two workers never take the same slot.
"""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def admitted(what: str, who: str, *, tries: int, seconds: int) -> bool:
    """Whether ``who`` may try ``what`` once more; taking the answer counts as a try."""
    return any(
        cache.add(f"pendamping.throttle:{what}:{who}:{slot}", True, timeout=seconds)
        for slot in range(tries)
    )


def address(request: HttpRequest) -> str:
    """Where a request comes from, as the login's own limit counts it (proxies included)."""
    found: str = get_adapter(request).get_client_ip(request)
    return found
