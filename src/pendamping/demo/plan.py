"""The medium-term plan of the case: long in the making, ratified at the end of May 2004, revised a year later."""

from datetime import date
from typing import Any

from pendamping.demo import tiers
from pendamping.demo.case import Case
from pendamping.demo.grant import SPLIT_ON, meet_by_heads
from pendamping.kernel import clock
from pendamping.planning import actions, queries

DRAFTED = date(2004, 5, 22)
FIRST_YEAR = 2004
M = 1_000_000
# component, title, place, who chose it, year of the plan, money by source (nothing: carried forward)
LINES: tuple[tuple[str, str, str, str, int | None, dict[str, int]], ...] = (
    ("physical", "Paving gang RW 05", "05/02", "women", 1, {"blm": 29_850_000, "swadaya": 9_560_000}),
    ("physical", "Saluran air RW 08", "08/01", "poor", 1, {"blm": 42 * M, "swadaya": 6 * M}),
    ("physical", "MCK umum RW 11", "11/01", "women", 1, {"blm": 42 * M, "swadaya": 8 * M}),
    ("physical", "Talud penahan longsor RW 02", "02/04", "all", 2, {"blm": 110 * M, "swadaya": 12 * M}),
    ("physical", "Lampu jalan RW 07", "07/01", "youth", 2, {"blm": 12 * M, "swadaya": 1_500_000}),
    ("physical", "Perbaikan posyandu RW 03", "03/01", "women", 2, {"blm": 18 * M, "government": 7 * M}),
    ("physical", "Jalan beton RW 10", "10/03", "all", None, {"": 180 * M}),
    ("physical", "Gapura RW 01", "01/01", "youth", None, {"": 9 * M}),
    ("social", "Pelatihan menjahit 12 hari", "", "women", 1, {"blm": 18 * M}),
    ("social", "Biaya sekolah anak keluarga miskin", "", "poor", 1, {"blm": 1_500_000, "partners": 4_500_000}),
    ("social", "Pengobatan lansia", "", "poor", 3, {"blm": 6 * M, "government": 6 * M}),
    ("economic", "Tambahan modal bergulir UPK", "", "poor", 1, {"blm": 40 * M}),
    ("social", "Cat masjid RW 09", "09/02", "all", None, {"": 8 * M}),
)  # fmt: skip
VOLUMES = {
    "Paving gang RW 05": "120 m", "Saluran air RW 08": "95 m", "MCK umum RW 11": "1 unit, 4 bilik",
    "Talud penahan longsor RW 02": "60 m", "Lampu jalan RW 07": "12 titik",
    "Perbaikan posyandu RW 03": "1 bangunan", "Pelatihan menjahit 12 hari": "20 orang",
    "Biaya sekolah anak keluarga miskin": "30 anak", "Pengobatan lansia": "40 orang",
    "Tambahan modal bergulir UPK": "16 KSM",
}  # fmt: skip
EXCLUDED = {"Cat masjid RW 09": "worship"}


def run(case: Case) -> None:
    """The plan of the needs and the vote, and the proposals from it that the grant then paid."""
    with clock.at(DRAFTED):
        plan = actions.draft_plan(
            by=case.actor("pendamping"), ward=case.ward, first_year=FIRST_YEAR
        )
        _shape(case, plan)
    subject = queries.plan_subject(plan)
    text = "Warga mengesahkan PJM Pronangkis 2004–2006, versi 1."
    meeting = meet_by_heads(case, "plan", SPLIT_ON, [(subject, text)])
    with clock.at(SPLIT_ON):
        actions.ratify_plan(
            by=case.actor("bkm"), ward=case.ward, plan_id=plan.id, meeting_id=meeting
        )
    tiers.play(case, [told for told in tiers.DOSSIERS if told.ref in tiers.BEFORE_THE_GRANT])


def _shape(case: Case, plan: Any) -> None:
    """Year and money of the lines that this case tells; others stay as the draft made them."""
    told = {title: (year, money) for _c, title, _p, _by, year, money in LINES}
    for line in plan.lines.all():
        year, money = told.get(line.title, (None, {}))
        if year is None and line.title not in EXCLUDED:
            continue
        if year and sum(money.values()) != line.cost:
            continue
        actions.shape_line(
            by=case.actor("pendamping"), ward=case.ward, line_id=line.id, year=year,
            sources=money if year else {}, excluded=EXCLUDED.get(line.title, ""),
            volume=VOLUMES.get(line.title, "") if year else "",
        )  # fmt: skip
