"""The page that compares candidates: what nobody knows, what was decided already, a file that is none."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from pendamping.kernel import clock
from pendamping.targeting.forms import CandidateForm
from pendamping.targeting.rules import columns_not_read
from pendamping.targeting.rules.candidates import COLUMNS
from tests.cast import OTHER, WARD
from tests.rooms.test_targeting_pages import EMPANG, LETTER, TODAY, address, rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


def test_what_nobody_knows_of_a_candidate_does_not_speak_against_it(cast, client):
    client.force_login(cast.facilitator)
    unknown = {**EMPANG, "urban": "", "had_programme": ""}
    shown = client.post(address("designate"), {**rows(unknown), "do": "compare"}).content.decode()
    assert "belum diketahui" in shown
    assert "tidak memenuhi" not in shown
    client.post(address("designate"), {**rows(EMPANG), **LETTER})
    again = client.get(address("designate")).content.decode()
    assert "12/SK/2003" in again  # designated already: the page says so, and by what
    assert re.findall(r'value="(yes|no)" selected', again) == ["yes", "no"]  # as that decision knew


def test_a_picture_is_no_file_of_candidates_and_a_table_keeps_the_own_ward_ticked(cast, client):
    client.force_login(cast.facilitator)

    def send(content):
        sent = {"do": "file", "file": SimpleUploadedFile("calon.csv", content)}
        return client.post(address("designate"), sent)

    picture = send(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    assert picture.status_code == 409
    assert "JFIF" not in picture.content.decode()
    assert "Berkas ini tidak dapat dipakai" in picture.content.decode()
    assert "sel berkas yang perlu" not in picture.content.decode()
    table = send(f"kode,keluarga,miskin\n{OTHER},100,9\n{WARD},3448,625\n".encode())
    assert re.findall(r'name="form-(\d)-chosen"[^>]*checked', table.content.decode()) == ["1"]
    wrong = send(f"kode,keluarga,miskin\n{WARD},3448,enam\n".encode()).content.decode()
    assert "Baris 2, miskin: “enam”" in wrong and "Ada sel berkas yang perlu" in wrong
    missing = send(f"kode,keluarga\n{WARD},3448\n".encode()).content.decode()
    assert "kk_miskin, keluarga_miskin, miskin" in missing


def test_a_column_that_is_called_as_the_field_is_read_and_another_is_named(cast, client):
    client.force_login(cast.facilitator)
    for language in ("id", "en"):
        with translation.override(language):
            heads = ";".join(str(CandidateForm.base_fields[key].label) for key in COLUMNS)
            assert columns_not_read(f"{heads};Luas\n".encode()) == ["Luas"], heads
    content = (
        f"Kode;Keluarga;Keluarga miskin;Pernah mendapat program;Luas\n{WARD};900;1.000;belum;7\n"
    )
    sent = {"do": "file", "file": SimpleUploadedFile("calon.csv", content.encode())}
    shown = client.post(address("designate"), sent).content.decode()
    assert "1 kolom berkas tidak dibaca" in shown and "<p>Luas</p>" in shown
    assert 'value="no" selected' in shown
    assert "1.000 keluarga miskin lebih banyak" in shown and "111,1" not in shown
