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


class Request(models.Model):
    """A form that was sent: by its hidden id what it said (as a mark) and what it made. Never changed."""

    request = models.CharField(max_length=40)
    verb = models.CharField(max_length=80)
    content = models.CharField(max_length=64)
    shape = models.CharField(max_length=4)  # what the action gave back: none, one, many
    made = models.TextField(blank=True)  # the records: "cadres.deed:<id> …"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "verb"], name="trail_request_once")
        ]

    def __str__(self) -> str:
        return f"{self.verb}:{self.request}"
