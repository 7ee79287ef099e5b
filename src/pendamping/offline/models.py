from django.db import models
from django.db.models import Q

from pendamping.trail.records import Record


class Delivery(Record):
    """Something written on a phone without a signal, taken in once; its id was made on the phone."""

    KINDS = ("log", "roll", "tally")

    ward = models.CharField(max_length=20)
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=40)  # made by the browser on its first use; names nobody
    kind = models.CharField(max_length=8)
    record = models.CharField(max_length=60)  # what it became: "log:<id>", "meeting:<id>" …
    written_at = models.DateTimeField()  # by the phone's clock
    entered_at = models.DateTimeField()
    insisted = models.BooleanField(
        default=False
    )  # a person was shown a conflict, and sent it anyway

    class Meta:
        indexes = [models.Index(fields=["ward", "record", "id"], name="offline_delivery_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("log", "roll", "tally")), name="offline_delivery_kind"
            )
        ]
