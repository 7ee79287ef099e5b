"""``bench census``: what it makes is a right census. No time is asserted."""

from datetime import date

from pendamping.bench import census as bench
from pendamping.households.readers.files import read_bytes
from pendamping.households.rules.census import check_census


def test_the_made_up_list_has_no_wrong_cell_at_any_size():
    for size in (1, 7, 1_000, 20_000):
        found = check_census(
            read_bytes(bench.made(size)), bench.COUNTED, bench.WARD, duplicates=False
        )
        assert [error for error in found.findings.errors] == []
        assert found.members == size
        assert len(found.households) == -(-size // 4)


def test_three_of_four_have_a_nik_of_their_own():
    found = check_census(
        read_bytes(bench.made(4_000)), date(2004, 1, 10), bench.WARD, duplicates=False
    )
    given = [person.nik for person in found.people() if person.nik]
    assert (len(given), len(set(given))) == (3_000, 3_000)
