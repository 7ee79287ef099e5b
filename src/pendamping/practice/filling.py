"""What a practice ward begins with: households, a group with savings and a loan that is due.

All names are made up and say so. Called inside this room's actions only; every step is the other rooms'
own action, on the day on which it would have been done.
"""

from datetime import date, timedelta
from typing import Any

from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as book
from pendamping.funds.savings import actions as savings
from pendamping.guidelines import queries as guidelines
from pendamping.households import actions as households
from pendamping.households import queries as residents
from pendamping.households.rules.life import NewPerson
from pendamping.institutions import actions as institutions
from pendamping.kernel import clock
from pendamping.kernel.period import add_months
from pendamping.meetings import actions as meetings

WOMEN = (
    "Aminah", "Badriah", "Cicih", "Dedeh", "Euis", "Fatimah", "Halimah", "Imas", "Juju", "Kokom",
    "Lilis", "Mimin",
)  # fmt: skip
MEN = (
    "Asep", "Budi", "Cecep", "Dadang", "Endang", "Firman", "Gunawan", "Hendra", "Iwan", "Jajang",
    "Komar", "Maman",
)  # fmt: skip
HOMES = 24
SIZE = 5  # women in the group
CAPITAL, PART, SAVING = 25_000_000, 500_000, 25_000
MONTHS = 4  # of saving before the loan
LENT = 5  # months since it was paid out; what was due in them is paid


def fill(by: User, ward: str, today: date) -> None:
    """Bring the ward to a day on which an instalment of its first loan is due."""
    paid_out = add_months(today, -LENT)
    formed = add_months(paid_out, -MONTHS)
    with clock.at(formed - timedelta(days=14)):
        people = _settle(by, ward)
        ledger.open_books(by=by, ward=ward, on=clock.today())
    with clock.at(formed):
        group = _form(by, ward, people[:SIZE])
    for month in range(MONTHS):
        day = add_months(formed, month) + timedelta(days=3)
        with clock.at(day):
            savings.record_deposit(by=by, ward=ward, group_id=group, on=day, amount=SAVING)
    _prepare(by, ward, group, paid_out - timedelta(days=20))
    _lend(by, ward, group, people[:SIZE], paid_out)
    with clock.at(today):
        meetings.call_meeting(
            by=by,
            ward=ward,
            kind="citizens",
            held_on=today + timedelta(days=3),
            place="Balai latihan",
        )


def _settle(by: User, ward: str) -> list[str]:
    """So many households in two RWs of two RTs, every second one poor; the ids of the women who lead
    the first, and of all other heads."""
    heads, year = [], clock.today().year
    for number in range(HOMES):
        woman, man = WOMEN[number % len(WOMEN)], MEN[number % len(MEN)]
        led_by_her = number < HOMES // 2
        members = [
            NewPerson(f"{woman} Latihan", "P", "head" if led_by_her else "spouse",
                      date(year - 26 - number % 20, 1 + number % 12, 5)),
            NewPerson(f"{man} Latihan", "L", "child" if led_by_her else "head",
                      date(year - (9 if led_by_her else 30) - number % 10, 1 + number % 12, 17)),
        ]  # fmt: skip
        home = households.add_household(
            by=by, ward=ward, on=clock.today(), rw=f"{1 + number // 6 % 2:02d}",
            rt=f"{1 + number // 12:02d}", members=members, number=str(number + 1),
            poor=number < 8 or number % 2 == 0, new_place=True,
        )  # fmt: skip
        there = residents.members_on(ward, home.id, clock.today())
        heads += [person for person, relation in there if relation == "head"]
    return heads


def _meet(by: User, ward: str, kind: str, subject: str, **roll: Any) -> str:
    """A meeting of the day that decided one thing, its minutes signed; its id."""
    day, where = clock.today(), {"by": by, "ward": ward}
    met = meetings.call_meeting(**where, kind=kind, held_on=day, place="Balai latihan")
    meetings.take_roll(**where, meeting_id=met.id, **roll)
    meetings.record_decision(**where, meeting_id=met.id, subject=subject, text="Disepakati")
    meetings.sign_minutes(
        **where, meeting_id=met.id, text="Berita acara latihan.", signed_on=day,
        signers=["Ketua Latihan", "Notulis Latihan"],
    )  # fmt: skip
    return str(met.id)


def _form(by: User, ward: str, people: list[str]) -> str:
    present = [{"person": person} for person in people]
    meeting = _meet(by, ward, "group", "institutions.form_group", present=present)
    roles = ["chair", "secretary", "treasurer", *["member"] * SIZE]
    group = institutions.form_group(
        by=by, ward=ward, name="KSM Latihan Melati", kind="economic", formed_on=clock.today(),
        meeting_id=meeting, pledge={"signed_on": clock.today(), "signers": people},
        members=[{"person": one, "role": role} for one, role in zip(people, roles, strict=False)],
    )  # fmt: skip
    return str(group.id)


def _prepare(by: User, ward: str, group: str, on: date) -> None:
    """All that the guideline asks for before a first loan."""
    told = {"by": by, "ward": ward, "group_id": group, "on": on}
    with clock.at(on):
        for module in guidelines.section("training_modules", ward, on):
            institutions.record_step(**told, kind="training", module=module)
        institutions.record_step(**told, kind="books")
        ledger.record_voucher(
            by=by, ward=ward, on=on, kind="in", debit="cash", credit="programme_capital",
            amount=CAPITAL, narration="Modal dana bergulir (latihan)",
        )  # fmt: skip


def _lend(by: User, ward: str, group: str, people: list[str], on: date) -> None:
    """Asked for, signed, approved and paid out, and every instalment taken but that of today."""
    told = {"by": by, "ward": ward}
    with clock.at(on):
        loan = loans.apply(
            **told, group_id=group, on=on,
            members=[{"person": one, "amount": PART, "purpose": "warung"} for one in people],
        )  # fmt: skip
        loans.record_consents(
            **told, loan_id=loan.id, on=on, witness="Saksi Latihan",
            signatures=[{"person": one, "family_by": "suami"} for one in people],
        )  # fmt: skip
        came = {"total": 7, "women": 3, "poor": 0}
        meeting = _meet(by, ward, "board", f"loans.approve:{loan.id}", head_count=came, eligible=9)
        loans.approve(**told, loan_id=loan.id, on=on, meeting_id=meeting)
        loans.disburse(**told, loan_id=loan.id, on=on)
    for month in range(1, LENT):
        day = add_months(on, month)
        with clock.at(day):
            state = book.states(ward, day)[loan.id]
            due = state.due - state.paid
            if due > 0:  # none in the months of grace
                loans.record_repayment(**told, loan_id=loan.id, on=day, amount=due)
