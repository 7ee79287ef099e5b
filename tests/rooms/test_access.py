"""Inviting, giving and ending roles, slips: what is done, and every refusal with its clause."""

from datetime import date, timedelta

import pytest

from pendamping.access import actions, queries
from pendamping.access.models import Assignment, Slip, User
from pendamping.access.throttle import TooManyTries, address, guess
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal, refuse
from pendamping.trail import queries as trail
from pendamping.trail.writing import migrating as actions_open
from tests.cast import OTHER, START, WARD

pytestmark = pytest.mark.django_db

SECRET = "bunga melati di pagar"


def invite(by, ward=WARD, **changes):
    wanted = {"username": "baru", "name": "Contoh Baru", "role": "cadre", **changes}
    return actions.invite(by=by, ward=ward, **wanted)


def clauses(refused):
    return {reason.clause for reason in refused.value.reasons}


def role_of(user, area=WARD):
    return Assignment.objects.get(user=user, area=area)


# --- invitations -----------------------------------------------------------------------------------


def test_an_invitation_makes_a_user_who_cannot_log_in_before_the_slip(cast):
    user, code = invite(cast.ward_admin)
    assert not user.has_usable_password()
    assert actions.use_slip(code=code, password=SECRET) == user
    assert queries.user("baru").check_password(SECRET)
    assert queries.may(queries.user("baru"), "households.stage_upload", WARD)


def test_every_reason_against_an_invitation_is_said_at_once(cast):
    with pytest.raises(Refusal) as refused:
        invite(
            cast.ward_admin,
            username="dua kata",
            name=" ",
            role="lead",
            until=clock.today() - timedelta(days=1),
        )
    assert clauses(refused) == {
        "access.grantable",
        "access.term",
        "access.username",
        "access.name",
    }


def test_a_taken_name_is_refused_whatever_its_case(cast):
    with pytest.raises(Refusal) as refused:
        invite(cast.ward_admin, username=" TREASURER ")
    assert clauses(refused) == {"access.username_taken"}


@pytest.mark.parametrize("who", ["facilitator", "treasurer", "chair", "lead", "verifier"])
def test_only_administrators_invite(cast, who):
    with pytest.raises(Refusal) as refused:
        invite(getattr(cast, who))
    assert clauses(refused) == {"access.permission"}


def test_who_came_with_a_package_is_woken_by_an_invitation_in_the_own_name(cast):
    key = actions.know_people(by=cast.system, people={"upk": "Contoh Bendahara"}, ward=WARD)["upk"]
    for other in ({"name": "Contoh Lain"}, {"name": ""}):
        with pytest.raises(Refusal) as refused:
            invite(cast.ward_admin, username="upk", **other)
        assert "access.username_taken" in clauses(refused)
    assert queries.user("upk") is None
    told = {"give_role": {"ward": WARD, "role": "treasurer"}, "set_password": {"password": SECRET}}
    for act, more in told.items():  # says that they are to be invited first
        with pytest.raises(Refusal) as refused:
            getattr(actions, act)(by=cast.system, username="upk", **more)
        assert clauses(refused) == {"access.asleep"}
    user, code = invite(cast.ward_admin, username="upk", name="Contoh  Bendahara", role="treasurer")
    assert (user.pk, actions.use_slip(code=code, password=SECRET)) == (key, user)
    assert queries.user("upk").check_password(SECRET)
    with pytest.raises(Refusal) as refused:  # once
        invite(cast.ward_admin, username="upk", name="Contoh Bendahara")
    assert clauses(refused) == {"access.username_taken"}


def test_an_account_that_was_closed_here_is_not_woken(cast):
    with actions_open():
        User.objects.filter(username="cadre").update(is_active=False)
    with pytest.raises(Refusal) as refused:
        invite(cast.ward_admin, username="cadre", name=cast.cadre.name)
    assert clauses(refused) == {"access.username_taken"}
    assert queries.user("cadre") is None


@pytest.mark.parametrize("area", [OTHER, "32.71", ""])
def test_a_ward_administrator_invites_into_no_other_area(cast, area):
    with pytest.raises(Refusal) as refused:
        invite(cast.ward_admin, ward=area)
    assert clauses(refused) == {"access.permission"}


