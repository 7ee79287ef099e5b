"""What happened to a ward's loans in a span of days: lent, paid back, written off, recovered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pendamping.funds.loans import queries
from pendamping.funds.loans.models import WRITTEN_OFF, Closure, Loan, LoanMember, Repayment

if TYPE_CHECKING:
    from pendamping.funds.loans.queries import Book

WOMAN, MAN = "P", "L"


@dataclass(frozen=True, slots=True)
class Span:
    """Loans of a ward in a span; sums in whole rupiah, principal but for ``service``, ``written_off`` too.

    ``women``, ``men``: different members who had a part of a loan that was paid out in the span; who stands
    without a sex in the census is in ``members`` alone.
    """

    loans: int
    lent: int
    groups: int
    members: int
    women: int
    men: int
    principal: int
    service: int
    written_off: int
    write_offs: int
    recovered: int


def in_span(ward: str, since: date, until: date) -> Span:
    """What was lent, paid back, written off and recovered from a day to another, both included.

    What an old book lent or collected before the ward's books begin is not in it.
    """
    book = queries.book(ward, until)
    new = [
        row.loan
        for row in book.rows
        if row.loan.disbursed and since <= row.loan.disbursed and row.loan.taken_over_on is None
    ]
    sexes = _sexes(new)
    written = _written(ward, since, until)
    principal = _repaid(ward, book, since)
    collected, _due = queries.flow(book, since)
    return Span(
        loans=len(new),
        lent=sum(one.principal for one in new),
        groups=len({one.group_id for one in new}),
        members=len(sexes),
        women=sum(sex == WOMAN for sex in sexes.values()),
        men=sum(sex == MAN for sex in sexes.values()),
        principal=principal,
        service=collected - principal,
        written_off=sum(one.principal for one in written),
        write_offs=len(written),
        recovered=_recovered(ward, since, until),
    )


def _sexes(loans: Iterable[Loan]) -> dict[str, str]:
    """The sex of each member of these loans, by the member's id."""
    found = LoanMember.objects.filter(loan__in=[one.id for one in loans])
    return dict(found.values_list("person_id", "person__sex"))


def _repaid(ward: str, book: "Book", since: date) -> int:
    """Principal that came back: what is no longer owed, but for what was lent and what was written off."""
    eve = since - timedelta(days=1)
    before = {row.loan.id: row.state.outstanding_principal for row in queries.book(ward, eve).rows}
    gone = sum(
        before.get(row.loan.id, _began_with(row.loan)) - row.state.outstanding_principal
        for row in book.rows
    )
    written = sum(one.principal for one in _written(ward, since, book.on))
    return gone - written + _written_back(ward, since, book.on)


def _began_with(loan: Loan) -> int:
    """What was owed of a loan when it came into this book."""
    return loan.principal - (loan.taken_principal or 0 if loan.taken_over_on else 0)


def _written(ward: str, since: date, until: date) -> list[Closure]:
    """Loans written off in a span and still so at its end."""
    found = Closure.objects.filter(ward=ward, kind=WRITTEN_OFF, on__gte=since, on__lte=until)
    return [one for one in found if one.taken_back_on is None or one.taken_back_on > until]


def _written_back(ward: str, since: date, until: date) -> int:
    """Principal that was written off before a span and stands in the book again since it."""
    found = Closure.objects.filter(
        ward=ward,
        kind=WRITTEN_OFF,
        on__lt=since,
        taken_back_on__gte=since,
        taken_back_on__lte=until,
    )
    return sum(one.principal for one in found)


def _recovered(ward: str, since: date, until: date) -> int:
    """What came in, in a span, of loans that had been written off."""
    found = Repayment.objects.filter(ward=ward, paid_on__gte=since, paid_on__lte=until)
    return sum(one.recovered for one in found.exclude(recovered=0) if one.stands_on(until))
