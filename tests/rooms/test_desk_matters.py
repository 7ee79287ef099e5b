"""From a page that needs a decision, through the meeting, back to the page: nothing is named by hand."""

import html
import re
from datetime import date
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest
from django.urls import reverse
from django.utils import translation

from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import waiting
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as calls
from pendamping.meetings import queries as meetings
from pendamping.meetings.forms import DecisionForm
from tests import lending
from tests.gatherings import decide, meet, sign

pytestmark = pytest.mark.django_db

MET = lending.APPROVED
BOARD = {"total": 7, "women": 3, "poor": 2}


@pytest.fixture(autouse=True)
def in_may():
    with clock.at(lending.PAID_OUT):
        yield


@pytest.fixture
def loan(cast):
    lending.open_fund(cast)
    return lending.apply(cast)


def board(cast, on=MET):
    return meet(cast, [], kind="board", on=on, head_count=BOARD, eligible=9)


def at(name, cast, **more):
    return reverse(name, kwargs={"ward": cast.ward, **more})


def told(page):
    return page.content.decode()


def test_a_loan_put_to_a_meeting_comes_back_approved_without_a_subject_being_typed(
    cast, client, loan
):
    client.force_login(cast.chair)
    page = client.get(at("loans:loan", cast, loan=loan.id))
    (link,) = re.findall(r'href="[^"]*(\?kind=board[^"]*)"', told(page))
    about = dict(parse_qsl(html.unescape(link).lstrip("?")))
    client.post(
        at("meetings:call", cast),
        {"kind": "board", "held_on": "2004-05-09", "place": "Balai", "level": "kelurahan",
         **about},
    )  # fmt: skip
    (meeting,) = meetings.meetings(cast.ward, kind="board")
    client.post(at("meetings:heads", cast, meeting=meeting.id), {**BOARD, "eligible": 9})
    here = at("meetings:decide", cast, meeting=meeting.id)
    assert f'value="{about["subject"]}"' in told(client.get(here))
    client.post(here, {"subject": about["subject"], "outcome": "accepted", "way": "consensus"})
    (taken,) = meetings.decisions(meeting.id)
    assert (taken.subject, loan.code in taken.text) == (about["subject"], True)
    sign(cast, meeting)
    signed = client.get(at("meetings:meeting", cast, meeting=meeting.id))
    assert at("loans:loan", cast, loan=loan.id) in told(signed)
    loans.approve(by=cast.chair, ward=cast.ward, loan_id=loan.id, on=MET, meeting_id=meeting.id)
    again = client.get(at("meetings:meeting", cast, meeting=meeting.id))
    assert at("loans:loan", cast, loan=loan.id) not in told(again)


def test_the_page_of_decisions_asks_what_it_was_about_where_something_waits(cast, client, loan):
    meeting = board(cast)
    client.force_login(cast.facilitator)
    here = at("meetings:decide", cast, meeting=meeting.id)
    typed = {"text": "Pinjaman disetujui", "outcome": "accepted", "way": "consensus"}
    assert client.post(here, typed).status_code == 422
    assert meetings.decisions(meeting.id) == []
    client.post(here, {**typed, "subject": "meetings.other"})
    assert [one.subject for one in meetings.decisions(meeting.id)] == ["meetings.other"]


def test_a_group_is_formed_in_a_meeting_that_no_group_called(cast, client):
    people, group = lending.residents_of(cast), lending.form_group(cast)
    new = meet(cast, people, on=MET)
    own = calls.call_meeting(by=cast.facilitator, ward=cast.ward, kind="group", held_on=MET,
                             place="Balai", group=group.id, members=people)  # fmt: skip
    own = calls.take_roll(by=cast.facilitator, ward=cast.ward, meeting_id=own.id,
                          present=[{"person": one} for one in people])  # fmt: skip
    client.force_login(cast.facilitator)
    asked = [told(client.get(at("meetings:decide", cast, meeting=one.id))) for one in (new, own)]
    assert ["institutions.form_group" in one for one in asked] == [True, False]


def test_a_meeting_before_the_application_is_not_offered_the_loan(cast, client, loan):
    before = board(cast, on=date(2004, 5, 5))
    client.force_login(cast.facilitator)
    asked, later = f"loans.approve:{loan.id}", board(cast)
    assert asked not in told(client.get(at("meetings:decide", cast, meeting=before.id)))
    assert asked in told(client.get(at("meetings:decide", cast, meeting=later.id)))


