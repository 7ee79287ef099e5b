"""The maturity of the board, the packet for the yearly meeting, wards side by side."""

import io
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.monitoring import actions, maturity
from pendamping.monitoring.models import Tick
from pendamping.trail.writing import migrating
from tests.cast import OTHER, WARD
from tests.gatherings import meet, village
from tests.staging import staged

pytestmark = pytest.mark.django_db

DAY = date(2004, 2, 10)


@pytest.fixture(autouse=True)
def today():
    with clock.at(DAY):
        yield DAY


@staged(at=DAY)
def met(cast):
    """A meeting of residents: 30 came, 15 women, 18 poor."""
    village(cast)
    meet(cast, [], kind="orientation", on=DAY, head_count={"total": 30, "women": 15, "poor": 18})
    return cast


def page(user, name, data=None, **more):
    browser = Client()
    browser.force_login(user)
    address = reverse(f"monitoring:{name}", kwargs=more)
    return browser.post(address, data) if data is not None else browser.get(address)


def words():
    return {one.criterion.key: one.word for one in maturity.found(WARD, DAY)}


def test_a_criterion_is_read_where_the_record_can_show_it_and_else_said_with_evidence(met):
    found = words()
    assert found["board_elected"] == found["yearly_meeting"] == found["women"] == "unmet"
    assert found["lar_par"] == found["rr"] == "none"  # nobody has borrowed: neither 0 nor 100 %
    assert found["clean_audit"] == "none"
    told = {"by": met.chair, "ward": WARD}
    actions.tick(**told, criterion="clean_audit", met=True, evidence="Laporan audit 3/2004")
    assert words()["clean_audit"] == "met"
    actions.tick(**told, criterion="clean_audit", met=False, evidence="Catatan auditor 7/2004")
    assert words()["clean_audit"] == "unmet"  # the last word counts
    for criterion, evidence in (("board_elected", "x"), ("nothing", "x"), ("clean_audit", " ")):
        with pytest.raises(Refusal):
            actions.tick(**told, criterion=criterion, met=True, evidence=evidence)
    for who in ("cadre", "treasurer", "lead", "stranger"):
        with pytest.raises(Refusal):
            actions.tick(
                by=met.players[who], ward=WARD, criterion="coaches", met=True, evidence="x"
            )
    with pytest.raises(DatabaseError), transaction.atomic(), migrating():
        Tick.objects.update(met=True)


def test_the_page_says_the_level_and_what_is_missing_and_the_form_keeps_what_was_typed(met):
    shown = page(met.lead, "maturity", ward=WARD).content.decode()
    assert "BKM terpilih" in shown
    where = {"ward": WARD, "criterion": "coaches"}
    assert page(met.chair, "tick", {"met": "yes", "evidence": ""}, **where).status_code == 422
    assert (
        page(met.chair, "tick", {"met": "yes", "evidence": "BKM tetangga"}, **where).status_code
        == 302
    )
    assert words()["coaches"] == "met"
    assert page(met.chair, "tick", ward=WARD, criterion="nothing").status_code == 404
    assert page(met.lead, "tick", **where).status_code == 403


def test_the_packet_holds_agenda_and_figures(met):
    text = "".join(
        one.extract_text()
        for one in PdfReader(io.BytesIO(page(met.chair, "packet", ward=WARD).content)).pages
    )
    assert "LPJ BKM" in text
    assert "15 / 30" in text.replace("\xa0", " ")


def test_wards_stand_side_by_side_for_who_has_several_with_the_distance_from_the_middle(met):
    shown = page(met.lead, "across").content.decode()
    assert "15 / 30" in shown
    assert "Batu" in shown  # the ward next door, of which there is no figure
    assert "Empang" not in page(met.stranger, "across").content.decode()
    assert page(met.lead, "across").status_code == 200
    rows = list(
        load_workbook(io.BytesIO(page(met.lead, "across_xlsx").content)).active.iter_rows(
            min_row=4, values_only=True
        )
    )
    women = [row for row in rows if row[3] == "Perempuan dalam pertemuan"]
    assert {(row[1], row[4], row[5], row[6]) for row in women} == {
        (WARD, 15, 30, 50.0),
        (OTHER, None, None, None),
    }
