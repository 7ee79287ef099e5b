"""Whether what counts as passed or refused was decided so in its tiers, and by an action."""

from collections import Counter

from pendamping.kernel.refusal import Reason
from pendamping.trail import queries as trail
from pendamping.verification.models import Dossier, Step
from pendamping.verification.rules.chain import next_tier

_DECIDED, _BROUGHT = "verification.decide", "verification.bring_in"


def breaks(ward: str) -> list[Reason]:
    """Dossiers whose state is not that of their steps, or whose steps the trail does not know."""
    done = trail.verbs_of(ward, [_DECIDED])
    steps: dict[str, list[Step]] = {}
    for step in Step.objects.filter(ward=ward).order_by("dossier_id", "number"):
        steps.setdefault(step.dossier_id, []).append(step)
    return [
        Reason(
            "verification.said",
            "Dossier {number} stands as nobody decided it: its steps or the trail say otherwise.",
            {"number": one.number},
            {"ward": ward, "dossier": one.id},
        )
        for one in Dossier.objects.filter(ward=ward).order_by("number")
        if not _holds(one, steps.get(one.id, []), Counter(done.get(f"dossier:{one.id}", [])))
    ]


def _holds(one: Dossier, steps: list[Step], done: Counter[str]) -> bool:
    decided = [step for step in steps if step.decision]
    passed = {step.tier for step in decided if step.decision == "pass"}
    if one.state == "passed" and next_tier(one.tiers, passed):
        return False
    if one.state == "refused" and not (decided and decided[-1].decision == "refuse"):
        return False
    return one.on_paper or len(decided) == done[_DECIDED]
