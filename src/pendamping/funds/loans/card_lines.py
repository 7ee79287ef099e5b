"""What a loan card lists, line by line as the books hold it: on every day the two say the same (ADR 0063)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pendamping.funds.loans import tying
from pendamping.funds.loans.models import WRITTEN_OFF, Closure, Loan, Repayment
from pendamping.funds.loans.posting import Move


@dataclass(frozen=True, slots=True)
class CardLine:
    """A movement on a card; sums in whole rupiah, negative where they go back; ``left``: principal outstanding
    after it. ``kind``: ``repayment``, ``reversed``, ``resplit`` (no money) or ``written-off`` (no payment).
    ``last``: the last line of its payment, after which its split holds.
    """

    on: date
    kind: str
    payment: Repayment | None
    amount: int
    principal: int
    service: int
    overpaid: int
    left: int
    last: bool

    @property
    def name(self) -> str:
        """The receipt that it is about, and what became of it."""
        if self.payment is None:
            return _("Written off")
        values = {"receipt": self.payment.receipt}
        if self.kind == "reversed":
            return _("%(receipt)s cancelled") % values
        return _("%(receipt)s split anew") % values if self.kind == "resplit" else values["receipt"]


def of(loan: Loan, on: date) -> list[CardLine]:
    """The lines of a card up to the end of a day, in the order of days; a payment that was taken back or split
    anew on a later day stays as it was, with what changed on a line of its own.
    """
    repayments = list(loan.repayments.all())
    known = {one.id: one for one in repayments}
    moved = [(one.on, one.payment, one) for one in tying.moves(loan, repayments)]
    gone = [
        (one.on, "", one)
        for one in loan.closures.all()
        if one.kind == WRITTEN_OFF and one.taken_back_on is None and one.principal
    ]
    lines = [each for each in sorted([*gone, *moved], key=lambda each: each[:2]) if each[0] <= on]
    ends = {key: place for place, (_day, key, _one) in enumerate(lines)}
    left, found = loan.principal - (loan.taken_principal or 0), []
    for place, (_day, key, one) in enumerate(lines):
        left -= one.principal
        found.append(_line(one, known.get(key), left, ends[key] == place))
    return found


def _line(one: Move | Closure, payment: Repayment | None, left: int, last: bool) -> CardLine:
    if isinstance(one, Closure):
        return CardLine(one.on, "written-off", None, 0, one.principal, 0, 0, left, last)
    return CardLine(
        one.on, one.kind, payment, one.cash, one.principal, one.service, one.overpaid, left, last
    )
