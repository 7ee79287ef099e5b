"""What the desk asks of whom, from the letter to the report that is late."""

from datetime import date

import pytest

from pendamping.access import queries as access
from pendamping.desk import queries as desk
from pendamping.funds.grants import actions as grants
from pendamping.funds.grants import queries
from pendamping.kernel import clock
from tests import granting, lending

pytestmark = pytest.mark.django_db

OF_GRANT = {
    "split_funds", "ask_tranche", "mend_tranche", "order_tranche", "receive_tranche", "report_due",
    "report_returned",
}  # fmt: skip


def asked(cast, who, on):
    user = getattr(cast, who)
    with clock.at(on):
        found = desk.desk(cast.ward, on, lambda wanted: access.may(user, wanted, cast.ward))
    return [(task.kind, task.due) for task in found.tasks if task.kind in OF_GRANT]


def test_the_desk_walks_with_the_grant_from_the_split_to_the_receipt(cast):
    lending.residents_of(cast, 2)
    made = granting.allocate(cast)
    assert asked(cast, "chair", granting.SPLIT_ON) == [("split_funds", granting.LETTER)]
    assert asked(cast, "treasurer", granting.SPLIT_ON) == []
    granting.split(cast, made)
    assert asked(cast, "secretary", granting.ASKED) == [("ask_tranche", granting.ASKED)]
    first = queries.tranches(cast.ward).first()
    granting.tick_all(cast, first, granting.ASKED)
    at = {"ward": cast.ward, "tranche_id": first.id}
    sent = grants.request_tranche(by=cast.chair, on=granting.ASKED, **at)
    assert asked(cast, "secretary", granting.ASKED) == []
    granting.pass_all(cast, sent.dossier, granting.ASKED)
    assert [kind for kind, _ in asked(cast, "facilitator", granting.ORDERED)] == ["order_tranche"]


def test_a_report_is_asked_for_before_it_is_due_and_until_it_is_handed_in(cast):
    lending.residents_of(cast, 2)
    first = granting.first_tranche(cast)
    due = date(2004, 8, 30)
    assert asked(cast, "secretary", date(2004, 8, 22)) == []
    assert asked(cast, "secretary", date(2004, 8, 23)) == [("report_due", due)]
    assert asked(cast, "chair", date(2004, 9, 20)) == [("report_due", due)]
    assert asked(cast, "facilitator", date(2004, 9, 20)) == []
    at = {"by": cast.chair, "ward": cast.ward, "tranche_id": first.id, "on": date(2004, 9, 20)}
    grants.draft_report(**at)
    grants.hand_in_report(**at)
    assert asked(cast, "chair", date(2004, 9, 20)) == []
