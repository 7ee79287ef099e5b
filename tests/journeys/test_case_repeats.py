"""The case of Empang: the same on every server, once, and brought up to date where it is older."""

import json

import pytest

from tests.journeys.site import Site, database

pytestmark = pytest.mark.prove


def play(home, *steps):
    """Run the steps one after the other on a new server; the last one's answer."""
    home.mkdir()
    with database(home) as environment:
        office = Site("", environment)
        answers = [json.loads(office.module("tests.journeys.case", *step)) for step in steps]
    return answers


def test_two_servers_hold_the_same_ward_and_the_same_seals(tmp_path):
    one = play(tmp_path / "one", ("load",), ("facts",), ("load",), ("facts",))
    [other] = play(tmp_path / "other", ("load",), ("facts",))[1:]
    assert one[1] == other
    # a second call changes nothing
    assert one[2]["steps"] == []
    assert one[3] == one[1]
    # the figures of the case
    assert (other["households"], other["poor"]) == (3448, 625)
    # one loan got a new schedule, to the end of the year
    assert (other["last_due"], other["instalments"]) == (["2005-05-12", "2005-12-17"], [10])
    assert other["broken"] == []
    # the board meets as it was elected: not of women or of poor alone
    assert other["boards"]
    assert all(max(women, poor) < came for came, women, poor in other["boards"])
    # all nine come where the units are appointed, seven otherwise
    assert [came for came, *_ in other["boards"]].count(9) == 2
    assert {came for came, *_ in other["boards"]} == {7, 9}
    # what residents ranked first is what the grant then built
    works = {"Paving gang RW 05", "Saluran air RW 08", "Talud penahan longsor RW 02"}
    assert works <= set(other["funded"])
    assert "Gapura RW 01" in other["waiting"]  # refused later: not in the plan
    assert other["unproposed"] == []  # no contract but of a proposal that had passed
    assert other["paid_twice"] == []  # nothing is asked for a work beyond its contract


def test_an_older_case_is_brought_up_to_date_and_nothing_is_doubled(tmp_path):
    [whole] = play(tmp_path / "whole", ("load",), ("facts",))[1:]
    first, second, found = play(tmp_path / "older", ("load", "6"), ("load",), ("facts",))
    assert (len(first["steps"]), second["steps"][0]) == (6, "groups")
    assert found == whole


LATER = ("needs", "plan", "logbook", "cadres", "cycle", "complaints")


def test_a_case_from_before_there_was_a_plan_gets_it_and_no_dossier_twice(tmp_path):
    first, second, found = play(tmp_path / "older", ("older", *LATER), ("load",), ("facts",))
    assert not set(first["steps"]) & set(LATER)
    assert second["steps"] == list(LATER)
    assert (len(found["dossiers"]), len(set(found["dossiers"])), found["broken"]) == (8, 8, [])
