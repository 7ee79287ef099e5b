"""What waits for the decision of a meeting, named so that the room that asked finds it again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that waits for a decision.

    ``subject``: what the room that asked looks for (``"loans.approve:<id>"``). ``text``: the decision in
    words, in the reader's language. ``kinds``: the kinds of meeting that may decide it. ``since``: a
    meeting before that day could not know of it. ``url``: the page that carries the decision out, for
    who holds ``permission``. ``waits``: somebody asked for it; else it may be decided where the meeting wants to.
    ``forms_group``: not for the meeting of a group that is there already. ``bars``: what still keeps the
    decision from being carried out, in a few words.
    """

    subject: str
    text: str
    kinds: tuple[str, ...]
    since: date | None = None
    url: str = ""
    permission: str = ""
    waits: bool = True
    forms_group: bool = False
    bars: str = ""


class Way(NamedTuple):
    """Where a decision is carried out: the page's address and the permission it takes. ``stays``: the way there stays
    when nothing waits for it; ``waits``: by its own room's record it was not carried out yet.
    """

    url: str
    permission: str
    stays: bool = False
    waits: bool = False


def offered(
    matters: Iterable[Matter], kind: str, held_on: date, taken: Collection[str] = ()
) -> list[Matter]:
    """What a meeting of a kind and day may still decide, each subject once, in order.

    ``taken``: subjects on which it has decided.

    >>> loan = Matter("loans.approve:1", "Loan 1 is approved.", ("board",), date(2004, 5, 6))
    >>> [one.subject for one in offered([loan, loan], "board", date(2004, 5, 9))]
    ['loans.approve:1']
    >>> offered([loan], "board", date(2004, 5, 5)), offered([loan], "citizens", date(2004, 5, 9))
    ([], [])
    >>> offered([loan], "board", date(2004, 5, 9), ["loans.approve:1"])
    []
    """
    found: dict[str, Matter] = {}
    for one in matters:
        late = one.since is None or one.since <= held_on
        if kind in one.kinds and late and one.subject not in taken:
            found.setdefault(one.subject, one)
    return list(found.values())
