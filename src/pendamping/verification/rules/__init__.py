"""Verification without a database: which tiers, whose turn, which decision, how many days.

Pure Python; handbook 5.1 and 11 no. 11. Every problem is a list of reasons with its clause.
"""

from pendamping.verification.rules.chain import Band, Chain, Tier, next_tier, seat_of, tiers_for
from pendamping.verification.rules.clock import counted_days, due_on
from pendamping.verification.rules.deciding import Verdict, deciding_problems
from pendamping.verification.rules.sides import Holder, sides_problems
from pendamping.verification.rules.spread import Spread, spread

__all__ = [
    "Band",
    "Chain",
    "Holder",
    "Spread",
    "Tier",
    "Verdict",
    "counted_days",
    "deciding_problems",
    "due_on",
    "next_tier",
    "seat_of",
    "sides_problems",
    "spread",
    "tiers_for",
]
