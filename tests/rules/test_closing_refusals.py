"""What ``loan book`` refuses: every reason with its file and row, and nothing is written."""

import json
from pathlib import Path

import duckdb
import pytest

from pendamping.cli.main import main
from pendamping.funds.closing import faults
from tests.books.files import table
from tests.rules.test_closing_command import LOANS, PAID, TERMS

LOAN = ["A", "32.71.01.1003", "Melati", *TERMS]
SPLIT = [*PAID, "principal", "service"]
SEGMENT = ["loan_id", "from", "principal", "service", "instalments", "first_due", "every"]
CLOSURE = ["loan_id", "on", "kind", "principal", "service"]


def book(folder: Path, *paid, columns=PAID, loans=(LOAN,), loan_columns=LOANS) -> Path:
    table(folder / "loans.csv", loan_columns, loans)
    table(folder / "repayments.csv", columns, paid)
    return folder


def refusals(capsys: pytest.CaptureFixture[str], folder: Path) -> list[tuple]:
    """(clause, file, row) of every reason."""
    out = folder / "out"
    words = ["loan", "book", str(folder), "--as-of", "2005-05-12", "--json", "--out", str(out)]
    assert main(words) == 1
    assert not out.exists()
    reasons = json.loads(capsys.readouterr().out)["reasons"]
    assert all(set(one) == {"clause", "text", "where"} for one in reasons)
    return [(one["clause"], one["where"].get("file"), one["where"].get("row")) for one in reasons]


@pytest.mark.parametrize(
    ("row", "clause"),
    [
        (["X", "2004-08-12", 5], "closing.loan"),
        (["", "2004-08-12", 5], "closing.missing"),
        (["A", "2004-05-11", 5], "closing.before_loan"),
        (["A", "2004-08-12", -1], "closing.negative"),
        (["A", "2004-08-12", "-0.5"], "closing.negative"),
        (["A", "2004-08-12", "100.5"], "closing.fraction"),
        (["A", "2004-08-12", "1.000.000"], "closing.points"),
        (["A", "2004-08-12", "250.000"], "closing.points"),
        (["A", "2004-08-12", "2.000"], "closing.points"),
        (["A", "2004-08-12", "-2.000"], "closing.points"),
        (["A", "2004-08-12", "250,000"], "closing.number"),
        (["A", "2004-08-12", "lima"], "closing.number"),
        (["A", "2004-08-12", ""], "closing.missing"),
        (["A", "2004-08-12", 10**15 + 1], "closing.great"),
        (["A", "2004-08-12", "9" * 40], "closing.great"),
        (["A", "2005-02-29", 5], "closing.day"),
        (["A", "12/08/2004", 5], "closing.day"),
        (["A", "2004-8-12", 5], "closing.day"),
        (["A", "", 5], "closing.missing"),
    ],
)
def test_a_wrong_payment_is_named(tmp_path, capsys, row, clause):
    book(tmp_path, ["A", "2004-08-12", 575_000], row)
    assert refusals(capsys, tmp_path) == [(clause, "repayments.csv", 3)]


