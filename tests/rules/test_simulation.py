"""Made-up wards: the same from the same seed, whole packages, behaviour that a plant changes; nothing known too early."""

import json
from datetime import date

import pytest

from pendamping.cli import main as cli
from pendamping.exchange.reading import look
from pendamping.insight import texts
from pendamping.insight.rules import FACTORS, warnings
from pendamping.simulation.rules import code_of, live, setting
from pendamping.simulation.rules.seasons import islamic
from pendamping.simulation.writing import write

MONTHS = 18
LIMITS = texts.limits(texts.of_package("p2kp2", {}, date(2005, 1, 1)))
FOLLOWS = {  # what a plant may change, with what follows from it
    "concept-field-mismatch": {"deviations"},
    "planning-too-long": {"stages", "bodies", "seats", "groups", "group_members", "proposals", "verification_steps",
                          "grants", "tranches", "contributions", "loans", "loan_members", "repayments"},
    "participation-falling": {"meetings", "attendance"},
    "verification-stuck": {"verification_steps", "grants", "tranches", "contributions", "proposals"},
    "cadres-unready": {"cadre_deeds", "cadre_tasks"},
    "arrears-spreading": {"loans", "loan_members", "repayments"},
    "facilitator-dependence": {"log_entries"},
    "elite-capture": {"groups", "group_members", "proposals", "verification_steps", "tranches", "contributions", "loans",
                      "loan_members", "repayments"},
    "report-late": {"tranches", "verification_steps"},
    "government-support": {"verification_steps", "tranches", "grants", "contributions", "proposals"},
    "facilitator-capable": {"log_entries", "trainings", "training_attendance"},
    "cadres-from-target-group": {"cadres", "cadre_deeds", "cadre_tasks"},
    "participation-strong": {"meetings", "attendance"},
    "groups-able": {"loans", "loan_members", "repayments"},
}  # fmt: skip


def ward(number, *factors, seed=11, months=MONTHS):
    return setting(seed, number, months, frozenset(factors))


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """Three wards with all that can be planted, as packages, written twice."""
    wards = [ward(1), ward(2, *FACTORS[:9]), ward(3, *FACTORS[9:])]
    out = [tmp_path_factory.mktemp(name) for name in ("one", "two")]
    for folder in out:
        list(write(wards, folder))
    return wards, out


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_ward(packages):
    _wards, (one, two) = packages
    files = sorted(path.name for path in one.iterdir())
    assert files == ["99.01.01.1001.zip", "99.01.01.1002.zip", "99.01.01.1003.zip", "planted.csv"]
    for name in files:
        assert (one / name).read_bytes() == (two / name).read_bytes()
    assert live(ward(1)) != live(ward(1, seed=12))


def test_a_package_is_whole_and_is_read_as_the_ward_lived(packages):
    wards, (one, _two) = packages
    for each in wards:
        found = look(one / f"{each.code}.zip")
        assert (found.reasons, found.notes) == ([], [])
        lived = live(each)
        assert {name: len(rows) for name, rows in found.rows.items()} == {
            name: len(rows) for name, rows in lived.items()
        }
        for month in (6, 12, 18):
            assert warnings(found.rows, each.month(month), LIMITS) == warnings(
                lived, each.month(month), LIMITS
            )


@pytest.mark.parametrize("factor", FACTORS)
def test_a_plant_changes_what_it_is_about_and_what_follows_alone(factor):
    ordinary, planted = live(ward(4)), live(ward(4, factor))
    changed = {name for name in ordinary if ordinary[name] != planted.get(name)}
    assert changed
    assert changed <= FOLLOWS[factor]


def test_wards_have_seasons_late_entry_and_missing_rolls():
    fasting, usual, late, missing, held = [], [], 0, 0, 0
    for number in range(1, 11):
        rows = live(ward(number))
        rolls = {row["meeting"] for row in rows["attendance"]}
        for row in rows["meetings"]:
            held += 1
            late += (row["entered_on"] - row["held_on"]).days > 3
            missing += row["id"] not in rolls
            if row["level"] == "rt":
                (fasting if islamic(row["held_on"])[1] == 9 else usual).append(row["attended"])
    assert 0.7 < (sum(fasting) / len(fasting)) / (sum(usual) / len(usual)) < 0.92
    assert 0.2 < late / held < 0.4
    assert 0.08 < missing / held < 0.17


