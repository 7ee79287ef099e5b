"""When a loan may be rescheduled, settled early or written off, and what is then owed.

Source: handbook 4.2 (rescheduling, writing off), 4.1 (service charge); where it is silent the
guideline's values, which say that they are our own default.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pendamping.funds.loans.rules.allocation import Fill
from pendamping.kernel.money import divide, format_rupiah
from pendamping.kernel.refusal import Reason

NotDue = Literal["waived", "running", "owed"]
"""What becomes of service not yet due when a loan is settled early: all of it waived; that of the
period which is running owed, the rest waived; all of it owed."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What settles a loan on a day, in whole units; ``waived`` is service that is no longer owed."""

    principal: int
    service: int
    waived: int

    @property
    def total(self) -> int:
        """What the group brings."""
        return self.principal + self.service


def settlement(left: Sequence[Fill], on: date, rule: NotDue) -> Settlement:
    """What settles a loan of which so much is unpaid.

    >>> rows = [Fill(1, date(2004, 8, 12), 0, 75), Fill(2, date(2004, 9, 12), 500, 75),
    ...         Fill(3, date(2004, 10, 12), 500, 75)]
    >>> [settlement(rows, date(2004, 8, 20), rule).service for rule in ("waived", "running", "owed")]
    [75, 150, 225]

    A period ends with its due day, so on that day the next one does not run yet:

    >>> [settlement(rows, date(2004, 9, day), "running").service for day in (11, 12, 13)]
    [150, 150, 225]
    """
    due = sum(row.due <= on for row in left)
    running = sum(row.due < on for row in left) + 1
    charged = {"waived": due, "running": running, "owed": len(left)}[rule]
    service = sum(row.service for row in left[:charged])
    waived = sum(row.service for row in left[charged:])
    return Settlement(sum(row.principal for row in left), service, waived)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new schedule as it is asked for, with what is known of the loan on the day before it.

    Sums in whole units. ``unpaid_service``: of the old schedule. ``first_due_before``: when its first
    instalment falls due. ``rate_bp``: basis points of the principal a period. ``times``: how often the
    loan has been rescheduled already, ``most_times`` how often it may be.
    """

    on: date
    principal: int
    service: int
    instalments: int
    first_due: date
    unpaid_service: int
    first_due_before: date
    rate_bp: int
    class_before: int
    times: int
    most_times: int

    @property
    def most_service(self) -> int:
        """The most service that the new schedule may bear: what is unpaid, and the loan's own rate for
        each new period."""
        more = divide(self.principal * self.rate_bp * self.instalments, 10_000, "half-up")
        return self.unpaid_service + more


MOST_INSTALMENTS = 520


def rescheduling_problems(asked: Proposal, guideline: str) -> list[Reason]:
    """Every reason against a new schedule; the grace that was agreed survives it."""
    clause = f"rescheduling.{guideline}."
    found = []
    if not asked.principal + asked.unpaid_service:
        found.append(
            Reason("loans.rescheduling.owed", "Nothing is owed that could be spread anew.", {}, {})
        )
    if asked.times >= asked.most_times:
        found.append(
            Reason(
                clause + "most_times",
                "A loan is rescheduled at most {most} times; this one has been {times} times.",
                {"most": asked.most_times, "times": asked.times},
                {},
            )
        )
    if not 1 <= asked.instalments <= MOST_INSTALMENTS:
        found.append(
            Reason(
                "loans.rescheduling.instalments",
                "There must be between 1 and {most} new instalments.",
                {"most": MOST_INSTALMENTS},
                {"field": "instalments"},
            )
        )
    return found + _first_due(asked, clause) + _service(asked)


def _first_due(asked: Proposal, clause: str) -> list[Reason]:
    if asked.first_due <= asked.on:
        return [
            Reason(
                "loans.rescheduling.first_due",
                "The first new instalment falls due after {on}, the day from which it holds.",
                {"on": asked.on.isoformat()},
                {"field": "first_due"},
            )
        ]
    if asked.on <= asked.first_due_before and asked.first_due < asked.first_due_before:
        return [
            Reason(
                clause + "keeps_grace",
                "The grace that was agreed stays: nothing falls due before {first}.",
                {"first": asked.first_due_before.isoformat()},
                {"field": "first_due"},
            )
        ]
    return []


def _service(asked: Proposal) -> list[Reason]:
    if 0 <= asked.service <= asked.most_service:
        return []
    return [
        Reason(
            "loans.rescheduling.service",
            "The service charge lies between nothing and {most}: what is unpaid, and the rate of the "
            "loan for each new instalment.",
            {"most": format_rupiah(asked.most_service)},
            {"field": "service"},
        )
    ]


def write_off_problems(
    *, collectibility: int, from_class: int, principal: int, reserve: int, guideline: str
) -> list[Reason]:
    """Why a loan of this class cannot be written off against the reserve; amounts in whole units."""
    clause = f"rescheduling.{guideline}."
    found = []
    if collectibility < from_class:
        found.append(
            Reason(
                clause + "write_off_from_class",
                "Only a loan of class {least} or worse is written off; this one is in class {now}.",
                {"least": from_class, "now": collectibility},
                {},
            )
        )
    if reserve < principal:
        found.append(
            Reason(
                "loans.write_off.reserve",
                "The reserve holds {reserve}; {principal} is to be written off. Set the month's reserve "
                "aside first.",
                {"reserve": format_rupiah(reserve), "principal": format_rupiah(principal)},
                {"reserve": reserve},
            )
        )
    return found


def refund_problems(*, amount: int, owed: int, cash: int, held: int) -> list[Reason]:
    """Why money that was paid too much cannot be given back; amounts in whole units.

    ``held``: what the debt account of the books still holds; less than is owed where it was paid out another way.
    """
    if amount <= 0:
        return [
            Reason(
                "loans.refund.amount", "The amount must be more than zero.", {}, {"field": "amount"}
            )
        ]
    if amount > owed:
        return [
            Reason(
                "loans.refund.amount",
                "The group is owed {owed}, not {amount}.",
                {"owed": format_rupiah(owed), "amount": format_rupiah(amount)},
                {"field": "amount"},
            )
        ]
    if amount > held:
        return [
            Reason(
                "loans.refund.debt",
                "The books hold only {held} as debt: the rest was paid out already, by a voucher. Reverse that "
                "voucher first.",
                {"held": format_rupiah(max(held, 0))},
                {"field": "amount"},
            )
        ]
    if amount > cash:
        return [
            Reason(
                "loans.refund.cash",
                "{amount} is to be paid out; there is {cash} in cash.",
                {"amount": format_rupiah(amount), "cash": format_rupiah(cash)},
                {"cash": cash},
            )
        ]
    return []
