"""The only writers of the room."""

from pendamping.facilitation.actions.logbook import correct_log, log_day, log_days, take_back_log
from pendamping.facilitation.actions.planning import drop_plan, plan_activity, plan_week
from pendamping.facilitation.actions.ratings import close_rating, open_rating, rate
from pendamping.facilitation.actions.reports import hand_in_report, save_report
from pendamping.facilitation.actions.team import (
    assign_facilitator,
    describe_background,
    end_posting,
)
from pendamping.facilitation.actions.trainings import (
    ask_persons,
    call_off_training,
    correct_training,
    plan_training,
    record_training,
)

__all__ = [
    "ask_persons",
    "assign_facilitator",
    "call_off_training",
    "close_rating",
    "correct_log",
    "correct_training",
    "describe_background",
    "drop_plan",
    "end_posting",
    "hand_in_report",
    "log_day",
    "log_days",
    "open_rating",
    "plan_activity",
    "plan_training",
    "plan_week",
    "rate",
    "record_training",
    "save_report",
    "take_back_log",
]
