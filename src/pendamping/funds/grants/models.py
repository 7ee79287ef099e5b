from django.db import models
from django.db.models import Q

from pendamping.funds.grants.models_entered import Entered, amount_above_zero
from pendamping.funds.grants.models_money import Movement, SocialGrant
from pendamping.funds.grants.models_works import (
    Contribution,
    Handover,
    KeeperMoney,
    Photo,
    Progress,
)
from pendamping.trail.records import Record

__all__ = [
    "Allocation",
    "BudgetLine",
    "Contribution",
    "Grant",
    "Handover",
    "KeeperMoney",
    "Movement",
    "Photo",
    "Progress",
    "Report",
    "SocialGrant",
    "Tranche",
    "Transfer",
]


class Allocation(Entered):
    """What the ward is given for a year, by its band, with the letter that says so."""

    year = models.PositiveSmallIntegerField()
    letter_no = models.CharField(max_length=80)
    letter_on = models.DateField()
    population = models.PositiveIntegerField()
    band_least = models.PositiveIntegerField()
    band_most = models.PositiveIntegerField(null=True)
    amount = models.BigIntegerField()  # whole rupiah
    guideline_version = models.CharField(max_length=40)
    split = models.JSONField(default=dict)  # {window: whole rupiah}; empty until a meeting decides
    split_on = models.DateField(null=True)
    split_at = models.CharField(max_length=40, blank=True)  # the meeting

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "year"], name="grants_allocation_year_once"),
            amount_above_zero("grants_allocation_amount"),
        ]


class Tranche(Entered):
    """A part of the allocation: planned with the split, asked for with its papers, then received.

    ``planned`` → ``requested`` (the papers run through the chain) → ``received``.
    """

    allocation = models.ForeignKey(
        Allocation, on_delete=models.PROTECT, related_name="tranches", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    shares = models.JSONField()  # {window: whole rupiah}
    amount = models.BigIntegerField()
    status = models.CharField(max_length=10, default="planned")
    papers = models.JSONField(default=dict)  # {paper: {"present", "correct", "note"}}
    requested_on = models.DateField(null=True)
    dossier = models.CharField(max_length=40, blank=True)  # of the room verification
    order = models.JSONField(default=dict)  # {"spm_no", "spm_on", "sp2d_no", "sp2d_on"}
    received_on = models.DateField(null=True)
    work_ends_on = models.DateField(null=True)
    report_due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "number"], name="grants_tranche_number_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=("planned", "requested", "received")),
                name="grants_tranche_status",
            ),
        ]

    @property
    def code(self) -> str:
        """As it stands on paper: ``BLM-2/2004``."""
        return f"BLM-{self.number}/{self.allocation.year}"


class Transfer(Entered):
    """Money moved from one window to another, as a meeting decided."""

    from_window = models.CharField(max_length=40)
    to_window = models.CharField(max_length=40)
    on = models.DateField()
    amount = models.BigIntegerField()
    meeting = models.CharField(max_length=40)
    why = models.CharField(max_length=300)

    class Meta:
        constraints = [
            amount_above_zero("grants_transfer_amount"),
            models.CheckConstraint(
                condition=~Q(from_window=models.F("to_window")) & ~Q(meeting=""),
                name="grants_transfer_minuted",
            ),
        ]


class Grant(Entered):
    """What a group does with the programme's money, by contract (SP3): works, or a social activity."""

    number = models.PositiveIntegerField()
    window = models.CharField(max_length=40)
    group = models.ForeignKey("institutions.Group", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    proposal = models.CharField(max_length=80, blank=True)  # record of the room planning, as text
    meeting = models.CharField(max_length=40)  # of the board, that agreed
    contract_no = models.CharField(max_length=80)
    contract_on = models.DateField()
    value = models.BigIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)  # RT/RW
    planned = models.JSONField(default=dict)  # type, size, unit, households, poor_households, …
    actual = models.JSONField(default=dict)  # the same, as it really is after completion
    latitude = models.CharField(max_length=12, blank=True)
    longitude = models.CharField(max_length=12, blank=True)
    keeper = models.JSONField(default=dict)  # KPP: name, on, officers, women_officers

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "number"], name="grants_grant_number_once"),
            models.UniqueConstraint(fields=["ward", "contract_no"], name="grants_contract_once"),
            amount_above_zero("grants_grant_value", "value"),
        ]

    @property
    def code(self) -> str:
        """``H-0001``."""
        return f"H-{self.number:04d}"


class BudgetLine(Record):
    """A line of the budget (RAB) of a grant."""

    grant = models.ForeignKey(
        Grant, on_delete=models.PROTECT, related_name="budget", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=120)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "number"], name="grants_budget_number_once"),
            amount_above_zero("grants_budget_amount"),
        ]


class Report(Entered):
    """The accountability report (LPJ) of a tranche: drafted from the books, then handed in.

    Whether it is accepted or returned, the chain says (``signoff``).
    """

    tranche = models.OneToOneField(Tranche, on_delete=models.PROTECT, related_name="report")
    figures = models.JSONField(default=dict)  # as they were when it was handed in
    handed_in_on = models.DateField(null=True)
    dossier = models.CharField(max_length=40, blank=True)  # of the room verification
