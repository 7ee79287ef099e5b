"""Lists as an old UPK has them come in: under their own headings, without members, older than the census."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from pendamping.funds.loans import queries as loans
from pendamping.funds.upk.opening import begun, reading
from pendamping.kernel import clock
from tests import opening

pytestmark = pytest.mark.django_db

LAST = opening.LAST
OWN = (
    "No", "KSM", "Tgl Cair", "Plafon", "Jasa", "Lama (bln)", "Tenggang",
    "Angsuran Pokok Dibayar", "Angsuran Jasa Dibayar", "Saldo Pinjaman",
)  # fmt: skip


@pytest.fixture
def stage(cast):
    with clock.at(opening.TODAY):
        yield cast


def sheets(cast, left=(1_500_000, 1_050_000)):
    """The worked example as a list of the UPK's own."""
    found = opening.rows([name for _, name in opening.people(cast)])
    found["Pinjaman"] = [
        (row[0], *row[1:9], rest) for row, rest in zip(found["Pinjaman"], left, strict=True)
    ]
    found["Anggota"] = [("", *row[1:]) for row in found["Anggota"]]
    return found


def picture(cast, rows, loans=OWN, change=None):
    headings = {**opening.HEADINGS, "Pinjaman": loans}
    return reading.picture(
        opening.stage(cast, opening.workbook(rows, headings=headings, change=change))
    )


def named(reasons):
    return [(one.where["sheet"], one.where.get("row"), one.where.get("value")) for one in reasons]


def test_what_was_paid_is_read_under_the_lists_own_headings(stage):
    found = picture(stage, sheets(stage))
    assert [(one.old.paid_principal, one.old.paid_service) for one in found.lines.loans] == [
        (1_000_000, 150_000), (450_000, 67_500),
    ]  # fmt: skip
    assert (found.against, found.lines.unread) == ([], [])


@pytest.mark.parametrize(
    "heading",
    ["Pokok sudah dibayar", "Angsuran Pokok", "Jumlah angsuran pokok dibayar", "Pokok terbayar",
     "Angsuran pokok yang sudah dibayar", "Setoran Pokok"],
)  # fmt: skip
def test_the_usual_headings_of_paid_principal_are_known(stage, heading):
    found = picture(stage, sheets(stage), (*OWN[:7], heading, *OWN[8:]))
    assert [one.old.paid_principal for one in found.lines.loans] == [1_000_000, 450_000]


def test_a_rest_that_does_not_follow_from_what_was_paid_is_named_with_its_row(stage):
    found = picture(stage, sheets(stage, (1_500_000, 1_100_000)))
    assert named(found.against) == [("Pinjaman", 3, "Rp 1.100.000")]


def test_a_heading_that_hides_what_was_paid_is_caught_by_the_rest_and_named(stage):
    found = picture(stage, sheets(stage), (*OWN[:7], "Masuk s.d. bulan ini", *OWN[8:]))
    assert named(found.lines.unread) == [("Pinjaman", 1, "Masuk s.d. bulan ini")]
    assert [where[1] for where in named(found.lines.faults)] == [2, 3]


def test_a_sheet_that_was_not_read_stands_open_on_the_page(stage, client):
    def balance_sheet(book):
        book.create_sheet("NERACA").append(["Kas", 650_000, "Modal", 4_500_000])

    content = opening.workbook(
        sheets(stage), headings={**opening.HEADINGS, "Pinjaman": OWN}, change=balance_sheet
    )
    opening.stage(stage, content)
    client.force_login(stage.treasurer)
    said = client.get(reverse("upk:opening", kwargs={"ward": stage.ward})).content.decode()
    assert said.index("NERACA") < said.index("<table")
    assert "<details" not in said[said.index("<h1") : said.index("NERACA")]


def test_one_missing_column_is_one_line(stage):
    rows = sheets(stage)
    rows["Pinjaman"] = [row[:5] + row[6:] for row in rows["Pinjaman"]]
    found = picture(stage, rows, OWN[:5] + OWN[6:])
    assert [one.where["column"] for one in found.lines.faults] == ["Kali angsuran"]


