"""The pages of the room: who may open them, what they show, what they refuse."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from pendamping.households import actions, queries
from pendamping.households.models import CensusUpload, Household, Person
from pendamping.kernel import clock
from pendamping.trail import queries as trail
from tests.census_files.small import RIGHT, as_csv, changed, many

pytestmark = pytest.mark.django_db
TODAY = date(2004, 1, 10)


@pytest.fixture(autouse=True)
def in_january():
    with clock.at(TODAY):
        yield


@pytest.fixture
def at(cast, client):
    """Open a page of the ward as somebody."""

    def go(name, who="cadre", data=None, *, follow=False, htmx=False, get=None, **place):
        client.force_login(getattr(cast, who))
        address = reverse(f"households:{name}", kwargs={"ward": cast.ward, **place})
        headers = {"HX-Request": "true"} if htmx else {}
        if data is None:
            return client.get(address, get or {}, headers=headers)
        return client.post(address, data, follow=follow, headers=headers)

    return go


@pytest.fixture
def home(cast):
    upload = actions.stage_upload(
        by=cast.cadre, ward=cast.ward, filename="x.csv", content=as_csv(), on=TODAY
    )
    actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    return Household.objects.get(head_name="Contoh Darman")


def upload_file(at, content, name="sensus.csv"):
    return at("upload", data={"file": SimpleUploadedFile(name, content), "on": "2004-01-10"})


def text(response):
    return response.content.decode()


def test_a_census_goes_through_its_three_pages(at, cast):
    assert text(at("list")).count(reverse("households:upload", kwargs={"ward": cast.ward}))
    answer = upload_file(at, as_csv(changed(0, kelamin="X")))
    assert answer.status_code == 302
    wrong = CensusUpload.objects.get()
    shown = text(at("findings", upload=wrong.id))
    assert "Jenis kelamin" in shown
    assert (
        reverse("households:confirm", kwargs={"ward": cast.ward, "upload": wrong.id}) not in shown
    )
    assert at("confirm", data={}, upload=wrong.id).status_code == 409
    assert not Household.objects.exists()
    upload_file(at, as_csv())
    right = CensusUpload.objects.exclude(pk=wrong.id).get()
    assert at("confirm", data={}, upload=right.id).status_code == 302
    assert Household.objects.count() == 3
    assert "Contoh Darman" in text(at("list"))


def test_the_template_and_the_list_of_errors_can_be_taken_along(at):
    book = load_workbook(io.BytesIO(at("template").content))
    assert book.worksheets[0]["F1"].value == "Nama"
    upload_file(at, as_csv(changed(0, kelamin="=1+1")))
    upload = CensusUpload.objects.get()
    sheet = load_workbook(io.BytesIO(at("errors_xlsx", upload=upload.id).content)).worksheets[0]
    assert (sheet["B2"].value, sheet["D2"].value) == (2, "=1+1")
    assert "'=1+1" in at("errors_csv", upload=upload.id).content.decode("utf-8-sig")


@pytest.mark.parametrize(
    "content", [b"nothing here\n", b"PK\x03\x04broken", b"\x00\x01\x02", b'{"x": 1}']
)
def test_a_file_that_is_no_census_comes_back_with_a_reason(at, content):
    answer = upload_file(at, content, "x.bin")
    assert answer.status_code == 409
    assert not CensusUpload.objects.exists()


def test_an_empty_form_is_asked_again(at):
    assert at("upload", data={}).status_code == 200
    assert upload_file(at, b"").status_code == 200


def test_the_list_is_searched_while_typing_and_without_script(at, home):
    whole = text(at("list", get={"q": "wiwin"}))
    part = text(at("list", get={"q": "wiwin"}, htmx=True))
    assert "<html" in whole and "<html" not in part
    for shown in (whole, part):
        assert "Contoh Wiwin" in shown
        assert "Umpama Basir" not in shown.split('id="results"')[-1].split("by-rw")[0]
    assert at("list", get={"q": "\x00<script>", "after": "%%", "rw": "x" * 99}).status_code == 200


def test_the_list_goes_on_to_the_next_page(at, cast):
    upload = actions.stage_upload(
        by=cast.cadre, ward=cast.ward, filename="x.csv", content=many(70), on=TODAY
    )
    actions.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    first = at("list")
    assert first.status_code == 200
    mark = queries.households(cast.ward).next
    assert mark in text(first)
    assert 'rel="prev"' in text(at("list", get={"after": mark}))


def test_a_household_shows_its_members_and_only_four_digits(at, home):
    shown = text(at("home", household=home.id))
    assert "Contoh Wiwin" in shown
    assert RIGHT[0][6] not in shown
    assert RIGHT[0][6][-4:] in shown
    assert text(at("home", "treasurer", household=home.id)).count("Contoh Wiwin")


def test_a_nik_is_shown_after_saying_why_and_the_look_is_kept(at, cast, home):
    head = Person.objects.get(name="Contoh Darman")
    assert RIGHT[0][6] not in text(at("reveal", "facilitator", person=head.id))
    refused = at("reveal", "facilitator", {"reason": "x"}, person=head.id)
    assert refused.status_code == 409
    shown = at("reveal", "facilitator", {"reason": "buka rekening"}, person=head.id)
    assert RIGHT[0][6] in text(shown)
    assert shown["Cache-Control"] == "no-store"
    assert trail.last("households.reveal_nik", cast.ward).actor == "facilitator"
    assert at("reveal", "cadre", person=head.id).status_code == 403


def test_life_events_are_entered_on_their_pages(at, cast, home):
    birth = {"name": "Contoh Baru", "sex": "P", "on": "2004-01-10", "relation": "child"}
    assert at("birth", data=birth, household=home.id).status_code == 302
    guest = {
        "name": "Tamu Asih",
        "sex": "P",
        "born": "1980",
        "relation": "relative",
        "on": "2004-01-10",
    }
    assert at("move_in", data=guest, household=home.id).status_code == 302
    who = {each.name: each.id for each in queries.household(cast.ward, home.id).members}
    split = {
        "people": [who["Tamu Asih"]], "head": who["Tamu Asih"], "on": "2004-01-10", "rw": "5", "rt": "2",
    }  # fmt: skip
    assert at("split", data=split, household=home.id).status_code == 302
    founded = Household.objects.get(head_name="Tamu Asih")
    joined = at("join", data={"into": home.id, "on": "2004-01-10"}, household=founded.id)
    assert joined.status_code == 302
    refused = at("death", data={"on": "2004-01-10"}, person=who["Contoh Darman"])
    assert refused.status_code == 409
    died = {"on": "2004-01-10", "new_head": who["Contoh Wiwin"]}
    assert at("death", data=died, person=who["Contoh Darman"]).status_code == 302
    out = {"people": [who["Contoh Baru"]], "on": "2004-01-10", "to": "Cianjur"}
    assert at("move_out", data=out, household=home.id).status_code == 302
    change = {"name": "Contoh Wiwin", "sex": "P", "born": "10/03/1974", "relation": "head", "nik": "",
              "occupation": "pedagang", "education": ""}  # fmt: skip
    assert at("correct", data=change, person=who["Contoh Wiwin"]).status_code == 302
    assert queries.person(cast.ward, who["Contoh Wiwin"]).occupation == "pedagang"
    assert queries.household(cast.ward, home.id).head_name == "Contoh Wiwin"
    assert text(at("home", household=home.id)).count("Cianjur") == 1


def test_a_household_is_added_and_a_wrong_one_is_asked_again(at):
    right = {"name": "Contoh Tunggal", "sex": "P", "born": "1951", "rw": "3", "rt": "1", "on": "2004-01-10",
             "nik": "", "kk": "", "address": "", "occupation": "", "education": ""}  # fmt: skip
    wrong = at("add", data={**right, "rw": "tiga", "nik": "12"})
    assert wrong.status_code == 409
    assert text(wrong).count("field-error") == 2
    assert at("add", data=right).status_code == 302
    assert Household.objects.get().rw == "03"


def test_similar_names_and_doubles_are_shown(at, cast, home):
    assert "Contoh Darman" in text(at("similar", get={"name": "H. Contoh Darmann"}, htmx=True))
    again = {"name": "Contoh Darman", "sex": "L", "born": "12/05/1970", "rw": "5", "rt": "2",
             "on": "2004-01-10"}  # fmt: skip
    at("add", data=again)
    assert text(at("doubles")).count("Contoh Darman") >= 2
    (one, two, _), *_ = queries.likely_doubles(cast.ward)
    at("doubles", data={"first": one.id, "second": two.id, "same": "no"})
    assert "Contoh Darman" not in text(at("doubles"))


PAGES = ["list", "home", "upload", "template", "add", "doubles", "birth", "move_in", "move_out",
         "split", "join", "correct", "death", "reveal", "similar"]  # fmt: skip
READERS = {"ward_admin", "facilitator", "cadre", "chair", "treasurer", "verifier"}
KEEPERS = {"ward_admin", "facilitator", "cadre"}
EVERYBODY = [*sorted(READERS), "lead", "officer", "stranger", "administrator"]


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_role_opens_what_it_may_and_nothing_else(at, home, who):
    member = Person.objects.filter(household=home).exclude(relation="head").first()
    may = {name: KEEPERS for name in PAGES} | dict.fromkeys(["list", "home", "similar"], READERS)
    may["reveal"] = {"ward_admin", "facilitator"}
    for name in PAGES:
        place = {}
        if name in {"home", "birth", "move_in", "move_out", "split", "join"}:
            place = {"household": home.id}
        elif name in {"correct", "death", "reveal"}:
            place = {"person": member.id}
        expected = 200 if who in may[name] else 403
        assert at(name, who, **place).status_code == expected, name


def test_the_pages_of_nobody_are_not_found(at, home):
    assert at("home", household="nobody").status_code == 404
    assert at("death", person="nobody").status_code == 404
    assert at("findings", upload="nobody").status_code == 404
    assert at("confirm", data=None, upload="nobody").status_code == 405
