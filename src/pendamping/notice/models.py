from django.db import models
from django.db.models import F, Q

from pendamping.trail.records import Record


class Posting(Record):
    """A poster that hangs at a place of the ward from a day on; what was put up stays as it was said."""

    ward = models.CharField(max_length=20)
    place = models.CharField(max_length=120)
    put_up_on = models.DateField()
    taken_down_on = models.DateField(null=True)  # the first day without it
    kind = models.CharField(max_length=4, blank=True)  # of the photograph: "jpeg", "png"; none: ""
    photo = models.BinaryField(null=True)
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ward", "put_up_on", "id"], name="notice_posting_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "place"],
                condition=Q(taken_down_on__isnull=True),
                name="notice_one_hangs_at_a_place",
            ),
            models.CheckConstraint(
                condition=Q(taken_down_on__isnull=True) | Q(taken_down_on__gte=F("put_up_on")),
                name="notice_posting_term",
            ),
            models.CheckConstraint(
                condition=Q(kind="", photo__isnull=True)
                | Q(kind__in=("jpeg", "png"), photo__isnull=False),
                name="notice_posting_photo",
            ),
        ]
