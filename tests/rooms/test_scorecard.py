"""A round of the scorecard: rated by groups apart, talked about, promised, followed up; nothing of a few in public."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from pendamping.exchange.filling import rows_of
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.monitoring import actions, queries
from pendamping.monitoring.models import CardAction, CardFollowUp, CardMeeting, CardRound, CardSheet
from pendamping.trail.writing import migrating
from tests.cast import WARD
from tests.staging import staged

pytestmark = pytest.mark.django_db

DAY = date(2005, 4, 9)
SEVEN, FOUR = {"voice": [0, 1, 1, 3, 2]}, {"voice": [0, 0, 0, 0, 4]}


@pytest.fixture(autouse=True)
def today():
    with clock.at(DAY):
        yield DAY


@staged(at=DAY)
def rated(cast):
    """A round in which seven women and four young people have rated one statement."""
    this = actions.open_round(by=cast.cadre, ward=WARD)
    for group, present, scores in (("women", 8, SEVEN), ("youth", 4, FOUR)):
        type_sheet(cast, this, group=group, present=present, scores=scores)
    return cast, this


def type_sheet(cast, this, **changes):
    told = {"by": cast.cadre, "on": DAY, "group": "women", "present": 8, "scores": SEVEN, **changes}
    return actions.record_sheet(ward=WARD, round_id=this.id, **told)


def talk(cast, this, **changes):
    told = {"by": cast.facilitator, "on": DAY, "place": "Balai", "women": 9, "men": 6, **changes}
    return actions.note_meeting(ward=WARD, round_id=this.id, **told)


def promise(cast, this, **changes):
    told = {"by": cast.chair, "what": "Pemuda diundang", "role": "board", "who": "Contoh chair",
            "until": DAY + timedelta(days=30), **changes}  # fmt: skip
    return actions.promise(ward=WARD, round_id=this.id, **told)


def clauses(refused):
    return [reason.clause.rpartition(".")[2] for reason in refused.value.reasons]


def page(user, name, data=None, **more):
    browser = Client()
    if user:
        browser.force_login(user)
    address = reverse(f"monitoring:{name}", kwargs={"ward": WARD, **more})
    return browser.post(address, data) if data is not None else browser.get(address)


def test_who_is_rated_opens_no_round_and_types_no_sheet(rated):
    cast, this = rated
    for who in ("facilitator", "chair", "treasurer", "secretary", "lead", "stranger"):
        with pytest.raises(Refusal):
            actions.open_round(by=cast.players[who], ward=WARD)
        with pytest.raises(Refusal):
            type_sheet(cast, this, by=cast.players[who], group="men")
    with pytest.raises(Refusal) as refused:
        actions.open_round(by=cast.cadre, ward=WARD)
    assert clauses(refused) == ["running"]


def test_a_sheet_is_refused_with_its_reason_and_a_later_one_takes_its_place(rated):
    cast, this = rated
    with pytest.raises(Refusal) as refused:
        type_sheet(cast, this, group="men", present=3)
    assert clauses(refused) == ["hands"]
    for changes, clause in (
        ({"group": "elders"}, "group"),
        ({"group": "men", "on": DAY - timedelta(days=1)}, "on"),
        ({"group": "men", "on": DAY + timedelta(days=1)}, "on"),
        ({}, "why"),
    ):
        with pytest.raises(Refusal) as refused:
            type_sheet(cast, this, **changes)
        assert clauses(refused) == [clause]
    again = type_sheet(cast, this, present=9, why="Satu orang terlewat")
    assert queries.one_round(WARD, this.id).sheets["women"] == again
    assert CardSheet.objects.count() == 3  # the one before stays readable
    assert queries.check(WARD) == []


def test_after_the_talk_no_group_rates_and_promises_are_followed_to_their_end(rated):
    cast, this = rated
    with pytest.raises(Refusal) as refused:
        promise(cast, this)
    assert clauses(refused) == ["undiscussed"]
    talk(cast, this)
    for act in (talk, type_sheet):
        with pytest.raises(Refusal) as refused:
            act(cast, this)
        assert clauses(refused) == ["closed"]
    made = promise(cast, this)
    told = {"by": cast.secretary, "ward": WARD, "action_id": made.id}
    actions.follow_up(**told, word="partly", came_of="Baru dua RW")
    actions.follow_up(**told, word="done", came_of="Semua RW")
    with pytest.raises(Refusal) as refused:
        actions.follow_up(**told, word="not", came_of="Batal")
    assert clauses(refused) == ["done"]
    [kept] = queries.one_round(WARD, this.id).promises
    assert (kept.word, len(kept.told)) == ("done", 2)
    for who in ("treasurer", "verifier", "lead", "stranger"):
        with pytest.raises(Refusal):
            promise(cast, this, by=cast.players[who])
    assert queries.check(WARD) == []


def test_nothing_of_a_few_is_shown_and_nobody_is_named_in_public(rated):
    cast, this = rated
    before = page(None, "public_card")
    assert before.status_code == 200  # nothing is said before both sides have talked
    assert "3,9" not in before.content.decode()
    talk(cast, this)
    promise(cast, this)
    shown = page(None, "public_card").content.decode()
    assert "3,9" in shown  # 27 points of seven women
    assert "5,0" not in shown  # four young people, all very good
    assert "Pemuda diundang" in shown
    assert "Contoh chair" not in shown
    assert "5,0" not in page(cast.lead, "card", round=this.id).content.decode()
    for name in ("blank_pdf", "card_pdf"):
        assert page(cast.lead, name, round=this.id).content.startswith(b"%PDF")


def test_the_next_round_stands_beside_the_last(rated):
    cast, this = rated
    talk(cast, this)
    with clock.at(DAY + timedelta(days=180)):
        later = actions.open_round(by=cast.ward_admin, ward=WARD)
        assert later.number == 2
        on = clock.today()
        type_sheet(cast, later, on=on, scores={"voice": [0, 0, 0, 2, 5]})
        talk(cast, later, on=on)
        shown = page(cast.chair, "cards").content.decode()
    assert "4,7" in shown
    assert "+0,9" in shown  # 33/7 less 27/7
    rows = rows_of(WARD)["scorecards"]
    assert [(row["round"], row["group"], row["score_5"]) for row in rows] == [
        (1, "women", 2), (1, "youth", 4), (2, "women", 5)]  # fmt: skip


def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(rated):
    cast, this = rated
    typed = {"on": "2005-04-09", "present": "3", "s_voice_5": "6"}
    shown = page(cast.cadre, "sheet", typed, round=this.id, group="men")
    assert shown.status_code == 409
    assert 'value="6"' in shown.content.decode()
    assert page(cast.cadre, "sheet", {"on": ""}, round=this.id, group="men").status_code == 422
    assert page(cast.cadre, "sheet", round=this.id, group="elders").status_code == 404
    done = page(cast.cadre, "sheet", {**typed, "present": "6"}, round=this.id, group="men")
    assert done.status_code == 302
    assert queries.one_round(WARD, this.id).sheets["men"].scores == {"voice": [0, 0, 0, 0, 6]}


def test_what_is_kept_stands_against_the_database_too(rated):
    cast, this = rated
    talk(cast, this)
    made = promise(cast, this)
    actions.follow_up(by=cast.chair, ward=WARD, action_id=made.id, word="done", came_of="Selesai")
    for model, change in (
        (CardRound, {"number": 9}), (CardSheet, {"present": 90}), (CardMeeting, {"women": 90}),
        (CardAction, {"what": "lain"}), (CardFollowUp, {"word": "not"}),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), migrating():
            model.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic(), migrating():
        CardSheet.objects.all().delete()
