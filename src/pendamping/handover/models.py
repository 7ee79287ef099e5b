from django.db import models
from django.db.models import Q

from pendamping.handover.rules.duties import STEPS
from pendamping.handover.rules.reading import WORDS
from pendamping.trail.records import Record


class Entered(Record):
    """Entered once, with who did it and when; never changed."""

    ward = models.CharField(max_length=20)
    on = models.DateField()
    by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        abstract = True


class Reading(Entered):
    """One criterion of the hand-over as the record said on a day."""

    criterion = models.CharField(max_length=40)  # a key of the guideline's "handover"
    word = models.CharField(max_length=8)  # met, unmet, none: nothing to judge yet
    have = models.PositiveIntegerField()
    wanted = models.PositiveIntegerField()
    evidence = models.JSONField(default=list)  # ids of the records behind it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "on", "criterion"], name="handover_reading_once"
            ),
            models.CheckConstraint(condition=Q(word__in=WORDS), name="handover_reading_word"),
        ]


class Promise(Entered):
    """Who brings a criterion about that is not met, by which day; the last one counts."""

    criterion = models.CharField(max_length=40)
    what = models.CharField(max_length=300)
    role = models.CharField(max_length=20)
    who = models.CharField(max_length=120)
    until = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["ward", "criterion", "id"], name="handover_promise_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=models.F("on")) & ~Q(what="") & ~Q(who=""),
                name="handover_promise_whole",
            ),
        ]


class DutyStep(Entered):
    """A step by which a duty passes from the facilitator: named, together, alone, passed; or taken back."""

    duty = models.CharField(max_length=40)  # a key of the guideline's "handover_duties"
    step = models.CharField(max_length=8)
    taker = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ward", "duty", "id"], name="handover_step_list")]
        constraints = [
            models.CheckConstraint(condition=Q(step__in=STEPS), name="handover_step_word"),
        ]


class SignOff(Entered):
    """The hand-over of a ward: prepared with what is met and what is not, then signed by a meeting."""

    last_day = models.DateField()  # the facilitator's last day in the ward
    despite = models.JSONField(default=list)  # criteria that are handed over unmet, by name
    found = models.JSONField(
        default=list
    )  # [{"criterion", "word", "have", "wanted"}] when prepared
    status = models.CharField(max_length=8, default="draft")  # draft, dropped, signed
    meeting = models.CharField(max_length=40, blank=True)
    signed_on = models.DateField(null=True)
    ward_head = models.CharField(max_length=120, blank=True)
    coordinator = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward"], condition=Q(status="draft"), name="handover_one_draft"
            ),
            models.UniqueConstraint(
                fields=["ward"], condition=Q(status="signed"), name="handover_signed_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "dropped"))
                | (
                    Q(status="signed", signed_on__isnull=False)
                    & ~Q(meeting="") & ~Q(ward_head="") & ~Q(coordinator="")
                ),
                name="handover_signed_whole",
            ),
        ]  # fmt: skip


class YearlyCheck(Entered):
    """The criteria read again after the hand-over, signed in the yearly meeting."""

    due = models.DateField()
    meeting = models.CharField(max_length=40)
    found = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "due"], name="handover_check_once"),
        ]
