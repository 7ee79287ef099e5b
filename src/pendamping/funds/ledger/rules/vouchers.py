"""The voucher of an entry: which model it is on, and how its number is written.

Source: handbook 4.5 [S26]: model A is money in, B money out, C a transfer.
"""

import re
from collections.abc import Iterable

from pendamping.funds.ledger.rules.entries import MONEY, Leg

IN, OUT, TRANSFER = MODELS = ("A", "B", "C")
"""Letters of the three models."""

PATTERN = "{model}-{year}-{number}"
"""How a number is written where the guideline says nothing; the running number has four digits or more."""


OPENING = "opening"
"""The kind of the entry that takes balances over from an old book: no money came in by it."""


def model_of(legs: Iterable[Leg], kind: str = "") -> str:
    """The model of an entry, from its lines by account key: only money in, only money out, or neither.

    >>> model_of([("cash", 575_000), ("loans", -500_000), ("service_income", -75_000)])
    'A'
    >>> model_of([("transport", 20_000), ("cash", -20_000)])
    'B'
    >>> model_of([("bank", 500), ("cash", -500)]), model_of([("reserve_cost", 5), ("loan_reserve", -5)])
    ('C', 'C')
    >>> model_of([("cash", 500), ("initial_fund", -500)], OPENING)
    'C'
    """
    if kind == OPENING:
        return TRANSFER
    moved = {amount > 0 for key, amount in legs if key in MONEY}
    return {frozenset({True}): IN, frozenset({False}): OUT}.get(frozenset(moved), TRANSFER)


def written(pattern: str, model: str, year: int, number: int) -> str:
    """A voucher's number as it stands on paper.

    >>> written(PATTERN, "A", 2004, 12), written("{number}/{model}/{year}", "C", 2005, 10_412)
    ('A-2004-0012', '10412/C/2005')
    """
    parts = {"model": model, "year": str(year), "number": f"{number:04d}"}
    return re.sub(r"\{(model|year|number)\}", lambda found: parts[found[1]], pattern)


def read(pattern: str, text: str) -> tuple[str, int, int] | None:
    """Model, year and number of what was typed: by the pattern, whatever stands between its parts.

    >>> read(PATTERN, "A-2004-0012"), read(PATTERN, " b 2004/12 ")
    (('A', 2004, 12), ('B', 2004, 12))
    >>> read("{number}/{model}/{year}", "10412/C/2005")
    ('C', 2005, 10412)
    >>> read(PATTERN, "0012"), read(PATTERN, "D-2004-1"), read(PATTERN, "A-2004-0")
    (None, None, None)
    """
    order = re.findall(r"\{(model|year|number)\}", pattern)
    parts = re.findall(r"[ABC](?![A-Z])|[0-9]{1,9}", text.upper())
    if sorted(order) != ["model", "number", "year"] or len(parts) != 3:
        return None
    said = dict(zip(order, parts, strict=True))
    if said["model"] not in MODELS or not said["year"].isdigit() or not said["number"].isdigit():
        return None
    number = int(said["number"])
    return (said["model"], int(said["year"]), number) if number else None
