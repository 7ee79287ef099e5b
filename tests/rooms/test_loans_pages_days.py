"""Pages of the fund and the day they speak of: older, closed, still to come; and what is asked twice."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.savings import queries as cards
from pendamping.kernel import clock
from tests import closing, lending
from tests.gatherings import board_decides
from tests.rooms.test_loans_pages import seen_on

pytestmark = pytest.mark.django_db

TODAY = date(2004, 9, 20)  # two instalments of 287,500 fell due


@pytest.fixture(autouse=True)
def in_september():
    with clock.at(TODAY):
        yield


@pytest.fixture
def treasurer(client, cast):
    client.force_login(cast.treasurer)
    return client


def at(name, cast, **more):
    return reverse(name, kwargs={"ward": cast.ward, **more})


def text_of(page):
    return page.content.decode().replace("\xa0", " ")


# --- taking an instalment of an older day ----------------------------------------------------------


def test_the_split_is_that_of_the_day_that_is_entered(fund, loan, treasurer):
    page = text_of(treasurer.get(at("loans:repay", fund, loan=loan.id), {"on": "2004-08-20"}))
    assert "Harus dibayar sampai 20 Agustus 2004" in page
    assert "Rp 287.500 yang diterima 20 Agustus 2004 dibagi seperti ini" in page
    parts = {"amount": "400.000", "on": "20-08-2004"}
    shown = text_of(treasurer.get(at("loans:split", fund, loan=loan.id), parts))
    # one instalment is due by then; the rest goes to the second, its charge first
    assert ("Rp 75.000" in shown, "Rp 325.000" in shown) == (True, True)
    today = text_of(
        treasurer.get(at("loans:split", fund, loan=loan.id), {**parts, "on": "2004-09-20"})
    )
    assert "Rp 575.000" in today  # due by then: both


def test_a_day_that_cannot_be_read_shows_no_split_of_another_day(fund, loan, treasurer):
    for day in ("", "kapan", "2004-13-01"):
        shown = treasurer.get(
            at("loans:split", fund, loan=loan.id), {"amount": "287.500", "on": day}
        )
        assert 'name="seen"' not in shown.content.decode()


def test_a_payment_into_a_closed_month_is_refused_before_it_is_sent(fund, loan, treasurer):
    closing.close_through(fund, date(2004, 8, 31))
    address = at("loans:repay", fund, loan=loan.id)
    typed = {"amount": "287.500", "on": "2004-08-20"}
    said = "Buku sudah ditutup sampai 31 Agustus 2004"
    for page in (
        treasurer.get(at("loans:split", fund, loan=loan.id), typed),
        treasurer.get(address, {"on": "2004-08-20"}),
    ):
        assert said in text_of(page)
        assert 'name="seen"' not in page.content.decode()
    sent = treasurer.post(address, {**typed, "request_id": "closed-1"})
    assert sent.status_code == 409
    assert said in text_of(sent)
    assert not loan_book.loan(fund.ward, loan.id).repayments.exists()


def test_a_sheet_of_a_closed_or_coming_day_is_refused_before_the_money_is_counted(
    fund, loan, treasurer
):
    closing.close_through(fund, date(2004, 8, 31))
    fill = at("loans:fill", fund)
    asked = {"loan": loan.id, "on": "2004-08-20"}
    assert "Buku sudah ditutup" in text_of(treasurer.get(fill, asked))
    ahead = text_of(treasurer.get(fill, {**asked, "on": "2004-10-12"}))
    assert "12 Oktober 2004 belum tiba" in ahead
    open_day = text_of(treasurer.get(fill, {**asked, "on": "2004-09-20"}))
    assert ("belum tiba" in open_day, "Buku sudah ditutup" in open_day) == (False, False)


# --- a day that is still to come -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["loans:book", "loans:ladder", "loans:members", "loans:settle", "loans:repay",
     "savings:register", "upk:card"],
)  # fmt: skip
def test_a_page_asked_for_a_coming_day_says_that_it_shows_today(fund, loan, treasurer, name):
    keys = {"loan": loan.id} if name.split(":")[1] in ("members", "settle", "repay") else {}
    ahead = text_of(treasurer.get(at(name, fund, **keys), {"on": "2006-01-01"}))
    assert "1 Januari 2006 belum tiba" in ahead
    assert "Yang ditampilkan adalah keadaan hari ini, 20 September 2004." in ahead
    assert 'value="2006-01-01"' not in ahead  # no box of the page keeps that day
    assert "belum tiba" not in text_of(treasurer.get(at(name, fund, **keys)))


def test_a_coming_collection_day_offers_the_empty_sheet_only(fund, loan, treasurer):
    page = text_of(treasurer.get(at("loans:collect", fund), {"on": "2004-10-12"}))
    assert "12 Oktober 2004 belum tiba" in page
    assert at("loans:blank", fund) in page
    assert at("loans:fill", fund) not in page


# --- the same saving twice ----------------------------------------------------------------------------


def test_the_same_saving_is_asked_about_once_and_a_form_that_is_only_resent_is_not(
    fund, loan, treasurer
):
    address = at("savings:card", fund, group=loan.group_id)
    form = {"kind": "deposit", "amount": "25.000", "on": "2004-09-20", "person": ""}
    first = treasurer.post(address, {**form, "request_id": "s1"})
    again = treasurer.post(address, {**form, "request_id": "s1"})
    assert (first.status_code, again.url) == (302, first.url)
    before = cards.balance(loan.group_id)
    asked = treasurer.post(address, {**form, "request_id": "s2"})
    assert asked.status_code == 200
    assert "Sudah dicatat" in text_of(asked)
    assert "Tetap catat" in text_of(asked)
    assert cards.balance(loan.group_id) == before
    seen = asked.content.decode().split('name="seen" value="')[1].split('"')[0]
    sure = treasurer.post(address, {**form, "request_id": "s2", "seen": seen})
    assert sure.status_code == 302
    assert cards.balance(loan.group_id) == before + 25_000
    third = treasurer.post(address, {**form, "request_id": "s3", "seen": seen})
    assert third.status_code == 200  # there are two of them now: it is asked anew
    other = treasurer.post(address, {**form, "amount": "26.000", "request_id": "s4"})
    assert other.status_code == 302


def test_the_savings_card_says_on_which_day_months_are_counted_and_since_when(fund, treasurer):
    group = lending.form_group(fund)
    lending.prepare(fund, group)
    address = at("savings:card", fund, group=group.id)
    with clock.at(date(2004, 6, 1)):
        assert "dihitung per 1 Juni 2004, sejak 10 Februari 2004" in text_of(treasurer.get(address))
    assert "dihitung per 20 September 2004<" in text_of(treasurer.get(address))


# --- deciding and paying out -----------------------------------------------------------------------------


def test_a_payout_that_lacks_cash_names_the_bank_and_leads_to_the_transfer(fund, treasurer):
    loan = lending.apply(fund)
    lending.sign(fund, loan)
    lending.approve(fund, loan)
    ledger.record_voucher(
        by=fund.treasurer, ward=fund.ward, on=date(2004, 5, 11), kind="transfer", debit="bank",
        credit="cash", amount=49_000_000, narration="Disimpan di bank",
    )  # fmt: skip
    sent = treasurer.post(at("loans:disburse", fund, loan=loan.id), {"on": "2004-05-12"})
    assert sent.status_code == 409
    page = text_of(sent)
    missing = 2_500_000 - books.balance(fund.ward, "cash")
    assert 0 < missing < 2_500_000
    assert "rekening bank Rp 49.000.000" in page
    voucher = at("ledger:voucher", fund)
    assert f'href="{voucher}?kind=transfer&amp;from=bank&amp;to=cash&amp;amount={missing}"' in page
    assert treasurer.get(voucher, {"kind": "transfer", "from": "bank"}).status_code == 200


def test_a_decision_is_dated_today_on_the_wards_own_clock(fund, client):
    loan = lending.apply(fund)
    with clock.at(lending.APPROVED):
        board_decides(fund, f"loans.approve:{loan.id}", on=lending.APPROVED)
    client.force_login(fund.chair)
    other = lending.apply(fund)
    asked = "Keputusan ini belum dicatat di rapatnya?"
    with clock.at(lending.APPROVED):
        assert asked in client.get(at("loans:loan", fund, loan=other.id)).content.decode()
    for day in (lending.APPROVED, lending.APPROVED + timedelta(days=3)):
        with clock.at(day):
            page = client.get(at("loans:loan", fund, loan=loan.id)).content.decode()
        boxes = [part for part in page.split("<input") if 'type="date"' in part.split(">")[0]]
        dates = [part.split('value="')[1].split('"')[0] for part in boxes]
        assert dates[:2] == [day.isoformat()] * 2
        assert asked not in page  # its decision stands in the meeting


# --- the list on a phone --------------------------------------------------------------------------------


def test_the_list_keeps_states_and_search_in_one_fold_and_other_pages_in_another(
    fund, loan, treasurer
):
    page = text_of(treasurer.get(at("loans:list", fund)))
    assert "Ditampilkan: belum selesai (1)" in page
    assert page.count('<details class="fold">') == 2
    assert 'class="tabs"' not in page
    for name in ("loans:ladder", "loans:book", "upk:card", "savings:register", "loans:reserve"):
        assert at(name, fund) in page
    none = text_of(treasurer.get(at("loans:list", fund), {"q": "tidak ada yang begini"}))
    assert '<details class="fold" open>' in none


def test_the_health_card_says_what_each_band_means(fund, loan, treasurer):
    page = text_of(treasurer.get(at("upk:card", fund)))
    assert "Pas-pasan: UPK menagih tunggakan" in page
    assert "Pinjaman baru ditunda, kartu bulan itu sudah dicatat atau belum, sampai rapat" in page


def test_a_sum_far_above_what_is_due_is_asked_about_once_more(fund, loan, treasurer):
    """2,875,000 is ten instalments of 287,500; one is due: a nought too many is asked about."""
    address = at("loans:repay", fund, loan=loan.id)
    form = {"amount": "2.875.000", "on": "2004-08-12", "request_id": "f3"}
    form["seen"] = seen_on(treasurer.post(address, form))
    asked = treasurer.post(address, form)
    assert (asked.status_code, books.balance(fund.ward, "loans")) == (200, 2_500_000)
    assert "Benarkah Rp 2.875.000?" in text_of(asked)
    other = {**form, "amount": "2.800.000", "sure": form["seen"]}  # said of another sum
    assert treasurer.post(address, other).status_code == 200
    assert treasurer.post(address, {**form, "sure": form["seen"]}).status_code == 302
    assert books.balance(fund.ward, "loans") == 0


def test_a_sum_that_is_mended_after_it_was_asked_about_changes_the_question_and_the_button(
    fund, loan, treasurer
):
    form = {"amount": "2.875.000", "on": "2004-09-15", "request_id": "f4"}
    page = at("loans:repay", fund, loan=loan.id)
    form["seen"] = seen_on(treasurer.post(page, form))
    assert 'name="looked" value="1"' in treasurer.post(page, form).content.decode()
    typed = at("loans:split", fund, loan=loan.id)
    mended = {"amount": "287.500", "on": "2004-09-15", "looked": "1"}
    usual = treasurer.get(typed, mended).content.decode()
    assert 'id="ask"' in usual and 'id="take"' in usual and 'id="tiles"' not in usual
    assert "Benarkah" not in usual and 'name="sure"' not in usual
    unusual = text_of(treasurer.get(typed, {**mended, "amount": "2.500.000"}))
    assert "Benarkah Rp 2.500.000?" in unusual and "Ya, Rp 2.500.000 diterima" in unusual
    nothing = treasurer.get(typed, {**mended, "amount": ""}).content.decode()
    assert 'id="take"' in nothing and "<button" not in nothing
