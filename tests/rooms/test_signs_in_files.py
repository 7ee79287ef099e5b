"""Signs and numbers that cannot be read, in every list that is uploaded: the cell is named, nothing is kept."""

import io
import json
import zipfile

import pytest
from openpyxl import Workbook

from pendamping.cli.regions import _list
from pendamping.funds.upk.bank import files as bank
from pendamping.funds.upk.opening import files as opening
from pendamping.households import actions as households
from pendamping.households.models import Household
from pendamping.households.readers.files import read_bytes
from pendamping.households.rules.census import check_census
from pendamping.kernel import clock, signs
from pendamping.kernel.refusal import Refusal
from pendamping.targeting.rules import candidates
from pendamping.verification import sheets as papers

BAD = [
    "tani_x0000_",
    "tani_x0001_",
    "_x202E_tani",
    "ta\u2066ni",
    "tani_xFFFE_",
    "tani_xD800_",
    "tani\ufdd0",
]
GOOD = [
    "gang_x_1_",
    "_x0041_",
    "tani_x000D_\nladang",
    "tani\tladang",
    "Ny. Siti’s – “warung”",
    "👩\u200d🌾",
]
HEADS = ["Nama", "Jenis kelamin", "Hubungan", "RW", "RT", "Alamat", "Pekerjaan", "Pendidikan"]
PERSON = ["Siti", "P", "kepala keluarga", "01", "02", "Jl. A", "tani", "SD"]


def workbook(rows):
    """The bytes of a workbook with these rows."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def rewritten(content, old, new):
    """A workbook with other words in its sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", 8) as after:
        for each in before.namelist():
            after.writestr(each, before.read(each).replace(old, new))
    return out.getvalue()


def census_with(column, said):
    person = [
        said if heading == column else cell for heading, cell in zip(HEADS, PERSON, strict=True)
    ]
    return workbook([HEADS, person])


@pytest.mark.parametrize("said", BAD)
@pytest.mark.parametrize("column", ["Pekerjaan", "Alamat", "Pendidikan"])
def test_a_census_cell_that_cannot_be_read_is_an_error(column, said):
    found = check_census(read_bytes(census_with(column, said)), clock.today())
    assert [(one.row, one.column, one.reason.clause) for one in found.findings.errors] == [
        (2, column, "households.census.sign")
    ]
    assert "cannot be read" in found.findings.errors[0].reason.say()


@pytest.mark.parametrize("said", GOOD)
def test_blanks_and_signs_that_people_type_are_taken(said):
    assert not check_census(read_bytes(census_with("Alamat", said)), clock.today()).findings.errors


@pytest.mark.parametrize("column", ["Pekerjaan", "RW", "Nama", "Hubungan"])
def test_a_census_number_without_end_is_an_error_of_its_cell(column):
    content = rewritten(census_with(column, 987654), b"<v>987654</v>", b"<v>1e999</v>")
    errors = check_census(read_bytes(content), clock.today()).findings.errors
    assert (column, "households.census.sign") in {(one.column, one.reason.clause) for one in errors}


def test_half_a_sign_in_submissions_is_an_error():
    record = {"nama": "Siti", "hubungan": "kepala keluarga", "jk": "P", "alamat": "Jl \ud800"}
    found = check_census(read_bytes(json.dumps([record]).encode()), clock.today())
    assert "households.census.sign" in {one.reason.clause for one in found.findings.errors}


@pytest.mark.django_db
def test_a_census_with_a_nul_is_shown_as_wrong_and_refused(cast):
    content = census_with("Pekerjaan", "tani_x0000_")
    upload = households.stage_upload(
        by=cast.cadre, ward=cast.ward, filename="sensus.xlsx", content=content, on=clock.today()
    )
    assert upload.errors == 1
    with pytest.raises(Refusal):
        households.confirm_import(by=cast.cadre, ward=cast.ward, upload_id=upload.id)
    assert not Household.objects.exists()


@pytest.mark.parametrize("said", BAD)
@pytest.mark.parametrize("reader", [opening.sheets_of, bank.rows_of])
def test_a_cell_of_a_workbook_that_cannot_be_read_is_named(reader, said):
    with pytest.raises(Refusal) as refused:
        reader(workbook([["Kode", "Saldo"], ["11010", said]]))
    where = refused.value.reasons[0].where
    assert (where["sheet"], where["row"], where["column"]) == ("Sheet", 2, "B")
    assert signs.visible(where["value"]) == where["value"]


