"""Signs and numbers of a text that nobody can read: TOML lets them in by escape (``\\u0007``). Pure Python."""

from collections.abc import Iterator, Mapping
from typing import Any

from pendamping.guidelines.rules.kinds import Fault
from pendamping.kernel import signs
from pendamping.kernel.refusal import N_

SIGN = N_("{place}: a sign here cannot be read ({found}); write it anew")
NUMBER = N_("{place}: this number has no end; write it anew")


def unreadable(value: Any, path: str = "") -> Iterator[Fault]:
    """A fault for each key and value, at any depth, that cannot be shown or stored; with its path.

    >>> [fault.path for fault in unreadable({"loans": {"max": {"source": "S1\\u202e"}}})]
    ['loans.max.source']
    """
    if isinstance(value, Mapping):
        for key, inner in value.items():
            place = f"{path}.{signs.visible(key)}" if path else signs.visible(key)
            if signs.unreadable(key):
                yield _fault(place, key)
            yield from unreadable(inner, place)
    elif isinstance(value, list):
        for at, inner in enumerate(value, start=1):
            yield from unreadable(inner, f"{path}[{at}]")
    elif signs.unreadable(value):
        yield _fault(path, value)
    elif signs.why_not(value) is not None:
        yield Fault(path, NUMBER)


def _fault(path: str, text: str) -> Fault:
    return Fault(path, SIGN, {"found": signs.visible(text)[:80]})
