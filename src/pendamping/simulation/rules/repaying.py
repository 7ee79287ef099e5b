"""Loans of the groups in a made-up ward, and how they are paid back."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pendamping.funds.loans.rules.book_schedule import book_schedule
from pendamping.insight.rules import FACTORS
from pendamping.simulation.rules import seasons
from pendamping.simulation.rules.bodies import Group
from pendamping.simulation.rules.setting import Row, Rows, Setting, entered

SPREADING, ABLE = FACTORS[5], FACTORS[13]
EACH = 500_000
SAVES_DAYS = 92
"""A group saves for three months before it borrows (handbook 2.5)."""
TERMS = {"rate_bp": 150, "instalments": 10, "grace_months": 2}


def loans(ward: Setting, groups: Sequence[Group], money: date) -> Rows:
    """Loans, their parts, their payments. ``money``: the first day on which the fund has something to lend."""
    told = ward.chance("loans")
    lent: list[Row] = []
    parts: list[Row] = []
    paid: list[Row] = []
    sick = infected(ward, groups)
    for number, group in enumerate(groups):
        on = max(money + timedelta(days=min(number, 3) and told.randint(0, 12)), group.formed + timedelta(days=SAVES_DAYS))  # fmt: skip
        if number == 0:
            on = money
        habit = _habit(ward, told)
        for cycle in range(1, 5):
            if on >= ward.end:
                break
            loan = {"loan_id": f"{group.id}-{cycle}", "ward": ward.code, "group_id": group.id,
                    "principal": EACH * len(group.members), "disbursed": on, "cycle": cycle,
                    "entered_on": entered(told, on, ((100, 0, 1),)), **TERMS}  # fmt: skip
            lent.append(loan)
            parts += [{"loan_id": loan["loan_id"], "person": one.id, "amount": EACH} for one in group.members]  # fmt: skip
            payments = list(_payments(ward, told, loan, habit, sick.get(group.id)))
            paid += payments
            if len(payments) < TERMS["instalments"]:
                break
            on = payments[-1]["paid_on"] + timedelta(days=told.randint(20, 60))
    return {"loans": lent, "loan_members": parts, "repayments": paid}


def _habit(ward: Setting, told: random.Random) -> tuple[int, int]:
    """From how many days after the due day to how many a group pays: in time, or always a week or two late."""
    late = 0.04 if ward.has(ABLE) else 0.55
    return (9, 17) if told.random() < late else (-3, 5)


def infected(ward: Setting, groups: Sequence[Group]) -> dict[str, date]:
    """From which day a group lets its instalments go, where arrears spread: in one RT first, then further."""
    since = ward.plants.get(SPREADING)
    if since is None:
        return {}
    told = ward.chance("infected")
    first = told.choice(sorted({one.rt for one in groups}))
    order = sorted(groups, key=lambda one: (one.rt != first, told.random()))
    found, on = {}, since
    for one in order:
        found[one.id] = on
        on += timedelta(days=told.randint(5, 22))
    return found


def _payments(
    ward: Setting, told: random.Random, loan: Row, habit: tuple[int, int], sick: date | None
) -> Iterator[Row]:
    """What comes in until the end; a group that lets go pays a little later each month, then not at all."""
    last = loan["disbursed"]
    schedule = book_schedule(principal=loan["principal"], disbursed=loan["disbursed"], **TERMS)
    for number, due in enumerate(schedule, start=1):
        wait = told.randint(*habit) + seasons.short_of_money(due.due)
        if told.random() < 0.006:
            wait += 25  # a month is left out
        if sick and due.due >= sick:
            wait += 12 + (due.due - sick).days // 2
            if (due.due - sick).days > 75 and told.random() < 0.8:
                return
        on = max(last + timedelta(days=1), due.due + timedelta(days=wait))
        if on >= ward.end:
            return
        yield {"id": f"{loan['loan_id']}-{number:02d}", "loan_id": loan["loan_id"], "paid_on": on,
               "amount": due.total, "principal": due.principal, "service": due.service,
               "entered_on": entered(told, on, ((80, 0, 2), (18, 3, 9), (2, 10, 25))), "received_by": "upk"}  # fmt: skip
        last = on
