"""A month that is to be closed stands on the treasurer's desk, then on the board's."""

from datetime import date

import pytest
from django.urls import reverse

from tests import closing, lending
from tests.rooms.test_desk import desk_of, kinds
from tests.staging import staged

pytestmark = pytest.mark.django_db


@staged
def lent(cast):
    lending.open_fund(cast)
    lending.lend(cast)


def test_a_month_goes_from_the_treasurer_to_the_board(cast, lent):
    closing.close_through(cast, date(2004, 6, 30))
    assert "close" not in kinds(cast, "treasurer")
    closing.count(cast, date(2004, 7, 31))
    found = {task.kind: task for task in desk_of(cast, "treasurer").tasks}
    assert (found["close"].due, found["close"].parts) == (date(2004, 8, 7), {"month": "2004-07"})
    assert "approve_close" not in kinds(cast, "chair")
    closing.close(cast, date(2004, 7, 31), approve=False)
    assert "close" not in kinds(cast, "treasurer")
    (task,) = [one for one in desk_of(cast, "chair").tasks if one.kind == "approve_close"]
    assert (task.page, task.parts) == ("upk:close", {"month": "2004-07"})


def test_the_cash_is_counted_by_the_treasurer_who_finds_it_on_the_desk(cast, lent, client):
    closing.close_through(cast, date(2004, 6, 30))
    (task,) = [one for one in desk_of(cast, "treasurer").tasks if one.kind == "count_cash"]
    assert (task.page, task.query) == ("upk:count", "on=2004-07-31")
    page = reverse("upk:count", kwargs={"ward": cast.ward})
    client.force_login(cast.chair)
    assert "Yang menghitung: Bendahara UPK" in client.get(page).content.decode()
    client.force_login(cast.treasurer)
    assert "Yang menghitung" not in client.get(page).content.decode()
    closing.close(cast, date(2004, 7, 31), approve=False)
    assert "count_cash" not in kinds(cast, "treasurer")
