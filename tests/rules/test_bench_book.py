"""``bench book``: every way to close the made-up book comes to the same sums. No time is asserted."""

from xml.etree import ElementTree

import pytest

from pendamping.bench import book_made, book_part, book_whole, picture
from pendamping.funds.closing import queries


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    assert book_made.make(folder, 2_000)["loans"] == 2_000
    return folder


def test_the_query_and_its_peers_come_to_the_same(made):
    ours = book_part.PARTS["order"](made)
    assert ours[0] > ours[1] > ours[2] > 0
    for peer in ("integers", "decimals", "decimals-whole", "exploded"):
        assert book_part.PARTS[peer](made) == ours


def test_provinces_closed_by_themselves_come_to_the_whole_book(made):
    assert len(list((made / "split").iterdir())) > 1
    assert book_part.PARTS["split"](made) == book_part.PARTS["order"](made)


def test_the_loop_over_decimals_gives_every_figure_of_the_query(made):
    with queries.engine("duckdb") as running:
        wards = queries.close(
            made / "bare", as_of=book_made.AS_OF, engine=running, order="instalment-order"
        )
    looped = book_whole.close(made / "bare")
    assert looped.keys() == wards.keys()
    for ward, figures in queries.by_area(wards, "ward").items():
        one = looped[ward]
        assert (one.loans, one.active, one.outstanding) == (
            figures.loans, figures.active, figures.outstanding,
        )  # fmt: skip
        assert (one.due, one.paid, one.overpaid) == (
            figures.due_to_date, figures.paid_to_date, figures.overpaid,
        )  # fmt: skip
        assert (one.arrears_principal, one.arrears_service) == (
            figures.arrears_principal, figures.arrears_service,
        )  # fmt: skip
        assert [one.late_30, one.late_90, one.at_risk] == [
            figures.par30.part, figures.par90.part, figures.par.part,
        ]  # fmt: skip
        assert (len(one.risky), len(one.owing)) == (figures.lar.part, figures.lar.whole)
        assert one.outstanding - one.arrears_at_risk == figures.rr.part
        assert {number: tuple(one.classes[number]) for number in range(1, 6)} == figures.classes


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
