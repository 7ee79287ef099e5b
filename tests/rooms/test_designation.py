"""Designating a ward: figures and reasons as they were, and who decides on what."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.targeting import actions, queries
from pendamping.targeting.models import CandidateWard
from pendamping.targeting.rules import Candidate
from pendamping.territory import queries as territory
from pendamping.trail import queries as trail
from pendamping.trail.actions import record
from pendamping.trail.writing import action
from tests.cast import OTHER, WARD

pytestmark = pytest.mark.django_db

TODAY = date(2004, 2, 10)
EMPANG = Candidate(WARD, "Empang", 3448, 625, True, False, "Podes 2000")
NEXT_DOOR = Candidate(OTHER, "Batu Tulis", 2500, 200, True, True, "Podes 2000")


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


def clauses(refusal):
    return [reason.clause for reason in refusal.value.reasons]


def designate(cast, by=None, **changes):
    facts = {
        "candidates": [EMPANG, NEXT_DOOR],
        "chosen": [WARD],
        "letter_no": "12/SK/2003",
        "decided_on": date(2003, 11, 13),
        **changes,
    }
    return actions.designate_ward(by=by or cast.facilitator, ward=WARD, **facts)


def test_empang_is_designated_and_the_figures_are_kept(cast):
    found = designate(cast)
    rows = queries.candidates(found.id)
    assert [(row.name, row.fits, row.chosen) for row in rows] == [
        ("Empang", True, True),
        ("Batu Tulis", False, False),
    ]
    assert found.rule["min_poor_percent"] == 10
    assert queries.designated(WARD) == found
    assert queries.designated(OTHER) is None
    assert queries.designation(OTHER, found.id) == found
    assert trail.last("targeting.designate_ward", WARD).on == date(2003, 11, 13)


def test_a_ward_that_does_not_fit_is_not_designated(cast):
    with pytest.raises(Refusal) as refusal:
        designate(cast, candidates=[NEXT_DOOR, EMPANG], chosen=[OTHER], by=cast.administrator)
    assert clauses(refusal) == [
        "targeting.p2kp2.min_poor_percent",
        "targeting.p2kp2.no_programme_before",
    ]


@pytest.mark.parametrize(
    "who", ["ward_admin", "cadre", "chair", "treasurer", "officer", "verifier", "stranger"]
)
def test_who_may_not_designate(cast, who):
    with pytest.raises(Refusal) as refusal:
        designate(cast, by=getattr(cast, who))
    assert clauses(refusal) == ["access.permission"]


def test_a_facilitator_designates_only_wards_within_reach(cast):
    fit = Candidate(OTHER, "Batu Tulis", 100, 50, True, False)
    with pytest.raises(Refusal) as refusal:
        designate(cast, candidates=[EMPANG, fit], chosen=[WARD, OTHER])
    assert clauses(refusal) == ["access.permission"]
    assert designate(cast, candidates=[EMPANG, fit], chosen=[WARD, OTHER], by=cast.lead).id


def test_who_chooses_a_ward_out_of_reach_reads_its_name_and_all_else_that_is_wrong_with_it(cast):
    with pytest.raises(Refusal) as refusal:
        designate(cast, chosen=[WARD, OTHER])
    assert clauses(refusal) == [
        "access.permission",
        "targeting.p2kp2.min_poor_percent",
        "targeting.p2kp2.no_programme_before",
    ]
    assert refusal.value.reasons[0].values["ward"] == "Batu Tulis"


def test_a_place_that_is_no_ward_is_not_chosen(cast):
    invented = Candidate("32.71.01.1099", "Karangan", 100, 50, True, False)
    with pytest.raises(Refusal) as refusal:
        designate(cast, candidates=[EMPANG, invented], chosen=[WARD, invented.code], by=cast.lead)
    assert clauses(refusal) == ["territory.ward"]
    assert refusal.value.reasons[0].values["row"] == 2
    assert queries.designations(WARD) == []


def test_a_code_of_a_ward_with_another_name_is_mended_first(cast):
    bondongan = Candidate("32.71.01.1004", "Bondongan", 100, 5, True, False)
    with pytest.raises(Refusal) as refusal:
        designate(cast, candidates=[EMPANG, bondongan])
    assert clauses(refusal) == ["territory.ward_name"]
    assert refusal.value.reasons[0].values["official"] == territory.area(bondongan.code).name
    assert designate(cast, candidates=[EMPANG, replace(bondongan, code="3271011004")]).id


def test_the_database_keeps_unfit_wards_from_being_chosen(cast):
    designate(cast)

    @action
    def cheat(*, by):
        record(by=by, ward="", record="x")
        CandidateWard.objects.filter(code=OTHER).update(chosen=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        cheat(by=cast.system)
