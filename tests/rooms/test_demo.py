"""The demonstration: where it may come, and whose logins are shown."""

import pytest

from pendamping.access import actions as access
from pendamping.access import queries
from pendamping.access.models import Slip
from pendamping.access.rules import ROLES
from pendamping.cli import main
from pendamping.demo import empang, people, tiers
from pendamping.demo.steps import Step
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.targeting import queries as targeting
from pendamping.territory import actions as territory
from pendamping.territory import queries as territory_read
from pendamping.trail import queries as trail
from pendamping.verification.models import Dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_step(monkeypatch):
    """Only the people of the case: what follows takes its time and is proved elsewhere."""
    monkeypatch.setattr(empang, "STEPS", empang.STEPS[:1])


def quiet(_text):
    pass


def from_the_first_day():
    return [one.username for one in people.LOGINS if one.username != people.BOOK_KEEPER]


def clauses(refused):
    return {reason.clause for reason in refused.value.reasons}


def test_a_server_with_people_is_refused_and_nothing_is_left_behind(cast, first_step):
    with pytest.raises(Refusal) as refused:
        empang.load(progress=quiet)
    assert clauses(refused) == {"demo.real_wards", "demo.real_people"}
    assert queries.user("pusat") is None
    assert people.logins() == []


def test_a_ward_of_real_life_is_enough_to_refuse(db, first_step):
    territory.open_ward(by=queries.system(), code="32.71.01.1001")
    with pytest.raises(Refusal) as refused:
        empang.load(progress=quiet)
    assert clauses(refused) == {"demo.real_wards"}


def test_the_command_says_why_and_ends_with_one(cast, first_step, capsys, monkeypatch):
    monkeypatch.setattr("pendamping.cli.site.start", lambda **_options: None)
    assert main.main(["demo", "empang", "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert "[demo.real_people]" in said
    assert "an administrator whose password everybody knows" in said


def test_where_it_is_here_already_later_people_and_wards_do_not_stand_in_the_way(db, first_step):
    empang.load(progress=quiet)
    territory.open_ward(by=queries.system(), code="32.71.01.1001")
    assert empang.load(progress=quiet)["steps"] == []


def test_a_user_who_bears_a_name_of_the_case_is_no_sign_of_it(cast, client):
    access.invite(
        by=cast.system, ward="", username="pusat", name="Contoh Lain", role="administrator"
    )
    assert people.logins() == []
    assert b"empang-contoh" not in client.get("/login/").content


def test_the_login_page_shows_the_logins_of_the_case(db, first_step, client):
    empang.load(progress=quiet)
    assert [one.username for one in people.logins()] == from_the_first_day()
    assert people.PASSWORD.encode() in client.get("/login/").content


def test_every_role_has_one_login():
    assert sorted(one.role for one in people.LOGINS) == sorted(ROLES)


def test_the_book_keeper_comes_late_and_takes_the_close_over(db, monkeypatch, client):
    steps = empang.STEPS
    monkeypatch.setattr(empang, "STEPS", steps[:1])
    empang.load(progress=quiet)
    treasurer = queries.user("upk")
    assert queries.may(treasurer, "upk.close_month", people.WARD)
    later = next(step for step in steps if step.key == "book-keeper")
    monkeypatch.setattr(empang, "STEPS", [steps[0], later])
    assert empang.load(progress=quiet)["steps"] == ["book-keeper"]
    assert [one.username for one in people.logins()] == [one.username for one in people.LOGINS]
    assert not queries.may(treasurer, "upk.close_month", people.WARD)
    assert queries.may(treasurer, "upk.count_cash", people.WARD)
    assert queries.may(queries.user(people.BOOK_KEEPER), "upk.close_month", people.WARD)
    assert client.login(username=people.BOOK_KEEPER, password=people.PASSWORD)


def test_no_slip_of_its_invitations_stays_open(db, first_step):
    empang.load(progress=quiet)
    assert Slip.objects.count() == len(from_the_first_day())
    assert not Slip.objects.filter(used_at=None, cancelled_at=None).exists()


def test_every_event_of_the_ward_is_of_the_day_of_the_case(db, first_step):
    empang.load(progress=quiet)
    first = trail.of_ward(people.WARD)[-1]
    assert (first.verb, trail.entered_on(first)) == ("territory.open_ward", empang.START)
    assert territory_read.ward(people.WARD).practice_today < clock.life_today()


def test_who_loads_it_is_named_by_the_trail(db, first_step):
    loader = queries.system()
    empang.load(progress=quiet, by=loader)
    assert trail.last("steps.finish_step", people.WARD).actor == "system"


def test_empang_stands_beside_the_real_wards_of_its_district_and_no_figure_is_invented(
    db, monkeypatch
):
    monkeypatch.setattr(empang, "STEPS", empang.STEPS[:2])
    empang.load(progress=quiet)
    compared = targeting.candidates(targeting.designated(people.WARD).id)
    official = {area.code: area.name for area in territory_read.children("32.71.01")}
    assert {each.code: each.name for each in compared} == official
    assert [(each.code, each.poor, each.households) for each in compared if each.fits] == [
        (people.WARD, 625, 3448)
    ]
    others = [each for each in compared if not each.chosen]
    assert {(each.households, each.poor, each.had_programme) for each in others} == {
        (None, None, None)
    }
    assert all(each.source for each in compared)


def test_a_dossier_that_an_older_case_told_on_paper_is_not_told_again_from_the_plan(
    db, monkeypatch
):
    """Before there was a plan, dossiers were told without one; the step of the plan came later."""
    steps = {step.key: step for step in empang.STEPS}
    monkeypatch.setattr(empang, "STEPS", [steps["people"], steps["dossiers"]])
    empang.load(progress=quiet)
    before = [one.ref for one in Dossier.objects.order_by("ref")]
    assert {"case.usulan-1", "case.usulan-2"} <= set(before)
    first_two = [told for told in tiers.DOSSIERS if told.ref in ("usulan-1", "usulan-2")]
    told_by_the_plan = Step("plan", empang.END, "", lambda case: tiers.play(case, first_two))
    monkeypatch.setattr(empang, "STEPS", [steps["people"], told_by_the_plan, steps["dossiers"]])
    assert empang.load(progress=quiet)["steps"] == ["plan"]
    assert [one.ref for one in Dossier.objects.order_by("ref")] == before
