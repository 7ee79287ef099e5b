"""Joint liability in the case: in two groups a member fails; others and the joint savings cover."""

from datetime import date, timedelta
from typing import Any

from pendamping.demo.case import Case
from pendamping.demo.funds import SAVED_EACH_MONTH, TODAY
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_queries
from pendamping.kernel import clock

STOPPED, MEETS_TODAY = 8, 15  # numbers of loans; see ``funds.STOPS``


def cover(case: Case) -> None:
    """The group that stopped pays one more instalment together; another brings its last sheet."""
    _together(case, _loan(case, STOPPED), date(2004, 12, 14))
    _last_sheet(case, _loan(case, MEETS_TODAY))


def _loan(case: Case, number: int) -> Any:
    return next(one for one in loan_queries.loans(case.ward) if one.number == number)


def _together(case: Case, loan: Any, on: date) -> None:
    """Two pay their own part, one of them for a third; the joint savings pay for a fourth."""
    owed = loan_queries.member_cards(loan, on).members
    each = [one.dues[3].total for one in owed]
    ids = [one.person_id for one in owed]
    lines = [
        {"person": ids[0], "paid": each[0]},
        {"person": ids[1], "paid": each[1]},
        {"person": ids[2], "covers": [{"by": ids[0], "amount": each[2]}]},
        {"person": ids[3], "covers": [{"by": "reserve", "amount": each[3]}]},
    ]
    _post(case, loan, on, lines)
    for debtor, creditor, day in ((2, ids[0], date(2005, 1, 20)), (3, "", date(2005, 2, 10))):
        with clock.at(day):
            loans.pay_back(
                by=case.actor("upk"),
                ward=case.ward,
                loan_id=loan.id,
                debtor=ids[debtor],
                creditor=creditor,
                on=day,
                amount=20_000,
            )


def _last_sheet(case: Case, loan: Any) -> None:
    """Everybody pays and saves; one member brings half, and two cover the rest."""
    behind = loan_queries.member_cards(loan, TODAY).members
    lines: list[dict[str, Any]] = [
        {"person": one.person_id, "paid": one.behind, "saved": SAVED_EACH_MONTH} for one in behind
    ]
    short = lines[2]["paid"] // 2
    lines[2]["paid"] -= short
    lines[2]["saved"] = 0
    lines[2]["covers"] = [
        {"by": behind[0].person_id, "amount": short // 2},
        {"by": behind[1].person_id, "amount": short - short // 2},
    ]
    _post(case, loan, TODAY, lines)


def _post(case: Case, loan: Any, on: date, lines: list[dict[str, Any]]) -> None:
    """The sheet of a meeting, entered within two days, after what others paid that month."""
    groups = [{"loan": loan.id, "lines": lines}]
    with clock.at(min(on + timedelta(days=2), TODAY)):
        loans.record_sheet(by=case.actor("upk"), ward=case.ward, on=on, groups=groups)


def collect(case: Case) -> None:
    """The group that stopped is visited, reminded and warned; another is visited."""
    taken = [
        (STOPPED, "visit", date(2004, 12, 20), "Bertemu ketua; dua anggota pindah pasar", None),
        (STOPPED, "letter", date(2005, 1, 24), "", date(2005, 1, 31)),
        (STOPPED, "warning", date(2005, 2, 21), "", date(2005, 3, 7)),
        (11, "visit", date(2005, 3, 15), "Bertemu bendahara; janji bayar sesudah panen", None),
    ]
    for number, step, on, note, until in taken:
        with clock.at(on):
            loans.record_collection_step(
                by=case.actor("upk"),
                ward=case.ward,
                loan_id=_loan(case, number).id,
                step=step,
                on=on,
                note=note,
                until=until,
            )
