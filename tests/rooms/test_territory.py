"""Regions that are updated, split and renamed; wards that take part."""

from datetime import date

import pytest

from pendamping.access import queries as access
from pendamping.kernel.refusal import Refusal
from pendamping.territory import actions, official, queries
from tests.cast import WARD

pytestmark = pytest.mark.django_db

NEW = "32.71.01.1099"


def updated_with_a_split():
    regions = official.regions()
    regions[WARD] = "Empang Lama"
    regions[NEW] = "Empang Baru"
    del regions["32.71.01.1001"]
    return actions.update_regions(
        by=access.system(),
        regions=regions,
        source="a later decree",
        on=date(2027, 1, 1),
        splits={WARD: [WARD, NEW]},
    )


def test_homonyms_are_told_apart_by_their_path():
    found = queries.search("Empang", limit=2)
    paths = [[area.name for area in queries.path(area.code)] for area in found]
    assert ["Jawa Barat", "Kota Bogor", "Bogor Selatan", "Empang"] in paths
    assert len({area.code for area in found}) == 2
    assert [area.code for area in queries.search("empang", level="ward", limit=1)] == [WARD]


def test_an_update_renames_splits_and_closes_without_losing_a_code():
    update = updated_with_a_split()
    assert queries.area(WARD).name == "Empang Lama"
    assert queries.successors(WARD) == [WARD, NEW]
    assert queries.area("32.71.01.1001").until == date(2027, 1, 1)
    assert NEW in [area.code for area in queries.children("32.71.01", on=date(2027, 1, 1))]
    assert "32.71.01.1001" not in [
        a.code for a in queries.children("32.71.01", on=date(2027, 1, 1))
    ]
    assert "32.71.01.1001" in [a.code for a in queries.children("32.71.01", on=date(2026, 12, 31))]
    assert [change.kind for change in queries.history(WARD)] == ["renamed", "split", "split"]
    assert len(update.added) == len(update.renamed) == len(update.closed) == 1


def test_a_code_that_comes_back_is_the_same_area_again():
    updated_with_a_split()
    actions.update_regions(
        by=access.system(), regions=official.regions(), source="corrected", on=date(2027, 2, 1)
    )
    assert queries.area("32.71.01.1001").until is None
    assert queries.area(NEW).until == date(2027, 2, 1)


def test_a_list_with_orphans_changes_nothing():
    with pytest.raises(Refusal):
        actions.update_regions(
            by=access.system(), regions={"99.01": "Nowhere"}, source="broken", on=date(2027, 1, 1)
        )
    assert queries.area(WARD).until is None


@pytest.mark.parametrize("code", ["32.71.01", "99.99.99.9999", "Empang"])
def test_only_a_ward_in_force_can_take_part(code):
    with pytest.raises(Refusal) as caught:
        actions.open_ward(by=access.system(), code=code)
    assert caught.value.reasons[0].clause == "territory.ward"


def test_a_ward_opens_once(cast):
    with pytest.raises(Refusal) as caught:
        actions.open_ward(by=cast.system, code=cast.ward)
    assert caught.value.reasons[0].clause == "territory.ward_open"


def test_the_clock_of_a_real_ward_cannot_be_moved(cast):
    with pytest.raises(Refusal):
        actions.set_practice_date(by=cast.system, ward=cast.ward, today=date(2005, 5, 12))


def test_wards_are_found_within_areas(cast):
    assert [ward.code for ward in queries.wards(["32.71"])] == ["32.71.01.1001", WARD]
    assert [ward.code for ward in queries.wards([WARD, "52"])] == [WARD]
    assert queries.wards([]) == []


def test_neighbourhoods_are_added_once(cast):
    pairs = [("01", "01"), ("01", "02")]
    assert actions.add_neighbourhoods(by=cast.system, ward=cast.ward, pairs=pairs) == 2
    assert (
        actions.add_neighbourhoods(by=cast.system, ward=cast.ward, pairs=[*pairs, ("02", "01")])
        == 1
    )
    assert [(n.rw, n.rt) for n in queries.neighbourhoods(cast.ward)] == [*pairs, ("02", "01")]
