"""The stages of Empang as they ran: quick at first, then a plan that took long, and money before it was done."""

from datetime import date

from pendamping.cycle import actions
from pendamping.demo import funds
from pendamping.demo.case import Case
from pendamping.demo.grant import SPLIT_ON, meet_by_heads
from pendamping.funds.grants import queries as grants
from pendamping.guidelines import actions as guidelines
from pendamping.guidelines import queries as texts
from pendamping.kernel import clock
from pendamping.meetings import queries as meetings
from pendamping.planning import queries as planning

BEFORE_PLAN = (
    ("orientation", date(2003, 11, 20), date(2003, 12, 1)),
    ("readiness", date(2003, 12, 2), date(2003, 12, 21)),
    ("reflection", date(2003, 12, 22), date(2004, 1, 4)),
    ("mapping", date(2004, 1, 5), date(2004, 1, 25)),
    ("groups", date(2004, 1, 26), date(2004, 2, 6)),
    ("board", date(2004, 1, 26), date(2004, 3, 12)),
)
PLAN = (date(2004, 3, 13), date(2004, 6, 3))
REVIEW = (
    date(2005, 1, 10),
    date(2005, 1, 22),
)  # the yearly meeting; tranches are still being spent
DECIDED = date(2004, 5, 8)  # to let works and loans run beside the planning
BESIDE = "stages.p2kp2.funds.overlaps"


def keep(case: Case) -> None:
    """Beginnings and ends of the stages; money went out while the plan was still being written."""
    for stage, began, ended in BEFORE_PLAN:
        _start(case, stage, began)
        _finish(case, stage, ended)
    _start(case, "plan", PLAN[0])
    _decide_beside(case)
    _start(case, "funds", funds.PAID_OUT)
    if not grants.tranches(case.ward).exists():
        return  # an older demonstration has no grant: its plan is not closed
    if planning.plan_in_force(case.ward, SPLIT_ON) is None:
        text = "Warga mengesahkan PJM Pronangkis dan Renta"
        meet_by_heads(case, "plan", SPLIT_ON, [("plan", text)])
    _finish(case, "plan", PLAN[1])
    if meetings.taken(
        case.ward, ["board_report"], REVIEW[1]
    ):  # an older one shared the profit only
        _start(case, "review", REVIEW[0])
        _finish(case, "review", REVIEW[1])


def _start(case: Case, stage: str, on: date) -> None:
    with clock.at(on):
        actions.start_stage(by=case.actor("pendamping"), ward=case.ward, stage=stage, on=on)


def _finish(case: Case, stage: str, on: date) -> None:
    with clock.at(on):
        actions.finish_stage(by=case.actor("pendamping"), ward=case.ward, stage=stage, on=on)


def _decide_beside(case: Case) -> None:
    """The board decides that loans and works may begin while the plan is written; it is recorded as its own."""
    subject = texts.decision_subject(BESIDE, ["plan"])
    text = "Pencairan dan kegiatan KSM boleh berjalan bersamaan dengan penyusunan PJM"
    meeting = meet_by_heads(case, "board", DECIDED, [(subject, text)])
    with clock.at(DECIDED):
        guidelines.record_deviation(
            by=case.actor("bkm"),
            ward=case.ward,
            clause=BESIDE,
            value=["plan"],
            since=DECIDED,
            meeting=meeting,
            reason="Penyusunan PJM memakan waktu lama; KSM yang siap tidak menunggu",
        )
