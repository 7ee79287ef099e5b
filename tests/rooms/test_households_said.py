"""What the pages of the census and of a household say where somebody would go on wrongly."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pendamping.households import actions
from pendamping.households.models import CensusUpload, Household
from pendamping.kernel import clock
from tests.census_files.small import RIGHT, as_csv

pytestmark = pytest.mark.django_db
TODAY = date(2004, 1, 10)


@pytest.fixture
def open_page(cast, client):
    """A page of the census as the cadre opens it, or sends its form."""
    client.force_login(cast.cadre)

    def go(name, data=None, **place):
        address = reverse(f"households:{name}", kwargs={"ward": cast.ward, **place})
        with clock.at(TODAY):
            answer = client.get(address) if data is None else client.post(address, data)
        return answer.content.decode()

    return go


def test_two_rows_with_one_nik_are_not_said_to_be_stored_both(open_page):
    twice = ["4", "", "05", "02", "Gang A 1", *RIGHT[0][5:]]
    content = as_csv([*RIGHT, twice])
    open_page("upload", {"file": SimpleUploadedFile("x.csv", content), "on": "2004-01-10"})
    shown = open_page("findings", upload=CensusUpload.objects.get().id)
    assert "Selama NIK yang sama ada di dua baris, berkas tidak disimpan" in shown
    assert "Keduanya disimpan; Anda" not in shown


def test_who_was_there_before_the_census_is_no_birth_and_the_page_says_what_to_do(cast, open_page):
    with clock.at(TODAY):
        upload = actions.stage_upload(
            by=cast.cadre, ward=cast.ward, filename="x.csv", content=as_csv(), on=TODAY
        )
        actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    home = Household.objects.get(head_name="Contoh Darman").id
    assert "Terdata dalam sensus" in open_page("home", household=home)
    child = {"name": "Contoh Lama", "sex": "P", "on": "2003-12-01", "relation": "child"}
    assert "Pilih “Tambah anggota”" in open_page("birth", child, household=home)
    came = {**child, "born": "2003"}
    assert "sudah tercatat di sini sejak 10 Januari 2004" in open_page(
        "move_in", came, household=home
    )
