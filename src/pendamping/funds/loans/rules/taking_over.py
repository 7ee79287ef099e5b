"""A loan that was running before its fund was kept here, as the old book knows it. Pure Python.

Source: our own design; handbook 4.1 (terms), 4.5 (the cards equal the ledger).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pendamping.funds.loans.rules.schedule import Instalment
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.refusal import N_, Reason

MOST_INSTALMENTS, MOST_GRACE = 120, 24


@dataclass(frozen=True, slots=True)
class OldLoan:
    """What an old book says of a loan; sums in whole rupiah, as of the end of the day of taking over.

    ``rate_bp``: basis points of the principal a period; ``grace``: periods before the first instalment;
    ``cycle``: which loan of the group it is, from 1; ``number``: as the old book numbers it.
    """

    principal: int
    rate_bp: int
    instalments: int
    grace: int
    disbursed: date
    paid_principal: int = 0
    paid_service: int = 0
    overpaid: int = 0
    cycle: int = 1
    number: str = ""

    @property
    def outstanding(self) -> int:
        """Principal that is still owed."""
        return self.principal - self.paid_principal


def problems(old: OldLoan, on: date) -> list[Reason]:
    """Why a loan cannot have been so; each with the field that is meant, empty if nothing is wrong."""
    return [*_terms(old), *_days(old, on), *_amounts(old)]


def _terms(old: OldLoan) -> Iterator[Reason]:
    if old.principal <= 0:
        yield _wrong("principal", N_("The principal must be more than zero."))
    if not 1 <= old.instalments <= MOST_INSTALMENTS:
        yield _wrong(
            "instalments", N_("There are 1 to {most} instalments."), most=str(MOST_INSTALMENTS)
        )
    if not 0 <= old.grace <= MOST_GRACE:
        yield _wrong("grace", N_("The grace is 0 to {most} months."), most=str(MOST_GRACE))
    if not 0 <= old.rate_bp < 10_000:
        yield _wrong("rate", N_("The service charge is below 100 % a month; write 1,5 %."))


def _days(old: OldLoan, on: date) -> Iterator[Reason]:
    if old.disbursed > on:
        yield _wrong(
            "disbursed",
            N_(
                "It was paid out after {day}, the day of the opening balances; enter it as a new loan."
            ),
            day=on.isoformat(),
        )


def _amounts(old: OldLoan) -> Iterator[Reason]:
    for field in ("paid_principal", "paid_service", "overpaid"):
        if getattr(old, field) < 0:
            yield _wrong(field, "An amount that was paid is not less than zero.")
    if 0 < old.principal < old.paid_principal:
        yield _wrong(
            "paid_principal",
            N_("More principal was paid than was lent ({most}); write the rest as paid too much."),
            most=format_rupiah(old.principal),
        )


def service_problems(old: OldLoan, rows: Sequence[Instalment]) -> list[Reason]:
    """Why its service charge cannot have been paid so; ``rows``: its schedule by the room's rules."""
    most = sum(row.service for row in rows)
    if old.paid_service <= most:
        return []
    return [
        _wrong(
            "paid_service",
            N_(
                "More service charge was paid than these terms ask for in all ({most}). Look at rate and "
                "instalments, or write the rest as paid too much."
            ),
            most=format_rupiah(most),
        )
    ]


def settled(old: OldLoan, rows: Sequence[Instalment]) -> bool:
    """Whether nothing is owed any more, on neither side: such a loan stays in the old book."""
    service = sum(row.service for row in rows)
    return old.outstanding == 0 and old.paid_service >= service and old.overpaid == 0


def _wrong(field: str, text: str, **values: str) -> Reason:
    return Reason("loans.taking_over", text, values, {"field": field})