def test_a_level_that_is_held_elsewhere_counts_for_nothing_here(cast):
    """An administrator of one city who is a ward administrator in another stays one there."""
    actions.give_role(by=cast.system, ward="33", username="ward-admin", role="administrator")
    both = queries.user("ward-admin")
    with pytest.raises(Refusal) as refused:
        invite(both, role="administrator")
    assert clauses(refused) == {"access.grantable"}


def test_an_area_that_does_not_exist_is_refused(cast):
    with pytest.raises(Refusal) as refused:
        invite(cast.administrator, ward="99.01", role="verifier")
    assert clauses(refused) == {"access.area"}


# --- roles and terms --------------------------------------------------------------------------------


def test_a_role_holds_on_the_last_day_of_its_term_and_not_after(cast):
    last = clock.today() + timedelta(days=30)
    invite(cast.ward_admin, until=last)
    for day, holds in ((last, True), (last + timedelta(days=1), False)):
        with clock.at(day):
            assert queries.may(queries.user("baru"), "desk.read", WARD) is holds


def test_a_role_is_not_given_twice(cast):
    with pytest.raises(Refusal) as refused:
        actions.give_role(by=cast.ward_admin, ward=WARD, username="cadre", role="cadre")
    assert clauses(refused) == {"access.role_held"}


def test_a_role_that_ended_can_be_given_again(cast):
    actions.end_role(by=cast.ward_admin, ward=WARD, assignment_id=role_of(cast.cadre).id)
    assert not queries.may(queries.user("cadre"), "desk.read", WARD)
    actions.give_role(by=cast.ward_admin, ward=WARD, username="cadre", role="cadre")
    assert queries.may(queries.user("cadre"), "desk.read", WARD)


def test_ending_a_role_keeps_its_term(cast):
    given = role_of(cast.cadre)
    actions.end_role(by=cast.ward_admin, ward=WARD, assignment_id=given.id)
    given.refresh_from_db()
    assert (given.since, given.until) == (START, clock.today() - timedelta(days=1))


def test_a_role_ended_on_its_first_day_was_never_held_but_stays_in_the_trail(cast):
    user, _code = invite(cast.ward_admin)
    actions.end_role(by=cast.ward_admin, ward=WARD, assignment_id=role_of(user).id)
    assert not Assignment.objects.filter(user=user).exists()
    event = trail.last("access.end_role", WARD, "user:baru")
    assert trail.data(event)["withdrawn"] is True


def test_nobody_ends_a_role_of_their_own(cast):
    mine = role_of(cast.administrator, "")
    with pytest.raises(Refusal) as refused:
        actions.end_role(by=cast.administrator, ward="", assignment_id=mine.id)
    assert clauses(refused) == {"access.role_own"}


def test_a_ward_administrator_ends_no_role_that_they_could_not_give(cast):
    actions.give_role(by=cast.administrator, ward=WARD, username="lead", role="lead")
    with pytest.raises(Refusal) as refused:
        actions.end_role(by=cast.ward_admin, ward=WARD, assignment_id=role_of(cast.lead).id)
    assert clauses(refused) == {"access.grantable_end"}


def test_a_role_ends_once(cast):
    given = role_of(cast.cadre)
    actions.end_role(by=cast.ward_admin, ward=WARD, assignment_id=given.id)
    with pytest.raises(Refusal) as refused:
        actions.end_role(by=cast.ward_admin, ward=WARD, assignment_id=given.id)
    assert clauses(refused) == {"access.role_ended"}


def test_a_role_of_another_area_is_not_found(cast):
    with pytest.raises(Refusal) as refused:
        actions.end_role(
            by=cast.ward_admin, ward=WARD, assignment_id=role_of(cast.stranger, OTHER).id
        )
    assert clauses(refused) == {"access.role_unknown"}


