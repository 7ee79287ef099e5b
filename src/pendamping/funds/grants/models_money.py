from django.db import models
from django.db.models import Q

from pendamping.funds.grants.models_entered import Entered, amount_above_zero
from pendamping.funds.grants.rules.windows import KINDS


class Movement(Entered):
    """Money of a window that moves; posted in the same transaction, taken back on a day of its own."""

    window = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    on = models.DateField()
    amount = models.BigIntegerField()
    number = models.PositiveIntegerField()  # of the voucher, per ward and year of entry
    year = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=120, blank=True)  # seller, receiver
    quotes = models.JSONField(default=list)  # [{"seller", "price"}]
    said = models.JSONField(null=True)  # {"cost": kind of cost, "why": reason of an exception}
    tranche = models.ForeignKey(
        "grants.Tranche", on_delete=models.PROTECT, null=True, related_name="+"
    )
    transfer = models.ForeignKey(
        "grants.Transfer", on_delete=models.PROTECT, null=True, related_name="+"
    )
    grant = models.ForeignKey(
        "grants.Grant", on_delete=models.PROTECT, null=True, related_name="movements"
    )
    line = models.ForeignKey(
        "grants.BudgetLine", on_delete=models.PROTECT, null=True, related_name="spent"
    )
    reversed_on = models.DateField(null=True)
    request_id = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 -- unique where given

    class Meta:
        indexes = [models.Index(fields=["ward", "window", "on"], name="grants_movement_window")]
        constraints = [
            amount_above_zero("grants_movement_amount"),
            models.UniqueConstraint(
                fields=["ward", "year", "number"], name="grants_movement_voucher_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=tuple(KINDS)), name="grants_movement_kind"),
            models.CheckConstraint(
                condition=~Q(kind__in=("moved-in", "moved-out")) | Q(transfer__isnull=False),
                name="grants_movement_minuted",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("paid", "spent", "returned")) | Q(grant__isnull=False),
                name="grants_movement_of_a_grant",
            ),
        ]

    @property
    def cost(self) -> str:
        """The kind of cost, one of ``rules.buying.COSTS``; empty where nobody said."""
        return str((self.said or {}).get("cost", ""))

    @property
    def why(self) -> str:
        """The written reason of an exception: another seller than the cheapest, money paid ahead of the work."""
        return str((self.said or {}).get("why", ""))

    @property
    def voucher(self) -> str:
        """The number of the payment on paper: ``P-0012/2004``."""
        return f"P-{self.number:04d}/{self.year}"


class SocialGrant(Entered):
    """A grant to somebody on the poor list, or to a group, that is not repaid."""

    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, related_name="social")
    person = models.ForeignKey(
        "households.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    group = models.ForeignKey(
        "institutions.Group", on_delete=models.PROTECT, null=True, related_name="+"
    )
    what_for = models.CharField(max_length=20)
    meeting = models.CharField(max_length=40)
    signed_by = models.CharField(max_length=120)  # who signed the receipt
    why_again = models.CharField(max_length=200, blank=True)

    KINDS = ("education", "training", "elderly", "health", "food", "other")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, group__isnull=True)
                | Q(person__isnull=True, group__isnull=False),
                name="grants_social_one_receiver",
            )
        ]
