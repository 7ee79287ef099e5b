"""An administrator finds a ward among all regions and opens it; what then comes first there."""

from datetime import date

import pytest
from django.urls import reverse

from pendamping.desk import actions
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.territory import actions as territory_actions
from pendamping.territory import queries as territory
from tests import gatherings
from tests.rooms.test_desk import NEW_WARD, TODAY, cells

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_august():
    with clock.at(TODAY):
        yield


def test_an_administrator_finds_a_region_and_opens_it(client, cast):
    client.force_login(cast.administrator)
    name = territory.area(NEW_WARD).name
    assert NEW_WARD in cells(client.get("/", {"region": name}), "Kode")
    made = client.post("/", {"code": NEW_WARD, "programme_start": "2004-01-01"})
    assert made.url == reverse("desk:today", kwargs={"ward": NEW_WARD})
    assert territory.ward(NEW_WARD).programme_start == date(2004, 1, 1)
    again = client.post("/", {"code": NEW_WARD})
    assert again.status_code == 409
    assert NEW_WARD in again.content.decode()


def test_beside_a_case_whose_logins_everybody_knows_a_ward_is_opened_for_practice(client, cast):
    territory_actions.open_ward(
        by=cast.system, code="32.71.01.1006", practice_today=date(2005, 5, 12)
    )
    client.force_login(cast.administrator)
    assert (
        "untuk latihan, dan ditandai begitu" in client.get("/", {"open": NEW_WARD}).content.decode()
    )
    client.post("/", {"code": NEW_WARD})
    assert territory.practice_date(NEW_WARD) == TODAY
    assert (
        "Data contoh"
        in client.get(reverse("desk:today", kwargs={"ward": NEW_WARD})).content.decode()
    )


def test_a_ward_is_found_by_its_name_and_that_of_its_city_and_named_when_chosen(client, cast):
    client.force_login(cast.administrator)
    path = territory.path(NEW_WARD)
    city, district, ward = (area.name for area in path[1:])
    for typed in (f"{ward} {city.split()[-1]}", f"kel. {ward} {district}", f"{ward}, {city}"):
        assert NEW_WARD in cells(client.get("/", {"region": typed}), "Kode")
    nobody = client.get("/", {"region": f"{ward} antahberantah"}).content.decode()
    assert "Tidak ada kelurahan dengan nama itu" in nobody
    many = client.get("/", {"region": "su"}).content.decode()
    assert "Hanya 20 yang pertama ditampilkan" in many
    chosen = client.get("/", {"open": NEW_WARD}).content.decode()
    assert f"Dipilih: {ward}, {district}, {city}" in chosen
    assert "kelurahan nyata" in chosen


def test_an_empty_ward_says_what_comes_first_and_who_does_it(client, cast):
    client.force_login(cast.administrator)
    client.post("/", {"code": NEW_WARD})
    page = client.get(reverse("desk:today", kwargs={"ward": NEW_WARD})).content.decode()
    assert "Semua tugas Anda di sini sudah selesai" not in page
    assert "Tunjuk administrator kelurahan" in page
    assert f'href="{reverse("access:invite", kwargs={"ward": NEW_WARD})}"' in page
    client.force_login(cast.chair)
    board = client.get(reverse("desk:today", kwargs={"ward": cast.ward})).content.decode()
    assert "Unggah sensus" in board
    assert f'href="{reverse("households:upload", kwargs={"ward": cast.ward})}"' not in board
    gatherings.village(cast)
    assert (
        "Tunjuk administrator"
        not in client.get(reverse("desk:today", kwargs={"ward": cast.ward})).content.decode()
    )


def test_it_refuses_to_open_a_ward_for_anybody_else(client, cast):
    with pytest.raises(Refusal) as refused:
        actions.open_ward(by=cast.ward_admin, code=NEW_WARD)
    assert [reason.clause for reason in refused.value.reasons] == ["access.permission"]
    client.force_login(cast.lead)
    assert client.post("/", {"code": NEW_WARD}).status_code == 409
    assert territory.ward(NEW_WARD) is None


@pytest.mark.parametrize(
    "typed",
    [{}, {"code": " "}, {"code": NEW_WARD, "programme_start": "soon"},
     {"code": NEW_WARD, "programme_start": "2004-02-01", "programme_end": "2004-01-01"}],
)  # fmt: skip
def test_a_wrong_form_says_so_and_opens_nothing(client, cast, typed):
    client.force_login(cast.administrator)
    assert client.post("/", {"sent": "1", **typed}).status_code == 422
    assert territory.ward(NEW_WARD) is None


@pytest.mark.parametrize(
    ("who", "area"), [("administrator", "seluruh program"), ("lead", "(32.71)")]
)
def test_whoever_works_above_a_ward_reads_where_and_for_what(client, cast, who, area):
    client.force_login(getattr(cast, who))
    page = client.get("/", {"q": ""}).content.decode()
    assert "Yang boleh Anda lakukan" in page
    assert area in page
    assert ("tidak pernah untuk diri sendiri" in page) is (who == "administrator")
    client.force_login(cast.treasurer)
    assert "Yang boleh Anda lakukan" not in client.get("/", {"q": ""}).content.decode()