def test_what_a_day_brings_is_asked_for_by_query(cast):
    invite(cast.ward_admin, until=clock.today() + timedelta(days=5))
    assert [one.user.username for one in queries.ending(WARD, 30)] == ["baru"]
    assert queries.ending(WARD, 4) == []
    assert "baru" in [slip.user.username for slip in queries.waiting_slips(WARD)]
    assert {one.user.username for one in queries.reaching(WARD)} == {
        "administrator",
        "lead",
        "verifier",
    }


# --- duties kept apart ------------------------------------------------------------------------------


def give(by, username, role, ward=WARD, until=None):
    return actions.give_role(by=by, ward=ward, username=username, role=role, until=until)


@pytest.mark.parametrize(
    ("username", "role", "clause"),
    [
        ("treasurer", "board", "separation.board_not_unit"),
        ("chair", "treasurer", "separation.board_not_unit"),
        ("verifier", "group_officer", "separation.officer_not_verifier"),
    ],
)
def test_duties_that_are_kept_apart_are_not_given_to_one_person(cast, username, role, clause):
    with pytest.raises(Refusal) as refused:
        give(cast.ward_admin, username, role)
    assert clauses(refused) == {clause}
    assert f"Contoh {username}" in refused.value.reasons[0].say()


def test_not_even_the_server_itself_brings_them_together(cast):
    with pytest.raises(Refusal) as refused:
        give(cast.system, "officer", "verifier", ward="32.71")
    assert clauses(refused) == {"separation.officer_not_verifier"}


def test_next_door_and_after_the_term_both_duties_may_be_held(cast):
    assert give(cast.system, "stranger", "board").area == WARD
    actions.end_role(by=cast.ward_admin, ward=WARD, assignment_id=role_of(cast.treasurer).id)
    assert give(cast.ward_admin, "treasurer", "board").role == "board"


@pytest.mark.parametrize("role", ["treasurer", "board", "cadre"])
def test_nobody_gives_a_role_to_themselves(cast, role):
    with pytest.raises(Refusal) as refused:
        give(cast.ward_admin, "ward-admin", role)
    assert clauses(refused) == {"access.role_to_oneself"}


def test_what_an_earlier_version_brought_together_is_said_once(cast):
    assert queries.to_mend([cast.treasurer, cast.chair]) == []
    with actions_open():
        Assignment.objects.create(
            user=cast.treasurer, role="board", area=WARD, since=START, until=None
        )
    both = queries.user("treasurer")
    found = queries.to_mend([both, both])
    assert [reason.clause for reason in found] == ["separation.board_not_unit"]


# --- a practice ward ---------------------------------------------------------------------------------


def test_a_role_is_judged_by_the_day_outside_practice(cast):
    day = date(2005, 5, 12)
    given = give(cast.system, "lead", "cadre")
    with clock.practice(day):
        assert clock.today() == day
        assert queries.may(queries.user("lead"), "households.stage_upload", WARD)
        assert invite(cast.ward_admin)[0].assignments.get().since == given.since


def test_a_term_that_is_over_outside_practice_is_not_given_inside(cast):
    with clock.practice(date(2005, 5, 12)), pytest.raises(Refusal) as refused:
        give(cast.ward_admin, "lead", "cadre", until=date(2005, 12, 31))
    assert clauses(refused) == {"access.term"}


# --- slips ------------------------------------------------------------------------------------------


def test_a_slip_is_good_for_two_weeks(cast):
    _user, code = invite(cast.ward_admin)
    slip = Slip.objects.get(user__username="baru")
    assert queries.open_slip(code, slip.expires_at - timedelta(seconds=1)) == slip
    assert queries.open_slip(code, slip.expires_at) is None


def test_the_old_password_holds_until_the_slip_is_used(cast):
    actions.set_password(by=cast.system, username="cadre", password=SECRET)
    code = actions.reset_password(by=cast.ward_admin, ward=WARD, username="cadre")
    assert queries.user("cadre").check_password(SECRET)
    actions.use_slip(code=code, password=SECRET + " baru")
    assert not queries.user("cadre").check_password(SECRET)


