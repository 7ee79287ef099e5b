"""The look over the books reads the register too: its numbers, states, sums, and the trail."""

import pytest
from django.db import transaction

from pendamping.complaints import actions, queries
from pendamping.desk import oversight
from pendamping.kernel import clock
from tests.complaining import DAY, handed_in
from tests.rooms.test_ledger_attacks import attack

pytestmark = pytest.mark.django_db


def found(cast, sql):
    """What the look finds after this statement, which then never happened."""
    assert oversight.breaks(cast.ward) == []
    with transaction.atomic():
        attack(by=cast.system, sql=[sql])
        said = [(one.clause, dict(one.values)) for one in oversight.breaks(cast.ward)]
        transaction.set_rollback(True)
    return said


@pytest.fixture
def one(cast):
    with clock.at(DAY):
        made = handed_in(cast, misuse=True, amount=500_000)
        told = {"ward": cast.ward, "complaint_id": made.id}
        actions.add_note(by=cast.chair, text="Diperiksa.", **told)
        actions.record_recovered(by=cast.chair, amount=200_000, text="Kas UPK", **told)
        other = handed_in(cast, request_id="dua", text="Semen belum datang juga.")
        actions.answer(by=cast.chair, ward=cast.ward, complaint_id=other.id, text="Sudah.")
        actions.reopen(by=cast.facilitator, ward=cast.ward, complaint_id=other.id, why="Belum.")  # fmt: skip
        third = handed_in(cast, request_id="tiga", text="Semen belum datang, kata tetangga.")
        actions.join(by=cast.chair, ward=cast.ward, complaint_id=third.id, to=other.id, why="Sama.")
        actions.part(by=cast.chair, ward=cast.ward, complaint_id=third.id, why="Lain.")
        yield made


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("recovered = 300000", "recovered"),
        ("reopened = 2", "reopened"),
        ("acknowledged_on = '2004-05-03'", "acknowledged_on"),
        ("status = 'closed', closed_on = '2004-05-03', answered_on = '2004-05-03'", "status, answered_on, closed_on"),
    ],
)  # fmt: skip
def test_a_complaint_that_stands_otherwise_than_its_steps_is_named(cast, one, change, what):
    said = found(cast, f"UPDATE complaints_complaint SET {change} WHERE id = '{one.id}'")
    assert said == [("complaints.state_kept", {"number": queries.number(one), "what": what})]


def test_a_step_that_nobody_entered_is_named(cast, one):
    said = found(
        cast,
        'INSERT INTO complaints_step (id, complaint_id, number, kind, "on", entered_at, level, text, shown) '
        f"VALUES ('x', '{one.id}', 9, 'added', '2004-05-03', '2004-05-03 09:00:00+07:00', '', '', false)",
    )
    assert said == [("complaints.said", {})]


def test_a_number_that_the_register_lacks_is_named(cast, one):
    columns = (
        "ward, received_on, entered_on, entered_at, channel, kind, scope, about, subject, misuse, recovered, "
        "sex, level, status, confirmed, reopened, rule, guideline_version"
    )
    said = found(
        cast,
        f"INSERT INTO complaints_complaint (id, code_hash, request, year, number, {columns}) "
        f"SELECT 'x', 'x', 'x', year, 9, {columns} FROM complaints_complaint WHERE number = 2",
    )
    assert ("complaints.numbers", {"year": 2004, "number": 4}) in said
