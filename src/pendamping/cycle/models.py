from django.db import models
from django.db.models import F, Q

from pendamping.trail.records import Record


class Milestone(Record):
    """A stage of a ward began or was finished on a day. One that was wrong is taken back and stays.

    ``turn``: the first time, the second … of a stage that comes round again. ``gates``: what each exit
    gate found when the stage was finished, with the records behind it.
    """

    ward = models.CharField(max_length=20)
    stage = models.CharField(max_length=40)  # a key of the guideline's section "stages"
    turn = models.PositiveSmallIntegerField(default=1)
    what = models.CharField(max_length=10)  # started, finished
    on = models.DateField()
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    gates = models.JSONField(default=list)
    guideline_version = models.CharField(max_length=20)
    taken_back_on = models.DateField(null=True)
    taken_back_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["ward", "stage", "turn", "id"], name="cycle_milestone_list")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "stage", "turn", "what"],
                condition=Q(taken_back_on__isnull=True),
                name="cycle_milestone_once",
            ),
            models.CheckConstraint(
                condition=Q(what__in=("started", "finished")), name="cycle_milestone_what"
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="cycle_milestone_turn"),
            models.CheckConstraint(
                condition=Q(taken_back_on__isnull=True) | ~Q(taken_back_why=""),
                name="cycle_milestone_says_why",
            ),
        ]


class Plan(Record):
    """New planned dates of a ward's stages: drafted, then adopted by a meeting, or dropped for another."""

    ward = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=300)
    status = models.CharField(max_length=10, default="draft")  # draft, adopted, dropped
    drafted_on = models.DateField()
    entered_at = models.DateTimeField()
    guideline_version = models.CharField(max_length=20)
    meeting = models.CharField(max_length=40, blank=True)
    adopted_on = models.DateField(null=True)  # the day of the meeting

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "number"], name="cycle_plan_number"),
            models.UniqueConstraint(
                fields=["ward"], condition=Q(status="draft"), name="cycle_plan_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "dropped"))
                | Q(status="adopted", adopted_on__isnull=False) & ~Q(meeting=""),
                name="cycle_plan_status",
            ),
        ]


class PlanDate(Record):
    """From when to when a stage is planned, both days counted."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="dates", db_index=False)
    stage = models.CharField(max_length=40)
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "stage"], name="cycle_plan_stage_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="cycle_plan_forward"),
        ]
