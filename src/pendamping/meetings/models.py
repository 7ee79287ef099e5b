from django.db import models
from django.db.models import F, Q

from pendamping.meetings.rules.changing import LONGEST_WHY
from pendamping.trail.records import Record


class Meeting(Record):
    """A meeting: called, held (its roll is taken), closed (its minutes are signed).

    The rule of its quorum and the verdict are kept as they were when the roll was taken.
    """

    STATUSES = ("called", "held", "closed")

    ward = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)  # a key of the guideline's section "meetings"
    stage = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=10)  # RT, RW, kelurahan, group
    rw = models.CharField(max_length=3, blank=True)
    rt = models.CharField(max_length=3, blank=True)
    held_on = models.DateField()
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    agenda = models.JSONField(default=list)  # lines of text
    asked = models.JSONField(
        default=list
    )  # [{"subject", "text"}]: decisions that it was called for
    status = models.CharField(max_length=10, default="called")
    group = models.CharField(max_length=40, blank=True)  # the group that meets; empty: none yet
    members = models.JSONField(null=True)  # ids of the group's members on that day: who may decide
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="followed_by"
    )  # the failed first meeting
    guideline_version = models.CharField(max_length=20)

    counted_by = models.CharField(max_length=10, blank=True)  # names, heads
    attended = models.PositiveIntegerField(null=True)
    attended_women = models.PositiveIntegerField(null=True)
    attended_poor = models.PositiveIntegerField(null=True)  # overlaps with women; never added
    guests = models.PositiveIntegerField(default=0)
    eligible = models.PositiveIntegerField(null=True)
    rts_present = models.JSONField(null=True)  # ["05/02", …]; null: not noted
    roll_taken_on = models.DateField(null=True)
    quorum_rule = models.JSONField(default=dict)
    quorum_verdict = models.JSONField(default=list)
    quorum_met = models.BooleanField(null=True)

    minutes = models.TextField(blank=True)
    signed_on = models.DateField(null=True)
    signers = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["ward", "held_on", "id"], name="meetings_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=("called", "held", "closed")), name="meetings_status"
            ),
            models.CheckConstraint(
                condition=Q(status="called", attended__isnull=True)
                | Q(
                    status__in=("held", "closed"),
                    attended__isnull=False,
                    attended_women__isnull=False,
                    attended_poor__isnull=False,
                    quorum_met__isnull=False,
                ),
                name="meetings_held_is_counted",
            ),
            models.CheckConstraint(
                condition=Q(attended__isnull=True)
                | Q(
                    attended_women__lte=F("attended"),
                    attended_poor__lte=F("attended"),
                    guests__lte=F("attended"),
                ),
                name="meetings_parts_within_all",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | Q(signed_on__isnull=False), name="meetings_signed"
            ),
        ]

    @property
    def cancelled(self) -> bool:
        """Whether it was called off before it was held."""
        return any(change.kind == "cancelled" for change in self.changes.all())


class MeetingChange(Record):
    """What happened to a call after people were invited: the meeting was moved or cancelled, and why."""

    KINDS = ("moved", "cancelled")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10)
    was_on = models.DateField()
    was_at = models.CharField(max_length=120, blank=True)
    now_on = models.DateField(null=True)  # null: cancelled
    now_at = models.CharField(max_length=120, blank=True)
    why = models.CharField(max_length=LONGEST_WHY)
    entered_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="moved", now_on__isnull=False)
                | Q(kind="cancelled", now_on__isnull=True),
                name="meetings_change_kind",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(kind="cancelled"), name="meetings_cancelled_once"
            ),
        ]


class RollEntry(Record):
    """Somebody who came, as they were on that day."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="roll", db_index=False
    )
    number = models.PositiveIntegerField()
    person = models.ForeignKey(
        "households.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, blank=True)
    poor = models.BooleanField(default=False)
    rw = models.CharField(max_length=3, blank=True)
    rt = models.CharField(max_length=3, blank=True)
    guest = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="meetings_person_once",
            ),
            models.UniqueConstraint(fields=["meeting", "number"], name="meetings_roll_number"),
            models.CheckConstraint(condition=Q(sex__in=["", "L", "P"]), name="meetings_roll_sex"),
        ]


class RollCorrection(Record):
    """One person stood on a final roll twice: the row that is struck beside it, and what the quorum's rule of
    the day says of those who are left. The rows and the minutes stay as they were signed."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="corrections", db_index=False
    )
    struck = models.PositiveIntegerField()  # number on the roll
    stands = models.PositiveIntegerField()  # number of the same person's row that counts
    why = models.CharField(max_length=LONGEST_WHY)
    was_attended = models.PositiveIntegerField()
    was_met = models.BooleanField()
    attended = models.PositiveIntegerField()
    attended_women = models.PositiveIntegerField()
    attended_poor = models.PositiveIntegerField()
    guests = models.PositiveIntegerField()
    rts_present = models.JSONField(null=True)
    quorum_verdict = models.JSONField()
    quorum_met = models.BooleanField()
    entered_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "struck"], name="meetings_struck_once"),
            models.CheckConstraint(condition=~Q(struck=F("stands")), name="meetings_struck_other"),
            models.CheckConstraint(
                condition=Q(was_attended=F("attended") + 1), name="meetings_struck_one"
            ),
        ]


class Decision(Record):
    """What a meeting with a quorum decided. ``subject`` is resolved by the room that asked."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="decisions", db_index=False
    )
    number = models.PositiveIntegerField()
    subject = models.CharField(
        max_length=400
    )  # "targeting.ratify_list:<id>", "institutions.form_group"
    text = models.TextField()
    outcome = models.CharField(max_length=10)  # accepted, rejected
    votes = models.JSONField(null=True)  # {"for", "against", "abstain"}; null: by consensus
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["subject"], name="meetings_subject")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meetings_decision_number"),
            models.CheckConstraint(
                condition=Q(outcome__in=("accepted", "rejected")), name="meetings_outcome"
            ),
        ]
