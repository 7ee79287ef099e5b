"""Files as the field sends them: many encodings, peers' workbooks, and files that mean harm."""

import io
import re
import tracemalloc
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


def reason_of(data, name=""):
    with pytest.raises(Refusal) as refused:
        check(data, name)
    (reason,) = refused.value.reasons
    return reason


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


def packed(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def parts(data):
    """The parts of a workbook by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sharing(cells, text):
    """A workbook in which each cell with LONG points to one shared text."""
    found = parts(book(cells))
    sheet = found["xl/worksheets/sheet1.xml"]
    inline = rb't="inlineStr"><is><t>LONG</t></is></c>'
    sheet = re.sub(inline, b't="s"><v>0</v></c>', sheet)
    assert b't="s"' in sheet
    name = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = b'<sst xmlns="' + name + b'"><si><t>' + text + b"</t></si></sst>"
    return packed({**found, "xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": texts})


@pytest.mark.parametrize(("row", "column"), [(0, "E"), (4, "E")])
def test_a_cell_without_end_in_a_text_file_is_named_by_row_and_column(row, column):
    reason = reason_of(as_csv(changed(row, alamat="x" * 200_000)))
    assert reason.where == {"row": row + 2, "column": column}


def test_a_quotation_mark_that_is_not_closed_is_named_where_it_opens():
    begun = as_csv().replace(b"Contoh Darman", b'"Contoh Darman', 1)
    assert reason_of(begun + as_csv() * 400).where == {"row": 2, "column": "F"}


def test_a_cell_far_too_long_is_named_by_sheet_row_and_heading():
    expected = {"sheet": "Anggota", "row": 4, "column": "Alamat"}
    long = [HEADINGS, *changed(2, alamat="LONG")]
    for data in (
        sharing(long, b"x" * 10_000_000),
        book([HEADINGS, *changed(2, alamat="x" * 3000)]),
    ):
        reason = reason_of(data)
        assert (reason.clause, reason.where) == ("households.file.cell", expected)
    assert reason_of(as_csv(changed(2, alamat="x" * 3000))).where == {**expected, "sheet": "CSV"}


def test_one_long_text_that_many_cells_share_is_refused_before_it_is_copied_into_each():
    cells = [HEADINGS, *(changed(0, alamat="LONG")[0] for _ in range(2000))]
    data = sharing(cells, b"x" * 1_000_000)  # two gigabytes once a reader fills the cells
    tracemalloc.start()
    assert reason_of(data).clause == "households.file.too_large"
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_a_heading_without_end_is_no_heading_and_is_shown_shortened():
    census = check(as_csv([[*row, "1"] for row in RIGHT], [*HEADINGS, "x" * 100_000]))
    assert census.ok
    assert [len(each["column"]) for each in census.unknown_columns] == [200]


def test_a_workbook_with_macros_is_read_and_the_macros_are_not():
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    other = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    found = parts(book([HEADINGS, *RIGHT]))
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(kind, other)
    assert check(packed({**found, "xl/vbaProject.bin": b"\x00 Sub"}), "sensus.xlsm").members == 6


def test_a_csv_under_the_name_of_a_workbook_is_read_by_its_content():
    assert check(as_csv(), "sensus.xlsx").members == 6


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_too(encoding):
    census = check(as_csv(changed(0, nama="Contoh Andrésa"), encoding=encoding))
    assert census.households[0].head.name == "Contoh Andrésa"


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("word/document.xml", "word"),
        ("ppt/presentation.xml", "word"),
        ("content.xml", "spreadsheet"),
        ("xl/workbook.bin", "spreadsheet"),
        ("foto/satu.jpg", "archive"),
    ],
)
def test_an_archive_of_another_kind_under_the_name_of_a_workbook_is_named(inside, kind):
    reason = reason_of(packed({inside: b"something"}), "sensus.xlsx")
    assert (reason.clause, reason.where) == ("households.file.kind", {"kind": kind})


def test_a_workbook_whose_parts_are_locked_asks_for_one_without_a_password():
    data = bytearray(book([HEADINGS, *RIGHT]))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = data.find(sign)
        while found != -1:
            data[found + at] |= 1
            found = data.find(sign, found + 4)
    assert reason_of(bytes(data)).clause == "households.file.password"


def test_headings_in_two_rows_with_merged_cells_are_put_together():
    above, below = list(HEADINGS), [""] * len(HEADINGS)
    at = HEADINGS.index("RW")
    above[at : at + 3] = ["Tempat tinggal", "", ""]
    below[at : at + 3] = HEADINGS[at : at + 3]
    title = [["Daftar warga RW 05"], []]
    most_below = [[HEADINGS[0], "", "Tempat tinggal", *[""] * 11], ["", *HEADINGS[1:]]]
    for headings in ([above, below], [*title, above, below], [*title, *most_below]):
        census = check(book([*headings, *RIGHT]))
        first = census.households[0]
        assert (census.rows, census.members, census.ok) == (6, 6, True)
        assert (first.rw, first.rt, bool(first.address)) == ("05", "02", True)


def test_a_title_over_groups_of_columns_does_no_harm():
    groups = ["Keluarga", *[""] * 4, "Anggota", *[""] * 8]
    filled = load_workbook(io.BytesIO(book([["Daftar warga"], groups, HEADINGS, *RIGHT])))
    for area in ("A1:N1", "A2:E2", "F2:N2"):
        filled.worksheets[0].merge_cells(area)
    buffer = io.BytesIO()
    filled.save(buffer)
    census = check(buffer.getvalue())
    assert (census.members, census.ok, census.households[0].row) == (6, True, 4)


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
        (b"%PDF-1.4 something", "", "file.kind"),
        (b"%PDF-1.4 something", "sensus.xlsx", "file.kind"),
        (b"\xff\xd8\xff\xe0 a photograph", "sensus.xlsx", "file.kind"),
        (b"<html><table><tr><td>Nama</td></tr></table>", "sensus.xls", "file.kind"),
        (b"\x00\x01\x02\x03" * 50, "sensus.xlsx", "file.workbook"),
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
