"""The clock of a step, as the database keeps it: pauses and freezes laid over the calendar."""

from datetime import date

from django.db.models import Q

from pendamping.verification.models import Dossier, Freeze, Step
from pendamping.verification.offices import above
from pendamping.verification.rules import clock as rules


def still(step: Step) -> list[rules.Span]:
    """The spans on which the clock of a step stood: its pauses, and the freezes of its area."""
    return [*step.pauses.values_list("since", "until"), *frozen(step.seat, step.ward, step.chain)]


def frozen(seat: str, ward: str, chain: str) -> list[rules.Span]:
    """The freezes that meet an office or a ward, of a chain or of all."""
    found = Freeze.objects.filter(
        Q(area__in=set(above(seat)) | set(above(ward))), chain__in=("", chain)
    )
    return list(found.values_list("since", "until"))


def frozen_on(dossier: Dossier, on: date) -> Freeze | None:
    """The freeze that holds for a dossier on a day."""
    areas = set(above(dossier.seat)) | set(above(dossier.ward))
    found = Freeze.objects.filter(area__in=areas, chain__in=("", dossier.chain))
    return found.filter(since__lte=on, until__gt=on).order_by("-until").first()


def days(step: Step, until: date) -> int:
    """Days counted on a step up to a day."""
    return rules.counted_days(step.received_on, until, still(step))


def due(step: Step, today: date) -> date | None:
    """The last day of the limit; ``None`` where the tier has none or the clock is stopped."""
    if step.limit_days is None:
        return None
    spans = still(step)
    if step.pk and step.pauses.filter(until=None).exists():
        return None
    return rules.due_on(step.received_on, step.limit_days, spans, today)
