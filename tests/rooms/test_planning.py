"""Needs by RT, a vote on them: ballots typed twice, counted by rule, with a second opinion."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.planning import actions, queries
from pendamping.planning.models import Sheet
from pendamping.trail import queries as trail
from tests.cast import WARD
from tests.electing import hamlet
from tests.rooms.test_ledger_attacks import attack

pytestmark = pytest.mark.django_db

TODAY, DAY = date(2004, 2, 2), date(2004, 2, 8)
NEEDS = [  # title, place, millions; RT 01 is the poorest
    ("Sumur", "01/01", 20),
    ("Selokan", "01/02", 60),
    ("Jalan", "01/03", 50),
    ("Lampu", "", 30),
]
# by RT: everybody's ballot; on the ballot: 1 Lampu (the ward), 2 Sumur, 3 Selokan, 4 Jalan
BALLOTS = {"01": "2\n2 3", "02": "3\n3 4\n3", "03": "4 3\n3\n4\n3 4", "04": "1\n1"}


@pytest.fixture(autouse=True)
def before_the_vote():
    with clock.at(TODAY):
        yield


@pytest.fixture
def people(cast):
    return hamlet(cast)


def asked(cast, title="Sumur", place="01/01", millions=20, **changes):
    told = {"component": "physical", "asked_by": "women", "asked_on": TODAY, **changes}
    return actions.record_need(
        by=cast.cadre, ward=WARD, title=title, place=place, cost=millions * 1_000_000, **told
    )


@pytest.fixture
def vote(cast, people):
    needs = [asked(cast, *one).id for one in NEEDS]
    return actions.prepare_vote(
        by=cast.facilitator, ward=WARD, component="physical", budget=110_000_000, held_on=DAY,
        needs=needs,
    )  # fmt: skip


def figures(station, ballots, **changes):
    valid, issued = len(ballots.splitlines()), station.last - station.first + 1
    return {"voters": valid, "women": 1, "left": issued - valid, **changes}


def type_in(who, station, ballots, **changes):
    return actions.enter_ballots(
        by=who, ward=WARD, station_id=station.id, ballots=ballots,
        figures=figures(station, ballots, **changes),
    )  # fmt: skip


def type_all(cast, vote):
    for who in (cast.cadre, cast.facilitator):
        for one in vote.stations.all():
            lines = BALLOTS[one.rt].splitlines()
            type_in(who, one, "\n".join(lines if who == cast.cadre else reversed(lines)))


def closed(cast, vote, witnesses=("Saksi Satu", "Saksi Dua")):
    return actions.close_vote(
        by=cast.facilitator, ward=WARD, vote_id=vote.id, witnesses=list(witnesses)
    )


def clauses(refusal):
    return [reason.clause for reason in refusal.value.reasons]


def test_a_vote_funds_by_votes_after_the_share_of_the_poorest(cast, vote):
    """110 million, a fifth (22) first for RT 01: the well (20) fits. Then drain 60 (6 votes), road 50 (4
    votes) no longer fits in 30, lamps 30 (2 votes) do."""
    assert vote.poorest == ["01/01"]
    assert [(one.rt, one.eligible, one.first, one.last) for one in vote.stations.order_by("number")][:2] == [
        ("01", 5, 1, 6), ("02", 5, 7, 12),
    ]  # fmt: skip
    with clock.at(DAY):
        type_all(cast, vote)
        closed(cast, vote)
    found = [
        (one.number, one.title, one.votes, one.funded, one.by) for one in queries.options(vote)
    ]
    assert found == [
        (1, "Lampu", 2, True, "rule"),
        (2, "Sumur", 2, True, "reserve"),
        (3, "Selokan", 7, True, "rule"),
        (4, "Jalan", 4, False, ""),
    ]
    stand = {line.need.title: (line.status, line.tried) for line in queries.needs(WARD)}
    assert stand == {
        "Sumur": ("funded", 0), "Selokan": ("funded", 0), "Lampu": ("funded", 0), "Jalan": ("carried", 1),
    }  # fmt: skip
    assert trail.happened("planning.close_vote", WARD, f"vote:{vote.id}")


def test_the_second_opinion_counts_who_is_left_without_a_choice(cast, vote):
    with clock.at(DAY):
        type_all(cast, vote)
    counted = queries.counted(vote)
    assert (counted.voters, counted.eligible) == (11, 20)
    assert counted.opinion.other.method.rule == "equal-shares"
    assert counted.opinion.without_choice[0] == 1  # who marked the road alone


def test_a_station_counts_only_when_two_people_typed_the_same(cast, vote):
    station = vote.stations.get(rt="02")
    with clock.at(DAY):
        type_in(cast.cadre, station, "3\n3 4\n3")
        type_in(cast.facilitator, station, "3\n3\n3")
        state = {row.station.rt: row.state for row in queries.stations(vote)}
        assert (state["01"], state["02"]) == ("waits", "differs")
        with pytest.raises(Refusal) as refusal:
            closed(cast, vote, witnesses=["Saksi Satu"])
        assert clauses(refusal) == ["planning.stations", "vote.p2kp2.witnesses_min"]
        type_in(cast.facilitator, station, "3\n3\n4 3")
    assert next(row.state for row in queries.stations(vote) if row.station.rt == "02") == "agreed"


@pytest.mark.parametrize(
    ("ballots", "changes", "clause"),
    [
        ("1 9", {}, "planning.ballots"),
        ("1 1", {}, "planning.ballots"),
        ("satu", {}, "planning.ballots"),
        ("1 2 3 4", {}, "vote.p2kp2.ballot_marks"),
        ("1\n2", {"left": 3}, "elections.tally"),
        ("1", {"voters": 4}, "elections.tally"),
        ("1", {"women": 2}, "elections.tally"),
    ],
)
def test_ballots_that_cannot_be_are_refused(cast, vote, ballots, changes, clause):
    station = vote.stations.first()
    with clock.at(DAY), pytest.raises(Refusal) as refusal:
        type_in(cast.cadre, station, ballots, **changes)
    assert set(clauses(refusal)) == {clause}
    assert not Sheet.objects.exists()


def test_nothing_is_typed_before_the_day_or_after_the_close(cast, vote):
    with pytest.raises(Refusal):
        type_in(cast.cadre, vote.stations.first(), "1")
    with clock.at(DAY):
        type_all(cast, vote)
        closed(cast, vote)
        for again in (
            lambda: type_in(cast.cadre, vote.stations.first(), "1"),
            lambda: closed(cast, vote),
        ):
            with pytest.raises(Refusal):
                again()


def test_needs_and_votes_that_cannot_be_are_refused_with_every_reason(cast, people):
    with pytest.raises(Refusal) as refusal:
        asked(cast, " ", "09/09", 0, component="bridge", asked_by="uncle", asked_on=DAY)
    assert len(refusal.value.reasons) == 6
    with pytest.raises(Refusal) as refusal:
        actions.prepare_vote(
            by=cast.facilitator, ward=WARD, component="physical", budget=0,
            held_on=date(2004, 1, 1), needs=[],
        )  # fmt: skip
    assert [reason.where["field"] for reason in refusal.value.reasons] == [
        "budget",
        "needs",
        "held_on",
    ]


def test_a_need_on_a_ballot_stays_until_the_vote_is_given_up(cast, vote):
    need = queries.needs(WARD)[0].need
    take_off = {"by": cast.cadre, "ward": WARD, "need_id": need.id, "why": "Sudah dibangun"}
    with pytest.raises(Refusal):
        actions.withdraw_need(**take_off)
    actions.give_up_vote(by=cast.facilitator, ward=WARD, vote_id=vote.id, why="Hujan lebat")
    assert len(queries.open_needs(WARD, "physical")) == 4
    actions.withdraw_need(**take_off)
    assert len(queries.open_needs(WARD, "physical")) == 3


def test_who_may_not_is_refused(cast, vote):
    for who in (cast.treasurer, cast.stranger, cast.lead):
        with clock.at(DAY), pytest.raises(Refusal):
            type_in(who, vote.stations.first(), "1")
        with pytest.raises(Refusal):
            actions.give_up_vote(by=who, ward=WARD, vote_id=vote.id, why="tidak boleh")


def test_the_database_keeps_what_was_typed_and_what_was_funded(cast, vote):
    with clock.at(DAY):
        type_all(cast, vote)
        closed(cast, vote)
    for statement in (
        "UPDATE planning_sheet SET ballots = '[[1]]'",
        "DELETE FROM planning_sheet",
        "UPDATE planning_option SET cost = 1",
        "UPDATE planning_option SET funded = NULL, votes = NULL",
        "UPDATE planning_vote SET budget = 1",
        "UPDATE planning_vote SET status = 'open', closed_on = NULL",
        "DELETE FROM planning_vote",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attack(by=cast.system, sql=[statement])


# --- pages ------------------------------------------------------------------------------------------


def get(client, name, **record):
    return client.get(reverse(f"planning:{name}", kwargs={"ward": WARD, **record}))


def post(client, name, data, **record):
    return client.post(reverse(f"planning:{name}", kwargs={"ward": WARD, **record}), data)


def test_a_vote_runs_over_its_pages_from_the_need_to_the_minutes(cast, people, client):
    client.force_login(cast.facilitator)
    assert b"Belum ada" in get(client, "home").content
    told = {"component": "physical", "asked_by": "all", "asked_on": "2004-02-02"}
    for title, place, millions in NEEDS:
        need = {"title": title, "place": place, "cost": f"{millions}.000.000", **told}
        assert post(client, "add", need).status_code == 302
    assert post(client, "add", {**told, "title": "Murah", "cost": "0"}).status_code == 409
    assert post(client, "add", {**told, "title": "Murah", "cost": "1,5"}).status_code == 422
    chosen = [one.id for one in queries.open_needs(WARD, "physical")]
    asked_for = {"budget": "110.000.000", "held_on": "2004-02-08", "needs": chosen}
    assert b"RT 01 RW 01" in get(client, "prepare", component="physical").content
    assert post(client, "prepare", asked_for, component="physical").status_code == 302
    vote = queries.votes(WARD)[0]
    station = vote.stations.get(rt="02")
    assert get(client, "ballots_pdf", station=station.id).content.startswith(b"%PDF")
    assert get(client, "sheet_pdf", station=station.id).content.startswith(b"%PDF")
    assert get(client, "minutes_pdf", vote=vote.id).status_code == 404
    with clock.at(DAY):
        typed = {
            **figures(station, BALLOTS["02"]),
            "invalid": 0,
            "spoiled": 0,
            "ballots": BALLOTS["02"],
        }
        assert (
            post(client, "station", {**typed, "ballots": "9"}, station=station.id).status_code
            == 409
        )
        assert post(client, "station", typed, station=station.id).status_code == 302
        type_in(cast.cadre, station, "3\n3\n3")
        assert b"3 4" in get(client, "station", station=station.id).content
        assert post(client, "close", {"witnesses": "Saksi Satu"}, vote=vote.id).status_code == 409
        type_all(cast, vote)
        names = {"witnesses": "Saksi Satu\nSaksi Dua"}
        assert post(client, "close", names, vote=vote.id).status_code == 302
        page = get(client, "vote", vote=vote.id).content.decode()
        assert "Pandangan kedua" in page
        assert "Selokan" in page
        assert get(client, "minutes_pdf", vote=vote.id).content.startswith(b"%PDF")
        assert "dibawa ke pemungutan suara berikutnya" in get(client, "home").content.decode()
        client.force_login(cast.lead)
        assert get(client, "vote", vote=vote.id).status_code == 200
        assert post(client, "station", typed, station=station.id).status_code == 200
    assert Sheet.objects.filter(typed_by=cast.lead).count() == 0


def test_the_needs_page_says_that_a_vote_takes_two_and_then_offers_it(cast, people, client):
    client.force_login(cast.facilitator)
    prepare = reverse("planning:prepare", kwargs={"ward": WARD, "component": "physical"})
    asked(cast)
    one = client.get(reverse("planning:home", kwargs={"ward": WARD})).content.decode()
    assert "memerlukan sedikitnya dua usulan" in one
    assert prepare not in one
    asked(cast, "Selokan", "01/02", 60)
    assert prepare in client.get(reverse("planning:home", kwargs={"ward": WARD})).content.decode()
