"""What was done to collect a loan that is behind."""

from django.db import models

from pendamping.trail.records import Record


class CollectionStep(Record):
    """A step of the ladder that was taken; letters are numbered per ward and year."""

    ward = models.CharField(max_length=20)
    loan = models.ForeignKey(
        "loans.Loan", on_delete=models.PROTECT, related_name="collection", db_index=False
    )
    step = models.CharField(max_length=40)  # its key in the guideline's ladder
    paper = models.CharField(max_length=10, blank=True)  # which letter went out
    on = models.DateField()
    year = models.PositiveSmallIntegerField()  # of its day
    number = models.PositiveIntegerField(null=True)  # of letters
    note = models.CharField(max_length=300, blank=True)
    until = models.DateField(null=True)  # promised, last day to pay, or day of the meeting
    place = models.CharField(max_length=120, blank=True)
    # what the letter said was unpaid, as the books stood when it was written: rows, members, total
    said = models.JSONField(default=dict)
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    # taken back once, where it was entered wrongly: it counts until the day before
    taken_back_on = models.DateField(null=True)
    why_taken_back = models.CharField(max_length=300, blank=True)
    taken_back_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["ward", "on"], name="loans_collection_ward_on")]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year", "number"], name="loans_collection_letter_once"
            ),
            models.UniqueConstraint(
                fields=["loan", "step", "on"],
                condition=models.Q(taken_back_on=None),
                name="loans_collection_once",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_back_on=None, taken_back_by=None, why_taken_back="")
                | (
                    models.Q(taken_back_on__gte=models.F("on"), taken_back_by__isnull=False)
                    & ~models.Q(why_taken_back="")
                ),
                name="loans_collection_taken_back",
            ),
        ]

    @property
    def code(self) -> str:
        """The letter's number as it stands on paper: ``012/UPK/2005``; empty where none went out."""
        return f"{self.number:03d}/UPK/{self.year}" if self.number else ""


class Referral(Record):
    """A group that has climbed the whole ladder is sent on to formal finance, with a letter."""

    ward = models.CharField(max_length=20)
    group = models.ForeignKey("institutions.Group", on_delete=models.PROTECT, related_name="+")
    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="+")  # the last
    on = models.DateField()
    to = models.CharField(max_length=120)  # bank or cooperative
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    worst_days_late = models.PositiveIntegerField()
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year", "number"], name="loans_referral_number_once"
            )
        ]

    @property
    def code(self) -> str:
        """The letter's number as it stands on paper: ``003/RUJ/2008``."""
        return f"{self.number:03d}/RUJ/{self.year}"
