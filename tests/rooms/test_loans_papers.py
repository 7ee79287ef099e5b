"""What the agreement, the receipt and the card say: as a treasurer and a group read them."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.funds.loans import contract, queries, receipts
from pendamping.kernel import clock
from tests import lending
from tests.lending import pay

pytestmark = pytest.mark.django_db

DAY = date(2004, 9, 12)  # two instalments of 287,500 are due


@pytest.fixture(autouse=True)
def in_september():
    with clock.at(DAY):
        yield


@pytest.fixture
def treasurer(client, fund):
    client.force_login(fund.treasurer)
    return client


def at(name, cast, **more):
    return reverse(f"loans:{name}", kwargs={"ward": cast.ward, **more})


def pages(content):
    found = PdfReader(io.BytesIO(content)).pages
    return [" ".join(one.extract_text().split()).replace("\xa0", " ") for one in found]


def told(payment):
    found = queries.repayment(payment.ward, payment.id)
    return {name: value.replace("\xa0", " ") for name, value in receipts.told(found)}


# --- the agreement -------------------------------------------------------------------------------


def test_the_agreement_names_every_due_day_with_its_sums_and_the_total(fund, loan, treasurer):
    text = " ".join(pages(treasurer.get(at("contract", fund, loan=loan.id)).content))
    assert "1 12 Agustus 2004 Rp 250.000 Rp 37.500 Rp 287.500" in text
    assert "10 12 Mei 2005 Rp 250.000 Rp 37.500 Rp 287.500" in text
    assert "Rp 2.500.000 Rp 375.000 Rp 2.875.000" in text
    assert "bila dicairkan pada hari lain" not in text


def test_the_agreement_says_the_charge_per_month_and_how_it_is_counted(fund, loan, treasurer):
    text = " ".join(pages(treasurer.get(at("contract", fund, loan=loan.id)).content))
    assert "Jasa 1,5 % per bulan" in text
    assert "(flat) dari pokok pinjaman semula: Rp 2.500.000 × 1,5 % = Rp 37.500 tiap" in text


def test_before_the_payout_the_agreement_says_from_which_day_it_counts(fund, treasurer):
    asked = lending.apply(fund)
    with clock.at(lending.APPROVED):
        text = " ".join(pages(treasurer.get(at("contract", fund, loan=asked.id)).content))
    assert "1 9 Agustus 2004" in text
    assert "bila uang dicairkan pada 9 Mei 2004; bila dicairkan pada hari lain" in text


@pytest.mark.parametrize("instalments", [3, 12, 22, 26, 30, 40, 60])
def test_signatures_and_the_witness_stand_together_on_one_page(loan, instalments):
    loan.instalments = instalments
    made = pages(contract.contract(loan, "Empang", "https://empang.example/"))
    words = ("Tempat, tanggal", "Ketua KSM", "Untuk BKM", "Saksi yang melihat")
    assert [all(word in page for word in words) for page in made] == [
        any(word in page for word in words) for page in made
    ]
    assert sum("Saksi yang melihat" in page for page in made) == 1


# --- the receipt ----------------------------------------------------------------------------------


def test_a_receipt_says_which_instalments_it_paid_what_is_short_and_what_is_left(fund, loan):
    # 500,000 on 12 September: charges 75,000, principal 250,000 of the first, 175,000 of the second
    assert told(pay(fund, loan, DAY, 500_000)) == {
        "Membayar angsuran": "ke-1 (lunas), ke-2 (masih kurang Rp 75.000)",
        "Jatuh tempo 12 September 2004, belum dibayar": "Rp 75.000",
        "Jatuh tempo berikutnya": "ke-3, 12 Oktober 2004: Rp 287.500",
        "Sisa pinjaman": "Rp 2.375.000 (pokok Rp 2.075.000, jasa Rp 300.000)",
    }


def test_a_receipt_says_where_more_than_was_due_went(fund, loan):
    ahead = told(pay(fund, loan, DAY, 3 * 287_500 + 100_000))
    assert ahead["Membayar angsuran"] == (
        "ke-1 s.d. ke-2 (lunas), ke-3 (lunas, dibayar lebih awal), "
        "ke-4 (dicicil lebih awal, kurang Rp 187.500)"
    )
    rest = told(pay(fund, loan, DAY, 3_000_000))
    assert rest["Kelebihan bayar"].startswith("Rp 1.087.500 disimpan UPK sebagai titipan kelompok")
    assert rest["Sisa pinjaman"] == "tidak ada, sudah lunas"


def test_a_receipt_keeps_what_it_said_when_more_is_paid_and_is_silent_once_taken_back(fund, loan):
    first = pay(fund, loan, date(2004, 8, 12), 200_000)
    said = told(first)
    pay(fund, loan, DAY, 400_000)
    assert told(first) == said
    lending.loans.reverse_repayment(
        by=fund.treasurer, ward=fund.ward, repayment_id=first.id, on=DAY, why="salah"
    )
    assert told(first) == {}


@pytest.mark.parametrize("amount", [75_000, 500_000, 2_700_000, 4_000_000])
def test_a_receipt_fits_on_its_half_sheet_and_says_the_same_as_the_page(
    fund, loan, treasurer, amount
):
    paid = pay(fund, loan, DAY, amount, received_from="Ibu Contoh dari KSM yang namanya panjang")
    made = pages(treasurer.get(at("receipt_pdf", fund, repayment=paid.id)).content)
    assert len(made) == 1
    shown = treasurer.get(at("receipt", fund, repayment=paid.id)).content.decode()
    for value in told(paid).values():
        assert value in shown.replace("\xa0", " ")
        assert value in made[0]


def test_a_receipt_that_was_written_later_than_its_day_says_both_days(fund, loan, treasurer):
    with clock.at(date(2005, 1, 3)):
        paid = pay(fund, loan, date(2004, 12, 14), 100_000)
    said = (
        "Dibayar tanggal 14 Desember 2004, dicatat tanggal 3 Januari 2005: nomornya mengikuti tahun"
    )
    shown = treasurer.get(at("receipt", fund, repayment=paid.id)).content.decode()
    printed = pages(treasurer.get(at("receipt_pdf", fund, repayment=paid.id)).content)[0]
    assert said in shown and said in " ".join(printed.split())
    with clock.at(DAY):
        same = pay(fund, loan, DAY, 1_000)
    assert receipts.dated(same) == ""


def test_what_is_past_its_day_is_arrears_and_what_falls_due_today_is_not(fund, loan):
    short = told(pay(fund, loan, DAY, 200_000))  # charges of both first, then principal of August
    assert short["Tunggakan sampai 12 September 2004"] == "Rp 125.000"
    assert short["Jatuh tempo 12 September 2004, belum dibayar"] == "Rp 250.000"


def test_a_receipt_that_says_another_split_says_why_and_what_it_said_first(fund, loan, treasurer):
    later = pay(fund, loan, date(2004, 9, 10), 200_000)
    before = {"amount": "100000", "on": "2004-08-20"}
    shown = treasurer.get(at("split", fund, loan=loan.id), before).content.decode()
    assert f"berubah: {later.receipt}." in shown
    early = pay(fund, loan, date(2004, 8, 20), 100_000)
    [made] = pages(treasurer.get(at("receipt_pdf", fund, repayment=later.id)).content)
    assert f"12 September 2004 karena pembayaran {early.receipt} tanggal 20 Agustus 2004" in made
    assert "Semula tertulis: Pokok Rp 162.500, Jasa Rp 37.500." in made
    assert receipts.anew(queries.repayment(fund.ward, early.id)) == []


def test_a_receipt_that_was_taken_back_is_stamped_says_why_and_is_not_signed(fund, loan, treasurer):
    paid = pay(fund, loan, DAY, 200_000)
    [valid] = pages(treasurer.get(at("receipt_pdf", fund, repayment=paid.id)).content)
    assert "DIBATALKAN" not in valid
    assert "Dibayar oleh" in valid
    lending.loans.reverse_repayment(
        by=fund.treasurer, ward=fund.ward, repayment_id=paid.id, on=DAY, why="salah kelompok"
    )
    [made] = pages(treasurer.get(at("receipt_pdf", fund, repayment=paid.id)).content)
    assert "DIBATALKAN" in made
    assert "salah kelompok" in made
    assert "Dibayar oleh" not in made


# --- the card ---------------------------------------------------------------------------------------


def test_the_card_shows_what_is_short_of_each_instalment_and_what_each_payment_went_into(
    fund, loan, treasurer
):
    pay(fund, loan, DAY, 500_000)
    text = " ".join(pages(treasurer.get(at("card", fund, loan=loan.id)).content))
    assert "Ke Jatuh tempo Pokok Jasa Jumlah Dibayar Kurang" in text
    assert "1 12 Agustus 2004 Rp 250.000 Rp 37.500 Rp 287.500 Rp 287.500 lunas" in text
    assert "2 12 September 2004 Rp 250.000 Rp 37.500 Rp 287.500 Rp 212.500 Rp 75.000" in text
    assert "Rp 2.500.000 Rp 375.000 Rp 2.875.000 Rp 500.000 Rp 2.375.000" in text
    assert "Rp 500.000 Rp 425.000 Rp 75.000 ke-1, ke-2" in text
    assert "1,5 % per bulan" in text


def test_the_card_says_under_its_payments_what_was_paid_too_much(fund, loan, treasurer):
    pay(fund, loan, date(2004, 9, 12), 2_887_500)  # all that is owed is 2,875,000
    text = " ".join(pages(treasurer.get(at("card", fund, loan=loan.id)).content))
    assert "Dari setoran di atas, Rp 12.500 adalah lebih bayar" in " ".join(text.split())


def test_a_page_names_the_oldest_unpaid_instalment_apart_from_the_next(fund, loan, treasurer):
    page = at("loan", fund, loan=loan.id)
    with clock.at(date(2004, 8, 20)):
        shown = treasurer.get(page).content.decode().replace("\xa0", " ")
    oldest, coming = shown.split("Tertua yang belum lunas")[1].split("Jatuh tempo berikutnya")[:2]
    assert ("12 Agustus 2004" in oldest, "12 September 2004" in coming) == (True, True)
    with clock.at(date(2004, 8, 12)):
        today = treasurer.get(page).content.decode()
    assert "Tertua yang belum lunas" not in today
    assert "Jatuh tempo hari ini" in today


def test_the_card_says_what_is_to_be_paid_now_and_when_the_next_falls_due(fund, loan, treasurer):
    text = " ".join(pages(treasurer.get(at("card", fund, loan=loan.id)).content))
    assert "Harus dibayar sekarang: Rp 575.000" in text
    assert "Jatuh tempo hari ini: ke-2, 12 September 2004: Rp 287.500" in text
