from django.db import models
from django.db.models import F, Q

from pendamping.trail.records import Record


class Election(Record):
    """An election of the board: prepared, its rounds held, the board seated. Its rule is kept with it."""

    KINDS = ("regular", "by_election")
    STATUSES = ("open", "seated", "given_up")

    ward = models.CharField(max_length=20)
    kind = models.CharField(max_length=12)
    practice = models.BooleanField(default=False)  # a mock election: it never gives a seat
    size = models.PositiveIntegerField()  # seats to fill
    term_since = models.DateField()
    term_ends = models.DateField()
    of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.JSONField()
    guideline_version = models.CharField(max_length=20)
    status = models.CharField(max_length=10, default="open")
    entered_at = models.DateTimeField()
    meeting = models.CharField(max_length=40, blank=True)  # that confirmed the result
    seated_on = models.DateField(null=True)
    given_up_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ward", "id"], name="elections_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("regular", "by_election")), name="elections_kind"
            ),
            models.CheckConstraint(
                condition=Q(status__in=("open", "given_up"), seated_on__isnull=True)
                | Q(status="seated", seated_on__isnull=False, practice=False),
                name="elections_status",
            ),
            models.CheckConstraint(
                condition=Q(term_ends__gte=F("term_since"), size__gte=1), name="elections_term"
            ),
            models.UniqueConstraint(
                fields=["ward"],
                condition=Q(status="open", practice=False),
                name="elections_one_open",
            ),
        ]


class Round(Record):
    """A vote at one level on one day: in every place of it, or again between those who were equal."""

    election = models.ForeignKey(
        Election, on_delete=models.PROTECT, related_name="rounds", db_index=False
    )
    number = models.PositiveIntegerField()
    level = models.CharField(max_length=5)  # rt, rw, ward
    runoff_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="runoffs"
    )
    attempt = models.PositiveIntegerField(default=1)  # 2: again, for want of voters
    held_on = models.DateField()
    adults_vote = models.BooleanField()  # else the delegates of the level below
    status = models.CharField(max_length=10, default="open")  # open, counted, failed
    witnesses = models.JSONField(default=list)
    note = models.TextField(blank=True)
    eligible = models.PositiveIntegerField()
    voters = models.PositiveIntegerField(null=True)
    women = models.PositiveIntegerField(null=True)
    threshold_percent = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="elections_round_number"),
            models.CheckConstraint(
                condition=Q(status__in=("open", "counted", "failed")), name="elections_round_status"
            ),
            models.CheckConstraint(
                condition=Q(level__in=("rt", "rw", "ward")), name="elections_level"
            ),
            models.CheckConstraint(
                condition=Q(status="open", voters__isnull=True)
                | Q(voters__isnull=False, women__isnull=False, women__lte=F("voters")),
                name="elections_round_voters",
            ),
            models.UniqueConstraint(
                fields=["election"], condition=Q(status="open"), name="elections_one_round_open"
            ),
        ]


class Station(Record):
    """Where the voters of a place vote; its ballots are numbered from ``first`` to ``last``."""

    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="stations", db_index=False
    )
    number = models.PositiveIntegerField()
    unit = models.CharField(max_length=7, blank=True)  # what elects together: "02/05", "02", ""
    rw = models.CharField(max_length=3, blank=True)
    rt = models.CharField(max_length=3, blank=True)
    eligible = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    names = models.PositiveIntegerField()  # a ballot holds at most so many
    seats = models.PositiveIntegerField()  # the unit fills so many
    between = models.JSONField(default=list)  # ids: a run-off is between these alone

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="elections_station_number"),
            models.CheckConstraint(
                condition=Q(last__gte=F("first"), first__gte=1), name="elections_ballots"
            ),
        ]


class Tally(Record):
    """What one person typed from a station's tally sheet; a later one of the same person replaces it."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="tallies")
    typed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    holds = models.BooleanField(default=True)
    voters = models.PositiveIntegerField()
    women = models.PositiveIntegerField()
    valid = models.PositiveIntegerField()
    invalid = models.PositiveIntegerField()
    spoiled = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    lost = models.PositiveIntegerField(default=0)
    void_names = models.PositiveIntegerField(default=0)
    votes = models.JSONField(default=dict)  # {person id: votes}
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["station", "typed_by"], condition=Q(holds=True), name="elections_tally_once"
            ),
            models.CheckConstraint(
                condition=Q(women__lte=F("voters"))
                & Q(voters=F("valid") + F("invalid") + F("lost")),
                name="elections_tally_adds_up",
            ),
        ]


class Named(Record):
    """A person with votes in a place of a round, and what came of it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="named", db_index=False)
    unit = models.CharField(max_length=7, blank=True)
    person = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, blank=True)
    votes = models.PositiveIntegerField()
    place = models.PositiveIntegerField()  # in the order of strength
    outcome = models.CharField(max_length=10)  # elected, tied, following

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "unit", "person"], name="elections_named_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("elected", "tied", "following")), name="elections_outcome"
            ),
        ]


class Lot(Record):
    """Lots drawn between equal names of a place, before witnesses; ``order``: first drawn first."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="lots")
    unit = models.CharField(max_length=7, blank=True)
    order = models.JSONField()
    on = models.DateField()
    witnesses = models.JSONField(default=list)
