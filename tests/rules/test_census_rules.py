"""A census file is checked cell by cell, and each wrong cell is named."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from pendamping.households.readers.files import read_bytes
from pendamping.households.rules import nik, values
from pendamping.households.rules.census import check_census
from pendamping.households.rules.columns import field_of
from pendamping.households.rules.values import Wrong
from pendamping.kernel.refusal import Refusal
from tests.census_files.small import HEADINGS, RIGHT, as_csv, changed, many

TODAY = date(2004, 1, 10)


def check(rows=RIGHT, headings=HEADINGS, ward=""):
    return check_census(read_bytes(as_csv(rows, headings)), TODAY, ward)


def errors(rows, **options):
    found = check(rows, **options).findings.errors
    return [(each.row, each.column, each.reason.clause.rsplit(".", 1)[1]) for each in found]


def test_it_reads_a_right_list_into_households():
    census = check()
    assert census.findings.errors == []
    assert [len(household.members) for household in census.households] == [3, 1, 2]
    assert [household.poor for household in census.households] == [True, False, False]
    assert [(h.rw, h.rt) for h in census.households] == [("05", "02"), ("05", "02"), ("06", "01")]
    assert census.households[0].head.name == "Contoh Darman"


def test_it_stores_missing_and_placeholder_numbers_as_missing_and_says_so():
    census = check()
    doubts = {(each.row, each.column) for each in census.findings.warnings}
    assert doubts == {(6, "NIK")}
    assert census.households[2].head.nik == ""
    assert census.households[1].kk == ""


@pytest.mark.parametrize(
    ("cells", "column", "clause"),
    [
        ({"nama": ""}, "Nama", "name_missing"),
        ({"nama": "=HYPERLINK(1)"}, "Nama", "name"),
        ({"kelamin": "X"}, "Jenis kelamin", "sex"),
        ({"kelamin": ""}, "Jenis kelamin", "sex_missing"),
        ({"tanggal_lahir": "31/02/1970"}, "Tanggal lahir", "date"),
        ({"tanggal_lahir": "12/05/2031"}, "Tanggal lahir", "born_future"),
        ({"tanggal_lahir": "12/05/1869"}, "Tanggal lahir", "born_old"),
        ({"hubungan": "tetangga"}, "Hubungan", "relation"),
        ({"hubungan": "Anak"}, "Hubungan", "no_head"),
        ({"rw": "lima"}, "RW", "rw_rt"),
        ({"rt": ""}, "RT", "area_missing"),
        ({"nik": "32710112057000"}, "NIK", "number_digits"),
        ({"nik": "3,27101E+15"}, "NIK", "number_scientific"),
        ({"nik": "3271011213700001"}, "NIK", "nik_content"),
        ({"nik": "3271011203050011"}, "NIK", "nik_is_kk"),
        ({"kk": "123"}, "No. KK", "number_digits"),
        ({"miskin": "mungkin"}, "Miskin", "yes_no"),
        ({"umur": "130"}, "Umur", "age"),
    ],
)
def test_it_names_the_wrong_cell(cells, column, clause):
    assert (2, column, clause) in errors(changed(0, **cells))


def test_it_refuses_two_heads_and_the_same_nik_twice():
    assert (3, "Hubungan", "two_heads") in errors(changed(1, hubungan="Kepala keluarga"))
    twice = changed(3, nik=RIGHT[0][6])
    assert [each for each in errors(twice) if each[2] == "nik_twice"] == [(5, "NIK", "nik_twice")]


def test_a_household_without_its_number_is_told_all_else_that_is_wrong_in_the_same_round():
    rows = [list(each) for each in RIGHT]
    for row in (4, 5):
        rows[row][:5] = ["", "", "", "", ""]
    rows[5][7] = "X"
    assert errors(rows) == [
        (6, "No. keluarga", "number_missing"),
        (7, "Jenis kelamin", "sex"),
        (6, "RW", "area_missing"),
        (6, "RT", "area_missing"),
    ]
    rows[4][0] = rows[5][0] = "3"
    assert {found for _row, _column, found in errors(rows)} == {"sex", "area_missing"}


def test_a_row_of_households_without_its_own_number_is_told_all_that_is_wrong_in_one_round():
    made = Workbook()
    homes, people = made.worksheets[0], made.create_sheet("Anggota")
    homes.title = "Keluarga"
    homes.append(["No. keluarga", "RW", "RT", "Miskin"])
    for home in ([1, "05", "02", "ya"], ["", "", "x", "ya"], [1, "", "", "mungkin"]):
        homes.append(home)
    people.append(["No. keluarga", "Nama", "L/P", "Hubungan"])
    people.append([1, "Contoh Darman", "L", "KK"])
    filled = io.BytesIO()
    made.save(filled)
    errors = check_census(read_bytes(filled.getvalue()), TODAY).findings.errors
    assert {(e.row, e.column, e.reason.clause.rsplit(".", 1)[1]) for e in errors} == {
        (3, "No. keluarga", "number_missing"), (3, "RW", "area_missing"), (3, "RT", "rw_rt"),
        (4, "No. keluarga", "number_twice"), (4, "RW", "area_missing"), (4, "RT", "area_missing"),
        (4, "Miskin", "yes_no"),
    }  # fmt: skip


def test_a_dummy_nik_shared_by_many_never_merges_strangers():
    rows = [list(each) for each in RIGHT]
    for row in (0, 1, 3):
        rows[row][6] = "3271010101800001"
    census = check(rows)
    assert census.findings.errors == []
    assert {person.nik for person in census.people()} == {""}
    dummies = [e for e in census.findings.warnings if e.reason.clause.endswith("nik_dummy")]
    assert len(dummies) == 3
    assert census.duplicates == []


def test_a_nik_that_says_another_birthday_or_sex_is_doubtful_but_not_wrong():
    census = check(changed(0, tanggal_lahir="13/05/1970", kelamin="P"))
    clauses = {e.reason.clause for e in census.findings.warnings if e.row == 2}
    assert clauses == {"households.census.nik_birth", "households.census.nik_sex"}
    assert census.ok


def test_rows_of_one_household_may_not_contradict_each_other():
    assert (3, "RW", "household_differs") in errors(changed(1, rw="07"))
    assert (3, "Miskin", "household_differs") in errors(changed(1, miskin="tidak"))


def test_a_blank_household_number_belongs_to_the_household_above():
    rows = [list(each) for each in RIGHT]
    rows[1][0] = rows[2][0] = ""
    assert [len(each.members) for each in check(rows).households] == [3, 1, 2]


def test_without_numbers_a_head_begins_a_household():
    rows = [row[2:] for row in RIGHT]
    census = check(rows, HEADINGS[2:])
    assert [len(each.members) for each in census.households] == [3, 1, 2]
    assert census.ok


def test_it_accepts_a_list_of_households_with_head_and_size():
    headings = ["Nama Kepala Keluarga", "Jumlah jiwa", "RT/RW", "L/P"]
    census = check([["Contoh Darman", "4", "003/05", "L"]], headings)
    assert census.ok
    (household,) = census.households
    assert (household.rt, household.rw, household.stated_members) == ("03", "05", 4)
    assert household.head.name == "Contoh Darman"


def test_a_row_of_another_ward_is_wrong():
    rows = [["32.71.01.1003", *RIGHT[3]], ["32.71.01.1002", *RIGHT[4]]]
    found = errors(rows, headings=["Kode kelurahan", *HEADINGS], ward="32.71.01.1003")
    assert found == [(3, "Kode kelurahan", "other_ward")]


def test_members_without_a_relation_are_refused_for_the_whole_list():
    headings = ["Nama", "RW", "RT", "L/P"]
    assert errors([["Contoh", "1", "1", "L"]], headings=headings) == [(1, "", "no_relation")]


def test_it_reports_columns_that_it_does_not_know():
    census = check([[*RIGHT[3], "dua"]], [*HEADINGS, "Jumlah sepeda motor"])
    assert census.unknown_columns == [{"sheet": "CSV", "column": "Jumlah sepeda motor"}]


def test_the_document_has_the_promised_shape():
    found = check(changed(0, kelamin="X")).as_json()
    assert (found["rows"], found["households"], found["members"]) == (6, 3, 6)
    assert {"sheet", "row", "column", "value", "reason"} <= found["errors"][0].keys()
    assert found["errors"][0]["value"] == "X"
    assert found["duplicates"] == []


def test_likely_duplicates_within_a_file_are_shown_with_reasons():
    rows = [
        *RIGHT,
        [
            "9",
            "",
            "05",
            "02",
            "Gang A 1",
            "H. Contoh Darman",
            "",
            "L",
            "12/05/1970",
            "",
            "KK",
            "",
            "",
            "",
        ],
    ]
    (pair,) = check(rows).as_json()["duplicates"]
    assert {pair["first"]["row"], pair["second"]["row"]} == {2, 8}
    assert "same date of birth" in pair["reasons"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("NAMA LENGKAP", "name"),
        ("Tgl. Lahir", "born"),
        ("L/P", "sex"),
        ("full_name_i_c", "name"),
        ("pp_birth_date_i_c", "born"),
        ("individual_questions/relationship_i_c", "relation"),
        ("household_id", "number"),
        ("Status Hubungan Dalam Keluarga (SHDK)", "relation"),
        ("Warna rumah", None),
    ],
)
def test_headings_are_recognised_in_both_languages(heading, field):
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12/05/2004", (date(2004, 5, 12), "day")),
        ("12-5-2004", (date(2004, 5, 12), "day")),
        ("12 Agustus 1975", (date(1975, 8, 12), "day")),
        ("2004-05-12 00:00:00", (date(2004, 5, 12), "day")),
        ("38119", (date(2004, 5, 12), "day")),
        (38119.0, (date(2004, 5, 12), "day")),
        ("1975", (date(1975, 1, 1), "year")),
        ("'12/05/2004", (date(2004, 5, 12), "day")),
    ],
)
def test_dates_are_read_as_spreadsheets_leave_them(cell, expected):
    assert values.read_date(cell) == expected


@given(st.dates(min_value=date(1905, 1, 1), max_value=TODAY), st.sampled_from("LP"))
def test_a_nik_says_the_birthday_and_sex_it_was_made_from(born, sex):
    day = born.day + (40 if sex == "P" else 0)
    said = nik.what_nik_says(f"327101{day:02d}{born:%m%y}0001")
    assert said.agrees_with(born, "day")
    assert said.sex == sex


@given(st.text(max_size=40))
def test_no_text_in_a_cell_brings_a_reader_down(text):
    for reader in (
        values.read_sex, values.read_date, values.read_age, values.read_count,
        values.read_relation, values.read_yes_no, values.read_area_number, nik.read_number,
    ):  # fmt: skip
        try:
            reader(text)
        except Wrong as wrong:
            assert wrong.reason.say()


@given(st.lists(st.lists(st.text(max_size=12), min_size=14, max_size=14), min_size=1, max_size=6))
def test_whatever_stands_in_the_rows_every_row_is_counted_or_refused(rows):
    try:
        census = check(rows)
    except Refusal as refusal:
        assert refusal.reasons
    else:
        assert census.rows >= len(census.households) >= 0
        assert all(each.reason.say() for each in census.findings.errors)


def test_a_ward_of_a_thousand_households_is_read_whole():
    census = check_census(read_bytes(many(1000)), TODAY)
    assert (len(census.households), census.members) == (1000, 3000)
    assert census.ok


def test_a_number_stored_as_a_number_has_lost_its_last_digit():
    with pytest.raises(Wrong) as wrong:
        nik.read_number(3271011205700000.0)
    assert wrong.value.reason.clause.endswith("number_rounded")
    assert nik.read_number("3271 0112 0570 0001").digits == "3271011205700001"


def test_an_address_or_a_number_that_is_too_long_is_named_and_not_cut():
    assert errors(changed(0, alamat="Gang " * 50)) == [(2, "Alamat", "long")]
    long = "12345678901234567890123456789012345678901"
    assert errors([[long, *each[1:]] for each in RIGHT[:3]]) == [(2, "No. keluarga", "long")]