def test_a_decision_without_a_name_is_told_on_the_loan_and_in_the_refusal(cast, client, loan):
    meeting = decide(cast, board(cast), "meetings.other", text="Pinjaman Melati disetujui")
    client.force_login(cast.chair)
    shown = told(client.get(at("loans:loan", cast, loan=loan.id)))
    assert "Pinjaman Melati disetujui" in shown
    with pytest.raises(Refusal) as refused:
        loans.approve(by=cast.chair, ward=cast.ward, loan_id=loan.id, on=MET, meeting_id=meeting.id)
    (reason,) = refused.value.reasons
    assert reason.values["text"] == "Pinjaman Melati disetujui"
    named = decide(cast, board(cast), f"loans.approve:{loan.id}")
    loans.approve(by=cast.chair, ward=cast.ward, loan_id=loan.id, on=MET, meeting_id=named.id)
    assert "Pinjaman Melati disetujui" not in told(client.get(at("loans:loan", cast, loan=loan.id)))


def test_where_a_meeting_has_decided_by_name_its_page_is_no_longer_told_to_record_it(
    cast, client, loan
):
    hint = "Keputusan ini belum dicatat di rapatnya?"
    client.force_login(cast.chair)
    held, page = board(cast), at("loans:loan", cast, loan=loan.id)
    assert hint in told(client.get(page))
    decide(cast, held, f"loans.approve:{loan.id}")
    assert hint not in told(client.get(page))


def test_only_meetings_that_did_not_decide_and_can_still_record_it_are_offered(cast):
    signed, open_ = board(cast), board(cast, on=lending.PAID_OUT)
    sign(cast, signed)
    choices = [(signed.id, "one"), (open_.id, "two")]
    assert meetings.undecided(cast.ward, "x:1", choices) == [(open_.id, "two")]
    calls.record_decision(
        by=cast.chair, ward=cast.ward, meeting_id=open_.id, subject="x:1", text="Disetujui"
    )
    for again in (False, True):
        assert meetings.undecided(cast.ward, "x:1", choices, again=again) == []
    later = board(cast, on=lending.PAID_OUT)
    choices.append((later.id, "three"))
    assert meetings.undecided(cast.ward, "x:1", choices) == []
    assert meetings.undecided(cast.ward, "x:1", choices, again=True) == [(later.id, "three")]


def test_a_group_that_only_the_stop_keeps_from_a_loan_is_led_to_who_lifts_it(cast, client):
    lending.open_fund(cast)
    group = lending.form_group(cast)
    lending.prepare(cast, group)
    finding = {"key": "lar", "short": "LAR", "part": 1, "whole": 2}
    loans.suspend_lending(
        by=cast.system, ward=cast.ward, on=MET, month=date(2004, 4, 30), findings=[finding]
    )
    client.force_login(cast.facilitator)
    page = told(client.get(at("loans:apply", cast) + f"?group={group.id}"))
    assert "penundaan dicabut oleh rapat BKM" in page
    assert f'href="{at("loans:stop", cast)}"' in page
    assert "Penuhilah tiap butir" not in page


def test_it_is_said_where_lending_is_stopped_or_the_board_borrows_itself(cast, loan, monkeypatch):
    borrower = loan.members.first().person_id
    seat = SimpleNamespace(person_id=borrower, body=SimpleNamespace(kind="bkm"))
    monkeypatch.setattr(waiting.institutions, "held_seats", lambda _ward, _on: [seat])
    with translation.override("id"):
        (matter,) = [one for one in waiting.to_decide(cast.ward, MET) if "approve" in one.subject]
        assert matter.bars == "1 anggota BKM ikut meminjam di dalamnya"
        monkeypatch.setattr(waiting.queries, "standing_stop", lambda _ward: loan)
        matter = next(iter(waiting.to_decide(cast.ward, MET)))
        assert matter.bars.startswith("belum dapat dilaksanakan") and "meminjam" in matter.bars
    form = DecisionForm(matters=[matter])
    assert f"({matter.bars})" in str(form["subject"])
