"""The page docs/worked/closing.md, rupiah by rupiah: the month (the year is in test_upk_years)."""

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.funds.upk.models import CashCount
from tests import lending
from tests.closing import close_through
from tests.lending import lend, pay
from tests.staging import staged

pytestmark = pytest.mark.django_db

AUGUST = date(2004, 8, 31)


@staged
def closed(cast):
    lending.open_fund(cast)
    pay(cast, lend(cast), date(2004, 8, 12), 287_500)
    return close_through(cast, AUGUST)


def test_the_worked_month_is_what_the_close_says(cast, closed):
    assert [(row[0], row[3], row[4]) for row in closed.figures["trial"]] == [
        ("11010", 47_887_500, 0),
        ("11030", 2_250_000, 0),
        ("12010", 0, 22_500),
        ("21020", 0, 100_000),
        ("31020", 0, 50_000_000),
        ("41010", 0, 37_500),
        ("51080", 22_500, 0),
    ]
    assert sum(row[3] for row in closed.figures["trial"]) == 50_160_000
    counted = CashCount.objects.get(ward=cast.ward, on=AUGUST)
    assert counted.pieces == {
        "100000": 478, "50000": 1, "20000": 1, "10000": 1, "5000": 1, "1000": 2, "500": 1,
    }  # fmt: skip
    moved = {row[0]: (row[4], row[5]) for row in closed.figures["moved"]}
    assert moved == {"41010": (37_500, 37_500), "51080": (-2_500, 22_500)}


def test_the_printed_close_shows_the_figures_and_who_signs(cast, closed, client):
    client.force_login(cast.chair)
    where = {"ward": cast.ward, "month": "2004-08"}
    page = client.get(reverse("upk:close", kwargs=where)).content.decode()
    assert "40.000" in page  # profit of August
    assert "15.000" in page  # since January
    printed = client.get(reverse("upk:close_pdf", kwargs=where)).content
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)
    for said in ("Agustus 2004", "50.160.000", "47.887.500", "Contoh treasurer", "Contoh chair"):
        assert said in text
