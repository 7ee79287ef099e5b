"""The package of a ward: whole by its own check and by others', the same bytes twice, its loan book ours."""

import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from pendamping.exchange.queries import export
from pendamping.exchange.reading import read
from pendamping.exchange.rules import RESOURCES
from pendamping.funds.closing import queries as closing
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.loans.rules.book import books_by_area
from pendamping.households.models import Household, Person
from pendamping.kernel import clock
from pendamping.trail import queries as trail
from tests.lending import pay
from tests.rooms.test_loans import DUES, EACH
from tests.rooms.test_loans_changes import NEW_FROM, reschedule
from tests.staging import staged

pytestmark = pytest.mark.django_db
LATER = date(2005, 4, 1)


@staged
def lived(fund, loan):
    """One instalment, one that was taken back, half a one, then a new schedule and one of its instalments."""
    pay(fund, loan, DUES[0], EACH)
    wrong = pay(fund, loan, DUES[0] + timedelta(days=3), EACH)
    loans.reverse_repayment(
        by=fund.treasurer, ward=fund.ward, repayment_id=wrong.id, on=DUES[1], why="salah ketik"
    )
    pay(fund, loan, DUES[1] + timedelta(days=9), 100_000)
    reschedule(fund, loan)
    pay(fund, loan, date(2005, 1, 25), 400_000)
    return loan


@pytest.fixture
def packed(fund, lived, tmp_path):
    with clock.at(LATER):
        export(fund.ward, tmp_path / "ward.zip")
    return tmp_path / "ward.zip"


def test_every_row_with_a_day_says_when_it_was_entered(packed):
    """The doors promise ``entered_on`` on every dated one; a stage to come has worked-out days alone."""
    rows = read(packed).rows
    silent = {
        name
        for name, found in rows.items()
        if any(
            "entered_on" in row and not row["entered_on"] for row in found if row.get("started", 1)
        )
    }
    assert silent == set()


def test_a_package_holds_what_the_ward_has(fund, lived, packed):
    package = read(packed)
    held = package.rows
    assert package.notes == []
    assert set(held) == {resource.name for resource in RESOURCES}
    assert held["ward"][0]["code"] == fund.ward
    assert len(held["households"]) == Household.objects.filter(ward=fund.ward).count()
    assert len(held["persons"]) == Person.objects.filter(ward=fund.ward).count() > 4
    assert [row["loan_id"] for row in held["loans"]] == [lived.id]
    assert sum(row["amount"] for row in held["loan_members"]) == lived.principal
    assert sorted(row["reversed_on"] for row in held["repayments"] if row["reversed_on"]) == [
        DUES[1]
    ]
    assert len(held["segments"]) == 1
    assert len(held["trail"]) == trail.short_seal(fund.ward)[0]
    assert sum(row["amount"] for row in held["lines"]) == 0
    assert any(name.startswith("guidelines/") for name in package.files)


def test_the_same_state_makes_the_same_bytes(fund, packed, tmp_path):
    with clock.at(LATER):
        export(fund.ward, tmp_path / "again.zip")
    assert packed.read_bytes() == (tmp_path / "again.zip").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.zip", "ward.zip"]


def test_no_number_of_a_person_goes_out_in_the_clear(packed):
    assert all(row["nik"] is None for row in read(packed).rows["persons"])
    with zipfile.ZipFile(packed) as archive:
        columns = archive.read("data/persons.csv").split(b"\n")[0].decode().split(",")
    assert not {"nik_cipher", "nik_hash", "nik_last4", "kk_cipher"} & set(columns)


def test_another_program_finds_the_package_valid(packed):
    program = Path(sys.executable).with_name("frictionless")
    done = subprocess.run(
        [program, "validate", packed], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_loan_book_of_the_files_is_the_one_of_the_site(fund, lived, packed, tmp_path):
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path / "open")
    for day in (*DUES[:3], NEW_FROM, date(2005, 1, 24), date(2005, 2, 21), LATER):
        with closing.engine("duckdb") as engine:
            wards = closing.close(
                tmp_path / "open" / "data", as_of=day, engine=engine, order="service-first"
            )
        found = closing.by_area(wards, "ward")[fund.ward]
        states = [row.state for row in loan_book.book(fund.ward, day).rows]
        ours = books_by_area(states, "ward")[fund.ward]
        assert found == ours
