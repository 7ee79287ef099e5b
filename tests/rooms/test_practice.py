"""A practice ward's date is moved by its people, on a page; the calendar's is moved by nobody."""

from datetime import date

import pytest
from django.urls import reverse

from pendamping.desk import actions, queries
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as meetings
from pendamping.territory import queries as territory
from pendamping.trail import queries as trail
from tests.cast import OTHER, make_cast

pytestmark = pytest.mark.django_db

MAY = date(2004, 5, 12)
AUGUST = date(2004, 8, 12)


@pytest.fixture
def cast(db):
    """The cast, in practice wards that stand on 12 May 2004."""
    return make_cast(practice_today=MAY)


def move(cast, to, who="ward_admin", ward=None):
    actions.move_practice_date(by=getattr(cast, who), ward=ward or cast.ward, to=to)


def enter_something(cast, on):
    with clock.at(on):
        meetings.call_meeting(
            by=cast.facilitator, ward=cast.ward, kind="group", held_on=on, place="Balai"
        )


def page(client, cast, who="ward_admin", ward=None, **data):
    client.force_login(getattr(cast, who))
    address = reverse("desk:practice", kwargs={"ward": ward or cast.ward})
    return client.post(address, data) if data else client.get(address)


@pytest.mark.parametrize("who", ["administrator", "ward_admin", "facilitator"])
def test_who_runs_the_practice_moves_the_date_and_the_trail_says_from_when_to_when(cast, who):
    move(cast, AUGUST, who)
    assert territory.practice_date(cast.ward) == AUGUST
    assert territory.practice_date(OTHER) == MAY
    event = trail.last("desk.move_practice_date", cast.ward)
    assert trail.data(event) == {"after": "2004-08-12", "before": "2004-05-12"}
    assert trail.entered_on(event) == MAY


@pytest.mark.parametrize("who", ["cadre", "chair", "treasurer", "officer", "lead", "stranger"])
def test_nobody_else_moves_it(cast, who):
    with pytest.raises(Refusal) as caught:
        move(cast, AUGUST, who)
    assert caught.value.reasons[0].clause == "access.permission"


def test_the_date_does_not_go_back_before_the_last_entry(cast):
    move(cast, AUGUST)
    enter_something(cast, AUGUST)
    move(cast, date(2004, 9, 12))
    with pytest.raises(Refusal) as caught:
        move(cast, date(2004, 8, 11))
    assert [reason.clause for reason in caught.value.reasons] == ["desk.practice.back"]
    move(cast, AUGUST)
    assert territory.practice_date(cast.ward) == AUGUST


def test_moves_themselves_are_no_entries(cast):
    enter_something(cast, MAY)
    move(cast, AUGUST)
    move(cast, date(2004, 5, 20))
    assert queries.last_entry(cast.ward) == MAY


def test_the_date_of_a_real_ward_is_moved_by_nobody():
    real = make_cast()
    with pytest.raises(Refusal) as caught, clock.at(MAY):
        move(real, AUGUST)
    assert caught.value.reasons[0].clause == "desk.practice.real"


def test_a_real_ward_has_no_such_page_and_no_link_to_it(client):
    real = make_cast()
    assert page(client, real).status_code == 404
    assert b"/practice/" not in client.get(f"/w/{real.ward}/").content


def test_the_strip_on_top_leads_to_the_page_for_who_may_move_the_date(client, cast):
    page(client, cast)
    assert f"/w/{cast.ward}/practice/" in client.get(f"/w/{cast.ward}/").content.decode()
    page(client, cast, "cadre")
    assert f"/w/{cast.ward}/practice/" not in client.get(f"/w/{cast.ward}/").content.decode()


def test_the_page_moves_the_date_and_every_page_stands_on_the_new_day(client, cast):
    shown = page(client, cast).content.decode()
    assert "Rabu, 12 Mei 2004" in shown
    assert 'value="2004-06-12"' in shown  # on by a month
    done = page(client, cast, to="2004-08-12")
    assert done.url == f"/w/{cast.ward}/"
    desk = client.get(done.url).content.decode()
    assert "Kamis, 12 Agustus 2004" in desk
    assert "12 Agustus 2004" in desk


def test_the_page_keeps_what_was_typed_and_says_why_not(client, cast):
    enter_something(cast, MAY)
    answer = page(client, cast, to="2004-05-01")
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Pada 12 Mei 2004 sudah ada yang dicatat" in text
    assert 'value="2004-05-01"' in text
    assert page(client, cast, to="kemarin").status_code == 422
