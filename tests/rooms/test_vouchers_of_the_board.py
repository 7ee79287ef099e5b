"""A voucher of the UPK that names an account of the board is refused with a reason, whatever the form says."""

from datetime import date

import pytest
from django.urls import reverse

from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from tests import granting, lending

pytestmark = pytest.mark.django_db

BOARDS = ("physical_bank", "physical_spent")


@pytest.fixture(params=[False, True], ids=["board's books closed", "board's books open"])
def fund(request, cast):
    lending.open_fund(cast)
    if request.param:
        with clock.at(date(2004, 5, 12)):
            granting.allocate(cast)
    with clock.at(date(2004, 6, 1)):
        yield cast


def standing(cast):
    return {one.key for one in books.accounts(cast.ward, None)}


@pytest.mark.parametrize("other", BOARDS)
def test_the_page_says_why(client, fund, other):
    client.force_login(fund.treasurer)
    before = standing(fund)
    page = reverse("ledger:voucher", kwargs={"ward": fund.ward})
    sent = {"kind": "out", "on": "2004-06-01", "money": "cash", "other": other, "amount": "5.000", "narration": "Coba"}  # fmt: skip
    answer = client.post(page, sent)
    assert answer.status_code in (409, 422)
    assert client.post(page, {**sent, "money": other, "other": "transport"}).status_code in (409, 422)  # fmt: skip
    assert standing(fund) == before


@pytest.mark.parametrize("sides", [("physical_spent", "cash"), ("transport", "physical_bank")])
def test_the_action_refuses(fund, sides):
    before = standing(fund)
    with pytest.raises(Refusal) as found:
        ledger.record_voucher(
            by=fund.treasurer, ward=fund.ward, on=date(2004, 6, 1), kind="out", debit=sides[0],
            credit=sides[1], amount=5_000, narration="Coba",
        )  # fmt: skip
    assert found.value.reasons[0].clause == "ledger.control"
    assert standing(fund) == before
