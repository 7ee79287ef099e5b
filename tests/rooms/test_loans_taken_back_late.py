"""Taking back what belongs to a closed month: not by one person alone, and not without seeing what changes."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qsl

import pytest
from django.urls import reverse

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings
from pendamping.trail import queries as trail
from tests import lending
from tests.closing import close_through, refused
from tests.gatherings import board_decides, sign
from tests.lending import lend, pay

pytestmark = pytest.mark.django_db

DUE, AUGUST, BACK = date(2004, 8, 12), date(2004, 8, 31), date(2004, 9, 10)
WHOLE = 2_875_000  # ten instalments of 287,500


@pytest.fixture
def fund(cast):
    lending.open_fund(cast)
    return cast


@pytest.fixture
def paid(fund):
    """A loan that is paid off, in a month that is closed since."""
    made = pay(fund, lend(fund), DUE, WHOLE)
    close_through(fund, AUGUST)
    return made


def back(cast, payment, meeting="", on=BACK):
    return loans.reverse_repayment(
        by=cast.treasurer, ward=cast.ward, repayment_id=payment.id, on=on, why="salah kelompok",
        meeting_id=meeting,
    )  # fmt: skip


def test_a_payment_of_a_closed_month_is_taken_back_by_the_boards_minutes_alone(fund, paid):
    with clock.at(BACK):
        with refused("closing.p2kp2.taken_back_by", "loans.decided.meeting"):
            back(fund, paid)
        other = board_decides(fund, "loans.take_back:another", on=BACK)
        with refused("closing.p2kp2.taken_back_by", "meetings.decided.subject"):
            back(fund, paid, other)
        assert books.balance(fund.ward, "loans") == 0
        meeting = board_decides(fund, f"loans.take_back:{paid.id}", on=BACK)
        back(fund, paid, meeting)
    assert books.balance(fund.ward, "loans", AUGUST) == 0
    assert books.balance(fund.ward, "loans", BACK) == 2_500_000
    event = trail.last("loans.reverse_repayment", fund.ward, f"loan:{paid.loan_id}")
    assert trail.data(event)["meeting"] == meeting
    assert breaks(fund.ward) == []


def test_in_an_open_month_nobody_has_to_decide(fund):
    paid = pay(fund, lend(fund), DUE, WHOLE)
    with clock.at(BACK):
        back(fund, paid)
    assert loan_book.loan(fund.ward, paid.loan_id).status == "active"


def test_a_sheet_of_a_closed_month_is_taken_back_by_the_boards_minutes_alone(fund):
    loan = lend(fund)
    one = loan.members.first()
    with clock.at(DUE):
        sheet = loans.record_sheet(
            by=fund.treasurer, ward=fund.ward, on=DUE,
            groups=[{"loan": loan.id, "lines": [{"person": one.person_id, "paid": 50_000, "saved": 5_000}]}],
        )  # fmt: skip
    close_through(fund, AUGUST)
    asked = {
        "by": fund.treasurer,
        "ward": fund.ward,
        "sheet_id": sheet.id,
        "on": BACK,
        "why": "salah",
    }
    with clock.at(BACK):
        with refused("closing.p2kp2.taken_back_by", "loans.decided.meeting"):
            loans.reverse_sheet(**asked)
        meeting = board_decides(fund, f"loans.take_back_sheet:{sheet.id}", on=BACK)
        made = loans.reverse_sheet(**asked, meeting_id=meeting)
    assert made.reversed_on == BACK
    assert breaks(fund.ward) == []


def test_the_page_says_first_what_changes_and_who_decides(fund, paid, client):
    client.force_login(fund.treasurer)
    with clock.at(BACK):
        where = reverse("loans:receipt", args=[fund.ward, paid.id])
        text = unescape(client.get(where).content.decode()).replace("\xa0", " ")
        assert "Rp 2.875.000 keluar dari buku kas" in text
        assert "sekarang lunas, lalu berjalan lagi" in text
        assert "sisa pokok Rp 0 menjadi Rp 2.500.000" in text
        meeting = board_decides(fund, f"loans.take_back:{paid.id}", on=BACK)
        sent = {"on": "2004-09-10", "why": "salah kelompok", "meeting_id": meeting}
        assert client.post(where, sent).status_code == 302
        assert "keluar dari buku kas" not in client.get(where).content.decode()


CALLS = ("chair", "secretary", "facilitator")


def sheet_of(fund):
    loan = lend(fund)
    lines = [{"person": loan.members.first().person_id, "paid": 50_000, "saved": 5_000}]
    with clock.at(DUE):
        made = loans.record_sheet(
            by=fund.treasurer, ward=fund.ward, on=DUE, groups=[{"loan": loan.id, "lines": lines}]
        )
    close_through(fund, AUGUST)
    return made


def links_of(text):
    return [unescape(one) for one in re.findall(r'href="([^"]*)"', text) if "take_back" in one]


@pytest.mark.parametrize("kind", ["receipt", "sheet"])
def test_the_way_to_the_meeting_is_shown_to_who_may_go_it_and_the_others_hear_who(
    fund, client, kind
):
    sheet = sheet_of(fund)
    made = {"receipt": sheet.repayments.get(), "sheet": sheet}[kind]
    where = reverse(f"loans:{kind}", args=[fund.ward, made.id])
    board_decides(fund, "meetings.other", on=BACK)
    with clock.at(BACK):
        for who in (*CALLS, "treasurer"):
            client.force_login(getattr(fund, who))
            text = unescape(client.get(where).content.decode())
            links = links_of(text)
            assert bool(links) is (who in CALLS), who
            assert ("Yang mengajukannya ke rapat" in text) is (who not in CALLS), who
            assert ('name="why"' in text) is (who == "treasurer"), who
            for one in links:
                assert client.get(one).status_code == 200, (who, one)
        client.force_login(fund.stranger)
        assert not links_of(client.get(where).content.decode())


def test_a_sheet_of_a_closed_month_goes_by_links_alone_from_its_page_through_the_meeting_and_back(
    fund, client
):
    sheet = sheet_of(fund)
    where = reverse("loans:sheet", args=[fund.ward, sheet.id])
    with clock.at(BACK):
        client.force_login(fund.secretary)
        (link,) = [one for one in links_of(client.get(where).content.decode()) if "kind=" in one]
        about = dict(parse_qsl(link.partition("?")[2]))
        called = {"held_on": BACK.isoformat(), "place": "Balai", "level": "kelurahan", **about}
        assert client.post(reverse("meetings:call", args=[fund.ward]), called).status_code == 302
        held = meetings.meetings(fund.ward, kind="board")[0]
        client.force_login(fund.chair)
        count = {"total": 7, "women": 3, "poor": 2, "eligible": 9}
        client.post(reverse("meetings:heads", args=[fund.ward, held.id]), count)
        decide = reverse("meetings:decide", args=[fund.ward, held.id])
        assert f'value="{about["subject"]}"' in client.get(decide).content.decode()
        agreed = {"subject": about["subject"], "outcome": "accepted", "way": "consensus"}
        client.post(decide, agreed)
        (taken,) = meetings.decisions(held.id)
        assert sheet.code in taken.text
        sign(fund, held)
        minutes = client.get(reverse("meetings:meeting", args=[fund.ward, held.id]))
        assert where in minutes.content.decode()
        client.force_login(fund.treasurer)
        sent = {"on": BACK.isoformat(), "why": "salah kelompok", "meeting_id": held.id}
        assert client.post(where, sent).status_code == 302
    sheet.refresh_from_db()
    assert sheet.reversed_on == BACK
