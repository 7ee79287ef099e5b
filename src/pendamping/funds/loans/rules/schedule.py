"""The schedule of a loan: what falls due when.

Source: doors, ``pendamping loan schedule``; handbook 4.1, 11 nos. 1 and 13.

How the parts are rounded (``K`` is ``round_to``, *rounded* means by ``rounding``):

- flat: the service of the whole loan is counted once and rounded half up to a whole unit
  (half even where that was asked for); each period bears an equal, rounded part, the last the rest.
- declining: the service of each period is the balance before it times the rate, rounded.
- equal principal: each principal part is rounded to K, the last instalment takes the rest.
- equal instalments: the instalment is rounded to K, the principal is what the service leaves of
  it, the last instalment takes the rest of the principal.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from pendamping.funds.loans.rules.terms import Terms, problems
from pendamping.kernel.money import Rounding, divide
from pendamping.kernel.refusal import N_, refuse_if

COLUMNS = {
    "no": N_("No."),
    "due": N_("Due date"),
    "principal": N_("Principal"),
    "service": N_("Service charge"),
    "total": N_("Total"),
    "balance": N_("Balance"),
}
"""What the columns of a schedule are called on paper."""
SUM = N_("In all")
"""What the line under a schedule is called, which sums it up."""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One row: number from 1, due date, its parts, and the principal left after it."""

    no: int
    due: date
    principal: int
    service: int
    total: int
    balance: int

    def as_json(self) -> dict[str, Any]:
        """The row with its date in ISO form."""
        return {**asdict(self), "due": self.due.isoformat()}


def schedule(terms: Terms) -> list[Instalment]:
    """The instalments in order; raises :class:`~pendamping.kernel.refusal.Refusal` on bad terms.

    >>> rows = schedule(Terms(5_000_000, 10, Fraction(15, 1000), date(2004, 5, 12), grace=2))
    >>> rows[0].due.isoformat(), rows[0].principal, rows[0].service, rows[0].total
    ('2004-08-12', 500000, 75000, 575000)
    >>> rows[9].due.isoformat(), rows[9].balance
    ('2005-05-12', 0)
    """
    refuse_if(problems(terms))
    in_grace, parts = _flat(terms) if terms.method == "flat" else _declining(terms)
    if terms.grace_service == "billed":
        parts = [(0, service) for service in in_grace] + parts
        first_period = 1
    else:
        principal, service = parts[0]
        parts[0] = (principal, service + sum(in_grace))
        first_period = terms.grace + 1
    dues = [terms.due(first_period + index) for index in range(len(parts))]
    return rows_of(terms.principal, dues, parts)


def rows_of(
    principal: int, dues: Sequence[date], parts: Sequence[tuple[int, int]]
) -> list[Instalment]:
    """Rows from due dates and (principal, service) parts, numbered from 1, with the balance."""
    rows = []
    balance = principal
    for no, (due, (part, service)) in enumerate(zip(dues, parts, strict=True), start=1):
        balance -= part
        rows.append(Instalment(no, due, part, service, part + service, balance))
    return rows


def as_json(rows: Sequence[Instalment]) -> dict[str, Any]:
    """``{"instalments": […], "principal", "service", "total"}`` as the doors promise."""
    return {
        "instalments": [row.as_json() for row in rows],
        "principal": sum(row.principal for row in rows),
        "service": sum(row.service for row in rows),
        "total": sum(row.total for row in rows),
    }


Parts = tuple[list[int], list[tuple[int, int]]]
"""The service of each period of grace, and (principal, service) of each instalment after it."""


def _flat(terms: Terms) -> Parts:
    graced = 0 if terms.grace_service == "waived" else terms.grace
    charged = graced + terms.paying
    half: Rounding = "half-even" if terms.rounding == "half-even" else "half-up"
    total = _whole(terms.principal * terms.rate * charged, 1, half)
    services = _equal_parts(total, charged, 1, terms.rounding)
    in_grace, services = services[:graced], services[graced:]
    if terms.amortisation == "equal-principal":
        principals = _equal_parts(terms.principal, terms.paying, terms.round_to, terms.rounding)
        return in_grace, list(zip(principals, services, strict=True))
    each = Fraction(terms.principal + sum(services), terms.paying)
    instalment = _whole(each, terms.round_to, terms.rounding)
    parts = []
    left = terms.principal
    for service in services[:-1]:
        principal = _between(0, instalment - service, left)
        parts.append((principal, service))
        left -= principal
    return in_grace, [*parts, (left, services[-1])]


def _declining(terms: Terms) -> Parts:
    graced = 0 if terms.grace_service == "waived" else terms.grace
    in_grace = [_whole(terms.principal * terms.rate, 1, terms.rounding)] * graced
    equal_principal = terms.amortisation == "equal-principal"
    each = Fraction(terms.principal, terms.paying) if equal_principal else annuity(terms)
    rounded = _whole(each, terms.round_to, terms.rounding)
    parts = []
    left = terms.principal
    for _ in range(terms.paying - 1):
        service = _whole(left * terms.rate, 1, terms.rounding)
        principal = _between(0, rounded if equal_principal else rounded - service, left)
        parts.append((principal, service))
        left -= principal
    return in_grace, [*parts, (left, _whole(left * terms.rate, 1, terms.rounding))]


def annuity(terms: Terms) -> Fraction:
    """The equal instalment of a declining loan, exactly, before it is rounded.

    >>> float(annuity(Terms(12_000, 4, Fraction(2, 100), date(2011, 9, 20))))  # doctest: +ELLIPSIS
    3151.48...
    """
    if not terms.rate:
        return Fraction(terms.principal, terms.paying)
    growth = (1 + terms.rate) ** terms.paying
    return terms.principal * terms.rate * growth / (growth - 1)


def _equal_parts(total: int, parts: int, step: int, rounding: Rounding) -> list[int]:
    each = _whole(Fraction(total, parts), step, rounding)
    shares = []
    left = total
    for _ in range(parts - 1):
        share = min(each, left)
        shares.append(share)
        left -= share
    return [*shares, left]


def _whole(amount: Fraction, step: int, rounding: Rounding) -> int:
    return divide(amount.numerator, amount.denominator * step, rounding) * step


def _between(low: int, amount: int, high: int) -> int:
    return max(low, min(amount, high))
