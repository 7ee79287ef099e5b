"""The base of every record: a stable text id that survives export and import."""

from django.db import models

from pendamping.kernel.ids import new_id


class Record(models.Model):
    """A row with a stable text id as its key."""

    id = models.CharField(primary_key=True, max_length=40, default=new_id, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.label_lower}:{self.pk}"
