"""How the fund of the case fares: its costs, one loan rescheduled, reserve and health card each month,
a stop on lending and the meeting that lifts it.
"""

from datetime import date, timedelta

from pendamping.demo.board import LEAVES
from pendamping.demo.case import Case
from pendamping.demo.community import meet
from pendamping.demo.funds import PAID_OUT, TODAY
from pendamping.elections import queries as elections
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_queries
from pendamping.funds.loans.rules import new_schedule
from pendamping.funds.upk import actions as upk
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.money import format_rupiah
from pendamping.kernel.period import add_months

RESCHEDULED = 8  # the group that stopped after three instalments
DECIDED = date(2005, 2, 16)
NEW_FROM = date(2005, 2, 17)
FIRST_DUE = date(2005, 3, 17)
INSTALMENTS = 10
FIRST_CARD = date(2004, 12, 31)
LIFTED = date(2005, 5, 9)
COSTS = {"incentive": 500_000, "transport": 75_000, "stationery": 45_000}
"""What the UPK spends each month once instalments come in, by the keys of the accounts."""


def spend(case: Case) -> None:
    """The costs of the UPK each month from August 2004 on, out of the cash."""
    names = {
        "incentive": "Insentif UPK",
        "transport": "Transpor penagihan",
        "stationery": "ATK UPK",
    }
    for month in range(3, 12):
        on = add_months(PAID_OUT, month).replace(day=28)
        for key, amount in COSTS.items():
            with clock.at(on):
                ledger.record_voucher(
                    by=case.actor("upk"),
                    ward=case.ward,
                    on=on,
                    kind="out",
                    debit=key,
                    credit="cash",
                    amount=amount,
                    narration=f"{names[key]} {on:%m/%Y}",
                )


def reschedule(case: Case) -> None:
    """The board spreads over ten months what the eighth group still owes; it pays twice since."""
    board, treasurer = case.actor("bkm"), case.actor("upk")
    loan = loan_queries.loans(case.ward)[RESCHEDULED - 1]
    asked = _as_owed(loan)
    with clock.at(NEW_FROM):
        meeting = meet(
            case,
            kind="board",
            on=DECIDED,
            subject=new_schedule.subject(loan.id, asked),
            text=f"Pinjaman {loan.code} {loan.group_name} dijadwal ulang: {INSTALMENTS} angsuran baru, "
            f"jasa {format_rupiah(asked.service)}, dibebaskan {format_rupiah(asked.forgiven)}",
            people=_board(case, DECIDED),
            place="Sekretariat BKM",
            eligible=9,
        )
        made = loans.reschedule(
            by=board,
            ward=case.ward,
            loan_id=loan.id,
            on=NEW_FROM,
            meeting_id=meeting,
            instalments=INSTALMENTS,
            first_due=FIRST_DUE,
            why="Kios empat anggota terbakar; usahanya baru jalan lagi",
        )
    each = made.principal // INSTALMENTS + made.service // INSTALMENTS
    for month in range(2):
        on = add_months(FIRST_DUE, month)
        with clock.at(on):
            loans.record_repayment(
                by=treasurer, ward=case.ward, loan_id=loan.id, on=on, amount=each
            )


def _as_owed(loan: loan_queries.Loan) -> new_schedule.Figures:
    """A new schedule that forgives nothing of what is unpaid when it begins."""
    card = loan_queries.card(loan.ward, loan.id, NEW_FROM - timedelta(days=1))
    unpaid = sum(row.left.service for row in card.rows) if card else 0
    return new_schedule.figures(INSTALMENTS, unpaid, unpaid)


def _board(case: Case, on: date) -> list[object]:
    """Seven of the nine who sit on the board; not the one who moves away in December."""
    seats = elections.board(case.ward, on)
    stay = [seat.person for place, seat in enumerate(seats) if place != LEAVES]
    return list(households.persons(case.ward, stay[:7]).values())


def set_aside(case: Case) -> None:
    """The reserve of every month since the loans were paid out, on the second day of the next."""
    for last in months(PAID_OUT):
        with clock.at(last + timedelta(days=2)):
            loans.set_reserve_aside(by=case.actor("upk"), ward=case.ward, month=last)


def take_cards(case: Case) -> None:
    """The health card of every month since the end of 2004; one of them stops new lending."""
    for last in months(FIRST_CARD):
        with clock.at(last + timedelta(days=3)):
            upk.record_card(by=case.actor("upk"), ward=case.ward, month=last)


def lift(case: Case) -> None:
    """The board looks into the two loans behind the stop, and lets the fund lend again."""
    stop = loan_queries.standing_stop(case.ward)
    if stop is None:
        return
    with clock.at(LIFTED):
        meeting = meet(
            case,
            kind="board",
            on=LIFTED,
            subject=f"loans.lift_suspension:{stop.id}",
            text="Mencabut penundaan: dua KSM yang menunggak didampingi, KSM lain lancar",
            people=_board(case, LIFTED),
            place="Sekretariat BKM",
            eligible=9,
        )
        loans.lift_suspension(
            by=case.actor("bkm"), ward=case.ward, stop_id=stop.id, on=LIFTED, meeting_id=meeting
        )


def months(first: date) -> list[date]:
    """The last days of the months from the one of a day to the last that ended before today."""
    found = []
    start = first.replace(day=1)
    while (last := add_months(start, 1) - timedelta(days=1)) < TODAY:
        found.append(last)
        start = add_months(start, 1)
    return found
