"""The ladder of collection stands through the whole of the arrears, up to the writing off that it allows."""

from datetime import date

import pytest
from django.urls import reverse

from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import changes
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.savings import actions as savings
from pendamping.kernel import clock
from tests.lending import pay
from tests.rooms.test_loans import EACH, fresh
from tests.rooms.test_loans_changes import decided
from tests.rooms.test_loans_collection import after, stands, take

pytestmark = pytest.mark.django_db

MAY, LOST_ON = date(2005, 5, 31), date(2005, 6, 20)
STEPS = ["visit", "letter", "warning", "summons"]


@pytest.fixture
def climbed(fund, loan):
    """A loan behind since August 2004; every step before the draw was taken by the guideline's own days."""
    for step, days in zip(STEPS, (4, 11, 31, 46), strict=True):
        take(fund, loan, step, days, note="x", until=after(days + 7), place="Balai RW 01")
    return loan


def draw(cast, loan, days, amount):
    """The joint savings pay so much of what is due, the same for each of the five."""
    savings.record_deposit(
        by=cast.treasurer, ward=cast.ward, group_id=loan.group_id, on=after(days), amount=amount
    )
    people = loan_book.member_cards(loan, after(days)).members
    part = [{"by": "reserve", "amount": amount // 5}]
    lines = [{"person": one.person_id, "paid": 0, "saved": 0, "covers": part} for one in people]
    groups = [{"loan": loan.id, "lines": lines}]
    loans.record_sheet(by=cast.treasurer, ward=cast.ward, on=after(days), groups=groups)


@pytest.mark.parametrize("drawn", [15_000, 325_000])
def test_a_draw_that_pays_the_oldest_instalment_does_not_undo_the_steps_before_it(
    fund, climbed, drawn
):
    draw(fund, climbed, 61, drawn)
    [behind] = loan_book.collection_of(fund.ward, after(62))
    assert [one.step for one in behind.taken] == [*STEPS, "joint_liability_money"]
    assert behind.next is None
    loans.set_reserve_aside(by=fund.treasurer, ward=fund.ward, month=MAY)
    assert changes.steps_left(climbed, LOST_ON) == []
    meeting = decided(fund, climbed, "write_off", LOST_ON, kind="citizens")
    loans.write_off(
        by=fund.chair,
        ward=fund.ward,
        loan_id=climbed.id,
        on=LOST_ON,
        meeting_id=meeting,
        why="bubar",
    )
    assert fresh(climbed).status == "written_off"


@pytest.mark.parametrize("record", ["{id}", "{id}:early"])
def test_a_decided_writing_off_reads_as_not_carried_out_until_it_is(fund, loan, client, record):
    """The decision leads to the page that writes off, whether steps of collection were left out or not."""
    loans.set_reserve_aside(by=fund.treasurer, ward=fund.ward, month=MAY)
    if record == "{id}":
        for step, days in zip(STEPS, (4, 11, 31, 46), strict=True):
            take(fund, loan, step, days, note="x", until=after(days + 7), place="Balai RW 01")
        draw(fund, loan, 61, 15_000)
    named = record.format(id=loan.id)
    meeting = decided(fund, loan, "write_off", LOST_ON, kind="citizens", record=named)
    page = reverse("meetings:meeting", kwargs={"ward": fund.ward, "meeting": meeting})
    where = reverse("loans:write_off", kwargs={"ward": fund.ward, "loan": loan.id})
    client.force_login(fund.chair)
    with clock.at(LOST_ON):
        shown = client.get(page).content.decode()
        assert "Sudah diputuskan, belum dilaksanakan." in shown
        assert f'href="{where}"' in shown
        assert client.get(where).status_code == 200
        loans.write_off(
            by=fund.chair,
            ward=fund.ward,
            loan_id=loan.id,
            on=LOST_ON,
            meeting_id=meeting,
            why="bubar",
        )
        shown = client.get(page).content.decode()
        assert "belum dilaksanakan" not in shown
        assert f'href="{where}"' not in shown


def test_one_instalment_of_several_leaves_the_ladder_where_it_is(fund, climbed):
    pay(
        fund, climbed, after(50), EACH + 37_500
    )  # the service of two and the principal of the oldest
    assert stands(fund.ward, after(59)) == [("joint_liability_money", False)]
    assert stands(fund.ward, after(60)) == [("joint_liability_money", True)]


def test_once_the_group_was_current_the_ladder_begins_anew(fund, climbed):
    pay(fund, climbed, after(50), 2 * EACH)  # August and September; October's is not due yet
    assert loan_book.collection_of(fund.ward, after(60)) == []
    assert stands(fund.ward, after(66)) == [("visit", True)]  # 12 October is day 61
