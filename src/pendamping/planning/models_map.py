"""The ward's schematic map, and what residents can build on."""

from django.db import models
from django.db.models import Q

from pendamping.trail.records import Record


class WardMap(Record):
    """Where each RT stands on the ward's schematic map; one row for a ward, drawn anew as a whole."""

    ward = models.CharField(max_length=20, unique=True)
    spots = models.JSONField()  # {"01/02": [row from the north, column from the west]}
    entered_on = models.DateField()


class Potential(Record):
    """What an RT (or the ward) has to build on: land, a skill, a group, a spring (handbook 1.1, stage 3)."""

    ward = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    rw = models.CharField(max_length=3, blank=True)
    rt = models.CharField(max_length=3, blank=True)  # both empty: the whole ward
    found_on = models.DateField()
    entered_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["ward", "rw", "rt"], name="planning_potentials")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="planning_potential_title")
        ]
