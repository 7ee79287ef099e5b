from django.db import models
from django.db.models import Q

from pendamping.funds.grants.models_entered import Entered, amount_above_zero


class Contribution(Entered):
    """What residents put in themselves for a grant: cash, material, land or labour, with its value."""

    KINDS = ("cash", "material", "labour", "land")

    grant = models.ForeignKey(
        "grants.Grant", on_delete=models.PROTECT, related_name="contributions"
    )
    kind = models.CharField(max_length=10)
    on = models.DateField()
    what = models.CharField(max_length=120)
    quantity = models.CharField(max_length=40, blank=True)  # "12 sak", "40 m2"
    days_women = models.PositiveIntegerField(default=0)  # person-days (HOK)
    days_men = models.PositiveIntegerField(default=0)
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            amount_above_zero("grants_contribution_value", "value"),
            models.CheckConstraint(
                condition=Q(kind__in=("cash", "material", "labour", "land")),
                name="grants_contribution_kind",
            ),
        ]


class Progress(Entered):
    """How far the works are at the end of a month, and who worked."""

    TICKS = ("materials", "attendance", "cash_book", "other")

    grant = models.ForeignKey(
        "grants.Grant", on_delete=models.PROTECT, related_name="progress", db_index=False
    )
    month = models.DateField()  # its last day, or the day of the record within it
    percent = models.PositiveSmallIntegerField()
    workers_women = models.PositiveIntegerField(default=0)
    workers_men = models.PositiveIntegerField(default=0)
    days_women = models.PositiveIntegerField(default=0)  # paid person-days (HOK)
    days_men = models.PositiveIntegerField(default=0)
    incentive = models.BigIntegerField(default=0)
    ticks = models.JSONField(default=list)
    problem = models.CharField(max_length=300, blank=True)
    follow_up = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "month"], name="grants_progress_month_once"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="grants_progress_percent"),
        ]


class Handover(Entered):
    """The works pass into the next hand, with date and minutes."""

    grant = models.ForeignKey(
        "grants.Grant", on_delete=models.PROTECT, related_name="handovers", db_index=False
    )
    step = models.CharField(max_length=10)
    on = models.DateField()
    minutes = models.CharField(max_length=120)
    signed_by = models.CharField(max_length=120, null=True)  # noqa: DJ001 -- nobody was asked before

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "step"], name="grants_handover_step_once")
        ]


class KeeperMoney(Entered):
    """The maintenance group's own fund: what its members pay in, what upkeep costs."""

    grant = models.ForeignKey("grants.Grant", on_delete=models.PROTECT, related_name="keeper_money")
    kind = models.CharField(max_length=4)  # "in", "out"
    on = models.DateField()
    amount = models.BigIntegerField()
    what = models.CharField(max_length=160)

    class Meta:
        constraints = [
            amount_above_zero("grants_keeper_amount"),
            models.CheckConstraint(condition=Q(kind__in=("in", "out")), name="grants_keeper_kind"),
        ]


class Photo(Entered):
    """A photograph of the works, kept with the report."""

    grant = models.ForeignKey("grants.Grant", on_delete=models.PROTECT, related_name="photos")
    on = models.DateField()
    percent = models.PositiveSmallIntegerField()  # how far the works were: 0, 50, 100
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4)  # "jpeg", "png"
    content = models.BinaryField()
