"""The codebook that a study begins with: the factors of the guideline, each for, against and overcome.

Its codes have the same GUID on every server, so that projects of several wards meet in any tool, and a file
that comes back is known again.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FOR, AGAINST, OVERCOME = SENSES = ("for", "against", "overcome")
PROCESS = (
    "planning", "implementation", "monitoring", "institutions", "facilitative", "educational", "earnings",
    "hand-over", "ahead",
)  # fmt: skip
INHIBITING, SUPPORTING, COURSE = GROUPS = ("inhibiting", "supporting", "process")
_SPACE = uuid.UUID("6f0f1d52-9d6a-5f0e-8a41-7c1c2a0f3b11")
COLOURS = {FOR: "#0C3D39", AGAINST: "#A23B2A", OVERCOME: "#B8862B"}


def guid_of(name: str) -> str:
    """The GUID of something that we name: an id of ours, a key of the codebook. In capitals, without braces."""
    return str(uuid.uuid5(_SPACE, name)).upper()


@dataclass(frozen=True, slots=True)
class Standard:
    """A code to begin with. ``key``: a group, ``factor:<factor>/<sense>`` or ``process:<part>``."""

    key: str
    parent: str
    codable: bool
    colour: str = ""

    @property
    def guid(self) -> str:
        """The same on every server."""
        return guid_of(f"code/{self.key}")


def standard(factors: Mapping[str, str]) -> list[Standard]:
    """Every code to begin with, parents first. ``factors``: key → ``inhibiting`` or ``supporting``.

    >>> [one.key for one in standard({"planning-too-long": "inhibiting"})][:4]
    ['inhibiting', 'factor:planning-too-long/for', 'factor:planning-too-long/against', 'factor:planning-too-long/overcome']
    """
    found = []
    for group in (INHIBITING, SUPPORTING):
        found.append(Standard(group, "", False))
        for factor in (key for key, kind in factors.items() if kind == group):
            whole = factor_key(factor, FOR)
            found.append(Standard(whole, group, True, COLOURS[FOR]))
            found += [
                Standard(factor_key(factor, sense), whole, True, COLOURS[sense])
                for sense in (AGAINST, OVERCOME)
            ]
    found.append(Standard(COURSE, "", False))
    return [*found, *(Standard(f"process:{part}", COURSE, True) for part in PROCESS)]


def factor_key(factor: str, sense: str) -> str:
    """The key of a factor's code."""
    return f"factor:{factor}/{sense}"


def meaning(key: str) -> tuple[str, str]:
    """The factor and the sense of a code's key; two empty texts where it is about no factor.

    >>> meaning("factor:elite-capture/against"), meaning("process:earnings")
    (('elite-capture', 'against'), ('', ''))
    """
    kind, _colon, rest = key.partition(":")
    factor, _slash, sense = rest.partition("/")
    return (factor, sense) if kind == "factor" and sense in SENSES else ("", "")


def meanings(codes: Iterable[tuple[str, str | None, str]]) -> dict[str, tuple[str, str]]:
    """What every code says of which factor: its own key, else that of the nearest code above it.

    ``codes``: (id, id of the code above or ``None``, key).
    """
    known = {key: (above, name) for key, above, name in codes}
    found: dict[str, tuple[str, str]] = {}
    for key in known:
        at: str | None = key
        said, seen = ("", ""), set()
        while at is not None and at in known and at not in seen and not said[0]:
            seen.add(at)
            above, name = known[at]
            said, at = meaning(name), above
        found[key] = said
    return found
