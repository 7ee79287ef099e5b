"""Dossiers that ran on paper come in with the days of every stay, all of them or none."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from pendamping.kernel import clock
from pendamping.verification import queries, sheets
from pendamping.verification.models import Dossier
from tests.dossiers import DAY

pytestmark = pytest.mark.django_db

HEAD = "Nomor berkas;Jenis;Perihal;Jumlah;Tanggal diajukan;Tingkat;Diterima;Diputus;Hasil;Alasan;Catatan;Pemeriksa\n"
LIST = (
    HEAD
    + "7;usulan;Saluran air;24.500.000;01/03/2004;UP;01/03/2004;09/03/2004;Layak;;;UPL\n"
    + "7;usulan;Saluran air;24.500.000;01/03/2004;BKM;09/03/2004;12/03/2004;Perbaiki;Berkas salah isi;RAB;\n"
    + "7;usulan;Saluran air;24.500.000;01/03/2004;BKM;20/03/2004;22/03/2004;Layak;;;\n"
    + "8;termin;Termin 1;5.000.000;01/04/2004;Tim fasilitator;01/04/2004;;;;;\n"
)


def send(client, cast, text, **more):
    client.force_login(cast.facilitator)
    file = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    file.name = "berkas.csv"
    where = reverse("verification:paper", kwargs={"ward": cast.ward})
    with clock.at(DAY):
        return client.post(where, {"file": file, **more})


def test_a_list_is_checked_first_and_nothing_is_kept(client, cast):
    answer = send(client, cast, LIST)
    assert answer.status_code == 200
    assert Dossier.objects.count() == 0


def test_a_list_comes_in_with_its_days_and_stands_where_it_stood(client, cast):
    assert send(client, cast, LIST, bring="on").status_code == 302
    first, second = Dossier.objects.order_by("number")
    assert (first.tier, first.received_on, first.returned) == (
        "facilitator",
        date(2004, 3, 22),
        1,
    )
    steps = [(step.tier, step.days, step.within) for step in first.steps.order_by("number")]
    assert steps == [
        ("unit", 8, False),
        ("board", 3, True),
        ("board", 2, True),
        ("facilitator", None, None),
    ]
    assert (second.tier, second.seat, second.on_paper) == ("team", cast.ward, True)
    assert [one.key for one in queries.figures(cast.ward, "tier")] == ["board", "unit"]


@pytest.mark.parametrize(
    ("before", "after", "column", "row"),
    [
        ("09/03/2004;Layak", "31/02/2004;Layak", "Diputus", 2),
        ("BKM;20/03/2004", "Camat;20/03/2004", "Tingkat", 4),
        ("BKM;20/03/2004", "BKM;10/03/2004", "Diterima", 4),
        ("7;usulan;Saluran air;24.500.000", "7;usulan;Saluran air;banyak", "Jumlah", 2),
        ("7;usulan;Saluran air", f"7;usulan;{'Saluran ' * 40}", "Perihal", 2),
        ("12/03/2004;Perbaiki", "12/03/2004;", "Hasil", 3),
        ("01/04/2004;;", "01/04/2044;;", "Diterima", 5),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_comes_in(client, cast, before, after, column, row):
    assert before in LIST
    answer = send(client, cast, LIST.replace(before, after), bring="on")
    assert answer.status_code == 422
    assert Dossier.objects.count() == 0
    with clock.at(DAY):
        _sheet, _found, wrong = sheets.read(LIST.replace(before, after).encode(), cast.ward)
    assert (row, column) in {(one.row, one.column) for one in wrong}


def test_the_empty_list_can_be_sent_back_as_it_is(client, cast):
    client.force_login(cast.facilitator)
    where = reverse("verification:paper_template", kwargs={"ward": cast.ward})
    content = client.get(where).content
    assert load_workbook(io.BytesIO(content)).active["A1"].value == "Nomor berkas"
    with clock.at(date(2004, 8, 1)):
        assert sheets.read(content, cast.ward)[2] == []


@pytest.mark.parametrize("content", [b"\x00\x01", b"PK\x03\x04broken", b"a;b;c\n1;2;3\n"])
def test_what_is_no_list_is_refused_with_its_reason(client, cast, content):
    assert send(client, cast, content, bring="on").status_code == 409
