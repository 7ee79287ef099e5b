from datetime import date

from django.db import models

from pendamping.funds.loans.models_changes import (
    SETTLED,
    WRITTEN_OFF,
    Closure,
    LendingStop,
    Refund,
    Rescheduling,
    ReserveMonth,
)
from pendamping.funds.loans.models_collection import CollectionStep, Referral
from pendamping.funds.loans.models_joint import PaidBack, RepaymentPart, Sheet, SheetLine
from pendamping.funds.loans.rules.plan import Parts
from pendamping.trail.records import Record

__all__ = [
    "SETTLED",
    "WRITTEN_OFF",
    "Closure",
    "CollectionStep",
    "Consent",
    "LendingStop",
    "Loan",
    "LoanMember",
    "PaidBack",
    "Referral",
    "Refund",
    "Repayment",
    "RepaymentPart",
    "Rescheduling",
    "ReserveMonth",
    "Sheet",
    "SheetLine",
]

APPLIED, APPROVED, REJECTED, ACTIVE, CLOSED, LOST = STATUSES = (
    "applied",
    "approved",
    "rejected",
    "active",
    "closed",
    "written_off",
)
PAID_OUT = (ACTIVE, CLOSED, LOST)
OPEN = (APPLIED, APPROVED, ACTIVE)


def code(number: int) -> str:
    """A loan's number as it stands on paper: ``P-007``."""
    return f"P-{number:03d}"


def receipt(number: int, year: int) -> str:
    """A receipt's number as it stands on paper: ``K-0012/2004``."""
    return f"K-{number:04d}/{year}"


class Loan(Record):
    """A group's loan with the terms it was agreed under and its totals as of the last entry."""

    ward = models.CharField(max_length=20)
    number = models.PositiveIntegerField()  # within the ward, from 1
    group = models.ForeignKey(
        "institutions.Group", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    group_name = models.CharField(max_length=120)  # as it was called when it applied
    cycle = models.PositiveSmallIntegerField()  # which loan of the group this is, from 1
    # the terms
    principal = models.BigIntegerField()
    rate_bp = models.PositiveIntegerField()  # basis points of the principal a period
    instalments = models.PositiveSmallIntegerField()
    grace_months = models.PositiveSmallIntegerField()
    grace_in_tenor = models.BooleanField(default=False)
    grace_service = models.CharField(max_length=10, default="waived")
    grace_periods = models.PositiveSmallIntegerField(default=0)  # where ``every`` is not of months
    every = models.CharField(max_length=10, default="1month")
    method = models.CharField(max_length=10, default="flat")
    amortisation = models.CharField(max_length=20, default="equal-principal")
    allocation = models.CharField(max_length=20, default="service-first")
    guideline = models.CharField(max_length=40)
    guideline_version = models.CharField(max_length=40)
    # its life
    status = models.CharField(max_length=20)
    applied_on = models.DateField()
    decided_on = models.DateField(null=True)  # approved or rejected
    decided_at = models.CharField(max_length=40, blank=True)  # the meeting's id
    why_rejected = models.CharField(max_length=300, blank=True)
    disbursed = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    # kept in the same transaction as every payment
    paid_principal = models.BigIntegerField(default=0)
    paid_service = models.BigIntegerField(default=0)
    overpaid = models.BigIntegerField(default=0)
    refunded = models.BigIntegerField(default=0)  # of what was paid too much
    written_off = models.BigIntegerField(default=0)  # principal
    recovered = models.BigIntegerField(default=0)  # paid after it was written off
    last_on = models.DateField(null=True)  # the last day on which money came in or was taken back
    members_paid = models.TextField(null=True)  # noqa: DJ001 -- by member: rules.kept; only added
    # of a loan that was running before the books were kept here: what its old book said of that day
    taken_over_on = models.DateField(null=True)
    taken_principal = models.BigIntegerField(null=True)  # paid by then
    taken_service = models.BigIntegerField(null=True)
    taken_overpaid = models.BigIntegerField(null=True)
    old_number = models.CharField(max_length=40, null=True)  # noqa: DJ001 -- a column that is only added

    class Meta:
        indexes = [
            models.Index(fields=["ward", "status"], name="loans_loan_ward_status"),
            models.Index(fields=["group"], name="loans_loan_by_group"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ward", "number"], name="loans_loan_number_once"),
            models.CheckConstraint(condition=models.Q(principal__gt=0), name="loans_loan_amount"),
            models.CheckConstraint(
                condition=models.Q(status__in=STATUSES), name="loans_loan_status"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=PAID_OUT, disbursed__isnull=False)
                | models.Q(status__in=(APPLIED, APPROVED, REJECTED), disbursed=None),
                name="loans_loan_paid_out",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    paid_principal__gte=0,
                    paid_principal__lte=models.F("principal") - models.F("written_off"),
                    paid_service__gte=0,
                    overpaid__gte=models.F("refunded"),
                    refunded__gte=0,
                    written_off__gte=0,
                    recovered__gte=0,
                ),
                name="loans_loan_totals",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    taken_over_on=None,
                    taken_principal=None,
                    taken_service=None,
                    taken_overpaid=None,
                )
                | models.Q(
                    taken_over_on__gte=models.F("disbursed"),
                    taken_principal__gte=0,
                    taken_principal__lte=models.F("principal"),
                    taken_service__gte=0,
                    taken_overpaid__gte=0,
                ),
                name="loans_loan_taken_over",
            ),
        ]

    @property
    def code(self) -> str:
        """The loan's number as it stands on paper: ``P-007``."""
        return code(self.number)

    @property
    def begins(self) -> date | None:
        """The first day on which it stands in this book: paid out, or taken over from an old book."""
        return self.taken_over_on or self.disbursed

    @property
    def outstanding(self) -> int:
        """Principal not yet paid back, as of the last entry."""
        return self.principal - self.paid_principal - self.written_off if self.disbursed else 0

    @property
    def owed_back(self) -> int:
        """What the group has paid too much and not yet been given back, as of the last entry."""
        return self.overpaid - self.refunded


