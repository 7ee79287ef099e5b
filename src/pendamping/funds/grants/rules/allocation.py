"""What a ward is given, how it is split between the windows, and in which tranches it comes.

Source: handbook 3.3 (bands), 3.4 and 11 no. 3 (tranches), 3.5 (components and their caps).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason


@dataclass(frozen=True, slots=True)
class Band:
    """A range of population, ends included (``None``: no upper end), and its amount in rupiah."""

    least: int
    most: int | None
    amount: int


def bands_of(section: Mapping[str, Any]) -> list[Band]:
    """The bands of the guideline's section ``allocation``, in the order written."""
    return [
        Band(one["min_population"], one.get("max_population"), one["amount"])
        for one in section.get("bands", ())
    ]


def band_problems(bands: Sequence[Band], clause: str) -> list[Reason]:
    """Overlaps and gaps of a table of bands, and an end that leaves large wards without one."""
    if not bands:
        return [Reason(clause, "The guideline has no table of allocations.")]
    ordered = sorted(bands, key=lambda one: one.least)
    found = []
    if ordered[0].least > 0:
        found.append(_gap(clause, 0, ordered[0].least - 1))
    for one, after in pairwise(ordered):
        end = one.most
        if end is None or end >= after.least:
            found.append(
                Reason(
                    clause,
                    "Two bands hold a ward of {population} people.",
                    {"population": after.least},
                )
            )
        elif end + 1 < after.least:
            found.append(_gap(clause, end + 1, after.least - 1))
    if ordered[-1].most is not None:
        found.append(
            Reason(
                clause,
                "No band holds a ward of more than {population} people.",
                {"population": ordered[-1].most},
            )
        )
    return found


def _gap(clause: str, first: int, last: int) -> Reason:
    return Reason(
        clause,
        "No band holds a ward of {first} to {last} people.",
        {"first": first, "last": last},
    )


def band_for(bands: Iterable[Band], population: int) -> Band | None:
    """The band that holds a ward of this population.

    >>> band_for([Band(0, 2999, 100), Band(3000, None, 250)], 3000).amount
    250
    """
    return next(
        (
            one
            for one in bands
            if one.least <= population and (one.most is None or population <= one.most)
        ),
        None,
    )


def split_problems(
    split: Mapping[str, int],
    allocation: int,
    components: Mapping[str, Mapping[str, Any]],
    code: str,
) -> list[Reason]:
    """Why a split of the allocation between windows does not stand.

    ``split``: whole rupiah by window; ``components``: the guideline's, with their caps if any.
    """
    found = []
    unknown = [name for name in split if name not in components]
    if unknown or any(amount < 0 for amount in split.values()):
        found.append(
            Reason(
                "grants.split", "Each window takes a sum of zero or more.", {}, {"unknown": unknown}
            )
        )
    total = sum(split.values())
    if total != allocation:
        found.append(
            Reason(
                "grants.split",
                "The windows come to {total}, the allocation is {allocation}.",
                {"total": format_rupiah(total), "allocation": format_rupiah(allocation)},
                {"total": total, "allocation": allocation},
            )
        )
    for name, component in components.items():
        found += _caps(name, component, split.get(name, 0), allocation, code)
    return found


def _caps(
    name: str, component: Mapping[str, Any], amount: int, allocation: int, code: str
) -> Iterable[Reason]:
    least, most = component.get("min_percent"), component.get("max_percent")
    where = {"field": name}
    if least is not None and amount * 100 < least * allocation:
        yield Reason(
            f"components.{code}.{name}",
            "At least {least} % of the allocation goes to this window.",
            {"least": least},
            where,
        )
    if most is not None and amount * 100 > most * allocation:
        yield Reason(
            f"components.{code}.{name}",
            "At most {most} % of the allocation goes to this window.",
            {"most": most},
            where,
        )


def tranche_shares(split: Mapping[str, int], percentages: Sequence[int]) -> list[dict[str, int]]:
    """What each tranche brings to each window, in whole rupiah: the last one takes the rest.

    Over all tranches each window gets its sum of the split, so the tranches come to the allocation.

    >>> tranche_shares({"physical": 101, "social": 50}, [20, 50, 30])
    [{'physical': 20, 'social': 10}, {'physical': 50, 'social': 25}, {'physical': 31, 'social': 15}]
    """
    shares: list[dict[str, int]] = []
    for number, percent in enumerate(percentages, start=1):
        if number < len(percentages):
            shares.append({name: amount * percent // 100 for name, amount in split.items()})
        else:
            given = {name: sum(one[name] for one in shares) for name in split}
            shares.append({name: amount - given[name] for name, amount in split.items()})
    return shares
