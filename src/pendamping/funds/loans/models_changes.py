"""What happens to a loan or to the fund beside instalments; belongs to ``models``."""

from django.db import models

from pendamping.trail.records import Record

SETTLED, WRITTEN_OFF = CLOSURES = ("settled", "written-off")


class Change(Record):
    """What every change of a running loan keeps: its day, who decided, and whether it was taken back."""

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="+")
    ward = models.CharField(max_length=20)
    on = models.DateField()
    meeting = models.CharField(max_length=40, blank=True)  # the id of the meeting that decided
    why = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    taken_back_on = models.DateField(null=True)
    why_taken_back = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class Rescheduling(Change):
    """A new schedule of what was still owed, from ``on``; one taken back counts as never made."""

    loan = models.ForeignKey(
        "loans.Loan", on_delete=models.PROTECT, related_name="reschedulings", db_index=False
    )
    principal = models.BigIntegerField()
    service = models.BigIntegerField()
    instalments = models.PositiveSmallIntegerField()
    first_due = models.DateField()
    every = models.CharField(max_length=10)
    keeps_class_for = models.PositiveSmallIntegerField()  # instalments, by the guideline of the day
    class_before = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["loan", "on"], name="loans_rescheduling_loan_on")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(principal__gte=0, service__gte=0, instalments__gte=1),
                name="loans_rescheduling_amounts",
            ),
            models.CheckConstraint(
                condition=models.Q(first_due__gte=models.F("on")), name="loans_rescheduling_due"
            ),
        ]


class Closure(Change):
    """A loan settled early or written off; counts until the day on which it is taken back."""

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="closures")
    kind = models.CharField(max_length=12)
    principal = models.BigIntegerField()  # no longer in the book
    service = models.BigIntegerField()
    repayment = models.ForeignKey(  # the payment that settled it
        "loans.Repayment", on_delete=models.PROTECT, null=True, related_name="settles"
    )

    class Meta:
        indexes = [models.Index(fields=["ward", "kind"], name="loans_closure_ward_kind")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=CLOSURES, principal__gte=0, service__gte=0),
                name="loans_closure_amounts",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_back_on=None)
                | models.Q(taken_back_on__gte=models.F("on")),
                name="loans_closure_taken_back_after",
            ),
        ]


class Refund(Change):
    """What a group had paid too much, given back to it out of the cash."""

    loan = models.ForeignKey("loans.Loan", on_delete=models.PROTECT, related_name="refunds")
    amount = models.BigIntegerField()
    received_by = models.CharField(max_length=120)  # who signed for the group
    request_id = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 -- unique where given

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="loans_refund_amount"),
            models.CheckConstraint(
                condition=models.Q(taken_back_on=None)
                | models.Q(taken_back_on__gte=models.F("on")),
                name="loans_refund_taken_back_after",
            ),
        ]


class LendingStop(Record):
    """The stop on new lending of a ward: since when, why, and the meeting that lifted it."""

    ward = models.CharField(max_length=20)
    since = models.DateField()
    month = models.DateField()  # the last day of the month whose health card asked for it
    findings = models.JSONField()  # [{"key", "short", "part", "whole"}]: what fell into the band
    clause = models.CharField(max_length=80)
    guideline_version = models.CharField(max_length=40)
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    lifted_on = models.DateField(null=True)
    lifted_at = models.CharField(max_length=40, blank=True)  # the meeting's id

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "month"], name="loans_stop_month_once"),
            models.UniqueConstraint(
                fields=["ward"],
                condition=models.Q(lifted_on=None),
                name="loans_stop_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_on=None) | models.Q(lifted_on__gte=models.F("since")),
                name="loans_stop_lifted_after",
            ),
        ]


class ReserveMonth(Record):
    """The loan-loss reserve that a month's end needs, and the loans that it was counted from."""

    ward = models.CharField(max_length=20)
    month = models.DateField()  # the last day of the month
    needed = models.BigIntegerField()
    rows = models.JSONField()  # [{"loan", "class", "outstanding", "percent", "reserve"}]
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "month"], name="loans_reserve_month_once"),
            models.CheckConstraint(condition=models.Q(needed__gte=0), name="loans_reserve_needed"),
        ]
