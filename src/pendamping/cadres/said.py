"""Whether every cadre, task and deed was entered by an action: what the trail knows."""

from collections import Counter

from django.db.models import Count, Q

from pendamping.cadres.models import Cadre
from pendamping.kernel.refusal import Reason
from pendamping.trail import queries as trail

JOIN, LEAVE, TASK, DEED = (
    "cadres.join", "cadres.leave", "cadres.give_task", "cadres.note_deed",
)  # fmt: skip


def breaks(ward: str) -> list[Reason]:
    """Cadres of whom something is kept that was never said, or said and is not kept."""
    told: Counter[tuple[str, str]] = Counter()
    for record, verb, _data in trail.told(ward, [JOIN, LEAVE, TASK, DEED]):
        told[record, verb] += 1
    kept: Counter[tuple[str, str]] = Counter()
    counted = Cadre.objects.filter(ward=ward).annotate(
        tasks=Count("charges", distinct=True),
        notes=Count("deeds", distinct=True),
        gone=Count("pk", filter=Q(left_on__isnull=False), distinct=True),
    )
    for one in counted:
        record = f"cadre:{one.pk}"
        kept += Counter({
            (record, JOIN): 1, (record, LEAVE): one.gone, (record, TASK): one.tasks,
            (record, DEED): one.notes,
        })  # fmt: skip
    wrong = sorted({record for record, verb in told.keys() | kept.keys()
                    if told[record, verb] != kept[record, verb]})  # fmt: skip
    return [
        Reason(
            "cadres.said",
            "What is kept of a cadre differs from what the trail says was entered.",
            {},
            {"ward": ward, "record": record},
        )
        for record in wrong
    ]
