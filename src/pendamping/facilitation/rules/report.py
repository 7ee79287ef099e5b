"""The monthly report: what has to be there before it is handed in."""

from datetime import date

from pendamping.kernel.refusal import N_, Reason

LEAST_WORDS = 10  # fewer are no analysis


def report_problems(
    last: date, today: date, entries: int, analysis: str, code: str
) -> list[Reason]:
    """What is missing before the report of a month goes out; ``last``: the month's last day.

    >>> report_problems(date(2004, 6, 30), date(2004, 7, 1), 12, "Warga " * 10, "p2kp2")
    []
    >>> [one.clause for one in report_problems(date(2004, 6, 30), date(2004, 6, 29), 0, "baik", "p2kp2")]
    ['facilitation.report.early', 'facilitation.report.empty', 'reporting.p2kp2.checked_for']
    """
    found = []
    if today < last:
        text = N_("The month is not over; the report goes out from {day} on.")
        found.append(Reason("facilitation.report.early", text, {"day": last}, {}))
    if not entries:
        text = N_("Nothing is logged in this month.")
        found.append(Reason("facilitation.report.empty", text, {}, {}))
    if len(analysis.split()) < LEAST_WORDS:
        text = N_("The analysis of what was achieved is missing; write at least {words} words.")
        where = {"field": "analysis"}
        found.append(Reason(f"reporting.{code}.checked_for", text, {"words": LEAST_WORDS}, where))
    return found
