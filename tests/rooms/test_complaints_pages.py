"""The pages of complaints: without an account, with the code, and what nobody else sees."""

import re
from datetime import date

import pytest
from django.urls import reverse

from pendamping.complaints import actions, labels, queries
from pendamping.complaints.models import Complaint, Step
from pendamping.kernel import clock
from pendamping.practice.actions import open_practice_ward
from pendamping.trail.writing import migrating
from tests.complaining import ADDRESS, CONTACT, DAY, NAME, handed_in

pytestmark = pytest.mark.django_db
SECRETS = (NAME, CONTACT, ADDRESS)


@pytest.fixture(autouse=True)
def on_that_day():
    with clock.at(DAY):
        yield


def page(cast, name, one=None, **more):
    parts = {"ward": cast.ward, **more} | ({"complaint": one.id} if one else {})
    return reverse(f"complaints:{name}", kwargs=parts)


def typed(**changes):
    return {
        "request_id": "formulir-1", "about": "works", "text": "Selokan RT 02 tersumbat.",
        "name": NAME, "contact": CONTACT, "address": ADDRESS, "sex": "P", **changes,
    }  # fmt: skip


def test_nobody_learns_of_a_complaint_about_them_where_another_one_is_joined(client, cast):
    about = handed_in(cast, about="facilitator")
    one = handed_in(cast, request_id="dua", text="Lampu padam.")
    other = handed_in(cast, request_id="tiga", text="Lampu jalan padam.")
    client.force_login(cast.facilitator)
    shown = client.get(page(cast, "complaint", one)).text
    assert f'value="{other.id}"' in shown
    assert about.id not in shown and labels.number(about) not in shown


def test_somebody_without_account_complains_follows_and_confirms(client, cast):
    form = page(cast, "complain")
    assert "Tanpa akun dan tanpa nama" in client.get(form).text
    assert client.post(form, typed(text="")).status_code == 422
    assert client.post(form, typed(misuse="on")).status_code == 409
    made = client.post(form, typed(via="info_board"))
    one = Complaint.objects.get()
    code = queries.code(one)
    written = "-".join((code[:3], code[3:6], code[6:]))
    assert written in made.text
    assert (one.channel, one.sex, made["Cache-Control"]) == ("info_board", "P", "no-store")
    assert written in client.post(form, typed(via="info_board")).text  # sent twice: the same one
    follow = reverse("complaints:follow")
    actions.answer(by=cast.chair, ward=cast.ward, complaint_id=one.id, text="Sudah dikeruk.")
    seen = client.get(f"{follow}?code={written}")
    assert "Sudah dikeruk." in seen.text
    assert "tersumbat" not in seen.text  # what was said is not shown to who finds a slip
    again = client.post(follow, {"code": code, "do": "reopen", "text": "Masih bau."})
    assert "Dibuka kembali" in again.text
    assert "Masih bau." not in client.post(follow, {"code": code}).text  # nor what was said later
    actions.answer(by=cast.chair, ward=cast.ward, complaint_id=one.id, text="Dikeruk lagi.")
    assert "Terima kasih" in client.post(follow, {"code": code, "do": "confirm"}).text
    one.refresh_from_db()
    assert (one.status, one.confirmed, one.reopened) == ("closed", True, 1)
    assert client.post(reverse("complaints:own_slip_pdf"), {"code": code}).content[:5] == b"%PDF-"


def test_a_resident_finds_the_form_from_the_login_and_a_practice_ward_says_that_it_is_one(
    client, cast
):
    login = client.get(reverse("account_login")).text
    follow = reverse("complaints:follow")
    assert f'href="{follow}"' in login
    form = page(cast, "complain")
    assert f'href="{form}"' in client.get(follow).text
    assert "Bogor Selatan, Kota Bogor" in client.get(follow).text  # which of the wards of that name
    asked = re.search(r'<select name="about".*?</select>', client.get(form).text, re.S)[0]
    assert '<option value="" selected>' in asked  # no subject is chosen for who skips it
    assert "LATIHAN" not in client.get(form).text
    ward = open_practice_ward(by=cast.ward_admin, ward=cast.ward)
    assert "LATIHAN" in client.get(reverse("complaints:complain", kwargs={"ward": ward})).text
    assert f"/complain/{ward}" not in client.get(follow).text


