"""The only writers of the room."""

from pendamping.handover.actions.duties import name_taker, pass_duty, practise, take_back_duty
from pendamping.handover.actions.reading import promise, read_criteria
from pendamping.handover.actions.signing import (
    check_year,
    drop_sign_off,
    prepare_sign_off,
    sign_off,
)

__all__ = [
    "check_year",
    "drop_sign_off",
    "name_taker",
    "pass_duty",
    "practise",
    "prepare_sign_off",
    "promise",
    "read_criteria",
    "sign_off",
    "take_back_duty",
]
