"""A month that is to be closed stands on the treasurer's desk, then on the board's."""

from datetime import date

import pytest

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
    found = {task.kind: task for task in desk_of(cast, "treasurer").tasks}
    assert (found["close"].due, found["close"].parts) == (date(2004, 8, 7), {"month": "2004-07"})
    assert "approve_close" not in kinds(cast, "chair")
    closing.close(cast, date(2004, 7, 31), approve=False)
    assert "close" not in kinds(cast, "treasurer")
    (task,) = [one for one in desk_of(cast, "chair").tasks if one.kind == "approve_close"]
    assert (task.page, task.parts) == ("upk:close", {"month": "2004-07"})
