"""How well warnings find what was planted: recall, precision, days of lead, factor by factor."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from pendamping.insight.rules import FACTORS, INHIBITING, STANDS_OUT, Limits, warnings
from pendamping.kernel.share import Share
from pendamping.simulation.rules.broken import broken
from pendamping.simulation.rules.setting import Setting
from pendamping.simulation.rules.ward import live

LEAD_DAYS = 30


@dataclass(frozen=True, slots=True)
class Seen:
    """One factor in one ward: since when it was planted, when its limit was broken, on which days it stood out."""

    factor: str
    planted: date | None
    broken: date | None
    stood: tuple[date, ...]
    noise_only: bool

    @property
    def found(self) -> date | None:
        """The first day on which it stood out after it was planted."""
        if self.planted is None:
            return None
        return next((day for day in self.stood if day >= self.planted), None)

    @property
    def lead(self) -> int | None:
        """Days from then until its limit was broken (negative: after it); ``None`` where it was not."""
        return (self.broken - self.found).days if self.found and self.broken else None


def look(ward: Setting, limits: Limits) -> list[Seen]:
    """One ward, asked on the same day of each month from the first month to the last."""
    rows = live(ward)
    stood: dict[str, list[date]] = {factor: [] for factor in FACTORS}
    for month in range(1, ward.months + 1):
        on = ward.month(month)
        for one in warnings(rows, on, limits):
            if one.severity in (STANDS_OUT if one.factor in INHIBITING else ("strength",)):
                stood[one.factor].append(on)
    return [
        Seen(factor, ward.plants.get(factor),
             broken(ward, rows, factor, limits) if ward.has(factor) or stood[factor] else None,
             tuple(stood[factor]), not ward.plants)
        for factor in FACTORS
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """One factor over many wards. ``recall``: of the wards in which it was planted, those in which it then stood
    out; ``precision``: of the wards in which it ever stood out, those in which it was planted; ``false``: of the
    wards with noise only, those in which it ever stood out; ``chance``: of the wards in which it stood out unplanted,
    those whose limit was really broken, by chance; ``in_time``: of the planted wards whose limit was broken,
    those warned at least 30 days before; ``leads``: the days of each that was warned, fewest first."""

    factor: str
    recall: Share
    precision: Share
    false: Share
    chance: Share
    in_time: Share
    leads: tuple[int, ...]

    @property
    def lead(self) -> int | None:
        """The median of the leads."""
        return round(median(self.leads)) if self.leads else None


def table(found: Mapping[str, Measured]) -> str:
    """The figures as a table in Markdown."""
    lines = [
        "| factor | recall | precision | noise only | by chance | 30 days before | median lead | least lead |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in found.values():
        lead = ("–", "–") if one.lead is None else (f"{one.lead}", f"{one.leads[0]}")
        shares = [one.recall, one.precision, one.false, one.chance, one.in_time]
        cells = [f"{share.fraction} ({share.value:.2f})" if share.whole else "–" for share in shares]  # fmt: skip
        lines.append("| " + " | ".join([f"`{one.factor}`", *cells, *lead]) + " |")
    return "\n".join(lines) + "\n"


def measured(seen: Iterable[Seen]) -> Mapping[str, Measured]:
    """The figures of each factor."""
    of: dict[str, list[Seen]] = {factor: [] for factor in FACTORS}
    for one in seen:
        of[one.factor].append(one)
    return {factor: _measured(factor, held) for factor, held in of.items()}


def _measured(factor: str, held: Sequence[Seen]) -> Measured:
    planted = [one for one in held if one.planted]
    stood = [one for one in held if one.stood]
    wrong = [one for one in stood if not one.planted]
    quiet = [one for one in held if one.noise_only]
    ended = [one for one in planted if one.broken]
    leads = sorted(one.lead for one in ended if one.lead is not None)
    return Measured(
        factor,
        Share(sum(one.found is not None for one in planted), len(planted)),
        Share(sum(one.found is not None for one in stood), len(stood)),
        Share(sum(bool(one.stood) for one in quiet), len(quiet)),
        Share(sum(one.broken is not None for one in wrong), len(wrong)),
        Share(sum(lead >= LEAD_DAYS for lead in leads), len(ended)),
        tuple(leads),
    )
