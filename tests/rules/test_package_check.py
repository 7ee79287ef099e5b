"""A package that was damaged on its way is refused, and the file, the row and the column are named."""

import csv
import json
import os
import subprocess
import sys
import zipfile
from datetime import date

import pytest

from pendamping.cli.main import main
from pendamping.exchange import cells
from pendamping.exchange.container import pack
from pendamping.exchange.reading import look, read
from pendamping.exchange.rules import BY_NAME, RESOURCES
from tests.packages import files_of, made, rows


def found(path):
    """Clause, file, row and column of every reason."""
    return [
        (r.clause, r.where.get("file"), r.where.get("row"), r.where.get("column"))
        for r in look(path).reasons
    ]


def plain(tmp_path, **changed):
    """What is said of a folder whose files have these contents and no description: ``persons="…"``."""
    files = {k: v for k, v in files_of(rows()).items() if k.startswith("data/")}
    files.update({BY_NAME[name].path: text.encode() for name, text in changed.items()})
    (tmp_path / "data").mkdir()
    for path, content in files.items():
        (tmp_path / path).write_bytes(content)
    return found(tmp_path)


def test_a_whole_package_is_read_with_its_types(tmp_path):
    package = read(made(tmp_path / "a.zip"))
    assert package.notes == []
    assert package.rows["persons"][0]["born"] == date(1970, 2, 28)
    assert package.rows["persons"][1]["name"] == 'Ani "Neng"'
    assert package.rows["persons"][1]["born"] is None
    assert package.rows["meetings"][0]["minutes"] == "Baris satu\nbaris dua"
    assert package.rows["lines"][0]["amount"] == -1_000_000
    assert package.rows["households"][0]["poor"] is True
    assert package.files == {"guidelines/a.toml": b"a = 1\n"}


def test_the_same_rows_in_any_order_make_the_same_bytes(tmp_path):
    other = {name: list(reversed(held)) for name, held in rows().items()}
    first, second = made(tmp_path / "a.zip"), made(tmp_path / "b.zip", other)
    assert first.read_bytes() == second.read_bytes()


def test_every_reference_names_a_resource_with_a_single_key():
    for resource in RESOURCES:
        assert all(resource.column(name) for name in resource.key)
        for column in resource.columns:
            assert not column.to or column.to in BY_NAME


def test_a_package_with_only_some_resources_is_taken(tmp_path):
    some = {name: rows()[name] for name in ("ward", "persons")}
    assert found(made(tmp_path / "a.zip", some)) == []


def test_a_cut_file_is_refused(tmp_path):
    whole = made(tmp_path / "a.zip")
    whole.write_bytes(whole.read_bytes()[:-200])
    assert found(whole) == [("package.zip", "a.zip", None, None)]


def test_bytes_that_changed_within_the_zip_are_named_by_file(tmp_path):
    path = made(tmp_path / "a.zip")
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("data/persons.csv")
        content[entry.header_offset + 30 + len(entry.filename) + 20] ^= 0xFF
    path.write_bytes(bytes(content))
    assert ("package.damaged", "data/persons.csv", None, None) in found(path)


def test_a_changed_figure_is_named_with_its_row(tmp_path):
    files = files_of(rows())
    files["data/repayments.csv"] = files["data/repayments.csv"].replace(b",115000,", b",175000,")
    pack(files, tmp_path / "a.zip")
    assert found(tmp_path / "a.zip") == [("package.changed", "data/repayments.csv", 2, None)]


def test_a_missing_row_is_named_where_it_was(tmp_path):
    files = files_of(rows())
    lines = files["data/persons.csv"].split(b"\n")
    files["data/persons.csv"] = b"\n".join([lines[0], lines[1], *lines[3:]])
    pack(files, tmp_path / "a.zip")
    assert ("package.changed", "data/persons.csv", 3, None) in found(tmp_path / "a.zip")


def test_a_file_that_is_described_and_not_there_is_named(tmp_path):
    files = files_of(rows())
    del files["guidelines/a.toml"]
    pack(files, tmp_path / "a.zip")
    assert found(tmp_path / "a.zip") == [("package.missing", "guidelines/a.toml", None, None)]


def test_a_foreign_column_and_a_foreign_file_are_said_and_ignored(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "households.csv").write_text("id,head_name,shoe\nh1,Sari,38\n")
    (tmp_path / "data" / "shoes.csv").write_text("id\n1\n")
    package = read(tmp_path)
    assert package.rows == {"households": [{"id": "h1", "head_name": "Sari"}]}
    assert [(n.clause, n.where.get("column"), n.where["file"]) for n in package.notes] == [
        ("package.foreign", "shoe", "data/households.csv"),
        ("package.foreign_file", None, "data/shoes.csv"),
    ]


