from django.db import models

from pendamping.trail.records import Record


class Movement(Record):
    """Money that a group (or one of its members) pays in or takes out; a correction is dated.

    ``opening``: what an old book says was saved, taken over without cash;
    ``draw``: joint liability takes it for a member's instalment, without cash; ``refill``: she pays it
    back into the joint savings.
    """

    KINDS = ("deposit", "withdrawal", "draw", "refill", "opening")
    IN = ("deposit", "refill", "opening")

    ward = models.CharField(max_length=20)
    group = models.ForeignKey(
        "institutions.Group", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "households.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    kind = models.CharField(max_length=10)
    on = models.DateField()
    amount = models.BigIntegerField()  # whole rupiah, always above zero
    year = models.PositiveSmallIntegerField()  # of entry: receipts are numbered per ward and year
    number = models.PositiveIntegerField()
    received_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    reversed_on = models.DateField(null=True)
    # officers who signed that the group takes out: [{"person", "name", "role"}]; none where nobody has to
    signers = models.JSONField(null=True)
    request_id = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 -- unique where given

    class Meta:
        indexes = [models.Index(fields=["group", "on"], name="savings_movement_group_on")]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year", "number"], name="savings_movement_receipt_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0), name="savings_movement_amount"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=("deposit", "withdrawal", "draw", "refill", "opening")),
                name="savings_movement_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(reversed_on=None) | models.Q(reversed_on__gte=models.F("on")),
                name="savings_movement_reversed_after",
            ),
        ]

    @property
    def receipt(self) -> str:
        """The receipt's number as it stands on paper: ``T-0012/2004``."""
        return f"T-{self.number:04d}/{self.year}"

    @property
    def signed(self) -> int:
        """The amount as it changes the balance: what goes out is negative."""
        return self.amount if self.kind in self.IN else -self.amount
