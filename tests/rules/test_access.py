"""The permission table and who may hand out what: properties that hold whatever the table becomes."""

import tomllib
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping import guidelines
from pendamping.access import rules, separation, terms
from pendamping.access.rules import Held
from pendamping.territory.rules import contains

TEXT = ("texts", "p2kp2", "umum", "institutions.toml")
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


def test_who_only_reads_changes_nothing_but_what_lies_before_them():
    writes = {name for name in rules.PERMISSIONS if ".read" not in name}
    may = {role: {w for w in writes if role in rules.PERMISSIONS[w]} for role in rules.ROLES}
    assert may["verifier"] == {
        f"verification.{verb}"
        for verb in (
            "receive",
            "decide",
            "recuse",
            "pause",
            "resume",
            "note_informed",
            "attach_scan",
        )
    } | {
        f"complaints.{verb}"
        for verb in (
            "receive",
            "print_slip",
            "acknowledge",
            "sort",
            "add_note",
            "pass_on",
            "answer",
            "record_recovered",
            "close",
            "confirm",
            "reopen",
            "join",
            "part",
            "name_concerned",
            "reveal_person",
        )
    }  # fmt: skip -- complaints that came up to them
    handing = ("open_dossier", "send_again", "appeal", "withdraw", "attach_scan")
    proposing = ("draft_proposal", "describe_proposal", "set_budget", "name_beneficiaries",
                 "tick_proposal", "hand_in_proposal", "drop_proposal")  # fmt: skip
    assert may["group_officer"] == {
        *(f"verification.{verb}" for verb in handing), *(f"planning.{verb}" for verb in proposing)
    }  # fmt: skip
    studies = {
        name
        for name in rules.PERMISSIONS
        if name.startswith("evidence.") and name not in {"evidence.read", "evidence.read_sources"}
    }  # fmt: skip -- who compares wards asks, watches and analyses
    assert may["lead"] == {"targeting.designate_ward", *studies}


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


@given(SEVERAL, DAYS)
def test_whoever_takes_only_what_is_not_kept_apart_never_has_a_conflict(held, on):
    taken = []
    for one in held:
        if not separation.kept_apart(taken, one):
            taken.append(one)
    assert separation.conflicts(taken, on) == []


@given(roles_held(), roles_held())
def test_roles_meet_where_some_day_and_some_place_is_in_both(one, other):
    days = [one.since, other.since]
    meet = any(
        rules.in_term(one, day)
        and rules.in_term(other, day)
        and contains(one.area, area)
        and contains(other.area, area)
        for day in days
        for area in AREAS
    )
    assert terms.overlap(one, other) == meet
    assert terms.overlap(other, one) == meet


def test_a_board_member_is_no_treasurer_in_the_same_ward_and_term():
    """Worked: board until 31 December 2004, treasurer from 1 January 2005: allowed; a day sooner: not."""
    board = Held("board", "32.71.01.1003", date(2003, 11, 13), date(2004, 12, 31))
    after = Held("treasurer", "32.71.01.1003", date(2005, 1, 1))
    sooner = Held("treasurer", "32.71.01.1003", date(2004, 12, 31))
    assert separation.kept_apart([board], after) == []
    assert [pair.clause for pair in separation.kept_apart([board], sooner)] == [
        "separation.board_not_unit"
    ]
    assert separation.conflicts([board, sooner], date(2004, 6, 1)) == separation.kept_apart(
        [board], sooner
    )
    assert separation.conflicts([board, sooner], date(2005, 6, 1)) == []


PEOPLE_OF_THE_TEXT = {
    # how the guideline names a duty: the roles of those who log in for it
    "bkm": {"board"},
    "upk": {"treasurer", "bookkeeper"},
    "upl": set(),  # nobody of these units logs in
    "ups": set(),
    "group_officer": {"group_officer"},
    "verifier": {"verifier"},
    "supervisors": set(),  # they sit in a body, and need no login
    "secretariat": {"secretary"},
    "cashier": {"treasurer"},
    "bookkeeper": {"bookkeeper"},
}


def test_the_table_says_what_the_guideline_says_of_people_who_log_in():
    """Access lies below the guidelines; what it keeps apart is what their section "separation" asks."""
    text = tomllib.loads(
        Path(guidelines.__file__).parent.joinpath(*TEXT).read_text(encoding="utf-8")
    )
    asked = set()
    for clause in text["separation"].values():
        value = clause["value"]
        for other in value["never_also"].split(", "):
            pairs = product(PEOPLE_OF_THE_TEXT[value["who"]], PEOPLE_OF_THE_TEXT[other])
            asked |= {frozenset(pair) for pair in pairs if len(set(pair)) == 2}
    assert {pair.roles for pair in separation.APART} == asked
    assert {pair.clause.split(".")[1] for pair in separation.APART} <= set(text["separation"])


def test_a_permission_that_is_not_in_the_table_is_an_error_not_a_refusal():
    with pytest.raises(rules.UnknownPermission):
        rules.may([], "loans.forgive", "32", date(2005, 1, 1))
