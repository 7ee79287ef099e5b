from django.db import models
from django.db.models import F, Q

from pendamping.trail.records import Record


class Household(Record):
    """Who lives and eats together at one address of a ward."""

    ward = models.CharField(max_length=20)
    number = models.CharField(max_length=40, blank=True)  # as in the census list
    rw = models.CharField(max_length=3, blank=True)  # "05"
    rt = models.CharField(max_length=3, blank=True)  # "02"
    address = models.CharField(max_length=200, blank=True)
    kk_cipher = models.CharField(max_length=120, blank=True)
    kk_hash = models.CharField(max_length=64, blank=True)
    kk_last4 = models.CharField(max_length=4, blank=True)
    head_name = models.CharField(max_length=120)
    head_key = models.CharField(max_length=120)
    size = models.PositiveIntegerField(default=0)  # members today
    women = models.PositiveIntegerField(default=0)  # women and girls among them
    stated_size = models.PositiveIntegerField(null=True)  # where only heads were listed
    joined_on = models.DateField()
    left_on = models.DateField(null=True)  # the first day on which it is no household of the ward
    source = models.CharField(max_length=20)  # census, entry, split, package

    class Meta:
        indexes = [
            models.Index(fields=["ward", "rw", "rt", "head_key", "id"], name="households_list"),
            models.Index(fields=["ward", "kk_hash"], name="households_kk"),
            models.Index(fields=["ward", "number"], name="households_number"),
            models.Index(
                fields=["ward", "left_on", "rw", "size", "women"], name="households_figures"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="households_left_after_joined",
            )
        ]


class Person(Record):
    """A resident, under the household where they live now (or lived last)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="people")
    ward = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, blank=True)  # L or P; empty where the list does not say
    born = models.DateField(null=True)
    born_precision = models.CharField(max_length=4, blank=True)  # day, year
    relation = models.CharField(max_length=20)
    occupation = models.CharField(max_length=120, blank=True)
    education = models.CharField(max_length=120, blank=True)
    nik_cipher = models.CharField(max_length=120, blank=True)
    nik_hash = models.CharField(max_length=64, blank=True)
    nik_last4 = models.CharField(max_length=4, blank=True)
    status = models.CharField(max_length=10, default="resident")  # or died, moved, double, mistake
    # of a double: the entry that it went into; papers keep pointing here, questions go on to there
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["ward", "name_key", "id"], name="households_person_name"),
            models.Index(
                fields=["same_as"],
                condition=Q(same_as__isnull=False),
                name="households_person_same",
            ),
            models.Index(fields=["ward", "born"], name="households_person_born"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "nik_hash"],
                condition=Q(status="resident") & ~Q(nik_hash=""),
                name="households_nik_once",
            ),
            models.CheckConstraint(condition=Q(sex__in=["", "L", "P"]), name="households_sex"),
            models.CheckConstraint(
                condition=Q(status__in=["resident", "died", "moved", "double", "mistake"]),
                name="households_status",
            ),
        ]


class NameWord(models.Model):
    """A word of a resident's ``name_key``: the index that a search by name walks along.

    The database keeps it (triggers of the migration ``words_and_figures``); nobody writes here.
    """

    pk = models.CompositePrimaryKey("ward", "word", "name_key", "person_id")
    ward = models.CharField(max_length=20)
    word = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120)
    person = models.ForeignKey(
        Person, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )

    def __str__(self) -> str:
        return self.word


class Figure(models.Model):
    """How many live in an RT now, and how many of its households are poor by which mark.

    The database keeps it, like the words: a page adds up some RTs and counts nothing.
    """

    pk = models.CompositePrimaryKey("ward", "rw", "rt")
    ward = models.CharField(max_length=20)
    rw = models.CharField(max_length=3)
    rt = models.CharField(max_length=3)
    households = models.IntegerField()
    people = models.IntegerField()
    women = models.IntegerField()
    poor_by_census = models.IntegerField()
    poor_by_list = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.ward} {self.rw}/{self.rt}"


class Membership(Record):
    """A person belonged to a household from a day until before another day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until__isnull=True), name="households_one_home"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="households_membership_term",
            ),
        ]


class PoorMark(Record):
    """A household counts as poor from a day until before another day."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="poor_marks")
    ward = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=10)  # census: by import; list: by a ratified poor list
    meeting = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ward", "since"], name="households_poor_ward")]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(until__isnull=True), name="households_poor_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="households_poor_term",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["census", "list"]), name="households_poor_source"
            ),
        ]


class LifeEvent(Record):
    """What happened to a household after the census, with the day it happened."""

    ward = models.CharField(max_length=20)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="events")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="events")
    kind = models.CharField(max_length=12)  # a key of words.EVENTS
    on = models.DateField()
    entered_on = models.DateField()
    other = models.CharField(max_length=40, blank=True)  # the other household of a split or join
    note = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 -- unique where given

    class Meta:
        indexes = [models.Index(fields=["ward", "on"], name="households_event_on")]


class CensusUpload(Record):
    """A file that was uploaded and checked; nothing of it is stored before it is confirmed."""

    ward = models.CharField(max_length=20)
    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of the content
    # waiting: to be checked; staged: to be looked at; storing: to be stored; confirmed, discarded, failed,
    # expired: nobody stored it in its time
    status = models.CharField(max_length=10)
    failure = models.TextField(
        blank=True
    )  # why the last work on it was given up: [[clause, text, values]]
    asked_by = models.CharField(max_length=150, blank=True)  # who asked to have it stored
    staged_by = models.CharField(max_length=150)
    staged_at = models.DateTimeField()
    counted_on = models.DateField()  # the day for which the list is true
    rows = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    members = models.PositiveIntegerField()
    errors = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField()
    duplicates = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["ward", "status"], name="households_upload_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "digest"],
                condition=Q(status="confirmed") & ~Q(digest=""),
                name="households_imported_once",
            )
        ]


class Distinct(Record):
    """Two persons who look alike and are two; they are not shown as likely doubles again."""

    ward = models.CharField(max_length=20)
    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="households_distinct_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="households_distinct_order"
            ),
        ]
