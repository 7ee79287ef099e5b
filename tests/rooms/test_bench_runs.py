"""Every benchmark runs, at its smallest: one that broke shows here. No time is asserted."""

import json
from contextlib import contextmanager
from importlib import import_module

import pytest
from django.conf import settings
from django.db import connection

from pendamping.bench import book, book_part, database, desk, growth, post, queue
from pendamping.bench import election as voting
from pendamping.bench.result import Options
from pendamping.cli.bench import NAMES

SMALLEST = {
    "allocate": 30,
    "book": 60,
    "census": 8,
    "desk": 2,
    "election": 2,
    "growth": 100,
    "post": 2,
    "queue": 40,
}
"""By benchmark, in its own unit."""


@pytest.fixture
def small(db, monkeypatch, tmp_path, capsys):
    """Benchmarks on the database of the test, with little on the stage, each part in this process."""

    @contextmanager
    def here():
        yield connection.vendor

    def part(name, folder, *more):
        book_part.main(name, str(folder), *map(str, more))
        return json.loads(capsys.readouterr().out.splitlines()[-1])

    monkeypatch.setattr(database, "fresh", here)
    monkeypatch.setattr(post, "LOANS", 2)
    for name, few in (("LOANS", 2), ("SINGLES", 2), ("SHEETS", 1)):
        monkeypatch.setattr(growth, name, few)
    monkeypatch.setattr(voting, "HOUSEHOLDS", 60)
    monkeypatch.setattr(queue, "WARDS", 2)
    monkeypatch.setattr(desk, "LOANS", 1)
    monkeypatch.setattr(book, "_part", part)
    monkeypatch.setattr(book, "_spark", lambda: [])
    if connection.vendor == "sqlite":  # the limit of `post` opens a file of its own
        monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(tmp_path / "limit.sqlite3"))


def test_every_benchmark_stands_here():
    assert SMALLEST.keys() == NAMES.keys()


@pytest.mark.parametrize("name", sorted(SMALLEST))
def test_a_benchmark_runs_and_names_its_limit(small, name):
    options = Options(runs=1, size=SMALLEST[name], start=lambda: None)
    found = import_module(f"pendamping.bench.{name}").run(options, lambda text: None)
    assert found.name == name
    kinds = {one.kind for one in found.measures}
    assert {"limit", "ours"} <= kinds
    assert all(value > 0 for one in found.measures for value in one.values)
    assert all(found.ratio(one) for one in found.measures if one.unit == found.measures[0].unit)
    assert len(list(found.lines())) >= len(found.measures)
    assert json.dumps(found.as_json())
