from django.db import models

from pendamping.trail.records import Record

DRAFT, PROPOSED, CONFIRMED, DISCARDED = STATES = ("draft", "proposed", "confirmed", "discarded")
STANDING = (DRAFT, PROPOSED, CONFIRMED)


class Opening(Record):
    """What a fund that ran on paper brings here: the workbook's cells until it begins, then figures."""

    ward = models.CharField(max_length=20)
    on = models.DateField()  # the last day of the old books
    state = models.CharField(max_length=10, default=DRAFT)
    filename = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)  # of the content
    cells = (
        models.JSONField()
    )  # the sheets; empty once the fund has begun, or the file is put aside
    balances = models.JSONField(default=dict)  # {account key: whole rupiah} written over the sheet
    names = models.JSONField(default=dict)  # what a name of the file was said to mean
    figures = models.JSONField(default=dict)  # as it was confirmed
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    proposed_on = models.DateField(null=True)
    why_returned = models.CharField(max_length=300, blank=True)
    confirmed_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_on = models.DateField(null=True)
    meeting = models.CharField(max_length=40, blank=True)  # that agreed to the balances
    entry = models.OneToOneField(
        "ledger.Entry", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward"],
                condition=~models.Q(state=DISCARDED),
                name="upk_opening_once",
            ),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="upk_opening_state"),
            models.CheckConstraint(
                condition=models.Q(state=CONFIRMED, entry__isnull=False)
                | (~models.Q(state=CONFIRMED) & models.Q(entry=None)),
                name="upk_opening_entry",
            ),
        ]
