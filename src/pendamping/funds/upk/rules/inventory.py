"""Things that the unit owns: straight-line depreciation and what is left when one goes.

Source: handbook 4.5 [S26] (U5 inventory, historic cost), accounts 12020 and 12021 [S46]; the months of
use and the rounding are ours: whole rupiah, rounded down month by month, the last month takes the rest.
"""

from datetime import date

from pendamping.kernel.refusal import Reason


def months_of_use(bought: date, month: date) -> int:
    """How many months count by the end of a month; the month of buying is the first.

    >>> months_of_use(date(2004, 6, 20), date(2004, 6, 30)), months_of_use(date(2004, 6, 20), date(2005, 5, 31))
    (1, 12)
    """
    return max(0, (month.year - bought.year) * 12 + month.month - bought.month + 1)


def depreciated(cost: int, residue: int, life_months: int, months: int) -> int:
    """What of the cost has been used up after so many months, in whole rupiah.

    >>> [depreciated(1_000_000, 100_000, 7, months) for months in (0, 1, 2, 7, 8)]
    [0, 128571, 257142, 900000, 900000]
    """
    return (cost - residue) * min(months, life_months) // life_months


def item_problems(name: str, cost: int, residue: int, life_months: int) -> list[Reason]:
    """Why a thing cannot be entered like this."""
    found = []
    if not name.strip():
        found.append(Reason("upk.item.name", "Write what it is.", {}, {"field": "name"}))
    if cost <= 0:
        found.append(
            Reason("upk.item.cost", "The price must be more than zero.", {}, {"field": "cost"})
        )
    if not 0 <= residue < max(cost, 1):
        found.append(
            Reason(
                "upk.item.residue",
                "What it is worth in the end is less than its price, and not below zero.",
                {},
                {"field": "residue"},
            )
        )
    if not 1 <= life_months <= 600:
        found.append(
            Reason(
                "upk.item.life",
                "It is used between one month and fifty years.",
                {},
                {"field": "life_months"},
            )
        )
    return found
