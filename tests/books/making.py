"""Whole loan books made at random, with an eye for edges: month ends, leap years, grace, leftovers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from pendamping.funds.closing.rules import Closure, FiledLoan, Segment, left_before, state
from pendamping.funds.loans.rules.allocation import Order, Payment
from pendamping.kernel.period import add_months
from pendamping.kernel.refusal import Refusal

WARDS = ("32.71.01.1003", "32.71.01.1004", "32.71.02.1001", "32.01.01.2001", "52.04.14.2001")
DAYS = (
    date(2003, 12, 31), date(2004, 1, 29), date(2004, 1, 30), date(2004, 1, 31), date(2004, 2, 28),
    date(2004, 2, 29), date(2004, 3, 31), date(2004, 4, 30), date(2004, 5, 12),
)  # fmt: skip
AS_OF = (
    date(2004, 2, 28), date(2004, 2, 29), date(2004, 6, 30), date(2004, 12, 31), date(2005, 1, 30),
    date(2005, 2, 28), date(2005, 3, 1), date(2005, 5, 12), date(2006, 2, 28), date(2008, 2, 29),
)  # fmt: skip
EVERY = ("1month", "2months", "1week", "2 weeks", "10days", "month")
KINDS = ("bare", "posted", "mixed")


def books(
    seed: int,
    size: int,
    *,
    kinds: tuple[str, ...] = KINDS,
    changed: bool = True,
    order: Order = "service-first",
) -> list[FiledLoan]:
    """So many loans, the same for a seed; what changes them fits when payments are split in ``order``."""
    made = Random(seed)
    return [_loan(made, f"L{number}", made.choice(kinds), changed, order) for number in range(size)]


def _loan(made: Random, loan_id: str, kind: str, changed: bool, order: Order) -> FiledLoan:
    disbursed = (
        made.choice(DAYS) if made.random() < 0.6 else DAYS[0] + timedelta(made.randrange(700))
    )
    count = made.choice((1, 1, 2, 3, 7, 10, 10, 12, 24))
    loan = FiledLoan(
        loan_id=loan_id,
        ward=made.choice(WARDS),
        group_id=made.choice("ABCDE"),
        principal=made.choice(
            (1, 3, 7, 100, 999, 1_000_000, 5_000_000, made.randrange(1, 10_000_000))
        ),
        rate_bp=made.choice((0, 1, 33, 150, 150, 250)),
        instalments=count,
        grace_months=made.choice((0, 0, 1, 2, 5)),
        disbursed=disbursed,
    )
    ahead = _segments(made, loan) if changed and made.random() < 0.4 else []
    closures: tuple[Closure, ...] = ()
    if changed and made.random() < 0.25:
        closures = _closures(made, max([loan.disbursed, *(one[0].start for one in ahead)]))
    return Lived(made, loan, kind, order, ahead, closures).whole()


def _segments(made: Random, loan: FiledLoan) -> list[list[Segment]]:
    """The new schedules of a loan, each of one or more rows; their principal only tells its shares."""
    found = []
    start = loan.disbursed + timedelta(days=made.choice((0, 0, 1, 40, made.randrange(300))))
    for _ in range(made.choice((1, 1, 2, 3))):
        rows = []
        first = start + timedelta(days=made.choice((0, 7, 30, 61)))
        for _ in range(made.choice((1, 1, 4))):
            rows.append(_segment(made, start, first))
            first = rows[-1].rows[-1].due + timedelta(days=made.choice((1, 7, 30)))
        found.append(rows)
        start += timedelta(days=made.randrange(1, 200))
    return found


def _segment(made: Random, start: date, first: date) -> Segment:
    every = made.choice((((1, "months")), (2, "months"), (1, "weeks"), (2, "weeks"), (10, "days")))
    return Segment(
        start=start,
        principal=made.choice((0, 1, 5, 100, 1_000_000, made.randrange(3_000_000))),
        service=made.choice((0, 0, 2, 77, made.randrange(500_000))),
        instalments=made.choice((1, 1, 2, 5, 10)),
        first_due=first,
        every=every,
        keeps_class_for=made.choice((0, 0, 1, 3, 30)),
    )


def _closures(made: Random, first: date) -> tuple[Closure, ...]:
    """Settled, lost or both, after a day; how much service and principal goes is said when it comes to it."""
    on = first + timedelta(days=1 + made.randrange(600))
    undone = on + timedelta(days=made.randrange(100)) if made.random() < 0.2 else None
    settled = Closure(on, "settled", made.choice((0, 1, 50, made.randrange(400_000))), undone)
    gone = Closure(on + timedelta(days=made.randrange(50)), "written-off", 0, undone)
    return made.choice(((settled,), (gone,), (settled, gone)))


@dataclass
class Lived:
    """A loan as it is paid: what changes it comes in turn, and fits what was owed by then."""

    made: Random
    loan: FiledLoan
    kind: str
    order: Order
    ahead: list[list[Segment]]
    closures: tuple[Closure, ...]

    def whole(self) -> FiledLoan:
        """The loan with payments that fit it whenever it is looked at."""
        made, loan = self.made, self.loan
        edges = [rows[0].start for rows in self.ahead]
        edges += [one.on for one in self.closures]
        day = loan.disbursed
        owed = loan.principal + loan.principal * loan.rate_bp * loan.instalments // 10_000
        for number in range(made.choice((0, 1, 3, 8, 12))):
            if made.random() > 0.25:  # else one more on the same day
                months = add_months(loan.disbursed, loan.grace_months + number + made.randrange(2))
                day = max(day, made.choice((months, day + timedelta(days=made.randrange(45)))))
            amount = made.choice(
                (owed // loan.instalments, owed // loan.instalments, 1, 0, owed // 3, owed)
            )
            amount = made.choice((amount, made.randrange(owed + 2)))
            undone = day + timedelta(days=made.randrange(60)) if made.random() < 0.1 else None
            if undone and any(day < edge <= undone for edge in edges):
                undone = None  # what was decided on stays paid
            self.pay(Payment(f"{number:03}", day, amount, None, undone))
        self.change(date.max)
        return replace(self.loan, closures=tuple(map(self.said, self.loan.closures)))

    def change(self, day: date) -> None:
        """The new schedules that begin by a day spread what was owed on the day before."""
        while self.ahead and self.ahead[0][0].start <= day:
            rows = self.ahead.pop(0)
            start = rows[0].start
            owed = left_before(self.loan, start, start, self.order)
            left = owed.principal
            shares, weight = [], max(sum(one.principal for one in rows), 1)
            for one in rows:
                shares.append(left * one.principal // weight)
            shares[-1] += left - sum(shares)
            most = owed.service + left * sum(one.instalments for one in rows)
            spread = [
                replace(one, principal=p, service=min(one.service, most // len(rows)))
                for one, p in zip(rows, shares, strict=True)
            ]
            self.made.shuffle(spread)
            self.loan = replace(self.loan, segments=(*self.loan.segments, *spread))
        waits = self.closures and not self.loan.closures and not self.ahead
        if waits and day >= self.closures[0].on:
            self.loan = replace(self.loan, closures=tuple(map(self.waived, self.closures)))

    def pay(self, one: Payment) -> None:
        """One payment more, of its kind."""
        self.change(one.on)
        if self.kind == "posted" or (self.kind == "mixed" and self.made.random() < 0.5):
            one = self.posted(one)
        self.loan = replace(self.loan, payments=(*self.loan.payments, one))

    def posted(self, one: Payment) -> Payment:
        """The payment with a split that fits."""
        made = self.made
        principal = made.randrange(one.amount + 1)
        tries = ((principal, one.amount - principal), (0, one.amount), (one.amount, 0), (0, 0))
        for split in (*tries[: made.randrange(4)], (principal // 9, principal // 9)):
            posted = replace(one, posted=split)
            if fits(replace(self.loan, payments=(*self.loan.payments, posted)), self.order):
                return posted
        return replace(one, posted=(0, 0))

    def waived(self, one: Closure) -> Closure:
        """A settlement of no more service than was owed."""
        if one.kind != "settled":
            return one
        owed = left_before(self.loan, one.on, one.on, self.order)
        said = self.made.choice((0, 0, owed.principal))
        return replace(one, service=min(one.service, owed.service), principal=said)

    def said(self, one: Closure) -> Closure:
        """A writing off with the principal that was owed, or without saying it."""
        if one.kind == "settled" or self.made.random() < 0.3:
            return one
        owed = left_before(self.loan, one.on, one.on, self.order).principal
        return replace(one, principal=owed)


def fits(loan: FiledLoan, order: Order) -> bool:
    """Whether every split fits on each of the days that are asked for."""
    try:
        for on in AS_OF:
            state(loan, on, order)
    except Refusal:
        return False
    return True


def places(loans: list[FiledLoan], seed: int) -> Iterator[tuple[FiledLoan, Payment]]:
    """All payments in the order of a file: mixed, but those of a loan and a day keep their order."""
    made = Random(seed)
    turns = [loan for loan in loans for _ in loan.payments]
    made.shuffle(turns)
    left = {loan.loan_id: iter(loan.payments) for loan in loans}
    for loan in turns:
        yield loan, next(left[loan.loan_id])
