"""Whether everything of the hand-over was entered by an action: what the trail knows."""

from collections import Counter

from pendamping.handover.models import DutyStep, Promise, Reading, SignOff, YearlyCheck
from pendamping.kernel.refusal import Reason
from pendamping.trail import queries as trail

READ, PROMISED, SIGNED, CHECKED = (
    "handover.read_criteria", "handover.promise", "handover.sign_off", "handover.check_year",
)  # fmt: skip
STEPS = (
    "handover.name_taker", "handover.practise", "handover.pass_duty", "handover.take_back_duty",
)  # fmt: skip


def breaks(ward: str) -> list[Reason]:
    """What is kept and was never said so, or was said and is not kept."""
    told, kept = _told(ward), _kept(ward)
    wrong = sorted({key[0] for key in told.keys() | kept.keys() if told[key] != kept[key]})
    return [
        Reason(
            "handover.said",
            "What is kept of the hand-over differs from what the trail says was entered.",
            {},
            {"ward": ward, "record": record},
        )
        for record in wrong
    ]


def _told(ward: str) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for record, verb, data in trail.told(ward, [READ, PROMISED, SIGNED, CHECKED, *STEPS]):
        if verb == READ:
            for criterion, word in data["found"]:
                found[record, criterion, word] += 1
        elif verb == PROMISED:
            found[record, data["criterion"], data["until"]] += 1
        elif verb in STEPS:
            found[record, data["duty"], data["step"], data["taker"]] += 1
        elif verb == SIGNED:
            found[record, data["meeting"], data["last_day"]] += 1
        else:
            found[record, data["meeting"], data["due"]] += 1
    return found


def _kept(ward: str) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for one in Reading.objects.filter(ward=ward):
        found[f"reading:{one.on.isoformat()}", one.criterion, one.word] += 1
    for made in Promise.objects.filter(ward=ward):
        found[f"promise:{made.id}", made.criterion, made.until.isoformat()] += 1
    for step in DutyStep.objects.filter(ward=ward).select_related("taker"):
        found[f"duty_step:{step.id}", step.duty, step.step, step.taker.username] += 1
    for done in SignOff.objects.filter(ward=ward, status="signed"):
        found[f"sign_off:{done.id}", done.meeting, done.last_day.isoformat()] += 1
    for each in YearlyCheck.objects.filter(ward=ward):
        found[f"yearly_check:{each.id}", each.meeting, each.due.isoformat()] += 1
    return found
