"""Names of residents in what somebody typed, so that a board does not say them."""

from collections.abc import Iterable

from pendamping.households import queries as households
from pendamping.notice.rules import candidates


def names_in(ward: str, texts: Iterable[str]) -> set[str]:
    """What in these texts is the name of a resident, as it was typed; single words are none."""
    called = households.called(ward, candidates(texts))
    return {name for name, people in called.items() if people}
