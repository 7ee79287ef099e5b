"""Which tiers a dossier goes through, in which order, and in which office it lies."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pendamping.territory.rules import is_practice

LEVELS = {"province": 1, "city": 2, "subdistrict": 3, "ward": 4}


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier as the guideline has it.

    ``roles``: whoever holds one of them in the ward sits in this tier without being appointed.
    ``results``: keys of results to what they do (``pass``, ``return``, ``refuse``).
    ``noted``: results that ask for a note. ``checks``: keys of the checklist.
    """

    key: str
    level: str = "ward"
    days: int | None = None
    roles: tuple[str, ...] = ()
    minutes: bool = False
    results: Mapping[str, str] | None = None
    noted: frozenset[str] = frozenset()
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A tier that is added or spared by the dossier's amount; amounts are whole rupiah.

    It holds from ``from_amount`` on and below ``below_amount``; ``dossiers``: kinds (empty: all).
    """

    tier: str
    effect: str  # add, spare
    after: str = ""
    dossiers: tuple[str, ...] = ()
    from_amount: int = 0
    below_amount: int | None = None

    def holds(self, kind: str, amount: int | None) -> bool:
        """Whether the band is meant; a dossier without an amount is in no band."""
        if amount is None or (self.dossiers and kind not in self.dossiers):
            return False
        return self.from_amount <= amount and (
            self.below_amount is None or amount < self.below_amount
        )


@dataclass(frozen=True, slots=True)
class Chain:
    """The tiers in order, the bands, and the tier that hears an appeal (empty: none)."""

    key: str
    dossiers: tuple[str, ...]
    tiers: tuple[str, ...]
    bands: tuple[Band, ...] = ()
    appeal: str = ""
    informed: tuple[str, ...] = ()


def tiers_for(chain: Chain, kind: str, amount: int | None) -> list[str]:
    """The tiers of a dossier: those of the chain, less the spared, with the added in their place.

    >>> large = Band("korkot", "add", after="team", from_amount=100)
    >>> small = Band("team", "spare", below_amount=10)
    >>> chain = Chain("c", ("proposal",), ("unit", "team"), (large, small))
    >>> tiers_for(chain, "proposal", 100), tiers_for(chain, "proposal", 9)
    (['unit', 'team', 'korkot'], ['unit'])
    """
    held = [band for band in chain.bands if band.holds(kind, amount)]
    found = list(chain.tiers)
    for band in held:
        if band.effect == "add" and band.tier not in found:
            at = found.index(band.after) + 1 if band.after in found else len(found)
            found.insert(at, band.tier)
    spared = {band.tier for band in held if band.effect == "spare"}
    left = [tier for tier in found if tier not in spared]
    return left or found  # a dossier that nobody looks at is none


def next_tier(tiers: Sequence[str], passed: Collection[str]) -> str:
    """The first tier that has not let the dossier pass; empty where all have.

    >>> next_tier(["unit", "board"], {"unit"}), next_tier(["unit"], {"unit"})
    ('board', '')
    """
    return next((tier for tier in tiers if tier not in passed), "")


def seat_of(ward: str, level: str) -> str:
    """The area whose office a tier of this level is, for a ward.

    >>> seat_of("32.71.01.1003", "city"), seat_of("32.71.01.1003", "ward")
    ('32.71', '32.71.01.1003')

    A practice ward keeps all its seats to itself: no practice comes into an office's queue.

    >>> seat_of("32.71.01.1003.L1", "city")
    '32.71.01.1003.L1'
    """
    if is_practice(ward):
        return ward
    return ".".join(ward.split(".")[: LEVELS[level]])


def city_of(ward: str) -> str | None:
    """The city under which a ward's stays are counted; a practice ward is counted in none.

    >>> city_of("32.71.01.1003"), city_of("32.71.01.1003.L1")
    ('32.71', None)
    """
    return None if is_practice(ward) else seat_of(ward, "city")


def chain_from(key: str, section: Mapping[str, Any], bands: Mapping[str, Any]) -> Chain:
    """A chain from the guideline's sections ``verification`` and ``verification_bands``."""
    one = section[key]
    return Chain(
        key=key,
        dossiers=tuple(one["dossiers"]),
        tiers=tuple(one["tiers"]),
        bands=tuple(_band(band) for band in bands.values() if band["chain"] == key),
        appeal=one.get("appeal", ""),
        informed=tuple(one.get("informed", ())),
    )


def _band(band: Mapping[str, Any]) -> Band:
    return Band(
        tier=band["tier"],
        effect=band["effect"],
        after=band.get("after", ""),
        dossiers=tuple(band.get("dossiers", ())),
        from_amount=band.get("from_amount", 0),
        below_amount=band.get("below_amount"),
    )


def tier_from(
    key: str, tier: Mapping[str, Any], days: Mapping[str, int], results: Mapping[str, Any]
) -> Tier:
    """A tier from ``verification_tiers``, ``verification_days`` and ``verification_results``."""
    return Tier(
        key=key,
        level=tier.get("level", "ward"),
        days=days.get(key),
        roles=tuple(tier.get("roles", ())),
        minutes=bool(tier.get("minutes_required", False)),
        results={name: results[name]["moves"] for name in tier["results"]},
        noted=frozenset(n for n in tier["results"] if results[n].get("note_required")),
        checks=tuple(item["key"] for item in tier["checklist"]),
    )
