"""Reading a ward's board. It is put together once for each state of the ward, and kept until something is entered."""

from collections.abc import Sequence
from datetime import date
from importlib.metadata import version

from django.core.cache import cache
from django.utils.translation import get_language

from pendamping.guidelines import queries as guidelines
from pendamping.kernel import memory
from pendamping.kernel.refusal import Reason
from pendamping.notice import decided, guide, money, people, planned
from pendamping.notice.hanging import due, dump, hanging, last_put_up, posting, postings
from pendamping.notice.naming import names_in
from pendamping.notice.parts import Board
from pendamping.notice.rules import masked
from pendamping.territory import queries as territory
from pendamping.trail import queries as trail

__all__ = [
    "board",
    "check",
    "due",
    "dump",
    "hanging",
    "last_put_up",
    "masked_texts",
    "posting",
    "postings",
    "rule",
]

SHAPE, VERSION = 4, version("pendamping")  # of what is kept: another one is read anew
KEPT_SECONDS = 24 * 60 * 60

rule = guide.rule


def board(ward: str, on: date) -> Board | None:
    """The board of a ward at the end of a day, in the reader's language; ``None`` where there is no such ward.

    What was put together is kept under the end of the ward's trail and of the server's: whatever is entered makes
    it stale at once.
    """
    seals = (trail.short_seal(ward), trail.short_seal(""))
    stamp = (SHAPE, VERSION, on, seals)
    key = f"pendamping.board:{ward}:{get_language()}"
    kept = cache.get(key)
    if kept is not None and kept[0] == stamp:
        found: Board = kept[1]
        return found
    with memory.remembering(look=True):
        made = _put_together(ward, on, seals[0])
    if made is not None:
        cache.set(key, (stamp, made), KEPT_SECONDS)
    return made


def _put_together(ward: str, on: date, seal: tuple[int, str]) -> Board | None:
    place = territory.ward(ward)
    if place is None:
        return None
    said = rule(ward, on)
    works, own = money.works(ward, on)
    groups, fund, borrowers, small = money.borrowed(ward, on, said.least_shown)
    return Board(
        ward=ward,
        name=place.name,
        practice=place.practice,
        on=on,
        least=said.least_shown,
        guideline=f"{said.code} {guidelines.version(ward, on)}",
        seal=seal,
        plan=planned.plan(ward, on),
        windows=money.windows(ward, on),
        tranches=money.tranches(ward, on),
        fund=fund,
        own=own,
        works=works,
        groups=groups,
        met=decided.met(ward, on, said.least_shown, borrowers, small),
        coming=decided.coming(ward, on),
        seats=people.seats(ward, on, said.names_of),
        complaints=people.figures(ward, on),
        posters=hanging(ward, on),
    )


def masked_texts(ward: str, texts: Sequence[str]) -> list[str]:
    """What somebody typed, as everybody may read it: without names of residents, without numbers of persons."""
    said = names_in(ward, texts)
    return [masked(text, said) for text in texts]


def check(ward: str) -> list[Reason]:
    """Posters that no action entered."""
    from pendamping.notice import said

    return said.breaks(ward)
