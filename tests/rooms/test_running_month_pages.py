"""Pages of a month that still runs: they judge by today, and offer nothing before its last day."""

import re
from datetime import date

import pytest
from django.urls import reverse

from pendamping.funds.loans import queries as loans
from pendamping.funds.upk.closes import reading as upk
from pendamping.kernel import clock
from tests import lending
from tests.lending import lend, pay
from tests.rooms.test_loans import DUES, EACH

pytestmark = pytest.mark.django_db

TODAY, LAST = date(2005, 1, 5), date(2005, 1, 31)  # the next instalment falls due on the 12th
ESTIMATE = "Perkiraan, menurut keadaan hari ini (5 Januari 2005)"


@pytest.fixture
def treasurer(client, cast):
    lending.open_fund(cast)
    loan = lend(cast)
    for due in DUES[:5]:
        pay(cast, loan, due, EACH)
    client.force_login(cast.treasurer)
    with clock.at(TODAY):
        yield client


def read(answer):
    return answer.content.decode().replace("\u00a0", " ")


def at(cast, name, **more):
    return reverse(name, kwargs={"ward": cast.ward, **more})


def names_both_days(answer):
    assert answer.status_code == 409
    assert "31 Januari 2005" in read(answer)
    assert "5 Januari 2005" in read(answer)


def test_the_reserve_of_a_running_month_is_an_estimate_by_today(treasurer, cast):
    address = at(cast, "loans:reserve")
    shown = read(treasurer.get(f"{address}?month=2005-01"))
    assert ESTIMATE in shown
    # 1,250,000 owed in class 1, 1 %; at the month's end one behind would make it class 2, 5 %
    assert "Rp 12.500" in shown
    assert "Rp 62.500" not in shown
    assert '<form method="post"' not in shown.split("<main")[1]
    names_both_days(treasurer.post(address, {"month": "2005-01-31"}))
    with clock.at(LAST):
        there = read(treasurer.get(f"{address}?month=2005-01"))
    assert ESTIMATE not in there
    assert "Rp 62.500" in there
    assert '<form method="post"' in there.split("<main")[1]


def test_the_reserve_of_a_month_that_is_over_does_not_change_with_the_day(treasurer, cast):
    before = loans.reserve_at(cast.ward, date(2004, 12, 31))
    with clock.at(date(2005, 6, 1)):
        assert loans.reserve_at(cast.ward, date(2004, 12, 31)) == before
    assert (before.judged, before.estimate) == (date(2004, 12, 31), False)


def test_the_close_of_a_running_month_says_so_and_is_refused_with_both_days(treasurer, cast):
    address = at(cast, "upk:close", month="2005-01")
    shown = read(treasurer.get(address))
    assert ESTIMATE in shown
    assert "Rp 62.500" not in shown
    assert "Ke hitungan kas" not in shown
    assert shown.count("pada akhir bulan") == 2  # cash and reserve
    assert 'name="step" value="close"' not in shown
    names_both_days(treasurer.post(address, {"step": "close"}))
    with clock.at(LAST):
        assert "Ke hitungan kas" in read(treasurer.get(address))


def test_cash_is_not_counted_for_a_day_that_has_not_come(treasurer, cast):
    address = at(cast, "upk:count")
    shown = read(treasurer.get(f"{address}?on=2005-01-31"))
    assert "31 Januari 2005 belum tiba, hari ini 5 Januari 2005" in shown
    assert 'name="witnesses"' not in shown
    names_both_days(treasurer.post(address, {"on": "2005-01-31", "witnesses": "Contoh Saksi"}))
    assert 'name="witnesses"' in read(treasurer.get(f"{address}?on=2005-01-05"))


def test_the_box_is_counted_before_the_page_says_what_the_books_hold(treasurer, cast):
    address = at(cast, "upk:count")
    with clock.at(date(2004, 6, 1)):
        blank = read(treasurer.get(f"{address}?on=2004-05-31"))
        assert (
            "47.600.000" not in blank
        )  # the balance of the books is no help before the box is counted
        assert 'name="why"' not in blank
        sheet = {"on": "2004-05-31", "d100000": "475", "witnesses": "Contoh Saksi, ketua BKM"}
        asked = treasurer.post(address, sheet)
        assert asked.status_code == 409  # it differs by Rp 100.000, and says so now
        assert "Menurut buku Rp 47.600.000 Selisih -Rp 100.000" in tally(read(asked))
        assert 'name="why"' in read(asked)
        treasurer.post(address, {**sheet, "d100000": "476"})
        kept = read(treasurer.get(f"{address}?on=2004-05-31"))
    assert upk.count_of(cast.ward, date(2004, 5, 31)).counted == 47_600_000
    before = kept[: kept.index("data-tally")]
    assert "<details" in before[before.rindex("</p>") :]  # folded away below what was counted


def test_money_out_says_where_a_share_of_the_profit_is_paid(treasurer, cast):
    where = f'href="{at(cast, "upk:closes")}#years"'
    assert where in read(treasurer.get(at(cast, "ledger:voucher") + "?kind=out"))
    assert where not in read(treasurer.get(at(cast, "ledger:voucher") + "?kind=in"))


def test_the_health_card_of_a_day_to_come_is_that_of_today(treasurer, cast):
    asked = read(treasurer.get(at(cast, "upk:card") + "?on=2005-01-31"))
    assert "5 Januari 2005" in asked
    assert "pada akhir 31 Januari 2005" not in asked


def tally(html):
    """What the page says of the box: its lines, what is counted, what that differs from the books."""
    text = re.sub(
        r"<[^>]*>", " ", html.split('<ul class="pieces" role="list">')[1].split("</ul>")[0]
    )
    return " ".join(text.split())


def test_notes_are_added_up_biggest_first_without_keeping_anything(treasurer, cast):
    address = at(cast, "upk:count")
    with clock.at(date(2004, 6, 1)):
        form = {"on": "2004-05-31", "step": "add", "d100000": "400", "d50000": "3", "d25": "x"}
        said = tally(read(treasurer.post(address, form)))
        assert said.startswith("Rp 100.000 Rp 40.000.000 Rp 50.000 Rp 150.000 Rp 20.000 –")
        assert said.endswith(
            "Terhitung di kotak kas Rp 40.150.000 Menurut buku Rp 47.600.000 Selisih -Rp 7.450.000"
        )
        form |= {"d25": "2", "step": "keep"}
        refused = treasurer.post(address, form)
        assert refused.status_code == 422  # nobody was there
        assert "Terhitung di kotak kas Rp 40.150.050" in tally(read(refused))
        assert 'name="d100000" value="400"' in read(refused)
    assert not upk.count_of(cast.ward, date(2004, 5, 31))
