"""Names of residents in what somebody typed, so that a board does not say them."""

from collections.abc import Iterable

from pendamping.households import queries as households
from pendamping.notice.rules import candidates

AT_ONCE = 5_000  # what one question to the database may name


def names_in(ward: str, texts: Iterable[str]) -> set[str]:
    """What in these texts is the name of a resident, as it was typed; single words are none."""
    asked = sorted(candidates(texts))
    found: set[str] = set()
    for start in range(0, len(asked), AT_ONCE):
        called = households.called(ward, asked[start : start + AT_ONCE])
        found |= {name for name, people in called.items() if people}
    return found
