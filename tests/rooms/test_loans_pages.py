"""The pages of the money: lists, forms, refusals, papers, as a treasurer meets them."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.savings import queries as cards
from pendamping.institutions import actions as institutions
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from pendamping.web.jinja import rupiah
from tests import lending
from tests.gatherings import board_decides
from tests.lending import lend, pay

pytestmark = pytest.mark.django_db

TODAY = date(2004, 8, 12)


@pytest.fixture(autouse=True)
def in_august():
    with clock.at(TODAY):
        yield


@pytest.fixture
def treasurer(client, cast):
    client.force_login(cast.treasurer)
    return client


def at(name, cast, **more):
    return reverse(name, kwargs={"ward": cast.ward, **more})


def typed(page, form="form"):
    """What a form of a page holds when nothing is changed."""
    return {
        name: page.context[form][name].value()
        for name in page.context[form].fields
        if page.context[form][name].value() is not None
    }


@pytest.mark.parametrize(
    "name",
    ["ledger:journal", "ledger:trial", "ledger:voucher", "savings:register", "loans:list",
     "loans:book", "loans:apply"],
)  # fmt: skip
@pytest.mark.parametrize("lent", [False, True])
def test_every_list_opens_empty_and_full(cast, treasurer, name, lent):
    if lent:
        lending.open_fund(cast)
        lend(cast)
    page = treasurer.get(at(name, cast))
    assert page.status_code == 200
    assert b"<h1>" in page.content


def seen_on(page):
    """The mark of the split that a page shows."""
    text = page if isinstance(page, str) else page.content.decode()
    return text.split('name="seen" value="')[1].split('"')[0]


def test_an_instalment_is_taken_after_its_split_was_seen(fund, loan, treasurer):
    address = at("loans:repay", fund, loan=loan.id)
    form = {"amount": "100.000", "on": "2004-08-12", "request_id": "f1"}
    asked = treasurer.post(address, form)
    assert asked.status_code == 200
    assert books.balance(fund.ward, "loans") == 2_500_000
    assert "37.500" in asked.content.decode()
    form["seen"] = seen_on(asked)
    taken = treasurer.post(address, form)
    again = treasurer.post(address, form)
    assert taken.status_code == 302
    assert taken.url == again.url
    receipt = treasurer.get(taken.url).content.decode()
    assert "seratus ribu rupiah" in receipt
    assert books.balance(fund.ward, "loans") == 2_437_500


def test_the_usual_amount_is_taken_with_one_press(fund, loan, treasurer):
    address = at("loans:repay", fund, loan=loan.id)
    page = treasurer.get(address).content.decode()
    assert "287.500" in page
    seen = seen_on(page)
    form = {"amount": "287.500", "on": "2004-08-12", "request_id": "f2", "seen": seen}
    assert treasurer.post(address, form).status_code == 302
    assert loan_book.card(fund.ward, loan.id, TODAY).due_now == 0


def test_the_split_is_shown_while_the_amount_is_typed(fund, loan, treasurer):
    address = at("loans:split", fund, loan=loan.id)
    shown = treasurer.get(address, {"amount": "Rp 300.000", "on": "2004-08-12"})
    text = shown.content.decode().replace("\xa0", " ")
    assert ("Rp 37.500" in text, "Rp 250.000" in text, "Rp 12.500" in text) == (True, True, True)
    assert treasurer.get(address, {"amount": "lima", "on": "kapan"}).status_code == 200


def test_a_second_tab_does_not_take_what_the_first_has_taken(fund, loan, treasurer):
    address = at("loans:repay", fund, loan=loan.id)
    tabs = [seen_on(treasurer.get(address)) for _ in range(2)]
    form = {"amount": "287.500", "on": "2004-08-12"}
    first = treasurer.post(address, {**form, "request_id": "tab-1", "seen": tabs[0]})
    assert first.status_code == 302
    second = treasurer.post(address, {**form, "request_id": "tab-2", "seen": tabs[1]})
    assert second.status_code == 200
    text = second.content.decode()
    assert "K-0001/2004" in text  # what is in the book of the day already
    assert books.balance(fund.ward, "loans") == 2_250_000
    form["seen"] = seen_on(second)
    assert treasurer.post(address, {**form, "request_id": "tab-2"}).status_code == 302


def test_too_much_is_asked_about_before_it_is_taken(fund, loan, treasurer):
    address = at("loans:split", fund, loan=loan.id)
    shown = treasurer.get(address, {"amount": "28.750.000", "on": "2004-08-12"})
    assert "Rp 25.875.000" in shown.content.decode().replace("\xa0", " ")
    assert 'class="notice warn"' in shown.content.decode()


def test_no_split_is_shown_for_a_day_that_is_still_to_come(fund, loan, treasurer):
    address = at("loans:split", fund, loan=loan.id)
    shown = treasurer.get(address, {"amount": "287.500", "on": "2004-08-13"})
    assert 'name="seen"' not in shown.content.decode()


def test_books_are_not_read_beyond_today(fund, loan, treasurer):
    page = treasurer.get(at("loans:book", fund), {"on": "2006-01-01"}).content.decode()
    assert "12 Agustus 2004" in page
    assert "1 Januari 2006 belum tiba" in page
    assert page.count("Januari 2006") == 1


@pytest.mark.parametrize("amount", ["", "lima ratus", "1,5", "-5", "0.5"])
def test_a_wrong_amount_is_said_and_what_was_typed_is_kept(fund, loan, treasurer, amount):
    form = {"amount": amount, "on": "2004-08-12", "received_from": "Ibu Contoh"}
    page = treasurer.post(at("loans:repay", fund, loan=loan.id), form)
    assert page.status_code == 422
    assert "Ibu Contoh" in page.content.decode()


def test_a_refused_payment_keeps_everything_typed(fund, loan, treasurer):
    form = {"amount": "5.000", "on": "2004-08-13", "received_from": "Ibu Contoh"}
    form["seen"] = "5000|2004-08-13"
    page = treasurer.post(at("loans:repay", fund, loan=loan.id), form)
    assert page.status_code == 409
    assert "Ibu Contoh" in page.content.decode()
    assert "13 Agustus 2004" in page.content.decode()


def test_a_payment_is_taken_back_on_its_receipt(fund, loan, treasurer):
    paid = pay(fund, loan, TODAY, 287_500)
    address = at("loans:receipt", fund, repayment=paid.id)
    assert treasurer.post(address, {"on": "2004-08-12", "why": ""}).status_code == 422
    refused = treasurer.post(address, {"on": "2004-08-11", "why": "salah"})
    assert refused.status_code == 409
    assert '<details class="confirm" open>' in refused.content.decode()
    assert treasurer.post(address, {"on": "2004-08-12", "why": "salah"}).status_code == 302
    assert books.balance(fund.ward, "loans") == 2_500_000


def text_of(response):
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_receipt_prints_with_its_sum_in_words(fund, loan, treasurer):
    paid = pay(fund, loan, TODAY, 287_500, received_from="Ibu Contoh")
    paper = text_of(treasurer.get(at("loans:receipt_pdf", fund, repayment=paid.id)))
    assert "dua ratus delapan puluh tujuh ribu lima ratus rupiah" in paper
    assert "Ibu Contoh" in paper
    assert paid.receipt in paper


def test_the_list_begins_with_loans_under_way_and_finds_the_others_by_state_or_word(
    fund, loan, treasurer
):
    pay(fund, loan, TODAY, loan.principal * 2)
    asked = lending.apply(fund)
    listed = treasurer.get(at("loans:list", fund)).content.decode()
    assert asked.code in listed
    assert loan.code not in listed
    for query in ("?status=all", "?status=closed", f"?q={loan.code}", f"?group={loan.group_id}"):
        assert loan.code in treasurer.get(at("loans:list", fund) + query).content.decode(), query


def test_the_book_says_in_words_what_an_indicator_counts(fund, loan, treasurer):
    book = treasurer.get(at("loans:book", fund)).content.decode()
    assert "0 dari 1 kelompok · baik" in book


def test_the_receipt_of_a_payout_names_the_officers_who_sign(fund, loan, treasurer):
    page = treasurer.get(at("loans:loan", fund, loan=loan.id)).content.decode()
    address = at("loans:payout_pdf", fund, loan=loan.id)
    assert address in page
    paper = text_of(treasurer.get(address))
    officers = [
        one.name for one in groups.members(loan.group_id, loan.disbursed) if one.role != "member"
    ]
    assert len(officers) == 3
    for name in (*officers, loan.code, "Kuitansi pencairan pinjaman"):
        assert name in paper, name


def test_a_loan_that_was_not_paid_out_has_no_receipt_of_a_payout(fund, treasurer):
    asked = lending.apply(fund)
    assert treasurer.get(at("loans:payout_pdf", fund, loan=asked.id)).status_code == 404


def test_what_was_paid_too_much_stands_on_the_loan_and_on_its_card(fund, loan, treasurer):
    owed = loan.principal + loan.instalments * (loan.principal * loan.rate_bp // 10_000)
    pay(fund, loan, TODAY, owed + 12_345)
    page = treasurer.get(at("loans:loan", fund, loan=loan.id)).content.decode()
    assert rupiah(12_345) in page
    assert "Rp 12.345" in text_of(treasurer.get(at("loans:card", fund, loan=loan.id)))


def test_the_loan_card_prints_schedule_and_payments(fund, loan, treasurer):
    paid = pay(fund, loan, TODAY, 287_500)
    paper = text_of(treasurer.get(at("loans:card", fund, loan=loan.id)))
    assert "12 Mei 2005" in paper
    assert paid.receipt in paper


def test_savings_are_entered_on_the_groups_card(fund, loan, treasurer):
    address = at("savings:card", fund, group=loan.group_id)
    form = {"kind": "deposit", "amount": "25.000", "on": "2004-08-12", "request_id": "s1"}
    made = treasurer.post(address, form)
    assert made.status_code == 302
    printed = at("savings:receipt_pdf", fund, movement=cards.card(loan.group_id)[-1].movement.id)
    assert printed in treasurer.get(made.url).content.decode()
    assert "dua puluh lima ribu rupiah" in text_of(treasurer.get(printed))
    assert cards.balance(loan.group_id) == 125_000
    over = {**form, "kind": "withdrawal", "amount": "900.000", "request_id": "s2"}
    assert treasurer.post(address, over).status_code == 409
    assert "Rp 25.000" in text_of(treasurer.get(at("savings:card_pdf", fund, group=loan.group_id)))


def test_a_voucher_is_written_and_reversed_on_its_page(fund, treasurer):
    form = {"kind": "out", "money": "cash", "other": "stationery", "amount": "45.500"}
    form |= {"on": "2004-08-12", "narration": "Alat tulis"}
    made = treasurer.post(at("ledger:voucher", fund), form)
    assert books.balance(fund.ward, "stationery") == 45_500
    assert treasurer.post(made.url, {"on": "2004-08-12", "why": "nota ganda"}).status_code == 302
    assert books.balance(fund.ward, "stationery") == 0
    wrong = treasurer.post(at("ledger:voucher", fund), {**form, "kind": "transfer"})
    assert wrong.status_code == 409


def test_the_journal_leads_to_the_record_behind_an_entry(fund, loan, treasurer):
    paid = pay(fund, loan, TODAY, 287_500)
    page = treasurer.get(at("ledger:journal", fund)).content.decode()
    assert at("loans:receipt", fund, repayment=paid.id) in page
    for code in ("11010", "11030", "41010"):
        assert treasurer.get(at("ledger:account", fund, code=code)).status_code == 200
    export = treasurer.get(at("ledger:beancount", fund))
    assert "Assets:11030" in export.content.decode()


def test_an_account_opens_at_its_newest_month_with_what_it_brings_forward(fund, loan, treasurer):
    pay(fund, loan, TODAY, 287_500)
    cash = at("ledger:account", fund, code="11010")
    newest = treasurer.get(cash).content.decode()
    assert newest.count('class="num nil"') == 1, "one line: money in, nothing out"
    assert 'value="2004-08" selected' in newest
    assert rupiah(books.balance(fund.ward, "cash")) in newest
    capital = treasurer.get(at("ledger:account", fund, code="31020")).content.decode()
    assert 'value="2004-05" selected' in capital


@pytest.mark.parametrize("name", ["loans:loan", "loans:repay", "ledger:entry", "loans:receipt"])
def test_what_is_not_there_is_not_found(fund, treasurer, name):
    key = {"ledger": "entry", "loans": "loan"}[name.split(":")[0]]
    key = "repayment" if name == "loans:receipt" else key
    assert treasurer.get(at(name, fund, **{key: "nothing"})).status_code == 404


def test_the_page_names_who_left_in_debt_and_lets_the_board_give_up_what_cannot_be_paid_out(
    fund, client
):
    loan = lending.apply(fund)
    lending.sign(fund, loan)
    lending.approve(fund, loan)
    who = loan.members.order_by("pk").first().person_id
    step = {"by": fund.cadre, "ward": fund.ward, "person": who, "group_id": loan.group_id}
    client.force_login(fund.chair)
    page = at("loans:loan", fund, loan=loan.id)
    give_up = at("loans:reject", fund, loan=loan.id)
    assert give_up not in client.get(page).content.decode()  # no meeting since the approval
    institutions.release_member(on=lending.PAID_OUT, why="pindah", **step)
    meeting = board_decides(
        fund, f"loans.approve:{loan.id}", on=lending.PAID_OUT, outcome="rejected"
    )
    shown = client.get(page).content.decode()
    assert "Belum dapat dicairkan" in shown
    assert "bukan anggota kelompok" in shown
    assert give_up in shown
    form = {"reject-on": "2004-05-12", "reject-meeting_id": meeting, "reject-why": "keluar"}
    assert client.post(give_up, form).url == page
    assert loan_book.loan(fund.ward, loan.id).status == "rejected"


def test_a_member_who_left_in_debt_is_marked_on_the_loan_and_on_the_cards(fund, loan, treasurer):
    who = loan.members.order_by("pk").first().person_id
    pages = [at("loans:loan", fund, loan=loan.id), at("loans:members", fund, loan=loan.id)]
    assert all("masih berutang" not in treasurer.get(page).content.decode() for page in pages)
    institutions.release_member(
        by=fund.cadre, ward=fund.ward, group_id=loan.group_id, person=who, on=lending.PAID_OUT,
        why="pindah",
    )  # fmt: skip
    for page in pages:
        assert treasurer.get(page).content.decode().count("keluar, masih berutang") == 1
