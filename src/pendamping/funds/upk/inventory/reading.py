"""Reading the inventory: what there is on a day, what it cost, what has been taken off."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from pendamping.funds.upk.inventory.models import Item, ItemMonth
from pendamping.funds.upk.rules.inventory import depreciated, months_of_use


@dataclass(frozen=True, slots=True)
class Held:
    """A thing on a day; whole rupiah."""

    item: Item
    taken_off: int

    @property
    def worth(self) -> int:
        """What it stands for in the books."""
        return self.item.cost - self.taken_off


def held(ward: str, on: date) -> list[Held]:
    """Everything that the unit owns at the end of a day, by the day it was bought."""
    found = Item.objects.filter(Q(gone_on=None) | Q(gone_on__gt=on), ward=ward, bought_on__lte=on)
    months = Prefetch("months", ItemMonth.objects.filter(month__lte=on))
    return [
        Held(one, sum(month.amount for month in one.months.all()))
        for one in found.prefetch_related(months).order_by("bought_on", "id")
    ]


def item(ward: str, item_id: str) -> Item | None:
    """One thing, also one that is gone."""
    return Item.objects.filter(ward=ward, pk=item_id).first()


def due(ward: str, month: date) -> list[tuple[Item, int]]:
    """What the month that ends on this day still has to take off, by thing; late entries catch up."""
    found = []
    for one in held(ward, month):
        use = months_of_use(one.item.bought_on, month)
        should = depreciated(one.item.cost, one.item.residue, one.item.life_months, use)
        taken = sum(ItemMonth.objects.filter(item=one.item).values_list("amount", flat=True))
        if should > taken:
            found.append((one.item, should - taken))
    return found