def test_a_question_about_a_line_of_the_board_says_which_one(client, cast):
    asked = client.get(page(cast, "complain") + "?line=Selokan RT 02&via=info_board")
    assert "Tentang baris: Selokan RT 02" in asked.text
    client.post(page(cast, "complain"), typed(line="Selokan RT 02", via="info_board"))
    assert Complaint.objects.get().kind == "informative"


def test_who_sends_too_much_is_asked_to_wait(client, cast):
    form = page(cast, "complain")
    sent = [client.post(form, typed(request_id=f"f{number}")) for number in range(11)]
    assert [answer.status_code for answer in sent] == [200] * 10 + [429]
    assert client.post(form, typed(text="x" * 70_000)).status_code == 413
    assert Complaint.objects.count() == 10


def test_guessing_codes_ends_after_twenty(client, cast):
    follow = reverse("complaints:follow")
    answers = [client.post(follow, {"code": "222-222-223"}).status_code for _try in range(21)]
    assert answers == [409] * 20 + [429]


def test_no_page_and_no_file_shows_who_complained_but_the_one_look_with_a_reason(
    client, cast, caplog
):
    one = handed_in(cast, sex="P")
    code = queries.code(one)
    client.force_login(cast.facilitator)
    looks = [
        page(cast, "home"), page(cast, "figures"), page(cast, "year", year=2004), page(cast, "complaint", one),
        reverse("complaints:across"), page(cast, "complain"), page(cast, "public"),
        f"{reverse('complaints:follow')}?code={code}", page(cast, "register_pdf", year=2004),
        page(cast, "register_xlsx", year=2004), page(cast, "poster_pdf"),
        *(reverse(f"notice:{name}", kwargs={"ward": cast.ward}) for name in ("board", "board_json", "board_csv", "poster_pdf")),
        reverse("desk:today", kwargs={"ward": cast.ward}), reverse("desk:trail", kwargs={"ward": cast.ward}),
    ]  # fmt: skip
    for address in looks:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not [word for word in SECRETS if word.encode() in answer.content], address
    assert "complaints" in queries.dump(cast.ward)
    dumped = str(list(queries.dump(cast.ward)["complaints"]))
    assert not [word for word in SECRETS if word in caplog.text + dumped]
    assert client.post(page(cast, "reveal", one), {"why": ""}).status_code == 422
    seen = client.post(page(cast, "reveal", one), {"why": "Menanyakan tempat."})
    assert [word for word in SECRETS if word in seen.text] == list(SECRETS)
    assert seen["Cache-Control"] == "no-store"
    assert NAME not in client.get(page(cast, "complaint", one)).text


def test_what_the_figure_of_missed_limits_counts_says_so_in_its_row(client, cast):
    one = handed_in(cast)
    actions.acknowledge(by=cast.chair, ward=cast.ward, complaint_id=one.id, text="Kami periksa.")
    client.force_login(cast.facilitator)
    for day, missed in (
        (date(2004, 5, 12), 0),
        (date(2004, 5, 13), 1),
    ):  # the ward had until the 12th
        with clock.at(day):
            text = client.get(page(cast, "home")).text
        assert re.search(r"Batas waktu terlewati</[a-z]+>\s*<[^>]+>(\d)", text)[1] == str(missed)
        assert text.count("batas pernah terlewati<") == missed


def test_for_whom_it_is_about_it_is_not_there(client, cast):
    one = handed_in(cast, about="facilitator")
    client.force_login(cast.facilitator)
    assert client.get(page(cast, "complaint", one)).status_code == 404
    assert "PPM-2004-001" not in client.get(page(cast, "home")).text
    client.force_login(cast.chair)
    assert "PPM-2004-001" in client.get(page(cast, "home")).text


