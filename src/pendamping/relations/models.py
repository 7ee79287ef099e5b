from django.db import models
from django.db.models import F, Q

from pendamping.trail.records import Record


class Kin(Record):
    """Two residents are related, as one of them or somebody who knows declared."""

    ward = models.CharField(max_length=20)
    one = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)  # of ``one`` to ``other``: spouse, parent, child …
    said = models.CharField(max_length=200)  # who declared it, where
    declared_on = models.DateField()
    entered_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["ward", "id"], name="relations_kin_list")]
        constraints = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="relations_two_people"),
            models.CheckConstraint(
                condition=Q(kind__in=("spouse", "parent", "child", "sibling", "in_law", "other")),
                name="relations_kind",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawn_why=""),
                name="relations_withdrawn_why",
            ),
            models.UniqueConstraint(
                fields=["one", "other"],
                condition=Q(withdrawn_on__isnull=True),
                name="relations_once",
            ),
        ]
