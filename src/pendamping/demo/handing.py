"""The hand-over of the case, made up: its criteria read month by month, and duties that begin to pass late.

Each month is read as its record stood at its end, so that the picture shows what was missing and for how long. Four
months before the end somebody is named for three duties; none has passed. That is what the study found.
"""

from datetime import date

from pendamping.demo.case import Case
from pendamping.demo.fund_health import months
from pendamping.demo.funds import TODAY
from pendamping.handover import actions
from pendamping.kernel import clock

FIRST = date(2003, 11, 30)
TAKERS = (
    # duty, who, named, done together, done alone
    ("arrears", "upk", date(2005, 1, 24), date(2005, 2, 16), date(2005, 4, 20)),
    ("meetings", "bkm", date(2005, 2, 7), date(2005, 3, 12), None),
    ("groups", "kader", date(2005, 3, 1), None, None),
)
PROMISES = (
    # criterion, role, who, until when, what
    ("own_review", "board", "Contoh Koordinator", date(2005, 5, 20),
     "BKM sendiri mengundang rembug warga untuk LPJ akhir program"),
    ("units_trained", "facilitator", "Contoh Pendamping", date(2005, 6, 4),
     "Pelatihan pembukuan dan perawatan bagi UPL dan UPS"),
)  # fmt: skip


def prepare(case: Case) -> None:
    """A reading at the end of each month, duties that are practised, promises for two criteria."""
    for month in months(FIRST):
        with clock.at(month):
            actions.read_criteria(by=case.system, ward=case.ward)
    who = case.actor("pendamping")
    for duty, username, named, together, alone in TAKERS:
        told = {"by": who, "ward": case.ward, "duty": duty}
        with clock.at(named):
            actions.name_taker(**told, username=username)
        for step, day in (("together", together), ("alone", alone)):
            if day is not None:
                with clock.at(day):
                    actions.practise(**told, step=step, on=day)
    with clock.at(TODAY):
        for criterion, role, name, until, what in PROMISES:
            actions.promise(by=case.actor("bkm"), ward=case.ward, criterion=criterion, role=role,
                            who=name, until=until, what=what)  # fmt: skip
