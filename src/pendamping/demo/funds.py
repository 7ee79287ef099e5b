"""The revolving fund of the case: saving, training, loans paid out on 12 May 2004, instalments."""

from datetime import date, timedelta
from typing import Any

from pendamping.demo.case import Case
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_queries
from pendamping.funds.savings import actions as savings
from pendamping.households import queries as households
from pendamping.institutions import actions as institutions
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from pendamping.kernel.period import add_months
from pendamping.meetings import actions as meetings

CAPITAL = 100_000_000
APPROVED, PAID_OUT = date(2004, 5, 9), date(2004, 5, 12)
TODAY = date(2005, 5, 12)
FIRST_LOAN = 500_000
SAVED_EACH_MONTH = 5_000

# How each group pays: a few are late, one pays ahead, one stops; the others pay on the day.
LATE, AHEAD, STOPS, SHORT = {5: 2, 11: 4, 17: 1}, {2}, {8: 3}, {14}
PAID_TODAY = 14  # so many groups have already paid the tenth instalment when the case opens


def save(case: Case) -> None:
    """Four months of group saving, each deposit written down on its day."""
    treasurer, first = case.actor("upk"), date(2004, 2, 10)
    every = groups.groups(case.ward)
    sizes = {group.id: len(groups.members(group.id, first)) for group in every}
    for month in range(4):
        on = add_months(first, month)
        with clock.at(on):
            for group in every:
                savings.record_deposit(
                    by=treasurer,
                    ward=case.ward,
                    group_id=group.id,
                    on=on,
                    amount=sizes[group.id] * SAVED_EACH_MONTH,
                )


def train(case: Case) -> None:
    """The three trainings that come before a loan, and the group's own books."""
    facilitator = case.actor("pendamping")
    lessons = [("loan", 3, 13), ("enterprise", 3, 27), ("household-economy", 4, 17)]
    for group in groups.groups(case.ward):
        for module, month, day in lessons:
            institutions.record_step(
                by=facilitator,
                ward=case.ward,
                group_id=group.id,
                kind="training",
                module=module,
                on=date(2004, month, day),
            )
        institutions.record_step(
            by=facilitator, ward=case.ward, group_id=group.id, kind="books", on=date(2004, 4, 24)
        )


def open_books(case: Case) -> None:
    """The UPK opens its books before the groups save, and receives the programme's capital in May."""
    treasurer, opened = case.actor("upk"), date(2004, 2, 1)
    with clock.at(opened):
        ledger.open_books(by=treasurer, ward=case.ward, on=opened)
    ledger.record_voucher(
        by=treasurer,
        ward=case.ward,
        on=date(2004, 5, 10),
        kind="in",
        debit="11010",
        credit="31020",
        amount=CAPITAL,
        narration="Modal dana bergulir P2KP",
    )


def lend(case: Case) -> None:
    """Every group applies, the board approves in a meeting, the UPK pays out on 12 May 2004."""
    cadre, board, treasurer = (case.actor(name) for name in ("kader", "bkm", "upk"))
    purposes = ["warung", "gorengan", "jahit", "sayur", "sol sepatu", "kue basah", "pulsa", "jamu"]
    chance = case.chance("lend")
    asked = []
    for group in groups.groups(case.ward):
        members = [
            {"person": member.person_id, "amount": FIRST_LOAN, "purpose": chance.choice(purposes)}
            for member in groups.members(group.id, date(2004, 5, 6))
        ]
        loan = loans.apply(
            by=cadre, ward=case.ward, group_id=group.id, on=date(2004, 5, 13 - 7), members=members
        )
        sign(case, loan)
        asked.append(loan)
    meeting = board_meeting(case, asked, APPROVED)
    for loan in asked:
        loans.approve(by=board, ward=case.ward, loan_id=loan.id, on=APPROVED, meeting_id=meeting)
        loans.disburse(by=treasurer, ward=case.ward, loan_id=loan.id, on=PAID_OUT)


