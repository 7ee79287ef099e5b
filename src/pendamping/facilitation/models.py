from django.db import models
from django.db.models import F, Q

from pendamping.kernel.ids import new_id
from pendamping.trail.records import Record


class Posting(Record):
    """A facilitator belongs to the team of a ward from a day to a last day."""

    ward = models.CharField(max_length=20)
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    team = models.CharField(max_length=40)
    position = models.CharField(max_length=12)  # of rules.POSITIONS
    letter_no = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)  # the last day
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ward", "since", "id"], name="facilitation_posting_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="facilitation_posting_term",
            ),
            models.CheckConstraint(
                condition=Q(position__in=("senior", "social", "technical", "economy")),
                name="facilitation_posting_position",
            ),
        ]


class Background(Record):
    """What a facilitator learned and did before; the latest one counts, the earlier ones stay."""

    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    education = models.CharField(max_length=10)  # of rules.EDUCATION
    field = models.CharField(max_length=80)
    years = models.PositiveSmallIntegerField()  # of work with communities, at that time
    experience = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()


class Plan(Record):
    """Something a facilitator plans to do in a ward on a day."""

    ward = models.CharField(max_length=20)
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    stage = models.CharField(max_length=30)  # a key of the guideline's "stages"
    activity = models.CharField(max_length=160)
    entered_on = models.DateField()
    dropped_why = models.CharField(max_length=200, blank=True)
    dropped_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["ward", "on", "id"], name="facilitation_plan_list")]


class LogEntry(Record):
    """One activity of a day, as it was typed. A correction is a new row that takes the place of this one."""

    ward = models.CharField(max_length=20)
    user = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    on = models.DateField()
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="entries")
    stage = models.CharField(max_length=30)
    roles = models.CharField(max_length=60)  # joined with ";", in the order of rules.ROLES
    minutes = models.PositiveSmallIntegerField()
    decided_by = models.CharField(max_length=12)  # community, joint, facilitator, none
    women = models.PositiveSmallIntegerField()  # whom they met
    men = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120, blank=True)
    result = models.CharField(max_length=500, blank=True)
    obstacle = models.CharField(max_length=500, blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    request = models.CharField(max_length=40, unique=True)  # the form that was sent: once
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    why = models.CharField(max_length=200, blank=True)  # it was corrected, or taken back
    taken_back = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["ward", "on", "id"], name="facilitation_log_ward"),
            models.Index(fields=["user", "on", "id"], name="facilitation_log_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__in=("community", "joint", "facilitator", "none")),
                name="facilitation_log_decided",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1) & Q(minutes__lte=1440), name="facilitation_log_minutes"
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(why=""), name="facilitation_log_why"
            ),
        ]


class Training(Record):
    """A training with its module, time, place and people; ``recorded_on``: the day its roll was kept."""

    ward = models.CharField(max_length=20)
    module = models.CharField(max_length=40)  # a key of the guideline's "training_modules"
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    place = models.CharField(max_length=120)
    place_key = models.CharField(max_length=120)
    lessons = models.PositiveSmallIntegerField()  # JPL
    status = models.CharField(max_length=10, default="planned")  # planned, held, called_off
    called_off_why = models.CharField(max_length=200, blank=True)
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    recorded_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["ward", "on", "id"], name="facilitation_training_ward"),
            models.Index(fields=["on"], name="facilitation_training_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=("planned", "held", "called_off")),
                name="facilitation_training_status",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="facilitation_training_time"
            ),
        ]


class Trainer(Record):
    """Who teaches in a training; ``key``: the name as it is compared."""

    training = models.ForeignKey(
        Training, on_delete=models.PROTECT, related_name="trainers", db_index=False
    )
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["training", "key"], name="facilitation_trainer_once")
        ]


class Participant(Record):
    """A resident who is asked to a training, and whether they came; name and sex as they were."""

    training = models.ForeignKey(
        Training, on_delete=models.PROTECT, related_name="participants", db_index=False
    )
    person = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, blank=True)
    came = models.BooleanField(null=True)  # not known before the roll is kept
    before = models.PositiveSmallIntegerField(null=True)  # score from 0 to 100
    after = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["training", "person"], name="facilitation_participant_once"
            ),
            models.CheckConstraint(
                condition=(Q(before__isnull=True) | Q(before__lte=100))
                & (Q(after__isnull=True) | Q(after__lte=100)),
                name="facilitation_participant_score",
            ),
        ]


class MonthlyReport(Record):
    """A facilitator's report of a month: its analysis, and once it is handed in all that it said."""

    ward = models.CharField(max_length=20)
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    analysis = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    handed_in_on = models.DateField(null=True)
    told = models.JSONField(null=True)  # the figures and texts as they were handed in

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "user", "month"], name="facilitation_report_once"
            ),
            models.CheckConstraint(
                condition=Q(handed_in_on__isnull=True) | Q(told__isnull=False),
                name="facilitation_report_told",
            ),
        ]


def random_key() -> str:
    """A key without a time in it: the order of the answers of residents is nobody's business."""
    return new_id()[10:]


class RatingRound(Record):
    """Slips with one-time codes with which residents say what they think of the help."""

    ward = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    closes_on = models.DateField()  # the last day
    closed_on = models.DateField(null=True)  # closed before it
    slips = models.PositiveSmallIntegerField()
    least = models.PositiveSmallIntegerField()  # fewer answers are not shown
    questions = models.JSONField()  # keys of the guideline's "help_questions"
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "number"], name="facilitation_round_once")
        ]


class RatingSlip(Record):
    """A code that answers once; nothing joins it to what was answered."""

    round = models.ForeignKey(RatingRound, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=8, unique=True)
    used = models.BooleanField(default=False)


class Rating(models.Model):
    """What somebody said: from 1 to 4 by question. No name, no code, no time."""

    id = models.CharField(primary_key=True, max_length=40, default=random_key, editable=False)
    round = models.ForeignKey(RatingRound, on_delete=models.PROTECT, related_name="ratings")
    answers = models.JSONField()
