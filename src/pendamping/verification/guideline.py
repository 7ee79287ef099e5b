"""What the guideline in force says of verification, typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pendamping.guidelines import queries as guidelines
from pendamping.verification.rules import chain as rules
from pendamping.verification.rules.chain import Chain, Tier


@dataclass(frozen=True, slots=True)
class Rule:
    """Chains, tiers, results, reasons and rules of a ward on a day."""

    code: str
    version: str
    chains: Mapping[str, Chain]
    tiers: Mapping[str, Tier]
    raw: Mapping[str, Any]

    @property
    def one_tier_each(self) -> bool:
        """Whether a person decides in one tier of a dossier at most."""
        return bool(self.raw["verification_rules"].get("one_tier_each", True))

    @property
    def appeal_days(self) -> int | None:
        """Days after a refusal in which it may be appealed; ``None``: without end."""
        days: int | None = self.raw["verification_rules"].get("appeal_days")
        return days

    @property
    def appeals(self) -> int:
        """How often one dossier may be appealed."""
        return int(self.raw["verification_rules"].get("appeals", 1))

    def chain_of(self, kind: str) -> Chain | None:
        """The chain through which a kind of dossier goes."""
        return next((one for one in self.chains.values() if kind in one.dossiers), None)


SECTIONS = (
    "verification", "verification_bands", "verification_tiers", "verification_days",
    "verification_results", "verification_reasons", "verification_pauses", "verification_rules",
    "actors",
)  # fmt: skip


def rule(ward: str, on: date) -> Rule:
    """The rule in force; every part of it read at once."""
    whole = guidelines.in_force(ward, on)
    raw = {name: whole.section(name) for name in SECTIONS}
    days, results = raw["verification_days"], raw["verification_results"]
    return Rule(
        code=whole.code,
        version=whole.version,
        chains={
            key: rules.chain_from(key, raw["verification"], raw["verification_bands"])
            for key in raw["verification"]
        },
        tiers={
            key: rules.tier_from(key, tier, days, results)
            for key, tier in raw["verification_tiers"].items()
        },
        raw=raw,
    )
