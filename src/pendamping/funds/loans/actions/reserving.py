"""Setting aside the reserve for bad loans, month by month."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.loans import reserve
from pendamping.funds.loans.models import ReserveMonth
from pendamping.kernel import clock
from pendamping.kernel.period import month_end
from pendamping.kernel.refusal import refuse
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "reserve"


@action
def set_reserve_aside(*, by: User, ward: str, month: date) -> ReserveMonth:
    """Bring the reserve at the end of a month to what its loans need; ``month``: any day of it.

    Posts the difference on the month's last day: reserve cost (51080) against the reserve (12010), or
    back where the loans got better. Again, it posts only what changed since, and brings the later
    months that were done in line. Refuses a month that has not ended.
    """
    ledger.take_turn(ward, DESK)
    allow(by, "loans.set_reserve_aside", ward)
    last = month_end(month)
    if last > clock.today():
        raise refuse(
            "loans.reserve.month",
            "The month ends on {day} and today is {today}; its reserve is set aside from that day on.",
            day=last.isoformat(),
            today=clock.today().isoformat(),
            where={"field": "month"},
        )
    later = [one.month for one in reserve.months(ward) if one.month > last]
    posted = {day.isoformat(): _bring_in_line(by, ward, day) for day in [last, *sorted(later)]}
    record(by=by, ward=ward, record=f"reserve:{ward}:{last.isoformat()}", on=last, posted=posted)
    return ReserveMonth.objects.get(ward=ward, month=last)


def _bring_in_line(by: User, ward: str, last: date) -> int:
    """Post what is missing at a month's end and keep the loans behind it; returns what was posted."""
    found = reserve.at(ward, last)
    difference = found.difference
    if difference:
        ledger.post(
            by=by,
            ward=ward,
            on=last,
            kind="reserve",
            ref=reserve.ref(ward, last),
            lines=[("reserve_cost", difference), ("loan_reserve", -difference)],
            narration=f"{last:%m/%Y}",
        )
    rows = [
        {
            "loan": row.loan_id,
            "class": row.collectibility,
            "outstanding": row.outstanding,
            "percent": row.percent,
            "reserve": row.reserve,
        }
        for _, row in found.rows
    ]
    known = found.kept
    if known is None:
        ReserveMonth.objects.create(
            ward=ward,
            month=last,
            needed=found.needed,
            rows=rows,
            entered_by=by,
            entered_on=clock.today(),
            entered_at=clock.now(),
        )
    elif (known.needed, known.rows) != (found.needed, rows):
        known.needed, known.rows = found.needed, rows
        known.save(update_fields=["needed", "rows"])
    return difference
