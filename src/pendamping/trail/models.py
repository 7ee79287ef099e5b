from django.db import models


class Event(models.Model):
    """One thing that was done. Never changed, never deleted: the database refuses it."""

    ward = models.CharField(max_length=20, blank=True)  # official code; empty: of the server itself
    seq = models.BigIntegerField()
    verb = models.CharField(max_length=80)
    actor = models.CharField(max_length=150)
    record = models.CharField(max_length=120)
    on = models.DateField()  # when it happened
    entered_at = models.DateTimeField()  # when it was entered
    data = models.TextField(default="{}")
    previous = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ward", "seq"], name="trail_event_once")]
        indexes = [models.Index(fields=["record"], name="trail_event_record")]

    def __str__(self) -> str:
        return f"{self.ward}#{self.seq} {self.verb}"


class Head(models.Model):
    """The end of each ward's chain; locked while an event is added."""

    ward = models.CharField(primary_key=True, max_length=20)
    seq = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.ward}#{self.seq}"
