"""The pages on which a fund that ran on paper begins here."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import queries as loans
from pendamping.funds.upk import actions as upk
from pendamping.funds.upk.opening import begun, reading
from pendamping.funds.upk.opening.forms import field_of
from pendamping.kernel import clock
from tests import opening
from tests.gatherings import board_decides
from tests.overtaken import OVERTAKEN, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(cast):
    with clock.at(opening.TODAY):
        yield cast


def at(cast, name="opening"):
    return reverse(f"upk:{name}", kwargs={"ward": cast.ward})


def send(client, cast, step, **data):
    return client.post(at(cast), {"step": step, **data})


def upload(client, cast, content):
    file = SimpleUploadedFile("saldo.xlsx", content)
    return send(client, cast, "upload", on="2004-12-31", file=file)


def asked(cast, name):
    """The box that asks who is meant by a name of the workbook."""
    questions = reading.picture(begun.opening(cast.ward)).questions
    return next(field_of(one.key) for one in questions if one.name == name)


def test_the_treasurer_uploads_and_hands_in_and_the_chair_lets_the_books_begin(stage, client):
    client.force_login(stage.treasurer)
    journal = client.get(reverse("ledger:journal", kwargs={"ward": stage.ward})).content.decode()
    assert at(stage) in journal
    names = [name for _, name in opening.people(stage)]
    assert upload(client, stage, opening.workbook(opening.rows(names))).status_code == 302
    said = client.get(at(stage)).content.decode()
    assert "Rp 5.800.000" in said.replace("\xa0", " ")  # the debit side of the worked example
    assert send(client, stage, "propose").status_code == 302
    client.force_login(stage.chair)
    assert "rapat" in client.get(at(stage)).content.decode().lower()
    found = begun.opening(stage.ward)
    meeting = board_decides(stage, f"upk.confirm_opening:{found.id}", on=opening.TODAY)
    assert send(client, stage, "confirm", meeting_id=meeting).status_code == 302
    said = client.get(at(stage)).content.decode()
    assert "Mawar" in said and meeting in said
    assert client.get(at(stage, "opening_pdf")).content.startswith(b"%PDF")


def test_the_statement_is_printed_for_the_meeting_before_it_is_confirmed(stage, client):
    client.force_login(stage.treasurer)
    assert client.get(at(stage, "opening_pdf")).status_code == 404
    opening.stage(stage, opening.workbook(opening.rows([n for _, n in opening.people(stage)])))
    assert client.get(at(stage, "opening_pdf")).content.startswith(b"%PDF")


def test_a_cell_that_is_wrong_stands_on_the_page_with_sheet_row_and_column(stage, client):
    sheets = opening.rows([name for _, name in opening.people(stage)])
    sheets["Pinjaman"][0] = (*sheets["Pinjaman"][0][:3], "dua juta", *sheets["Pinjaman"][0][4:])
    client.force_login(stage.treasurer)
    upload(client, stage, opening.workbook(sheets))
    said = client.get(at(stage)).content.decode()
    assert "dua juta" in said and "Pokok pinjaman" in said
    assert send(client, stage, "propose").status_code == 409
    assert begun.opening(stage.ward).state == "draft"


def test_a_name_that_nobody_has_is_asked_for_and_the_answer_is_kept(stage, client):
    people = opening.people(stage)
    names = [name for _, name in people]
    wrong = names[0].replace("Contoh", "Contho")
    client.force_login(stage.treasurer)
    upload(client, stage, opening.workbook(opening.rows([wrong, *names[1:]])))
    said = client.get(at(stage)).content.decode()
    assert wrong in said and people[0][0] in said
    answer = {asked(stage, wrong): people[0][0]}
    assert send(client, stage, "names", **answer).status_code == 302
    assert send(client, stage, "names", **answer).status_code == 302  # sent again: said so already
    assert send(client, stage, "propose").status_code == 302


def test_an_answer_of_a_page_from_before_is_given_to_no_other_name(stage, client):
    people = opening.people(stage)
    wrong = [name.replace("Contoh", "Contho") for _, name in people[:2]]
    client.force_login(stage.treasurer)
    rest = [name for _, name in people[2:]]
    upload(client, stage, opening.workbook(opening.rows([*wrong, *rest])))
    first, second = (asked(stage, name) for name in wrong)
    assert send(client, stage, "names", **{first: people[0][0]}).status_code == 302
    late = send(client, stage, "names", **{first: people[1][0], second: people[1][0]})
    assert late.status_code == 422
    assert "sementara itu sudah ada yang menyebut" in late.content.decode()
    assert f'value="{people[1][0]}" selected' in late.content.decode()
    assert list(begun.opening(stage.ward).names.values()) == [people[0][0]]
    assert send(client, stage, "names", **{second: people[1][0]}).status_code == 302
    assert list(begun.opening(stage.ward).names.values()) == [people[0][0], people[1][0]]


def test_balances_can_be_put_right_on_the_page(stage, client):
    sheets = opening.rows([name for _, name in opening.people(stage)])
    sheets["Saldo"] = [row for row in sheets["Saldo"] if row[0] != "11010"]
    client.force_login(stage.treasurer)
    upload(client, stage, opening.workbook(sheets))
    assert "39010" in client.get(at(stage)).content.decode()
    keys = {one.code: one.key for one in books.chart_of(stage.ward, opening.LAST)}
    values = {keys[code]: str(amount) for code, amount in opening.BALANCES.items()}
    assert send(client, stage, "balances", **{**values, "cash": "Rp 650.000"}).status_code == 302
    assert send(client, stage, "propose").status_code == 302


def test_the_template_holds_the_chart_and_reads_as_its_own_lists(stage, client):
    client.force_login(stage.treasurer)
    content = client.get(at(stage, "opening_template")).content
    book = load_workbook(io.BytesIO(content))
    codes = [row[0].value for row in book["Saldo"].iter_rows(min_row=2) if row[0].value]
    assert "11010" in codes and "39010" not in codes and "32020" not in codes
    made = upk.stage_opening(
        by=stage.treasurer, ward=stage.ward, on=opening.LAST, filename="a.xlsx", content=content
    )
    picture = reading.picture(made)
    assert picture.lines.faults == [] and picture.questions == []
    assert [one.clause for one in picture.reasons] == ["upk.opening.nothing"]


def test_the_card_of_a_loan_says_that_it_came_from_an_old_book(stage, client):
    opening.begin(stage)
    loan = loans.loans(stage.ward)[0]
    client.force_login(stage.treasurer)
    said = client.get(reverse("loans:loan", kwargs={"ward": stage.ward, "loan": loan.id}))
    shown = said.content.decode().replace("\xa0", " ")
    assert "Dipindahkan dari buku lama per 31 Desember 2004" in shown
    assert "Rp 1.000.000" in shown


def test_the_board_takes_a_wrong_opening_back_on_the_page_and_the_page_says_so(stage, client):
    found = opening.begin(stage)
    client.force_login(stage.treasurer)
    assert "Tarik kembali saldo" not in client.get(at(stage)).content.decode()
    client.force_login(stage.chair)
    assert "Tarik kembali saldo" in client.get(at(stage)).content.decode()
    assert (
        send(client, stage, "back", meeting_id=found.meeting, why="kas keliru").status_code == 409
    )
    meeting = board_decides(stage, f"upk.take_back_opening:{found.id}", on=opening.TODAY)
    assert meeting in client.get(at(stage)).content.decode()
    assert send(client, stage, "back", meeting_id=meeting).status_code == 422
    assert send(client, stage, "back", meeting_id=meeting, why="kas keliru").status_code == 302
    said = client.get(at(stage)).content.decode()
    assert "kas keliru" in said and "ditarik kembali" in said
    assert send(client, stage, "back", meeting_id=meeting, why="lagi").status_code != 302
    client.force_login(stage.treasurer)
    names = [name for _, name in opening.people(stage)]
    assert upload(client, stage, opening.workbook(opening.rows(names))).status_code == 302
    assert "11 Maret 2005" in client.get(at(stage)).content.decode()


def test_a_balance_that_somebody_else_changed_stands_until_the_page_knows_it(stage, client):
    client.force_login(stage.treasurer)
    upload(client, stage, opening.workbook(opening.rows([n for _, n in opening.people(stage)])))
    before = seen(client.get(at(stage)))
    upk.balance_opening(by=stage.treasurer, ward=stage.ward, balances={"cash": 700_000})
    late = send(client, stage, "balances", cash="650.000", bank="1.000.000", **before)
    assert (late.status_code, OVERTAKEN in late.content.decode()) == (409, True)
    assert begun.opening(stage.ward).balances == {"cash": 700_000}
