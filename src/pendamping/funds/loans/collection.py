"""Who is at which step of the ladder of collection, by the book."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from pendamping.funds.loans.models import CollectionStep, Loan
from pendamping.funds.loans.rules.book import LoanState
from pendamping.funds.loans.rules.collection import NextStep, Step, ladder, next_step
from pendamping.guidelines import queries as guidelines


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
    return ladder(text.section("collection_ladder"), text.section("collection_days"), lang)


def taken(loans: Iterable[Loan], on: date) -> dict[str, list[CollectionStep]]:
    """The steps taken by a day, by loan id, the oldest first."""
    found: dict[str, list[CollectionStep]] = {}
    ids = [loan.id for loan in loans]
    for one in CollectionStep.objects.filter(loan__in=ids, on__lte=on).order_by("on", "id"):
        found.setdefault(one.loan_id, []).append(one)
    return found


def behind(ward: str, rows: Iterable[tuple[Loan, LoanState]], on: date) -> list[Behind]:
    """Loans that are behind, the step due longest ago first; ``rows``: loans with their state."""
    late = [(loan, state) for loan, state in rows if state.days_past_due]
    known, done = steps(ward, on), taken([loan for loan, _ in late], on)
    found = [_behind(loan, state, known, done.get(loan.id, [])) for loan, state in late]
    return sorted(
        found, key=lambda one: (one.next.due_on if one.next else date.max, one.loan.number)
    )


def _behind(loan: Loan, state: LoanState, known: list[Step], done: list[CollectionStep]) -> Behind:
    oldest = state.oldest_unpaid_due
    now = [one for one in done if oldest and one.on > oldest]
    return Behind(loan, state, now, next_step(known, [(one.step, one.on) for one in now], oldest))


def letter(ward: str, step_id: str) -> CollectionStep | None:
    """A step that was taken, with its loan."""
    found = CollectionStep.objects.filter(pk=step_id, ward=ward)
    return found.select_related("loan", "entered_by").first()


def next_letter(ward: str, year: int) -> int:
    """The number of the ward's next letter; the caller has taken its turn."""
    last = CollectionStep.objects.filter(ward=ward, year=year, number__isnull=False)
    found = last.order_by("-number").first()
    return (found.number or 0) + 1 if found else 1
