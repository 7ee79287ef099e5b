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
from tests.staging import staged

pytestmark = pytest.mark.django_db
TODAY = date(2004, 1, 10)


@pytest.fixture(autouse=True)
def in_january():
    with clock.at(TODAY):
        yield


@pytest.fixture
def at(cast, client):
    """Open a page of the ward as somebody."""

    def go(
        name, who="cadre", data=None, *, follow=False, htmx=False, restore=False, get=None, **place
    ):
        client.force_login(getattr(cast, who))
        room = "persons" if name == "doubles" else "households"
        address = reverse(f"{room}:{name}", kwargs={"ward": cast.ward, **place})
        headers = {"HX-Request": "true"} if htmx else {}
        headers |= {"HX-History-Restore-Request": "true"} if restore else {}
        if data is None:
            return client.get(address, get or {}, headers=headers)
        return client.post(address, data, follow=follow, headers=headers)

    return go


@staged(at=TODAY)
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


def test_a_day_to_come_is_the_form_s_mistake_and_not_the_file_s(at):
    answer = at("upload", data={"file": SimpleUploadedFile("x.csv", as_csv()), "on": "2031-01-01"})
    assert answer.status_code == 409
    shown = text(answer)
    assert "Hari sensus belum tiba" in shown
    assert "tidak dapat dibaca" not in shown


def test_a_wrong_cell_s_card_is_headed_by_its_row(at):
    upload_file(at, as_csv(changed(0, kelamin="X")))
    wrong = CensusUpload.objects.get()
    assert "Baris 2<" in text(at("findings", upload=wrong.id))


def test_likely_doubles_of_a_stored_census_lead_to_where_they_are_settled(at, cast):
    again = ["4", "", "05", "02", "Gang A 1", *RIGHT[0][5:6], "", *RIGHT[0][7:]]
    upload_file(at, as_csv([*RIGHT, again]))
    upload = CensusUpload.objects.get()
    doubles = f'href="{reverse("persons:doubles", kwargs={"ward": cast.ward})}"'
    assert upload.duplicates == 1
    assert doubles not in text(at("findings", upload=upload.id))  # not stored yet
    at("confirm", data={}, upload=upload.id)
    assert doubles in text(at("findings", upload=upload.id))


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
    assert at("list", get={"q": "\x01<script>", "after": "%%", "rw": "x" * 99}).status_code == 200


def test_a_part_is_never_kept_in_place_of_its_page(at, home):
    part, whole = at("list", get={"q": "wiwin"}, htmx=True), at("list", get={"q": "wiwin"})
    assert "no-store" in part["Cache-Control"]
    assert "HX-Request" in part["Vary"] and "HX-Request" in whole["Vary"]
    back = at("list", get={"q": "wiwin"}, htmx=True, restore=True)
    assert "<html" in text(back)


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
        "people": [who["Tamu Asih"]], "head": who["Tamu Asih"], "on": "2004-01-10", "place": "05/02",
    }  # fmt: skip
    assert at("split", data=split, household=home.id).status_code == 302
    founded = Household.objects.get(head_name="Tamu Asih")
    joining = {"into": home.id, "on": "2004-01-10", "head_becomes": "relative"}
    joined = at("join", data=joining, household=founded.id)
    assert joined.status_code == 302
    refused = at("death", data={"on": "2004-01-10"}, person=who["Contoh Darman"])
    assert refused.status_code == 422
    assert "Kepala keluarga telah tiada" in text(refused)
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
    right = {"name": "Contoh Tunggal", "sex": "P", "born": "1951", "place": "new", "rw": "3", "rt": "1", "on": "2004-01-10",
             "nik": "", "kk": "", "address": "", "occupation": "", "education": ""}  # fmt: skip
    wrong = at("add", data={**right, "rw": "tiga", "nik": "12"})
    assert wrong.status_code == 409
    assert text(wrong).count("field-error") == 2
    assert at("add", data=right).status_code == 302
    assert Household.objects.get().rw == "03"


