"""Somebody says how a criterion of maturity stands that the record cannot show."""

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.kernel import clock
from pendamping.kernel.refusal import refuse_if
from pendamping.kernel.texts import fitting
from pendamping.monitoring import maturity
from pendamping.monitoring.actions.scorecard import DESK, entered
from pendamping.monitoring.models import Tick
from pendamping.monitoring.rules.maturity import tick_problems
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def tick(*, by: User, ward: str, criterion: str, met: bool, evidence: str) -> Tick:
    """Say whether a criterion is met, with the paper or event that shows it; the last word counts."""
    territory.take_turn(ward, DESK)
    allow(by, "monitoring.tick", ward)
    known = maturity.criteria(ward, clock.today()).get(criterion)
    refuse_if(tick_problems(known, evidence))
    made = Tick.objects.create(
        ward=ward, criterion=criterion, met=met, evidence=fitting(evidence, 300), **entered(by)
    )
    record(by=by, ward=ward, record=f"tick:{made.id}", criterion=criterion, met=met)
    return made
