from django.db import models
from django.db.models import F, Q

from pendamping.trail.records import Record

STATES = ("open", "returned", "passed", "refused", "withdrawn")
DECISIONS = ("pass", "return", "refuse")


class Dossier(Record):
    """What is examined: kind, amount, parties, papers. It is in one place: a tier, or with its proposer."""

    ward = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    chain = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=80)  # of the higher room's record: "grants.tranche:<id>"
    summary = models.CharField(max_length=300)
    amount = models.BigIntegerField(null=True)
    parties = models.JSONField(default=list)  # {"name", "person", "user", "group", "role"}
    papers = models.JSONField(default=list)  # {"key", "name"}
    tiers = models.JSONField(default=list)  # keys in order, after the amount's bands
    state = models.CharField(max_length=10, default="open")
    tier = models.CharField(max_length=40, blank=True)  # where it lies, while it is open
    seat = models.CharField(max_length=20, blank=True)  # the area of the office in which it lies
    received_on = models.DateField()  # the day on which it came to where it is
    due_on = models.DateField(null=True)  # the last day of the limit; none while the clock stands
    paused = models.BooleanField(default=False)
    returned = models.PositiveSmallIntegerField(default=0)
    appeals = models.PositiveSmallIntegerField(default=0)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    opened_by = models.CharField(max_length=60)
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    on_paper = models.BooleanField(default=False)  # its dates were brought in from paper
    guideline_version = models.CharField(max_length=20)

    class Meta:
        indexes = [  # a tier stands there while the dossier is open, and only then
            models.Index(fields=["tier", "seat", "received_on", "id"], name="verification_waits"),
            models.Index(fields=["tier", "seat", "due_on"], name="verification_late"),
            models.Index(fields=["tier", "received_on", "id"], name="verification_oldest"),
            models.Index(fields=["ward", "state", "received_on", "id"], name="verification_ward"),
            models.Index(fields=["ref"], name="verification_ref"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ward", "number"], name="verification_number"),
            models.UniqueConstraint(
                fields=["ref"],
                condition=Q(state__in=("open", "returned")),
                name="verification_one_open_ref",
            ),
            models.CheckConstraint(
                condition=(Q(state="open") & ~Q(tier="") & ~Q(seat="") & Q(closed_on=None))
                | Q(state="returned", tier="", seat="", closed_on=None, due_on=None, paused=False)
                | Q(
                    state__in=("passed", "refused", "withdrawn"),
                    tier="",
                    seat="",
                    closed_on__isnull=False,
                    due_on=None,
                    paused=False,
                ),
                name="verification_one_place",
            ),
            models.CheckConstraint(
                condition=Q(received_on__gte=F("opened_on")), name="verification_after_opening"
            ),
        ]


class Step(Record):
    """One stay in one tier: received, decided. Once decided it never changes (the database says so)."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="steps", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    ward = models.CharField(max_length=20)
    # of the ward: "32.71", figures are read by it; null, so that the column is added in place
    city = models.CharField(max_length=5, null=True)  # noqa: DJ001 -- see above
    chain = models.CharField(max_length=40)
    tier = models.CharField(max_length=40)
    seat = models.CharField(max_length=20)
    received_on = models.DateField()
    entered_on = models.DateField()
    taken_on = models.DateField(null=True)
    taken_by = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    decided_entered_on = models.DateField(null=True)
    decision = models.CharField(max_length=10, blank=True)  # pass, return, refuse
    result = models.CharField(max_length=40, blank=True)  # key of the guideline's result
    reasons = models.JSONField(default=list)  # codes
    note = models.CharField(max_length=1000, blank=True)
    ticks = models.JSONField(default=dict)  # {"papers": {key: [present, correct]}, "checks": [key]}
    meeting = models.CharField(max_length=40, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    substitute = models.BooleanField(default=False)
    limit_days = models.PositiveSmallIntegerField(null=True)
    days = models.IntegerField(null=True)  # counted, without those on which the clock stood
    month = models.CharField(max_length=7, blank=True)  # of the decision: 2004-05
    within = models.BooleanField(null=True)  # kept to the limit; none where there is none
    withdrawn = models.BooleanField(default=False)  # ended by its proposer, not decided

    class Meta:
        indexes = [
            models.Index(
                fields=["city", "tier", "days", "within", "decision"], name="verification_by_city"
            ),
            models.Index(
                fields=["ward", "tier", "days", "within", "decision"], name="verification_ward_days"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="verification_step_number"),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(decided_on=None),
                name="verification_one_open_step",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None, decision="", days=None)
                | Q(decided_on__isnull=False, decision="", withdrawn=True, days=None)
                | Q(
                    decided_on__isnull=False,
                    decision__in=DECISIONS,
                    days__gte=0,
                    withdrawn=False,
                ),
                name="verification_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(decided_on__gte=F("received_on")),
                name="verification_forward",
            ),
        ]


class Pause(Record):
    """The clock of a step stands, with a reason, from a day to before another day."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="pauses")
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=40)
    note = models.CharField(max_length=300, blank=True)
    entered_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step"], condition=Q(until=None), name="verification_one_pause"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="verification_pause_span"
            ),
        ]


