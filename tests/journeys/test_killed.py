"""The treasurer's computer is killed at two hundred points of a long day, and in the middle of every kind of
work: nothing doubled, nothing lost.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.journeys import busy
from tests.journeys.office import Office
from tests.journeys.prepared import ROOT, python

KILLS = int(os.environ.get("PENDAMPING_TEST_KILLS", "200"))
OF_A_KIND = int(os.environ.get("PENDAMPING_TEST_KILLS_OF_A_KIND", "6"))
KINDS = """disburse pay take_back_payment sheet deposit withdrawal reschedule settle pay_grant spend_grant
close approve reserve year split write_off upload take_statement post_line"""


def start(office: Office, *step: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.busy", *step],
        cwd=ROOT,
        env=office.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ask(office: Office, *step: str) -> dict:
    return json.loads(python(office.environment, "-m", "tests.journeys.busy", *step))


def kill_at_random(office: Office, facts: str, done: str, times: int) -> None:
    """Kill the work so often, each time within half a second; it never ends by itself."""
    chance = random.Random(12)
    for _ in range(times):
        working = start(office, "work", facts, done)
        office.wait_for(working, "ready")
        time.sleep(chance.uniform(0, 0.5))
        ended = working.poll()
        working.send_signal(signal.SIGKILL)
        _, error = working.communicate()
        assert ended is None, error


def expected(names: list[str]) -> dict[str, list[str]]:
    """The steps by what they do."""
    kinds = ("pay", "back", "sheet", "save", "card", "approve", "statement", "bank")
    return {kind: sorted(one for one in names if one.startswith(f"{kind} ")) for kind in kinds}


def cash_of(names: list[str], before: int) -> int:
    """What must be in the cash box, counted from the steps alone."""
    each = {
        "pay": busy.PART, "back": -busy.PART, "save": busy.SAVED,
        "sheet": 5 * (busy.SHEET_PART + busy.SHEET_SAVED),
    }  # fmt: skip
    return before + sum(each.get(name.split()[0], 0) for name in names)


@pytest.mark.prove
def test_a_treasurers_list_that_is_killed_two_hundred_times_is_posted_once_and_whole(office):
    facts = json.dumps(ask(office, "prepare"))
    cash = ask(office, "look")["cash"]
    done = office.home / "done"
    kill_at_random(office, facts, str(done), KILLS)
    ask(office, "work", facts, str(done), "20")
    names = done.read_text().splitlines()
    found = ask(office, "look")
    assert len(names) > KILLS
    assert {kind: found[kind] for kind in expected(names)} == expected(names)
    assert found["cash"] == cash_of(names, cash)
    assert (found["breaks"], found["seals"]) == ([], [])


@pytest.mark.prove
def test_every_kind_of_work_is_killed_in_its_middle_and_is_then_done_once(office):
    """Nothing may be there of what was killed before its end, all of what was killed just after it; who does it
    again is told so, or is given what was made.
    """
    found = json.loads(
        python(office.environment, "-m", "tests.journeys.killing", str(OF_A_KIND), "12")
    )
    assert list(found) == KINDS.split()
    assert {one["middle"] for one in found.values()} == {OF_A_KIND}
    assert {name: one["breaks"] for name, one in found.items() if one["breaks"]} == {}
    assert all(len(one["again"]) == 2 and all(one["again"]) for one in found.values())


@pytest.mark.prove
def test_an_old_book_whose_taking_over_is_killed_comes_in_whole_or_not_at_all(office):
    """Killed again and again, each time a little later, until once it was done before the kill."""
    meeting = ask(office, "old_book")["meeting"]
    for found, ended in later_and_later(office, ("begin", meeting), "begun"):
        if found["state"] == "confirmed":
            break
        assert not ended, "it ended without having begun"
        assert (found["rows"], found["breaks"]) == ([0] * 6, [])
    assert (found["rows"], found["breaks"]) == ([1, 2, 8, 2, 1, 2], [])


@pytest.mark.prove
def test_a_census_whose_storing_is_killed_is_there_whole_or_not_at_all(office):
    upload = ask(office, "census")
    assert upload["errors"] == 0
    storing = later_and_later(office, ("store", upload["upload"]), "stored")
    for found, ended in storing:
        assert found["seals"] == []
        if found["state"] == "confirmed":
            break
        assert not ended, "it ended without having stored anything"
        assert (found["state"], found["rows"], found["kept"]) == ("staged", [0] * 5, True)
    households, people, stays, words, places = found["rows"]
    assert (households, people) == (busy.HOUSEHOLDS, upload["rows"])
    assert stays == people and words >= people and places > 0


def later_and_later(office: Office, step: tuple[str, ...], look: str):
    """Kill the step again and again, each time a little later; what stands then, and whether it ended."""
    for later in range(200):
        working = start(office, *step)
        office.wait_for(working, "ready")
        time.sleep(0.02 * later)
        ended = working.poll() is not None
        working.send_signal(signal.SIGKILL)
        working.communicate()
        found = ask(office, look)
        assert later > 1 or found["state"] != "confirmed", "nothing was killed in the middle"
        yield found, ended
