from django.db import models

from pendamping.trail.records import Record


class Item(Record):
    """A thing that the unit owns, at the price it paid."""

    ward = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    bought_on = models.DateField()
    cost = models.BigIntegerField()
    residue = models.BigIntegerField()
    life_months = models.PositiveSmallIntegerField()
    gone_on = models.DateField(null=True)
    proceeds = models.BigIntegerField(default=0)
    why_gone = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ward"], name="upk_item_ward")]


class ItemMonth(models.Model):
    """What a month took off the value of a thing."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="months", db_index=False)
    month = models.DateField()  # its last day
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "month"], name="upk_item_month_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="upk_item_month_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.month} {self.amount}"