@pytest.mark.parametrize("number", [b"1e999", b"-1e999", b"NaN"])
@pytest.mark.parametrize("reader", [opening.sheets_of, bank.rows_of])
def test_a_number_without_end_is_named(reader, number):
    content = workbook([["Kode", "Saldo"], ["11010", 987654]])
    with pytest.raises(Refusal) as refused:
        reader(rewritten(content, b"<v>987654</v>", b"<v>" + number + b"</v>"))
    where = refused.value.reasons[0].where
    assert (where["row"], where["column"]) == (2, "B")


def test_a_list_of_dossiers_names_the_cell():
    with pytest.raises(Refusal) as refused:
        papers.read(workbook([["No", "Uraian"], ["1", "jalan_x0000_"]]), "")
    assert refused.value.reasons[0].clause == "verification.paper.cell"


def test_a_list_of_candidates_and_of_regions_names_the_cell(tmp_path):
    found, wrong = candidates.read_candidates(b"code;households;poor\n32.71\x00;1;1\n")
    assert (found, wrong[0].where["row"], wrong[0].where["column"]) == ([], 2, "A")
    file = tmp_path / "regions.csv"
    file.write_text("code,name\n32,Jawa\u202eBarat\n", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        _list(file)
    assert refused.value.reasons[0].where["column"] == "B"


def test_the_mark_that_old_programs_set_at_a_files_end_is_passed_over():
    assert bank.rows_of(b"Tanggal;Saldo\r\n1/2/2004;5\r\n\x1a")[1] == ["1/2/2004", "5"]


def test_digits_without_end_are_no_sum():
    assert bank.rows_of(b"Saldo;x\n" + b"9" * 5000 + b";1\n")[1][1] == "1"
    from pendamping.funds.upk.rules.statement import read_sen

    assert read_sen("9" * 5000) is None


def joined(ranges):
    content = workbook(
        [["Nama KSM", "Nama anggota"], *([f"Mawar {n}", "Siti"] for n in range(300))]
    )
    cells = b"".join(b'<mergeCell ref="%s"/>' % one for one in ranges)
    return rewritten(
        content, b"</sheetData>", b"</sheetData><mergeCells>" + cells + b"</mergeCells>"
    )


def test_joined_cells_say_one_name_in_each_row_however_often_they_are_listed():
    rows = opening.sheets_of(joined([b"A2:A101"] * 500))[0].rows
    assert {row[0] for row in rows[1:101]} == {"Mawar 0"}
    assert rows[101][0] == "Mawar 100"


@pytest.mark.parametrize(
    "ranges", [[b"A1:B4900"] * 50_000, [b"A%d:A300" % top for top in range(1, 200)]]
)
def test_joined_cells_without_end_are_refused(ranges):
    with pytest.raises(Refusal) as refused:
        opening.sheets_of(joined(ranges))
    assert refused.value.reasons[0].clause == "upk.file.joined"


# --- files that are small and take all memory ------------------------------------------------------


def far():
    """Two cells at the ends of a sheet: five kilobytes that span seventeen thousand million cells."""
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "x", "y"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def swollen():
    """A sheet that unpacks to sixty megabytes of nothing."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([HEADS]))) as good,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<sheetData>", b"<sheetData>" + b" " * 60_000_000)
            bad.writestr(name, content)
    return buffer.getvalue()


READERS = {
    "bank": bank.rows_of,
    "opening": opening.sheets_of,
    "papers": lambda content: papers.read(content, "32.71.01.1003"),
    "census": read_bytes,
}


@pytest.mark.parametrize("bomb", [far, swollen])
@pytest.mark.parametrize("reader", READERS)
def test_a_small_file_that_would_take_all_memory_is_refused_before_it_is_opened(reader, bomb):
    with pytest.raises(Refusal) as refused:
        READERS[reader](bomb())
    assert [one.clause for one in refused.value.reasons] == ["households.file.too_large"]


@pytest.mark.parametrize("reader", ["bank", "papers"])
def test_a_text_of_endless_rows_or_of_one_endless_cell_is_refused(reader):
    for content in (b"a;b\n" * 1_000_000, b"a;b\n" + b"x" * 200_000 + b";1\n"):
        with pytest.raises(Refusal):
            READERS[reader](content)
