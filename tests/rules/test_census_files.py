"""Files as the field sends them: many encodings, peers' workbooks, and files that mean harm."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from pendamping.households.readers.files import read_bytes, read_path
from pendamping.households.rules.census import check_census
from pendamping.households.workbooks import findings_csv, findings_workbook, template
from pendamping.kernel.refusal import Refusal
from tests.census_files.from_alatas import neighbourhood, rows, workbook
from tests.census_files.small import HEADINGS, RIGHT, as_csv, changed

TODAY = date(2026, 11, 24)


def check(data, name=""):
    return check_census(read_bytes(data, name), TODAY)


def refusal(data, name=""):
    with pytest.raises(Refusal) as refused:
        check(data, name)
    return refused.value.reasons[0].clause.removeprefix("households.")


def book(cells, title="Anggota"):
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for row in cells:
        sheet.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_in_any_encoding_with_any_separator(separator, encoding):
    written = as_csv(changed(0, nama="Contoh Andrésa"), separator=separator, encoding=encoding)
    census = check(written)
    assert census.households[0].head.name == "Contoh Andrésa"
    assert (len(census.households), census.members) == (3, 6)


def test_a_title_above_the_headings_and_a_separator_line_are_passed_over():
    written = b"sep=;\r\nDaftar warga;;\r\n;;\r\n" + as_csv(separator=";")
    census = check(written)
    assert census.members == 6
    assert census.households[0].row == 5


def test_a_workbook_says_the_same_as_a_csv():
    census = check(book([HEADINGS, *RIGHT]))
    assert census.as_json()["members"] == check(as_csv()).as_json()["members"]
    assert census.ok


def test_two_sheets_are_joined_by_the_household_number():
    made = Workbook()
    one = made.worksheets[0]
    one.title = "Keluarga"
    one.append(["No. keluarga", "RW", "RT", "Jumlah anggota", "Miskin"])
    one.append([1, 5, 2, 2, "ya"])
    one.append([2, 5, 3, 1, "tidak"])
    two = made.create_sheet("Anggota")
    two.append(["No. keluarga", "Nama", "L/P", "Hubungan"])
    for row in (
        [1, "Contoh A", "L", "KK"],
        [1, "Contoh B", "P", "Istri"],
        [9, "Contoh C", "P", "KK"],
    ):
        two.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    census = check(buffer.getvalue())
    found = {(e.sheet, e.row, e.reason.clause.rsplit(".", 1)[1]) for e in census.findings.errors}
    assert found == {("Anggota", 4, "number_unknown"), ("Keluarga", 3, "no_members")}
    assert census.households[0].rw == "05"


@pytest.mark.parametrize("sign", ["{}", "({})"])
def test_a_row_that_counts_the_columns_is_no_person(sign):
    counting = [sign.format(number) for number in range(1, len(HEADINGS) + 1)]
    for written in (book([HEADINGS, counting, *RIGHT]), as_csv([counting, *RIGHT])):
        census = check(written)
        assert (census.rows, census.members, census.ok) == (6, 6, True)
        assert census.households[0].row == 3


def test_three_hundred_columns_more_are_named_and_do_no_harm():
    more = [f"x{number}" for number in range(300)]
    census = check(as_csv([[*row, *(["1"] * 300)] for row in RIGHT], [*HEADINGS, *more]))
    assert (census.members, census.ok, len(census.unknown_columns)) == (6, True, 300)


def test_cells_without_end_and_zero_bytes_are_refused_with_a_reason():
    assert refusal(as_csv(changed(0, alamat="x" * 10_000_000))) == "file.csv"
    assert refusal(as_csv().replace(b"Darman", b"Dar\0man")) == "file.not_text"


def test_merged_cells_speak_for_the_rows_below_them():
    filled = load_workbook(io.BytesIO(book([HEADINGS, *RIGHT])))
    for area in ("A2:A4", "B2:B4", "C2:C4", "E2:E4"):
        filled.worksheets[0].merge_cells(area)
    buffer = io.BytesIO()
    filled.save(buffer)
    census = check(buffer.getvalue())
    assert [len(each.members) for each in census.households] == [3, 1, 2]
    assert census.ok


def test_the_template_is_empty_and_can_be_filled():
    assert refusal(template()) == "census.no_rows"
    filled = load_workbook(io.BytesIO(template()))
    for row, values in enumerate(RIGHT, start=2):
        for column, value in enumerate(values, start=1):
            filled.worksheets[0].cell(row, column).value = value or None
    buffer = io.BytesIO()
    filled.save(buffer)
    assert check(buffer.getvalue()).as_json()["members"] == len(RIGHT)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("error-xlsx.xlsx", [("Individuals", 7, "relationship_i_c")]),
        (
            "invalid_area.xlsx",
            [("Households", row, f"admin{level}_h_c") for row in (3, 4, 6) for level in (1, 2)],
        ),
        (
            "invalid_rows.xlsx",
            [
                ("Households", 5, "household_size_h_c"),
                ("Households", 21, "household_id"),
                ("Individuals", 8, "birth_date"),
                ("Individuals", 8, "household_id"),
                ("Individuals", 29, "household_id"),
            ],
        ),
    ],
)
def test_wrong_workbooks_of_a_peer_come_back_with_the_cells_named(data_folder, name, expected):
    census = check_census(read_path(data_folder / "unicef-hope-registration" / name), TODAY)
    found = [(e["sheet"], e["row"], e["column"]) for e in census.as_json()["errors"]]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("name", "households", "members"),
    [
        ("new_reg_data_import.xlsx", 3, 6),
        ("new_reg_data_import_flex_field.xlsx", 3, 6),
        ("test_collectors.xlsx", 3, 3),
        ("kobo_submissions.json", 1, 2),
        ("kobo_submissions_collectors.json", 4, 8),
        ("test_calculate_hash_for_kobo_submission1.json", 1, 2),
    ],
)
def test_right_files_of_a_peer_are_accepted(data_folder, name, households, members):
    census = check_census(read_path(data_folder / "unicef-hope-registration" / name), TODAY)
    assert census.findings.errors == []
    assert (len(census.households), census.members) == (households, members)


@pytest.mark.parametrize(
    ("name", "clause"),
    [("empty_rdi.xlsx", "census.no_rows"), ("not_excel_file.xlsx", "file.empty")],
)
def test_files_of_a_peer_without_people_are_refused(data_folder, name, clause):
    with pytest.raises(Refusal) as refused:
        check_census(read_path(data_folder / "unicef-hope-registration" / name), TODAY)
    assert refused.value.reasons[0].clause == f"households.{clause}"


@pytest.mark.parametrize("ea", ["2", "4", "6"])
def test_a_real_neighbourhood_goes_through_the_template(data_folder, ea):
    study = neighbourhood(data_folder / "alatas-targeting-indonesia" / "alatas.csv", ea)
    census = check(workbook(rows(study)))
    assert census.findings.errors == []
    assert len(census.households) == len(study)
    assert census.members == sum(round(float(each["hhsize"])) for each in study)


def _bomb(inner_name, unpacked):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(inner_name, b" " * unpacked)
    return buffer.getvalue()


def _far_cell(cell):
    """A right workbook whose sheet has one cell at the far end."""
    source = zipfile.ZipFile(io.BytesIO(book([HEADINGS, *RIGHT])))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", cell + b"</sheetData>")
            archive.writestr(entry.filename, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "clause"),
    [
        (b"", "", "file.empty"),
        (b"  \r\n ", "", "file.empty"),
        (b"PK\x03\x04 not a zip", "", "file.workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "", "file.workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "",
            "file.password",
        ),
        (b"%PDF-1.4 something", "", "file.workbook"),
        (b"\x00\x01\x02\x03" * 50, "", "file.not_text"),
        (b"just some words\nwithout any heading\n", "", "file.no_headings"),
        (b'{"a": ', "", "file.json"),
        (b"[1, 2]", "", "file.json"),
        (b"[" * 100_000, "", "file.json"),
        (b'Nama,Hubungan,RW\n"never closed,' + b"x" * 200_000, "", "file.csv"),
        (as_csv([], HEADINGS), "", "census.no_rows"),
        (_bomb("xl/worksheets/sheet1.xml", 300_000_000), "", "file.too_large"),
        (
            _far_cell(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
            "",
            "file.too_large",
        ),
        (_far_cell(b"<row><c r='XFD1048576'><v>1</v></c></row>"), "", "file.too_large"),
    ],
)
def test_files_that_are_none_or_mean_harm_are_refused_with_a_reason(data, name, clause):
    assert refusal(data, name) == clause


def test_a_value_that_looks_like_a_formula_stays_text_in_the_list_of_errors():
    findings = check(as_csv(changed(0, kelamin="=1+1"))).as_json()["errors"]
    sheet = load_workbook(io.BytesIO(findings_workbook(findings))).worksheets[0]
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=1+1", "s")
    assert "'=1+1" in findings_csv(findings)
