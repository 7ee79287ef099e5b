"""Stable text ids: 26 characters that sort by time, as ULIDs do; repeatable where a seed is set."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from pendamping.kernel import clock

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_seeded: ContextVar[random.Random | None] = ContextVar("pendamping_ids", default=None)


def new_id() -> str:
    """A new id: 48 bits of milliseconds, 80 bits of chance, in Crockford's base 32."""
    source = _seeded.get()
    chance = source.getrandbits(80) if source else int.from_bytes(os.urandom(10), "big")
    number = (int(clock.now().timestamp() * 1000) & (2**48 - 1)) << 80 | chance
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -5, -5))


@contextmanager
def seeded(seed: int | str) -> Iterator[None]:
    """Within the block ids repeat from run to run (with a set clock)."""
    token = _seeded.set(random.Random(seed))  # noqa: S311 -- repeatable on purpose, no secret
    try:
        yield
    finally:
        _seeded.reset(token)