def test_who_only_reads_the_register_does_not_read_what_was_said(client, cast):
    one = handed_in(cast)
    actions.add_note(by=cast.chair, ward=cast.ward, complaint_id=one.id, text="Ditimbang ulang.")
    told = {}
    for who in (cast.chair, cast.treasurer):
        client.force_login(who)
        told[who.username] = client.get(page(cast, "complaint", one)).text
    assert [("Semen" in text, "Ditimbang" in text) for text in told.values()] == [
        (True, True), (False, False),
    ]  # fmt: skip


def test_a_form_on_the_page_of_a_complaint_acts_or_says_why_not(client, cast):
    one = handed_in(cast)
    client.force_login(cast.chair)
    sort = {"subject": "Semen kurang", "kind": "problem", "scope": "financial", "about": "works"}
    assert client.post(page(cast, "sort", one), {**sort, "misuse": "on"}).status_code == 409
    done = client.post(
        page(cast, "sort", one), {**sort, "misuse": "on", "amount": "600.000"}, follow=True
    )
    assert "Semen kurang" in done.text
    refused = client.post(page(cast, "answer", one), {"text": "Sudah."})
    assert refused.status_code == 409
    assert "Sudah." in refused.text  # what was typed is still there
    client.force_login(cast.cadre)
    assert client.post(page(cast, "slip_pdf", one)).content[:5] == b"%PDF-"


def test_a_complaint_that_came_with_a_package_is_shown_without_what_was_said(client, cast):
    """What is sealed with a server's secret does not travel: its row is simply not there."""
    one = handed_in(cast)
    with migrating():
        one.pk, one.number, one.code_hash, one.request = "01TRAVELLED", 2, "x", "x"
        one.save(force_insert=True)
        Step.objects.create(
            complaint=one, number=1, kind="received", on=DAY, entered_at=clock.now(), by=cast.cadre,
            level=one.level,
        )  # fmt: skip
    one = Complaint.objects.get(pk="01TRAVELLED")
    client.force_login(cast.chair)
    shown = client.get(page(cast, "complaint", one))
    assert shown.status_code == 200
    assert "server lain" in shown.content.decode()
    sent = client.post(page(cast, "reveal", one), {"why": "Mau bertanya"})
    assert sent.status_code == 409
    for name in ("home", "figures"):
        assert client.get(page(cast, name)).status_code == 200


def test_of_a_few_complaints_the_public_page_says_nothing_at_all(client, cast):
    with clock.at(date(2004, 3, 1)):
        handed_in(cast, channel="phone", received_on=clock.today())
    text = client.get(page(cast, "public")).text
    assert "belum ada angka" in text
    assert "Telepon" not in text
    assert "Maret 2004" not in text


def test_public_figures_hide_what_a_few_could_be_known_by(client, cast):
    for number in range(9):
        with clock.at(date(2004, 3, 1 + number)):
            channel = "book" if number < 7 else "phone"
            handed_in(cast, request_id=f"r{number}", channel=channel, received_on=clock.today())
    text = client.get(page(cast, "public")).text
    assert "Buku pengaduan" in text
    numbers = [one.split("<")[0] for one in text.split('class="value num">')[1:]]
    assert numbers == ["9", "0", "0", "9"]
    assert text.count("tidak ditampilkan") == 3  # both ways, and the sentence above


def test_whom_a_complaint_is_about_is_not_offered_it_to_join_another_to(client, cast):
    about, other = (
        handed_in(cast, about="facilitator"),
        handed_in(cast, request_id="dua", about="works"),
    )
    for who, offered in ((cast.chair, True), (cast.facilitator, False)):
        client.force_login(who)
        assert (about.id in client.get(page(cast, "complaint", other)).text) is offered
    trail = client.get(reverse("desk:trail", kwargs={"ward": cast.ward})).text
    assert "Menerima pengaduan" in trail
    assert page(cast, "complaint", about) not in trail
