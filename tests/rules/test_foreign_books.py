"""``loan import``: what a mapping may say, what is dirty, and what becomes of the rest."""

import json
from pathlib import Path

import pytest

from pendamping.cli.main import main

MAPPING = """
[files.loans]
name = "kredit.csv"
delimiter = ";"

[files.paid]
name = "angsuran.csv"
delimiter = ";"

[writing]
dates = ["%d/%m/%Y", "%d-%m-%Y"]
decimal = ","
thousands = "."

[loans]
file = "loans"
only = {keadaan = ["cair"]}
loan_id = "no"
ward = "kelurahan"
group_id = "ksm"
principal = "pokok"
rate_percent = "jasa"
disbursed = "tanggal"
instalments = "kali"

[repayments]
kind = "rows"
file = "paid"
loan = "rekening"
of = "rekening"
paid_on = "tanggal"
amount = "jumlah"
only = {jenis = ["angsur"]}

[closures]
written_off = "hapus"
"""
HEADER = "no;rekening;kelurahan;ksm;pokok;jasa;kali;tanggal;keadaan;hapus"
LOANS = [
    "A;r1;32.71.01.1003;Melati;5.000.000,00;1,5;10;12/05/2004;cair;",
    "B;r2;32.71.01.1003;Mawar;1.000.000;1,234;7;12-05-2004;cair;01/06/2005",
    "C;r3;32.71.01.1003;Kenanga;1.000.000;1,5;10;;diajukan;",
]
PAID_HEADER = "rekening;tanggal;jumlah;jenis"
PAID = ["r1;12/06/2004;575.000;angsur", "r1;12/06/2004;10.000;tabungan", "r2;12/07/2004;1;angsur"]


@pytest.fixture
def bring(tmp_path, capsys):
    """Import with these rows; the exit status and what was said."""

    def run(loans=LOANS, paid=PAID, *words, mapping=MAPPING, out="book"):
        (tmp_path / "kredit.csv").write_text("\n".join([HEADER, *loans]), encoding="utf-8")
        (tmp_path / "angsuran.csv").write_text("\n".join([PAID_HEADER, *paid]), encoding="utf-8")
        (tmp_path / "map.toml").write_text(mapping, encoding="utf-8")
        files = [str(tmp_path / name) for name in ("kredit.csv", "angsuran.csv")]
        to = ["--map", str(tmp_path / "map.toml"), "--out", str(tmp_path / out)]
        status = main(["loan", "import", *files, *to, "--json", "--lang", "en", *words])
        return status, json.loads(capsys.readouterr().out)

    run.book = tmp_path / "book"
    return run


