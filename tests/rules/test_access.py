"""The permission table and who may hand out what: properties that hold whatever the table becomes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.access import rules
from pendamping.access.rules import Held
from pendamping.territory.rules import contains

AREAS = ["", "32", "32.71", "32.71.01", "32.71.01.1001", "32.71.01.1003", "33", "33.74.02.1004"]
DAYS = st.dates(date(2003, 1, 1), date(2007, 12, 31))


@st.composite
def roles_held(draw):
    since = draw(DAYS)
    length = draw(st.none() | st.integers(0, 900))
    until = None if length is None else since + timedelta(days=length)
    return Held(
        draw(st.sampled_from(list(rules.ROLES))), draw(st.sampled_from(AREAS)), since, until
    )


SEVERAL = st.lists(roles_held(), max_size=5)


def test_every_permission_names_roles_that_exist():
    wrong = {
        (permission, role)
        for permission, roles in rules.PERMISSIONS.items()
        for role in roles
        if role not in rules.ROLES
    }
    assert wrong == set()
    assert all(rules.PERMISSIONS.values())


def test_every_role_has_a_first_page():
    assert set(rules.PERMISSIONS["desk.read"]) == set(rules.ROLES)


def test_who_only_reads_changes_nothing():
    writes = {name for name in rules.PERMISSIONS if ".read" not in name}
    may = {role: {w for w in writes if role in rules.PERMISSIONS[w]} for role in rules.ROLES}
    assert may["verifier"] == set()
    assert may["group_officer"] == set()
    assert may["lead"] == {"targeting.designate_ward"}


def test_who_decides_on_a_loan_does_not_pay_it_out():
    for one, other in (
        ("loans.approve", "loans.disburse"),
        ("loans.approve", "loans.record_repayment"),
        ("loans.approve", "loans.apply"),
    ):
        assert not set(rules.PERMISSIONS[one]) & set(rules.PERMISSIONS[other])


@given(SEVERAL, DAYS, st.sampled_from(AREAS))
def test_nobody_hands_out_a_role_above_their_own_level(held, on, area):
    given_out = set(rules.grantable(held, on, area))
    here = {h.role for h in held if rules.in_term(h, on) and contains(h.area, area)}
    if not here & {"administrator", "ward_admin"}:
        assert given_out == set()
    if "administrator" not in here:
        assert given_out <= set(rules.WARD_ROLES)


@given(SEVERAL, DAYS, st.sampled_from(AREAS))
def test_nobody_gains_by_handing_roles_to_themselves(held, on, area):
    """Whatever one may do after taking every role one can hand out, one could hand out before."""
    taken = [Held(role, area, on) for role in rules.grantable(held, on, area)]
    after = set(rules.grantable(held + taken, on, area))
    assert after == set(rules.grantable(held, on, area))


@given(SEVERAL, DAYS, st.sampled_from(AREAS), st.sampled_from(AREAS))
def test_what_is_held_for_an_area_holds_for_all_below_it_and_nowhere_else(held, on, area, inside):
    for permission in ("loans.read", "access.invite", "loans.disburse"):
        if rules.may(held, permission, area, on) and contains(area, inside):
            assert rules.may(held, permission, inside, on)
        if not any(contains(h.area, area) for h in held):
            assert not rules.may(held, permission, area, on)


@given(roles_held())
def test_a_term_covers_its_first_and_its_last_day_and_no_other(held):
    one = timedelta(days=1)
    assert rules.in_term(held, held.since)
    assert not rules.in_term(held, held.since - one)
    if held.until:
        assert rules.in_term(held, held.until)
        assert not rules.in_term(held, held.until + one)


@given(SEVERAL, DAYS)
def test_scopes_and_may_say_the_same(held, on):
    for permission in rules.PERMISSIONS:
        scopes = rules.scopes(held, permission, on)
        for area in AREAS:
            assert rules.may(held, permission, area, on) == any(contains(s, area) for s in scopes)


def test_a_permission_that_is_not_in_the_table_is_an_error_not_a_refusal():
    with pytest.raises(rules.UnknownPermission):
        rules.may([], "loans.forgive", "32", date(2005, 1, 1))
