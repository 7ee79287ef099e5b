from django.db import models
from django.db.models import Q

from pendamping.trail.records import Record


class Plan(Record):
    """A version of the medium-term plan (PJM Pronangkis); ``number`` counts the ward's versions."""

    ward = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    first_year = models.PositiveIntegerField()
    years = models.PositiveIntegerField()
    guideline_version = models.CharField(max_length=20)
    status = models.CharField(max_length=8, default="draft")  # draft, ratified, dropped
    drafted_on = models.DateField()
    entered_on = models.DateField()
    ratified_on = models.DateField(null=True)
    meeting = models.CharField(max_length=40, blank=True)
    dropped_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "number"], name="planning_plan_number"),
            models.UniqueConstraint(
                fields=["ward"], condition=Q(status="draft"), name="planning_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(status="ratified", ratified_on__isnull=False) & ~Q(meeting="")
                | Q(status__in=("draft", "dropped"), ratified_on__isnull=True, meeting=""),
                name="planning_plan_status",
            ),
        ]


class PlanLine(Record):
    """A need as it stands in a version of the plan, with what it said then."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="lines", db_index=False)
    need = models.ForeignKey("planning.Need", on_delete=models.PROTECT, related_name="plan_lines")
    component = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)
    cost = models.BigIntegerField()
    place = models.CharField(max_length=7, blank=True)  # "01/02"; empty: the whole ward
    asked_by = models.CharField(max_length=5)
    asked_on = models.DateField()
    volume = models.CharField(max_length=60, blank=True)  # "120 m"
    year = models.PositiveIntegerField(null=True)  # 1 is the plan's first; none: carried forward
    sources = models.JSONField(default=dict)  # {"blm": 10000000}
    vote = models.CharField(max_length=40, blank=True)  # id of the vote that was on it last
    vote_said = models.CharField(max_length=6, blank=True)  # funded, lost
    votes = models.PositiveIntegerField(null=True)
    cleared = models.CharField(max_length=200, blank=True)
    excluded = models.CharField(max_length=40, blank=True)  # entry of the negative list
    fixed = models.BooleanField(default=False)  # the plan was ratified: it stands

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "need"], name="planning_line_once"),
            models.CheckConstraint(condition=Q(cost__gt=0), name="planning_line_cost"),
            models.CheckConstraint(
                condition=Q(vote_said__in=("", "funded", "lost")), name="planning_line_vote"
            ),
        ]


class Proposal(Record):
    """What a group proposes from a line of the plan; where it stands the dossier says."""

    ward = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    line = models.ForeignKey(PlanLine, on_delete=models.PROTECT, related_name="proposals")
    group_id = models.CharField(max_length=40)
    drafted_on = models.DateField()
    entered_on = models.DateField()
    drafted_by = models.CharField(max_length=60)
    purpose = models.CharField(max_length=600, blank=True)
    work = models.CharField(max_length=60, blank=True)  # type: "Jalan paving"
    size = models.CharField(max_length=40, blank=True)  # "120 m x 1,5 m"
    spot = models.CharField(max_length=120, blank=True)  # within the RT; coordinates where known
    land = models.CharField(max_length=40, blank=True)
    land_area = models.CharField(max_length=40, blank=True)
    land_owner = models.CharField(max_length=80, blank=True)
    budget = models.JSONField(default=list)  # {"what", "hundredths", "unit", "price", "by"}
    places = models.JSONField(default=list)  # ["01/02"]
    people = models.JSONField(default=list)  # ids of persons
    counts = models.JSONField(
        default=dict
    )  # as handed in: households, poor_households, people, women
    ticks = models.JSONField(default=dict)  # {"land": ["present", "correct"]}
    handed_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)
    dropped_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "number"], name="planning_proposal_number"),
            models.CheckConstraint(
                condition=Q(dropped_on__isnull=True, dropped_why="")
                | (Q(dropped_on__isnull=False) & ~Q(dropped_why="")),
                name="planning_proposal_dropped",
            ),
        ]
