"""What is past its day and what falls due today, on every page; a payment of a day far back."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import formats

from pendamping.funds.loans import actions as loans
from pendamping.funds.loans import queries as loan_book
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from tests.lending import pay

pytestmark = pytest.mark.django_db

TODAY = date(2004, 8, 12)


@pytest.fixture(autouse=True)
def on_the_first_due_day():
    with clock.at(TODAY):
        yield


@pytest.fixture
def treasurer(client, cast):
    client.force_login(cast.treasurer)
    return client


def at(name, cast, **more):
    return reverse(name, kwargs={"ward": cast.ward, **more})


def test_what_falls_due_today_is_called_so_and_is_no_arrears(fund, loan, treasurer):
    listed = treasurer.get(at("loans:list", fund)).content.decode()
    assert "jatuh tempo hari ini" in listed
    assert "1 angsuran" not in listed
    for page in ("loans:book", "desk:today"):
        shown = treasurer.get(at(page, fund)).content.decode().replace("\xa0", " ")
        arrears = shown.partition("Tunggakan: sudah lewat harinya")[2]
        assert arrears.index("Rp 0") < arrears.index("Rp 287.500"), page
        assert "belum dibayar" in arrears.partition("Rp 287.500")[0], page
    with clock.at(TODAY + timedelta(days=1)):
        listed = treasurer.get(at("loans:list", fund)).content.decode()
    assert "1 angsuran" in listed
    assert "jatuh tempo hari ini" not in listed


def test_every_page_counts_the_same_arrears_on_a_day_when_another_instalment_falls_due(
    fund, loan, treasurer
):
    with clock.at(date(2004, 9, 12)):  # August is past its day, September falls due
        pages = {
            page: treasurer.get(at(page, fund, **more)).content.decode().replace("\xa0", " ")
            for page, more in (
                ("desk:today", {}), ("loans:list", {}), ("loans:book", {}), ("loans:ladder", {}),
                ("loans:loan", {"loan": loan.id}), ("loans:collection_loan", {"loan": loan.id}),
            )
        }  # fmt: skip
    for page in ("desk:today", "loans:book", "loans:ladder", "loans:collection_loan"):
        assert "Rp 287.500" in pages[page], page
        assert "Rp 575.000" not in pages[page].partition("Tagihan sampai tanggal ini")[0], page
    for page in ("loans:list", "loans:loan", "loans:collection_loan"):
        assert "1 angsuran" in pages[page], page
        assert "2 angsuran" not in pages[page], page
    assert "di luar itu jatuh tempo hari ini: Rp 287.500" in pages["loans:collection_loan"]
    assert "di dalamnya jatuh tempo hari ini: Rp 287.500" in pages["loans:loan"]
    with clock.at(date(2004, 9, 12)), pytest.raises(Refusal):  # nothing is late on its own day
        pay(fund, loan, date(2004, 9, 12), 287_500)
        loans.record_collection_step(
            by=fund.treasurer, ward=fund.ward, loan_id=loan.id, step="visit", on=date(2004, 9, 12)
        )


def test_the_book_says_which_loans_are_counted_and_why_a_loss_is_not(fund, loan, treasurer):
    pay(fund, loan, TODAY, 8 * 287_500)
    with clock.at(date(2005, 5, 13)):
        past = treasurer.get(at("loans:book", fund)).content.decode()
        own = treasurer.get(at("loans:loan", fund, loan=loan.id)).content.decode()
    assert "Pada hari ini tidak ada pinjaman yang dihitung." in past
    uncounted = past.partition("Di kelas 5 tetapi tidak dihitung: ")[2]
    assert uncounted.startswith(f'<a href="{at("loans:loan", fund, loan=loan.id)}">')
    assert "LAR, PAR dan RR tidak menghitungnya, apa pun kelasnya." in own


def test_a_loan_three_instalments_behind_is_counted_though_it_is_in_class_2(fund, loan, treasurer):
    with clock.at(date(2004, 10, 20)):
        shown = treasurer.get(at("loans:book", fund)).content.decode()
    assert "Yang dihitung pada hari ini (angsuran menunggak): <a href" in shown
    assert f"{loan.code} {loan.group_name}</a> (3)" in shown


@pytest.mark.parametrize(
    ("day", "ago"), [("2004-06-01", 72), ("2004-07-31", 12), ("2004-08-04", 8)]
)
def test_a_payment_of_a_day_far_back_is_asked_about_with_both_days(fund, loan, treasurer, day, ago):
    later = pay(fund, loan, date(2004, 8, 10), 100_000)
    address = at("loans:repay", fund, loan=loan.id)
    form = {"amount": "287.500", "on": day, "request_id": "once", "received_from": ""}
    shown = treasurer.get(address + f"?on={day}")
    seen = re.search(r'name="seen" value="([^"]*)"', shown.content.decode())[1]
    told = treasurer.post(
        address, {**form, "seen": seen}
    )  # the split was seen; the day is asked all the same
    page = told.content.decode().replace("\xa0", " ")
    said = formats.date_format(date.fromisoformat(day), "j F Y")
    assert f"Benarkah diterima {said}? Itu {ago} hari yang lalu" in page
    assert "Hari ini 12 Agustus 2004." in page
    assert f"1 pembayaran sesudah hari itu dibagi ulang: {later.receipt}." in page
    assert f"Ya, Rp 287.500 memang diterima {said}" in page
    assert loan_book.loan(fund.ward, loan.id).repayments.count() == 1
    assert treasurer.post(address, {**form, "seen": seen, "sure": seen}).status_code == 302


def test_a_payment_of_a_few_days_ago_in_the_same_month_is_taken_with_one_press(
    fund, loan, treasurer
):
    address = at("loans:repay", fund, loan=loan.id)
    shown = treasurer.get(address + "?on=2004-08-05").content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', shown)[1]
    form = {"amount": "287.500", "on": "2004-08-05", "request_id": "once", "seen": seen}
    assert treasurer.post(address, form).status_code == 302
