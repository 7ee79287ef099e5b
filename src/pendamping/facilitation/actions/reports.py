"""The monthly report: drafted from the log, analysed by the facilitator, handed in once."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.facilitation import reporting
from pendamping.facilitation.models import MonthlyReport
from pendamping.facilitation.rules import report_problems
from pendamping.guidelines import queries as guidelines
from pendamping.kernel import clock
from pendamping.kernel.period import month_end
from pendamping.kernel.refusal import refuse, refuse_if
from pendamping.territory import actions as territory
from pendamping.trail.actions import record
from pendamping.trail.writing import action

DESK = "report"


@action
def save_report(*, by: User, ward: str, month: date, analysis: str) -> MonthlyReport:
    """Keep the own analysis of a month (any day of it); everything else is drafted from the log."""
    territory.take_turn(ward, DESK)
    allow(by, "facilitation.save_report", ward)
    return _keep(by, ward, month, analysis)


def _keep(by: User, ward: str, month: date, analysis: str) -> MonthlyReport:
    first = month.replace(day=1)
    report, _new = MonthlyReport.objects.get_or_create(
        ward=ward, user=by, month=first, defaults={"saved_at": clock.now()}
    )
    if report.handed_in_on:
        raise refuse(
            "facilitation.report.final",
            "The report of this month was handed in on {day}; it stays as it is.",
            day=report.handed_in_on,
        )
    report.analysis, report.saved_at = analysis.strip(), clock.now()
    report.save(update_fields=["analysis", "saved_at"])
    record(by=by, ward=ward, record=f"report_month:{report.id}", on=first)
    return report


@action
def hand_in_report(*, by: User, ward: str, month: date, analysis: str) -> MonthlyReport:
    """Hand in the own report of a month: what it says is kept as it is, whatever is corrected later."""
    territory.take_turn(ward, DESK)
    allow(by, "facilitation.hand_in_report", ward)
    report = _keep(by, ward, month, analysis)
    told = reporting.compose(ward, by, report.month)
    last, today = month_end(report.month), clock.today()
    code = guidelines.code(ward, last)
    refuse_if(report_problems(last, today, len(told["log"]), report.analysis, code))
    report.told, report.handed_in_on = told, today
    report.save(update_fields=["told", "handed_in_on"])
    record(
        by=by, ward=ward, record=f"report_month:{report.id}", on=report.month,
        entries=len(told["log"]), handed_in=today,
    )  # fmt: skip
    return report
