"""A group sees with which tier its proposal lies and when it will probably be through."""

import pytest
from django.urls import reverse

from pendamping.kernel import clock
from pendamping.verification import figures
from tests import lending, planned
from tests.cast import WARD
from tests.rooms.test_proposals import TODAY, begin, fill, hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(TODAY):
        yield


@pytest.fixture
def stage(ratified):
    cast, plan = ratified
    return cast, planned.line_of(plan, "Selokan"), lending.form_group(cast, kind="physical")


def test_its_page_says_where_it_lies_and_when_it_is_through_or_that_it_cannot_be_said(
    stage, client, monkeypatch
):
    """Nobody has decided yet: unit 7, board 7 and staff 5 days by their limits, so 20 March. Then the unit, the board and
    the staff took 2 days five times each: 6 days likely, nine of ten cases as many."""
    cast, line, group = stage
    one = hand_in(cast, fill(cast, begin(cast, line, group)))
    client.force_login(cast.cadre)
    address = reverse("planning:proposal", kwargs={"ward": WARD, "proposal": one.id})
    page = client.get(address).content.decode()
    assert "belum dapat diperkirakan" in page and "20 Maret 2004" in page
    took = {tier: {2: 5} for tier in ("unit", "board", "facilitator")}
    monkeypatch.setattr(figures, "histograms", lambda area, tiers: took)
    page = client.get(address).content.decode()
    assert "belum dapat diperkirakan" not in page
    assert "antara 7 Maret 2004 dan 7 Maret 2004" in page
