"""Whether everything that is kept of the scorecard was entered by an action: what the trail knows."""

import json
from collections import Counter

from pendamping.kernel.refusal import Reason
from pendamping.monitoring.models import CardAction, CardFollowUp, CardSheet
from pendamping.trail import queries as trail

SHEET, PROMISED, FOLLOWED = (
    "monitoring.record_sheet", "monitoring.promise", "monitoring.follow_up",
)  # fmt: skip


def breaks(ward: str) -> list[Reason]:
    """What is kept and was never said so, or was said and is not kept."""
    told, kept = _told(ward), _kept(ward)
    wrong = sorted({key[0] for key in told.keys() | kept.keys() if told[key] != kept[key]})
    return [
        Reason(
            "monitoring.said",
            "What is kept of the scorecard differs from what the trail says was entered.",
            {},
            {"ward": ward, "record": record},
        )
        for record in wrong
    ]


def _told(ward: str) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for record, verb, data in trail.told(ward, [SHEET, PROMISED, FOLLOWED]):
        if verb == SHEET:
            found[record, data["group"], str(data["present"]), _scores(data["scores"])] += 1
        elif verb == PROMISED:
            found[record, data["role"], data["until"]] += 1
        else:
            found[record, data["word"]] += 1
    return found


def _kept(ward: str) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for one in CardSheet.objects.filter(ward=ward):
        found[f"card_sheet:{one.id}", one.group, str(one.present), _scores(one.scores)] += 1
    for made in CardAction.objects.filter(ward=ward):
        found[f"card_action:{made.id}", made.role, made.until.isoformat()] += 1
    for told in CardFollowUp.objects.filter(ward=ward):
        found[f"card_action:{told.action_id}", told.word] += 1
    return found


def _scores(scores: object) -> str:
    return json.dumps(scores, sort_keys=True)
