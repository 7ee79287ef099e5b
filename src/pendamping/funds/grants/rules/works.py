"""Works: budget, progress, the residents' own part, social grants.

Source: handbook 5.2 (S4), 3.5 and 11 no. 8 (the own part against programme funds).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason
from pendamping.kernel.share import Share


def budget_problems(lines: Iterable[int], value: int) -> list[Reason]:
    """The lines of a budget (RAB) are above zero and come to the contract's value."""
    amounts = list(lines)
    total = sum(amounts)
    if amounts and min(amounts) > 0 and total == value:
        return []
    return [
        Reason(
            "grants.budget",
            "The lines of the budget come to {total}, the contract is for {value}.",
            {"total": format_rupiah(total), "value": format_rupiah(value)},
            {"field": "lines", "total": total},
        )
    ]


def contract_problems(on: date, starts: date, ends: date) -> list[Reason]:
    """The span of a contract lies after its date and in order."""
    if on <= starts <= ends:
        return []
    return [
        Reason(
            "grants.contract",
            "The work begins on or after the day of the contract, and ends after it begins.",
            {},
            {"field": "ends_on"},
        )
    ]


def progress_problems(percent: int, before: int, after: int) -> list[Reason]:
    """Physical progress does not go back, nor past a hundred.

    ``before``, ``after``: what is recorded for the months around it.
    """
    if before <= percent <= after:
        return []
    return [
        Reason(
            "grants.progress",
            "Progress lies between {before} % and {after} %, what is recorded before and after.",
            {"before": before, "after": after},
            {"field": "percent"},
        )
    ]


def late_days(ends: date, percent: int, on: date) -> int:
    """Days by which works are past their end on a day and not finished; zero where they are not late.

    >>> late_days(date(2005, 6, 15), 40, date(2005, 6, 20)), late_days(date(2005, 6, 15), 100, date(2005, 6, 20))
    (5, 0)
    """
    return max((on - ends).days, 0) if percent < 100 else 0


@dataclass(frozen=True, slots=True)
class Part:
    """Something that residents put in themselves: cash, material, land or labour, with its value."""

    kind: str
    value: int
    days_women: int = 0
    days_men: int = 0


def ratio(parts: Iterable[Part], programme: int) -> Share:
    """The residents' own part over programme funds, both in rupiah (handbook 3.5, S44).

    >>> ratio([Part("cash", 2_000_000), Part("labour", 7_560_000)], 29_850_000).percent(2)
    '32,03 %'
    """
    return Share(sum(one.value for one in parts), programme)


def by_kind(parts: Iterable[Part]) -> dict[str, int]:
    """The value of the own part by kind; only kinds that were put in."""
    sums: dict[str, int] = {}
    for one in parts:
        sums[one.kind] = sums.get(one.kind, 0) + one.value
    return sums


def social_problems(
    earlier: Iterable[str], what_for: str, why_again: str, *, listed: bool, code: str
) -> list[Reason]:
    """Why somebody may not be given a social grant: not on the poor list, or given the same before.

    ``earlier``: what they were given before. A second time for the same needs a reason.
    """
    found = []
    if not listed:
        found.append(
            Reason(
                f"menu.{code}.beneficiaries_on_poor_list",
                "Who is given a social grant must be on the poor list.",
                {},
                {"field": "receiver"},
            )
        )
    if what_for in set(earlier) and not why_again.strip():
        found.append(
            Reason(
                "grants.social.again",
                "They were given a grant for the same before; say why again.",
                {},
                {"field": "why_again"},
            )
        )
    return found
