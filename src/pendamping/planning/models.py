from django.db import models
from django.db.models import F, Q

from pendamping.planning.models_kiosk import Kiosk, KioskBallot, KioskStub
from pendamping.planning.models_map import Potential, WardMap
from pendamping.planning.models_plan import Plan, PlanLine, Proposal
from pendamping.trail.records import Record

__all__ = [
    "Kiosk",
    "KioskBallot",
    "KioskStub",
    "Need",
    "Option",
    "Plan",
    "PlanLine",
    "Potential",
    "Proposal",
    "Sheet",
    "Station",
    "Vote",
    "WardMap",
]

ASKED_BY = ("women", "poor", "youth", "all")


class Need(Record):
    """What residents of an RT (or of the whole ward) ask for, with what it would cost."""

    ward = models.CharField(max_length=20)
    component = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)
    cost = models.BigIntegerField()
    rw = models.CharField(max_length=3, blank=True)
    rt = models.CharField(max_length=3, blank=True)  # both empty: the whole ward
    asked_by = models.CharField(max_length=5)
    asked_on = models.DateField()
    entered_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ward", "component"], name="planning_needs")]
        constraints = [
            models.CheckConstraint(condition=Q(cost__gt=0), name="planning_need_cost"),
            models.CheckConstraint(condition=Q(asked_by__in=ASKED_BY), name="planning_asked_by"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_why="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_why="")),
                name="planning_withdrawn",
            ),
        ]


class Vote(Record):
    """A vote of the ward on the needs of one component, within a budget; its rule is kept with it."""

    ward = models.CharField(max_length=20)
    component = models.CharField(max_length=20)
    budget = models.BigIntegerField()
    held_on = models.DateField()
    entered_on = models.DateField()
    rule = models.JSONField()
    guideline_version = models.CharField(max_length=20)
    poorest = models.JSONField(default=list)  # ["01/02", …]: the poorest RTs on that day
    status = models.CharField(max_length=8, default="open")  # open, closed, given_up
    witnesses = models.JSONField(default=list)
    closed_on = models.DateField(null=True)
    given_up_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(budget__gt=0), name="planning_vote_budget"),
            models.CheckConstraint(
                condition=Q(status="closed", closed_on__isnull=False)
                | Q(status__in=("open", "given_up"), closed_on__isnull=True),
                name="planning_vote_status",
            ),
            models.UniqueConstraint(
                fields=["ward", "component"],
                condition=Q(status="open"),
                name="planning_one_open_vote",
            ),
        ]


class Option(Record):
    """A need on the ballot, as it was then; ``number`` is what voters mark."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="options", db_index=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="options")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    cost = models.BigIntegerField()
    place = models.CharField(max_length=7, blank=True)  # "01/02"; empty: the whole ward
    votes = models.PositiveIntegerField(null=True)
    funded = models.BooleanField(null=True)
    by = models.CharField(max_length=10, blank=True)  # free, reserve, rule, completion

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="planning_option_number"),
            models.UniqueConstraint(fields=["vote", "need"], name="planning_option_need"),
            models.CheckConstraint(
                condition=Q(votes__isnull=True, funded__isnull=True)
                | Q(votes__isnull=False, funded__isnull=False),
                name="planning_option_counted",
            ),
        ]


class Station(Record):
    """Where the voters of an RT vote; its ballots are numbered on the stub from ``first`` to ``last``."""

    vote = models.ForeignKey(
        Vote, on_delete=models.PROTECT, related_name="stations", db_index=False
    )
    number = models.PositiveIntegerField()
    rw = models.CharField(max_length=3)
    rt = models.CharField(max_length=3)
    eligible = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="planning_station_number"),
            models.CheckConstraint(
                condition=Q(last__gte=F("first"), first__gte=1), name="planning_station_ballots"
            ),
        ]


class Sheet(Record):
    """What one person typed of a station's ballots; a later one of the same person replaces it."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="sheets")
    typed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    holds = models.BooleanField(default=True)
    voters = models.PositiveIntegerField()
    women = models.PositiveIntegerField()
    invalid = models.PositiveIntegerField()
    spoiled = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    lost = models.PositiveIntegerField(default=0)
    ballots = models.JSONField(default=list)  # [[1, 4], …]: the numbers marked on each valid ballot
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["station", "typed_by"], condition=Q(holds=True), name="planning_sheet_once"
            ),
            models.CheckConstraint(
                condition=Q(women__lte=F("voters")), name="planning_sheet_women"
            ),
        ]
