"""A dossier through its tiers: who decides, on what, when; and where it lies meanwhile."""

from datetime import timedelta

import pytest

from pendamping.access import actions as access
from pendamping.access import queries as access_read
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from pendamping.verification import actions, queries
from tests.dossiers import CHECKS, DAY, hand_in, let_pass, paper_ticks

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(offices):
    """The cast with an office for each tier of the disbursement chain, on 1 June 2004."""
    with clock.at(DAY):
        yield offices


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def test_a_tranche_goes_through_the_five_tiers_of_the_guideline(stage):
    dossier = hand_in(stage)
    assert dossier.tiers == ["team", "pjok", "korkot", "ppk", "satker"]
    for number, tier in enumerate(dossier.tiers):
        assert queries.standing(stage.ward, dossier.ref).left[0] == tier
        with clock.at(DAY + timedelta(days=number)):
            let_pass(stage, dossier, tier)
    found = queries.outcome(dossier.ref)
    assert found.passed
    assert found.on == DAY + timedelta(days=4)
    steps = queries.standing(stage.ward, dossier.ref).steps
    assert [(step.tier, step.days, step.within) for step in steps] == [
        ("team", 0, True),
        ("pjok", 1, True),
        ("korkot", 1, True),
        ("ppk", 1, True),
        ("satker", 1, True),
    ]


def test_a_dossier_lies_in_the_office_of_its_area(stage):
    dossier = hand_in(stage)
    assert (dossier.tier, dossier.seat) == ("team", "32.71.01.1003")
    let_pass(stage, dossier, "team")
    dossier = queries.dossier(stage.ward, dossier.id)
    assert (dossier.tier, dossier.seat, dossier.due_on) == (
        "pjok",
        "32.71.01",
        DAY + timedelta(days=3),
    )


def test_a_returned_dossier_keeps_its_history_and_goes_on_where_it_was(stage):
    dossier = hand_in(stage)
    let_pass(stage, dossier, "team")
    actions.decide(
        by=stage.pjok, ward=stage.ward, dossier_id=dossier.id, result="mend", on=DAY,
        papers=paper_ticks(wrong="receipt"), reasons=["paper_wrong"], note="Kuitansi belum bermeterai",
    )  # fmt: skip
    found = queries.outcome(dossier.ref)
    assert (found.state, found.tier, found.reasons) == ("returned", "pjok", ("paper_wrong",))
    assert queries.standing(stage.ward, dossier.ref).mend.note == "Kuitansi belum bermeterai"
    with clock.at(DAY + timedelta(days=3)):
        again = actions.send_again(
            by=stage.cadre, ward=stage.ward, dossier_id=dossier.id, on=DAY + timedelta(days=2)
        )
    assert (again.tier, again.received_on, again.returned) == ("pjok", DAY + timedelta(days=2), 1)
    steps = queries.standing(stage.ward, dossier.ref).steps
    assert [(step.tier, step.decision) for step in steps] == [
        ("team", "pass"),
        ("pjok", "return"),
        ("pjok", ""),
    ]


def test_to_pass_every_paper_is_present_and_correct_and_the_checklist_whole(stage):
    dossier = hand_in(stage)
    with pytest.raises(Refusal) as refused:
        actions.decide(
            by=stage.facilitator, ward=stage.ward, dossier_id=dossier.id, result="fit", on=DAY,
            papers=paper_ticks(wrong="receipt"), checks=["present"],
        )  # fmt: skip
    assert clauses(refused) == ["verification_tiers.p2kp2.team"] * 2


def test_to_refuse_a_reason_and_a_note_are_needed(stage):
    dossier = hand_in(stage)
    with pytest.raises(Refusal) as refused:
        actions.decide(
            by=stage.facilitator, ward=stage.ward, dossier_id=dossier.id, result="unfit", on=DAY
        )
    assert clauses(refused) == ["verification.reason", "verification_results.p2kp2.unfit"]


def test_nobody_decides_in_an_office_of_others(stage):
    dossier = hand_in(stage)
    with pytest.raises(Refusal) as refused:
        let_pass(stage, dossier, "team", by=stage.pjok)
    assert clauses(refused) == ["verification.office"]


def test_who_hands_in_does_not_examine(stage):
    dossier = hand_in(stage, by=stage.facilitator)
    with pytest.raises(Refusal) as refused:
        let_pass(stage, dossier, "team")
    assert clauses(refused) == ["verification_rules.p2kp2.verifier_never_enters"]


def test_a_party_does_not_decide_and_a_namesake_says_so(stage):
    party = [{"name": "Orang lain", "user": "facilitator"}]
    dossier = hand_in(stage, parties=party)
    with pytest.raises(Refusal) as refused:
        let_pass(stage, dossier, "team")
    assert clauses(refused) == ["verification_rules.p2kp2.own_proposal_never"]
    other = hand_in(stage, ref="grants.tranche:2", parties=[{"name": "contoh  FACILITATOR"}])
    with pytest.raises(Refusal) as refused:
        let_pass(stage, other, "team")
    assert clauses(refused) == ["verification.same_name"]
    let_pass(stage, other, "team", other_person=True)
    event = trail.last("verification.decide", stage.ward)
    assert trail.data(event)["other_person"] is True


