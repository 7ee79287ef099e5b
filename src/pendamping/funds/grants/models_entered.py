"""What every record of the room keeps, and a check that most of them share."""

from django.db import models
from django.db.models import Q

from pendamping.trail.records import Record


def amount_above_zero(name: str, field: str = "amount") -> models.CheckConstraint:
    """A sum of whole rupiah is more than nothing."""
    return models.CheckConstraint(condition=Q(**{f"{field}__gt": 0}), name=name)


class Entered(Record):
    """What every record of the room keeps: the ward, and who entered it when."""

    ward = models.CharField(max_length=20)
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        abstract = True