def test_what_is_written_below_a_list_for_signing_is_no_loan(stage):
    def sign(book):
        for row in (
            [], ["", "", "Bondongan, 31 Desember 2004"], ["", "Ketua", "", "Bendahara"],
            ["", "( Uji Ketua )", "", "( Uji Bendahara )"],
        ):  # fmt: skip
            book["Pinjaman"].append(row)

    found = picture(stage, sheets(stage), change=sign)
    assert found.against == []
    assert (len(found.lines.loans), len(found.lines.notes)) == (2, 3)


@pytest.mark.parametrize("gap", [0, 1], ids=["at once", "below an empty row"])
@pytest.mark.parametrize("amount", ["1.00O.000", "satu juta", "1,000,00", "12 juta"])
def test_a_last_row_with_a_spoiled_sum_is_never_taken_for_words_below_the_list(stage, amount, gap):
    rows = sheets(stage)
    rows["Tabungan"] += [()] * gap + [("Melati", "", "", "", amount)]
    assert named(picture(stage, rows).lines.faults) == [("Tabungan", 4 + gap, amount)]


def test_a_census_that_is_younger_than_the_old_book_still_knows_its_members(stage):
    from pendamping.households.models import Household, Membership
    from tests.rooms.test_ledger_attacks import attack

    later = LAST + timedelta(days=1)
    attack(
        by=stage.system,
        sql=[
            f"UPDATE {Household._meta.db_table} SET joined_on = '{later}'",
            f"UPDATE {Membership._meta.db_table} SET since = '{later}'",
        ],
    )
    opening.begin(stage)
    assert len(loans.loans(stage.ward)) == 2


def test_the_day_stays_when_the_workbook_is_uploaded_again(stage, client):
    rows = opening.rows([name for _, name in opening.people(stage)])
    opening.stage(stage, opening.workbook(rows), on=date(2004, 10, 31))
    client.force_login(stage.treasurer)
    said = client.get(reverse("upk:opening", kwargs={"ward": stage.ward})).content.decode()
    assert 'value="2004-10-31"' in re.search(r'<input[^>]*name="on"[^>]*>', said)[0]


def test_loans_without_members_come_back_as_a_workbook_to_which_names_are_added(stage, client):
    rows = sheets(stage)
    people = [(row[1], row[2], row[5]) for row in rows.pop("Anggota")]
    found = picture(stage, rows)
    assert [where[:2] for where in named(found.lines.faults)] == [("Pinjaman", 2), ("Pinjaman", 3)]
    client.force_login(stage.treasurer)
    page = reverse("upk:opening", kwargs={"ward": stage.ward})
    link = reverse("upk:opening_template", kwargs={"ward": stage.ward}) + "?members=1"
    assert link in client.get(page).content.decode()
    book = load_workbook(io.BytesIO(client.get(link).content))
    sheet = book["Anggota"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        group = sheet.cell(row, places["Nama KSM"]).value
        mine = next((one for one in people if one[0] == group), None)
        if mine:
            people.remove(mine)
            sheet.cell(row, places["Nama anggota"], mine[1])
            sheet.cell(row, places["Bagian pokok"], mine[2])
    assert people == []
    buffer = io.BytesIO()
    book.save(buffer)
    file = SimpleUploadedFile("isi.xlsx", buffer.getvalue())
    sent = client.post(page, {"step": "upload", "on": f"{LAST}", "file": file})
    assert sent.status_code == 302
    assert reading.picture(begun.opening(stage.ward)).ready


def test_only_who_uploads_gets_the_cells_of_the_workbook(stage, client):
    rows = sheets(stage)
    rows.pop("Anggota")
    picture(stage, rows)
    client.force_login(stage.facilitator)
    link = reverse("upk:opening_template", kwargs={"ward": stage.ward}) + "?members=1"
    content = client.get(link).content
    assert "Mawar" not in str([list(row) for one in load_workbook(io.BytesIO(content)) for row in one.values])  # fmt: skip


def test_the_call_of_the_board_carries_what_it_is_to_decide(stage, client):
    opening.stage(stage, opening.workbook(opening.rows([n for _, n in opening.people(stage)])))
    from pendamping.funds.upk import actions as upk

    upk.propose_opening(by=stage.treasurer, ward=stage.ward)
    client.force_login(stage.chair)
    said = client.get(reverse("upk:opening", kwargs={"ward": stage.ward})).content.decode()
    found = begun.opening(stage.ward)
    assert f"upk.confirm_opening%3A{found.id}" in said and "agenda=" in said
