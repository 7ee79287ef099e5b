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
    return _written(_number())


def new_ids() -> Iterator[str]:
    """Ids without end for a bulk of rows: each a little greater than the one before.

    Indexes by id then grow at their end alone; a step is up to 2**40, so that no id can be guessed
    from another.
    """
    number = _number() & ~(1 << 79)  # room to count upwards
    source = _seeded.get()
    while True:
        drawn = source.randbytes(5000) if source else os.urandom(5000)
        for at in range(0, 5000, 5):
            number += int.from_bytes(drawn[at : at + 5], "big") + 1
            yield _written(number)


def _number() -> int:
    source = _seeded.get()
    chance = source.getrandbits(80) if source else int.from_bytes(os.urandom(10), "big")
    return (int(clock.now().timestamp() * 1000) & (2**48 - 1)) << 80 | chance


_PAIRS = [one + two for one in _ALPHABET for two in _ALPHABET]


def _written(number: int) -> str:
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(120, -10, -10)])


@contextmanager
def seeded(seed: int | str) -> Iterator[None]:
    """Within the block ids repeat from run to run (with a set clock)."""
    token = _seeded.set(random.Random(seed))  # noqa: S311 -- repeatable on purpose, no secret
    try:
        yield
    finally:
        _seeded.reset(token)
