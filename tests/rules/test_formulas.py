"""A formula without its result in the file is named; nothing is read as an empty cell."""

import io
import re
import zipfile

import pytest
from openpyxl import Workbook

from pendamping.funds.upk.bank import files as bank
from pendamping.funds.upk.opening import files as opening
from pendamping.households.readers.formulas import without_result
from pendamping.kernel.refusal import Refusal


def workbook(*rows, title="Pinjaman"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_result(content, result, kind=""):
    """The same workbook as a spreadsheet program saves it: each formula with what it comes to."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            text = re.sub(rb"</f><v ?/>|</f><v></v>", b"</f><v>" + result + b"</v>", text)
            text = re.sub(rb"<c r=(\S+)><f>", b"<c r=\\1" + kind.encode() + b"><f>", text)
            new.writestr(name, text)
    return made.getvalue()


def cells(content):
    return [(one.values["sheet"], one.values["cell"]) for one in without_result(content, "x")]


def test_each_is_named_by_sheet_and_cell_also_far_below():
    rows = [[number, "=1+1" if number in (5, 20_000) else "x"] for number in range(1, 20_001)]
    assert cells(workbook(*rows, title="Buku & Kas")) == [
        ("Buku & Kas", "B5"), ("Buku & Kas", "B20000"),
    ]  # fmt: skip


def test_one_with_its_result_is_read():
    content = with_result(workbook(["Kredit"], ["=500*2"]), b"1000")
    assert cells(content) == []
    assert bank.rows_of(content)[1] == [1000.0]


def test_an_empty_text_is_a_result():
    assert cells(with_result(workbook(['=IF(1,"","")']), b"", ' t="str"')) == []


@pytest.mark.parametrize("read", [bank.read, opening.sheets_of], ids=["bank", "opening"])
def test_both_readers_refuse_it(read):
    with pytest.raises(Refusal) as found:
        read(workbook(["Tanggal", "Kredit"], ["12/05/2004", "=500*2"], ["13/05/2004", 7]))
    assert [(one.clause, one.where["cell"]) for one in found.value.reasons] == [
        ("upk.file.formula", "B2")
    ]


def test_narration_that_looks_like_a_formula_stays_text():
    assert cells(workbook(["'=1+1", "a=b"])) == []
