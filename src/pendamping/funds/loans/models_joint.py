"""What the members of a group pay, for themselves and for each other."""

from datetime import date

from django.db import models

from pendamping.trail.records import Record


class Sheet(Record):
    """A collection sheet of one day: one group's meeting, or several groups; posted whole."""

    ward = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()  # of entry: sheets are numbered per ward and year
    number = models.PositiveIntegerField()
    on = models.DateField()
    taken_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    reversed_on = models.DateField(null=True)
    why_reversed = models.CharField(max_length=300, blank=True)
    request_id = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 -- unique where given

    class Meta:
        indexes = [models.Index(fields=["ward", "on"], name="loans_sheet_ward_on")]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year", "number"], name="loans_sheet_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(reversed_on=None) | models.Q(reversed_on__gte=models.F("on")),
                name="loans_sheet_reversed_after",
            ),
        ]

    @property
    def code(self) -> str:
        """The sheet's number as it stands on paper: ``LS-0007/2005``."""
        return f"LS-{self.number:04d}/{self.year}"


class SheetLine(models.Model):
    """A member on a sheet: what was due, what she paid herself and saved."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="lines", db_index=False)
    group = models.ForeignKey("institutions.Group", on_delete=models.PROTECT, related_name="+")
    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="sheet_lines")
    person = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)  # as it stood on the sheet
    due = models.BigIntegerField()
    paid = models.BigIntegerField(default=0)
    saved = models.BigIntegerField(default=0)
    movement = models.ForeignKey(
        "savings.Movement", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "group", "person"], name="loans_sheet_line_once"
            ),
            models.CheckConstraint(
                condition=models.Q(due__gte=0, paid__gte=0, saved__gte=0),
                name="loans_sheet_line_amounts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.person_id}: {self.paid}"


class RepaymentPart(models.Model):
    """What somebody gave for a member within a payment; without payer: the joint savings."""

    repayment = models.ForeignKey(
        "loans.Repayment", on_delete=models.PROTECT, related_name="member_parts"
    )
    payer = models.ForeignKey(
        "households.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    person = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="loans_part_amount")
        ]

    def __str__(self) -> str:
        return f"{self.repayment_id}: {self.amount}"


class PaidBack(Record):
    """A member gives back what was paid for her: to another member, or into the joint savings.

    Between members no money passes through the UPK; into the joint savings it comes in cash.
    """

    ward = models.CharField(max_length=20)
    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="paid_back")
    debtor = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    creditor = models.ForeignKey(
        "households.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    on = models.DateField()
    amount = models.BigIntegerField()
    movement = models.ForeignKey(
        "savings.Movement", on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    reversed_on = models.DateField(null=True)
    why_reversed = models.CharField(max_length=300, blank=True)
    request_id = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 -- unique where given

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="loans_paid_back_amount"),
            models.CheckConstraint(
                condition=models.Q(reversed_on=None) | models.Q(reversed_on__gte=models.F("on")),
                name="loans_paid_back_reversed_after",
            ),
            models.CheckConstraint(
                condition=models.Q(creditor=None, movement__isnull=False)
                | models.Q(creditor__isnull=False, movement=None),
                name="loans_paid_back_to_whom",
            ),
        ]

    def stands_on(self, day: date) -> bool:
        """Whether it counts at the end of a day."""
        return self.on <= day and (self.reversed_on is None or day < self.reversed_on)
