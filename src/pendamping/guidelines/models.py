from django.db import models

from pendamping.trail.records import Record


class StoredText(Record):
    """A guideline text that was handed in on this server, as it was written. Never changed."""

    code = models.CharField(max_length=30)
    kind = models.CharField(max_length=10)
    version = models.CharField(max_length=20)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "kind", "version"], name="guidelines_storedtext_once"
            )
        ]


class Adoption(Record):
    """From a day on a ward is under a guideline; without one it is under the shipped default."""

    ward = models.CharField(max_length=20)
    code = models.CharField(max_length=30)
    upto_version = models.CharField(max_length=20, blank=True)  # empty: new versions hold at once
    since = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "since"], name="guidelines_adoption_once")
        ]


class LocalDecision(Record):
    """A ward's own decision beside the text, with the minutes that took it."""

    ward = models.CharField(max_length=20)
    clause = models.CharField(max_length=200)
    value = models.JSONField()
    since = models.DateField()
    until = models.DateField(null=True)  # the last day it holds; null: until further notice
    meeting = models.CharField(max_length=40)  # id of the meeting; the meetings room resolves it
    ended_by = models.CharField(max_length=40, blank=True)  # id of the meeting that ended it
    reason = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "clause", "since"], name="guidelines_decision_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="guidelines_decision_forward",
            ),
            models.CheckConstraint(
                condition=~models.Q(meeting="") & ~models.Q(reason=""),
                name="guidelines_decision_grounds",
            ),
        ]
