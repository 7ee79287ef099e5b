"""Official codes and what an update of the regions means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.territory import official, rules

KNOWN = {
    "32": "Jawa Barat",
    "32.71": "Kota Bogor",
    "32.71.01": "Bogor Selatan",
    "32.71.01.1003": "Empang",
}


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("32", True),
        ("32.71.01.1003", True),
        ("32.7", False),
        ("3271", False),
        ("", False),
        ("32.71.01.10", False),
    ],
)
def test_a_code_has_the_official_shape(code, good):
    assert rules.is_code(code) is good


def test_lying_in_an_area_goes_by_whole_parts_of_the_code():
    assert rules.contains("", "32.71.01.1003")
    assert rules.contains("32.71", "32.71.01.1003")
    assert not rules.contains("32.7", "32.71.01.1003")
    assert not rules.contains("32.71.01.1003", "32.71")


@pytest.mark.parametrize(
    ("typed", "written"),
    [("5", "05"), ("005", "05"), ("12", "12"), ("5.0", "05"), ("RW 5", None), ("", None)],
)
def test_rw_and_rt_are_written_with_two_digits(typed, written):
    assert rules.two_digits(typed) == written


def test_the_list_of_the_dependency_holds_empang_and_its_namesake_elsewhere():
    regions = official.regions()
    assert regions["32.71.01.1003"] == "Empang"
    assert regions["52.04.14"] == "Empang"
    assert len(regions) == len(set(regions)) > 91000
    assert rules.problems({}, regions, {}) == []


def test_an_update_names_what_is_new_renamed_and_closed():
    newer = {**KNOWN, "32.71.01.1003": "Empang Raya", "32.71.01.1099": "Empang Baru"}
    del newer["32"]
    update = rules.compare(KNOWN, newer, {"32.71.01.1003": ["32.71.01.1003", "32.71.01.1099"]})
    assert update.added == {"32.71.01.1099": "Empang Baru"}
    assert update.renamed == {"32.71.01.1003": ("Empang", "Empang Raya")}
    assert update.closed == ("32",)
    assert update.splits == {"32.71.01.1003": ("32.71.01.1003", "32.71.01.1099")}


codes = st.sampled_from(["11", "12", "13", "14", "15"])
lists = st.dictionaries(codes, st.sampled_from(["A", "B", "C"]))


@given(lists, lists)
def test_applying_an_update_gives_the_newer_list(known, newer):
    update = rules.compare(known, newer)
    after = {code: name for code, name in known.items() if code not in update.closed}
    after.update({code: new for code, (_, new) in update.renamed.items()})
    after.update(update.added)
    assert after == newer


def test_orphans_wrong_codes_and_unknown_splits_are_refused_by_name():
    reasons = rules.problems(KNOWN, {"32.71.01.1003": "Empang", "x": "Y"}, {"99": ["32"]})
    assert {reason.clause for reason in reasons} == {
        "territory.code",
        "territory.orphan",
        "territory.split",
    }
    assert {"code": "x"} in [dict(reason.where) for reason in reasons]
