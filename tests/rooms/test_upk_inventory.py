"""U5: bought, used up month by month, gone; the register is what accounts 12020 and 12021 hold."""

from datetime import date

import pytest
from django.urls import reverse

from pendamping.desk.oversight import breaks
from pendamping.funds.ledger import queries as books
from pendamping.funds.upk import actions as upk
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal

pytestmark = pytest.mark.django_db
BOUGHT = date(2004, 6, 10)


@pytest.fixture(autouse=True)
def at_the_desk(fund, client):
    client.force_login(fund.treasurer)
    with clock.at(date(2004, 9, 30)):
        yield


def buy(fund, cost=1_000_000, residue=100_000, life=7):
    return upk.buy_item(
        by=fund.treasurer,
        ward=fund.ward,
        name="Meja kerja",
        on=BOUGHT,
        cost=cost,
        residue=residue,
        life_months=life,
    )


def depreciate(fund, *month):
    return upk.depreciate_month(by=fund.treasurer, ward=fund.ward, month=date(*month))


def stands(fund, *accounts):
    return [books.balance(fund.ward, key) for key in accounts]


def test_each_month_takes_its_part_and_a_missed_month_is_caught_up(fund):
    buy(fund)
    assert depreciate(fund, 2004, 6, 30) == 128_571
    assert depreciate(fund, 2004, 8, 31) == 257_143  # July too
    assert stands(fund, "fixed_assets", "depreciation", "depreciation_cost") == [
        1_000_000,
        -385_714,
        385_714,
    ]
    assert breaks(fund.ward) == []


def test_a_month_is_taken_off_once_and_only_after_it_has_ended(fund):
    buy(fund)
    depreciate(fund, 2004, 6, 30)
    for month, clause in (((2004, 6, 30), "nothing"), ((2004, 10, 31), "month")):
        with pytest.raises(Refusal) as refusal:
            depreciate(fund, *month)
        assert [one.clause for one in refusal.value.reasons] == [f"upk.item.{clause}"]


@pytest.mark.parametrize(
    ("proceeds", "income", "loss"), [(900_000, -28_571, 0), (500_000, 0, 371_429), (0, 0, 871_429)]
)
def test_what_goes_leaves_nothing_behind_but_gain_or_loss(fund, proceeds, income, loss):
    item = buy(fund)
    depreciate(fund, 2004, 6, 30)
    upk.let_item_go(
        by=fund.treasurer,
        ward=fund.ward,
        item_id=item.id,
        on=date(2004, 7, 5),
        proceeds=proceeds,
        why="dijual",
    )
    assert stands(fund, "fixed_assets", "depreciation", "other_income", "disposal_loss") == [
        0,
        0,
        income,
        loss,
    ]
    assert breaks(fund.ward) == []


def test_wrong_figures_are_refused_all_at_once(fund):
    with pytest.raises(Refusal) as refusal:
        buy(fund, cost=10**12, residue=10**12, life=0)
    assert [one.clause for one in refusal.value.reasons] == [
        "upk.item.residue",
        "upk.item.life",
        "ledger.below_zero",
    ]


def test_a_treasurer_enters_takes_off_and_lets_go_on_pages(fund, client):
    here = reverse("upk:inventory", args=[fund.ward])
    sent = {"name": "Brankas", "on": "2004-06-10", "cost": "600.000", "residue": "0"}
    assert client.post(here, {**sent, "life_months": "6", "money": "cash"}).status_code == 302
    page = client.get(here).content.decode()
    assert "Brankas" in page
    assert client.post(reverse("upk:depreciate", args=[fund.ward])).status_code == 302
    assert books.balance(fund.ward, "depreciation") == -300_000
    from pendamping.funds.upk.inventory.models import Item

    there = reverse("upk:item", args=[fund.ward, Item.objects.get().id])
    gone = {"on": "2004-09-01", "proceeds": "0", "money": "cash", "why": "rusak"}
    assert client.post(there, gone).status_code == 302
    assert "rusak" in client.get(there).content.decode()
    assert breaks(fund.ward) == []
