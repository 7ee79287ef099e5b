from django.db import models
from django.db.models import Q

from pendamping.monitoring.models_entered import Entered
from pendamping.monitoring.models_maturity import Tick
from pendamping.monitoring.models_outcomes import Asked, Interview, Sample
from pendamping.monitoring.rules.scorecard import WORDS

__all__ = [
    "Asked",
    "CardAction",
    "CardFollowUp",
    "CardMeeting",
    "CardRound",
    "CardSheet",
    "Interview",
    "Sample",
    "Tick",
]


class CardRound(Entered):
    """A round of the community scorecard, with the statements and groups of the guideline of its day."""

    number = models.PositiveIntegerField()
    statements = models.JSONField()  # keys of the guideline's "scorecard_statements"
    groups = models.JSONField()  # keys of "scorecard_groups"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "number"], name="monitoring_round_once"),
        ]


class CardSheet(Entered):
    """How one group rated: heads for each score. A later sheet of the same group takes the place of this one."""

    round = models.ForeignKey(CardRound, on_delete=models.PROTECT, related_name="sheets")
    group = models.CharField(max_length=20)
    present = models.PositiveIntegerField()
    scores = models.JSONField()  # {statement: [heads of 1, 2, 3, 4, 5]}
    why = models.CharField(max_length=200, blank=True)  # why it takes an earlier one's place

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(present__gte=1), name="monitoring_sheet_present"),
        ]


class CardMeeting(Entered):
    """Both sides talked about the scores of a round, once."""

    round = models.OneToOneField(CardRound, on_delete=models.PROTECT, related_name="discussion")
    place = models.CharField(max_length=120)
    women = models.PositiveIntegerField()
    men = models.PositiveIntegerField()
    notes = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(women__gte=1) | Q(men__gte=1), name="monitoring_meeting_came"
            ),
        ]


class CardAction(Entered):
    """What somebody promised in that meeting, who does it, until when."""

    round = models.ForeignKey(CardRound, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    role = models.CharField(max_length=20)
    who = models.CharField(max_length=120)
    until = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(who="") & Q(until__gte=models.F("on")),
                name="monitoring_action_whole",
            ),
        ]


class CardFollowUp(Entered):
    """What became of a promise; done is the last word."""

    action = models.ForeignKey(CardAction, on_delete=models.PROTECT, related_name="follow_ups")
    word = models.CharField(max_length=8)
    came_of = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(word__in=WORDS) & ~Q(came_of=""), name="monitoring_follow_word"
            ),
            models.UniqueConstraint(
                fields=["action"], condition=Q(word="done"), name="monitoring_done_once"
            ),
        ]
