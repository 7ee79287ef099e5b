from django.db import models
from django.utils.translation import get_language

from pendamping.trail.records import Record

TYPES = ("asset", "liability", "equity", "income", "expense")


class Account(Record):
    """An account of a ward's books, as the guideline's chart names it. Never changed; only books that hold
    nothing yet may have been opened earlier.
    """

    ward = models.CharField(max_length=20)
    key = models.CharField(max_length=40)  # the guideline's key: "cash", "loans", "savings" …
    code = models.CharField(max_length=10)  # as it stands on paper: "11010"
    type = models.CharField(max_length=10)
    contra = models.BooleanField(default=False)
    control_of = models.CharField(max_length=20, blank=True)  # "loans", "savings" …: a sub-ledger
    fund = models.CharField(
        max_length=40, blank=True, default=""
    )  # a window of the board's; "" the UPK's own
    name_id = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    opened_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "code"], name="ledger_account_code_once"),
            models.UniqueConstraint(fields=["ward", "key"], name="ledger_account_key_once"),
            models.CheckConstraint(
                condition=models.Q(type__in=TYPES), name="ledger_account_type_known"
            ),
        ]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_id


class Entry(Record):
    """One event in the books. Its lines stand before it does: see ``triggers``."""

    ward = models.CharField(max_length=20)
    on = models.DateField()
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    ref = models.CharField(max_length=80, blank=True)  # "repayment:<id>": what it was posted for
    narration = models.CharField(max_length=200, blank=True)
    reversal_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )

    class Meta:
        indexes = [
            models.Index(fields=["ward", "on"], name="ledger_entry_ward_on"),
            models.Index(fields=["ref"], name="ledger_entry_ref"),
        ]


class Line(models.Model):
    """One leg of an entry: debit positive, credit negative, never nothing."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines", db_index=False)
    no = models.PositiveSmallIntegerField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="lines")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "no"], name="ledger_line_no_once"),
            models.CheckConstraint(condition=~models.Q(amount=0), name="ledger_line_amount"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.no} {self.amount}"


class Lock(models.Model):
    """Up to which day a ward's books are closed: no entry has a date on it or before it."""

    ward = models.CharField(max_length=20, unique=True)
    until = models.DateField(null=True)  # the last day of a month; none while all is open

    def __str__(self) -> str:
        return f"{self.ward} {self.until}"


class Voucher(models.Model):
    """The number of an entry's voucher: gapless within ward, model and year of the entry's day."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True)
    ward = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    model = models.CharField(max_length=1)  # A money in, B money out, C transfer
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year", "model", "number"], name="ledger_voucher_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model}-{self.year}-{self.number:04d}"


class Request(models.Model):
    """The form that made an entry: sent again, it makes no other one."""

    id = models.CharField(max_length=40, primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.id


class Turn(models.Model):
    """A row to lock: within a ward only one at a time writes on a desk ("savings", "loans")."""

    ward = models.CharField(max_length=20)
    desk = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ward", "desk"], name="ledger_turn_once")]

    def __str__(self) -> str:
        return f"{self.ward} {self.desk}"
