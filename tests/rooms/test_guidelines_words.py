"""The reader of the guideline says its values in words: no key of the text, no English in Indonesian."""

import re

import pytest
from django.utils import translation

from pendamping.guidelines import labels, pages, queries
from pendamping.kernel import clock
from tests.cast import WARD

pytestmark = pytest.mark.django_db

KEY = re.compile(r"\b[a-z]+_[a-z]+\b|% %|\brt, ward\b|\bholds\b")


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
