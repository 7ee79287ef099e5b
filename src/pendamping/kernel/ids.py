"""Stable text ids: 26 characters that sort by time, as ULIDs do; repeatable where a seed is set.

Ids that one process makes in the same millisecond sort in the order in which they were made: payments
of one day are taken in that order. A step is up to 2**40, so that no id can be guessed from another.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from pendamping.kernel import clock

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BITS = 80  # of chance, below 48 bits of milliseconds
_STEP_BYTES = 5
_BLOCK = 1000


class _Source:
    """Where chance comes from, and the last number that it gave."""

    def __init__(self, seed: random.Random | None = None) -> None:
        self.bytes = seed.randbytes if seed else os.urandom
        self.start_anew()

    def start_anew(self) -> None:
        """A forked process must not go on where its parent stands."""
        self.last = 0
        self.turn = Lock()

    def next(self, moment: int) -> int:
        """The next number of a millisecond, above all that it gave in the same."""
        with self.turn:
            if self.last >> _BITS == moment:
                self.last += _step(self.bytes(_STEP_BYTES))
            else:
                chance = int.from_bytes(self.bytes(_BITS // 8), "big") >> 1  # room to count up
                self.last = moment << _BITS | chance
            return self.last

    def block(self, moment: int) -> Iterator[int]:
        """As many numbers as a bulk of rows needs at a time; nothing else falls between them."""
        first = self.next(moment)
        with self.turn:
            self.last = first + _BLOCK * (1 << 8 * _STEP_BYTES)
        drawn = self.bytes(_BLOCK * _STEP_BYTES)
        for at in range(0, len(drawn), _STEP_BYTES):
            first += _step(drawn[at : at + _STEP_BYTES])
            yield first


def _step(drawn: bytes) -> int:
    return int.from_bytes(drawn, "big") + 1


_process = _Source()
_seeded: ContextVar[_Source | None] = ContextVar("pendamping_ids", default=None)


os.register_at_fork(after_in_child=_process.start_anew)


def new_id() -> str:
    """A new id: 48 bits of milliseconds, 80 bits of chance, in Crockford's base 32."""
    return _written(_source().next(_moment()))


def is_id(text: str) -> bool:
    """Whether a text has the shape of an id.

    >>> is_id("01H455VB4PEX5VSKNK084SN02Q"), is_id("loan:1")
    (True, False)
    """
    return len(text) == 26 and set(text) <= set(_ALPHABET)


def new_ids() -> Iterator[str]:
    """Ids without end for a bulk of rows: each a little greater than the one before.

    Indexes by id then grow at their end alone.
    """
    source, moment = _source(), _moment()
    while True:
        for number in source.block(moment):
            yield _written(number)


def ids_for(number: int) -> Iterator[str]:
    """Ids for so many rows at least, in their order: a bulk of them is drawn at once."""
    return new_ids() if number > _FEW else iter(new_id, None)


_FEW = 10


def _source() -> _Source:
    return _seeded.get() or _process


def _moment() -> int:
    return int(clock.now().timestamp() * 1000) & (2**48 - 1)


_PAIRS = [one + two for one in _ALPHABET for two in _ALPHABET]


def _written(number: int) -> str:
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(120, -10, -10)])


@contextmanager
def seeded(seed: int | str) -> Iterator[None]:
    """Within the block ids repeat from run to run (with a set clock)."""
    token = _seeded.set(_Source(random.Random(seed)))  # noqa: S311 -- repeatable on purpose, no secret
    try:
        yield
    finally:
        _seeded.reset(token)
