"""Two real loan books come in; their ageing is counted again here, in another way, from the raw files.

The other way: a loop over the files as they are, in their own currency (``Decimal``), with the days that
``datetime`` gives and nothing of our rules.
"""

import calendar
import csv
import json
from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal

import duckdb
import pytest

from pendamping.cli.main import main
from tests.conftest import HERE

MAPPINGS = HERE.parent / "docs" / "foreign"
NAMES = {
    "superlender-nigeria-loans": ["loans.csv"],
    "berka-czech-bank": ["loan.asc", "account.asc"],
}


def come_in(name, folder, out, capsys, *words, mapping=None, files=None):
    given = files or [folder / name / file for file in NAMES[name]]
    mapping = mapping or MAPPINGS / f"{name}.toml"
    status = main(
        ["loan", "import", *map(str, given), "--map", str(mapping), "--out", str(out), "--json",
         "--lang", "en", *words]
    )  # fmt: skip
    return status, json.loads(capsys.readouterr().out)


@pytest.fixture(scope="module")
def books(data_folder, tmp_path_factory):
    """The folder of each loan book that came in."""
    missing = [name for name in NAMES if not (data_folder / name).is_dir()]
    if missing:
        pytest.skip(f"no {missing} at {data_folder}")
    made = {}
    for name, files in NAMES.items():
        out = made[name] = tmp_path_factory.mktemp("foreign") / name
        given = [str(data_folder / name / file) for file in files]
        assert main(["loan", "import", *given, "--map", str(MAPPINGS / f"{name}.toml"),
                     "--out", str(out)]) == 0  # fmt: skip
    return made


def lent_in_nigeria(folder):
    """(id, area, day lent, instalments of (day, principal, charge), day on which all of it was paid)."""
    for row in csv.DictReader((folder / "superlender-nigeria-loans" / "loans.csv").open()):
        number = {"15": 1, "30": 1, "60": 2, "90": 3}[row["termdays"]]
        first = datetime.fromisoformat(row["firstduedate"]).date()
        principal = Decimal(row["loanamount"])
        shares = zip(
            in_parts(principal, number),
            in_parts(Decimal(row["totaldue"]) - principal, number),
            strict=True,
        )
        dues = [(first + timedelta(30 * k), *share) for k, share in enumerate(shares)]
        closed = datetime.fromisoformat(row["closeddate"]).date()
        lent = datetime.fromisoformat(row["approveddate"]).date()
        yield row["systemloanid"], "NG", lent, dues, {due: closed for due, _, _ in dues}


def in_parts(sum_, number):
    """Parts to the smallest coin, the rest in the last."""
    each = (sum_ / number).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
    return [each] * (number - 1) + [sum_ - each * (number - 1)]


def lent_in_bohemia(folder):
    """The same of the bank: A and C paid every instalment on its day to the end of 1998."""
    accounts = csv.DictReader((folder / "berka-czech-bank" / "account.asc").open(), delimiter=";")
    district = {row["account_id"]: row["district_id"] for row in accounts}
    for row in csv.DictReader((folder / "berka-czech-bank" / "loan.asc").open(), delimiter=";"):
        lent = datetime.strptime("19" + row["date"], "%Y%m%d").date()
        dues = []
        year, month = lent.year, lent.month
        for _ in range(int(row["duration"])):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
            day = min(lent.day, calendar.monthrange(year, month)[1])
            dues.append(
                (lent.replace(year=year, month=month, day=day), Decimal(row["payments"]), 0)
            )
        end = lent.replace(year=1998, month=12, day=31)
        good = row["status"] in "AC"
        paid = {due: due for due, _, _ in dues if good and due <= end}
        yield row["loan_id"], district[row["account_id"]], lent, dues, paid


def aged(loans, on):
    """Each loan's (outstanding, arrears, charge in arrears, behind, oldest, days, class) in hundredths."""
    found = {}
    for loan_id, area, lent, dues, paid in loans:
        if lent > on:
            continue
        open_ = [one for one in dues if one[0] not in paid or paid[one[0]] > on]
        late = [one for one in open_ if one[0] <= on]
        days = (on - late[0][0]).days if late else 0
        kind = 1 + (len(late) >= 1) + (len(late) >= 4) + (len(late) >= 7) + (len(late) > 9)
        if open_ and dues[-1][0] < on:
            kind = 5
        found[loan_id] = (
            area,
            int(sum(one[1] for one in open_) * 100),
            int(sum(one[1] for one in late) * 100),
            int(sum(one[2] for one in late) * 100),
            len(late),
            late[0][0] if late else None,
            days,
            kind if open_ else None,
        )
    return found


