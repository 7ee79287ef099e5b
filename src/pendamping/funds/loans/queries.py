"""Reading loans, cards and the loan book."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q

from pendamping.funds.loans import (
    card_lines,
    changes,
    collection,
    indicators,
    reserve,
    stops,
    terms,
    tying,
)
from pendamping.funds.loans import spans as happened
from pendamping.funds.loans.borrowers import (
    Parts,
    asked_since,
    every_open_loan_of_persons,
    in_debt,
    open_loans_of_persons,
    open_parts,
    repaid_by_persons,
    together,
)
from pendamping.funds.loans.cards import Card, card_of
from pendamping.funds.loans.consents import signatures, unsigned
from pendamping.funds.loans.dumped import dump
from pendamping.funds.loans.joint import member_cards, sheet, sheets
from pendamping.funds.loans.models import (
    ACTIVE,
    CLOSED,
    LOST,
    OPEN,
    WRITTEN_OFF,
    Closure,
    Loan,
    Refund,
    Repayment,
    ReserveMonth,
)
from pendamping.funds.loans.rules.book import AreaBook, LoanState, area_book
from pendamping.funds.loans.rules.changes import Settlement
from pendamping.funds.loans.states import state_of, states_of, whole
from pendamping.funds.loans.taken import in_book
from pendamping.kernel.refusal import Reason

__all__ = [  # read elsewhere, asked for here
    "Parts", "asked_since", "dump", "every_open_loan_of_persons", "in_debt", "member_cards",
    "open_loans_of_persons", "open_parts", "repaid_by_persons", "sheet", "sheets", "signatures", "together", "unsigned",
]  # fmt: skip
reserve_percentages, card_lines_of = reserve.percentages, card_lines.of
standing_stop, stop_until, stopped = stops.standing_stop, stops.stop_until, stops.stopped
stops_of, stopped_wards = stops.stops, stops.stopped_wards

# --- one loan -----------------------------------------------------------------------------------


def loan(ward: str, loan_id: str) -> Loan | None:
    """A loan with its members and payments."""
    return whole(Loan.objects.filter(pk=loan_id, ward=ward)).first()


def loans(ward: str, status: str = "", group_id: str = "") -> list[Loan]:
    """The ward's loans by number; of a status, of a group."""
    found = Loan.objects.filter(ward=ward)
    if status:
        found = found.filter(status=status)
    if group_id:
        found = found.filter(group=group_id)
    return list(whole(found).order_by("number"))


def counts(ward: str) -> dict[str, int]:
    """How many loans stand in each state."""
    found = Loan.objects.filter(ward=ward).values_list("status").annotate(n=Count("id"))
    return dict(found.order_by("status"))


def repayment(ward: str, repayment_id: str) -> Repayment | None:
    """One payment with its loan."""
    found = Repayment.objects.filter(pk=repayment_id, ward=ward)
    return found.select_related("loan", "loan__group", "received_by").first()


def by_request(request_id: str) -> Repayment | None:
    """The payment that a form with this id has made already."""
    if not request_id:
        return None
    return Repayment.objects.select_related("loan").filter(request_id=request_id).first()


def changed(ward: str) -> list[Loan]:
    """Loans that were rescheduled, settled early or written off at some time, by number."""
    return [one for one in loans(ward) if list(one.reschedulings.all()) or list(one.closures.all())]


def settlement(ward: str, loan_id: str, on: date) -> Settlement | None:
    """What settles a running loan on a day, by the guideline's rule on service not yet due."""
    found = loan(ward, loan_id)
    return changes.settles(found, on) if found and found.disbursed else None


@dataclass(frozen=True, slots=True)
class WrittenOff:
    """A loan in the register of loans that were written off; sums in whole rupiah."""

    loan: Loan
    closure: Closure

    @property
    def recovered(self) -> int:
        """What came in since."""
        return self.loan.recovered

    @property
    def still_owed(self) -> int:
        """What the group still owes, principal and service."""
        return self.closure.principal + self.closure.service - self.loan.recovered


def written_off(ward: str) -> list[WrittenOff]:
    """The register of loans that were written off and stay so, by number."""
    return [
        WrittenOff(one, closure)
        for one in loans(ward, status=LOST)
        for closure in one.closures.all()
        if closure.kind == WRITTEN_OFF and closure.taken_back_on is None
    ]