class LoanMember(models.Model):
    """A member's part of the group's loan."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="members", db_index=False)
    person = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)  # as it stood on the application
    amount = models.BigIntegerField()
    purpose = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["loan", "person"], name="loans_member_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="loans_member_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id}: {self.amount}"


class Repayment(Record):
    """Money received for a loan, and how it is split as of the last entry."""

    loan = models.ForeignKey(
        Loan, on_delete=models.PROTECT, related_name="repayments", db_index=False
    )
    ward = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()  # of entry: receipts are numbered per ward and year
    number = models.PositiveIntegerField()
    paid_on = models.DateField()
    amount = models.BigIntegerField()
    principal = models.BigIntegerField()
    service = models.BigIntegerField()
    overpaid = models.BigIntegerField()
    recovered = models.BigIntegerField(default=0)  # taken after the loan was written off
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, null=True, related_name="repayments")
    draw = models.OneToOneField(  # out of the joint savings: no cash came in
        "savings.Movement", on_delete=models.PROTECT, null=True, related_name="+"
    )
    received_from = models.CharField(max_length=120, blank=True)
    received_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    reversed_on = models.DateField(null=True)
    why_reversed = models.CharField(max_length=300, blank=True)
    request_id = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 -- unique where given

    class Meta:
        indexes = [models.Index(fields=["loan", "paid_on"], name="loans_repayment_loan_on")]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year", "number"], name="loans_repayment_receipt_once"
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="loans_repayment_amount"),
            models.CheckConstraint(
                condition=models.Q(
                    amount=models.F("principal")
                    + models.F("service")
                    + models.F("overpaid")
                    + models.F("recovered"),
                    principal__gte=0,
                    service__gte=0,
                    overpaid__gte=0,
                    recovered__gte=0,
                ),
                name="loans_repayment_split",
            ),
            models.CheckConstraint(
                condition=models.Q(reversed_on=None)
                | models.Q(reversed_on__gte=models.F("paid_on")),
                name="loans_repayment_reversed_after",
            ),
        ]

    @property
    def receipt(self) -> str:
        """The receipt's number as it stands on paper: ``K-0012/2004``."""
        return receipt(self.number, self.year)

    @property
    def parts(self) -> Parts:
        """What it went into, as of the last entry."""
        return Parts(self.principal, self.service, self.overpaid, self.recovered)

    def stands_on(self, day: date) -> bool:
        """Whether the payment counts at the end of a day."""
        return self.paid_on <= day and (self.reversed_on is None or day < self.reversed_on)


class Consent(Record):
    """A member's own signature for her part of a loan, who saw it, and who of her family agreed."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()
    witness = models.CharField(max_length=120)
    family_by = models.CharField(max_length=120, blank=True)
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True)
    why_withdrawn = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["loan", "person"],
                condition=models.Q(withdrawn_on=None),
                name="loans_consent_once",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None)
                | models.Q(withdrawn_on__gte=models.F("signed_on")),
                name="loans_consent_withdrawn_after",
            ),
        ]
