"""``bench book``: every way to close the made-up book comes to the same sums. No time is asserted."""

from xml.etree import ElementTree

import pytest

from pendamping.bench import book_made, book_part, picture


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    assert book_made.make(folder, 2_000)["loans"] == 2_000
    return folder


def test_the_query_and_its_peers_come_to_the_same(made):
    ours = book_part.PARTS["order"](made)
    assert ours[0] > ours[1] > ours[2] > 0
    for peer in ("integers", "decimals", "exploded"):
        assert book_part.PARTS[peer](made) == ours


def test_kept_totals_close_as_the_posted_splits_they_were_made_of(made):
    assert book_part.PARTS["kept"](made) == book_part.PARTS["posted"](made)


def test_some_of_the_made_up_loans_are_late_where_the_order_matters(made):
    assert book_part.PARTS["service-first"](made) != book_part.PARTS["order"](made)


def test_a_picture_has_a_line_and_a_name_for_each_way():
    lines = {"limit": [(1_000, 0.1), (10_000, 0.2)], "a & b": [(1_000, 0.3), (10_000, 20)]}
    root = ElementTree.fromstring(picture.picture("Seconds", "loans", "s", lines))
    found = [one for one in root.iter() if one.tag.endswith("polyline")]
    assert len(found) == 2
    assert "a & b" in ["".join(one.itertext()) for one in root.iter() if one.tag.endswith("text")]
