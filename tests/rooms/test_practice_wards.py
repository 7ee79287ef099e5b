"""A practice ward beside a real one: one press, everybody's role, marked, in no figure, begun anew."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from pendamping.access import actions as access_actions
from pendamping.access import queries as access
from pendamping.access.actions import reset_password, use_slip
from pendamping.desk import queries as desk
from pendamping.desk.oversight import breaks
from pendamping.elections import queries as board
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as ledger_books
from pendamping.funds.loans import queries as loans
from pendamping.funds.loans.actions import apply
from pendamping.households import queries as households
from pendamping.households import staging
from pendamping.households.actions import stage_upload
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.practice import logins
from pendamping.practice.actions import begin_anew, open_practice_ward
from pendamping.territory import queries as territory
from pendamping.trail import queries as trail
from pendamping.verification import figures
from tests.cast import make_cast
from tests.staging import staged

pytestmark = pytest.mark.django_db
TODAY = date(2006, 3, 15)


@staged(at=TODAY)
def practice_code(cast):
    """The code of the practice ward that the ward administrator of the cast has opened."""
    return open_practice_ward(by=cast.ward_admin, ward=cast.ward)


@pytest.fixture
def practised(cast, practice_code):
    """The cast, and the code of its practice ward."""
    with clock.at(TODAY):
        yield cast, practice_code


def test_one_press_gives_everybody_a_ward_to_practise_in(practised):
    cast, code = practised
    assert code == f"{cast.ward}.L1"
    assert households.counts(code).households == 24
    first, _second = groups.groups(code)
    (state,) = loans.states(code, TODAY).values()
    assert (state.group_id, state.instalments_behind) == (first.id, 1)  # the one of today
    for who in ("facilitator", "cadre", "chair", "treasurer", "officer", "verifier", "lead"):
        assert access.may(getattr(cast, who), "desk.read", code), who
    assert not access.may(cast.stranger, "desk.read", code)
    tasks = desk.desk(code, TODAY, lambda _permission: True).tasks
    # nothing of the money waits or is late; the stages of the cycle are left to be entered
    assert {task.kind for task in tasks} == {"instalment", "meeting", "begin_stage"}
    assert trail.check(code) is None
    assert trail.check(cast.ward) is None
    assert households.counts(cast.ward).households == 0


@pytest.mark.parametrize("today", [date(2026, 7, 31), date(2026, 2, 1)])
def test_on_any_day_of_the_year_it_is_in_good_order(db, today):
    with clock.at(today):
        cast = make_cast()
        code = open_practice_ward(by=cast.ward_admin, ward=cast.ward)
        first, second = groups.groups(code)
        assert [state.due - state.paid for state in loans.states(code, today).values()] == [287_500]
        assert breaks(code) == []
        closed = ledger_books.closed_until(code)
        assert today - timedelta(days=35) < closed < today
        assert len(board.board(code, today)) == 9
        assert loans.standing_stop(code) is None
        people = groups.member_ids(second.id, today)
        asked = [{"person": person, "amount": 500_000, "purpose": "warung"} for person in people]
        told = {"by": cast.treasurer, "ward": code, "on": today, "members": asked}
        assert apply(**told, group_id=second.id).status == "applied"
        with pytest.raises(Refusal):
            apply(**told, group_id=first.id)


def test_each_role_has_a_login_that_comes_along_when_it_begins_anew(practised, client):
    cast, code = practised
    officer = access.user(logins.LOGINS[-2].username(code))
    assert [one.role for one in logins.of(code)] == [
        "facilitator", "cadre", "board", "treasurer", "secretary", "group_officer", "verifier",
    ]  # fmt: skip
    for one in logins.of(code):
        login = access.user(one.username(code))
        assert access.roles(login, code) == [one.role]
        assert access.roles(login, cast.ward) == []
    slip = reset_password(by=cast.ward_admin, ward=code, username=officer.username)
    use_slip(code=slip, password="angsuran-melati-9")
    client.force_login(access.user(officer.username))
    page = client.get(reverse("desk:today", kwargs={"ward": code})).content.decode()
    assert "KSM Latihan Melati" in page
    fresh = begin_anew(by=cast.ward_admin, ward=cast.ward)
    assert access.roles(officer, fresh) == ["group_officer"]
    client.force_login(cast.officer)  # an officer of a real group follows the one of practice too
    page = client.get(reverse("desk:today", kwargs={"ward": fresh})).content.decode()
    assert "KSM Latihan Melati" in page
    client.force_login(cast.ward_admin)
    page = client.get(reverse("practice:home", kwargs={"ward": cast.ward})).content.decode()
    assert all(one.username(fresh) in page for one in logins.of(fresh))
    assert reverse("access:people", kwargs={"ward": fresh}) in page


def test_every_practice_login_lands_in_its_practice_ward_and_nobody_else_finds_it_there(
    practised, client
):
    cast, code = practised
    invited, _slip = access_actions.invite(
        by=cast.ward_admin, ward=code, username="tamu-upk", name="Tamu Latihan", role="treasurer"
    )
    desk_of = {ward: reverse("desk:today", kwargs={"ward": ward}) for ward in (code, cast.ward)}
    for login in [invited, *(access.user(one.username(code)) for one in logins.of(code))]:
        client.force_login(login)
        assert client.get(reverse("home")).headers.get("Location") == desk_of[code], login
        assert desk_of[code] in client.get(f"{reverse('home')}?q=").content.decode()
    for real in (cast.cadre, cast.treasurer):
        client.force_login(real)
        assert client.get(reverse("home")).headers["Location"] == desk_of[cast.ward]
        assert desk_of[code] not in client.get(f"{reverse('home')}?q=").content.decode()
    client.force_login(access.user(logins.LOGINS[0].username(code)))
    fresh = begin_anew(by=cast.ward_admin, ward=cast.ward)
    assert client.get(reverse("home")).headers["Location"] == f"/w/{fresh}/"


def test_its_census_file_comes_back_with_every_mistake_named(practised, client):
    cast, code = practised
    client.force_login(cast.cadre)
    file = client.get(reverse("practice:census_file", kwargs={"ward": cast.ward}))
    upload = stage_upload(
        by=cast.cadre, ward=code, filename="sensus.xlsx", content=b"".join(file), on=TODAY
    )
    assert upload.households == 6
    found = staging.findings(upload.id, str)
    named = [(one["row"], one["column"]) for one in found["errors"]]
    assert named == [(4, "Tanggal lahir"), (7, "Jenis kelamin"), (9, "Hubungan")]
    asked = [(one["row"], one["column"]) for one in found["warnings"]]
    assert asked == [(10, "RT"), (12, "Tanggal lahir")]


def test_it_counts_nowhere_and_its_tiers_sit_in_it(practised):
    _cast, code = practised
    assert code not in figures.codes("32.71")
    assert code not in figures.codes("")
    assert figures.codes(code) == [code]


def test_only_administrators_open_one_and_only_one(practised):
    cast, code = practised
    for who in (cast.ward_admin, cast.administrator):
        with pytest.raises(Refusal) as refused:
            open_practice_ward(by=who, ward=cast.ward)
        assert [each.clause for each in refused.value.reasons] == ["practice.open"]
    with pytest.raises(Refusal) as refused:
        open_practice_ward(by=cast.ward_admin, ward=code)
    assert [each.clause for each in refused.value.reasons] == ["practice.of"]
    with pytest.raises(Refusal) as refused:
        begin_anew(by=cast.treasurer, ward=cast.ward)
    assert [each.clause for each in refused.value.reasons] == ["access.permission"]


def test_begun_anew_the_old_one_is_closed_to_everybody(practised, client):
    cast, code = practised
    fresh = begin_anew(by=cast.ward_admin, ward=cast.ward)
    assert fresh == f"{cast.ward}.L2"
    assert territory.ward(code) is None
    assert [ward.code for ward in territory.wards([cast.ward])] == [cast.ward, fresh]
    client.force_login(cast.treasurer)
    gone = client.get(reverse("desk:today", kwargs={"ward": code}))
    assert gone.status_code == 404
    assert "sudah dimulai dari awal" in gone.content.decode()
    assert reverse("desk:today", kwargs={"ward": fresh}) in gone.content.decode()
    assert client.get(reverse("desk:today", kwargs={"ward": fresh})).status_code == 200


def test_the_form_that_began_it_anew_puts_the_fresh_one_away_no_second_time(practised, client):
    cast, code = practised
    client.force_login(cast.ward_admin)
    page = client.get(reverse("practice:home", kwargs={"ward": cast.ward})).content.decode()
    assert f'name="there" value="{code}"' in page
    address = reverse("practice:anew", kwargs={"ward": cast.ward})
    answers = [client.post(address, {"there": code}).status_code for _ in range(2)]
    assert answers == [302, 409]
    assert territory.practice_ward(cast.ward).code == f"{cast.ward}.L2"


def test_in_a_ward_that_was_put_away_nobody_may_do_or_write_anything(practised):
    cast, code = practised
    given = {"on": TODAY, "kind": "out", "debit": "51010", "credit": "cash", "amount": 1_000}
    given |= {"by": cast.treasurer, "narration": "Kertas"}
    ledger.record_voucher(ward=code, **given)
    fresh = begin_anew(by=cast.ward_admin, ward=cast.ward)
    for who in (cast.treasurer, cast.ward_admin, cast.administrator, cast.system):
        assert not access.may(who, "ledger.record_voucher", code)
        assert not access.may(who, "ledger.read", code)
        assert access.roles(who, code) == []
    with pytest.raises(Refusal) as refused:
        ledger.record_voucher(ward=code, **given)
    assert [each.clause for each in refused.value.reasons] == ["access.put_away"]
    for ward in (cast.ward, fresh):
        assert access.may(cast.treasurer, "ledger.record_voucher", ward)
    assert ledger.record_voucher(ward=fresh, **given).ward == fresh


def test_every_page_and_paper_says_that_it_is_practice(practised, client):
    cast, code = practised
    client.force_login(cast.treasurer)
    for ward, marked in ((code, True), (cast.ward, False)):
        page = client.get(reverse("desk:today", kwargs={"ward": ward})).content.decode()
        assert ("LATIHAN" in page) is marked
    (loan,) = loans.states(code, TODAY)
    paper = client.get(reverse("loans:card", kwargs={"ward": code, "loan": loan}))
    assert all("LATIHAN" in each.extract_text() for each in PdfReader(BytesIO(paper.content)).pages)
    assert client.get("/").url == reverse("desk:today", kwargs={"ward": cast.ward})


def test_the_page_opens_it_for_who_may_and_leads_everybody_there(cast, client):
    here = {"ward": cast.ward}
    for who, offered in ((cast.cadre, False), (cast.ward_admin, True)):
        client.force_login(who)
        page = client.get(reverse("practice:home", kwargs=here)).content.decode()
        assert (reverse("practice:open", kwargs=here) in page) is offered
    assert client.post(reverse("practice:open", kwargs=here)).status_code == 302
    client.force_login(cast.cadre)
    page = client.get(reverse("practice:home", kwargs=here)).content.decode()
    assert reverse("desk:today", kwargs={"ward": f"{cast.ward}.L1"}) in page


def test_its_comparison_of_candidates_names_it_by_its_name(practised, client):
    cast, code = practised
    client.force_login(cast.facilitator)
    page = client.get(reverse("targeting:designate", kwargs={"ward": code})).content.decode()
    assert f'value="{territory.ward(code).name}"' in page
    sent = {
        "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-code": code, "do": "compare",
    }  # fmt: skip
    compared = client.post(reverse("targeting:designate", kwargs={"ward": code}), sent)
    assert f"{territory.ward(code).name} <small" in compared.content.decode()


def test_every_practice_login_gets_a_slip_that_says_practice_and_names_the_ward(practised, client):
    cast, code = practised
    client.force_login(cast.ward_admin)
    name = territory.ward(code).name
    people = client.get(reverse("access:people", kwargs={"ward": code})).content.decode()
    own, _mark, above = people.partition("Dari kelurahan aslinya")[2].partition('id="above"')
    assert cast.treasurer.name in own
    assert cast.treasurer.name not in above
    for given in access.people_of(code):
        made = client.post(reverse("access:reset", kwargs={"ward": code, "assignment": given.id}))
        assert made.status_code == 200, given.role
        said = made.content.decode()
        assert name in said
        assert code not in said.partition('<article class="receipt"')[2].partition("</article>")[0]
    paper = client.post(
        reverse("access:slip_pdf", kwargs={"ward": code}),
        {"code": said.partition('<code id="code">')[2].partition("<")[0]},
    )
    text = PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    assert "Pendamping · LATIHAN" in text
    assert name in text
    assert "menurut kalender, bukan menurut tanggal latihan" in " ".join(text.split())
    assert "menurut kalender, bukan menurut tanggal latihan" in said


def test_its_months_say_that_the_server_closed_them(practised, client):
    cast, code = practised
    client.force_login(cast.treasurer)
    month = ledger_books.closed_until(code)
    shown = client.get(reverse("upk:closes", kwargs={"ward": code})).content.decode()
    assert access.system().name not in shown.partition('id="months"')[2].partition("</table>")[0]
    here = {"ward": code, "month": f"{month:%Y-%m}"}
    assert (
        "Ditutup oleh server pada" in client.get(reverse("upk:close", kwargs=here)).content.decode()
    )


def test_the_guide_of_its_census_file_is_in_the_language_of_the_reader(practised, client):
    cast, _code = practised
    client.force_login(cast.cadre)
    sent = client.get(reverse("practice:census_file", kwargs={"ward": cast.ward}))
    guide = load_workbook(BytesIO(b"".join(sent.streaming_content)))["Petunjuk"]
    assert guide["A1"].value == "Cara mengisi daftar"


def test_outside_a_practice_ward_its_administrator_makes_no_verifier(practised):
    cast, code = practised
    login = access.user(logins.LOGINS[-1].username(code))
    with pytest.raises(Refusal) as caught:
        access_actions.give_role(
            by=cast.ward_admin, ward=cast.ward, username=login.username, role="verifier"
        )
    assert [one.clause for one in caught.value.reasons] == ["access.grantable"]
