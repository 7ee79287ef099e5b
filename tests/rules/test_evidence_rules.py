"""Places in a text, the codebook to begin with, and whether three kinds of source agree."""

from hypothesis import given
from hypothesis import strategies as st

from pendamping.evidence import rules
from pendamping.evidence.rules import Said

TEXTS = st.text(alphabet="ab. \n!?🕰é", max_size=120)
SAID = st.lists(
    st.builds(Said, st.sampled_from(rules.KINDS), st.sampled_from(rules.SENSES), st.sampled_from(["", "I-01", "I-02"])),
    max_size=12,
)  # fmt: skip


@given(TEXTS)
def test_sentences_hold_every_sign_that_is_no_space_once_and_in_order(text):
    found = rules.sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(rules.fits(span, len(text)) and text[slice(*span)].strip() for span in found)


@given(TEXTS)
def test_all_sentences_together_are_one_passage(text):
    found = rules.joined(text, rules.sentences(text))
    assert found == ([(len(text) - len(text.lstrip()), len(text.rstrip()))] if text.strip() else [])


@given(
    st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=4)
)
def test_the_pieces_of_a_sentence_are_the_sentence(text, marks):
    spans = [(start, start + length) for start, length in marks]
    found = rules.pieces((0, len(text)), spans) if text else []
    assert "".join(text[a:b] for a, b, _marked in found) == text
    covered = {at for a, b, marked in found if marked for at in range(a, b)}
    assert covered == {at for a, b in spans for at in range(a, min(b, len(text)))}


@given(TEXTS, TEXTS)
def test_a_passage_that_goes_over_says_the_same_words(old, new):
    spans = set(rules.sentences(old)) | set(rules.joined(old, rules.sentences(old)))
    for (a, b), (c, d) in rules.moved(old, new, spans).items():
        assert old[a:b] == new[c:d]
    assert rules.moved(old, old, spans) == {span: span for span in spans}


def test_a_passage_stays_behind_where_its_sentence_was_touched():
    old, new = "Satu ini. Dua itu. Tiga.", "Baru. Satu ini. Dua yang itu. Tiga."
    assert rules.moved(old, new, [(0, 9), (10, 18), (5, 18), (19, 24)]) == {
        (0, 9): (6, 15), (19, 24): (30, 35)
    }  # fmt: skip


def test_places_are_counted_in_code_points_also_beyond_the_first_plane():
    text = "Lama 🕰🕰. Sudah."
    assert rules.sentences(text) == [(0, 8), (9, 15)]
    assert text[9:15] == "Sudah."


@given(SAID)
def test_every_passage_for_or_against_is_counted_once_whatever_the_order(said):
    found = rules.triangulate(said)
    assert found.speaks_for + found.against == sum(one.sense != "overcome" for one in said)
    assert found == rules.triangulate(said[::-1])


@given(SAID)
def test_what_speaks_for_a_thing_speaks_against_its_contrary(said):
    turned = {"for": "against", "against": "for", "overcome": "overcome"}
    other = rules.triangulate([Said(one.kind, turned[one.sense], one.who) for one in said])
    found = rules.triangulate(said)
    assert found.verdict == other.verdict
    assert [turned.get(cell.lean, cell.lean) for cell in found.cells] == [
        cell.lean for cell in other.cells
    ]


def test_three_kinds_agree_two_do_not_and_one_alone_proves_nothing():
    talk, seen, paper = (Said(kind, "for", "I-01") for kind in rules.KINDS)
    against = Said("document", "against")
    assert rules.triangulate([talk, seen, paper]).verdict == "agree"
    assert rules.triangulate([talk, seen, against]).verdict == "apart"
    assert rules.triangulate([talk, paper, against]).verdict == "apart"  # the papers are split
    assert rules.triangulate([talk, talk]).verdict == "one"
    assert rules.triangulate([Said("interview", "overcome")]).verdict == "none"


def test_people_beside_the_record():
    assert rules.beside("for", "shows") == "both"
    assert rules.beside("for", "quiet") == "people"
    assert rules.beside("against", "shows") == "record"
    assert rules.beside("against", "quiet") == "neither"
    assert rules.beside("split", "shows") == rules.beside("for", "unknown") == "open"


def test_the_codebook_begins_with_each_factor_in_three_senses_under_lasting_guids():
    found = rules.standard({"a": "inhibiting", "b": "supporting"})
    assert [one.key for one in found if one.codable and one.key.startswith("factor:")] == [
        f"factor:{name}/{sense}" for name in "ab" for sense in rules.SENSES
    ]
    assert len({one.guid for one in found}) == len(found)
    again = rules.standard({"b": "supporting", "c": "inhibiting"})
    assert {one.guid for one in again if one.key.startswith("factor:b")} < {
        one.guid for one in found
    }


def test_a_code_speaks_for_the_nearest_factor_above_it_and_a_ring_ends():
    codes = [("1", None, "inhibiting"), ("2", "1", "factor:x/for"), ("3", "2", "factor:x/against"),
             ("4", "3", ""), ("5", "2", ""), ("6", "1", ""), ("7", "8", ""), ("8", "7", "")]  # fmt: skip
    found = rules.meanings(codes)
    assert found["4"] == ("x", "against")
    assert found["5"] == ("x", "for")
    assert found["6"] == found["7"] == ("", "")


def test_an_informant_needs_a_criterion_a_part_and_something_known():
    assert [one.clause for one in rules.informant_problems(" ", "", ["gossip"])] == [
        "evidence.criterion", "evidence.who", "evidence.knows"
    ]  # fmt: skip
    assert rules.informant_problems("Ikut sejak awal", "kader", ["policy"]) == []


def test_a_text_without_words_or_with_control_signs_is_refused():
    assert [one.clause for one in rules.text_problems(" \n")] == ["evidence.text"]
    assert [one.clause for one in rules.text_problems("a\x00b")] == ["evidence.signs"]
    assert [one.clause for one in rules.text_problems("a" * 200_001)] == ["evidence.long"]
