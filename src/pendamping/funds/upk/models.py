from django.db import models

from pendamping.funds.upk.bank.models import BankLine, BankMatch, BankStatement, BookLine
from pendamping.funds.upk.closes.models import CashCount, MonthClose, ProfitSplit, YearClose
from pendamping.funds.upk.inventory.models import Item, ItemMonth
from pendamping.funds.upk.opening.models import Opening
from pendamping.trail.records import Record

__all__ = [
    "BankLine",
    "BankMatch",
    "BankStatement",
    "BookLine",
    "CashCount",
    "HealthMonth",
    "Item",
    "ItemMonth",
    "MonthClose",
    "Opening",
    "ProfitSplit",
    "YearClose",
]


class HealthMonth(Record):
    """The health card of a month as it was taken into the record, and whether it stopped lending."""

    ward = models.CharField(max_length=20)
    month = models.DateField()  # the last day of the month
    figures = models.JSONField()  # [{"key", "short", "part", "whole", "standing"}]
    stop = models.CharField(max_length=40, blank=True)  # id of the stop on lending that it asks for
    guideline_version = models.CharField(max_length=40)
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "month"], name="upk_health_month_once"),
        ]
