from django.db import models
from django.db.models import Q

from pendamping.monitoring.models_entered import Entered


class Tick(Entered):
    """What somebody said of a criterion of maturity that the record cannot show, with the evidence; the last counts."""

    criterion = models.CharField(max_length=40)  # a key of the guideline's "maturity_criteria"
    met = models.BooleanField()
    evidence = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["ward", "criterion", "id"], name="monitoring_tick_list")]
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=""), name="monitoring_tick_evidence"),
        ]