CASES = [
    ("superlender-nigeria-loans", lent_in_nigeria, "2016-12-31", 2_000),
    ("superlender-nigeria-loans", lent_in_nigeria, "2017-05-31", 6_900),
    ("superlender-nigeria-loans", lent_in_nigeria, "2017-07-15", 8_800),
    ("berka-czech-bank", lent_in_bohemia, "1995-12-31", 200),
    ("berka-czech-bank", lent_in_bohemia, "1997-06-30", 400),
    ("berka-czech-bank", lent_in_bohemia, "1998-12-31", 682),
]


@pytest.mark.parametrize(("name", "loans", "day", "at_least"), CASES)
def test_the_ageing_is_that_of_another_way_of_counting(
    books, data_folder, tmp_path, capsys, name, loans, day, at_least
):
    words = ["loan", "book", str(books[name]), "--as-of", day, "--out", str(tmp_path), "--json"]
    assert main(words) == 0
    total = json.loads(capsys.readouterr().out)["total"]
    wanted = aged(loans(data_folder), datetime.fromisoformat(day).date())
    assert len(wanted) >= at_least
    rows = duckdb.sql(f"SELECT * EXCLUDE (group_id) FROM '{tmp_path}/loans.parquet'").fetchall()
    assert {row[0]: row[1:] for row in rows} == wanted

    states = list(wanted.values())
    outstanding = sum(one[1] for one in states)
    assert (total["loans"], total["outstanding"]) == (len(states), outstanding)
    assert total["arrears_principal"] == sum(one[2] for one in states)
    for ratio, is_late in (
        ("par30", lambda one: one[6] > 30),
        ("par90", lambda one: one[6] > 90),
        ("par", lambda one: one[4] >= 3),
    ):
        late = sum(one[1] for one in states if is_late(one))
        assert total[ratio]["fraction"] == f"{late}/{outstanding}"
    classes = Counter(one[7] for one in states if one[7])
    assert {key: value[0] for key, value in total["classes"].items()} == {
        str(kind): classes[kind] for kind in range(1, 6)
    }
    assert classes[2] + classes[3] + classes[4] + classes[5] > 0


def test_fractions_are_named_row_by_row_where_kobo_are_not_counted(data_folder, tmp_path, capsys):
    """53 loans owe half a naira: in whole naira they are dirty, each named with its row and value."""
    name = "superlender-nigeria-loans"
    if not (data_folder / name).is_dir():
        pytest.skip(f"no {name} at {data_folder}")
    text = (MAPPINGS / f"{name}.toml").read_text().replace("minor_units = 100", "minor_units = 1")
    mapping = tmp_path / "whole.toml"
    mapping.write_text(text)
    with (data_folder / name / "loans.csv").open() as lines:
        places = [
            (number, row["totaldue"])
            for number, row in enumerate(csv.DictReader(lines), start=2)
            if Decimal(row["totaldue"]) % 1
        ]
    status, said = come_in(name, data_folder, tmp_path / "out", capsys, mapping=mapping)
    assert (status, (tmp_path / "out").exists()) == (1, False)
    named = [(one["where"]["row"], one["where"]["value"]) for one in said["reasons"]]
    assert (named, len(named)) == (places, 53)
    words = ["--leave-out"]
    status, said = come_in(name, data_folder, tmp_path / "out", capsys, *words, mapping=mapping)
    assert (status, said["loans"], said["left_out"]["loans"]) == (0, 8_947, 53)
    assert len(said["reasons"]) == 53


def test_rows_that_were_soiled_are_named_and_the_others_come_in(data_folder, tmp_path, capsys):
    """The bank's own file with five rows spoiled as they are in the wild."""
    name = "berka-czech-bank"
    if not (data_folder / name).is_dir():
        pytest.skip(f"no {name} at {data_folder}")
    lines = (data_folder / name / "loan.asc").read_text().splitlines()
    lines[4] = lines[4].replace(lines[4].split(";")[2], "931332")
    lines[7] = lines[7].replace(lines[7].split(";")[3], "12 000")
    lines[9] = lines[9][:-2] + 'X"'
    lines[11] = lines[11].replace(lines[11].split(";")[1], "0")
    lines.append(lines[20])
    spoiled = tmp_path / "loan.asc"
    spoiled.write_text("\n".join(lines))
    given = [spoiled, data_folder / name / "account.asc"]
    status, said = come_in(name, data_folder, tmp_path / "out", capsys, files=given)
    assert status == 1
    assert {(one["clause"], one["where"]["row"], one["where"]["column"]) for one in said["reasons"]} >= {
        ("foreign.day", 5, "date"), ("foreign.number", 8, "amount"),
        ("foreign.value", 10, "status"), ("foreign.joined", 12, "account_id"),
        ("foreign.double", 21, "loan_id"), ("foreign.double", 684, "loan_id"),
    }  # fmt: skip
    status, said = come_in(name, data_folder, tmp_path / "out", capsys, "--leave-out", files=given)
    assert (status, said["loans"], said["left_out"]["loans"]) == (0, 677, 6)
