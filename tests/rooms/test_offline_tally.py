"""A tally that was typed without a signal: one of the two that count, taken in once, shown where it differs."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from pendamping.elections import actions as elections
from pendamping.elections import queries as votes
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.offline import actions, queries
from tests.cast import WARD
from tests.electing import RT_DAY, close, hamlet, open_round, prepared, tally, type_twice
from tests.staging import staged

pytestmark = pytest.mark.django_db
WRITTEN = clock.wall() - timedelta(hours=3)


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(RT_DAY):
        yield


@staged(at=RT_DAY)
def vote(cast):
    """The first vote of an election is open in four stations."""
    cast.hamlet = hamlet(cast)
    cast.election = prepared(cast)
    return cast


def first(cast):
    return open_round(cast.election).stations.get(number=1)


def told(cast, **changes):
    return tally(first(cast), dict(zip(cast.hamlet[0][:3], (4, 3, 2), strict=True)), **changes)


def bring(cast, which, by, what, **more):
    return actions.take_in(
        by=by, ward=WARD, request_id=f"0000-aaaa-bbbb-cccc-{which:08d}", kind="tally", told=what,
        **{"device": f"phone of {by.username}", "written_at": WRITTEN, "seen": "", **more},
    )  # fmt: skip


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def test_two_phones_bring_the_same_sheet_and_it_counts_once_for_each(vote):
    cast = vote
    for _time in range(2):  # the answer was lost, and the phone sends it again
        bring(cast, 1, cast.cadre, told(cast))
    assert votes.state_of(first(cast)) == "once"
    made = bring(cast, 2, cast.facilitator, told(cast))
    assert votes.state_of(first(cast)) == "agreed"
    assert made.record == f"station:{first(cast).id}"
    assert first(cast).tallies.count() == 2


def test_who_typed_the_sheet_another_way_meanwhile_is_asked_which_figures_are_right(vote):
    cast = vote
    sheet = queries.sheet(first(cast), cast.cadre)
    assert (sheet["seen"], sheet["first"], sheet["last"]) == ("", 1, 6)
    elections.enter_tallies(
        by=cast.cadre, ward=WARD, round_id=first(cast).round_id, tallies=[told(cast)]
    )
    other = told(cast, spoiled=1, left=1)
    with pytest.raises(Refusal) as refused:
        bring(cast, 1, cast.cadre, other, seen=sheet["seen"])
    assert clauses(refused) == ["offline.conflict.tally"]
    assert "0 / 1" in refused.value.reasons[0].say() and "2 / 1" in refused.value.reasons[0].say()
    assert votes.typed_by(first(cast), "cadre").spoiled == 0
    assert bring(cast, 1, cast.cadre, other, insist=True).insisted
    assert votes.typed_by(first(cast), "cadre").spoiled == 1
    knew = queries.sheet(first(cast), cast.cadre)["seen"]
    bring(cast, 2, cast.cadre, told(cast), seen=knew)  # the phone knew of it: no question


def test_nobodys_figures_reach_the_phone_of_another_and_both_must_agree(vote):
    cast = vote
    bring(cast, 1, cast.cadre, told(cast))
    sheet = queries.sheet(first(cast), cast.facilitator)
    assert sheet["seen"] == "" and "votes" not in json.dumps(sheet)
    bring(cast, 2, cast.facilitator, told(cast, spoiled=1, left=1))
    assert votes.state_of(first(cast)) == "differs"
    assert {one.what for one in votes.differences_of(tuple(first(cast).tallies.all()))} == {
        "spoiled", "left",
    }  # fmt: skip


def test_what_does_not_add_up_and_what_comes_after_the_close_is_refused_and_leaves_nothing(vote):
    cast = vote
    with pytest.raises(Refusal) as refused:
        bring(cast, 1, cast.cadre, told(cast, left=0))
    assert clauses(refused) == ["elections.tally"]
    with pytest.raises(Refusal):
        bring(cast, 1, cast.cadre, {**told(cast), "votes": ["x"]})
    assert queries.delivery("0000-aaaa-bbbb-cccc-00000001") is None
    units = {
        f"01/{rt}": dict(zip(people[:3], (4, 3, 2), strict=True))
        for rt, people in zip(("01", "02", "03", "04"), cast.hamlet, strict=True)
    }
    late = told(cast)
    close(cast, type_twice(cast, cast.election, units))
    with pytest.raises(Refusal) as refused:
        bring(cast, 1, cast.secretary, late)
    assert clauses(refused) == ["elections.round"]


def test_the_phone_is_offered_the_stations_and_told_how_far_the_sheet_is(vote, client):
    cast = vote
    client.force_login(cast.secretary)
    [ward] = client.get(reverse("offline:kit")).json()["wards"]
    assert next(one["id"] for one in ward["stations"]) == first(cast).id
    assert len(ward["stations"]) == 4
    address = reverse("offline:sheet", kwargs={"ward": WARD, "station": first(cast).id})
    sheet = client.get(address).json()
    assert {one[0] for one in sheet["people"]} == set(cast.hamlet[0])
    sent = {
        "id": "0000-aaaa-bbbb-cccc-00000009", "user": str(cast.secretary.pk), "device": "phone",
        "kind": "tally", "written_at": WRITTEN.isoformat(), "told": told(cast), "seen": "",
    }  # fmt: skip
    take_in = reverse("offline:take_in", kwargs={"ward": WARD})
    answer = client.post(take_in, json.dumps(sent), content_type="application/json").json()
    assert answer["state"] == "taken" and "Sekarang orang kedua" in answer["said"]
    assert answer["seen"] == votes.typed_by(first(cast), "secretary").id
    assert client.get(answer["url"]).status_code == 200
    client.force_login(cast.chair)  # the board types no tallies of its own election
    assert client.get(address).status_code == 403
