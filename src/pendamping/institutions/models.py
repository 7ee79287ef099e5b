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

    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, related_name="pledges", db_index=False
    )
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

    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, related_name="followers", db_index=False
    )
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


class Body(Record):
    """A body of the ward that has seats: the board, a unit, a committee.

    One of each kind at a time; user groups (KPP) alone are several, each with a name of its own.
    """

    ward = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)  # a key of the guideline's "bodies"
    name = models.CharField(max_length=80, blank=True)
    formed_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "kind", "name"], name="institutions_body_named")
        ]


class Seat(Record):
    """A resident sits in a body from a day until before another day; ``ends``: the last day of the term."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats", db_index=False)
    person = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)  # name and sex as they were on taking the seat
    sex = models.CharField(max_length=1, blank=True)
    role = models.CharField(max_length=20, default="member")  # member, coordinator
    office = models.CharField(  # noqa: DJ001 -- without a default SQLite adds it and keeps the triggers
        max_length=20, null=True
    )  # of the guideline's "body_offices"
    since = models.DateField()
    ends = models.DateField()
    until = models.DateField(null=True)  # left before the end of the term
    decided_by = models.CharField(max_length=60)  # "elections:<id>", text of a higher room
    meeting = models.CharField(max_length=40, blank=True)
    left_why = models.CharField(max_length=200, blank=True)
    after = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+"
    )  # the seat that this one took over

    class Meta:
        indexes = [models.Index(fields=["body", "since", "id"], name="institutions_seat_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "person", "since"], name="institutions_seat_once"
            ),
            models.UniqueConstraint(
                fields=["after"],
                condition=Q(after__isnull=False),
                name="institutions_seat_taken_once",
            ),
            models.CheckConstraint(
                condition=Q(ends__gte=F("since"))
                & (Q(until__isnull=True) | Q(until__gte=F("since"))),
                name="institutions_seat_term",
            ),
            models.CheckConstraint(
                condition=Q(role__in=("member", "coordinator")), name="institutions_seat_role"
            ),
        ]


class BodyPaper(Record):
    """A paper on which a body stands: its charter, notarial deed, a decree, its bank account."""

    KINDS = ("charter", "deed", "decree", "account")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="papers", db_index=False)
    kind = models.CharField(max_length=10)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    issued_by = models.CharField(max_length=120)  # the notary, the office, the bank
    expires_on = models.DateField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["body", "kind", "issued_on"], name="institutions_paper_list")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("charter", "deed", "decree", "account")),
                name="institutions_paper_kind",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                name="institutions_paper_term",
            ),
        ]


class Appointment(Record):
    """Who shall sit in a body that is appointed, written down before the meeting that decides it."""

    ward = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)  # a key of the guideline's "bodies"
    name = models.CharField(max_length=80, blank=True)  # of a user group
    whole = models.BooleanField()  # in place of everybody who sits there; else beside them
    since = models.DateField()
    ends = models.DateField()
    status = models.CharField(max_length=10, default="draft")  # draft, done, dropped
    drafted_on = models.DateField()
    entered_at = models.DateTimeField()
    meeting = models.CharField(max_length=40, blank=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="appointments")

    class Meta:
        indexes = [models.Index(fields=["ward", "status", "id"], name="institutions_appoint_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "kind", "name"],
                condition=Q(status="draft"),
                name="institutions_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("draft", "done", "dropped")),
                name="institutions_appoint_status",
            ),
            models.CheckConstraint(
                condition=Q(ends__gte=F("since")), name="institutions_appoint_term"
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | (~Q(meeting="") & Q(body__isnull=False)),
                name="institutions_appoint_decided",
            ),
        ]


class Appointee(Record):
    """Somebody who is named in an appointment, with the office that they shall hold."""

    appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, related_name="people", db_index=False
    )
    person = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "person"], name="institutions_appointee_once"
            ),
            models.UniqueConstraint(
                fields=["appointment", "office"],
                condition=~Q(office=""),
                name="institutions_office_of_one",
            ),
        ]
