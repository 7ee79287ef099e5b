"""A room looks down, never up or sideways; rules know nothing of the web framework."""

from tests.architecture.source import ROOT, floors, plant, program, run_in


def lint(house):
    done = run_in(house, program("lint-imports"), "--no-cache", "--config", ".importlinter")
    return done.returncode, done.stdout + done.stderr


def test_every_room_keeps_to_its_floor():
    status, said = lint(ROOT)
    assert status == 0, f"{said}\nThe floors stand in .importlinter and docs/architecture.md."


PLANTS = [
    # (where, what it imports, what the report must then name)
    ("territory/queries.py", "pendamping.households.queries", "territory.queries"),
    ("households/rules/planted.py", "pendamping.web.rooms", "households.rules.planted"),
    ("funds/ledger/planted.py", "pendamping.funds.loans.rules", "funds.ledger.planted"),
    ("funds/savings/planted.py", "pendamping.funds.loans.rules", "funds.savings.planted"),
    ("web/planted.py", "pendamping.cli.output", "web.planted"),
    ("kernel/planted.py", "django", "kernel.planted"),
    ("funds/loans/rules/planted.py", "django.db", "funds.loans.rules.planted"),
    ("access/rules.py", "django.utils.timezone", "access.rules"),
    # through a third module, too
    (
        "institutions/rules/planted.py",
        "pendamping.institutions.models",
        "institutions.rules.planted",
    ),
]


def test_every_look_up_or_sideways_is_caught(house):
    before = lint(house)[1]
    for path, target, _named in PLANTS:
        plant(house, f"src/pendamping/{path}", f"import {target}")
    status, said = lint(house)
    assert status == 1
    for _path, target, named in PLANTS:
        reached = target if target.startswith("pendamping.") else "django"
        line = f"pendamping.{named} -> {reached}"
        assert line not in before
        assert line in said


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