class Handing(Record):
    """The dossier was handed in: first, again after a return, or with an appeal."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="handings")
    kind = models.CharField(max_length=10)  # opened, again, appeal
    on = models.DateField()
    entered_on = models.DateField()
    by = models.CharField(max_length=60)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("opened", "again", "appeal")), name="verification_handing"
            )
        ]


class Recusal(Record):
    """Somebody steps back from a dossier, and says why."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="recusals", db_index=False
    )
    user = models.CharField(max_length=60)
    why = models.CharField(max_length=300)
    on = models.DateField()
    entered_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "user"], name="verification_recused_once")
        ]


class Notice(Record):
    """Who only has to know of a dossier (the ward head) was told."""

    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="notices", db_index=False
    )
    actor = models.CharField(max_length=40)  # key of the guideline's actors
    on = models.DateField()
    entered_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "actor"], name="verification_told_once")
        ]


class Office(Record):
    """Somebody sits in a tier's office, in an area, for a term; or stands in where it is empty."""

    tier = models.CharField(max_length=40)
    area = models.CharField(max_length=20)
    user = models.CharField(max_length=60)
    person = models.CharField(max_length=40, blank=True)  # id of the resident, where it is one
    substitute = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)  # the last day
    letter = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "tier", "area"], name="verification_office_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="verification_office_term"
            ),
            models.UniqueConstraint(
                fields=["tier", "area", "user"],
                condition=Q(until=None),
                name="verification_office_once",
            ),
        ]


class Absence(Record):
    """Whoever sits in an office is away from a day to another day, ends included."""

    user = models.CharField(max_length=60, db_index=True)
    area = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField()
    why = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="verification_absence_span"
            )
        ]


class Freeze(Record):
    """In an area no dossier of a chain (empty: any) is decided, and every clock stands."""

    area = models.CharField(max_length=20, blank=True)
    chain = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField()  # the first day that counts again
    why = models.CharField(max_length=200)
    entered_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="verification_freeze_span"
            )
        ]


class Scan(Record):
    """Where a paper of a dossier is found: its picture, or the words that say in which folder it lies.

    A second one of the same paper stands beside the first; none is written over.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="scans")
    paper = models.CharField(max_length=60)  # key of the paper on the dossier
    kept_at = models.CharField(max_length=200, blank=True)  # folder, cupboard, address
    kind = models.CharField(max_length=4, blank=True)  # "jpeg", "png", "pdf"; empty: no picture
    content = models.BinaryField(null=True)
    on = models.DateField()
    by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kept_at="") | models.Q(content__isnull=False),
                name="verification_scan_says_something",
            )
        ]
