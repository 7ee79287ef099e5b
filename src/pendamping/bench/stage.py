"""A made-up ward with many running loans, played through the rooms' own actions.

Everything is done by the server's own account, on the dates of the case: formed in January 2004,
paid out on 12 May 2004. Persons have letters for names.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from pendamping.access import queries as access
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
from pendamping.meetings import actions as meetings
from pendamping.territory import actions as territory

WARD = "32.71.01.1003"
TODAY = date(2005, 5, 12)
FORMED, APPLIED = date(2004, 1, 20), date(2004, 5, 6)
APPROVED, PAID_OUT = date(2004, 5, 9), date(2004, 5, 12)
MEMBERS = 5
EACH = 500_000
TRAININGS = ("loan", "enterprise", "household-economy")


def running_loans(
    number: int, say: Callable[[str], None], ward: str = WARD
) -> tuple[Any, list[str]]:
    """Open the ward and pay out so many loans of 2,500,000; who acts, and the loans' ids."""
    by = access.system()
    with clock.at(TODAY):
        territory.open_ward(by=by, code=ward, programme_start=date(2003, 11, 13))
        ledger.open_books(by=by, ward=ward, on=date(2004, 1, 2))
        ledger.record_voucher(
            by=by,
            ward=ward,
            on=date(2004, 1, 3),
            kind="in",
            debit="cash",
            credit="programme_capital",
            amount=number * MEMBERS * EACH,
            narration="Modal dana bergulir",
        )
        found = []
        for place in range(number):
            found.append(_lend(by, ward, _group(by, ward, place)))
            if place % 20 == 19:
                say(f"  {place + 1} of {number} loans stand")
    return by, found


def _group(by: Any, ward: str, place: int) -> str:
    people = [_resident(by, ward, place, who) for who in range(MEMBERS)]
    homes = residents.households_at(ward, people, FORMED)
    households.mark_poor(by=by, ward=ward, households=list(homes.values()), on=FORMED)
    present = [{"person": one} for one in people]
    meeting = _decided(by, ward, "group", FORMED, "institutions.form_group", present=present)
    roles = ["chair", "secretary", "treasurer"] + ["member"] * MEMBERS
    group = institutions.form_group(
        by=by,
        ward=ward,
        name=f"KSM Ukur {place + 1}",
        kind="economic",
        formed_on=FORMED,
        meeting_id=meeting,
        members=[{"person": one, "role": role} for one, role in zip(people, roles, strict=False)],
        pledge={"signed_on": FORMED, "signers": people},
    )
    _prepare(by, ward, group.id)
    return str(group.id)


def _decided(by: Any, ward: str, kind: str, on: date, subject: str, **roll: Any) -> str:
    """A meeting that is held, decides and signs its minutes; its id."""
    meeting = meetings.call_meeting(by=by, ward=ward, kind=kind, held_on=on, place="Balai")
    meetings.take_roll(by=by, ward=ward, meeting_id=meeting.id, **roll)
    meetings.record_decision(
        by=by, ward=ward, meeting_id=meeting.id, subject=subject, text="Sepakat"
    )
    meetings.sign_minutes(
        by=by,
        ward=ward,
        meeting_id=meeting.id,
        text="Berita acara",
        signed_on=on,
        signers=["Warga 1", "Warga 2"],
    )
    return str(meeting.id)


def _in_letters(number: int) -> str:
    """0 is aaa, 1 is aab: names have no digits."""
    return "".join(chr(97 + number // 26**place % 26) for place in (2, 1, 0))


def _resident(by: Any, ward: str, place: int, who: int) -> str:
    person = NewPerson(
        name=f"Warga Ukur {_in_letters(place * MEMBERS + who)}",
        sex="P",
        relation="head",
        born=date(1965, 1, 1),
    )
    home = households.add_household(
        by=by,
        ward=ward,
        on=date(2003, 12, 1),
        rw=f"{place % 12 + 1:02d}",
        rt=f"{who + 1:02d}",
        members=[person],
        poor=True,
        new_place=True,
    )
    return str(residents.members_on(ward, home.id, FORMED)[0][0])


def _prepare(by: Any, ward: str, group_id: str) -> None:
    for month in range(4):
        savings.record_deposit(
            by=by,
            ward=ward,
            group_id=group_id,
            on=add_months(date(2004, 2, 10), month),
            amount=25_000,
        )
    steps = [("training", module, date(2004, 4, 10)) for module in TRAININGS]
    for kind, module, on in [*steps, ("books", "", date(2004, 4, 24))]:
        institutions.record_step(
            by=by, ward=ward, group_id=group_id, kind=kind, module=module, on=on
        )


def _lend(by: Any, ward: str, group_id: str) -> str:
    asked = [
        {"person": one.person_id, "amount": EACH, "purpose": "warung"}
        for one in groups.members(group_id, APPLIED)
    ]
    loan = loans.apply(by=by, ward=ward, group_id=group_id, on=APPLIED, members=asked)
    loans.record_consents(
        by=by,
        ward=ward,
        loan_id=loan.id,
        on=APPLIED,
        witness="Saksi",
        signatures=[{"person": one["person"], "family_by": "suami"} for one in asked],
    )
    count = {"total": 7, "women": 3, "poor": 2}
    subject = f"loans.approve:{loan.id}"
    meeting = _decided(by, ward, "board", APPROVED, subject, head_count=count, eligible=9)
    with clock.at(PAID_OUT):  # before an instalment of the others is due
        loans.approve(by=by, ward=ward, loan_id=loan.id, on=APPROVED, meeting_id=meeting)
        loans.disburse(by=by, ward=ward, loan_id=loan.id, on=PAID_OUT)
    return str(loan.id)
