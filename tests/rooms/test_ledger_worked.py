"""The page docs/worked/ledger.md, rupiah by rupiah, and what the command says of the books."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pendamping.cli import main
from pendamping.desk import oversight
from pendamping.funds.ledger import queries as books
from pendamping.kernel.refusal import Reason
from tests.lending import pay, take_out

pytestmark = pytest.mark.django_db

ACCOUNTS = ("11010", "11030", "21010", "21020", "31020", "41010")


def balances(ward):
    return {code: books.balance(ward, code) for code in ACCOUNTS}


def without_preparation(cast, loan):
    """The stage saves four times; the page shows one of them."""
    for month in (3, 4, 5):
        take_out(cast, loan.group_id, date(2004, 6, month), 25_000)


def test_the_worked_page_is_what_the_books_say(cast, loan):
    without_preparation(cast, loan)
    pay(cast, loan, date(2004, 8, 12), 100_000)
    pay(cast, loan, date(2004, 9, 12), 300_000)
    assert balances(cast.ward) == {
        "11010": 47_925_000,
        "11030": 2_175_000,
        "21010": 0,
        "21020": -25_000,
        "31020": -50_000_000,
        "41010": -75_000,
    }
    before = len(books.journal(cast.ward))
    pay(cast, loan, date(2004, 8, 20), 187_500)
    new = books.journal(cast.ward)
    assert len(new) == before + 2
    moved = [books.legs(one) for one in new if one.on >= date(2004, 8, 20)]
    assert {"cash": 187_500, "loans": -187_500} in moved
    assert {"cash": 300_000, "loans": -262_500, "service_income": -37_500} in moved
    assert {"loans": 12_500, "service_income": -12_500} in moved
    assert books.balance(cast.ward, "11030") == 2_000_000


def test_beancount_accepts_the_books_of_a_loan(cast, loan, tmp_path):
    pay(cast, loan, date(2004, 9, 12), 300_000)
    pay(cast, loan, date(2004, 8, 12), 100_000)
    path = tmp_path / "books.beancount"
    path.write_text(books.beancount(cast.ward))
    checker = Path(sys.executable).with_name("bean-check")
    found = subprocess.run([checker, path], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


@pytest.fixture
def run(monkeypatch, capsys):
    monkeypatch.setattr("pendamping.cli.site.start", lambda **_: None)

    def call(*arguments):
        status = main.main(["books", "check", *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_the_command_says_that_the_books_hold(cast, loan, run):
    status, out, _ = run("--ward", cast.ward, "--json")
    assert (status, json.loads(out)) == (
        0,
        {"ok": True, "wards": [cast.ward], "first": None, "breaks": []},
    )
    assert run("--lang", "en")[0] == 0


def test_the_command_names_the_first_break(cast, loan, run, monkeypatch):
    broken = Reason("ledger.balance", "off", {}, {"entry": "E1"})
    monkeypatch.setattr(oversight, "breaks", lambda ward: [broken])
    status, out, _ = run("--ward", cast.ward, "--json")
    assert status == 1
    assert json.loads(out)["first"]["clause"] == "ledger.balance"
    status, _, error = run("--ward", cast.ward)
    assert (status, "ledger.balance" in error) == (1, True)


def test_the_turnovers_of_a_month_are_its_balances_before_and_after(cast, loan):
    pay(cast, loan, date(2004, 8, 12), 100_000)
    first, last = date(2004, 8, 1), date(2004, 8, 31)
    turned = books.turnovers(cast.ward, first, last)
    assert turned["cash"].debit == 100_000
    for account in books.accounts(cast.ward):
        found = turned.get(account.key, books.Turnover())
        assert found.opening == books.balance(cast.ward, account.key, date(2004, 7, 31))
        assert found.stands == books.balance(cast.ward, account.key, last)
    assert sum(one.debit for one in turned.values()) == sum(one.credit for one in turned.values())


def test_a_ward_that_is_none_is_refused_alike_by_every_command(cast, run, tmp_path, capsys):
    status, out, _ = run("--ward", "32.71.01.9999", "--json")
    assert (status, [one["clause"] for one in json.loads(out)["reasons"]]) == (
        1,
        ["territory.ward"],
    )
    census = tmp_path / "census.csv"
    census.write_text("RW,RT\n")
    for command in (["census", "check"], ["census", "import"]):
        for wrong in ("32.71.01.9999", "32.71", "kelurahan"):
            status = main.main([*command, str(census), "--ward", wrong, "--json"])
            said = json.loads(capsys.readouterr().out)
            assert (status, said["reasons"][0]["clause"]) == (1, "territory.ward"), (command, wrong)
