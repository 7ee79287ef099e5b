"""Decisions of meetings: the votes, the size of the body, a decision that is turned round."""

from datetime import date

import pytest
from django.urls import reverse

from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions, belonging
from pendamping.meetings.models import Meeting
from tests.gatherings import HELD, TODAY, decide, meet, village

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.at(TODAY):
        yield


def clauses(refusal):
    return [reason.clause for reason in refusal.value.reasons]


def test_votes_must_add_up_and_carry_the_outcome(cast):
    people = village(cast)
    meeting = meet(cast, people.poor_people, kind="citizens", eligible=10)
    wrong = [
        ((6, 0, 1), "accepted", "meetings.decision.votes"),  # six may decide, seven votes
        ((2, 3, 1), "accepted", "meetings.decision.majority"),
        ((3, 3, 0), "accepted", "meetings.decision.majority"),  # a tie accepts nothing
        ((4, 2, 0), "rejected", "meetings.decision.majority"),
        ((6, -1, 0), "accepted", "meetings.decision.votes"),
    ]
    for counts, outcome, clause in wrong:
        votes = dict(zip(("for", "against", "abstain"), counts, strict=True))
        with pytest.raises(Refusal) as refusal:
            decide(cast, meeting, "x", votes=votes, outcome=outcome)
        assert clauses(refusal) == [clause]
    assert meeting.decisions.count() == 0
    closed = decide(cast, meeting, "x", votes={"for": 4, "against": 1, "abstain": 1})
    assert closed.status == "closed"


def test_a_board_is_not_smaller_than_the_guideline_says(cast):
    alone = {"total": 1, "women": 0, "poor": 0}
    with pytest.raises(Refusal) as refusal:
        meet(cast, [], kind="board", head_count=alone, eligible=1)
    assert clauses(refusal) == ["board.p2kp2.size_min"]
    assert not meet(cast, [], kind="board", head_count=alone, eligible=9).quorum_met


def test_a_meeting_of_a_body_is_counted_of_all_who_sat_in_it_on_the_day(cast, client, monkeypatch):
    seats = {HELD: [f"p{one}" for one in range(13)]}
    monkeypatch.setitem(
        belonging._known, "sitting", lambda _ward, roll, on: seats[on] if roll == "board" else []
    )
    five, seven = ({"total": total, "women": 2, "poor": 0} for total in (5, 7))
    with pytest.raises(Refusal) as refusal:
        meet(cast, [], kind="board", head_count=five, eligible=9)
    assert clauses(refusal) == ["meetings.roll.seats"]
    short = meet(cast, [], kind="board", head_count=five)
    assert (short.eligible, short.quorum_met) == (13, False)  # of 13, 7 are more than half
    seats[HELD] = seats[HELD][:8]  # the body as it sat, not what an earlier roll said
    count = {"by": cast.facilitator, "ward": cast.ward, "meeting_id": short.id}
    assert actions.take_roll(**count, head_count=seven).eligible == 8
    seats[HELD] = [f"p{one}" for one in range(13)]
    client.force_login(cast.facilitator)
    page = reverse("meetings:heads", kwargs={"ward": cast.ward, "meeting": short.id})
    assert 'value="13"' in client.get(page).content.decode()
    sent = client.post(page, {**five, "eligible": 9})
    assert (sent.status_code, Meeting.objects.get(pk=short.id).eligible) == (409, 8)
    assert client.post(page, {**seven, "eligible": 13}).status_code == 302
    assert Meeting.objects.get(pk=short.id).quorum_met


def test_a_meeting_turns_its_decision_round_only_by_naming_it(cast):
    count = {"total": 5, "women": 2, "poor": 0}
    meeting = meet(cast, [], kind="board", head_count=count, eligible=9)
    step = {"by": cast.facilitator, "ward": cast.ward, "meeting_id": meeting.id}
    step["subject"] = "loans.approve:1"
    actions.record_decision(text="Belum layak", outcome="rejected", **step)
    with pytest.raises(Refusal) as refusal:
        actions.record_decision(text="Disetujui, bukan nomor 12", **step)
    assert clauses(refusal) == ["meetings.decision.changed"]
    actions.record_decision(text="Masih belum layak", outcome="rejected", **step)
    changed = actions.record_decision(text="Keputusan nomor 2 diubah: disetujui", **step)
    assert (changed.number, changed.outcome) == (3, "accepted")


@pytest.mark.parametrize(
    ("held_on", "clause"),
    [
        (date(9000, 1, 1), "participation.p2kp2.call_ahead_days"),
        (date(2005, 2, 10), "participation.p2kp2.call_ahead_days"),
        (date(2003, 11, 12), "meetings.call.before"),
    ],
)
def test_a_meeting_is_held_in_the_programmes_time(cast, held_on, clause):
    with clock.at(date(2004, 2, 10)):
        with pytest.raises(Refusal) as refused:
            actions.call_meeting(
                by=cast.facilitator, ward=cast.ward, kind="board", held_on=held_on, place="Balai"
            )
        assert [one.clause for one in refused.value.reasons] == [clause]
        for day in (date(2005, 2, 9), date(2003, 11, 13)):
            actions.call_meeting(
                by=cast.facilitator, ward=cast.ward, kind="board", held_on=day, place="Balai"
            )


def test_what_a_kind_of_meeting_cannot_do_is_not_asked_and_the_roll_is_said_to_close(cast, client):
    here = {"ward": cast.ward}
    client.force_login(cast.facilitator)

    def page(name, one, **query):
        at = reverse(f"meetings:{name}", kwargs={**here, "meeting": one.id})
        return client.get(at, query).content.decode()

    people = village(cast)
    board = meet(cast, [], kind="board", head_count={"total": 7, "women": 2, "poor": 0}, eligible=9)
    shown = page("decide", board)
    assert "dengan mufakat" in shown and 'name="yes"' not in shown and 'name="way"' not in shown
    assert "Sudah lengkapkah daftar hadirnya?" in shown
    sent = {"text": "Sewa kantor", "outcome": "accepted"}
    decides = reverse("meetings:decide", kwargs={**here, "meeting": board.id})
    assert client.post(decides, sent).status_code == 302
    assert board.decisions.get().votes is None
    assert "Sudah lengkapkah" not in page("decide", board)
    assert "Daftar hadir ditutup sejak keputusan pertama" in page("meeting", board)
    few = meet(cast, people.everybody[:1], kind="citizens")  # nobody said yet how many are entitled
    shown = page("meeting", few)
    assert "Menurut daftar hadirnya sekarang" in shown and f"follows={few.id}" not in shown
    asked = {"kind": "board", "subject": "x:1", "text": "Pinjaman P-002 disetujui.",
             "agenda": "Pinjaman P-002 disetujui."}  # fmt: skip
    called = client.get(reverse("meetings:call", kwargs=here), asked).content.decode()
    assert ">\nUsul keputusan: Pinjaman P-002 disetujui." in called