def test_similar_names_and_doubles_are_shown(at, cast, home):
    assert "Contoh Darman" in text(at("similar", get={"name": "H. Contoh Darmann"}, htmx=True))
    again = {"name": "Contoh Darman", "sex": "L", "born": "12/05/1970", "place": "05/02",
             "on": "2004-01-10"}  # fmt: skip
    at("add", data=again)
    assert text(at("doubles")).count("Contoh Darman") >= 2
    (one, two, _), *_ = queries.likely_doubles(cast.ward)
    at("doubles", data={"first": one.id, "second": two.id, "same": "no"})
    assert "tidak ditampilkan lagi" in text(at("doubles"))
    assert "Contoh Darman" not in text(at("doubles"))


def test_what_was_done_is_said_and_sent_again_it_is_not_done_twice(at, cast, home):
    birth = {"name": "Contoh Baru", "sex": "P", "on": "2004-01-10", "relation": "child",
             "request_id": "once"}  # fmt: skip
    said = text(at("birth", data=birth, household=home.id, follow=True))
    child = Person.objects.get(name="Contoh Baru")
    assert "Kelahiran Contoh Baru tercatat." in said
    assert reverse("households:correct", kwargs={"ward": cast.ward, "person": child.id}) in said
    again = text(at("birth", data=birth, household=home.id, follow=True))
    assert "tidak ada yang dicatat dua kali" in again
    assert Person.objects.filter(name="Contoh Baru").count() == 1
    died = {"on": "2004-01-10", "request_id": "gone"}
    assert "tercatat" in text(at("death", data=died, person=child.id, follow=True))
    assert "dua kali" in text(at("death", data=died, person=child.id, follow=True))


def test_forms_carry_a_request_id_and_offer_only_what_fits(at, cast, home):
    shown = text(at("birth", household=home.id))
    assert 'name="request_id" value="0' in shown
    assert [f'value="{key}"' in shown for key in ("child", "grandchild", "spouse", "parent")] == [
        True, True, False, False,
    ]  # fmt: skip
    head = Person.objects.get(name="Contoh Darman")
    death = text(at("death", person=head.id))
    assert f'<option value="{head.id}"' not in death
    assert "Hanya bila kepala keluarga pergi" not in death
    child = {"name": "Contoh Bayi", "sex": "L", "on": "2004-01-10", "relation": "child"}
    at("birth", data=child, household=home.id)
    baby = Person.objects.get(name="Contoh Bayi")
    out = text(at("move_out", household=home.id))
    assert [out.count(f'value="{each.id}"') for each in (head, baby)] == [
        1,
        1,
    ]  # to go, not to lead
    wife = Person.objects.get(name="Contoh Wiwin")
    assert "new_head" not in text(at("death", person=wife.id))
    split = text(at("split", household=home.id))
    assert '<option value="05/02" selected>RT 02 RW 05</option>' in split
    slip = {
        "name": "Contoh Tunggal",
        "sex": "P",
        "place": "new",
        "rw": "99",
        "rt": "1",
        "on": "2004-01-10",
    }
    refused = at("add", data=slip)
    assert refused.status_code == 409
    assert "RW 99 RT 01" in text(refused)
    assert at("add", data={**slip, "new_place": "on"}).status_code == 302


def test_an_entry_is_taken_back_from_the_page_of_its_household(at, cast, home):
    at("birth", data={"name": "Contoh Baru", "sex": "P", "on": "2004-01-10", "relation": "child"},
       household=home.id)  # fmt: skip
    child = Person.objects.get(name="Contoh Baru")
    shown = text(at("home", household=home.id))
    assert shown.count("/take-back/") == 1  # the census's own people are corrected instead
    assert at("take_back", data={"reason": "x"}, person=child.id).status_code == 409
    done = text(at("take_back", data={"reason": "dua kali"}, person=child.id, follow=True))
    assert "ditarik kembali" in done
    assert "dua kali" in done.split("events-title")[-1]
    assert at("take_back_home", data={"reason": "dua kali"}, household=home.id).status_code == 409


