"""Empang among real wards of a real city, as the potential census of 2019 lists them (Jambi).

It counts families by where their electricity comes from; it does not say how many are poor.
"""

import csv
import gzip
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from pendamping.kernel.refusal import Refusal
from pendamping.targeting import actions, queries
from pendamping.targeting.rules import read_candidates
from tests.cast import WARD
from tests.rooms.test_targeting import MET

pytestmark = pytest.mark.django_db

EMPANG = {"kode": WARD, "nama": "Empang", "kk": 3448, "kk_miskin": 625, "perkotaan": "ya",
          "pernah_p2kp": "belum", "sumber": "kajian 2005"}  # fmt: skip
CITY = ("15", "71")


def families(row):
    return int(sum(float(row[each] or 0) for each in ("R401A1", "R401A2", "R401B")))


def candidate(row):
    code = "".join(row[each] for each in ("R101", "R102", "R103", "R104"))
    return {"kode": code, "nama": row["R104N"], "kk": families(row), "kk_miskin": "",
            "perkotaan": "ya" if row["R107"] == "2.0" else "tidak", "pernah_p2kp": "",
            "sumber": "Podes 2019"}  # fmt: skip


def as_file(rows):
    written = io.StringIO()
    writer = csv.DictWriter(written, EMPANG, delimiter=";")
    writer.writeheader()
    writer.writerows([EMPANG, *map(candidate, rows)])
    return written.getvalue().encode()


@pytest.fixture(scope="module")
def province(data_folder):
    with gzip.open(data_folder / "podes2019-jambi" / "podes2019_jambi.csv.gz", "rt") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def city(province):
    return [row for row in province if (row["R101"], row["R102"]) == CITY]


def decide(cast, candidates, chosen):
    return actions.designate_ward(
        by=cast.administrator, ward=WARD, candidates=candidates, chosen=chosen,
        letter_no="12/SK/2003", decided_on=MET,
    )  # fmt: skip


def test_empang_alone_is_known_to_fit_and_each_other_says_what_is_not_known(cast, city):
    found, wrong = read_candidates(as_file(city))
    assert (wrong, len(found)) == ([], 63)
    assert sum(one.households for one in found[1:]) == sum(map(families, city)) > 100_000
    made = decide(cast, found, [WARD])
    kept = list(queries.candidates(made.id))
    assert [one.name for one in kept if one.fits] == ["Empang"]
    failed = [{one["key"] for one in each.checks if not one["held"]} for each in kept[1:]]
    assert failed == [{"min_poor_percent", "no_programme_before"}] * 62


def test_a_ward_of_which_no_source_counts_the_poor_cannot_be_chosen(cast, city):
    found, _wrong = read_candidates(as_file(city))
    with pytest.raises(Refusal) as refusal:
        decide(cast, found, [WARD, found[1].code])
    assert {one.where["ward"] for one in refusal.value.reasons} == {found[1].code}
    assert queries.designated(WARD) is None


def test_the_page_takes_a_city_and_refuses_a_whole_province_by_its_number(
    cast, client, province, city
):
    client.force_login(cast.facilitator)
    address = reverse("targeting:designate", kwargs={"ward": WARD})

    def send(rows):
        file = SimpleUploadedFile("calon.csv", as_file(rows))
        return client.post(address, {"do": "file", "file": file})

    shown = send(city)
    assert shown.status_code == 200
    assert shown.content.decode().count('value="Podes 2019"') == 62
    refused = send(province)
    assert refused.status_code == 409
    assert "1.563" in refused.content.decode() or "1563" in refused.content.decode()
