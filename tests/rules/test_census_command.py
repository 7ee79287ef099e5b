"""``census check`` and ``census template``: one document, the promised exit status, no database."""

import json
import subprocess
import sys

import pytest

from pendamping.cli.main import main
from tests.census_files.small import as_csv, changed


def run(capsys, *arguments):
    status = main([str(each) for each in arguments])
    printed = capsys.readouterr()
    return status, printed.out


def test_a_right_file_is_done_and_a_wrong_one_names_its_cells(capsys, tmp_path):
    path = tmp_path / "sensus.csv"
    path.write_bytes(as_csv())
    status, printed = run(capsys, "census", "check", path, "--json", "--lang", "en")
    found = json.loads(printed)
    assert (status, found["rows"], found["households"], found["members"]) == (0, 6, 3, 6)
    assert (found["errors"], found["duplicates"]) == ([], [])
    path.write_bytes(as_csv(changed(1, kelamin="?")))
    status, printed = run(capsys, "census", "check", path, "--json", "--lang", "en")
    (error,) = json.loads(printed)["errors"]
    place = {name: error[name] for name in ("sheet", "row", "column", "value")}
    assert (status, place) == (
        1,
        {"sheet": "CSV", "row": 3, "column": "Jenis kelamin", "value": "?"},
    )
    assert error["reason"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x00\x01", None])
def test_a_file_that_is_no_census_is_refused_with_reasons(capsys, tmp_path, content):
    path = tmp_path / "x.xlsx"
    if content is not None:
        path.write_bytes(content)
    status, printed = run(capsys, "census", "check", path, "--json")
    (reason,) = json.loads(printed)["reasons"]
    assert (status, reason["clause"].split(".")[:2]) == (1, ["households", "file"])


def test_the_template_that_it_writes_has_no_rows_yet(capsys, tmp_path):
    path = tmp_path / "templat.xlsx"
    assert run(capsys, "census", "template", path)[0] == 0
    status, printed = run(capsys, "census", "check", path, "--json")
    assert (status, json.loads(printed)["reasons"][0]["clause"]) == (1, "households.census.no_rows")


def test_a_check_for_people_prints_each_place(capsys, tmp_path):
    path = tmp_path / "sensus.csv"
    path.write_bytes(as_csv(changed(1, kelamin="?")))
    status, printed = run(capsys, "census", "check", path)
    assert status == 1
    assert "CSV 3 Jenis kelamin [?]" in printed


def test_wrong_use_is_status_two():
    with pytest.raises(SystemExit) as ended:
        main(["census", "import", "x.csv"])
    assert ended.value.code == 2


def test_a_check_starts_without_django(tmp_path):
    path = tmp_path / "sensus.csv"
    path.write_bytes(as_csv())
    program = (
        "import sys; from pendamping.cli.main import main;"
        f"status = main(['census', 'check', {str(path)!r}, '--json']);"
        "sys.exit(status or 10 * ('django' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0
    assert json.loads(done.stdout)["members"] == 6
