"""``pendamping loan book``: what it prints and writes, on a book that a treasurer can count by hand."""

import json
from pathlib import Path

import duckdb
import pytest

from pendamping.cli.main import main
from tests.books.files import table

LOANS = ["loan_id", "ward", "group_id", "principal", "rate_bp", "instalments", "grace_months"]
LOANS.append("disbursed")
TERMS = [5_000_000, 150, 10, 2, "2004-05-12"]
PAID = ["loan_id", "paid_on", "amount"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Four loans of 575,000 a month from 12 August 2004 on, in two wards of two cities.

    A is paid up; B paid seven instalments and 500,000; C nothing; D paid 20,000,000 and was lent
    after the first day that is asked for.
    """
    table(
        tmp_path / "loans.csv",
        LOANS,
        [
            ["A", "32.71.01.1003", "Melati", *TERMS],
            ["B", "32.71.01.1003", "Mawar", *TERMS],
            ["C", "32.01.01.2001", "Melati", *TERMS],
            ["D", "32.01.01.2001", "Kenanga", *TERMS[:-1], "2005-05-13"],
        ],
    )
    dues = [f"2004-{month:02}-12" for month in range(8, 13)]
    dues += [f"2005-{month:02}-12" for month in range(1, 6)]
    paid = [["A", day, 575_000] for day in dues] + [["B", day, 575_000] for day in dues[:7]]
    table(
        tmp_path / "repayments.csv",
        PAID,
        [*paid, ["B", "2005-04-20", 500_000], ["D", "2005-06-01", 20_000_000]],
    )
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> dict:
    assert main(["loan", "book", *map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_it_closes_the_case_as_a_treasurer_would(case, capsys):
    """On 12 May 2005 all ten are due. B: of 500,000 the service of March and April (150,000) comes
    first, then 350,000 of March's principal; so three are behind: 1,150,000 principal, 75,000 service.
    """
    found = run(capsys, case, "--as-of", "2005-05-12")
    assert list(found) == ["as_of", "total", "areas"]
    assert [area["area"] for area in found["areas"]] == ["32.01.01.2001", "32.71.01.1003"]
    ward = found["areas"][1]
    assert (ward["loans"], ward["active"], ward["outstanding"]) == (2, 1, 1_150_000)
    assert (ward["due_to_date"], ward["paid_to_date"]) == (11_500_000, 10_275_000)
    assert (ward["arrears_principal"], ward["arrears_service"]) == (1_150_000, 75_000)
    assert ward["par30"] == {"fraction": "1150000/1150000", "value": 1.0}
    assert ward["par90"] == {"fraction": "0/1150000", "value": 0.0}
    assert ward["lar"] == {"fraction": "1/1", "value": 1.0}
    assert ward["classes"]["2"] == [1, 1_150_000]
    total = found["total"]
    assert (total["loans"], total["outstanding"]) == (3, 6_150_000)
    assert total["rr"] == {"fraction": "0/6150000", "value": 0.0}
    assert total["classes"] == {
        "1": [0, 0], "2": [1, 1_150_000], "3": [0, 0], "4": [0, 0], "5": [1, 5_000_000]
    }  # fmt: skip


def test_in_the_order_of_the_instalments_b_owes_more_service(case, capsys):
    found = run(capsys, case, "--as-of", "2005-05-12", "--allocation", "instalment-order")
    ward = found["areas"][1]
    assert (ward["arrears_principal"], ward["arrears_service"]) == (1_075_000, 150_000)


def test_areas_are_cities_and_provinces_when_asked(case, capsys):
    for level, codes in (("city", ["32.01", "32.71"]), ("province", ["32"])):
        found = run(capsys, case, "--as-of", "2005-05-12", "--by", level)
        assert [area["area"] for area in found["areas"]] == codes
    assert {**found["areas"][0], "area": None} == {"area": None, **found["total"]}


def test_what_is_left_over_is_overpaid_and_a_closed_book_has_no_ratios(tmp_path, capsys):
    table(tmp_path / "loans.csv", LOANS, [["D", "32.01.01.2001", "K", *TERMS]])
    table(tmp_path / "repayments.csv", PAID, [["D", "2005-06-01", 20_000_000]])
    total = run(capsys, tmp_path, "--as-of", "2005-06-01")["total"]
    assert (total["active"], total["overpaid"], total["paid_to_date"]) == (0, 14_250_000, 5_750_000)
    assert [total[name] for name in ("par30", "par90", "par", "lar", "rr")] == [None] * 5


def test_segments_need_no_closures_beside_them_nor_closures_segments(case, capsys):
    """B's rest of 1,150,000 is spread anew over two months; or B is written off."""
    columns = ["loan_id", "from", "principal", "service", "instalments", "first_due", "every"]
    spread = ["B", "2005-05-01", 1_150_000, 75_000, 2, "2005-06-12", "1month"]
    table(case / "segments.csv", columns, [spread])
    assert run(capsys, case, "--as-of", "2005-05-12")["areas"][1]["arrears_principal"] == 0
    (case / "segments.csv").unlink()
    gone = ["B", "2005-05-01", "written-off", 0, 0]
    table(case / "closures.csv", ["loan_id", "on", "kind", "principal", "service"], [gone])
    assert run(capsys, case, "--as-of", "2005-05-12")["areas"][1]["outstanding"] == 0


def test_a_book_without_loans_is_a_book(tmp_path, capsys):
    table(tmp_path / "loans.csv", LOANS, [])
    table(tmp_path / "repayments.csv", PAID, [])
    found = run(capsys, tmp_path, "--as-of", "2005-06-01")
    assert (found["areas"], found["total"]["loans"]) == ([], 0)


def test_it_writes_a_row_for_each_loan_that_was_paid_out(case, tmp_path, capsys):
    out = tmp_path / "closed" / "may"
    run(capsys, case, "--as-of", "2005-05-12", "--out", out)
    written = duckdb.sql(f"FROM '{out}/loans.parquet'")
    assert written.columns == [
        "loan_id", "ward", "group_id", "outstanding_principal", "arrears_principal",
        "arrears_service", "instalments_behind", "oldest_unpaid_due", "days_past_due", "class",
    ]  # fmt: skip
    rows = {row[0]: row[3:] for row in written.fetchall()}
    assert list(rows) == ["A", "B", "C"]
    assert rows["A"] == (0, 0, 0, 0, None, 0, None)
    assert [str(cell) for cell in rows["B"]] == [
        "1150000", "1150000", "75000", "3", "2005-03-12", "61", "2"
    ]  # fmt: skip


def test_it_prints_a_table_for_people_and_progress_apart(case, capsys):
    assert main(["loan", "book", str(case), "--as-of", "2005-05-12", "--lang", "en"]) == 0
    printed = capsys.readouterr()
    assert "Reading loans.csv" in printed.err
    head, rule, *rows, _rule, total = printed.out.splitlines()
    assert head.split()[0] == "Area"
    assert [row.split()[0] for row in rows] == ["32.01.01.2001", "32.71.01.1003"]
    assert "6.150.000" in total
    assert len(rule) >= len(head)


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path, capsys):
    assert main(["loan", "book", str(tmp_path / "none"), "--as-of", "2005-05-12"]) == 2


def test_semicolons_of_a_spreadsheet_and_a_mark_of_utf8_are_read(case, capsys):
    before = run(capsys, case, "--as-of", "2005-05-12")
    for path in case.glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace(",", ";")
        path.write_text("\ufeff" + text, encoding="utf-8")
    assert run(capsys, case, "--as-of", "2005-05-12") == before


def test_spark_says_what_to_type_where_it_is_not_there(case, capsys, monkeypatch):
    from pendamping.funds.closing import spark_engine

    monkeypatch.setattr(spark_engine, "java_version", lambda: 11)
    words = ["loan", "book", str(case), "--as-of", "2005-05-12", "--engine", "spark"]
    assert main(words) == 2
    assert "apt-get install openjdk-17-jre-headless" in capsys.readouterr().err
    monkeypatch.setattr(spark_engine, "java_version", lambda: 17)
    monkeypatch.setattr(spark_engine.importlib.util, "find_spec", lambda name: None)
    assert main(words) == 2
    assert "pip install 'pendamping[spark]'" in capsys.readouterr().err
