"""The sheet of a meeting and the members' cards as pages and papers, as a treasurer meets them."""

import io
import re
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loan_book
from pendamping.funds.savings import queries as cards
from pendamping.households import queries as residents
from pendamping.institutions import actions as institutions
from pendamping.kernel import clock
from tests import lending
from tests.rooms.test_loans import DUES
from tests.rooms.test_loans_joint import FIRST, OWN, back, people, two_cover
from tests.staging import staged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_first_due_day():
    with clock.at(DUES[0]):
        yield


@staged(at=DUES[0])
def loan(fund):
    group = lending.form_group(fund)
    lending.prepare(fund, group)
    asked = [
        {**one, "amount": amount} for one, amount in zip(lending.asked(group), OWN, strict=True)
    ]
    return lending.lend(fund, group, members=asked)


@pytest.fixture
def treasurer(client, cast):
    client.force_login(cast.treasurer)
    return client


def at(name, cast, **more):
    return reverse(f"loans:{name}", kwargs={"ward": cast.ward, **more})


def text_of(response):
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def value(page, name):
    """What a box of a page holds; empty where it holds nothing."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page.content.decode())
    held = re.search(r'value="([^"]*)"', found[0])
    return held[1] if held else ""


def box(loan, name, who, slot=""):
    """The name of a box of a member, by her id or her place among the borrowers."""
    person = people(loan)[who] if isinstance(who, int) else who
    return f"{name}_{loan.id}_{person}{slot and f'_{slot}'}"


def written(loan, **changes):
    """The form when each pays her own part, with what the test changes."""
    amounts = zip(people(loan), FIRST, strict=True)
    form = {box(loan, "paid", who): f"{amount}" for who, amount in amounts}
    return {**form, "request_id": "form-1", **changes}


def test_the_day_shows_who_pays_and_leads_to_the_sheet(fund, loan, treasurer):
    page = treasurer.get(at("collect", fund)).content.decode()
    assert "Rp\xa0230.000" in page or "Rp 230.000" in page
    assert f'value="{loan.id}"' in page
    assert treasurer.get(at("fill", fund)).url == at("collect", fund)
    assert treasurer.get(at("fill", fund), {"loan": "none"}).status_code == 404


def test_the_day_says_what_to_do_where_nobody_has_a_loan(fund, treasurer):
    assert "Belum ada kelompok" in treasurer.get(at("collect", fund)).content.decode()


def test_the_sheet_starts_with_what_is_due_and_counts_before_it_posts(fund, loan, treasurer):
    address = at("fill", fund) + f"?loan={loan.id}"
    page = treasurer.get(address)
    due = [value(page, box(loan, "paid", place)) for place in range(5)]
    assert due == ["57.500", "57.500", "46.000", "34.500", "34.500"]
    asked = written(loan)
    asked |= {box(loan, "paid", 2): "", box(loan, "by", 2, 1): people(loan)[0]}
    asked |= {box(loan, "amount", 2, 1): "46.000", box(loan, "saved", 0): "5.000"}
    counted = treasurer.post(address, asked)
    assert counted.status_code == 200
    assert "Rp 235.000" in counted.content.decode().replace("\xa0", " ")
    assert books.balance(fund.ward, "loans") == 2_000_000
    posted = treasurer.post(address, {**asked, "seen": value(counted, "seen")})
    assert posted.status_code == 302
    assert books.balance(fund.ward, "loans") == 1_800_000
    assert cards.balance(loan.group_id) == 105_000
    assert treasurer.post(address, {**asked, "seen": value(counted, "seen")}).url == posted.url
    assert books.balance(fund.ward, "loans") == 1_800_000


def test_sums_that_changed_after_they_were_counted_are_counted_again(fund, loan, treasurer):
    address = at("fill", fund) + f"?loan={loan.id}"
    seen = value(treasurer.post(address, written(loan)), "seen")
    changed = treasurer.post(address, {**written(loan, seen=seen), box(loan, "paid", 0): "50.000"})
    assert changed.status_code == 200
    assert value(changed, "seen") != seen
    assert books.balance(fund.ward, "loans") == 2_000_000


def test_money_that_moved_to_another_member_is_counted_again_though_the_sum_is_the_same(
    fund, loan, treasurer
):
    address = at("fill", fund) + f"?loan={loan.id}"
    seen = value(treasurer.post(address, written(loan)), "seen")
    moved = {box(loan, "paid", 0): "47.500", box(loan, "paid", 1): "67.500"}
    told = treasurer.post(address, {**written(loan, seen=seen), **moved})
    assert "Isi lembar berubah. Belum ada yang dibukukan" in told.content.decode()
    assert books.balance(fund.ward, "loans") == 2_000_000
    again = {**written(loan, seen=value(told, "seen")), **moved}
    assert treasurer.post(address, again).status_code == 302
    assert books.balance(fund.ward, "loans") == 1_800_000


def test_a_sheet_of_a_day_far_back_asks_whether_it_was_that_day(fund, loan, treasurer):
    address = at("fill", fund) + f"?loan={loan.id}"
    assert "Benarkah diterima" not in treasurer.post(address, written(loan)).content.decode()
    with clock.at(date(2004, 8, 20)):
        asked = treasurer.post(address + "&on=2004-08-12", written(loan)).content.decode()
    assert "Benarkah diterima 12 Agustus 2004? Itu 8 hari yang lalu" in asked
    assert "Hari ini 20 Agustus 2004." in asked


def test_a_second_row_for_who_covers_opens_once_the_first_is_used(fund, loan, treasurer):
    address = at("fill", fund) + f"?loan={loan.id}"
    first, second = box(loan, "by", 2, 1), box(loan, "by", 2, 2)
    plain = treasurer.get(address).content.decode()
    assert f'name="{first}"' in plain and f'name="{second}"' not in plain
    used = {**written(loan), box(loan, "paid", 2): "", first: people(loan)[0]}
    page = treasurer.post(address, {**used, box(loan, "amount", 2, 1): "26.000"}).content.decode()
    assert f'name="{second}"' in page
    both = {**used, box(loan, "amount", 2, 1): "26.000", second: people(loan)[1]}
    both |= {box(loan, "amount", 2, 2): "20.000"}
    counted = treasurer.post(address, both)
    assert treasurer.post(address, {**both, "seen": value(counted, "seen")}).status_code == 302
    assert {one.creditor for one in loan_book.member_cards(loan, DUES[0]).debts} == set(
        people(loan)[:2]
    )


def test_the_answer_to_a_counted_sheet_is_the_first_thing_on_its_page(fund, loan, treasurer):
    address = at("fill", fund) + f"?loan={loan.id}"
    first = treasurer.post(address, written(loan))
    page = first.content.decode().replace("\xa0", " ")
    asks, line = page.index('role="alert" tabindex="-1" data-focus'), page.index("<legend>")
    assert asks < page.index("Rp 230.000") < page.index("Uangnya cocok, bukukan") < line
    assert 'href="#count"' in page[line:] and "Isi lembar berubah" not in page
    changed = {**written(loan, seen=value(first, "seen")), box(loan, "paid", 0): "575.000"}
    told = treasurer.post(address, changed).content.decode().replace("\xa0", " ")
    line = told.index("<legend>")
    assert "Isi lembar berubah. Belum ada yang dibukukan" in told[:line]
    assert "Benarkah Rp 747.500" in told[:line] and told.count("data-focus") == 1


def test_the_sum_follows_what_is_typed_and_posts_nothing(fund, loan, treasurer):
    address = at("fill", fund) + f"?loan={loan.id}"
    seen = value(treasurer.post(address, written(loan)), "seen")
    same = treasurer.post(address, written(loan, seen=seen), headers={"HX-Request": "true"})
    assert value(same, "seen") == seen and "<html" not in same.content.decode()
    wrong = {**written(loan, seen=seen), box(loan, "paid", 0): "banyak"}
    told = treasurer.post(address, wrong, headers={"HX-Request": "true"})
    assert told.status_code == 200 and value(told, "seen") == ""
    assert "belum dapat dijumlahkan" in told.content.decode()
    assert books.balance(fund.ward, "loans") == 2_000_000


def test_each_group_on_a_sheet_has_its_own_sum(fund, loan, treasurer):
    people_of_it = lending.residents_of(fund, 10)[5:]
    group = lending.form_group(fund, people_of_it)
    lending.prepare(fund, group)
    with clock.at(date(2004, 8, 2)):
        other = lending.lend(fund, group)
    address = at("fill", fund) + f"?loan={loan.id}&loan={other.id}"
    asked = {**written(loan), box(other, "saved", people_of_it[0]): "7.000"}
    page = treasurer.post(address, asked).content.decode().replace("\xa0", " ")
    top = page[: page.index("<legend>")]
    assert f'<a href="#g1">{loan.group_name}</a>: Rp 230.000' in top
    assert f'<a href="#g2">{other.group_name}</a>: Rp 7.000' in top and "Rp 237.000" in top


def test_a_nought_too_many_is_told_where_the_sheet_is_counted(fund, loan, treasurer):
    address = at("fill", fund) + f"?loan={loan.id}"
    assert "Benarkah" not in treasurer.post(address, written(loan)).content.decode()
    more = treasurer.post(address, {**written(loan), box(loan, "paid", 0): "575.000"})
    assert "Benarkah Rp 747.500" in more.content.decode().replace("\xa0", " ")


def test_a_wrong_line_is_named_and_everything_typed_is_kept(fund, loan, treasurer):
    address = at("fill", fund) + f"?loan={loan.id}"
    wrong = {**written(loan), box(loan, "amount", 2, 1): "46.000", box(loan, "saved", 4): "5.000"}
    answer = treasurer.post(address, wrong)
    assert answer.status_code == 409
    name = loan.members.order_by("pk")[2].name
    assert f"{name}: tulis siapa yang menutup" in answer.content.decode()
    assert value(answer, box(loan, "saved", 4)) == "5.000"
    assert (
        treasurer.post(address, {**written(loan), box(loan, "paid", 0): "banyak"}).status_code
        == 422
    )


def test_savings_stay_with_whom_they_were_typed_for_when_somebody_leaves(fund, loan, treasurer):
    group = {"by": fund.facilitator, "ward": fund.ward, "group_id": loan.group_id}
    joined = lending.residents_of(fund, 3)
    for one in joined:
        institutions.admit_member(
            person=one, on=date(2004, 8, 2), signed_on=date(2004, 8, 2), **group
        )
    names = {one: known.name for one, known in residents.persons(fund.ward, joined).items()}
    address = at("fill", fund) + f"?loan={loan.id}"
    asked = {**written(loan), **{box(loan, "saved", one): "" for one in joined}}
    asked |= {box(loan, "saved", joined[0]): "3.000", box(loan, "saved", joined[2]): "7.000"}
    institutions.release_member(person=joined[0], on=DUES[0], why="pindah", **group)
    told = treasurer.post(address, asked)
    assert told.status_code == 422
    assert f"tidak ada lagi di lembar ini: {names[joined[0]]}." in told.content.decode()
    assert value(told, box(loan, "saved", joined[2])) == "7.000"
    del asked[box(loan, "saved", joined[0])]
    seen = value(treasurer.post(address, asked), "seen")
    assert treasurer.post(address, {**asked, "seen": seen}).status_code == 302
    saved = [(one.person_id, one.amount) for one in cards.movements(loan.group_id) if one.person_id]
    assert saved == [(joined[2], 7_000)]


def test_two_treasurers_with_the_same_sheet_post_it_once(fund, loan, treasurer):
    address = at("fill", fund) + f"?loan={loan.id}"
    mark = value(treasurer.post(address, written(loan)), "seen")
    mine = written(loan, seen=mark, request_id="mine")
    theirs = written(loan, seen=mark, request_id="theirs")
    assert treasurer.post(address, mine).status_code == 302
    late = treasurer.post(address, theirs)
    assert late.status_code == 409
    assert "sudah dibukukan (LS-0001/2004)" in late.content.decode()


def test_the_blank_sheet_has_names_dues_and_room_to_sign(fund, loan, treasurer):
    text = text_of(treasurer.get(at("blank", fund), {"loan": loan.id, "on": "2004-08-12"}))
    for member, due in zip(
        loan.members.order_by("pk"), ("57.500", "57.500", "46.000"), strict=False
    ):
        assert member.name in text
        assert f"Rp {due}" in text
    assert "Tanda tangan" in text
    assert "Tabungan tanggung renteng: Rp 100.000" in text


def test_the_receipt_says_who_paid_for_whom_and_the_sheet_is_taken_back(fund, loan, treasurer):
    sheet = two_cover(fund, loan)
    names = [one.name for one in loan.members.order_by("pk")]
    text = text_of(treasurer.get(at("sheet_pdf", fund, sheet=sheet.id)))
    assert f"{names[0]}: Rp 26.000" in text
    assert "Rp 230.000" in text
    assert "dua ratus tiga puluh ribu rupiah" in text
    address = at("sheet", fund, sheet=sheet.id)
    page = treasurer.get(address).content.decode().replace("\xa0", " ")
    assert f"{names[1]} Rp 20.000" in page
    assert treasurer.post(address, {"on": "2004-08-11", "why": "salah"}).status_code == 409
    assert treasurer.post(address, {"on": "2004-08-12", "why": "salah"}).status_code == 302
    assert "Dibatalkan" in text_of(treasurer.get(at("sheet_pdf", fund, sheet=sheet.id)))
    assert books.balance(fund.ward, "loans") == 2_000_000


def test_members_cards_say_who_owes_whom_and_giving_back_is_recorded(fund, loan, treasurer):
    two_cover(fund, loan)
    who = people(loan)
    address = at("members", fund, loan=loan.id)
    page = treasurer.get(address).content.decode().replace("\xa0", " ")
    names = [one.name for one in loan.members.order_by("pk")]
    assert f"{names[2]} berutang Rp 26.000 kepada {names[0]}." in page
    form = {"pair": f"{who[2]}|{who[0]}", "amount": "26.000", "on": "2004-08-12"}
    assert treasurer.post(address, {**form, "amount": "26.001"}).status_code == 409
    assert treasurer.post(address, form).status_code == 302
    [debt] = loan_book.member_cards(loan, DUES[0]).debts
    assert (debt.creditor_name, debt.amount) == (names[1], 20_000)
    text = text_of(treasurer.get(at("members_pdf", fund, loan=loan.id)))
    assert "Kartu anggota" in text
    assert "Rp 230.000" in text


def test_a_wrong_entry_of_giving_back_is_taken_back_on_the_page(fund, loan, treasurer):
    two_cover(fund, loan)
    entry = back(fund, loan, 2, 0, 26_000, on=DUES[0])
    address = at("take_back", fund, loan=loan.id, entry=entry.id)
    form = {"back-on": "2004-08-12", "back-why": ""}
    assert treasurer.post(address, form).status_code == 422
    assert treasurer.post(address, {**form, "back-why": "belum"}).status_code == 302
    assert treasurer.post(address, {**form, "back-why": "belum"}).status_code == 409
    assert sum(one.amount for one in loan_book.member_cards(loan, DUES[0]).debts) == 46_000


def test_a_loan_that_is_not_paid_out_has_no_members_cards(fund, treasurer):
    waiting = lending.apply(fund)
    assert treasurer.get(at("members", fund, loan=waiting.id)).status_code == 404
