"""The ward's schematic map: needs where they stand, potentials, a grid that the ward sets."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.planning import actions, mapping
from pendamping.planning.rules.schematic import Marks
from tests.cast import WARD
from tests.electing import hamlet
from tests.rooms.test_ledger_attacks import attack
from tests.rooms.test_planning import TODAY, asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_february():
    with clock.at(TODAY):
        yield


def potential(cast, place="01/02", by=None):
    return actions.record_potential(
        by=by or cast.cadre, ward=WARD, title="Mata air", place=place, found_on=TODAY
    )


def test_a_block_counts_what_waits_and_what_there_is_to_build_on(cast):
    hamlet(cast)
    asked(cast, "Sumur", "01/02", 20)
    asked(cast, "Lampu", "", 30)
    gone = asked(cast, "Tugu", "01/02", 5)
    actions.withdraw_need(by=cast.cadre, ward=WARD, need_id=gone.id, why="Tidak jadi")
    potential(cast)
    found, whole = mapping.blocks(WARD)
    assert {one.place: one.marks for one in found}["01/02"] == Marks(waiting=1, potentials=1)
    assert whole == Marks(waiting=1)
    assert [(one.place, one.row, one.column) for one in found][:2] == [
        ("01/01", 0, 0),
        ("01/02", 0, 1),
    ]


def test_the_ward_sets_where_each_rt_stands(cast, client):
    hamlet(cast)
    client.force_login(cast.cadre)
    here = {"ward": WARD}
    wrong = client.post(reverse("planning:map_draw", kwargs=here), {"grid": "01/01 01/02"})
    assert wrong.status_code == 409 and "Belum ada di peta: 01/03, 01/04" in wrong.content.decode()
    grid = "- 01/04\n01/01 01/02 01/03"
    assert client.post(reverse("planning:map_draw", kwargs=here), {"grid": grid}).status_code == 302
    assert mapping.spots(WARD)["01/04"] == (0, 1)
    asked(cast, "Sumur", "01/02", 20)
    page = client.get(reverse("planning:map", kwargs=here)).content.decode()
    assert '<g transform="translate(96 78)">' in page  # 01/02: second row, second column
    assert grid in client.get(reverse("planning:map_draw", kwargs=here)).content.decode()
    assert client.get(reverse("planning:map_pdf", kwargs=here)).content.startswith(b"%PDF")
    assert client.get(reverse("planning:map_pdf", kwargs=here), {"size": "a9"}).status_code == 404


def test_a_potential_is_noted_by_who_works_in_the_field_and_stands(cast, client):
    hamlet(cast)
    with pytest.raises(Refusal):
        potential(cast, by=cast.treasurer)
    with pytest.raises(Refusal):
        potential(cast, place="09/09")
    client.force_login(cast.cadre)
    sent = client.post(
        reverse("planning:potential", kwargs={"ward": WARD}),
        {
            "title": "Tanah lapang",
            "place": "01/01",
            "found_on": TODAY.isoformat(),
            "request_id": "0" * 26,
        },
    )
    assert sent.status_code == 302
    assert [one.title for one in mapping.potentials(WARD)] == ["Tanah lapang"]
    with pytest.raises(DatabaseError), transaction.atomic():
        attack(by=cast.cadre, sql=["UPDATE planning_potential SET title = 'x'"])
