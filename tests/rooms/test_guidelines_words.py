"""The reader of the guideline says its values in words: no key of the text, no English in Indonesian."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from pendamping.desk import matters
from pendamping.guidelines import labels, pages, queries
from pendamping.kernel import clock
from tests.cast import WARD
from tests.gatherings import deviate

pytestmark = pytest.mark.django_db

KEY = re.compile(r"\b[a-z]+_[a-z]+\b|% %|\brt, ward\b|\bholds\b|[{}]|\w = \w")
CLAUSE = re.compile(r"\b[a-z_]+\.p2kp2\.[a-z_.]+")


def rows(guideline):
    return [
        pages.row(guideline, clause)
        for name in guideline.sections()
        for clause in pages.of_section(guideline, name)
    ]


def test_each_word_and_field_of_the_programmes_text_has_its_name(cast, monkeypatch):
    words, fields = set(), set()
    monkeypatch.setattr(labels, "word", lambda one: words.add(one) or "x")
    monkeypatch.setattr(labels, "field", lambda path: fields.add(path.split(".")[-1]) or "x")
    assert rows(queries.in_force(WARD, clock.today()))
    assert words and words <= labels.WORDS.keys() | labels.KEYS.keys()
    assert fields and fields <= labels.FIELDS.keys()


def test_no_key_of_the_text_stands_on_its_pages(cast):
    with translation.override("id"):
        said = [
            text
            for row in rows(queries.in_force(WARD, clock.today()))
            for text in (row.sentence, row.answer, *(part for fact in row.facts for part in fact))
        ]
    assert len(said) > 500
    assert [text for text in said if KEY.search(text)] == []


def test_offices_and_bodies_are_called_as_on_their_own_pages(cast):
    guideline = queries.in_force(WARD, clock.today())
    keys = {key for name in ("body_offices", "bodies") for key in guideline.section(name)}
    more = {"verifier", "tranche", "report", "dormant", "active", "runoff", "lot", "shown", "ties"}
    raw = re.compile(rf"\b({'|'.join(keys - {'forum'} | more)})\b")
    with translation.override("id"):
        found = {row.id: row for row in rows(guideline)}
        said = {
            row.id: [row.sentence, row.answer, *(part for fact in row.facts for part in fact)]
            for row in found.values()
        }
    assert {key for key, texts in said.items() if any(raw.search(text) for text in texts)} == set()
    assert "Manajer; Kasir; Pemegang buku" in said["bodies.p2kp2.upk"]
    kept = said["separation.p2kp2.cashier_not_bookkeeper"]
    assert "Kasir" in kept and "Pemegang buku" in kept
    assert "Termin; Laporan pertanggungjawaban".lower() in [
        text.lower() for text in said["verification.p2kp2.disbursement"]
    ]
    assert said["bookkeeping.p2kp2.voucher_number"][1] == "model-tahun-nomor urut"


def test_no_key_of_a_clause_stands_on_the_pages_of_changes_and_of_own_decisions(cast, client):
    deviate(cast, "stages.p2kp2.funds.overlaps", ["groups"], since=clock.today())
    client.force_login(cast.chair)
    for name in ("changes", "decisions"):
        page = client.get(reverse(f"guidelines:{name}", kwargs={"ward": WARD})).content.decode()
        assert CLAUSE.findall(re.sub(r"<[^>]*>", " ", page)) == [], name
    with translation.override("id"):
        told = [one.text for one in matters.waiting(WARD, clock.today())]
    assert [text for text in told if CLAUSE.search(text)] == []
    assert any(text.startswith("Keputusan kelurahan sendiri berakhir: ") for text in told)