def rows(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()[1:]


def test_a_plain_loan_stays_plain_and_another_gets_a_segment(bring):
    """B owes 1,000,000 x 1.234 % x 7 = 86,380, which no whole basis points give."""
    status, said = bring()
    assert (status, said["loans"], said["repayments"]) == (0, 2, 2)
    assert said["passed_over"] == {"loans": 1, "repayments": 1}
    assert rows(bring.book / "loans.csv") == [
        "A,32.71.01.1003,Melati,5000000,150,10,0,2004-05-12",
        "B,32.71.01.1003,Mawar,1000000,123,7,0,2004-05-12",
    ]
    assert rows(bring.book / "segments.csv") == ["B,2004-05-12,1000000,86380,7,2004-06-12,1months"]
    assert rows(bring.book / "closures.csv") == ["B,2005-06-01,written-off,0,0"]
    assert rows(bring.book / "repayments.csv") == ["A,2004-06-12,575000", "B,2004-07-12,1"]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_close_reads_what_came_in(bring, capsys, kind):
    bring(LOANS, PAID, "--format", kind)
    assert main(["loan", "book", str(bring.book), "--as-of", "2004-07-12", "--json"]) == 0
    total = json.loads(capsys.readouterr().out)["total"]
    assert (total["loans"], total["outstanding"]) == (2, 5_500_000)
    assert total["arrears_service"] == 75_000 + 2 * 86_380 // 7 - 1


DIRTY = [
    (0, "5.000.000,00", "5.000.000,50", "fraction", "pokok"),
    (0, "5.000.000,00", "5.00.000", "number", "pokok"),
    (0, "5.000.000,00", "0", "least", "pokok"),
    (0, "5.000.000,00", "9.000.000.000.000.000", "great", "pokok"),
    (0, ";10;", ";0;", "least", "kali"),
    (0, ";10;", ";1201;", "great", "kali"),
    (0, "12/05/2004", "31/02/2004", "day", "tanggal"),
    (0, "12/05/2004", "", "missing", "tanggal"),
    (0, "Melati", "", "missing", "ksm"),
    (0, ";1,5;", ";-1;", "least", "jasa"),
    (1, "01/06/2005", "01/06/2003", "before", "hapus"),
    (0, ";cair;", ";cair", "cells", ""),
    (1, "B;r2", "A;r2", "double", "no"),
]


@pytest.mark.parametrize(("place", "old", "new", "problem", "column"), DIRTY)
def test_a_dirty_loan_is_named_and_left_out_only_when_told(bring, place, old, new, problem, column):
    loans = [*LOANS]
    assert old in loans[place]
    loans[place] = loans[place].replace(old, new)
    status, said = bring(loans)
    assert (status, bring.book.exists()) == (1, False)
    where = [one["where"] for one in said["reasons"] if one["clause"] == f"foreign.{problem}"]
    assert ("kredit.csv", place + 2, column) in [
        (one["file"], one["row"], one["column"]) for one in where
    ]
    status, said = bring(loans, PAID, "--leave-out")
    left = said["left_out"]["loans"]
    assert (status, said["loans"]) == (0, 2 - left)
    assert left == (2 if problem == "double" else 1)
    assert said["left_out"]["repayments_of_loans_left_out"] == left


@pytest.mark.parametrize(
    ("row", "problem", "column"),
    [
        ("r9;12/06/2004;1;angsur", "loan", "rekening"),
        (";12/06/2004;1;angsur", "missing", "rekening"),
        ("r1;11/05/2004;1;angsur", "before", "tanggal"),
        ("r1;12/06/2004;-1;angsur", "least", "jumlah"),
        ("r1;12/06/2004;satu;angsur", "number", "jumlah"),
        ("r3;12/06/2004;1;angsur", "loan", "rekening"),
    ],
)
def test_a_dirty_payment_is_named_and_left_out_only_when_told(bring, row, problem, column):
    status, said = bring(LOANS, [*PAID, row])
    (reason,) = said["reasons"]
    assert (status, reason["clause"]) == (1, f"foreign.{problem}")
    assert (reason["where"]["file"], reason["where"]["row"]) == ("angsuran.csv", 5)
    assert reason["where"]["column"] == column
    status, said = bring(LOANS, [*PAID, row], "--leave-out")
    assert (status, said["repayments"], said["left_out"]["repayments"]) == (0, 2, 1)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('loan_id = "no"', "", "[loans] does not say where loan_id stands."),
        ('pokok"', 'pokok"\nprincipel = "x"', "[loans] knows no principel."),
        ('rate_percent = "jasa"', 'rate_percent = "jasa"\nservice = "jasa"', "exactly one of"),
        ('kind = "rows"', 'kind = "guessed"', "The kind in [repayments] is none of"),
        ('decimal = ","', 'decimal = "."', "decimal and thousands are signs that differ"),
        ('file = "loans"', 'file = "credits"', "[loans] names no file of [files]."),
        ('file = "paid"', 'file = "payed"', "[repayments] names no file of [files]."),
        ("[loans]", '[loans]\nevery = "sometimes"', "every in [loans] is a period"),
        ("[loans]", "[loans", "map.toml is no TOML file"),
        ('loan_id = "no"', 'loan_id = "nomor"', "kredit.csv has 0 columns nomor; it needs one."),
        ('name = "kredit.csv"', 'name = "loans.csv"', "The mapping needs loans.csv, once"),
        ('rate_percent = "jasa"', "rate_percent = 1.5", "is neither a column nor"),
        ('[files.paid]\n', '[files.paid]\nencoding = "ebcdic"\n', "The encoding in [files.paid]"),
        ('dates = [', 'dates = "%d" # [', "dates in [writing] is a list"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_hold_is_refused(bring, old, new, said):
    assert old in MAPPING
    status, found = bring(mapping=MAPPING.replace(old, new, 1))
    assert (status, bring.book.exists()) == (1, False)
    assert any(said in one["text"] for one in found["reasons"]), found


def test_a_folder_that_holds_a_book_is_left_alone(bring):
    bring()
    before = rows(bring.book / "loans.csv")
    status, said = bring(LOANS[:1], PAID[:1])
    assert (status, said["reasons"][0]["clause"]) == (1, "foreign.file")
    assert rows(bring.book / "loans.csv") == before


def test_a_file_that_is_not_there_is_wrong_use(tmp_path):
    assert main(["loan", "import", "x.csv", "--map", "m.toml", "--out", str(tmp_path / "o")]) == 2


def test_people_read_each_dirty_row_with_its_place(tmp_path, bring, capsys):
    bring([LOANS[0].replace("Melati", "")], [])
    words = [str(tmp_path / name) for name in ("kredit.csv", "angsuran.csv")]
    main(["loan", "import", *words, "--map", str(tmp_path / "map.toml"), "--leave-out",
          "--out", str(tmp_path / "o")])  # fmt: skip
    printed = capsys.readouterr()
    assert "kredit.csv, baris 2: " in printed.err
    assert "left_out loans 1" in printed.out
