"""Ages between generations and RTs nobody knew of are asked about, and stop nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.households.readers.files import read_bytes
from pendamping.households.rules.census import check_census

DAY = date(2004, 1, 15)
KNOWN = {("01", "02"), ("01", "03"), ("02", "01")}


def asked(*rows, places=()):
    text = "nomor keluarga,rw,rt,nama,jenis kelamin,tanggal lahir,hubungan\n" + "".join(
        f"{','.join(row)}\n" for row in rows
    )
    census = check_census(read_bytes(text.encode(), "sensus.csv"), DAY, places=places)
    assert census.findings.errors == []
    return [(one.row, one.reason.clause.rsplit(".", 1)[-1]) for one in census.findings.warnings]


def family(sex, born, relation, other_sex, other_born):
    return [
        ("1", "01", "02", "Warga Satu", sex, born, "kepala keluarga"),
        ("1", "", "", "Warga Dua", other_sex, other_born, relation),
    ]


@pytest.mark.parametrize(
    ("head", "relation", "other", "is_asked"),
    [
        (("L", "1975-05-12"), "anak", ("P", "1970-01-01"), True),  # older than the father
        (("L", "1975-05-12"), "anak", ("P", "1987-05-11"), True),  # eleven years and some months
        (("L", "1975-05-12"), "anak", ("P", "1987-05-12"), False),
        (("P", "1935"), "anak", ("L", "1996"), True),  # a mother of 61
        (("L", "1935"), "anak", ("L", "1996"), False),
        (("L", "1975"), "orang tua", ("P", "1980"), True),  # a mother younger than her son
        (("L", "1975"), "orang tua", ("P", "1955"), False),
        (("L", "1975"), "cucu", ("P", "1996"), True),  # two generations in 21 years
        (("L", "1945"), "cucu", ("P", "1996"), False),
        (("L", "1975"), "istri", ("P", "1950"), False),
        (("L", "1975"), "menantu", ("P", "1970"), False),
        (("L", "1975"), "famili lain", ("P", "1910"), False),
    ],
)
def test_generations_that_hardly_can_be_are_asked_about(head, relation, other, is_asked):
    found = asked(*family(*head, relation, *other))
    assert found == ([(3, "ages")] if is_asked else [])


@given(st.integers(1925, 2003), st.integers(1925, 2003))
def test_a_child_is_asked_about_exactly_when_its_father_was_under_twelve(father, child):
    found = asked(*family("L", str(father), "anak", "L", str(child)))
    assert (found != []) == (child - father < 12)


@pytest.mark.parametrize("relation", ["anak", "cucu", "orang tua"])
def test_parent_and_child_of_one_and_the_same_day_are_a_wrong_cell_but_of_one_year_a_question(
    relation,
):
    text = (
        "nomor keluarga,rw,rt,nama,jenis kelamin,tanggal lahir,hubungan\n"
        f"1,01,02,Warga Satu,L,{{0}},kepala keluarga\n1,,,Warga Dua,P,{{0}},{relation}\n"
    )
    census = check_census(read_bytes(text.format("1980-05-12").encode(), "sensus.csv"), DAY)
    [wrong] = census.findings.errors
    assert (wrong.row, wrong.column, wrong.reason.clause) == (
        3,
        "tanggal lahir",
        "households.census.born_same_day",
    )
    assert asked(*family("L", "1980", relation, "P", "1980")) == [(3, "ages")]


def test_twins_and_a_couple_may_be_born_on_one_day():
    for relation in ("istri", "famili lain", "menantu"):
        assert asked(*family("L", "1980-05-12", relation, "P", "1980-05-12")) == []


def test_an_unknown_rt_is_asked_about_once_and_only_where_the_ward_has_some():
    rows = [
        (str(n), rw, rt, f"Warga {name}", "L", "1970-01-01", "kepala keluarga")
        for n, (rw, rt, name) in enumerate(
            [("01", "02", "Satu"), ("01", "09", "Dua"), ("01", "09", "Tiga"), ("07", "01", "Empat")]
        )
    ]
    assert asked(*rows, places=KNOWN) == [(3, "new_place"), (5, "new_place")]
    assert asked(*rows) == []
