"""A kiosk in the meeting: a code from a stub votes once, nothing joins it to the ballot, it counts with the paper."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.planning import actions, kiosks, papers, queries
from pendamping.planning.models import KioskBallot, KioskStub
from pendamping.trail import queries as trail
from tests.cast import WARD
from tests.electing import hamlet
from tests.rooms.test_ledger_attacks import attack
from tests.rooms.test_planning import BALLOTS, DAY, NEEDS, TODAY, asked, clauses, closed, figures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before_the_vote():
    with clock.at(TODAY):
        yield


@pytest.fixture
def station(cast):
    hamlet(cast)
    vote = actions.prepare_vote(
        by=cast.facilitator, ward=WARD, component="physical", budget=110_000_000, held_on=DAY,
        needs=[asked(cast, *one).id for one in NEEDS],
    )  # fmt: skip
    return vote.stations.get(rt="02")


def opened(cast, station):
    return actions.open_kiosk(by=cast.facilitator, ward=WARD, station_id=station.id)


def cast_one(cast, kiosk, code, *numbers):
    return actions.cast_ballot(
        by=cast.system, ward=WARD, token=kiosk.token, code=code, marks=[(one, 1) for one in numbers]
    )


def test_a_code_votes_once_and_the_ballots_count_with_those_on_paper(cast, station):
    """RT 02: two at the kiosk (Selokan; Selokan and Jalan), one on paper (Selokan): three voters of six stubs."""
    with clock.at(DAY):
        kiosk = opened(cast, station)
        code = kiosks.code(station, station.first)
        cast_one(cast, kiosk, code, 3)
        with pytest.raises(Refusal) as refused:
            cast_one(cast, kiosk, code, 4)
        assert clauses(refused) == ["planning.kiosk.code"]
        cast_one(cast, kiosk, kiosks.code(station, station.last), 3, 4)
        told = {"by": cast.cadre, "ward": WARD, "station_id": station.id, "ballots": "3"}
        counted = {
            **figures(station, "3"),
            "voters": 3,
            "left": station.last - station.first + 1 - 3,
        }
        with pytest.raises(Refusal) as refused:
            actions.enter_ballots(**told, figures=counted)
        assert clauses(refused) == ["planning.kiosk"]
        actions.close_kiosk(by=cast.facilitator, ward=WARD, station_id=station.id)
        with pytest.raises(Refusal) as refused:
            actions.enter_ballots(**told, figures=figures(station, "3"))  # one voter, three ballots
        assert clauses(refused) == ["elections.tally"] * 2
        for who in (cast.cadre, cast.facilitator):
            actions.enter_ballots(**{**told, "by": who}, figures=counted)
            for one in station.vote.stations.exclude(rt="02"):
                lines = BALLOTS[one.rt]
                actions.enter_ballots(
                    by=who, ward=WARD, station_id=one.id, ballots=lines, figures=figures(one, lines)
                )
        closed(cast, station.vote)
    votes = {one.title: one.votes for one in queries.options(station.vote)}
    assert votes == {
        "Lampu": 2,
        "Sumur": 2,
        "Selokan": 7,
        "Jalan": 4,
    }  # as if all had voted on paper


def test_nothing_joins_a_stub_to_its_ballot(cast, station):
    with clock.at(DAY):
        cast_one(cast, opened(cast, station), kiosks.code(station, station.first), 3)
    assert [field.name for field in KioskBallot._meta.fields] == ["id", "station", "ballot"]
    assert [field.name for field in KioskStub._meta.fields] == ["id", "station", "number"]
    (event,) = [one for one in trail.told(WARD, ["planning.cast_ballot"])]
    assert event[2] == {"station": station.number}
    for table in ("planning_kioskballot", "planning_kioskstub"):
        for sql in (f"UPDATE {table} SET id = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError), transaction.atomic():
                attack(by=cast.cadre, sql=[sql])


def test_the_keys_of_ballots_do_not_tell_who_came_first(cast, station):
    with clock.at(DAY):
        kiosk = opened(cast, station)
        for number in range(station.first, station.last + 1):
            cast_one(cast, kiosk, kiosks.code(station, number), 1 + number % 3)
    keys = list(KioskBallot.objects.values_list("id", flat=True))
    assert len({key[:4] for key in keys}) > 1  # an id of the house would begin alike on one day


@pytest.mark.parametrize(
    ("marks", "clause"), [((), "planning.kiosk"), ((1, 1), "planning.kiosk"), ((9,), "planning.kiosk"),
                          ((1, 2, 3, 4), "planning.kiosk")]
)  # fmt: skip
def test_a_ballot_that_cannot_be_leaves_the_code_unused(cast, station, marks, clause):
    with clock.at(DAY):
        kiosk, code = opened(cast, station), kiosks.code(station, station.first)
        with pytest.raises(Refusal) as refused:
            cast_one(cast, kiosk, code, *marks)
        assert clauses(refused) == [clause]
        cast_one(cast, kiosk, code, 3)
    assert kiosks.given(station) == 1


def test_it_opens_on_the_day_once_and_not_after_ballots_were_typed(cast, station):
    with pytest.raises(Refusal) as early:
        opened(cast, station)
    with clock.at(DAY):
        opened(cast, station)
        with pytest.raises(Refusal) as twice:
            opened(cast, station)
        with pytest.raises(Refusal) as stranger:
            actions.close_kiosk(by=cast.treasurer, ward=WARD, station_id=station.id)
        actions.close_kiosk(by=cast.cadre, ward=WARD, station_id=station.id)
        actions.enter_ballots(
            by=cast.cadre,
            ward=WARD,
            station_id=station.id,
            ballots="3",
            figures=figures(station, "3"),
        )
        with pytest.raises(Refusal) as typed:
            opened(cast, station)
    assert [clauses(one) for one in (early, twice, stranger, typed)] == [
        ["planning.kiosk"], ["planning.kiosk"], ["access.permission"], ["planning.kiosk"],
    ]  # fmt: skip


def test_a_voter_finds_a_code_a_ballot_and_no_way_back(cast, station, client):
    with clock.at(DAY):
        client.force_login(cast.facilitator)
        here = {"ward": WARD, "station": station.id}
        assert client.post(reverse("planning:open_kiosk", kwargs=here)).status_code == 302
        kiosk = kiosks.running(station)
        page = reverse("planning:kiosk", kwargs={"token": kiosk.token})
        assert page in client.get(reverse("planning:station", kwargs=here)).content.decode()
        code = kiosks.code(station, station.first + 1)
        assert "Keluar dulu" in client.get(page).content.decode()  # somebody is logged in here
        assert 'name="cast"' not in client.post(page, {"code": code}).content.decode()
        client.logout()
        assert client.post(page, {"code": "7-000000"}).status_code == 409
        ballot = client.post(page, {"code": code})
        assert 'name="cast"' in ballot.content.decode()
        assert "no-store" in ballot["cache-control"] and "/w/" not in ballot.content.decode()
        kept = client.post(page, {"code": code, "cast": "1", "marks": ["1", "2", "3", "4"]})
        assert kept.status_code == 409 and kiosks.given(station) == 0
        done = client.post(page, {"code": code, "cast": "1", "marks": ["3"]})
        assert done["location"] == f"{page}?done=1"
        assert client.post(page, {"code": code, "cast": "1", "marks": ["4"]}).status_code == 409
        assert [one.ballot for one in KioskBallot.objects.all()] == [[3]]
        actions.close_kiosk(by=cast.cadre, ward=WARD, station_id=station.id)
        assert "ditutup" in client.get(page).content.decode()
    assert client.get(reverse("planning:kiosk", kwargs={"token": "none"})).status_code == 404


def test_the_code_stands_on_the_stub(cast, station):
    with clock.at(date(2004, 2, 3)):
        assert papers.ballots(station, "Contoh").startswith(b"%PDF")
    assert kiosks.number(station, kiosks.code(station, station.first)) == station.first
    other = station.vote.stations.get(rt="01")
    assert kiosks.number(other, kiosks.code(station, station.first)) is None
