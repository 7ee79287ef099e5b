from django.db import models
from django.db.models import Q

from pendamping.trail.records import Record


class Acknowledgement(Record):
    """Somebody answerable saw a warning, as it stood on a day."""

    ward = models.CharField(max_length=20)
    factor = models.CharField(max_length=40)  # of rules.INHIBITING
    severity = models.CharField(max_length=8)  # watch, act
    since = models.DateField()  # since when it stood then
    figures = models.JSONField()  # what was found then
    on = models.DateField()
    user = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ward", "factor", "id"], name="insight_seen_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=("watch", "act")), name="insight_seen_severity"
            ),
        ]


class Remedy(Record):
    """What is done about a warning: what, who, until when; and how the factor stood when it was decided."""

    ward = models.CharField(max_length=20)
    factor = models.CharField(max_length=40)
    what = models.CharField(max_length=300)  # other wards read it: no names
    role = models.CharField(max_length=20)  # who does it, as a role; other wards read it
    who = models.CharField(max_length=120, blank=True)  # by name, for this ward alone
    on = models.DateField()
    until = models.DateField()
    severity = models.CharField(max_length=8)
    since = models.DateField()
    figures = models.JSONField()
    user = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField()
    request = models.CharField(max_length=40, unique=True)  # the form that was sent: once

    class Meta:
        indexes = [
            models.Index(fields=["ward", "factor", "id"], name="insight_remedy_list"),
            models.Index(fields=["factor", "id"], name="insight_remedy_elsewhere"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=models.F("on")), name="insight_until"),
            models.CheckConstraint(condition=~Q(what=""), name="insight_what"),
        ]


class Outcome(Record):
    """How a remedy worked, as the factor stood on that day; too early to say may be followed by another."""

    remedy = models.ForeignKey(
        Remedy, on_delete=models.PROTECT, related_name="outcomes", db_index=False
    )
    word = models.CharField(max_length=8)  # helped, not, early, undone
    note = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    severity = models.CharField(max_length=8)
    figures = models.JSONField()
    user = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField()
    request = models.CharField(max_length=40, unique=True)

    class Meta:
        indexes = [models.Index(fields=["remedy", "id"], name="insight_outcome_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(word__in=("helped", "not", "early", "undone")), name="insight_word"
            ),
            models.UniqueConstraint(
                fields=["remedy"],
                condition=~Q(word="early"),
                name="insight_one_end",
            ),
        ]
