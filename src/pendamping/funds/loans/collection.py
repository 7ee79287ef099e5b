"""Who is at which step of the ladder of collection, by the book."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendamping.funds.loans import terms
from pendamping.funds.loans.models import CollectionStep, Loan, Repayment
from pendamping.funds.loans.rules import arrears
from pendamping.funds.loans.rules import collection as rules
from pendamping.funds.loans.rules.book import LoanState
from pendamping.funds.loans.rules.collection import NextStep, Step, ladder, next_step
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.money import format_rupiah


@dataclass(frozen=True, slots=True)
class Behind:
    """A loan that is behind: its state, the steps taken in these arrears, and the one that comes."""

    loan: Loan
    state: LoanState
    taken: list[CollectionStep]
    next: NextStep | None

    @property
    def last(self) -> CollectionStep | None:
        """The latest step that was taken."""
        return self.taken[-1] if self.taken else None

    def due(self, on: date) -> bool:
        """Whether the next step is due on a day."""
        return self.next is not None and self.next.due_on <= on


def steps(ward: str, on: date) -> list[Step]:
    """The ladder of the guideline in force, in the reader's language."""
    lang = "en" if get_language() == "en" else "id"
    text = guidelines.in_force(ward, on)
    return ladder(
        text.section("collection_ladder"), text.section("collection_days"), lang,
        text.section("collection_waits"),
    )  # fmt: skip


def taken(loans: Iterable[Loan], on: date) -> dict[str, list[CollectionStep]]:
    """The steps that stand by a day, by loan id, the oldest first; what the joint savings paid on a sheet is
    one of them, read from the payments (not a row of its own), as long as these stand. A step that was taken
    back counts until the day before.
    """
    stands = Q(taken_back_on=None) | Q(taken_back_on__gt=on)
    return _by_loan(loans, stands, on)


def every(loan: Loan, on: date) -> list[CollectionStep]:
    """Every step of a loan by a day, also those that were taken back, the oldest first."""
    return _by_loan([loan], Q(), on).get(loan.id, [])


def _by_loan(loans: Iterable[Loan], which: Q, on: date) -> dict[str, list[CollectionStep]]:
    known = list(loans)
    rows = list(CollectionStep.objects.filter(which, loan__in=known, on__lte=on))
    rows += _drawn(known, on) if known else []
    found: dict[str, list[CollectionStep]] = {}
    for one in sorted(rows, key=lambda each: (each.on, each.id)):
        found.setdefault(one.loan_id, []).append(one)
    return found


def _drawn(loans: list[Loan], on: date) -> list[CollectionStep]:
    """The days on which the joint savings paid for these loans, as steps of the ladder."""
    step = next((one for one in steps(loans[0].ward, on) if one.draws), None)
    if step is None:
        return []
    paid = Repayment.objects.filter(
        loan__in=[one.id for one in loans], draw__isnull=False, reversed_on=None, paid_on__lte=on
    )
    rows = paid.values("loan", "paid_on").annotate(total=Sum("amount")).order_by("paid_on")
    said = _("{sum} on the collection sheet")
    return [
        CollectionStep(loan_id=row["loan"], ward=loans[0].ward, step=step.key, on=row["paid_on"],
                       year=row["paid_on"].year, note=said.format(sum=format_rupiah(row["total"])))
        for row in rows
    ]  # fmt: skip


def since(loan: Loan, on: date) -> date | None:
    """The due date with which the arrears of a loan began, by the end of a day; it was not current since."""
    known = terms.for_book(loan, loan.repayments.all())
    return arrears.since(known, on, terms.order(loan), loan.taken_over_on)


def missing(loan: Loan, on: date) -> list[Step]:
    """The steps of the ladder that a writing off from a day on still wants (guideline ``write_off_after``)."""
    upto = str(guidelines.section("rescheduling", loan.ward, on).get("write_off_after", ""))
    done = [(one.step, one.on) for one in taken([loan], on).get(loan.id, [])]
    began = since(loan, on - timedelta(days=1))
    return rules.missing(steps(loan.ward, on), done, began, upto)


def behind(ward: str, rows: Iterable[tuple[Loan, LoanState]], on: date) -> list[Behind]:
    """Loans that are behind, the step due longest ago first; ``rows``: loans with their state."""
    late = [(loan, state) for loan, state in rows if state.days_past_due]
    known, done = steps(ward, on), taken([loan for loan, _ in late], on)
    found = [
        _behind(loan, state, known, done.get(loan.id, []), since(loan, on)) for loan, state in late
    ]
    return sorted(
        found, key=lambda one: (one.next.due_on if one.next else date.max, one.loan.number)
    )


def _behind(
    loan: Loan, state: LoanState, known: list[Step], done: list[CollectionStep], began: date | None
) -> Behind:
    now = [one for one in done if began and one.on > began]
    return Behind(loan, state, now, next_step(known, [(one.step, one.on) for one in now], began))


def letter(ward: str, step_id: str) -> CollectionStep | None:
    """A step that was taken, with its loan."""
    found = CollectionStep.objects.filter(pk=step_id, ward=ward)
    return found.select_related("loan", "entered_by").first()


def next_letter(ward: str, year: int) -> int:
    """The number of the ward's next letter; the caller has taken its turn."""
    last = CollectionStep.objects.filter(ward=ward, year=year, number__isnull=False)
    found = last.order_by("-number").first()
    return (found.number or 0) + 1 if found else 1