def test_nobody_decides_in_two_tiers_of_one_dossier(stage):
    actions.appoint(by=stage.system, area="32.71", tier="korkot", user="pjok", since=DAY)
    dossier = hand_in(stage)
    let_pass(stage, dossier, "team")
    let_pass(stage, dossier, "pjok")
    with pytest.raises(Refusal) as refused:
        let_pass(stage, dossier, "korkot", by=stage.pjok)
    assert clauses(refused) == ["verification_rules.p2kp2.one_tier_each"]


def test_a_substitute_steps_in_only_where_the_office_is_empty(stage):
    actions.appoint(
        by=stage.system, area="32.71", tier="pjok", user="deputy", since=DAY, substitute=True
    )
    dossier = hand_in(stage)
    let_pass(stage, dossier, "team")
    with pytest.raises(Refusal) as refused:
        let_pass(stage, dossier, "pjok", by=stage.deputy)
    assert clauses(refused) == ["verification.substitute"]
    actions.recuse(
        by=stage.pjok, ward=stage.ward, dossier_id=dossier.id, why="kerabat pengusul", on=DAY
    )
    assert [one.user for one in queries.standing(stage.ward, dossier.ref).turn] == ["deputy"]
    step = let_pass(stage, dossier, "pjok", by=stage.deputy)
    assert step.substitute


def test_the_queue_of_an_absent_officer_comes_to_the_substitute(stage):
    from pendamping.verification import offices

    actions.appoint(
        by=stage.system, area="32.71", tier="pjok", user="deputy", since=DAY, substitute=True
    )
    let_pass(stage, hand_in(stage), "team")
    assert offices.seats(stage.deputy) == []
    actions.note_absence(
        by=stage.system, area="32.71", user="pjok", since=DAY, until=DAY, why="dinas luar"
    )
    assert offices.seats(stage.deputy) == [("pjok", "32.71.01")]


def test_the_clock_stands_while_it_is_paused_with_a_reason(stage):
    dossier = hand_in(stage)
    with clock.at(DAY + timedelta(days=9)):
        actions.pause(
            by=stage.facilitator, ward=stage.ward, dossier_id=dossier.id,
            on=DAY + timedelta(days=1), reason="visit",
        )  # fmt: skip
        paused = queries.standing(stage.ward, dossier.ref)
        assert (paused.days, paused.overdue, paused.dossier.due_on) == (1, False, None)
        actions.resume(
            by=stage.facilitator, ward=stage.ward, dossier_id=dossier.id,
            on=DAY + timedelta(days=8),
        )  # fmt: skip
        runs = queries.standing(stage.ward, dossier.ref)
        assert (runs.days, runs.dossier.due_on) == (2, DAY + timedelta(days=10))
        step = let_pass(stage, dossier, "team")
    assert (step.days, step.within) == (2, True)


def test_a_freeze_stops_decisions_and_moves_every_limit(stage):
    dossier = hand_in(stage)
    begins, ends = DAY + timedelta(days=1), DAY + timedelta(days=6)
    actions.freeze(by=stage.system, area="32.71", since=begins, until=ends, why="tutup buku")
    assert queries.dossier(stage.ward, dossier.id).due_on == DAY + timedelta(days=8)
    with clock.at(begins), pytest.raises(Refusal) as refused:
        let_pass(stage, dossier, "team")
    assert clauses(refused) == ["verification.frozen"]
    with clock.at(ends):
        assert let_pass(stage, dossier, "team").days == 1


def test_a_refusal_is_appealed_once_and_examined_anew_by_somebody_else(stage):
    dossier = hand_in(stage)
    refuse = {"result": "unfit", "reasons": ["other"], "note": "tidak sesuai"}
    actions.decide(by=stage.facilitator, ward=stage.ward, dossier_id=dossier.id, on=DAY, **refuse)
    assert queries.outcome(dossier.ref).state == "refused"
    actions.appeal(by=stage.cadre, ward=stage.ward, dossier_id=dossier.id, on=DAY, why="keliru")
    actions.decide(
        by=stage.judge, ward=stage.ward, dossier_id=dossier.id, result="upheld", on=DAY,
        papers=paper_ticks(), checks=CHECKS["appeal"],
    )  # fmt: skip
    assert queries.standing(stage.ward, dossier.ref).dossier.tier == "team"
    with pytest.raises(Refusal) as refused:
        let_pass(stage, dossier, "team")
    assert clauses(refused) == ["verification.refused_before"]
    actions.decide(by=stage.second, ward=stage.ward, dossier_id=dossier.id, on=DAY, **refuse)
    with pytest.raises(Refusal) as refused:
        actions.appeal(by=stage.cadre, ward=stage.ward, dossier_id=dossier.id, on=DAY, why="lagi")
    assert clauses(refused) == ["verification_rules.p2kp2.appeals"]


