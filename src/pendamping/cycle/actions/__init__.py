"""The only writers of milestones and plans."""

from pendamping.cycle.actions.plans import adopt_plan, draft_plan, drop_plan
from pendamping.cycle.actions.stages import finish_stage, start_stage, take_back

__all__ = ["adopt_plan", "draft_plan", "drop_plan", "finish_stage", "start_stage", "take_back"]