@pytest.mark.parametrize("said", ["575000.0", "575000.00", "575000.000", "575000."])
def test_zeros_after_a_point_that_can_be_no_thousands_are_read(tmp_path, capsys, said):
    book(tmp_path, ["A", "2004-08-12", said])
    assert main(["loan", "book", str(tmp_path), "--as-of", "2005-05-12", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"]["paid_to_date"] == 575_000


def test_lines_that_end_with_a_bare_cr_are_named(tmp_path, capsys):
    book(tmp_path, ["A", "2004-08-12", 575_000])
    file = tmp_path / "repayments.csv"
    file.write_bytes(file.read_bytes().replace(b"\r\n", b"\r").replace(b"\n", b"\r"))
    assert refusals(capsys, tmp_path) == [("closing.file", "repayments.csv", 1)]


@pytest.mark.parametrize(
    ("split", "clause"),
    [
        ([5, 6], "closing.split"),
        ([5, ""], "closing.split"),
        ([11, 0], "closing.split"),
        ([-1, 2], "closing.negative"),
    ],
)
def test_a_split_that_does_not_fit_its_payment_is_named(tmp_path, capsys, split, clause):
    book(tmp_path, ["A", "2004-08-12", 10, 5, 5], ["A", "2004-08-12", 10, *split], columns=SPLIT)
    assert refusals(capsys, tmp_path) == [(clause, "repayments.csv", 3)]


def test_a_split_of_more_than_the_loan_owes_is_named(tmp_path, capsys):
    """750,000 of service in all: 700,000 and 50,001 are one too many; so is a bare payment before."""
    paid = [["A", "2004-09-12", 50_001, 0, 50_001], ["A", "2004-08-12", 700_000, 0, 700_000]]
    book(tmp_path, *paid, columns=SPLIT)
    assert refusals(capsys, tmp_path) == [("closing.split", "repayments.csv", 2)]
    paid = [["A", "2004-08-12", 6_000_000, "", ""], ["A", "2004-09-12", 10, 10, 0]]
    book(tmp_path, *paid, columns=SPLIT)
    assert refusals(capsys, tmp_path) == [("closing.split", "repayments.csv", 3)]


def test_a_split_after_the_day_is_not_held_against_the_loan(tmp_path, capsys):
    book(tmp_path, ["A", "2005-05-13", 9_000_000, 9_000_000, 0], columns=SPLIT)
    words = ["loan", "book", str(tmp_path), "--as-of", "2005-05-12"]
    assert main(words) == 0
    assert main([*words[:-1], "2005-05-13"]) == 1


def test_all_reasons_come_at_once(tmp_path, capsys):
    loans = [LOAN, LOAN, ["B", "", "M", 0, "x", 0, -1, "2004-13-01"]]
    book(tmp_path, ["Z", "2004-08-12", "1.5"], ["A", "2004-01-01", 5], loans=loans)
    found = refusals(capsys, tmp_path)
    assert ("closing.double", "loans.csv", 3) in found
    assert {row for _, file, row in found if file == "loans.csv"} == {3, 4}
    assert ("closing.loan", "repayments.csv", 2) in found
    assert ("closing.fraction", "repayments.csv", 2) in found
    assert ("closing.before_loan", "repayments.csv", 3) in found
    assert len([one for one in found if one[1:] == ("loans.csv", 4)]) == 6


def test_so_many_reasons_are_enough(tmp_path, capsys):
    book(tmp_path, *(["A", "2004-08-12", -1] for _ in range(3 * faults.MOST)))
    assert len(refusals(capsys, tmp_path)) == faults.MOST


def test_missing_files_columns_and_content_are_named(tmp_path, capsys):
    assert refusals(capsys, tmp_path) == [("closing.file", "loans", None)]
    table(tmp_path / "loans.csv", LOANS, [LOAN])
    assert refusals(capsys, tmp_path) == [("closing.file", "repayments", None)]
    table(tmp_path / "repayments.csv", ["loan_id", "amount"], [["A", 5]])
    assert refusals(capsys, tmp_path) == [("closing.file", "repayments.csv", None)]
    (tmp_path / "repayments.csv").write_bytes(b"")
    assert refusals(capsys, tmp_path) == [("closing.file", "repayments.csv", None)]


def test_what_is_not_utf8_is_named_with_its_row(tmp_path, capsys):
    book(tmp_path, ["A", "2004-08-12", 5])
    with (tmp_path / "repayments.csv").open("ab") as file:
        file.write(b"A,2004-08-12,5\r\nA\xe9,2004-08-12,5\r\n")
    assert refusals(capsys, tmp_path) == [("closing.file", "repayments.csv", 4)]
    (tmp_path / "repayments.csv").write_bytes("loan_id,paid_on".encode("utf-16"))
    assert refusals(capsys, tmp_path) == [("closing.file", "repayments.csv", 1)]


def test_rows_with_too_many_or_too_few_cells_are_named(tmp_path, capsys):
    book(tmp_path, ["A", "2004-08-12", 5], ["A", "2004-08-12"], ["A", "2004-08-12", 5, 5])
    assert refusals(capsys, tmp_path) == [
        ("closing.file", "repayments.csv", 3),
        ("closing.file", "repayments.csv", 4),
    ]


def test_two_files_of_one_kind_are_refused(tmp_path, capsys):
    book(tmp_path)
    duckdb.sql(f"COPY (SELECT 1 AS loan_id) TO '{tmp_path}/loans.parquet'")
    assert [one[0] for one in refusals(capsys, tmp_path)] == ["closing.file"]


def test_parquet_is_held_to_the_same_rules(tmp_path, capsys):
    table(tmp_path / "loans.csv", LOANS, [LOAN])
    rows = "('A', DATE '2004-08-12', 5.0::DOUBLE), ('A', DATE '2004-08-12', 5.5), ('A', NULL, -1)"
    target = tmp_path / "repayments.parquet"
    duckdb.sql(f"COPY (FROM (VALUES {rows}) t(loan_id, paid_on, amount)) TO '{target}'")
    assert refusals(capsys, tmp_path) == [
        ("closing.missing", "repayments.parquet", 3),
        ("closing.fraction", "repayments.parquet", 2),
        ("closing.negative", "repayments.parquet", 3),
    ]
    duckdb.sql(f"COPY (SELECT 'A' AS loan_id, TRUE AS paid_on, 5 AS amount) TO '{target}'")
    assert refusals(capsys, tmp_path) == [("closing.file", "repayments.parquet", None)]
    target.write_bytes(b"PAR1 not")
    assert refusals(capsys, tmp_path) == [("closing.file", "repayments.parquet", None)]


def test_changes_of_a_loan_are_held_to_the_loan_and_to_each_other(tmp_path, capsys):
    book(tmp_path)
    table(
        tmp_path / "segments.csv",
        SEGMENT,
        [
            ["A", "2004-10-01", 900, 90, 3, "2004-11-01", "1month"],
            ["A", "2004-10-01", 900, 90, 3, "2005-01-01", "1month"],
            ["Z", "2004-10-01", 900, 90, 3, "2004-11-01", "1month"],
            ["A", "2004-05-11", 900, 90, 3, "2004-11-01", "fortnight"],
        ],
    )
    closures = [["A", "2005-01-01", "lost", 0, 0], ["A", "2005-01-01", "settled", 0, 5]]
    table(tmp_path / "closures.csv", CLOSURE, [*closures, closures[1]])
    assert sorted(refusals(capsys, tmp_path), key=lambda one: (one[1], one[2])) == [
        ("closing.closing", "closures.csv", 2),
        ("closing.double", "closures.csv", 4),
        ("closing.overlap", "segments.csv", 3),
        ("closing.loan", "segments.csv", 4),
        ("closing.every", "segments.csv", 5),
        ("closing.before_loan", "segments.csv", 5),
    ]


OWED = [["A", "2004-08-12", 575_000], ["A", "2004-10-01", 500_000]]
"""One instalment before 1 October 2004, so that 4,500,000 of principal were owed the day before."""


@pytest.mark.parametrize(
    ("principals", "wrong"),
    [((4_500_000,), None), ((4_500_001,), 2), ((1,), 2), ((4_000_000, 500_000), None),
     ((4_000_000, 500_001), 2), ((5_000_000,), 2)],
)  # fmt: skip
def test_new_instalments_hold_what_was_owed(tmp_path, capsys, principals, wrong):
    """A payment of the very day belongs to the new instalments already."""
    book(tmp_path, *OWED)
    rows = [
        ["A", "2004-10-01", principal, 90_000, 3, f"200{5 + n}-11-01", "1month"]
        for n, principal in enumerate(principals)
    ]
    table(tmp_path / "segments.csv", SEGMENT, rows)
    if wrong:
        assert refusals(capsys, tmp_path) == [("closing.segment", "segments.csv", wrong)]
    else:
        assert main(["loan", "book", str(tmp_path), "--as-of", "2005-05-12"]) == 0
    assert main(["loan", "book", str(tmp_path), "--as-of", "2004-09-30"]) == 0


def test_new_instalments_after_others_hold_what_those_left(tmp_path, capsys):
    """4,500,000, of which 500,000 - 30,000 are paid at once; then 4,030,000 once more."""
    book(tmp_path, *OWED)
    first = ["A", "2004-10-01", 4_500_000, 90_000, 3, "2004-10-01", "1month"]
    again = ["A", "2005-01-01", 4_030_000, 60_000, 2, "2005-02-01", "1month"]
    table(tmp_path / "segments.csv", SEGMENT, [again, first])
    assert main(["loan", "book", str(tmp_path), "--as-of", "2005-05-12"]) == 0
    capsys.readouterr()
    again[2] += 1
    table(tmp_path / "segments.csv", SEGMENT, [again, first])
    assert refusals(capsys, tmp_path) == [("closing.segment", "segments.csv", 2)]


def test_a_payment_taken_back_after_new_instalments_rest_on_it_is_named_there(tmp_path, capsys):
    paid = [[*OWED[0], "2005-01-05"]]
    book(tmp_path, *paid, columns=[*PAID, "reversed_on"])
    row = ["A", "2004-10-01", 4_500_000, 90_000, 3, "2004-11-01", "1month"]
    table(tmp_path / "segments.csv", SEGMENT, [row])
    assert refusals(capsys, tmp_path) == [("closing.segment", "segments.csv", 2)]
    assert main(["loan", "book", str(tmp_path), "--as-of", "2005-01-04"]) == 0


@pytest.mark.parametrize(
    ("principal", "fits"), [(4_500_000, True), (0, True), (1, False), (4_500_001, False)]
)
def test_what_is_written_off_is_what_was_owed(tmp_path, capsys, principal, fits):
    """0 says nothing of the sum, as other systems write it that know the day alone."""
    book(tmp_path, *OWED)
    table(tmp_path / "closures.csv", CLOSURE, [["A", "2004-10-01", "written-off", principal, 0]])
    if fits:
        assert main(["loan", "book", str(tmp_path), "--as-of", "2005-05-12"]) == 0
    else:
        assert refusals(capsys, tmp_path) == [("closing.written_off", "closures.csv", 2)]


@pytest.mark.parametrize(
    ("every", "instalments", "clause"),
    [("99999999weeks", 3, "closing.every"), ("9" * 18 + "weeks", 3, "closing.every"),
     ("9999weeks", 1200, "closing.far"), ("9999months", 3, "closing.far"), ("99months", 2, None)],
)  # fmt: skip
def test_instalments_that_no_calendar_holds_are_named(tmp_path, capsys, every, instalments, clause):
    book(tmp_path, *OWED)
    row = ["A", "2004-10-01", 4_500_000, 0, instalments, "2004-11-01", every]
    table(tmp_path / "segments.csv", SEGMENT, [row])
    if clause:
        assert refusals(capsys, tmp_path) == [(clause, "segments.csv", 2)]
    else:
        assert main(["loan", "book", str(tmp_path), "--as-of", "2005-05-12"]) == 0


@pytest.mark.parametrize(
    ("principal", "service", "fits"),
    [(0, 675_000, True), (0, 675_001, False), (0, 999_999_999, False), (4_500_000, 0, True),
     (4_500_001, 0, False)],
)  # fmt: skip
def test_settling_takes_away_no_more_than_was_owed(tmp_path, capsys, principal, service, fits):
    """750,000 of service less the 75,000 of the instalment that was paid; 500,000 of principal were paid."""
    book(tmp_path, OWED[0])
    table(tmp_path / "closures.csv", CLOSURE, [["A", "2004-10-01", "settled", principal, service]])
    if fits:
        assert main(["loan", "book", str(tmp_path), "--as-of", "2005-05-12"]) == 0
    else:
        assert refusals(capsys, tmp_path) == [("closing.settled", "closures.csv", 2)]
    assert main(["loan", "book", str(tmp_path), "--as-of", "2004-09-30"]) == 0


@pytest.mark.parametrize("kind", ["written-off", "settled"])
@pytest.mark.parametrize(
    ("day", "back", "fits"),
    [("2004-09-30", "", True), ("2004-10-01", "", False), ("2005-01-01", "", False),
     ("2005-01-01", "2005-01-01", True)],
)  # fmt: skip
def test_a_closed_loan_gets_no_new_instalments(tmp_path, capsys, kind, day, back, fits):
    """Not from the very day on, unless the closure was taken back."""
    book(tmp_path, OWED[0])
    row = ["A", day, 4_500_000, 675_000, 3, "2005-02-01", "1month"]
    table(tmp_path / "segments.csv", SEGMENT, [row])
    closure = ["A", "2004-10-01", kind, 0, 0, back]
    table(tmp_path / "closures.csv", [*CLOSURE, "reversed_on"], [closure])
    if fits:
        assert main(["loan", "book", str(tmp_path), "--as-of", "2005-05-12"]) == 0
    else:
        assert refusals(capsys, tmp_path) == [("closing.after_closure", "segments.csv", 2)]


@pytest.mark.parametrize(
    ("service", "fits"), [(675_000 + 3 * 4_500_000, True), (675_001 + 3 * 4_500_000, False),
                          (10**12, False)],
)  # fmt: skip
def test_new_instalments_ask_for_no_service_beyond_every_rate(tmp_path, capsys, service, fits):
    """What was owed of it, and the principal once in each of three instalments."""
    book(tmp_path, OWED[0])
    row = ["A", "2004-10-01", 4_500_000, service, 3, "2004-11-01", "1month"]
    table(tmp_path / "segments.csv", SEGMENT, [row])
    if fits:
        assert main(["loan", "book", str(tmp_path), "--as-of", "2005-05-12"]) == 0
    else:
        assert refusals(capsys, tmp_path) == [("closing.segment_service", "segments.csv", 2)]


def test_kept_totals_have_to_fit(tmp_path, capsys):
    columns = [*LOANS, "paid_principal", "paid_service", "overpaid", "totals_on"]
    loans = [[*LOAN, 5_000_001, 0, 0, "2005-05-12"]]
    book(tmp_path, loans=loans, loan_columns=columns)
    assert refusals(capsys, tmp_path) == [("closing.totals", "loans.csv", 2)]
    book(tmp_path, loans=[[*LOAN, 5, "", 0, "2005-05-12"]], loan_columns=columns)
    assert refusals(capsys, tmp_path) == [("closing.totals", "loans.csv", 2)]


def test_a_payment_taken_back_before_it_was_made_is_refused(tmp_path, capsys):
    paid = [["A", "2004-08-12", 5, "2004-08-12"], ["A", "2004-08-12", 5, "2004-08-11"]]
    book(tmp_path, *paid, columns=[*PAID, "reversed_on"])
    assert refusals(capsys, tmp_path) == [("closing.reversed", "repayments.csv", 3)]


def test_sums_past_64_bits_are_refused(tmp_path, capsys):
    book(tmp_path, *(["A", "2004-08-12", 10**15] for _ in range(9_001)))
    assert refusals(capsys, tmp_path) == [("closing.great", "repayments.csv", None)]


def test_people_read_the_row_before_the_reason(tmp_path, capsys):
    book(tmp_path, ["Z", "2004-08-12", 5])
    assert main(["loan", "book", str(tmp_path), "--as-of", "2005-05-12"]) == 1
    assert "repayments.csv, baris 2: Tidak ada pinjaman Z." in capsys.readouterr().err