def test_an_appeal_comes_within_its_days(stage):
    dossier = hand_in(stage)
    actions.decide(
        by=stage.facilitator, ward=stage.ward, dossier_id=dossier.id, result="unfit", on=DAY,
        reasons=["other"], note="tidak sesuai",
    )  # fmt: skip
    late = DAY + timedelta(days=15)
    with clock.at(late), pytest.raises(Refusal) as refused:
        actions.appeal(
            by=stage.cadre, ward=stage.ward, dossier_id=dossier.id, on=late, why="keliru"
        )
    assert clauses(refused) == ["verification_rules.p2kp2.appeal_days"]


def test_what_the_page_showed_is_decided_once(stage):
    dossier = hand_in(stage)
    step = queries.standing(stage.ward, dossier.ref).steps[-1]
    let_pass(stage, dossier, "team")
    with pytest.raises(Refusal) as refused:
        let_pass(stage, dossier, "team", by=stage.pjok, step_id=step.id)
    assert clauses(refused) == ["verification.decided_already"]


def test_the_days_of_a_dossier_only_go_forward(stage):
    dossier = hand_in(stage)
    for on, clause in (
        (DAY - timedelta(days=1), "verification.day_before"),
        (DAY + timedelta(days=1), "verification.day_future"),
    ):
        with pytest.raises(Refusal) as refused:
            let_pass(stage, dossier, "team", on=on)
        assert clauses(refused) == [clause]


def test_a_dossier_taken_back_is_closed_and_its_matter_may_come_anew(stage):
    dossier = hand_in(stage)
    with pytest.raises(Refusal) as refused:
        hand_in(stage)
    assert clauses(refused) == ["verification.under_way"]
    actions.withdraw(by=stage.cadre, ward=stage.ward, dossier_id=dossier.id, on=DAY, why="salah")
    assert queries.outcome(dossier.ref).state == "withdrawn"
    assert hand_in(stage).number == dossier.number + 1


def test_the_amount_adds_and_spares_tiers(stage):
    large = hand_in(stage, kind="proposal", ref="p:1", amount=100_000_000)
    small = hand_in(stage, kind="loan", ref="l:1", amount=2_500_000)
    assert large.tiers == ["unit", "board", "facilitator", "korkot"]
    assert small.tiers == ["unit", "board"]


def test_the_ward_head_is_told_once(stage):
    dossier = hand_in(stage)
    tell = {"ward": stage.ward, "dossier_id": dossier.id, "actor": "ward_head", "on": DAY}
    actions.note_informed(by=stage.cadre, **tell)
    with pytest.raises(Refusal) as refused:
        actions.note_informed(by=stage.cadre, **tell)
    assert clauses(refused) == ["verification.told"]


def test_an_office_serves_an_area_as_large_as_its_level(stage):
    with pytest.raises(Refusal) as refused:
        actions.appoint(by=stage.system, area=stage.ward, tier="ppk", user="nobody", since=DAY)
    assert clauses(refused) == ["verification.level", "verification.user"]
    with pytest.raises(Refusal) as refused:
        actions.appoint(by=stage.system, area="32.71", tier="ppk", user="lead", since=DAY)
    assert clauses(refused) == ["verification.role"]


def test_only_roles_of_the_table_may_hand_in_or_decide(stage):
    with pytest.raises(Refusal) as refused:
        hand_in(stage, by=stage.lead)
    assert clauses(refused) == ["access.permission"]
    dossier = hand_in(stage)
    with pytest.raises(Refusal) as refused:
        let_pass(stage, dossier, "team", by=stage.cadre)
    assert clauses(refused) == ["access.permission"]


def test_every_step_is_in_the_trail_with_its_day_and_its_day_of_entry(stage):
    with clock.at(DAY + timedelta(days=2)):
        dossier = hand_in(stage, on=DAY)
        let_pass(stage, dossier, "team", on=DAY + timedelta(days=1))
    event = trail.last("verification.decide", stage.ward, f"dossier:{dossier.id}")
    assert event.on == DAY + timedelta(days=1)
    assert trail.entered_on(event) == DAY + timedelta(days=2)
    assert trail.data(event)["days"] == 1


def test_nobody_appoints_themselves(stage):
    access.give_role(by=stage.system, ward=stage.ward, username="facilitator", role="ward_admin")
    both = access_read.user("facilitator")
    told = {"by": both, "area": stage.ward, "tier": "board", "since": DAY}
    with pytest.raises(Refusal) as refused:
        actions.appoint(user=" Facilitator ", **told)
    assert "verification.oneself" in clauses(refused)
