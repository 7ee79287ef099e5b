"""What the hand-over asks for: promises whose day comes, a prepared sign-off, the yearly check after it."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pendamping.desk.rules import Task
from pendamping.handover import queries as handover
from pendamping.kernel.period import add_months

LAST_MONTHS = 3  # so long before the end of the programme the sign-off is asked for
CHECK_DAYS = 30  # so long before its day the yearly check is said


def tasks(ward: str, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """What the reader may do about the hand-over."""
    if may("handover.promise"):
        for one in handover.due_promises(ward, on):
            values = {"what": one.what, "who": one.who, "day": one.until}
            here = {"criterion": one.criterion}
            yield Task("promise_due", one.until, "handover:criterion", here, values)
    if may("handover.prepare_sign_off") or may("handover.check_year"):
        yield from _signing(ward, on, may)


def _signing(ward: str, on: date, may: Callable[[str], bool]) -> Iterator[Task]:
    """The sign-off in the last months of the programme; the yearly check after it."""
    due = handover.check_due(ward, on)
    if due is not None:
        if may("handover.check_year") and due <= on + timedelta(days=CHECK_DAYS):
            yield Task("check_year", due, "handover:check_year", {}, {"day": due})
        return
    end, one = handover.programme_end(ward), handover.draft(ward)
    if one is not None and may("handover.sign_off"):
        values = {"day": one.last_day}
        yield Task("sign_handover", one.last_day, "handover:sign_off", {"sign_off": one.id}, values)
    elif (
        end is not None and on >= add_months(end, -LAST_MONTHS) and may("handover.prepare_sign_off")
    ):
        yield Task("prepare_handover", end, "handover:home", {}, {"day": end})
