"""Whatever people do with a dossier, in any order: it is in one place, and its days go forward."""

import itertools
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from pendamping.trail.writing import migrating
from pendamping.verification import actions, queries
from pendamping.verification.models import Dossier, Step
from tests.cast import make_cast
from tests.dossiers import CHECKS, DAY, appoint_all, hand_in, let_pass, paper_ticks, people_of

pytestmark = pytest.mark.django_db

DAYS = st.integers(-2, 6)
OFFICERS = st.sampled_from(
    ["facilitator", "second", "pjok", "korkot", "ppk", "satker", "deputy", "judge", "cadre"]
)


class Tiers(RuleBasedStateMachine):
    """Deeds at random, each on a random day; what is refused changes nothing."""

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.today = DAY
        with clock.at(DAY):
            self.cast = make_cast()
            people_of(self.cast)
            appoint_all(self.cast)
            for tier in ("team", "pjok"):
                actions.appoint(
                    by=self.cast.system, area="32.71.01" if tier == "pjok" else self.cast.ward,
                    tier=tier, user="deputy", since=DAY, substitute=True,
                )  # fmt: skip
            self.id = hand_in(self.cast).id
        self.done = self.decided()

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def decided(self):
        kept = Step.objects.filter(dossier=self.id).exclude(decided_on=None)
        return {step.id: (step.tier, step.decided_on, step.decision, step.days) for step in kept}

    def attempt(self, act, **given):
        before = list(Dossier.objects.filter(pk=self.id).values())
        try:
            with clock.at(self.today):
                act(ward=self.cast.ward, dossier_id=self.id, **given)
        except Refusal:
            assert list(Dossier.objects.filter(pk=self.id).values()) == before

    @rule(days=st.integers(1, 5))
    def time_goes_by(self, days):
        self.today += timedelta(days=days)

    @rule(
        who=OFFICERS,
        result=st.sampled_from(["fit", "mend", "unfit", "upheld", "rejected"]),
        off=DAYS,
    )
    def decide(self, who, result, off):
        tier = Dossier.objects.get(pk=self.id).tier or "team"
        self.attempt(
            actions.decide, by=self.cast.players[who], result=result,
            on=self.today - timedelta(days=off), papers=paper_ticks(), checks=CHECKS[tier],
            reasons=["other"], note="catatan",
        )  # fmt: skip

    @rule(off=DAYS)
    def send_again(self, off):
        on = self.today - timedelta(days=off)
        self.attempt(actions.send_again, by=self.cast.cadre, on=on)

    @rule(off=DAYS)
    def appeal(self, off):
        on = self.today - timedelta(days=off)
        self.attempt(actions.appeal, by=self.cast.cadre, on=on, why="keliru")

    @rule(who=OFFICERS, off=DAYS)
    def pause(self, who, off):
        on = self.today - timedelta(days=off)
        self.attempt(actions.pause, by=self.cast.players[who], on=on, reason="visit")

    @rule(who=OFFICERS, off=DAYS)
    def resume(self, who, off):
        self.attempt(actions.resume, by=self.cast.players[who], on=self.today - timedelta(days=off))

    @rule(who=OFFICERS)
    def recuse(self, who):
        self.attempt(actions.recuse, by=self.cast.players[who], on=self.today, why="kerabat")

    @invariant()
    def it_is_in_one_place(self):
        found = Dossier.objects.get(pk=self.id)
        here = list(Step.objects.filter(dossier=self.id, decided_on=None))
        assert len(here) == (1 if found.state == "open" else 0)
        assert [step.tier for step in here] == ([found.tier] if found.tier else [])

    @invariant()
    def its_days_go_forward_and_none_is_negative(self):
        steps = list(Step.objects.filter(dossier=self.id).order_by("number"))
        for before, after in itertools.pairwise(steps):
            assert before.decided_on <= after.received_on
        assert all(step.days >= 0 for step in steps if step.decision)
        assert all(step.received_on <= self.today for step in steps)

    @invariant()
    def what_was_decided_stays(self):
        now = self.decided()
        assert self.done.items() <= now.items()
        self.done = now

    @invariant()
    def every_decision_is_in_the_trail(self):
        events = trail.of_record(f"dossier:{self.id}")
        told = [event for event in events if event.verb == "verification.decide"]
        assert len(told) == len(self.decided())


def test_in_any_order_of_deeds_a_dossier_is_in_one_place_and_its_clock_goes_forward(db):
    chosen = settings(
        max_examples=12,
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    Tiers.TestCase.settings = chosen
    result = Tiers.TestCase().run()
    assert result.testsRun == 1
    assert [told for _case, told in (*result.errors, *result.failures)] == []


# --- against plain SQL ------------------------------------------------------------------------------


def refused_by_the_database(sql, *values):
    at_once = (pytest.raises(IntegrityError), migrating(), transaction.atomic())
    with at_once[0], at_once[1], at_once[2], connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_database_keeps_what_was_decided(cast):
    with clock.at(DAY):
        people_of(cast)
        appoint_all(cast)
        dossier = hand_in(cast)
        step = let_pass(cast, dossier, "team")
        here = dossier.steps.get(decided_on=None)
    refused_by_the_database(
        "UPDATE verification_step SET decision = 'refuse' WHERE id = %s", step.id
    )
    refused_by_the_database("DELETE FROM verification_step WHERE id = %s", here.id)
    refused_by_the_database(
        "UPDATE verification_step SET received_on = %s WHERE id = %s", DAY + timedelta(1), here.id
    )
    refused_by_the_database(
        "UPDATE verification_dossier SET received_on = %s WHERE id = %s",
        DAY - timedelta(1),
        dossier.id,
    )
    refused_by_the_database("UPDATE verification_dossier SET tier = '' WHERE id = %s", dossier.id)
    refused_by_the_database("DELETE FROM verification_dossier WHERE id = %s", dossier.id)


def test_a_second_open_stay_is_refused_by_the_database(cast):
    with clock.at(DAY):
        dossier = hand_in(cast)
        with pytest.raises(IntegrityError), migrating(), transaction.atomic():
            Step.objects.create(
                dossier=dossier, number=9, ward=cast.ward, chain="disbursement", tier="ppk",
                seat="32.71", received_on=DAY, entered_on=DAY,
            )  # fmt: skip
    assert queries.outcome(dossier.ref).state == "open"
