"""``bench census``: every way leaves the same rows, so that their times can be compared."""

import pytest
from django.db import DatabaseError, transaction

from pendamping.bench import census as bench
from pendamping.households import checking, queries
from pendamping.kernel import clock
from tests.rooms.test_ledger_attacks import attack

pytestmark = pytest.mark.django_db


def test_the_limit_and_the_peer_store_the_very_rows_that_the_import_left(cast):
    with clock.at(bench.COUNTED):
        census = checking.read(bench.WARD, "x.csv", bench.made(40), bench.COUNTED)
        office = bench.Office(census)
        office.ours()
        rows = office.rows()
        figures = queries.counts(bench.WARD)
        assert [len(values) for _, values in rows.values()] == [10, 40, 40, 2]
        for way in (office.limit, office.peer):
            office.clear()
            assert all(values == [] for _, values in office.rows().values())
            way(rows)
            assert office.rows() == rows
            assert queries.counts(bench.WARD) == figures
        with pytest.raises(DatabaseError, match="final"), transaction.atomic():
            attack(
                by=cast.system, sql=["DELETE FROM households_poormark"]
            )  # sealed again for all of them
        assert queries.search(bench.WARD, "baba").rows  # triggers keep the words for every way
