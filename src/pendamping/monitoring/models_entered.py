from django.db import models

from pendamping.trail.records import Record


class Entered(Record):
    """Entered once, with who did it and when; never changed."""

    ward = models.CharField(max_length=20)
    on = models.DateField()
    by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        abstract = True
