"""The accountability report (LPJ) of a tranche: drafted from the books, handed in."""

from datetime import date

from pendamping.access.gate import allow
from pendamping.access.models import User
from pendamping.funds.grants import drafting, posting, queries, signoff
from pendamping.funds.grants.actions.tranching import locked, state_problems
from pendamping.funds.grants.models import Report
from pendamping.funds.grants.rules import tranches as rules
from pendamping.funds.grants.rules import windows
from pendamping.kernel import clock
from pendamping.kernel.refusal import Reason, refuse, refuse_if
from pendamping.kernel.seen import mark
from pendamping.trail.actions import record
from pendamping.trail.writing import action


@action
def draft_report(*, by: User, ward: str, tranche_id: str, on: date) -> Report:
    """Draft the report of a tranche that has come; its figures follow the books until it is handed in."""
    tranche = locked(ward, tranche_id)
    allow(by, "grants.draft_report", ward)
    found = state_problems(tranche, "received")
    if queries.report(tranche) is not None:
        found.append(Reason("grants.report.once", "This tranche has its report already."))
    refuse_if(found + windows.day_problems(on, clock.today(), tranche.received_on))
    made = Report.objects.create(ward=ward, tranche=tranche, **posting.entered(by))
    record(by=by, ward=ward, record=f"report:{made.id}", on=on, tranche=tranche.code)
    return made


@action
def hand_in_report(*, by: User, ward: str, tranche_id: str, on: date) -> Report:
    """Hand a drafted or returned report in: its figures are kept as they stand on that day, and it runs
    through the guideline's disbursement chain.
    """
    tranche = locked(ward, tranche_id)
    allow(by, "grants.hand_in_report", ward)
    report = _report(queries.report(tranche))
    refuse_if(
        [
            *rules.report_problems(queries.report_state(report), "hand-in"),
            *windows.day_problems(on, clock.today(), tranche.received_on),
        ]
    )
    report.figures = drafting.kept(tranche, on)
    report.handed_in_on = on
    report.dossier = signoff.open_report(by, report, on)
    report.save(update_fields=["handed_in_on", "figures", "dossier"])
    report.refresh_from_db(fields=["figures"])  # as they are read from now on
    record(
        by=by, ward=ward, record=f"report:{report.id}", on=on, tranche=tranche.code,
        figures=mark(report.figures),
    )  # fmt: skip
    return report


def _report(found: Report | None) -> Report:
    if found is None:
        raise refuse("grants.report", "There is no report of this tranche yet; draft it first.")
    return found