def reserve_missing(ward: str, on: date) -> bool:
    """Whether the reserve of the last month that ended by a day was not set aside though money is lent."""
    last = (on + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    if ReserveMonth.objects.filter(ward=ward, month=last).exists():
        return False
    return lent_by(ward, last)


def reserve_at(ward: str, month: date, found: "Book | None" = None) -> "reserve.Reserve":
    """The reserve of the month that ends on this day: needed, held, recorded.

    ``found``: the book of that day, where it was read already.
    """
    return reserve.at(ward, month, found)


def in_span(ward: str, since: date, until: date) -> "happened.Span":
    """What was lent, paid back, written off and recovered in a span of days."""
    return happened.in_span(ward, since, until)


def lent_by(ward: str, on: date) -> bool:
    """Whether any loan was paid out by a day."""
    return in_book(ward, on).exists()


def refund(ward: str, refund_id: str) -> Refund | None:
    """One refund with its loan."""
    found = Refund.objects.filter(pk=refund_id, ward=ward)
    return found.select_related("loan", "entered_by").first()


def open_loan(group_id: str) -> Loan | None:
    """The group's loan that is applied for, approved or running."""
    return Loan.objects.filter(group=group_id, status__in=OPEN).order_by("number").first()


def loans_before(group_id: str) -> int:
    """How many loans the group has been paid out."""
    return Loan.objects.filter(group=group_id, disbursed__isnull=False).count()


def next_number(ward: str) -> int:
    """The number of the ward's next loan; the caller has taken its turn."""
    return (Loan.objects.filter(ward=ward).aggregate(n=Max("number"))["n"] or 0) + 1


def next_receipt(ward: str, year: int) -> int:
    """The number of the next receipt of a ward's year; the caller has taken its turn."""
    found = Repayment.objects.filter(ward=ward, year=year)
    return (found.aggregate(n=Max("number"))["n"] or 0) + 1


# --- a loan on a day ----------------------------------------------------------------------------


def card(ward: str, loan_id: str, on: date) -> Card | None:
    """The card of a loan at the end of a day; the schedule is empty before it is paid out."""
    found = loan(ward, loan_id)
    return card_of(found, on) if found else None


# --- the loan book ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BookRow:
    """A loan in the loan book."""

    loan: Loan
    state: LoanState


@dataclass(frozen=True, slots=True)
class Book:
    """The loan book of a ward at the end of a day."""

    on: date
    rows: list[BookRow]
    figures: AreaBook
    indicators: list[indicators.Indicator]

    @property
    def late(self) -> int:
        """What is past its day and not paid, principal and service; whole rupiah."""
        return sum(row.state.late for row in self.rows)

    @property
    def late_principal(self) -> int:
        """The principal in it."""
        return sum(row.state.arrears_principal - row.state.today_principal for row in self.rows)

    @property
    def due_today(self) -> int:
        """What falls due on the day of the book and is not paid: late only when that day is past."""
        return sum(row.state.due_today for row in self.rows)

    @property
    def today_principal(self) -> int:
        """The principal in it."""
        return sum(row.state.today_principal for row in self.rows)


def book(ward: str, on: date) -> Book:
    """Each loan's state, the figures of the ward, and its indicators with their bands."""
    rows = [BookRow(found, state) for found, state in states_of(ward, on)]
    risky = indicators.at_risk_from(ward, on)
    figures = area_book([row.state for row in rows], risky)
    return Book(on, rows, figures, indicators.read(figures, ward, on))


def collection_of(ward: str, on: date, found: Book | None = None) -> list[collection.Behind]:
    """Loans that are behind on a day with the steps taken and the one that comes; ``found``: the book
    of that day, where it was read already.
    """
    rows = [(row.loan, row.state) for row in found.rows] if found else [*states_of(ward, on)]
    return collection.behind(ward, rows, on)


def states(ward: str, on: date) -> dict[str, LoanState]:
    """The state of every loan that was paid out by the day, by loan id."""
    return {state.loan_id: state for _, state in states_of(ward, on)}


def flow(found: Book, first: date) -> tuple[int, int]:
    """What came in of instalments from a day to that of the book, and what fell due; days included.

    Principal and service, without what was paid too much or recovered; what was taken back in the
    span counts against it.
    """
    collected = due = 0
    for row in found.rows:
        since = first
        if row.loan.taken_over_on:  # what an old book collected was not collected in this span
            since = max(first, row.loan.taken_over_on + timedelta(days=1))
        before = state_of(row.loan, since - timedelta(days=1))
        collected += row.state.paid - (before.paid if before else 0)
        due += terms.plan(row.loan).due_between(since, found.on)
    return collected, due


@dataclass(frozen=True, slots=True)
class Due:
    """A loan on the treasurer's desk: ``amount`` is what is unpaid of all due by ``due_by``."""

    loan: Loan
    next_due: date
    amount: int
    overdue: int
    instalments_behind: int
    days_past_due: int


def due(ward: str, on: date, days: int = 7) -> list[Due]:
    """Running loans with an instalment unpaid that falls due within so many days, worst first."""
    found = []
    running = in_book(ward, on).filter(Q(status=ACTIVE) | Q(status=CLOSED, closed_on__gt=on))
    for one in whole(running).order_by("number"):
        known = card_of(one, on)
        amount = known.due_by(on + timedelta(days=days))
        if known.next and known.state and amount:
            found.append(
                Due(
                    one,
                    known.next.row.due,
                    amount,
                    known.due_by(on - timedelta(days=1)),
                    known.state.late_count,
                    known.state.days_past_due,
                )
            )
    return sorted(found, key=lambda row: (row.next_due, row.loan.number))


# --- whether cards and books hold -----------------------------------------------------------------


def check(ward: str) -> list[Reason]:
    """Breaks between the loan cards, their kept totals and the control account, first of each.

    At the end of every day the principal outstanding on the cards is what the account for loans
    holds; the totals on each loan are those of its payments; a changed plan holds what was owed.
    """
    paid_out = whole(Loan.objects.filter(ward=ward, disbursed__isnull=False))
    return tying.breaks(ward, paid_out.order_by("number"))
