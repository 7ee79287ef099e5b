from django.db import models
from django.db.models import F, Q

from pendamping.trail.records import Record


class Cadre(Record):
    """A resident who helps as a volunteer, from a day at a stage of the cycle until they stop."""

    ward = models.CharField(max_length=20)
    person = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)  # name, sex and poverty as they were on joining
    sex = models.CharField(max_length=1, blank=True)
    poor = models.BooleanField()  # when they joined: by the ratified list, before it by the census
    joined_on = models.DateField()
    stage = models.CharField(max_length=30)  # a key of the guideline's "stages"
    meeting = models.CharField(max_length=40, blank=True)  # id of the meeting that found them
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    left_on = models.DateField(null=True)  # the first day without them
    left_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ward", "joined_on", "id"], name="cadres_cadre_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "person"], condition=Q(left_on__isnull=True), name="cadres_once"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="cadres_term",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | ~Q(left_why=""), name="cadres_left_why"
            ),
        ]


class Charge(Record):
    """A task that a cadre takes over from the facilitator, from a day until before another day."""

    cadre = models.ForeignKey(
        Cadre, on_delete=models.PROTECT, related_name="charges", db_index=False
    )
    task = models.CharField(max_length=30)  # a key of the guideline's "cadre_tasks"
    since = models.DateField()
    until = models.DateField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["cadre", "since", "id"], name="cadres_charge_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["cadre", "task"],
                condition=Q(until__isnull=True),
                name="cadres_charge_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="cadres_charge_term",
            ),
        ]


class Deed(Record):
    """Something a cadre did on a day that stands on no roll."""

    cadre = models.ForeignKey(Cadre, on_delete=models.PROTECT, related_name="deeds", db_index=False)
    on = models.DateField()
    what = models.CharField(max_length=200)
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    request = models.CharField(max_length=40, unique=True)  # the form that was sent: once

    class Meta:
        indexes = [models.Index(fields=["cadre", "on", "id"], name="cadres_deed_list")]
