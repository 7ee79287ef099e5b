"""Two people who do one thing at the same moment: one does it, the other hears why not."""

import pytest

from tests.census_files import small


def test_one_census_file_confirmed_by_two_at_the_same_moment_is_imported_once(office):
    uploads = office.ask("two_uploads")["uploads"]
    answers = office.together(*[("confirm", each) for each in uploads])
    assert sorted(answer["refused"] for answer in answers) == [[], ["households.upload.twice"]]
    once = len({row[0] for row in small.RIGHT})
    assert office.ask("counted")["households"] == once


def test_five_who_form_two_groups_at_the_same_moment_form_one(office):
    stage = office.ask("founders")
    people = ",".join(stage["people"])
    names = ("KSM Contoh Satu", "KSM Contoh Dua")
    answers = office.together(*[("found", name, stage["meeting"], people) for name in names])
    assert sorted(answer["refused"] for answer in answers) == [
        [], ["institutions.group.one_of_a_kind", "meetings.decided.used"],
    ]  # fmt: skip


def test_two_loans_of_one_group_paid_out_at_the_same_moment_are_one_payout(office):
    waiting = office.ask("two_waiting")["loans"]
    answers = office.together(*[("disburse", each) for each in waiting])
    assert sorted(answer["refused"] for answer in answers) == [
        [], ["loans.p2kp2.active_loan", "loans.p2kp2.member_loan"],
    ]  # fmt: skip


def test_a_dossier_on_which_two_of_one_tier_decide_at_the_same_moment_is_decided_once(office):
    dossier = office.ask("one_dossier")["dossier"]
    answers = office.together(*[("let_pass", who, dossier) for who in ("facilitator", "second")])
    assert sorted(answer["refused"] for answer in answers) == [[], ["verification.decided_already"]]
    assert office.ask("stays")["stays"] == [["pjok", ""], ["team", "pass"]]


@pytest.mark.prove
def test_two_who_write_the_first_criteria_at_the_same_moment_are_told_apart(office):
    office.ask("villagers")
    answers = office.together(("criteria", "cadre"), ("criteria", "facilitator"))
    assert sorted(answer["refused"] for answer in answers) == [[], ["kernel.seen.overtaken"]]
