"""Where a need stands on its way to an asset: the links that it has, and the last of them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

KINDS = (
    "asked", "voted", "planned", "proposed", "examined", "contract", "paid", "works", "asset",
)  # fmt: skip
"""The links in the order of the way; ``withdrawn`` ends it after the first."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the chain. ``state``: ``done``, ``now`` (under way), ``lost`` (waits for another year or
    vote), ``stopped``. ``on``: its day; ``record``: the id of what says so; ``said``: a word of the room
    below; ``number``: rupiah, or percent of works."""

    kind: str
    state: str
    on: date | None
    record: str
    said: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Now:
    """Where it stands: the furthest link, and how far that is along the way."""

    link: Link
    place: int

    @property
    def stopped(self) -> bool:
        """Whether it goes no further by itself."""
        return self.link.state in ("stopped", "lost")


def now_of(links: Sequence[Link]) -> Now:
    """The last link; one more step than the first for each link of the way that is done.

    >>> day = date(2004, 3, 1)
    >>> now_of([Link("asked", "done", day, "1"), Link("planned", "lost", day, "2")]).place
    1
    >>> now_of([Link("asked", "done", day, "1"), Link("planned", "done", day, "2")]).place
    3
    """
    last = links[-1]
    place = max((KINDS.index(one.kind) + 1 for one in links if one.kind in KINDS and one.state in ("done", "now")), default=0)  # fmt: skip
    return Now(last, place)


def reached(chains: Iterable[Sequence[Link]]) -> dict[str, int]:
    """How many needs have come to each link of the way, done; a picture for a meeting.

    A vote is no narrow place of its own: a need may be planned without one.
    """
    counted = Counter(
        kind for links in chains for kind in {one.kind for one in links if one.state == "done"}
    )
    return {kind: counted[kind] for kind in KINDS if kind != "voted"}


def stations(links: Sequence[Link]) -> dict[str, str]:
    """Every link of the way with its state: as it is on record, ``unknown`` where a later one is and it is not,
    ``ahead`` where nothing has come so far.

    A need that was planned or paid without a vote simply had none: that is ``ahead``, never unknown.

    >>> day = date(2004, 3, 1)
    >>> found = stations([Link("asked", "done", day, "1"), Link("contract", "done", day, "2")])
    >>> found["asked"], found["voted"], found["planned"], found["contract"], found["paid"]
    ('done', 'ahead', 'unknown', 'done', 'ahead')
    """
    known = {one.kind: one.state for one in links}
    last = max((KINDS.index(kind) for kind in known if kind in KINDS), default=-1)
    found = {}
    for place, kind in enumerate(KINDS):
        passed = place < last and kind != "voted"
        found[kind] = known.get(kind, "unknown" if passed else "ahead")
    return found
