"""The books of the case are closed month after month; the yearly meeting of January 2005 shares the profit."""

from datetime import date, timedelta

from pendamping.demo.case import Case
from pendamping.demo.community import delegates, meet
from pendamping.demo.fund_health import months
from pendamping.funds.ledger import queries as books
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk.rules import year as years
from pendamping.funds.upk.rules import yearly
from pendamping.kernel import clock

FIRST = date(2004, 2, 29)
YEAR = 2004
SHARED = date(2005, 1, 22)
SHARES = {"capital": 50, "social": 20, "board": 15, "bonus": 10, "training": 5}
NOTES = (100_000, 50_000, 20_000, 10_000, 5_000, 1_000, 500, 100, 50, 25)
WITNESS = "Contoh Pengawas UPK"


def close_months(case: Case) -> None:
    """Cash counted, month closed, and approved by the board; the last one still waits for it."""
    last = months(FIRST)[-1]
    for month in months(FIRST):
        if month == date(YEAR + 1, 1, 31):
            _close_year(case)
        with clock.at(month + timedelta(days=4)):
            count(case, month)
            made = upk.close_month(by=case.actor("upk"), ward=case.ward, month=month)
        if month < last:
            with clock.at(month + timedelta(days=6)):
                upk.approve_close(by=case.actor("bkm"), ward=case.ward, close_id=made.id)


def count(case: Case, on: date) -> None:
    """The treasurer counts the box before a second person; it holds what the books say."""
    left, pieces = books.balance(case.ward, "cash", on), {}
    for value in NOTES:
        pieces[value], left = divmod(left, value)
    upk.count_cash(by=case.actor("upk"), ward=case.ward, on=on, pieces=pieces, witnesses=WITNESS)


def _close_year(case: Case) -> None:
    """The year 2004 is closed on 10 January; the residents share its profit on the 22nd."""
    with clock.at(date(YEAR + 1, 1, 10)):
        upk.close_year(by=case.actor("upk"), ward=case.ward, year=YEAR)
    with clock.at(SHARED):
        people = delegates(case, SHARED)
        meeting = meet(
            case,
            kind="yearly",
            on=SHARED,
            subject=years.subject(YEAR, SHARES),
            text=f"Membagi laba UPK tahun {YEAR}: modal 50 %, dana sosial 20 %, BKM 15 %, "
            "bonus UPK 10 %, pelatihan 5 %",
            people=people,
            place="Aula kelurahan",
            eligible=len(people),
            also=(
                ("board_report", "Warga menerima pertanggungjawaban BKM tahun 2004"),
                (yearly.subject(YEAR), f"Pertanggungjawaban UPK tahun {YEAR} diterima"),
            ),
        )
        upk.split_profit(
            by=case.actor("upk"),
            ward=case.ward,
            year=YEAR,
            on=SHARED,
            meeting_id=meeting,
            percents=SHARES,
        )
