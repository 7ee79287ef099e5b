from django.db import models
from django.db.models import F, Q

from pendamping.trail.records import Record

STATUSES = ("open", "answered", "closed", "joined")
STEPS = (
    "received", "acknowledged", "sorted", "passed", "noted", "told", "answered", "recovered",
    "confirmed", "reopened", "added", "closed", "joined", "parted",
)  # fmt: skip


class Complaint(Record):
    """A complaint without what was said and by whom: that lies apart, in :class:`Told`.

    ``rule``: the guideline's rule of that day; ``code_hash``: by which its complainant finds it;
    ``level``: where it came in. Where it lies now says the clock (``rules.standing``). ``origin``: of one that was
    taken in with a register from elsewhere.
    """

    ward = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    code_hash = models.CharField(max_length=64, unique=True)
    received_on = models.DateField()
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    channel = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=40)
    about = models.CharField(max_length=12)
    subject = models.CharField(max_length=120, blank=True)  # for the register; names nobody
    misuse = models.BooleanField(default=False)
    amount = models.BigIntegerField(null=True)
    recovered = models.BigIntegerField(default=0)
    sex = models.CharField(max_length=1, blank=True)
    level = models.CharField(max_length=40)
    status = models.CharField(max_length=8, default="open")
    acknowledged_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    confirmed = models.BooleanField(default=False)  # by the complainant
    reopened = models.PositiveSmallIntegerField(default=0)
    joined_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="duplicates"
    )
    rule = models.JSONField()
    guideline_version = models.CharField(max_length=40)
    request = models.CharField(max_length=40, unique=True)  # the form that was sent: once
    origin = models.CharField(max_length=60, null=True)  # noqa: DJ001 -- the register it came from
    origin_number = models.CharField(max_length=60, null=True)  # noqa: DJ001 -- its number there
    due_on = models.DateField(null=True)  # the limit that stands there

    class Meta:
        indexes = [models.Index(fields=["ward", "status", "received_on"], name="complaints_list")]
        constraints = [
            models.UniqueConstraint(fields=["ward", "year", "number"], name="complaints_number"),
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="complaints_status"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, recovered=0)
                | Q(amount__gt=0, recovered__gte=0, recovered__lte=F("amount")),
                name="complaints_amount",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_on__isnull=False)
                | (~Q(status="closed") & Q(closed_on__isnull=True, confirmed=False)),
                name="complaints_closed",
            ),
            models.CheckConstraint(
                condition=Q(status="joined", joined_to__isnull=False)
                | (~Q(status="joined") & Q(joined_to__isnull=True)),
                name="complaints_joined",
            ),
        ]


class Told(Record):
    """What was said and by whom, sealed; its code, so that a slip can be printed again."""

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="told")
    said = models.TextField()  # sealed: text, hope
    person = models.TextField(blank=True)  # sealed: name, contact, address, against; empty: nothing
    code = models.TextField()  # sealed
    anonymous = models.BooleanField()


class Concern(Record):
    """Somebody with an account whom a complaint is about: they neither see nor handle it."""

    complaint = models.ForeignKey(
        Complaint, on_delete=models.PROTECT, related_name="concerns", db_index=False
    )
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "user"], name="complaints_concern_once")
        ]


class Step(Record):
    """What happened to a complaint. ``by``: who did it; nobody: its complainant, by the code.

    ``text`` is sealed, for people write names; ``shown``: whether the complainant reads it.
    """

    complaint = models.ForeignKey(
        Complaint, on_delete=models.PROTECT, related_name="steps", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    on = models.DateField()
    entered_at = models.DateTimeField()
    by = models.ForeignKey("access.User", on_delete=models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)  # sealed
    amount = models.BigIntegerField(null=True)
    shown = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["complaint", "number"], name="complaints_step_number"),
            models.CheckConstraint(condition=Q(kind__in=STEPS), name="complaints_step_kind"),
        ]