LATER = {
    "stages": {"ended": "ended_entered_on"},
    "verification_steps": {"decided_on": "decided_entered_on"},
    "tranches": {"released_on": "released_entered_on", "lpj_accepted_on": "lpj_accepted_entered_on"},
}  # fmt: skip
EVENT = ("started", "held_on", "submitted_on", "received_on", "requested_on", "granted_on", "given_on", "disbursed",
         "paid_on", "on", "since", "formed_on", "from", "joined_on")  # fmt: skip
OF = {"attendance": ("meeting", "meetings"), "training_attendance": ("training", "trainings"),
      "loan_members": ("loan_id", "loans"), "repayments": ("loan_id", "loans")}  # fmt: skip


def truncated(rows, day):
    """The record as it stood on a day: what had happened and was entered, with ends that were entered."""
    kept = {name: [_then(name, row, day) for row in held if _there(row, day)] for name, held in rows.items()}  # fmt: skip
    for name, (column, of) in OF.items():
        keys = {row.get("id") or row.get("loan_id") for row in kept[of]}
        kept[name] = [row for row in kept[name] if row[column] in keys]
    return kept


def _there(row, day):
    event = next((row[name] for name in EVENT if row.get(name)), None)
    return (event is None or event <= day) and row.get("entered_on", day) <= day


def _then(name, row, day):
    gone = {
        cell for column, entered in LATER.get(name, {}).items()
        if row[column] and max(row[column], row[entered]) > day
        for cell in (column, entered, *(("decision", "reason_code") if column == "decided_on" else ()))
    }  # fmt: skip
    return {cell: None if cell in gone else value for cell, value in row.items()}


def test_warnings_use_nothing_that_was_entered_after_their_day():
    changed = 0
    for number, factors in enumerate((FACTORS[:5], FACTORS[5:9], FACTORS[9:], ()), start=5):
        one = ward(number, *factors)
        rows = live(one)
        for month in range(2, MONTHS + 1, 2):
            then = truncated(rows, one.month(month))
            changed += then != rows
            assert warnings(then, one.month(month), LIMITS) == warnings(rows, one.month(month), LIMITS)  # fmt: skip
    assert changed == 4 * 9  # each day something had not been entered yet


def test_the_command_writes_what_was_asked_and_says_what_it_planted(tmp_path, capsys):
    asked = ["simulate", "--wards", "2", "--months", "6", "--seed", "3", "--out", str(tmp_path / "out")]  # fmt: skip
    plants = ["--plant", "report-late@2", f"groups-able@{code_of(1)}"]
    assert cli.main([*asked, *plants, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [sorted(one["planted"]) for one in said["wards"]] == [["groups-able"], ["report-late"]]
    assert (tmp_path / "out" / "planted.csv").read_text().splitlines()[0] == "ward,factor,since"
    assert cli.main(["warn", said["wards"][0]["file"], "--as-of", "2006-01-01", "--json"]) == 0
    assert {one["ward"] for one in json.loads(capsys.readouterr().out)} == {code_of(1)}


def test_the_command_refuses_every_plant_that_names_no_factor_or_no_ward(tmp_path, capsys):
    asked = ["simulate", "--wards", "2", "--months", "6", "--seed", "3", "--out", str(tmp_path / "out")]  # fmt: skip
    assert cli.main([*asked, "--plant", "luck@1", "report-late@3", "report-late", "--json"]) == 1
    reasons = json.loads(capsys.readouterr().out)["reasons"]
    assert [one["clause"] for one in reasons] == [
        "simulate.factor",
        "simulate.ward",
        "simulate.ward",
    ]
    assert not (tmp_path / "out").exists()
    (tmp_path / "file").write_text("x")
    assert cli.main([*asked[:-1], str(tmp_path / "file"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["reasons"][0]["clause"] == "simulate.write"
