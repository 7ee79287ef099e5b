"""The people of a ward on the screen: who may see them, slips shown once, refusals that keep what was typed."""

import io
import re
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.access import actions, queries
from pendamping.access.models import Assignment, Slip, User
from pendamping.kernel import clock
from pendamping.territory.models import Ward
from pendamping.trail.writing import migrating as actions_open
from tests.cast import OTHER, PASSWORD, START, WARD

pytestmark = pytest.mark.django_db

PEOPLE = f"/w/{WARD}/people/"
CODE = re.compile(r'<code id="code">([A-Z0-9-]{19})</code>')
NEW = {"name": "Contoh Kader Baru", "username": "kader-baru", "role": "cadre", "until": ""}


def code_on(response):
    return CODE.search(response.content.decode()).group(1)


def given_to(cast, who):
    return queries.user(getattr(cast, who).username).assignments.get()


def test_the_ward_administrator_sees_who_holds_which_role(client, cast):
    client.force_login(cast.ward_admin)
    page = client.get(PEOPLE).content.decode()
    for who in ("facilitator", "treasurer", "chair", "verifier", "lead"):
        assert f"Contoh {who}" in page
    assert "Contoh stranger" not in page


def test_an_invitation_ends_in_a_slip_whose_code_is_kept_nowhere(client, cast):
    client.force_login(cast.ward_admin)
    response = client.post(f"{PEOPLE}invite/", NEW)
    code = code_on(response)
    assert "no-store" in response["Cache-Control"]
    assert queries.open_slip(code, clock.wall()).user.username == "kader-baru"
    plain = code.replace("-", "")
    assert not any(plain in str(value) for row in Slip.objects.values() for value in row.values())
    assert code not in str(dict(client.session))
    assert code not in client.get(PEOPLE).content.decode()


def test_the_slip_prints_with_name_code_and_address(client, cast):
    client.force_login(cast.ward_admin)
    code = code_on(client.post(f"{PEOPLE}invite/", NEW))
    response = client.post(f"{PEOPLE}slip.pdf", {"code": code})
    assert response["Content-Type"] == "application/pdf"
    # without spaces: letters that stand close, as in CTT5, are read back with one between them
    text = "".join(PdfReader(io.BytesIO(response.content)).pages[0].extract_text().split())
    for part in ("ContohKaderBaru", "kader-baru", "Kader,Empang", code, "http://testserver/slip/"):
        assert part in text
    for part in ("testserver/login/", "Contohward_admin(Administratorkelurahan)", "Berlakusampai"):
        assert part in text  # where to log in, whom to ask, how long it is good for


def test_a_slip_of_another_ward_is_not_printed(client, cast):
    _user, code = actions.invite(
        by=cast.system, ward=OTHER, username="tetangga", name="Contoh Tetangga", role="cadre"
    )
    client.force_login(cast.ward_admin)
    assert client.post(f"{PEOPLE}slip.pdf", {"code": code}).status_code == 404


