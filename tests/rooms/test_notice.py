"""The public board of a ward: the books' own figures, nobody by name, nothing of a few."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from pendamping.funds.grants import actions as grants
from pendamping.funds.ledger import queries as ledger
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.notice import files, guide, queries
from pendamping.practice.actions import open_practice_ward
from pendamping.territory import actions as territory
from tests import granting, lending
from tests import planned as stage
from tests.complaining import NAME, TEXT, handed_in
from tests.gatherings import board_decides, decide, meet
from tests.staging import staged

pytestmark = pytest.mark.django_db

TODAY = date(2004, 9, 20)


@pytest.fixture(autouse=True)
def in_september():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def worked(loan, fund):
    """A fund that lends, a grant whose works are paid, and two instalments."""
    cast = fund
    granting.first_tranche(cast)
    made = granting.agree(cast, lending.form_group(cast))
    at = {"by": cast.secretary, "ward": cast.ward, "grant_id": made.id}
    grants.pay_grant(on=date(2004, 6, 10), amount=10_000_000, **at)
    grants.record_contribution(
        by=cast.cadre, ward=cast.ward, grant_id=made.id, kind="labour", on=date(2004, 6, 20),
        what="Gotong royong", quantity="40 HOK", days_women=10, days_men=30, value=1_200_000,
    )  # fmt: skip
    lending.pay(cast, loan, date(2004, 8, 12), 287_500)
    return cast


def text_of(paper):
    pages = PdfReader(io.BytesIO(paper.content)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def page(cast, query=""):
    return reverse("notice:board", kwargs={"ward": cast.ward}) + query


def test_the_money_on_the_board_is_that_of_the_books(client, worked):
    found = queries.board(worked.ward, TODAY)

    def balance(key):
        return ledger.balance(worked.ward, key, TODAY)

    for window in found.windows:
        assert window.came_in == -balance(f"{window.id}_grant")
        assert window.went_out == balance(f"{window.id}_spent")
        assert window.with_groups == balance(f"{window.id}_held")
        assert window.in_bank == balance(f"{window.id}_bank")
        assert window.came_in == window.went_out + window.with_groups + window.in_bank
    fund = found.fund
    assert (fund.cash, fund.outstanding) == (balance("cash"), balance("loans"))
    assert fund.outstanding == sum(one.outstanding for one in found.groups)
    assert [(one.paid_back, one.borrowed) for one in found.groups] == [(287_500, 2_500_000)]
    assert [(one.id, one.amount) for one in found.own] == [("labour", 1_200_000)]
    text = client.get(page(worked)).text.replace("\u00a0", " ")
    for sum_ in ("Rp 50.000.000", "Rp 10.000.000", "Rp 1.200.000", "Rp 2.500.000", "Rp 287.500"):
        assert sum_ in text, sum_


def test_what_is_entered_stands_on_the_board_at_once(client, worked, loan):
    before = queries.board(worked.ward, TODAY)
    assert queries.board(worked.ward, TODAY) == before  # as it was kept
    lending.pay(worked, loan, date(2004, 9, 12), 287_500)
    after = queries.board(worked.ward, TODAY)
    assert after.groups[0].paid_back == 575_000
    assert after.fund.cash == before.fund.cash + 287_500


def test_decisions_stand_there_without_the_names_of_those_they_are_about(client, worked):
    someone = lending.residents_of(worked, 1)[0]
    name = households.person(worked.ward, someone).name
    board_decides(worked, f"grants.social:{someone}:education", on=date(2004, 7, 12))
    met = meet(worked, [], kind="board", on=date(2004, 7, 20))
    assert met.status != "closed"
    handed_in(worked, received_on=TODAY)
    found = queries.board(worked.ward, TODAY)
    assert date(2004, 7, 12) in {one.held_on for one in found.met}
    assert date(2004, 7, 20) not in {one.held_on for one in found.met}  # not signed yet
    assert "group" not in {one.kind for one in found.met}  # a group's own meeting
    text = client.get(page(worked)).text + client.get(page(worked, "?part=met")).text
    assert "Bantuan sosial untuk warga" in text
    assert not [word for word in (name, NAME, TEXT) if word in text]


def test_a_group_whose_loan_was_turned_down_is_not_named(worked):
    group = lending.form_group(worked)
    lending.prepare(worked, group)
    lending.reject(worked, lending.apply(worked, group))
    said = {each.text for one in queries.board(worked.ward, TODAY).met for each in one.decided}
    assert "Pinjaman untuk satu KSM" in said
    assert not [text for text in said if group.name in text]


def test_a_name_that_somebody_typed_into_a_title_is_left_out(worked):
    someone = lending.residents_of(worked, 1)[0]
    name = households.person(worked.ward, someone).name
    group = lending.form_group(worked)
    granting.agree(worked, group, contract_no="SP3/02/2004", title=f"Perbaikan rumah {name}")
    assert "Perbaikan rumah …" in {one.title for one in queries.board(worked.ward, TODAY).works}


def test_a_group_of_a_few_shows_no_figure_nor_does_a_total_give_it_away(
    client, worked, monkeypatch
):
    said = guide.rule(worked.ward, TODAY)
    monkeypatch.setattr(queries, "rule", lambda *_asked: replace(said, least_shown=6))
    found = queries.board(worked.ward, TODAY)
    [group] = found.groups
    assert (group.shown, group.borrowed, group.outstanding, group.members) == (False, *[None] * 3)
    assert not found.fund.shown
    client.force_login(worked.cadre)
    paper = client.get(reverse("notice:poster_pdf", kwargs={"ward": worked.ward}))
    for text in (client.get(page(worked)).text, text_of(paper)):
        assert "tidak ditampilkan" in text
        shown = text.replace("\u00a0", " ")
        assert not [
            sum_ for sum_ in ("Rp 2.500.000", "Rp 287.500", "Rp 2.250.000") if sum_ in shown
        ]


def test_numbers_of_persons_and_few_complaints_stand_nowhere(client, worked):
    nik, phone = "3271014107650001", "0812-0000-1234"
    count = {"total": 6, "women": 3, "poor": 0}
    met = meet(worked, [], kind="board", on=date(2004, 7, 20), head_count=count, eligible=9)
    decide(worked, met, "meetings.other", text=f"Warga dengan NIK {nik}, telepon {phone}, dibantu")
    for number in range(4):
        with clock.at(date(2004, 8, 2 + number)):
            handed_in(worked, request_id=f"k{number}", received_on=clock.today())
    found = queries.board(worked.ward, TODAY).complaints
    assert (found.few, found.received, found.kinds) == (True, None, ())
    client.force_login(worked.cadre)
    for name in ("board", "board_json", "board_csv", "poster_pdf"):
        answer = client.get(reverse(f"notice:{name}", kwargs={"ward": worked.ward}))
        text = text_of(answer) if name == "poster_pdf" else answer.content.decode()
        assert "Warga dengan NIK …, telepon …, dibantu" in text, name
        assert not [word for word in (nik, phone, NAME, TEXT) if word in text], name


def test_a_meeting_of_a_few_does_not_say_how_many_came(worked, monkeypatch):
    board_decides(worked, "meetings.other", on=date(2004, 7, 12))
    [met] = [one for one in queries.board(worked.ward, TODAY).met if one.held_on.month == 7]
    assert met.attended is not None
    said = guide.rule(worked.ward, TODAY)
    few = replace(said, least_shown=met.attended + 1)
    monkeypatch.setattr(queries, "rule", lambda *_asked: few)
    with translation.override("en"):  # read anew
        [met] = [one for one in queries.board(worked.ward, TODAY).met if one.held_on.month == 7]
    assert met.attended is None
    assert not (met.women or met.poor)


def test_each_line_leads_to_a_question_that_names_it(client, worked):
    links = [unescape(part.split('"')[0]) for part in client.get(page(worked)).text.split('href="')]
    link = next(one for one in links if one.startswith("/complain/") and "Paving" in one)
    form = client.get(link).text
    assert "Tentang baris: Kegiatan: Paving gang RT 03/05, Rp 29.850.000" in form


def test_a_practice_ward_says_so_and_one_that_is_not_there_has_no_board(client, cast):
    assert "LATIHAN" not in client.get(page(cast)).text
    ward = open_practice_ward(by=cast.ward_admin, ward=cast.ward)
    assert "LATIHAN" in client.get(reverse("notice:board", kwargs={"ward": ward})).text
    assert client.get("/board/32.71.01.9999").status_code == 404
    index = client.get(reverse("notice:boards")).text
    assert f'href="{page(cast)}"' in index
    assert ward not in index


def test_a_ward_with_a_practice_date_of_its_own_says_so_on_every_way_to_its_board(client, cast):
    ward = "32.71.01.1004"
    territory.open_ward(by=cast.system, code=ward, practice_today=TODAY)
    board, form = (
        reverse(name, kwargs={"ward": ward}) for name in ("notice:board", "complaints:complain")
    )
    assert "LATIHAN" in client.get(board).text
    assert "LATIHAN" in client.get(form).text
    assert client.get(f"{board}.json").json()["practice"] is True
    assert "board,,,practice,true" in client.get(f"{board}.csv").text
    index = client.get(reverse("notice:boards")).text
    said = {line.split('"')[1]: "latihan" in line for line in index.split("<li><a href=")[1:]}
    assert (said[page(cast)], said[board]) == (False, True)


def test_a_ward_that_only_begins_has_a_board_that_says_what_is_not_there_yet(client, cast):
    answer = client.get(page(cast))
    assert answer.status_code == 200
    assert "Warga belum mengesahkan rencana" in answer.text
    assert client.get(page(cast, "?part=groups&page=9")).status_code == 200


def test_the_files_say_what_the_page_says_under_keys_that_stay(client, worked):
    answer = client.get(reverse("notice:board_json", kwargs={"ward": worked.ward}))
    found = answer.json()
    assert answer["Content-Type"] == "application/json"
    assert list(found) == [
        "form", "ward", "name", "practice", "as_of", "least_shown", "guideline", "plan", "windows", "tranches",
        "fund", "own_contributions", "works", "groups", "meetings", "next_meetings", "office_holders", "complaints",
        "posters", "record",
    ]  # fmt: skip
    assert (found["ward"], found["as_of"], found["practice"]) == (worked.ward, "2004-09-20", False)
    again = {"if-none-match": answer["ETag"]}
    assert client.get(answer.wsgi_request.path, headers=again).status_code == 304
    table = client.get(reverse("notice:board_csv", kwargs={"ward": worked.ward}))
    rows = list(csv.DictReader(io.StringIO(table.content.decode())))
    values = {(row["part"], row["id"], row["key"]): row["value"] for row in rows}
    for window in found["windows"]:
        assert values["windows", window["id"], "in_bank"] == str(window["in_bank"])
    [group] = found["groups"]
    assert values["groups", group["id"], "paid_back"] == "287500"
    assert values["fund", "", "outstanding"] == str(found["fund"]["outstanding"])


def test_no_file_names_a_resident_nor_shows_what_the_page_hides(client, worked, monkeypatch):
    someone = lending.residents_of(worked, 1)[0]
    name = households.person(worked.ward, someone).name
    board_decides(worked, f"grants.social:{someone}:education", on=date(2004, 7, 12))
    said = guide.rule(worked.ward, TODAY)
    monkeypatch.setattr(queries, "rule", lambda *_asked: replace(said, least_shown=6))
    for kind in ("board_json", "board_csv"):
        text = client.get(reverse(f"notice:{kind}", kwargs={"ward": worked.ward})).content.decode()
        assert name not in text
        assert not re.search(r"\b(2500000|287500|2250000)\b", text), kind


def test_words_that_begin_as_a_formula_are_none_in_the_table(worked):
    group = lending.form_group(worked)
    granting.agree(worked, group, contract_no="SP3/02/2004", title="=1+1")
    with translation.override("id"):
        table = files.as_csv(queries.board(worked.ward, TODAY)).decode()
    assert ",'=1+1," in table


def test_the_poster_holds_the_board_and_both_addresses_and_names_no_resident(client, worked):
    someone = lending.residents_of(worked, 1)[0]
    name = households.person(worked.ward, someone).name
    board_decides(worked, f"grants.social:{someone}:education", on=date(2004, 7, 12))
    client.force_login(worked.cadre)
    answer = client.get(reverse("notice:poster_pdf", kwargs={"ward": worked.ward}))
    pages, text = PdfReader(io.BytesIO(answer.content)).pages, text_of(answer)
    assert round(float(pages[0].mediabox.height)) == 1191  # A3
    for word in (
        "Papan informasi Empang",
        "September 2004",
        "Rp 2.250.000",
        "Paving gang",
        page(worked),
    ):
        assert word in text.replace("\u00a0", " "), word
    assert "Bantuan sosial untuk warga" in text
    assert name not in text


def test_a_contract_without_a_proposal_is_that_of_the_line_with_its_name(worked):
    stage.ask(worked, "Paving gang RT 03/05", "01/01", 20)
    with clock.at(stage.RATIFIED):
        plan = stage.drafted(worked)
        stage.shape(worked, plan.lines.get(), year=1, sources={"blm": 20_000_000})
        stage.ratify(worked, plan)
    [line] = queries.board(worked.ward, TODAY).plan.lines
    assert line.state == "works"
