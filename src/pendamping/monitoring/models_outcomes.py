from django.db import models
from django.db.models import Q

from pendamping.monitoring.models_entered import Entered
from pendamping.monitoring.rules.outcomes import STRATA


class Sample(Entered):
    """Borrowers who were drawn to be asked what came of their loan. Whoever knows the seed draws them again."""

    number = models.PositiveIntegerField()
    seed = models.CharField(max_length=60)
    size = models.PositiveIntegerField()  # as asked for
    frame = models.JSONField()  # {stratum: how many could be drawn}
    questions = models.JSONField()  # keys of the guideline's "outcome_questions"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "number"], name="monitoring_sample_once"),
            models.CheckConstraint(condition=Q(size__gte=1), name="monitoring_sample_size"),
        ]


class Asked(Entered):
    """Somebody who was drawn, or who is asked in the place of somebody else."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="asked")
    place = models.PositiveIntegerField()
    person = models.ForeignKey("households.Person", on_delete=models.PROTECT, related_name="+")
    loan = models.CharField(max_length=40)
    group = models.CharField(max_length=40)
    stratum = models.CharField(max_length=8)
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    why = models.CharField(max_length=200, blank=True)  # why the other one could not be asked

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "person"], name="monitoring_asked_once"),
            models.UniqueConstraint(fields=["sample", "place"], name="monitoring_asked_place"),
            models.CheckConstraint(condition=Q(stratum__in=STRATA), name="monitoring_stratum"),
            models.CheckConstraint(
                condition=Q(instead_of__isnull=True, why="")
                | (Q(instead_of__isnull=False) & ~Q(why="")),
                name="monitoring_instead_why",
            ),
        ]


class Interview(Entered):
    """What somebody told; a later one of the same person takes the place of this one, with the reason."""

    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="interviews")
    answers = models.JSONField()  # {question: [answers]}
    note = models.CharField(max_length=500, blank=True)
    why = models.CharField(max_length=200, blank=True)
