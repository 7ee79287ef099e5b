from django.db import models

from pendamping.trail.records import Record

CLOSED, APPROVED, RETURNED, REOPENED = STATES = ("closed", "approved", "returned", "reopened")
STANDING = (CLOSED, APPROVED)


class CashCount(Record):
    """The cash box, counted by denomination at the end of a day, beside what the books said then."""

    ward = models.CharField(max_length=20)
    on = models.DateField()
    pieces = models.JSONField()  # {"50000": 12, …}
    counted = models.BigIntegerField()
    in_books = models.BigIntegerField()
    why = models.CharField(max_length=300, blank=True)  # of a difference
    witnesses = models.CharField(max_length=200)
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ward", "on"], name="upk_cash_count_ward_on")]

    @property
    def difference(self) -> int:
        """What the box holds more than the books (or, negative, less)."""
        return self.counted - self.in_books


class MonthClose(Record):
    """A month that was closed: what its checklist said, its figures, who closed and who approved."""

    ward = models.CharField(max_length=20)
    month = models.DateField()  # its last day
    state = models.CharField(max_length=10, default=CLOSED)
    checks = models.JSONField()  # [{"key", "must", "against": [{"clause", "text", "where"}]}]
    figures = models.JSONField()  # see ``closes.figures``
    guideline_version = models.CharField(max_length=40)
    closed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField()
    closed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_on = models.DateField(null=True)
    undone_by = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_on = models.DateField(null=True)  # returned by the board, or reopened
    undone_at = models.CharField(max_length=40, blank=True)  # the meeting's id
    why_undone = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "month"],
                condition=models.Q(state__in=STANDING),
                name="upk_month_closed_once",
            ),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="upk_month_state"),
            models.CheckConstraint(
                condition=~models.Q(approved_by=models.F("closed_by")),
                name="upk_month_two_people",
            ),
        ]


class YearClose(Record):
    """A year whose profit was moved to prior-year profit."""

    ward = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    income = models.BigIntegerField()
    cost = models.BigIntegerField()
    closed_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField()
    closed_at = models.DateTimeField()
    undone_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year"],
                condition=models.Q(undone_on=None),
                name="upk_year_closed_once",
            ),
        ]

    @property
    def profit(self) -> int:
        """What the year earned more than it cost."""
        return self.income - self.cost


class ProfitSplit(Record):
    """A year's profit, shared as the yearly meeting decided."""

    ward = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    on = models.DateField()
    meeting = models.CharField(max_length=40)
    profit = models.BigIntegerField()  # of the year
    shared = models.BigIntegerField()  # of it, after old losses
    shares = models.JSONField()  # [{"key", "name": {"id", "en"}, "percent", "account", "amount"}]
    entered_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    taken_back_on = models.DateField(null=True)
    why_taken_back = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "year"],
                condition=models.Q(taken_back_on=None),
                name="upk_profit_shared_once",
            ),
        ]
