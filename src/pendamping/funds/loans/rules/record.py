"""What a group's record of repayment means for its next loan. Pure Python.

Source: handbook 4.1 (next loan by repayment record; four loans, then formal finance: S45); the days
are the guideline's own defaults.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import Reason

Kind = Literal["first", "running", "rises", "stays", "waits", "referral"]


@dataclass(frozen=True, slots=True)
class NextLoan:
    """The guideline's rule: the limit rises up to so many days late, beyond the others nothing is lent."""

    rises_within_days: int
    waits_after_days: int
    max_loans: int


def outlook(loans: int, worst_days_late: int, running: bool, rule: NextLoan) -> Kind:
    """What comes after so many loans, the last of which was so many days late at worst.

    >>> rule = NextLoan(30, 90, 4)
    >>> [outlook(1, 30, False, rule), outlook(1, 31, False, rule), outlook(4, 90, False, rule)]
    ['rises', 'stays', 'referral']
    """
    if not loans:
        return "first"
    if running:
        return "running"
    if worst_days_late > rule.waits_after_days:
        return "waits"
    if loans >= rule.max_loans:
        return "referral"
    return "rises" if worst_days_late <= rule.rises_within_days else "stays"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a member asks for, the limit of her last loan (whole rupiah, 0: none), and what she still
    owes to those who paid for her: (loan, whole rupiah).
    """

    person_id: str
    name: str
    amount: int
    last_limit: int
    owes: tuple[tuple[str, int], ...] = ()


def against(
    members: Iterable[Asked], worst_days_late: int, rule: NextLoan, guideline: str
) -> list[Reason]:
    """Why the record of repayment speaks against this loan."""
    clause = f"lending.{guideline}."
    found = []
    if worst_days_late > rule.waits_after_days:
        found.append(
            Reason(
                clause + "next_waits_after_days",
                "The group's last loan was {days} days late; beyond {most} days no other follows.",
                {"days": worst_days_late, "most": rule.waits_after_days},
            )
        )
    for one in members:
        where: Mapping[str, str] = {"person": one.person_id}
        stays = worst_days_late > rule.rises_within_days and one.last_limit
        if stays and one.amount > one.last_limit:
            found.append(
                Reason(
                    clause + "next_rises_within_days",
                    "{name} asks for {amount}; the last loan was {days} days late, so it stays at "
                    "{most}.",
                    {
                        "name": one.name,
                        "amount": format_rupiah(one.amount),
                        "days": worst_days_late,
                        "most": format_rupiah(one.last_limit),
                    },
                    where,
                )
            )
        for loan, amount in one.owes:
            found.append(
                Reason(
                    clause + "next_loan_by",
                    "{name} still owes {amount} of loan {loan} to those who paid for her.",
                    {"name": one.name, "amount": format_rupiah(amount), "loan": loan},
                    where,
                )
            )
    return found
