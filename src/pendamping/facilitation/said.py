"""Whether the roll of each training says what was entered: the seal of it that the trail keeps."""

from collections import defaultdict

from pendamping.facilitation.models import Participant
from pendamping.facilitation.rules import roll_seal
from pendamping.kernel.refusal import Reason
from pendamping.trail import queries as trail

_KEPT = ("facilitation.record_training", "facilitation.correct_training")


def breaks(ward: str) -> list[Reason]:
    """Rolls of which somebody came, or has a score, otherwise than the trail has it.

    Rolls that were kept before the trail had their seal say nothing.
    """
    sealed = {
        record: data["roll"] for record, _verb, data in trail.told(ward, _KEPT) if "roll" in data
    }
    rolls: dict[str, list[tuple[str, bool | None, int | None, int | None]]] = defaultdict(list)
    if sealed:
        rows = Participant.objects.filter(training__ward=ward)
        for training, *row in rows.values_list(
            "training_id", "person_id", "came", "before", "after"
        ):
            rolls[f"training:{training}"].append(tuple(row))
    return [
        Reason(
            "facilitation.said",
            "The roll of a training differs from what the trail says was entered.",
            {},
            {"ward": ward, "record": record},
        )
        for record, seal in sorted(sealed.items())
        if roll_seal(rolls[record]) != seal
    ]
