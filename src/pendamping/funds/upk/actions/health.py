"""Taking a month's health card into the record; it stops lending where it says so."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.ledger import actions as ledger
from pendamping.funds.ledger import queries as books
from pendamping.funds.loans import actions as loans
from pendamping.funds.upk import queries
from pendamping.funds.upk.models import HealthMonth
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.period import month_end
from pendamping.kernel.refusal import refuse
from pendamping.kernel.seen import mark
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "health"


@action
def record_card(*, by: User, ward: str, month: date) -> HealthMonth:
    """Keep the card of a month (any day of it); new lending stops where an indicator is in the band.

    Again, it keeps the figures as they are known now; a month stops lending once, so that a stop which
    a meeting lifted stays lifted until the next month's card. Refuses a month that has not ended.
    """
    ledger.take_turn(ward, DESK)
    allow(by, "upk.record_card", ward)
    last = month_end(month)
    if last > clock.today():
        raise refuse(
            "upk.month",
            "The month ends on {day} and today is {today}; its card is taken from that day on.",
            day=last.isoformat(),
            today=clock.today().isoformat(),
            where={"field": "month"},
        )
    known = books.entries_until(
        ward, last
    )  # counted first: what comes in meanwhile is not taken as known
    card = queries.card(ward, last)
    stop = _stop(by, ward, last, card.stopping)
    made, _new = HealthMonth.objects.update_or_create(
        ward=ward,
        month=last,
        defaults={
            "figures": [one.as_json() for one in card.indicators],
            "stop": stop,
            "guideline_version": guidelines.version(ward, last),
            "entered_by": by,
            "entered_on": clock.today(),
            "entered_at": clock.now(),
        },
    )
    record(
        by=by,
        ward=ward,
        record=f"health:{made.id}",
        on=last,
        month=last.isoformat(),
        stops=[one.key for one in card.stopping],
        entries=known,
        figures=mark(made.figures),
    )
    return made


def _stop(by: User, ward: str, month: date, found: list[queries.Indicator]) -> str:
    """The id of the stop on lending that a card asks for; empty where it asks for none."""
    if not found:
        return ""
    findings = [one.as_json() for one in found]
    stop = loans.suspend_lending(by=by, ward=ward, on=clock.today(), month=month, findings=findings)
    return str(stop.id)
