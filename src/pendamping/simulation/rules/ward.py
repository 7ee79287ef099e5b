"""A made-up ward from its first day to its last: everything that happened, and everything that was written down."""

from datetime import timedelta

from pendamping.simulation.rules import accompanied, gathering, papers, planned, repaying
from pendamping.simulation.rules.bodies import bodies, groups, merged
from pendamping.simulation.rules.residents import residents
from pendamping.simulation.rules.setting import Row, Rows, Setting

GUIDELINE = "p2kp2"


def live(ward: Setting) -> Rows:
    """The rows of its package. The same setting gives the same rows, always."""
    homes, adults = residents(ward)
    stages, done = planned.stages(ward)
    money = done + timedelta(days=ward.chance("money").randint(0, 3))
    elected = done - timedelta(days=18)
    seats, seated = bodies(ward, adults, elected) if elected < ward.end else ({}, set())
    members, formed = groups(ward, adults, seated)
    return merged(
        {"ward": [_ward(ward)]}, stages, homes, gathering.meetings(ward, adults), seats,
        accompanied.cadres(ward, adults), accompanied.trainings(ward, adults), members,
        papers.papers(ward, formed, money), repaying.loans(ward, formed, money), accompanied.log(ward),
        accompanied.deviations(ward), papers.complaints(ward),
    )  # fmt: skip


def _ward(ward: Setting) -> Row:
    return {"code": ward.code, "name": f"Contoh {ward.number:04d}", "guideline": GUIDELINE,
            "programme_start": ward.start, "programme_end": ward.end}  # fmt: skip
