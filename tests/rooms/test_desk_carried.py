"""A meeting's page leads from each decision to where it is carried out; none is forgotten."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

import pendamping
from pendamping.access import queries as access
from pendamping.access.rules import PERMISSIONS
from pendamping.desk import carried
from pendamping.desk import queries as desk
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import changes
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk.rules import year
from pendamping.guidelines import minutes as own
from pendamping.handover import queries as handover
from pendamping.institutions import facts as groups
from pendamping.kernel import clock
from pendamping.meetings import actions as meetings
from tests.gatherings import decide, meet, sign
from tests.lending import lend, pay
from tests.rooms.test_loans import DUES, EACH

pytestmark = pytest.mark.django_db

SUBJECT = re.compile(r'f"([a-z]+\.[a-z_]+):\{')
NOT_DECIDED = {
    "complaints.register",  # keys of what the server keeps for a while
    "households.doubles",
    "pendamping.board",
    "pendamping.throttle",
    "pendamping.urgent",
    "planning.proposal",  # the record behind a dossier
}


def subjects():
    """Every matter that the source asks a meeting for under a record's name."""
    source = Path(pendamping.__file__).parent
    found = {each for path in source.rglob("*.py") for each in SUBJECT.findall(path.read_text())}
    spelled = {year.DECIDED, handover.SUBJECT, handover.CHECKED, groups.SUBJECT}
    beside = {own.SUBJECT.rstrip(":"), own.END.rstrip(":")}
    return (
        (found - NOT_DECIDED) | spelled | beside | {f"loans.{step}" for step in changes.DECIDED_BY}
    )


def test_every_subject_that_a_room_asks_for_has_its_page():
    assert sorted(subjects() - set(carried.PLACES)) == []
    assert sorted(set(carried.PLACES) - subjects()) == []
    assert {one.permission for one in carried.PLACES.values()} <= set(PERMISSIONS)


@pytest.mark.parametrize("matter", sorted(carried.PLACES))
def test_the_page_of_a_subject_is_an_address(cast, matter):
    number = "2004" if matter == year.DECIDED else "01A"
    found = carried.place(cast.ward, f"{matter}:{number}:b:c")
    assert (found is None) == (carried.PLACES[matter].parts == (carried.CLOSE,))  # no such close
    assert carried.place(cast.ward, "meetings.other") is None
    if found:
        assert found[0].startswith(f"/w/{cast.ward}/")


@pytest.fixture
def stop(fund):
    """A stop on lending by the card of March 2005."""
    late = lend(fund)
    for due in DUES[:4]:
        pay(fund, late, due, EACH)
    with clock.at(date(2005, 4, 3)):
        upk.record_card(by=fund.treasurer, ward=fund.ward, month=date(2005, 3, 31))
    return loan_book.standing_stop(fund.ward)


def tasks(cast, who, on):
    with clock.at(on):
        found = desk.desk(cast.ward, on, lambda name: access.may(who, name, cast.ward))
    return [task.kind for task in found.tasks if task.kind in ("stopped", "stop_lifted")]


def test_a_decided_lifting_reads_as_not_carried_out_until_it_is(fund, stop, client):
    day, subject = date(2005, 4, 20), f"loans.lift_suspension:{stop.id}"
    count = {"total": 7, "women": 3, "poor": 0}
    held = meet(fund, [], kind="board", on=day, head_count=count, eligible=9)
    meetings.record_decision(
        by=fund.facilitator, ward=fund.ward, meeting_id=held.id, subject=subject, text="Dicabut"
    )
    page = reverse("meetings:meeting", kwargs={"ward": fund.ward, "meeting": held.id})
    where = reverse("loans:stop", kwargs={"ward": fund.ward})
    client.force_login(fund.chair)
    with clock.at(day):
        shown = client.get(page).content.decode()
        assert "Dengan keputusan saja belum ada yang berubah" in shown
        assert f'href="{where}"' not in shown
    assert tasks(fund, fund.chair, day) == ["stopped"]
    sign(fund, held)
    assert tasks(fund, fund.chair, day) == ["stop_lifted"]
    with clock.at(day):
        shown = client.get(page).content.decode()
        assert "Sudah diputuskan, belum dilaksanakan." in shown
        assert f'href="{where}"' in shown
        loans.lift_suspension(
            by=fund.chair, ward=fund.ward, stop_id=stop.id, on=day, meeting_id=held.id
        )
        shown = client.get(page).content.decode()
        assert "belum dilaksanakan" not in shown
        assert f'href="{where}"' not in shown
    assert tasks(fund, fund.chair, day) == []


def test_a_decision_between_windows_leads_to_the_page_that_moves_the_money(fund, client):
    count = {"total": 7, "women": 3, "poor": 0}
    held = meet(fund, [], kind="board", head_count=count, eligible=9)
    decide(fund, held, "grants.transfer:social:physical:1000000")
    page = reverse("meetings:meeting", kwargs={"ward": fund.ward, "meeting": held.id})
    where = reverse("grants:transfer", kwargs={"ward": fund.ward})
    for who in (fund.chair, fund.verifier):
        client.force_login(who)
        shown = client.get(page).content.decode()
        may = access.may(who, "grants.move_between_windows", fund.ward)
        assert (f'href="{where}"' in shown) is may
