"""Every reading of grace and every way to pay, as a ward's own loan: the tables of docs/worked/grace.md."""

import re
from datetime import date
from pathlib import Path

import pytest

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loan_book
from tests import lending
from tests.gatherings import deviate
from tests.lending import PAID_OUT, lend, pay
from tests.rooms.test_loans import fresh, refused

pytestmark = pytest.mark.django_db

TEXT = (Path(__file__).parents[2] / "docs" / "worked" / "grace.md").read_text(encoding="utf-8")
EVERY = {"week": "1week", "two weeks": "2weeks", "month": "1month"}


def tables():
    """The two tables of the page as lists of cells."""
    found, rows = [], []
    for line in [*TEXT.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            found.append(rows[2:])
            rows = []
    return found


GRACE, WAYS = tables()


def row(cell):
    """``2004-08-12: 250.000 + 37.500`` as (due, principal, service)."""
    due, principal, service = re.fullmatch(r"(\S+): (\S+) \+ (\S+)", cell).groups()
    return date.fromisoformat(due), int(principal.replace(".", "")), int(service.replace(".", ""))


def decide(cast, **values):
    """The ward decides clauses of its loan for itself, one after the other."""
    day = date(2004, 1, 2)
    for key, value in values.items():
        deviate(cast, f"loans.p2kp2.{key}", value, since=day, on=day, by=cast.facilitator)


def paid_to_the_end(cast, loan):
    """Every instalment is paid on its day; the loan and the books are then done."""
    for one in loan_book.card(cast.ward, loan.id, PAID_OUT).rows:
        assert loan_book.card(cast.ward, loan.id, one.row.due).due_now == one.row.total
        pay(cast, loan, one.row.due, one.row.total)
    assert fresh(loan).status == "closed"
    assert books.balance(cast.ward, "loans") == 0
    assert breaks(cast.ward) == []


def agrees(cast, loan, count, first, second, last, service):
    rows = [one.row for one in loan_book.card(cast.ward, loan.id, PAID_OUT).rows]
    shown = {(one.due, one.principal, one.service) for one in rows}
    assert len(rows) == int(count)
    assert (rows[0].due, rows[0].principal, rows[0].service) == row(first)
    assert row(second) in shown
    assert rows[-1].due == date.fromisoformat(last)
    assert sum(one.service for one in rows) == int(service.replace(".", ""))
    assert sum(one.principal for one in rows) == 2_500_000
    paid_to_the_end(cast, loan)
    assert books.balance(cast.ward, "service_income") == -int(service.replace(".", ""))


@pytest.mark.parametrize("cells", GRACE, ids=lambda cells: " ".join(cells[:2]))
def test_a_ward_lends_with_this_reading_of_grace(cast, cells):
    place, service_in_grace, *figures = cells
    lending.open_fund(cast)
    wanted = {"grace_in_tenor": place == "inside", "grace_service": service_in_grace}
    usual = {"grace_in_tenor": False, "grace_service": "waived"}
    decide(cast, **{key: value for key, value in wanted.items() if value != usual[key]})
    agrees(cast, lend(cast), *figures)


@pytest.mark.parametrize("cells", WAYS, ids=lambda cells: " ".join(cells[:4]))
def test_a_ward_lends_and_is_repaid_in_this_way(cast, cells):
    every, method, parts, grace, *figures = cells
    kind, rate = method.removesuffix(" %").split(", ")
    lending.open_fund(cast)
    wanted = {
        "grace_months": 0,
        "every": EVERY[every],
        "method": kind,
        "amortisation": parts.replace(" ", "-"),
        "rate_bp": round(float(rate) * 100),
        "grace_periods": 0 if grace == "none" else int(grace.split()[0]),
    }
    usual = {"every": "1month", "method": "flat", "amortisation": "equal-principal",
             "rate_bp": 150, "grace_periods": 0}  # fmt: skip
    decide(cast, **{key: value for key, value in wanted.items() if value != usual.get(key)})
    agrees(cast, lend(cast), *figures)


def test_the_tables_hold_all_six_readings_and_six_ways():
    assert len({(cells[0], cells[1]) for cells in GRACE}) == 6
    assert len(WAYS) == 6


def test_weekly_instalments_with_months_of_grace_are_refused(cast):
    assert refused(decide, cast=cast, every="1week") == ["guidelines.text.grace"]
