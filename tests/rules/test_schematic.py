"""The schematic map: every RT has one place, and what is typed is what is drawn."""

from hypothesis import given
from hypothesis import strategies as st

from pendamping.planning.rules import schematic

PLACES = st.lists(
    st.builds("{:02d}/{:02d}".format, st.integers(1, 12), st.integers(1, 20)), unique=True, max_size=60
).map(sorted)  # fmt: skip


@given(PLACES)
def test_the_grid_to_begin_with_gives_each_rt_a_place_of_its_own_and_is_read_back(places):
    spots = schematic.in_order(places)
    assert sorted(spots) == places and len(set(spots.values())) == len(places)
    assert schematic.read(schematic.written(spots), places) == (spots, [])


@given(PLACES, st.data())
def test_an_rt_that_came_later_stands_below_all_others(places, data):
    kept = data.draw(st.lists(st.sampled_from(places), unique=True)) if places else []
    drawn = {place: list(spot) for place, spot in schematic.in_order(kept).items()}
    spots = schematic.placed(places, drawn)
    assert len(set(spots.values())) == len(places)
    lowest = max((spots[place][0] for place in kept), default=-1)
    assert all(spots[place][0] > lowest for place in places if place not in kept)


def test_each_fault_is_named_by_its_line():
    _spots, reasons = schematic.read("01/01 09/09\n- 01/01", ["01/01", "01/02"])
    said = [(one.text.split(":")[0], one.values.get("row")) for one in reasons]
    assert said == [("Line {row}", 1), ("Line {row}", 2), ("Not on the map yet", None)]