def test_a_name_that_is_taken_is_said_at_its_field_and_the_rest_stays_typed(client, cast):
    client.force_login(cast.ward_admin)
    response = client.post(f"{PEOPLE}invite/", {**NEW, "username": "treasurer"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "id_username_error" in page
    assert "Contoh Kader Baru" in page


@pytest.mark.parametrize("role", ["administrator", "lead", "verifier", "nonsense", ""])
def test_a_ward_administrator_cannot_hand_out_more_by_a_form_of_their_own(client, cast, role):
    client.force_login(cast.ward_admin)
    response = client.post(f"{PEOPLE}invite/", {**NEW, "role": role})
    assert response.status_code == 422
    assert not User.objects.filter(username="kader-baru").exists()


def test_a_role_is_ended_by_its_button(client, cast):
    given = given_to(cast, "cadre")
    client.force_login(cast.ward_admin)
    client.post(f"{PEOPLE}{given.id}/end/")
    client.force_login(cast.cadre)
    assert client.get(f"/w/{WARD}/").status_code == 403


def test_a_new_slip_asks_before_it_replaces_the_code(client, cast):
    given = given_to(cast, "cadre")
    client.force_login(cast.ward_admin)
    page = client.get(PEOPLE).content.decode()
    form = page.index(f'action="{PEOPLE}{given.id}/slip/"')
    asked = page.rindex("<details", 0, form)
    assert "tidak berlaku lagi" in page[asked:form]
    assert "</details>" not in page[asked:form]
    made = client.post(f"{PEOPLE}{given.id}/slip/").content.decode()
    assert "<dd>Kader, Empang" in made


def test_after_a_wrong_password_the_user_name_stays_typed(client, cast):
    answer = client.post("/login/", {"login": "cadre", "password": "bukan sandinya"})
    assert 'value="cadre"' in answer.content.decode()


def test_a_new_slip_ends_the_earlier_one(client, cast):
    given = given_to(cast, "cadre")
    client.force_login(cast.ward_admin)
    first = code_on(client.post(f"{PEOPLE}{given.id}/slip/"))
    second = code_on(client.post(f"{PEOPLE}{given.id}/slip/"))
    now = clock.wall()
    assert queries.open_slip(first, now) is None
    assert queries.open_slip(second, now).user == cast.cadre


def test_roles_of_other_areas_cannot_be_reached_through_the_ward(client, cast):
    client.force_login(cast.ward_admin)
    for who in ("lead", "stranger", "administrator"):
        given = given_to(cast, who)
        for step in ("end", "slip"):
            assert client.post(f"{PEOPLE}{given.id}/{step}/").status_code == 404


def test_the_whole_server_is_for_its_administrator(client, cast):
    client.force_login(cast.ward_admin)
    assert client.get("/people/").status_code == 403
    client.force_login(cast.administrator)
    page = client.get("/people/").content.decode()
    assert "Contoh stranger" in page
    assert "Contoh treasurer" not in client.get("/people/?q=stranger").content.decode()


def test_the_administrator_gives_a_role_in_any_area_and_a_wrong_code_is_said(client, cast):
    client.force_login(cast.administrator)
    form = {"username": "verifier", "role": "verifier", "area": "99.99", "until": ""}
    wrong = client.post("/people/role/", form)
    assert wrong.status_code == 422
    assert "99.99" in wrong.content.decode()
    assert client.post("/people/role/", {**form, "area": "32.73"}).status_code == 302
    assert {held.area for held in queries.user("verifier").held()} == {"32.71", "32.73"}


def test_duties_to_be_held_apart_are_shown_to_whoever_can_mend_them(client, cast):
    mend = "anggota BKM bukan petugas UPK"
    client.force_login(cast.ward_admin)
    assert mend not in client.get(PEOPLE).content.decode()
    with actions_open():
        Assignment.objects.create(user=cast.treasurer, role="board", area=WARD, since=START)
    page = client.get(PEOPLE).content.decode()
    assert page.count(mend) == 1
    client.force_login(cast.administrator)
    assert client.get("/people/").content.decode().count(mend) == 1


def test_a_role_apart_is_refused_at_its_field(client, cast):
    client.force_login(cast.ward_admin)
    form = {"username": "treasurer", "role": "board", "until": ""}
    response = client.post(f"{PEOPLE}role/", form)
    assert response.status_code == 422
    assert "id_role_error" in response.content.decode()


def test_a_role_given_from_the_server_holds_in_a_practice_ward_and_on_the_first_page(client, cast):
    """The ward's clock stands in 2005; who may enter is asked outside of practice."""
    with actions_open():
        Ward.objects.filter(pk=WARD).update(practice_today=date(2005, 5, 12))
    actions.give_role(by=cast.administrator, ward=WARD, username="stranger", role="facilitator")
    client.force_login(cast.stranger)
    assert client.get(f"/w/{WARD}/").status_code == 200
    assert WARD in client.get("/").content.decode()


# --- the slip page and one's own password --------------------------------------------------------


def use(client, code, password="bunga melati di pagar", again=None):
    again = password if again is None else again
    return client.post("/slip/", {"code": code, "password": password, "again": again})


@pytest.fixture
def slip(cast):
    return actions.reset_password(by=cast.ward_admin, ward=WARD, username="cadre")


def test_a_slip_sets_the_password_once(client, slip):
    assert use(client, slip.lower().replace("-", " ")).url == "/login/"
    assert queries.user("cadre").check_password("bunga melati di pagar")
    assert use(client, slip, "kata sandi kedua").status_code == 422


def test_after_a_slip_the_login_begins_with_its_user_name_and_nobody_elses(client, slip):
    assert 'value="cadre"' not in client.get("/login/").content.decode()
    use(client, slip)
    assert 'value="cadre"' in client.get("/login/").content.decode()
    client.post("/login/", {"login": "cadre", "password": "bunga melati di pagar"})
    client.post("/logout/")
    assert 'value="cadre"' not in client.get("/login/").content.decode()


@pytest.mark.parametrize(
    ("password", "again"),
    [("pendek", None), ("bunga melati di pagar", "lain"), ("1234567890", None)],
)
def test_a_password_that_will_not_do_leaves_the_slip_open(client, slip, password, again):
    assert use(client, slip, password, again).status_code == 422
    assert queries.open_slip(slip, clock.wall()) is not None


def wrong_fields(page):
    """The fields of a form at which the page says what is wrong."""
    assert page.status_code in {409, 422}
    return sorted(re.findall(r'class="field-error" id="id_(\w+)_error"', page.content.decode()))


def test_the_form_of_a_slip_says_everything_that_is_wrong_at_once(client, slip):
    page = use(client, "AAAA-BBBB-CCCC-DDDD", "pendek", "lain")
    assert wrong_fields(page) == ["again", "code", "password"]
    page = use(client, "", "pendek", "lain")
    assert wrong_fields(page) == ["again", "code", "password"]
    assert use(client, slip).status_code == 302


def test_the_own_password_says_everything_that_is_wrong_at_once(client, cast):
    actions.set_password(by=cast.system, username="cadre", password=PASSWORD)
    client.force_login(queries.user("cadre"))
    form = {"old": "salah sama sekali", "password": "pendek", "again": "lain"}
    page = client.post(reverse("access:password"), form)
    assert wrong_fields(page) == ["again", "old", "password"]


def test_an_invitation_says_everything_that_is_wrong_at_once(client, cast):
    client.force_login(cast.ward_admin)
    form = {"name": "", "username": "kader baru!", "role": "", "until": "2000-01-01"}
    page = client.post(reverse("access:invite", kwargs={"ward": WARD}), form)
    assert wrong_fields(page) == ["name", "role", "until", "username"]
    form = {"username": "tidak-ada", "role": "", "until": "2000-01-01"}
    page = client.post(reverse("access:give", kwargs={"ward": WARD}), form)
    assert wrong_fields(page) == ["role", "until", "username"]


def test_codes_cannot_be_guessed_for_long(client, slip):
    answers = [use(client, f"AAAA-BBBB-CCCC-{n:04d}").status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    assert use(client, slip).status_code == 429
    assert not queries.user("cadre").has_usable_password()


def test_an_office_behind_one_address_sets_its_passwords_without_waiting(client, cast):
    codes = [
        actions.invite(
            by=cast.system, ward=WARD, username=f"warga-{n}", name=f"Contoh {n}", role="cadre"
        )[1]
        for n in range(12)
    ]
    assert [use(client, code).status_code for code in codes] == [302] * 12


def test_a_password_that_will_not_do_is_no_guess(client, slip):
    answers = [use(client, slip, "pendek").status_code for _ in range(12)]
    assert answers == [422] * 12
    assert use(client, slip).status_code == 302


def test_one_changes_ones_own_password_and_stays_logged_in(client, cast):
    actions.set_password(by=cast.system, username="cadre", password=PASSWORD)
    client.force_login(queries.user("cadre"))
    form = {"old": "salah sama sekali", "password": "bunga melati", "again": "bunga melati"}
    assert client.post("/account/password/", form).status_code == 422
    done = client.post("/account/password/", {**form, "old": PASSWORD})
    assert done.url == "/account/security/"
    assert client.get("/account/password/").status_code == 200
    assert queries.user("cadre").check_password("bunga melati")


# --- the login -----------------------------------------------------------------------------------


def log_in(client, password):
    return client.post("/login/", {"login": "treasurer", "password": password})


def test_after_five_bad_logins_the_right_password_is_refused_too(client, cast):
    actions.set_password(by=cast.system, username="treasurer", password=PASSWORD)
    for _ in range(5):
        assert log_in(client, "salah").status_code == 200
    assert log_in(client, PASSWORD).status_code != 302
    assert "_auth_user_id" not in client.session


def test_four_bad_logins_are_forgiven(client, cast):
    actions.set_password(by=cast.system, username="treasurer", password=PASSWORD)
    for _ in range(4):
        log_in(client, "salah")
    assert log_in(client, PASSWORD).status_code == 302
