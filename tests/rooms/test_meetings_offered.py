"""Which meetings a page offers for a decision, and how it calls them."""

from datetime import timedelta

import pytest

from pendamping.kernel import clock
from pendamping.meetings import actions, queries
from tests.gatherings import HELD, TODAY, meet, village

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


def test_only_meetings_that_could_have_decided_it_are_offered(cast):
    people = village(cast).everybody
    count = {"total": 5, "women": 2, "poor": 1}
    board = meet(cast, [], kind="board", head_count=count, eligible=9)
    meet(cast, [], kind="board", head_count={**count, "total": 3}, eligible=9)
    meet(cast, people, kind="citizens", eligible=10)
    offered = queries.able_to_decide(cast.ward, "loans", TODAY)
    assert offered == [
        (board.id, "Rapat anggota BKM · 29 Januari 2004 · Balai · kuorum tercapai · berita acara belum ditandatangani")
    ]  # fmt: skip
    assert queries.able_to_decide(cast.ward, "loans", TODAY, since=TODAY) == []
    assert queries.able_to_decide(cast.ward, "loans", HELD - timedelta(days=1)) == []


def test_two_meetings_of_one_day_and_place_are_told_apart_where_one_is_chosen(cast):
    def held(*agenda):
        called = actions.call_meeting(
            by=cast.facilitator,
            ward=cast.ward,
            kind="board",
            held_on=HELD,
            place="Balai",
            agenda=agenda,
        )
        actions.take_roll(
            by=cast.facilitator, ward=cast.ward, meeting_id=called.id, present=[],
            head_count={"total": 5, "women": 2, "poor": 1}, eligible=9,
        )  # fmt: skip
        return called.id

    loan, units, first, second = held("Pinjaman KSM Melati"), held("Unit pengelola"), held(), held()
    offered = dict(queries.able_to_decide(cast.ward, "loans", TODAY))
    assert offered[loan].endswith(" · Pinjaman KSM Melati")
    assert offered[units].endswith(" · Unit pengelola")
    assert offered[first].endswith(" · ke-1 hari itu")
    assert offered[second].endswith(" · ke-2 hari itu")
