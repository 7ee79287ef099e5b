"""Inviting, giving and ending roles, slips: what is done, and every refusal with its clause."""

from datetime import date, timedelta

import pytest

from pendamping.access import actions, queries
from pendamping.access.models import Assignment, Slip
from pendamping.access.throttle import address, admitted
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
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


def test_so_many_tries_are_admitted_and_each_address_counts_for_itself(db):
    def admit(who):
        return admitted("a-test", who, tries=3, seconds=60)

    assert [admit("one") for _ in range(5)] == [True, True, True, False, False]
    assert admit("two")


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
