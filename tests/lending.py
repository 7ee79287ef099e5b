"""A stage for tests of money: a ward with open books, capital, groups that may borrow.

The dates are those of the case: saved since February 2004, paid out on 12 May 2004.
"""

from datetime import date
from itertools import count

from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import actions as loans
from pendamping.funds.savings import actions as savings
from pendamping.households import actions as households
from pendamping.households import queries as residents
from pendamping.households.rules.life import NewPerson
from pendamping.institutions import actions as institutions
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from pendamping.kernel.period import add_months
from tests.gatherings import board_decides, decide, in_letters, meet, name_in_list

FORMED = date(2004, 1, 20)
APPLIED = date(2004, 5, 6)
APPROVED = date(2004, 5, 9)
PAID_OUT = date(2004, 5, 12)
CAPITAL = 50_000_000
TRAININGS = ("loan", "enterprise", "household-economy")

_names = count(1)


def open_fund(cast, capital=CAPITAL):
    """Books, and the programme's capital in cash."""
    ledger.open_books(by=cast.treasurer, ward=cast.ward, on=date(2004, 1, 2))
    ledger.record_voucher(
        by=cast.treasurer,
        ward=cast.ward,
        on=date(2004, 5, 10),
        kind="in",
        debit="cash",
        credit="programme_capital",
        amount=capital,
        narration="Modal dana bergulir",
    )


def residents_of(cast, number=5):
    """So many women, each the head of a poor household; their ids."""
    found = []
    for place in range(number):
        person = NewPerson(
            name=f"Warga Contoh {in_letters(next(_names))}",
            sex="P",
            relation="head",
            born=date(1965, 1, 1),
        )
        household = households.add_household(
            by=cast.facilitator,
            ward=cast.ward,
            on=date(2003, 12, 1),
            rw="01",
            rt=f"{place % 9 + 1:02d}",
            members=[person],
            poor=True,
            new_place=True,
        )
        found += [who for who, _ in residents.members_on(cast.ward, household.id, FORMED)]
        name_in_list(cast, household.id)
    return found


def form_group(cast, people=None, kind="economic"):
    """A group that has only been formed: it has not saved, trained or kept books."""
    people = people or residents_of(cast)
    meeting = decide(cast, meet(cast, people, on=FORMED), "institutions.form_group")
    roles = ["chair", "secretary", "treasurer"] + ["member"] * len(people)
    return institutions.form_group(
        by=cast.facilitator,
        ward=cast.ward,
        name=f"KSM Contoh {next(_names)}",
        kind=kind,
        formed_on=FORMED,
        meeting_id=meeting.id,
        members=[
            {"person": person, "role": role} for person, role in zip(people, roles, strict=False)
        ],
        pledge={"signed_on": FORMED, "signers": people},
    )


def prepare(cast, group):
    """What comes before a loan: four months of saving, three trainings, the group's own books."""
    for month in range(4):
        savings.record_deposit(
            by=cast.treasurer,
            ward=cast.ward,
            group_id=group.id,
            on=add_months(date(2004, 2, 10), month),
            amount=25_000,
        )
    for module in TRAININGS:
        institutions.record_step(
            by=cast.facilitator,
            ward=cast.ward,
            group_id=group.id,
            kind="training",
            module=module,
            on=date(2004, 4, 10),
        )
    institutions.record_step(
        by=cast.facilitator, ward=cast.ward, group_id=group.id, kind="books", on=date(2004, 4, 24)
    )


def officers(group_id, number=2):
    """The ids of as many officers as sign where the group takes out what it saved in common."""
    return [one.person_id for one in groups.members(group_id, APPLIED)][:number]


def take_out(cast, group_id, on, amount, **more):
    """The group takes out of its common savings, two officers having signed."""
    given = {"by": cast.treasurer, "signers": officers(group_id), **more}
    return savings.record_withdrawal(
        ward=cast.ward, group_id=group_id, on=on, amount=amount, **given
    )


def asked(group, amount=500_000):
    """What each member asks for."""
    return [
        {"person": member.person_id, "amount": amount, "purpose": "warung"}
        for member in groups.members(group.id, APPLIED)
    ]


def apply(cast, group=None, **changes):
    """A group that may borrow applies, by the dates of the case."""
    if group is None:
        group = form_group(cast)
        prepare(cast, group)
    arguments = {"by": cast.cadre, "on": APPLIED, "members": asked(group), **changes}
    return loans.apply(ward=cast.ward, group_id=group.id, **arguments)


def sign(cast, loan, on=APPROVED, persons=None):
    """Every member (or those given) signs for her own part, and her family agrees."""
    members = persons or [one.person_id for one in loan.members.order_by("pk")]
    return loans.record_consents(
        by=cast.facilitator,
        ward=cast.ward,
        loan_id=loan.id,
        on=on,
        witness="Contoh Saksi",
        signatures=[{"person": person, "family_by": "suami"} for person in members],
    )


def approve(cast, loan, on=APPROVED):
    """The board approves the application in a meeting of that day."""
    with clock.at(on):
        meeting = board_decides(cast, f"loans.approve:{loan.id}", on=on)
        return loans.approve(
            by=cast.chair, ward=cast.ward, loan_id=loan.id, on=on, meeting_id=meeting
        )


def reject(cast, loan, on=APPROVED, why="usaha belum jelas"):
    """The board turns the application down in a meeting of that day."""
    meeting = board_decides(cast, f"loans.approve:{loan.id}", on=on, outcome="rejected")
    return loans.reject(
        by=cast.chair, ward=cast.ward, loan_id=loan.id, on=on, why=why, meeting_id=meeting
    )


def lend(cast, group=None, **changes):
    """A loan of the case, paid out on 12 May 2004; by default 2,500,000 for five members."""
    loan = apply(cast, group, **changes)
    sign(cast, loan)
    approve(cast, loan)
    return pay_out(cast, loan)


def pay_out(cast, loan, on=PAID_OUT):
    """The treasurer pays a loan out, and enters it on the day."""
    with clock.at(on):
        return loans.disburse(by=cast.treasurer, ward=cast.ward, loan_id=loan.id, on=on)


def pay(cast, loan, on, amount, **more):
    """An instalment taken by the treasurer."""
    return loans.record_repayment(
        by=cast.treasurer, ward=cast.ward, loan_id=loan.id, on=on, amount=amount, **more
    )


def transfer(cast, on, source, target, amount):
    """Money from one account of the unit to another, by voucher."""
    return ledger.record_voucher(
        by=cast.treasurer,
        ward=cast.ward,
        on=on,
        kind="transfer",
        debit=target,
        credit=source,
        amount=amount,
        narration="setor" if source == "cash" else "tarik",
    )
