"""The indicators of a ward on a day: from the record, with the records behind each, on page, paper and workbook."""

import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from pendamping.kernel import clock, memory
from pendamping.monitoring import labels, queries
from pendamping.monitoring.behind import behind
from tests.cast import WARD
from tests.gatherings import meet, village
from tests.staging import staged

pytestmark = pytest.mark.django_db

DAY = date(2004, 2, 10)
BEFORE = DAY - timedelta(days=8)


@staged(at=DAY)
def met(cast):
    """Two meetings of residents by head count: 20 with 9 women and 4 poor, 30 with 15 women and 18 poor."""
    village(cast)
    meet(cast, [], kind="orientation", on=BEFORE,
         head_count={"total": 20, "women": 9, "poor": 4})  # fmt: skip
    meet(cast, [], kind="readiness", on=DAY, head_count={"total": 30, "women": 15, "poor": 18},
         eligible=40)  # fmt: skip
    return cast


@pytest.fixture
def today():
    with clock.at(DAY):
        yield DAY


def reading(on=DAY):
    return queries.Reading(WARD, on)


def page(user, name, **more):
    browser = Client()
    browser.force_login(user)
    asked = more.pop("query", {})
    return browser.get(reverse(f"monitoring:{name}", kwargs={"ward": WARD, **more}), asked)


def test_women_and_poor_are_counted_apart_by_kind_as_of_any_day(met, today):
    women, poor = reading().of("women"), reading().of("poor")
    assert (women.figure.part, women.figure.whole, women.band) == (24, 50, "reached")
    assert (poor.figure.part, poor.figure.whole, poor.band) == (22, 50, "reached")
    assert {(one.key, one.part, one.whole) for one in women.figure.parts} == {
        ("orientation", 9, 20), ("readiness", 15, 30)}  # fmt: skip
    assert len(women.figure.records) == 2
    then = reading(DAY - timedelta(days=1)).of("poor")
    assert (then.figure.part, then.figure.whole, then.band) == (4, 20, "short")
    months = reading().over_months("poor")
    assert [(day, one.part, one.whole) for day, one in months] == [
        (date(2003, 11, 30), 0, 0), (date(2003, 12, 31), 0, 0), (date(2004, 1, 31), 0, 0),
        (DAY, 22, 50)]  # fmt: skip


def test_what_has_nothing_to_divide_by_is_not_worked_out(met, today):
    found = {one.aim.key: one for one in reading().all()}
    assert {key for key, one in found.items() if one.band == "none"} == {
        "voters", "volunteers_active", "stage_days", "grant_used", "contribution", "good_works", "cheaper",
        "audits", "complaints_closed", "complaints_confirmed", "lar", "par", "rr", "ccr", "roi"}  # fmt: skip
    with_words = labels.said(found["lar"].figure.part, found["lar"].figure.whole, "percent")
    assert with_words == "–"
    assert found["plans_ratified"].figure.part == 0
    shown = page(met.chair, "indicator", indicator="cheaper")
    assert "Harga pemerintah" in shown.content.decode()


def test_every_role_reads_the_figures_and_records_only_where_the_room_is_theirs(met, today):
    for who in ("chair", "treasurer", "cadre", "verifier", "lead", "officer", "ward_admin"):
        assert page(met.players[who], "home").status_code == 200
    assert page(met.stranger, "home").status_code == 403
    records = reading().of("women").figure.records
    assert all(one.url and one.day for one in behind(WARD, DAY, records, met.lead))
    hidden = behind(WARD, DAY, ("cadre:none",), met.treasurer)
    assert [(one.name, one.url) for one in hidden] == [("", "")]


def test_the_page_says_the_figure_its_target_and_the_day(met, today):
    shown = page(met.lead, "home").content.decode()
    assert "48,0\xa0%" in shown
    assert "24 / 50" in shown
    assert "paling sedikit 40\xa0%" in shown
    past = page(met.lead, "home", query={"on": BEFORE.isoformat()}).content.decode()
    assert "9 / 20" in past
    for broken in ("2099-01-01", "besok", "1e9"):  # a day to come or none: today
        assert "24 / 50" in page(met.lead, "home", query={"on": broken}).content.decode()
    assert page(met.lead, "indicator", indicator="no-such").status_code == 404


def test_the_workbook_holds_numbers_and_the_paper_the_same_figures(met, today):
    answer = page(met.lead, "indicators_xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    rows = {row[0]: row for row in book.worksheets[0].iter_rows(min_row=4, values_only=True)}
    women = rows["Perempuan dalam pertemuan"]
    assert women[2:5] == (24, 50, 48.0)
    assert rows["Audit selesai"][2:5] == (None, None, None)
    parts = [row[2:5] for row in book.worksheets[1].iter_rows(min_row=4, values_only=True)]
    assert ("Pertemuan sosialisasi", 9, 20) in parts
    assert page(met.lead, "indicators_pdf").content.startswith(b"%PDF")


def test_reading_asks_each_room_once_however_many_months(met, today, django_assert_max_num_queries):
    assert len(reading().months()) > 3
    with memory.remembering(look=True), django_assert_max_num_queries(60):
        found = reading()
        for key in found.aims:
            found.over_months(key)