def test_a_password_that_is_set_ends_the_slip_that_is_still_out(cast):
    code = actions.reset_password(by=cast.ward_admin, ward=WARD, username="cadre")
    actions.set_password(by=cast.system, username="cadre", password=SECRET)
    assert queries.open_slip(code, clock.wall()) is None
    code = actions.reset_password(by=cast.ward_admin, ward=WARD, username="cadre")
    actions.change_password(by=queries.user("cadre"), old=SECRET, new=SECRET + " baru")
    with pytest.raises(Refusal) as refused:
        actions.use_slip(code=code, password="yang ketiga kali")
    assert clauses(refused) == {"access.slip"}
    assert queries.user("cadre").check_password(SECRET + " baru")


def test_a_password_that_will_not_do_leaves_the_slip_out(cast):
    code = actions.reset_password(by=cast.ward_admin, ward=WARD, username="cadre")
    with pytest.raises(Refusal):
        actions.set_password(by=cast.system, username="cadre", password="pendek")
    assert queries.open_slip(code, clock.wall()) is not None


@pytest.mark.parametrize("who", ["administrator", "lead", "stranger"])
def test_nobody_climbs_by_a_printed_slip(cast, who):
    username = getattr(cast, who).username
    with pytest.raises(Refusal) as refused:
        actions.reset_password(by=cast.ward_admin, ward=WARD, username=username)
    assert clauses(refused) == {"access.reset_reach"}


def test_a_role_elsewhere_that_has_ended_no_longer_stands_in_the_way(cast):
    actions.give_role(
        by=cast.system, ward=OTHER, username="cadre", role="cadre", until=clock.today()
    )
    with pytest.raises(Refusal):
        actions.reset_password(by=cast.ward_admin, ward=WARD, username="cadre")
    with clock.at(clock.today() + timedelta(days=1)):
        assert actions.reset_password(by=cast.ward_admin, ward=WARD, username="cadre")


def test_an_unknown_code_and_the_system_account_are_refused(cast):
    with pytest.raises(Refusal) as refused:
        actions.use_slip(code="AAAA-BBBB-CCCC-DDDD", password=SECRET)
    assert clauses(refused) == {"access.slip"}
    with pytest.raises(Refusal) as refused:
        actions.reset_password(by=cast.administrator, ward="", username="system")
    assert clauses(refused) == {"access.user"}


def test_only_the_server_sets_passwords_of_others(cast):
    with pytest.raises(Refusal) as refused:
        actions.set_password(by=cast.administrator, username="cadre", password=SECRET)
    assert clauses(refused) == {"access.permission"}


def test_no_name_of_a_person_stands_in_the_trail(cast):
    invite(cast.ward_admin, until=date(2099, 1, 1))
    assert all("Contoh" not in event.data for event in trail.of_ward(WARD))


# --- tries ------------------------------------------------------------------------------------------


def guess_as(who, clause="a-test.wrong"):
    """Whether somebody is let in to try; the try is refused with the clause."""
    try:
        with guess("a-test", who, wrong="a-test.wrong", tries=3, seconds=60):
            raise refuse(clause, "Refused")
    except TooManyTries:
        return False
    except Refusal:
        return True


def test_so_many_wrong_guesses_are_admitted_and_each_address_counts_for_itself(db):
    assert [guess_as("one") for _ in range(5)] == [True, True, True, False, False]
    assert guess_as("two")


def test_only_a_wrong_guess_counts(db):
    assert all(guess_as("one", clause="a-test.other") for _ in range(5))
    for _ in range(5):
        with guess("a-test", "one", wrong="a-test.wrong", tries=3, seconds=60):
            pass
    assert [guess_as("one") for _ in range(4)] == [True, True, True, False]


def test_tries_that_are_still_running_count(db):
    def once():
        return guess("a-test", "one", wrong="", tries=2, seconds=60)

    with once(), once(), pytest.raises(TooManyTries), once():
        pass


@pytest.mark.parametrize(
    ("came_from", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::"),
        ("2001:db8:1:3::9", "2001:db8:1:3::"),
    ],
)
def test_whoever_changes_the_address_within_one_line_is_counted_as_one(rf, came_from, counted_as):
    assert address(rf.get("/", REMOTE_ADDR=came_from)) == counted_as
