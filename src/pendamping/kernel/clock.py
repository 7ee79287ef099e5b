"""The one clock. Practice wards and the demonstration set it; all others read it.

Nothing else in the house asks the operating system for the date.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta, timezone

JAKARTA = timezone(timedelta(hours=7), "WIB")
_set_to: ContextVar[datetime | None] = ContextVar("pendamping_clock", default=None)
_practice: ContextVar[datetime | None] = ContextVar("pendamping_practice", default=None)


def now() -> datetime:
    """The moment of entry, with its zone."""
    return _practice.get() or _set_to.get() or wall()


def wall() -> datetime:
    """The real moment, whatever a practice ward's clock says: for what expires."""
    return datetime.now(JAKARTA)


def today() -> date:
    """The day of entry, in the programme's zone."""
    return now().astimezone(JAKARTA).date()


def life_today() -> date:
    """The day outside practice: for who may enter, which a practice ward's clock does not decide."""
    return (_set_to.get() or wall()).astimezone(JAKARTA).date()


def practising() -> bool:
    """Whether the clock stands at a practice ward's day: what is printed then is marked."""
    return _practice.get() is not None


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Within the block the clock stands at the moment (a plain date: at nine in the morning)."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 9, tzinfo=JAKARTA)
    token, practice = _set_to.set(moment), _practice.set(None)
    try:
        yield
    finally:
        _practice.reset(practice)
        _set_to.reset(token)


@contextmanager
def practice(day: date) -> Iterator[None]:
    """Within the block the clock stands at a practice ward's day, at the present time of day."""
    moment = datetime.combine(day, now().time(), JAKARTA)
    token = _practice.set(moment)
    try:
        yield
    finally:
        _practice.reset(token)
