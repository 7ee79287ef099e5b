from django.db import models

from pendamping.trail.records import Record

DRAFT, TAKEN, DISCARDED = "draft", "taken", "discarded"


class BankStatement(Record):
    """A statement as it was uploaded (its cells), and, once its columns are known, its balances."""

    ward = models.CharField(max_length=20)
    account = models.CharField(max_length=40)  # the key of the account: "bank" …
    state = models.CharField(max_length=10, default=DRAFT)
    filename = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)  # of the content
    kind = models.CharField(max_length=10, default="table")  # "table", "ofx", "mt940"
    number = models.CharField(
        max_length=40, blank=True, default=""
    )  # of its account, if it says one
    cells = models.JSONField()  # the rows as texts; empty once it is taken
    headings = models.JSONField(default=dict)  # {"date": "Tanggal", …}: for the next statement
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    opening = models.BigIntegerField(default=0)
    closing = models.BigIntegerField(default=0)
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "account", "digest"],
                condition=~models.Q(state=DISCARDED),
                name="upk_bank_file_once",
            ),
        ]


class BankMatch(Record):
    """Lines of a statement and lines of the book that belong together."""

    ward = models.CharField(max_length=20)
    account = models.CharField(max_length=40)
    made_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()


class BankLine(Record):
    """A line of a statement: money in is positive."""

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    ward = models.CharField(max_length=20)
    account = models.CharField(max_length=40)
    on = models.DateField()
    amount = models.BigIntegerField()
    text = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=40)
    match = models.ForeignKey(BankMatch, on_delete=models.PROTECT, null=True, related_name="bank")

    class Meta:
        indexes = [models.Index(fields=["ward", "account", "on"], name="upk_bank_line_on")]
        constraints = [
            models.UniqueConstraint(fields=["ward", "account", "key"], name="upk_bank_line_once"),
        ]


class BookLine(models.Model):
    """A line of the ledger that stands in a match."""

    match = models.ForeignKey(BankMatch, on_delete=models.PROTECT, related_name="book")
    line = models.OneToOneField("ledger.Line", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.match_id}: {self.line_id}"
