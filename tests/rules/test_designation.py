"""Designating a ward: the case, real cities of West Java, and files as offices send them."""

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.targeting.rules import (
    Candidate,
    Check,
    DesignationRule,
    assess,
    candidate_problems,
    designation_problems,
    read_candidates,
)

RULE = DesignationRule("p2kp2", 10, True, True)
EMPANG = Candidate("32.71.01.1003", "Empang", 3448, 625, True, False, "Podes 2000")
DAY = date(2003, 11, 13)


def decide(candidates, chosen, **changes):
    facts = {"letter_no": "12/SK/2003", "decided_on": DAY, "today": DAY, **changes}
    return [r.clause for r in designation_problems(candidates, chosen, RULE, **facts)]


def test_empang_fits_with_625_of_3448_households():
    verdict = assess(EMPANG, RULE)
    assert verdict.fits
    assert "625 of 3448 households are poor (18,1 %)" in verdict.checks[0].reason.say()
    assert decide([EMPANG], [EMPANG.code]) == []


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"poor": 344}, "min_poor_percent"),
        ({"poor": None}, "min_poor_percent"),
        ({"households": 0, "poor": 0}, "min_poor_percent"),
        ({"urban": False}, "urban_only"),
        ({"urban": None}, "urban_only"),
        ({"had_programme": True}, "no_programme_before"),
        ({"had_programme": None}, "no_programme_before"),
    ],
)
def test_one_change_to_empang_fails_exactly_one_condition(change, key):
    verdict = assess(replace(EMPANG, **change), RULE)
    assert [check.key for check in verdict.checks if not check.held] == [key]
    assert verdict.reasons()[0].clause == f"targeting.p2kp2.{key}"


def test_ten_percent_is_reached_exactly_by_345_of_3450():
    assert assess(replace(EMPANG, households=3450, poor=345), RULE).fits
    assert not assess(replace(EMPANG, households=3451, poor=345), RULE).fits


def test_a_guideline_that_asks_less_finds_less():
    lenient = DesignationRule("other", 0, False, False)
    assert assess(replace(EMPANG, poor=0, urban=None, had_programme=True), lenient).fits


def test_a_decision_names_every_reason_at_once():
    rich = Candidate("32.71.01.1001", "Batu Tulis", 2000, 100, True, True)
    assert decide([EMPANG, rich], [rich.code, "99"], letter_no=" ") == [
        "locations.p2kp2.decision_letter",
        "targeting.p2kp2.min_poor_percent",
        "targeting.p2kp2.no_programme_before",
        "targeting.decision.unknown",
    ]
    assert decide([EMPANG, rich], [EMPANG.code]) == []
    assert decide([EMPANG], []) == ["targeting.decision.none"]


def test_figures_that_cannot_be_are_named_with_their_row():
    wrong = [
        EMPANG,
        replace(EMPANG, poor=4000),
        replace(EMPANG, code="x", households=-1, poor=None),
    ]
    assert [(r.clause, r.where["row"]) for r in candidate_problems(wrong)] == [
        ("targeting.candidate.figure", 2),
        ("targeting.candidate.twice", 2),
        ("targeting.candidate.figure", 3),
    ]


@given(households=st.integers(1, 10_000), poor=st.integers(0, 10_000), need=st.integers(0, 100))
def test_the_share_is_judged_exactly(households, poor, need):
    asked = replace(EMPANG, households=households, poor=min(poor, households))
    rule = replace(RULE, min_poor_percent=need)
    assert assess(asked, rule).fits == (min(poor, households) * 100 >= need * households)


def test_a_check_is_kept_and_read_back():
    for check in assess(EMPANG, RULE).checks:
        assert Check.from_json(check.as_json()) == check


def test_cities_of_west_java_are_judged_as_their_statistics_say(data_folder):
    """People of 2013, in thousands in one file and one by one in the other, cities and regencies."""
    folder = data_folder / "west-java-poverty"
    poor, people = defaultdict(float), defaultdict(int)
    names = {}
    with (folder / "jumlah_penduduk_miskin_berdasarkan_kabupatenkota_data.csv").open() as file:
        for row in csv.DictReader(file):
            if row["tahun"] == "2013":
                poor[row["kode_kabupaten_kota"]] = float(row["jumlah_penduduk_miskin"])
                names[row["kode_kabupaten_kota"]] = row["nama_kabupaten_kota"]
    with (folder / "jumlah_penduduk_berdasarkan_jenis_kelamin_data.csv").open() as file:
        for row in csv.DictReader(file):
            if row["tahun"] == "2013":
                people[row["kode_kabupaten_kota"]] += int(float(row["jumlah_penduduk"]))
    known = [code for code in names if people[code]]
    assert len(known) > 20
    for code in known:
        candidate = Candidate(
            code, names[code], people[code], round(poor[code] * 1000),
            names[code].startswith("KOTA"), False, "BPS",
        )  # fmt: skip
        expected = poor[code] * 1000 / people[code] >= 0.10 and names[code].startswith("KOTA")
        assert assess(candidate, RULE).fits == expected, names[code]


def test_a_file_with_semicolons_and_thousands_is_read():
    content = (
        "Kode;Nama;KK;KK Miskin;Perkotaan;Pernah P2KP;Sumber\r\n"
        "32.71.01.1003;Empang;3.448;625;ya;belum;Podes 2000\r\n"
        "32.71.01.1001;Batu Tulis;2000;;tidak;;\r\n"
    )
    found, wrong = read_candidates(content.encode("utf-8-sig"))
    assert wrong == []
    assert found[0] == EMPANG
    assert (found[1].poor, found[1].urban, found[1].had_programme) == (None, False, None)


def test_more_poor_households_than_households_are_no_figure_to_judge_by():
    wrong = replace(EMPANG, households=900, poor=1_000)
    (check, *_others) = assess(wrong, RULE).checks
    assert (check.held, check.known) == (False, False)
    assert "1000 poor households are more than all 900" in check.reason.say()
    problems = designation_problems(
        [wrong], [wrong.code], RULE, letter_no="1", decided_on=DAY, today=DAY
    )
    assert [each.clause for each in problems] == ["targeting.candidate.figure"]


def test_wrong_cells_are_named_with_row_and_column():
    content = b"code,name,households,poor,urban\n32,A,3.44,625,ya\n,B,10,2,maybe\n"
    found, wrong = read_candidates(content)
    assert [(r.where["row"], r.where["column"]) for r in wrong] == [
        (2, "households"),
        (3, "code"),
        (3, "urban"),
    ]
    assert "3.44" in wrong[0].say()
    assert len(found) == 1


@pytest.mark.parametrize("content", [b"", b"\n\n", b"nama,alamat\nx,y\n", b"\xff\xfe\x00\x01"])
def test_a_file_that_holds_no_candidates_gets_a_reason(content):
    found, wrong = read_candidates(content)
    assert found == []
    assert wrong[0].say()


@given(content=st.binary(max_size=200))
def test_no_file_breaks_the_reader(content):
    found, wrong = read_candidates(b"code,households,poor\n" + content)
    assert all(each.code for each in found)
    assert all(reason.say() for reason in wrong)
