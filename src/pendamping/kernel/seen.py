"""Whether what a page showed is still so when it is sent: nobody keeps over what they have not seen."""

import json
from hashlib import sha256
from typing import Any

from pendamping.kernel.refusal import N_, Reason


def mark(kept: Any) -> str:
    """A mark of what is kept, for a page to send along: another one as soon as anything of it changes.

    >>> mark(["Semen", 2]) == mark(("Semen", 2)), mark(["Semen", 2]) == mark(["Semen", 3])
    (True, False)
    """
    text = json.dumps(kept, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:16]


def overtaken(seen: str, kept: Any, said: Any) -> list[Reason]:
    """Why a page cannot be kept that was made before something else was kept.

    ``seen``: the mark that the page sent along, empty where nobody read a page. ``kept``: what is kept
    now; ``said``: what would be kept. The same form sent twice says what is kept already: no reason.

    >>> overtaken(mark(["a"]), ["b"], ["b"]), overtaken("", ["b"], ["c"])
    ([], [])
    >>> [one.clause for one in overtaken(mark(["a"]), ["b"], ["c"])]
    ['kernel.seen.overtaken']
    """
    if not seen or seen == mark(kept) or mark(said) == mark(kept):
        return []
    text = N_(
        "Meanwhile something else was kept here. Look at what is kept now in another window; "
        "keep this page again where yours shall take its place."
    )
    return [Reason("kernel.seen.overtaken", text)]
