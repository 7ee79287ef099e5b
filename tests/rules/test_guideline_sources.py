"""Sources of clauses said in Indonesian: every shipped one, and nothing half said."""

import re

import pytest

from pendamping.guidelines import library
from pendamping.guidelines.said_phrases import PHRASES
from pendamping.guidelines.said_sources import in_indonesian

SHIPPED = sorted(
    {
        clause.source
        for code in library.codes()
        for text in library.texts(code)
        for clause in text.clauses.values()
    }
)


@pytest.mark.parametrize("source", SHIPPED)
def test_every_shipped_source_has_its_indonesian_words(source):
    said = in_indonesian(source)
    assert said is not None
    english = r"\b(the|our|handbook|unverified|with|which|month|months|of|and)\b"
    assert re.search(english, said) is None
    assert re.findall(r"S\d+", said) == re.findall(r"S\d+", source)
    assert re.findall(r"\d", said) == re.findall(r"\d", source)


def test_a_source_with_an_unknown_word_is_not_half_said():
    assert in_indonesian("handbook 4.2, said by a neighbour") is None
    assert in_indonesian("S45; S29") == "S45; S29"
    assert in_indonesian("") == ""


def test_no_phrase_is_left_untranslated():
    assert [english for english, said in PHRASES.items() if not said.strip()] == []
