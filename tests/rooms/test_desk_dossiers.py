"""Dossiers on the desks of those who have something to do with them."""

from datetime import timedelta

import pytest

from pendamping.desk import dossiers
from pendamping.kernel import clock
from pendamping.verification import actions
from tests.dossiers import DAY, hand_in, let_pass, paper_ticks

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(offices):
    with clock.at(DAY):
        yield offices


def kinds(stage, who):
    return [(task.kind, task.due) for task in dossiers.tasks(stage.ward, DAY, who)]


def test_a_dossier_stands_on_the_desk_of_the_office_where_it_lies(stage, client):
    dossier = hand_in(stage, summary="Saluran air")
    let_pass(stage, dossier, "team")
    assert kinds(stage, stage.pjok) == [("examine", DAY + timedelta(days=3))]
    assert kinds(stage, stage.ppk) == []
    client.force_login(stage.pjok)
    assert "Saluran air" in client.get(f"/w/{stage.ward}/").content.decode()


def test_a_returned_dossier_stands_on_the_desk_of_who_hands_in(stage):
    dossier = hand_in(stage, ref="grants.tranche:1")
    actions.decide(
        by=stage.facilitator, ward=stage.ward, dossier_id=dossier.id, result="mend", on=DAY,
        papers=paper_ticks(), reasons=["paper_wrong"], note="tanpa tanggal",
    )  # fmt: skip
    assert kinds(stage, stage.cadre) == []  # a tranche has its own task in grants
    other = hand_in(stage, ref="case.usulan", kind="proposal")
    actions.decide(
        by=stage.treasurer, ward=stage.ward, dossier_id=other.id, result="mend", on=DAY,
        papers=paper_ticks(), reasons=["cost_too_high"], note="terlalu mahal",
    )  # fmt: skip
    assert kinds(stage, stage.cadre) == [("mend_dossier", DAY)]
    assert kinds(stage, stage.lead) == []
    theirs = hand_in(stage, ref="planning.proposal:01A", kind="proposal", summary="Lampu jalan")
    actions.decide(
        by=stage.treasurer, ward=stage.ward, dossier_id=theirs.id, result="mend", on=DAY,
        papers=paper_ticks(), reasons=["cost_too_high"], note="terlalu mahal",
    )  # fmt: skip
    assert len(kinds(stage, stage.cadre)) == 2
    assert kinds(stage, stage.officer) == [
        ("mend_dossier", DAY)
    ]  # of another group: not theirs to mend
