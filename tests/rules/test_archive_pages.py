"""What a page of the archive writes of a value, and a table of values."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pendamping.exchange.archive.pages import table

values = (
    st.none()
    | st.booleans()
    | st.integers(0, 10**12)
    | st.text(min_size=1, max_size=20)
    | st.dates()
)


def test_values_are_written_as_a_treasurer_reads_them():
    made = table("Contoh", list("abcd"), [[1_500_000, date(2004, 5, 12), True, ""]], "-")
    assert made.rows == (("1.500.000", "12 Mei 2004", "ya", "–"),)
    assert made.numbers == frozenset({0})


@given(st.lists(st.tuples(values, values), max_size=8))
def test_no_row_and_no_cell_is_lost(rows):
    made = table("Contoh", ["a", "b"], rows, "kosong")
    assert len(made.rows) == len(rows)
    assert all(len(row) == 2 and all(row) for row in made.rows)
