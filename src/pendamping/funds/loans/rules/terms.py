"""The terms of a loan and what can be wrong with them.

Source: doors, ``pendamping loan schedule``; handbook 4.1, 11 nos. 1 and 13.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from pendamping.kernel.money import Rounding, group_thousands
from pendamping.kernel.period import add_months
from pendamping.kernel.refusal import Reason

GraceService = Literal["waived", "billed", "deferred"]
Unit = Literal["months", "weeks", "days"]
Method = Literal["flat", "declining"]
Amortisation = Literal["equal-principal", "equal-instalments"]

MOST_PERIODS = 1200
MOST_PRINCIPAL = 10**15


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed.

    ``principal`` and ``round_to`` in whole units of money, ``rate`` per period of ``every``
    (``Fraction(15, 1000)`` is 1.5 %), ``grace`` and ``instalments`` in such periods.
    ``grace_in_tenor``: the grace is taken out of ``instalments``, otherwise it comes before them.
    The defaults are those of the site and of the loan book.
    """

    principal: int
    instalments: int
    rate: Fraction
    disbursed: date
    grace: int = 0
    grace_in_tenor: bool = False
    grace_service: GraceService = "waived"
    every: tuple[int, Unit] = (1, "months")
    method: Method = "flat"
    amortisation: Amortisation = "equal-principal"
    round_to: int = 1
    rounding: Rounding = "down"

    @property
    def paying(self) -> int:
        """How many instalments repay principal."""
        return self.instalments - self.grace if self.grace_in_tenor else self.instalments

    @property
    def periods(self) -> int:
        """How many periods lie between the disbursement and the last instalment."""
        return self.grace + self.paying

    def due(self, period: int) -> date:
        """When a period ends, counted from the disbursement each time.

        >>> Terms(1, 1, Fraction(0), date(2005, 1, 31)).due(1)
        datetime.date(2005, 2, 28)
        """
        count, unit = self.every
        if unit == "months":
            return add_months(self.disbursed, count * period)
        return self.disbursed + timedelta(days=count * period * (7 if unit == "weeks" else 1))


def problems(terms: Terms) -> list[Reason]:
    """Everything that makes terms impossible, each with the field that is meant; empty if none."""
    reasons = [*_money(terms), *_numbers(terms)]
    if not reasons and not _has_a_last_day(terms):
        reasons.append(
            Reason(
                "loans.schedule.every",
                "The last instalment would fall due after the year 9999.",
                {},
                {"field": "every"},
            )
        )
    return reasons


def _money(terms: Terms) -> Iterator[Reason]:
    if terms.principal <= 0:
        yield Reason(
            "loans.schedule.principal",
            "The principal must be more than zero, not {amount}.",
            {"amount": terms.principal},
            {"field": "principal"},
        )
    if terms.principal > MOST_PRINCIPAL:
        yield Reason(
            "loans.schedule.principal",
            "The principal is too large; at most {most}.",
            {"most": group_thousands(MOST_PRINCIPAL)},
            {"field": "principal"},
        )
    if terms.rate < 0:
        yield Reason(
            "loans.schedule.rate",
            "The service charge cannot be less than zero.",
            {},
            {"field": "rate"},
        )
    if terms.rate >= 1:
        yield Reason(
            "loans.schedule.rate",
            "The service charge must be below 100 % a period; write 1.5 % as 0.015 or as 1.5%.",
            {},
            {"field": "rate"},
        )
    if terms.round_to < 1:
        yield Reason(
            "loans.schedule.round_to",
            "Amounts are rounded to 1 or more, not to {step}.",
            {"step": terms.round_to},
            {"field": "round_to"},
        )


def _numbers(terms: Terms) -> Iterator[Reason]:
    if terms.instalments < 1:
        yield Reason(
            "loans.schedule.instalments",
            "There must be at least one instalment, not {count}.",
            {"count": terms.instalments},
            {"field": "instalments"},
        )
    if terms.grace < 0:
        yield Reason(
            "loans.schedule.grace",
            "The grace cannot be less than zero.",
            {},
            {"field": "grace"},
        )
    if terms.grace_in_tenor and 1 <= terms.instalments <= terms.grace:
        yield Reason(
            "loans.schedule.grace",
            "A grace of {grace} inside a tenor of {count} leaves no instalment.",
            {"grace": terms.grace, "count": terms.instalments},
            {"field": "grace"},
        )
    if max(terms.instalments, terms.grace, terms.periods) > MOST_PERIODS:
        yield Reason(
            "loans.schedule.instalments",
            "Grace and instalments together may be {most} periods at most.",
            {"most": MOST_PERIODS},
            {"field": "instalments"},
        )
    if terms.every[0] < 1:
        yield Reason(
            "loans.schedule.every",
            "The time from one instalment to the next must be at least 1, not {count}.",
            {"count": terms.every[0]},
            {"field": "every"},
        )


def _has_a_last_day(terms: Terms) -> bool:
    try:
        terms.due(terms.periods)
    except (ValueError, OverflowError):
        return False
    return True
