from django.db import models
from django.db.models import F, Q

from pendamping.trail.records import Record


class Group(Record):
    """A self-help group (KSM)."""

    ward = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    name_key = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)  # a key of the guideline's "group_kinds"
    formed_on = models.DateField()
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    meeting = models.CharField(max_length=40)  # id of the meeting that formed it
    status = models.CharField(max_length=10, default="active")  # active, dissolved
    guideline_version = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["ward", "name_key", "id"], name="institutions_group_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "name_key"], name="institutions_group_name_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=("active", "dissolved")), name="institutions_group_status"
            ),
        ]


class Membership(Record):
    """A resident belongs to a group from a day until before another day."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)
    name = models.CharField(max_length=120)  # name, sex and poverty as they were on joining
    sex = models.CharField(max_length=1, blank=True)
    poor = models.BooleanField()
    left_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(until__isnull=True),
                name="institutions_member_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="institutions_member_term",
            ),
        ]


class Office(Record):
    """A member is chair, secretary or treasurer from a day until before another day."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="offices")
    person = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10)
    since = models.DateField()
    until = models.DateField(null=True)
    meeting = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "role"],
                condition=Q(until__isnull=True),
                name="institutions_office_once",
            ),
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(until__isnull=True),
                name="institutions_officer_once",
            ),
            models.CheckConstraint(
                condition=Q(role__in=("chair", "secretary", "treasurer")),
                name="institutions_office_role",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="institutions_office_term",
            ),
        ]


class Pledge(Record):
    """A member has signed the joint liability of the group, in writing."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="pledges")
    person = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person", "signed_on"], name="institutions_pledge_once"
            )
        ]


class Follower(Record):
    """Somebody with a login who looks after this group: their first page shows it."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="followers")
    user = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "user"], name="institutions_follower_once")
        ]


class GroupStep(Record):
    """A training that the group took, or its own books checked."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10)  # training, books
    module = models.CharField(max_length=40, blank=True)  # a key of "training_modules"
    on = models.DateField()
    entered_on = models.DateField()
    evidence = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("training", "books")), name="institutions_step_kind"
            )
        ]
