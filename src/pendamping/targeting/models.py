from django.db import models
from django.db.models import Q

from pendamping.trail.records import Record


class Designation(Record):
    """A decision on which wards take part; superseded ones stay."""

    ward = models.CharField(max_length=20, db_index=True)  # in whose books it is kept
    letter_no = models.CharField(max_length=80)
    decided_on = models.DateField()
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
    rule = models.JSONField()
    guideline_version = models.CharField(max_length=20)


class CandidateWard(Record):
    """A ward as it was compared, with what was found; never changed."""

    designation = models.ForeignKey(
        Designation, on_delete=models.PROTECT, related_name="candidates", db_index=False
    )
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    households = models.PositiveIntegerField(null=True)
    poor = models.PositiveIntegerField(null=True)
    urban = models.BooleanField(null=True)
    had_programme = models.BooleanField(null=True)
    source = models.CharField(max_length=120, blank=True)
    fits = models.BooleanField()
    chosen = models.BooleanField()
    checks = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["designation", "code"], name="targeting_candidate_once"
            ),
            models.CheckConstraint(
                condition=Q(chosen=False) | Q(fits=True), name="targeting_chosen_fits"
            ),
        ]


class CriteriaVersion(Record):
    """The residents' poverty criteria, in a version that is never changed once it is used."""

    ward = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    set_on = models.DateField()
    entered_on = models.DateField()
    status = models.CharField(max_length=10, default="draft")  # draft, ratified
    meeting = models.CharField(max_length=40, blank=True)
    ratified_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "number"], name="targeting_criteria_number"),
            models.CheckConstraint(
                condition=Q(status="draft")
                | Q(status="ratified", ratified_on__isnull=False) & ~Q(meeting=""),
                name="targeting_criteria_status",
            ),
        ]


class Criterion(Record):
    """One sign of poverty, in the residents' words."""

    version = models.ForeignKey(
        CriteriaVersion, on_delete=models.PROTECT, related_name="criteria", db_index=False
    )
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=40)  # of the guideline's template, else "c<number>"
    kind = models.CharField(max_length=10)  # household, area
    text = models.CharField(max_length=200)
    weight = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="targeting_criterion_once"),
            models.CheckConstraint(
                condition=Q(kind__in=("household", "area")), name="targeting_criterion_kind"
            ),
        ]


class PoorList(Record):
    """The list of poor households by name (PS-2): draft, posted, ratified, superseded."""

    ward = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    criteria = models.ForeignKey(CriteriaVersion, on_delete=models.PROTECT, related_name="lists")
    status = models.CharField(max_length=10, default="draft")
    drafted_on = models.DateField()
    entered_on = models.DateField()
    posted_on = models.DateField(null=True)
    objections_until = models.DateField(null=True)
    posted_late_why = models.CharField(max_length=300, blank=True)  # where it was entered late
    ratified_on = models.DateField(null=True)
    meeting = models.CharField(max_length=40, blank=True)
    guideline_version = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "number"], name="targeting_list_number"),
            models.UniqueConstraint(
                fields=["ward"],
                condition=Q(status__in=("draft", "posted")),
                name="targeting_one_open_list",
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | Q(status="posted", posted_on__isnull=False)
                | Q(status__in=("ratified", "superseded"), ratified_on__isnull=False),
                name="targeting_list_status",
            ),
        ]


class ListEntry(Record):
    """A household that is or was on a list, or that the census marks as poor. Name as when entered."""

    list = models.ForeignKey(
        PoorList, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    household = models.ForeignKey(
        "households.Household", on_delete=models.PROTECT, related_name="+"
    )
    head_name = models.CharField(max_length=120)
    rw = models.CharField(max_length=3, blank=True)
    rt = models.CharField(max_length=3, blank=True)
    listed = models.BooleanField()
    official = models.BooleanField()  # marked poor by the census when the list was drafted
    origin = models.CharField(max_length=10)  # census, picked, objection

    class Meta:
        indexes = [models.Index(fields=["list", "rw", "rt", "head_name"], name="targeting_entries")]
        constraints = [
            models.UniqueConstraint(fields=["list", "household"], name="targeting_entry_once")
        ]


class Tick(Record):
    """A criterion that a household on the list meets."""

    entry = models.ForeignKey(
        ListEntry, on_delete=models.PROTECT, related_name="ticks", db_index=False
    )
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "criterion"], name="targeting_tick_once")
        ]


class Objection(Record):
    """A resident asks to add a household to the posted list or to remove one."""

    list = models.ForeignKey(PoorList, on_delete=models.PROTECT, related_name="objections")
    kind = models.CharField(max_length=10)  # add, remove
    household = models.ForeignKey(
        "households.Household", on_delete=models.PROTECT, related_name="+"
    )
    head_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=400)
    raised_on = models.DateField()
    raised_by = models.CharField(max_length=120, blank=True)
    entered_on = models.DateField()
    status = models.CharField(max_length=10, default="open")  # open, accepted, rejected
    settled_on = models.DateField(null=True)
    why = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open")
                | Q(status__in=("accepted", "rejected"), settled_on__isnull=False),
                name="targeting_objection_status",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("add", "remove")), name="targeting_objection_kind"
            ),
        ]
