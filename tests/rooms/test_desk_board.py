"""The first page says what the board needs: tallies, seats, papers that run out, the next election."""

from datetime import date, timedelta

import pytest

from pendamping.access import queries as access
from pendamping.desk import queries
from pendamping.institutions import actions as institutions
from pendamping.kernel import clock
from tests.cast import WARD
from tests.electing import (
    TERM,
    TODAY,
    confirm,
    hamlet,
    prepared,
    seated,
    vote_in_rts,
    vote_in_ward,
)
from tests.gatherings import deviate
from tests.staging import staged

pytestmark = pytest.mark.django_db
KINDS = {"count_votes", "next_vote", "seat_board", "next_board", "board_paper"}


@staged
def people(cast):
    with clock.at(TODAY):
        return hamlet(cast)


def tasks(who, on):
    with clock.at(on):
        desk = queries.desk(WARD, on, lambda permission: access.may(who, permission, WARD))
        every = [*desk.tasks, *desk.coming]
        return [(task.kind, task.due) for task in every if task.kind in KINDS]


def test_an_election_is_followed_from_the_tallies_to_the_seats(cast, people):
    with clock.at(TODAY):
        mock = prepared(cast, practice=True)
        assert tasks(cast.cadre, TODAY) == []
        assert mock.practice
        election = prepared(cast)
        first = election.rounds.get().held_on
        assert tasks(cast.cadre, TODAY) == [("count_votes", first)]
        assert tasks(cast.secretary, TODAY) == [("count_votes", first)]
        assert tasks(cast.treasurer, TODAY) == []
        vote_in_rts(cast, election, people)
        assert tasks(cast.cadre, TODAY) == [("next_vote", first)]
        assert tasks(cast.secretary, TODAY) == []
        vote_in_ward(cast, election, people)
        assert [kind for kind, _due in tasks(cast.cadre, TODAY)] == ["seat_board"]
        assert confirm(cast, election, people)


def test_papers_and_terms_are_named_before_they_end(cast, people):
    with clock.at(TODAY):
        seated(cast, people)
    with clock.at(TERM):
        institutions.record_paper(
            by=cast.cadre, ward=WARD, body_id="bkm", paper="decree", number="1", issued_on=TERM,
            issued_by="Lurah", expires_on=date(2004, 12, 31),
        )  # fmt: skip
    early = date(2004, 12, 31) - timedelta(days=91)
    assert tasks(cast.cadre, early) == []
    assert tasks(cast.cadre, date(2004, 12, 30)) == [("board_paper", date(2004, 12, 31))]
    assert tasks(cast.cadre, early + timedelta(days=1)) == [("board_paper", date(2004, 12, 31))]
    deviate(cast, "board.p2kp2.remind_days", 30, since=TERM, on=TERM)
    assert tasks(cast.cadre, date(2004, 11, 30)) == []
    assert tasks(cast.cadre, date(2004, 12, 1)) == [("board_paper", date(2004, 12, 31))]
    last = date(2007, 1, 31)
    assert "next_board" not in [kind for kind, _due in tasks(cast.facilitator, date(2006, 12, 20))]
    assert ("next_board", last - timedelta(days=35)) in tasks(cast.facilitator, date(2007, 1, 1))
    assert "next_board" not in [kind for kind, _due in tasks(cast.chair, date(2007, 1, 1))]