@pytest.mark.parametrize(
    ("resource", "text", "expected"),
    [
        ("persons", "id,household,name\np1,h1,A\np2,h9,B\np3,h1,C\n",
         ("package.reference", "data/persons.csv", 3, "household")),
        ("households", "id,head_name\nh1,A\nh2,B\nh1,C\n", ("package.double", "data/households.csv", 4, "id")),
        ("persons", "id,household,name,born\np1,h1,A,1970-02-30\n", ("package.cell", "data/persons.csv", 2, "born")),
        ("persons", "id,household,name,born\np1,h1,A,28/02/1970\n", ("package.cell", "data/persons.csv", 2, "born")),
        ("persons", "id,household,name,sex\np1,h1,A,X\n", ("package.cell", "data/persons.csv", 2, "sex")),
        ("persons", "id,household,name\np1,h1,\n", ("package.cell", "data/persons.csv", 2, "name")),
        ("persons", "id,name\np1,A\n", ("package.column", "data/persons.csv", 1, "household")),
        ("persons", "id,household,name\np1,h1\n", ("package.cells", "data/persons.csv", 2, None)),
        ("persons", 'id,household,name\np1,h1,"A\n', ("package.cells", "data/persons.csv", 2, None)),
        ("lines", "entry,account,amount\ne1,1,5\ne1,2,-4\n", ("package.balance", "data/entries.csv", 2, "id")),
        ("lines", "entry,account,amount\ne1,1,5.5\n", ("package.cell", "data/lines.csv", 2, "amount")),
        ("loan_members", "loan_id,person,amount\nl1,p1,1\n", ("package.parts", "data/loans.csv", 2, "principal")),
        ("repayments", "loan_id,paid_on,amount,principal\nl1,2004-07-01,5,6\n",
         ("package.split", "data/repayments.csv", 2, "amount")),
        ("repayments", "loan_id,paid_on,amount\nl1,2004-05-01,5\n",
         ("package.before", "data/repayments.csv", 2, "paid_on")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_file_row_and_column(tmp_path, resource, text, expected):
    assert expected in plain(tmp_path, **{resource: text})


def test_what_is_not_utf8_is_named_with_its_line(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "households.csv").write_bytes(b"id,head_name\nh1,A\nh2,\xe9\n")
    assert found(tmp_path) == [("package.utf8", "data/households.csv", 3, None)]


def test_a_changed_event_of_the_trail_breaks_its_seal(tmp_path):
    held = rows()
    held["trail"][0]["verb"] = "loans.forgive"
    assert found(made(tmp_path / "a.zip", held)) == [("trail.edited", "data/trail.csv", 2, "seal")]


@pytest.mark.parametrize(
    "name", ["../a.csv", "/etc/a.csv", "data/../../a.csv", "data\\a.csv", "C:a.csv"]
)
def test_a_path_outside_is_not_opened(tmp_path, name):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "x")
    package = look(path)
    assert [r.clause for r in package.reasons] == ["package.outside"]
    assert package.rows == {}


def test_a_zip_bomb_is_not_opened(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/households.csv", b"0" * 5_000_000)
    package = look(path)
    assert [(r.clause, r.where["file"]) for r in package.reasons] == [
        ("package.bomb", "data/households.csv")
    ]


def test_the_command_names_what_is_wrong_and_needs_no_database(tmp_path, capsys):
    held = rows()
    held["persons"][0]["household"] = "h9"
    path = made(tmp_path / "a.zip", held)
    assert main(["package", "check", str(path), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] is False
    assert said["reasons"][0]["where"] == {
        "file": "data/persons.csv",
        "row": 2,
        "column": "household",
    }
    assert main(["package", "check", str(made(tmp_path / "b.zip"))]) == 0
    assert "utuh" in capsys.readouterr().out


def test_reading_a_package_loads_no_web_framework():
    code = "import sys; import pendamping.exchange.reading; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], env=os.environ, check=False).returncode == 0


def test_other_readers_keep_their_own_limit_of_a_cell():
    usual = csv.field_size_limit()
    with cells.up_to(usual * 10):
        assert csv.field_size_limit() == usual * 10
    with pytest.raises(ZeroDivisionError), cells.up_to(5):
        raise ZeroDivisionError
    assert csv.field_size_limit() == usual
