"""A kiosk: a device in the meeting on which voters of a station give their ballots, one code from a stub each."""

import secrets

from django.db import models
from django.db.models import Q

from pendamping.trail.records import Record


def random_key() -> str:
    """A key of chance alone (an id of the house sorts by time): the order in which voters came is nobody's business."""
    return secrets.token_hex(13)


class Kiosk(Record):
    """A kiosk of a station, from its opening until it is closed; ``token`` is its address."""

    station = models.ForeignKey(
        "planning.Station", on_delete=models.PROTECT, related_name="kiosks", db_index=False
    )
    token = models.CharField(max_length=40, unique=True, default=random_key)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["station"], condition=Q(closed_at__isnull=True), name="planning_one_kiosk"
            )
        ]


class KioskStub(models.Model):
    """A ballot's number whose voter used the kiosk. Nothing joins it to what was voted."""

    id = models.CharField(primary_key=True, max_length=40, default=random_key, editable=False)
    station = models.ForeignKey(
        "planning.Station", on_delete=models.PROTECT, related_name="stubs", db_index=False
    )
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "number"], name="planning_stub_once")
        ]


class KioskBallot(models.Model):
    """What a voter gave at the kiosk. No code, no number, no time."""

    id = models.CharField(primary_key=True, max_length=40, default=random_key, editable=False)
    station = models.ForeignKey(
        "planning.Station", on_delete=models.PROTECT, related_name="given", db_index=False
    )
    ballot = models.JSONField()  # as a sheet keeps one: [1, 4]

    class Meta:
        indexes = [models.Index(fields=["station", "id"], name="planning_given")]