def test_a_household_joins_another_that_was_searched_and_looked_at(at, cast, home):
    others = Household.objects.exclude(pk=home.id)
    other = others.get(head_name="Umpama Basir")
    part = text(at("join", get={"q": "basir"}, household=home.id, htmx=True))
    assert f'value="{other.id}"' in part and "<html" not in part
    by_number = text(at("join", get={"q": other.number}, household=home.id))
    assert f'value="{other.id}"' in by_number
    assert f'value="{home.id}"' not in text(at("join", get={"q": "darman"}, household=home.id))
    both = text(at("join", get={"into": other.id}, household=home.id))
    assert "Contoh Wiwin" in both and "Umpama Basir" in both
    assert "alamat halaman" not in both
    data = {"into": other.id, "on": "2004-01-10", "head_becomes": "child"}
    done = text(at("join", data=data, household=home.id, follow=True))
    assert "sudah bergabung" in done
    relations = {
        each.name: each.relation for each in queries.household(cast.ward, other.id).members
    }
    assert (relations["Contoh Darman"], relations["Contoh Wiwin"]) == ("child", "child_in_law")


def test_the_search_comes_first_and_counts_what_it_found(at, home):
    shown = text(at("list", get={"q": "contoh"}))
    assert shown.index('type="search"') < shown.index('class="stat')
    assert f"{queries.hits(home.ward, 'contoh')} orang ditemukan" in shown
    assert "3 keluarga" in text(at("list"))


PAGES = ["list", "home", "upload", "template", "add", "doubles", "birth", "move_in", "move_out",
         "split", "join", "take_back_home", "correct", "death", "take_back", "reveal", "similar"]  # fmt: skip
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
        if name in {"home", "birth", "move_in", "move_out", "split", "join", "take_back_home"}:
            place = {"household": home.id}
        elif name in {"correct", "death", "take_back", "reveal"}:
            place = {"person": member.id}
        expected = 200 if who in may[name] else 403
        assert at(name, who, **place).status_code == expected, name


def test_the_pages_of_nobody_are_not_found(at, home):
    assert at("home", household="nobody").status_code == 404
    assert at("death", person="nobody").status_code == 404
    assert at("findings", upload="nobody").status_code == 404
    assert at("confirm", data=None, upload="nobody").status_code == 405


def test_the_way_to_the_entry_is_a_link_in_the_message_and_no_text(at, home):
    birth = {"name": "Contoh Baru", "sex": "P", "on": "2004-01-10", "relation": "child"}
    said = text(at("birth", data=birth, household=home.id, follow=True))
    child = Person.objects.get(born=TODAY)
    address = reverse("households:correct", kwargs={"ward": child.ward, "person": child.id})
    assert f'<a href="{address}">' in said
    assert "&lt;a href" not in said


def test_a_name_that_nobody_has_leads_to_the_near_ones(at, home):
    listed = text(at("list", get={"q": "Contoh Darmann"}))
    assert "Mungkin maksud Anda" in listed
    assert "?q=Contoh+Darman" in listed
    joining = text(at("join", household=home.id, get={"q": "Contoh Darmann"}))
    assert "Mungkin maksud Anda" in joining


def test_one_fault_of_many_rows_is_said_once_with_the_names_and_the_page_stays_light(at):
    upload_file(at, many(120).replace(b",L,", b",X,").replace(b",P,", b",X,"))
    wrong = CensusUpload.objects.get()
    assert wrong.errors > 100
    shown = text(at("findings", upload=wrong.id))
    assert shown.count("Jenis kelamin</b>") == 1
    assert shown.count("<b>Baris ") <= 25
    assert "<b>Baris 2</b> · Darto" in shown
    assert "hanya ada di daftar untuk diunduh" in shown
    assert len(shown) < 20_000
    listed = at("errors_csv", upload=wrong.id).content.decode()
    assert listed.count("\n") > 100


def test_the_template_says_what_is_checked_in_a_nik_and_the_form_what_hangs_on_the_day(at):
    book = load_workbook(io.BytesIO(at("template").content))
    guide = " ".join(str(cell.value) for row in book["Petunjuk"].iter_rows() for cell in row)
    assert "tanggal lahir (tanggal, bulan, tahun; perempuan: tanggal + 40)" in guide
    assert "Kejadian sebelum tanggal ini" in text(at("upload"))
