"""``pendamping loan schedule``: what it prints and how it ends."""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pendamping.cli import loan, output

CASE = ["--principal", "5000000", "--instalments", "10", "--rate", "0.015"]
CASE += ["--disbursed", "2004-05-12", "--grace", "2"]
LINE = re.compile(r"\s*(\d+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)")


@pytest.fixture(autouse=True)
def _compiled_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = loan.LOCALE / "id" / "LC_MESSAGES" / "django.po"
    target = tmp_path / "id" / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with source.open("rb") as texts, target.open("wb") as compiled:
        write_mo(compiled, read_po(texts, locale="id"))
    monkeypatch.setattr(loan, "LOCALE", tmp_path)
    monkeypatch.setattr(output, "translator", loan.translator)
    monkeypatch.delenv("PENDAMPING_LANG", raising=False)


def run(*args: str) -> int:
    parser = argparse.ArgumentParser(prog="pendamping")
    loan.add_commands(parser.add_subparsers(required=True))
    parsed = parser.parse_args(["loan", "schedule", *args])
    return int(parsed.run(parsed))


def test_it_prints_one_json_document_with_the_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*CASE, "--json") == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert printed.err == ""
    assert list(found) == ["instalments", "principal", "service", "total"]
    assert found["instalments"][0] == {
        "no": 1,
        "due": "2004-08-12",
        "principal": 500_000,
        "service": 75_000,
        "total": 575_000,
        "balance": 4_500_000,
    }
    assert found["instalments"][-1]["due"] == "2005-05-12"
    assert (found["principal"], found["service"], found["total"]) == (5_000_000, 750_000, 5_750_000)


def test_it_prints_an_aligned_table_in_indonesian(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*CASE) == 0
    head, rule, *lines = capsys.readouterr().out.splitlines()
    assert head.split("  ")[0] == "Ke"
    assert re.split(r"\s{2,}", head) == ["Ke", "Jatuh tempo", "Pokok", "Jasa", "Jumlah", "Sisa"]
    rows = [LINE.fullmatch(line) for line in lines[:10]]
    assert all(row and row[3] == "500.000" for row in rows)
    assert {len(line) for line in [head, rule, *lines[:10]]} == {len(rule)}
    assert "5.750.000" in lines[-1]


def test_it_speaks_english_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*CASE, "--lang", "en") == 0
    assert "Due date" in capsys.readouterr().out


def test_every_option_changes_the_schedule(capsys: pytest.CaptureFixture[str]) -> None:
    def schedule(*args: str) -> Any:
        assert run(*CASE, *args, "--json") == 0
        return json.loads(capsys.readouterr().out)["instalments"]

    assert len(schedule("--grace-in-tenor")) == 8
    assert len(schedule("--grace-service", "billed")) == 12
    assert schedule("--grace-service", "deferred")[0]["service"] == 225_000
    assert schedule("--every", "2weeks")[0]["due"] == "2004-06-23"
    assert schedule("--method", "declining")[1]["service"] == 67_500
    annuity = schedule("--method", "declining", "--amortisation", "equal-instalments")
    assert len({row["total"] for row in annuity[:-1]}) == 1
    assert schedule("--round-to", "300000")[0]["principal"] == 300_000
    rounded = schedule("--round-to", "300000", "--rounding", "half-up")
    assert rounded[0]["principal"] == 600_000
    assert schedule("--rate", "1,5%") == schedule()


@pytest.mark.parametrize(("lang", "word"), [("id", "lebih dari nol"), ("en", "more than zero")])
def test_it_refuses_with_every_reason_as_json(
    lang: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*CASE, "--principal", "-5", "--grace", "-1", "--json", "--lang", lang) == 1
    printed = capsys.readouterr()
    reasons = json.loads(printed.out)["reasons"]
    assert printed.err == ""
    assert [list(reason) for reason in reasons] == [["clause", "text", "where"]] * 2
    assert reasons[0]["clause"] == "loans.schedule.principal"
    assert word in reasons[0]["text"]


def test_it_refuses_in_words_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*CASE, "--instalments", "0") == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "angsuran" in printed.err


@pytest.mark.parametrize(
    "wrong",
    [
        ["--principal", "lima juta"],
        ["--principal", "٥٠٠٠٠٠٠"],
        ["--principal", "5_000_000"],
        ["--rate", "٠.٠١٥"],
        ["--every", "１month"],
        ["--disbursed", "2004-02-30"],
        ["--rate", "1.5 percent"],
        ["--every", "fortnight"],
        ["--method", "compound"],
        ["--lang", "fr"],
        ["--unknown"],
    ],
)
def test_wrong_use_ends_with_2_and_prints_nothing(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*CASE, *wrong, "--json")
    assert ended.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert wrong[0].lstrip("-") in printed.err


def test_every_text_of_the_rules_is_translated() -> None:
    """Each sentence that a rule can say has an Indonesian one with the same places in it."""
    from babel.messages.extract import extract_from_dir

    rules = Path(loan.__file__).parents[1] / "funds" / "loans" / "rules"
    found = extract_from_dir(str(rules), keywords={"N_": None, "Reason": (2,)})
    texts = {message for _, _, message, _, _ in found}
    say = loan.translator("id")
    assert len(texts) > 30
    for text in texts:
        places = re.findall(r"{\w+}", text)
        assert say(text) != text
        assert set(re.findall(r"{\w+}", say(text))) == set(places)


def test_the_commands_of_the_worked_examples_print_what_the_page_shows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "worked" / "loans.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n\$ pendamping loan schedule (.*?)\n(.*?)```", page, re.DOTALL)
    assert blocks
    for options, shown in blocks:
        assert run(*options.split()) == 0
        assert capsys.readouterr().out == shown


def test_it_starts_without_django() -> None:
    code = "import sys, pendamping.cli.loan; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
