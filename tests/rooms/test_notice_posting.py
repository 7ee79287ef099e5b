"""Where the poster of the board hangs: noted once, seen by everybody, due again after the guideline's months."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, transaction
from django.urls import reverse

from pendamping.desk.oversight import breaks
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.kernel.period import add_months
from pendamping.kernel.refusal import Refusal
from pendamping.notice import actions, queries
from pendamping.trail.writing import migrating
from tests import lending
from tests.rules.test_notice_rules import JPEG, PLACE_AND_TIME

pytestmark = pytest.mark.django_db

DAY = date(2004, 9, 20)


@pytest.fixture(autouse=True)
def on_that_day():
    with clock.at(DAY):
        yield


def at(name, cast, **more):
    return reverse(f"notice:{name}", kwargs={"ward": cast.ward, **more})


def put_up(cast, place="Balai RW 05", on=DAY, by=None, **more):
    return actions.put_up(by=by or cast.cadre, ward=cast.ward, place=place, on=on, **more)


def test_a_cadre_notes_where_it_hangs_and_everybody_sees_it_with_its_picture(client, cast):
    client.force_login(cast.cadre)
    picture = SimpleUploadedFile("papan.jpg", JPEG, "image/jpeg")
    sent = {"place": " Balai  RW 05 ", "on": "2004-09-20", "content": picture}
    assert (
        "Tercatat: terpasang di Balai RW 05"
        in client.post(at("put_up", cast), sent, follow=True).text
    )
    client.logout()
    text = client.get(at("board", cast)).text
    assert "terpasang di Balai RW 05 sejak 20 September 2004" in text
    [one] = queries.postings(cast.ward)
    photo = at("photo", cast, posting=one.id)
    assert f'href="{photo}"' in text
    seen = client.get(photo)
    assert (seen["Content-Type"], seen.content[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert PLACE_AND_TIME not in seen.content


def test_a_newer_poster_takes_down_the_one_that_hung_there(client, cast):
    first = put_up(cast, on=date(2004, 8, 20), content=JPEG)
    second = put_up(cast, place="balai rw 05", by=cast.chair)
    first.refresh_from_db()
    assert first.taken_down_on == DAY
    assert [one.id for one in queries.board(cast.ward, DAY).posters] == [second.id]
    assert client.get(at("photo", cast, posting=first.id)).status_code == 404  # hangs no longer
    with pytest.raises(Refusal) as refused:
        put_up(cast, on=date(2004, 9, 1))
    assert [one.clause for one in refused.value.reasons] == ["notice.day"]
    actions.take_down(by=cast.facilitator, ward=cast.ward, posting_id=second.id, on=DAY)
    assert queries.board(cast.ward, DAY).posters == ()
    assert breaks(cast.ward) == []


def test_what_is_missing_or_wrong_is_said_at_once_and_nothing_is_kept(client, cast):
    with pytest.raises(Refusal) as refused:
        put_up(cast, place=" ", on=date(2004, 9, 21), content=b"GIF89a")
    assert {one.clause for one in refused.value.reasons} == {
        "notice.place", "notice.day", "notice.photo",
    }  # fmt: skip
    client.force_login(cast.cadre)
    answer = client.post(at("put_up", cast), {"place": "Pos kamling", "on": "2004-09-21"})
    assert answer.status_code == 409
    assert "Pos kamling" in answer.text
    assert not queries.postings(cast.ward).exists()


def test_the_same_form_sent_twice_notes_one_poster(client, cast):
    client.force_login(cast.cadre)
    page = client.get(at("put_up", cast)).text
    sent = {
        "place": "Balai RW 05",
        "on": "2004-09-20",
        "request_id": page.split('request_id" value="')[1].split('"')[0],
    }
    for _time in range(2):
        assert client.post(at("put_up", cast), sent).status_code == 302
    assert queries.postings(cast.ward).count() == 1


def test_who_only_reads_notes_nothing(cast):
    for who in (cast.treasurer, cast.lead, cast.officer, cast.stranger):
        with pytest.raises(Refusal):
            put_up(cast, by=who)


def test_a_place_that_names_a_resident_is_not_shown_so(cast):
    someone = lending.residents_of(cast, 1)[0]
    name = households.person(cast.ward, someone).name
    put_up(cast, place=f"Rumah {name}")
    assert [one.place for one in queries.board(cast.ward, DAY).posters] == ["Rumah …"]


def test_the_desk_asks_for_the_poster_once_there_is_a_plan_and_again_each_month(client, ratified):
    cast, _plan = ratified
    day = queries.due(cast.ward, DAY)
    assert day is not None

    def todo(who, on):
        with clock.at(on):
            client.force_login(who)
            return client.get(reverse("desk:today", kwargs={"ward": cast.ward})).text

    assert "Papan belum terpasang" in todo(cast.cadre, day)
    assert "Papan belum terpasang" not in todo(cast.treasurer, day)
    with clock.at(day):
        put_up(cast, on=day)
    assert "Papan belum terpasang" not in todo(cast.cadre, day)
    again = queries.due(cast.ward, day)
    assert again == add_months(day, 1)
    early = todo(cast.chair, again - timedelta(days=8))
    assert "Papan bulan ini" not in early
    soon = todo(cast.chair, again - timedelta(days=7))
    assert "Papan bulan ini perlu dipasang baru" in soon
    assert "terpasang di 1 dari sedikitnya 5 tempat" in soon
    assert "Papan bulan ini belum dipasang" in todo(cast.chair, again)


def test_the_page_of_the_board_says_how_many_places_are_missing_until_all_have_one(client, cast):
    client.force_login(cast.cadre)
    put_up(cast)
    assert "Tempat yang belum ada papannya: 4" in client.get(at("home", cast)).text
    for rw in range(1, 5):
        put_up(cast, place=f"Pos RW 0{rw}")
    assert "Tempat yang belum ada papannya" not in client.get(at("home", cast)).text


def test_the_database_keeps_what_was_said_of_a_poster(cast):
    made = put_up(cast)
    for sql in (
        "UPDATE notice_posting SET place = 'lain' WHERE id = %s",
        "DELETE FROM notice_posting WHERE id = %s",
    ):
        with (
            pytest.raises(Error),
            transaction.atomic(),
            migrating(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, [made.id])
