"""Since when a loan is behind without a break. Pure Python.

Source: our own reading of the ladder of collection (handbook 4.1): arrears begin when an instalment is past its
day unpaid and end when nothing is; a part payment in between, also of the oldest instalment, ends nothing.
"""

from collections.abc import Sequence
from datetime import date

from pendamping.funds.loans.rules.allocation import Order, Payment
from pendamping.funds.loans.rules.book import Loan
from pendamping.funds.loans.rules.plan import Plan, standing


def since(
    loan: Loan, on: date, order: Order = "service-first", first: date | None = None
) -> date | None:
    """The due date with which the arrears of the end of a day began; ``None`` where nothing is due and unpaid.

    A payment that was taken back by ``on`` never ended any arrears; a new schedule does. Where nothing is past its
    day yet, the oldest instalment that is due on ``on`` itself. ``first``: the day before which nothing of the loan
    is known (of an old book), else the day on which it was paid out.
    """
    begins = loan.disbursed if first is None else first
    kept = [one for one in loan.payments if one.counts_on(on)]
    plan = Plan(loan.schedule, loan.segments, [one for one in loan.closures if one.stands_on(on)])
    found = _oldest(plan, kept, on, order)
    if found is None or found >= on:
        return found if found == on else None
    for day in _days(plan, kept, begins, on):
        oldest = _oldest(plan, kept, day, order)
        if oldest is None:
            return found
        if oldest >= day:  # nothing was past its day: what it owed first then began these arrears
            return oldest
        found = min(found, oldest)
    return found


def _oldest(plan: Plan, payments: Sequence[Payment], day: date, order: Order) -> date | None:
    """The due date of the first instalment that is not wholly paid at the end of a day, due by then or not."""
    now = standing(plan, payments, day, order)
    return next((row.due for row in now.left if row.total), None) if now.active else None


def _days(plan: Plan, payments: Sequence[Payment], begins: date, on: date) -> list[date]:
    """The days on which a group may have become current, the latest first: only these change what is unpaid."""
    days = {begins, *(one.on for one in payments)}
    days |= {one.start for one in plan.segments} | {one.on for one in plan.closures}
    return sorted((day for day in days if begins <= day <= on), reverse=True)
