"""``census import``: all or nothing, the ward's opening too; by the clock of the ward."""

import json
from datetime import date

import pytest

from pendamping.access import actions as access
from pendamping.cli import site
from pendamping.cli.main import main
from pendamping.households.models import CensusUpload, Household
from pendamping.territory import queries as territory
from tests import cast as players
from tests.census_files.small import RIGHT, as_csv, changed

CLOSED = "32.71.01.1004"  # takes no part yet


@pytest.fixture
def census(db, monkeypatch, tmp_path, capsys):
    """Import a file into a ward as somebody; the exit status and what was printed."""
    monkeypatch.setattr(site, "start", lambda: None)

    def go(content, ward, who="system", *more):
        path = tmp_path / "sensus.csv"
        path.write_bytes(content)
        command = ["census", "import", str(path), "--ward", ward, "--json", "--as", who]
        status = main([*command, *more])
        return status, json.loads(capsys.readouterr().out)

    return go


@pytest.mark.usefixtures("cast")
def test_a_wrong_file_opens_no_ward_and_a_right_one_opens_it_with_its_households(census):
    status, found = census(as_csv(changed(1, kelamin="?")), CLOSED)
    assert (status, len(found["errors"])) == (1, 1)
    assert territory.ward(CLOSED) is None
    status, found = census(as_csv(), CLOSED)
    assert (status, found["households"]) == (0, 3)
    assert Household.objects.filter(ward=CLOSED).count() == 3


def test_nobody_opens_a_ward_by_a_census_who_may_not_open_one(census, cast):
    access.give_role(by=cast.system, ward="32.71", username="facilitator", role="facilitator")
    status, found = census(as_csv(), CLOSED, "facilitator")
    assert (status, found["reasons"][0]["clause"]) == (1, "access.permission")
    assert territory.ward(CLOSED) is None


def test_a_practice_ward_is_counted_on_its_own_day(census, db):
    players.make_cast(practice_today=date(2003, 12, 1))
    status, _found = census(as_csv(), players.WARD)
    assert status == 0
    [upload] = CensusUpload.objects.filter(ward=players.WARD)
    assert upload.counted_on == date(2003, 12, 1)


def test_likely_doubles_are_told_and_stop_the_import_where_it_is_asked_so(census, cast):
    again = ["4", "", "05", "02", "Gang A 1", RIGHT[0][5], "", *RIGHT[0][7:]]
    with_doubles = as_csv([*RIGHT, again])
    status, found = census(with_doubles, CLOSED, "system", "--stop-at-doubles")
    [pair], [reason] = found["duplicates"], found["reasons"]
    assert (status, found["errors"], found["households"]) == (1, [], 4)
    assert (pair["first"]["name"], pair["second"]["name"]) == (RIGHT[0][5], RIGHT[0][5])
    assert reason["clause"] == "households.upload.doubles"
    assert territory.ward(CLOSED) is None
    assert not Household.objects.exists()
    status, found = census(with_doubles, CLOSED)
    assert (status, len(found["duplicates"]), "reasons" in found) == (0, 1, False)
    assert Household.objects.filter(ward=CLOSED).count() == 4


@pytest.mark.parametrize(("said", "kept"), [("t", 0), ("", 0), ("ya", 4)])
def test_somebody_at_a_terminal_sees_likely_doubles_before_they_are_stored(
    census, cast, monkeypatch, capsys, tmp_path, said, kept
):
    again = ["4", "", "05", "02", "Gang A 1", RIGHT[0][5], "", *RIGHT[0][7:]]
    path = tmp_path / "sensus.csv"
    path.write_bytes(as_csv([*RIGHT, again]))
    shown = []

    def answer(self):
        shown.append(capsys.readouterr())
        assert not Household.objects.exists()
        return f"{said}\n"

    terminal = type("Terminal", (), {"isatty": lambda self: True, "readline": answer})
    monkeypatch.setattr("sys.stdin", terminal())
    command = ["census", "import", str(path), "--ward", CLOSED]
    assert main(command) == (0 if kept else 1)
    (before,) = shown
    assert f"= {RIGHT[0][5]} ~ {RIGHT[0][5]}" in before.out
    assert "Simpan semuanya?" in before.err
    after = capsys.readouterr()
    assert "~" not in after.out
    assert ("[households.upload.doubles]" in after.err) == (not kept)
    assert Household.objects.filter(ward=CLOSED).count() == kept
    if not kept:  # who has looked need not be asked
        assert main([*command, "--accept-doubles"]) == 0
        assert len(shown) == 1
        assert Household.objects.filter(ward=CLOSED).count() == 4


def test_doubles_of_people_who_are_stored_already_are_shown_first_too(census, cast):
    census(as_csv(), CLOSED)
    status, found = census(
        as_csv([["4", "", "05", "02", "Gang A 1", RIGHT[0][5], "", *RIGHT[0][7:]]]),
        CLOSED, "system", "--stop-at-doubles",
    )  # fmt: skip
    assert (status, found["duplicates"][0]["second"]["stored"]) == (1, True)
    assert Household.objects.filter(ward=CLOSED).count() == 3
