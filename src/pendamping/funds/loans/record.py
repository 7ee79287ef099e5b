"""The record of repayment of groups, and the referral after the last step of the ladder."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.funds.loans import indicators, joint, queries, terms
from pendamping.funds.loans.models import ACTIVE, LOST, OPEN, Loan, Referral
from pendamping.funds.loans.rules.book import state_at
from pendamping.funds.loans.rules.eligibility import Application
from pendamping.funds.loans.rules.product import LoanProduct
from pendamping.funds.loans.rules.record import Asked, Kind, NextLoan, against, outlook
from pendamping.guidelines import queries as guidelines
from pendamping.kernel.refusal import Reason


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A group's loans so far, how late the last was at worst, and what comes next.

    ``most``: whole rupiah per member of the next loan, where one follows.
    """

    loans: list[Loan]
    worst_days_late: int
    kind: Kind
    most: int
    referral: Referral | None

    @property
    def last(self) -> Loan:
        """The latest loan."""
        return self.loans[-1]


def rule(ward: str, on: date) -> NextLoan:
    """What the guideline says of the next loan."""
    section = guidelines.section("lending", ward, on)
    return NextLoan(
        int(section.get("next_rises_within_days", 30)),
        int(section.get("next_waits_after_days", 90)),
        terms.product(ward, on).max_loans,
    )


def worst_days_late(loan: Loan, on: date) -> int:
    """How many days a loan was late at worst, up to the end of a day: before each payment, and then."""
    repayments = list(loan.repayments.all())
    known, classes = terms.for_book(loan, repayments), indicators.class_from(loan.ward, on)
    ends = {one.paid_on for one in repayments} | {loan.closed_on or on}
    first = loan.taken_over_on or date.min  # how late it was before is not known here
    asked = {end: end - timedelta(days=1) for end in ends if first < end <= on} | {on: on}
    worst = 0
    for end, day in asked.items():
        state = state_at(known, day, terms.order(loan), classes)
        if state and state.instalments_behind and state.oldest_unpaid_due:
            worst = max(worst, (end - state.oldest_unpaid_due).days)
    return worst


def records(ward: str, on: date) -> list[GroupRecord]:
    """Every group that has borrowed, with what comes next for it."""
    by_group: dict[str, list[Loan]] = {}
    for loan in queries.loans(ward):
        if loan.disbursed and loan.disbursed <= on:
            by_group.setdefault(loan.group_id, []).append(loan)
    offered, wanted = terms.product(ward, on), rule(ward, on)
    sent = {one.group_id: one for one in Referral.objects.filter(ward=ward).order_by("on", "id")}
    return [
        _record(loans, on, offered, wanted, sent.get(group)) for group, loans in by_group.items()
    ]


def of_group(ward: str, group_id: str, on: date) -> GroupRecord | None:
    """One group's record; ``None`` where it has not borrowed."""
    return next((one for one in records(ward, on) if one.last.group_id == group_id), None)


def _record(
    loans: list[Loan], on: date, offered: LoanProduct, wanted: NextLoan, sent: Referral | None
) -> GroupRecord:
    worst = worst_days_late(loans[-1], on)
    if loans[-1].status == LOST:
        worst = max(worst, wanted.waits_after_days + 1)
    running = any(one.status in OPEN for one in loans)
    kind = outlook(len(loans), worst, running, wanted)
    number = len(loans) + (kind == "rises")
    most = offered.largest_loan(number) if kind in ("rises", "stays") else 0
    return GroupRecord(loans, worst, kind, most, sent)


def reasons(ward: str, asked: Application, offered: LoanProduct, code: str) -> list[Reason]:
    """Why the record of repayment speaks against an application."""
    before = [
        loan
        for loan in queries.loans(ward, group_id=asked.group_id)
        if loan.disbursed and loan.status != ACTIVE
    ]
    worst = worst_days_late(before[-1], asked.on) if before else 0
    owes = joint.debts_of_persons([one.person_id for one in asked.members], asked.on)
    members = [
        Asked(
            one.person_id,
            one.name,
            one.amount,
            offered.largest_loan(one.cycle - 1) if one.cycle and one.cycle > 1 else 0,
            tuple(owes.get(one.person_id, ())),
        )
        for one in asked.members
    ]
    return against(members, worst, rule(ward, asked.on), code)


def referral(ward: str, referral_id: str) -> Referral | None:
    """A referral with its loan."""
    found = Referral.objects.filter(pk=referral_id, ward=ward)
    return found.select_related("loan", "group").first()


def next_number(ward: str, year: int) -> int:
    """The number of the ward's next referral; the caller has taken its turn."""
    last = Referral.objects.filter(ward=ward, year=year).order_by("-number").first()
    return last.number + 1 if last else 1


def loans_of(group_id: str, loan: Loan) -> Iterable[Loan]:
    """The group's loans that were paid out up to this one, the oldest first."""
    found = queries.loans(loan.ward, group_id=group_id)
    return [one for one in found if one.disbursed and one.number <= loan.number]
