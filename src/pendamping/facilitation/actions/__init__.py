"""The only writers of the room."""

from pendamping.facilitation.actions.logbook import correct_log, log_day, log_days, take_back_log
from pendamping.facilitation.actions.planning import drop_plan, plan_activity, plan_week
from pendamping.facilitation.actions.team import (
    assign_facilitator,
    describe_background,
    end_posting,
)

__all__ = [
    "assign_facilitator",
    "correct_log",
    "describe_background",
    "drop_plan",
    "end_posting",
    "log_day",
    "log_days",
    "plan_activity",
    "plan_week",
    "take_back_log",
]
