"""A room looks down, never up or sideways; rules know nothing of the web framework."""

import pytest

from tests.architecture.source import ROOT, floors, plant, program, run_in


def lint(house):
    done = run_in(house, program("lint-imports"), "--no-cache", "--config", ".importlinter")
    return done.returncode, done.stdout + done.stderr


def test_every_room_keeps_to_its_floor():
    status, said = lint(ROOT)
    assert status == 0, f"{said}\nThe floors stand in .importlinter and docs/architecture.md."


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("src/pendamping/territory/queries.py", "from pendamping.households import queries as up"),
        ("src/pendamping/households/rules/planted.py", "from pendamping.web import rooms"),
        ("src/pendamping/funds/ledger/planted.py", "from pendamping.funds.loans import rules"),
        ("src/pendamping/funds/savings/planted.py", "from pendamping.funds.loans import rules"),
        ("src/pendamping/web/planted.py", "from pendamping.cli import output"),
        ("src/pendamping/kernel/planted.py", "import django"),
        ("src/pendamping/funds/loans/rules/planted.py", "from django.db import models"),
        ("src/pendamping/access/rules.py", "from django.utils import timezone"),
        # through a third module, too
        (
            "src/pendamping/funds/loans/rules/planted.py",
            "from pendamping.funds.loans import models",
        ),
    ],
)
def test_a_look_up_or_sideways_is_caught(house, path, code):
    plant(house, path, code)
    status, said = lint(house)
    assert status == 1
    assert "BROKEN" in said


def test_a_room_without_a_floor_is_caught(house):
    plant(house, "src/pendamping/newroom/__init__.py", '"""A room that nobody gave a floor."""')
    status, said = lint(house)
    assert status == 1
    assert "newroom" in said


def test_the_contract_knows_every_room_that_is_open():
    from pendamping.web.rooms import ROOMS

    order = floors()
    assert set(ROOMS) <= set(order)
    places = [order.index(room) for room in ROOMS if not room.startswith("funds.")]
    assert places == sorted(places, reverse=True), "ROOMS stand lowest floor first"