def board_meeting(case: Case, asked: list[Any], on: date) -> str:
    """Seven of the nine members of the board decide on every application, one by one."""
    facilitator = case.actor("pendamping")
    meeting = meetings.call_meeting(
        by=facilitator,
        ward=case.ward,
        kind="board",
        held_on=on,
        place="Sekretariat BKM",
        agenda=("Permohonan pinjaman KSM",),
    )
    meetings.take_roll(
        by=facilitator,
        ward=case.ward,
        meeting_id=meeting.id,
        head_count={"total": 7, "women": 3, "poor": 2},
        eligible=9,
    )
    for loan in asked:
        meetings.record_decision(
            by=facilitator,
            ward=case.ward,
            meeting_id=meeting.id,
            subject=f"loans.approve:{loan.id}",
            text=f"Pinjaman {loan.code} {loan.group_name} disetujui",
        )
    meetings.sign_minutes(
        by=facilitator,
        ward=case.ward,
        meeting_id=meeting.id,
        text=f"BKM memutuskan {len(asked)} permohonan pinjaman KSM.",
        signed_on=on,
        signers=["Contoh Koordinator", "Contoh Sekretaris"],
    )
    return str(meeting.id)


def sign(case: Case, loan: Any) -> None:
    """Every member signs for her own part in the group's meeting, and her family agrees."""
    known = loan_queries.signatures(loan)
    missing = [one.person_id for one in known if one.signed_on is None]
    people = households.persons(case.ward, missing)
    family = {one: _family(people[one].sex) for one in missing}
    chance = case.chance(f"sign/{loan.number}")
    if missing:
        loans.record_consents(
            by=case.actor("pendamping"),
            ward=case.ward,
            loan_id=loan.id,
            on=date(2004, 5, 7),
            witness=case.actor("pendamping").name,
            signatures=[
                {"person": person, "family_by": chance.choice(family[person])} for person in missing
            ],
        )


def _family(sex: str) -> list[str]:
    """Who of a family may agree; the last ones only where there is no wife or husband."""
    return ["istri" if sex == "L" else "suami"] * 2 + ["anak sulung", "hidup sendiri", "ibu"]


def sign_all(case: Case) -> None:
    """Papers of loans that an older demonstration paid out without them."""
    for loan in loan_queries.loans(case.ward):
        sign(case, loan)


def repay(case: Case) -> None:
    """Ten months of instalments, each entered a day or two after it was paid."""
    treasurer = case.actor("upk")
    payments = []
    for number, loan in enumerate(loan_queries.loans(case.ward), start=1):
        each = loan.principal // 10 + loan.principal * 15 // 1000
        payments += [(on, loan.id, amount) for on, amount in _payments(number, each)]
    for on, loan_id, amount in sorted(payments):
        with clock.at(min(on + timedelta(days=len(loan_id) % 2), TODAY)):
            loans.record_repayment(
                by=treasurer, ward=case.ward, loan_id=loan_id, on=on, amount=amount
            )


def _payments(number: int, each: int) -> list[tuple[date, int]]:
    """How the group with this number pays: dates and amounts to 12 May 2005."""
    if number in AHEAD:
        return [(add_months(PAID_OUT, month), each) for month in range(3, 12)] + [
            (date(2005, 4, 20), each)
        ]
    paid = 10 - LATE.get(number, 0)
    paid = STOPS.get(number, paid)
    months = [(add_months(PAID_OUT, 2 + k), each) for k in range(1, paid + 1)]
    if number in SHORT:
        months[4] = (months[4][0], each - 25_000)
    if number > PAID_TODAY:
        months = [(on, amount) for on, amount in months if on < TODAY]
    return [
        (on + timedelta(days=(number * 3) % 4 if on < TODAY else 0), amount)
        for on, amount in months
    ]


def summary(case: Case, on: date = TODAY) -> Any:
    """The loan book of the case on a day."""
    return loan_queries.book(case.ward, on)
