"""Two rounds of the scorecard in Empang, made up: hands counted by group, the talk, what was promised and kept."""

from datetime import date

from pendamping.demo.case import Case
from pendamping.kernel import clock
from pendamping.monitoring import actions

STATEMENTS = ("board_decides", "board_tells", "fund_clear", "fund_reaches", "facilitator_hears",
              "works_last", "social_reaches", "voice")  # fmt: skip
# group: who was there, heads of 1 to 5 for each statement
FIRST = {
    "women": (18, "01755 03663 00585 24651 01377 02574 13653 14742"),
    "men": (15, "01454 02544 00465 12543 01356 01455 12543 02445"),
    "poor": (12, "12432 23331 01362 33321 01254 12333 33222 33321"),
    "youth": (4, "01210 01210 00211 01210 00121 00220 01210 12100"),
}
SECOND = {
    "women": (21, "01578 02388 00579 13665 01299 01488 12576 12486"),
    "men": (16, "01366 01366 00376 02455 01267 01366 02356 01465"),
    "poor": (14, "02363 13442 01274 13442 01265 02354 13442 13352"),
    "youth": (9, "01242 01242 00243 01332 00144 00243 01332 02322"),
}
TALKS = (
    # opened, rated, talked, place, women, men, sheets, promises: (what, role, who, until)
    (date(2004, 9, 4), date(2004, 9, 11), date(2004, 9, 18), "Balai RW 05", 19, 17, FIRST, (
        ("Nama KSM yang menerima pinjaman diumumkan di setiap RT", "board", "Contoh Koordinator", date(2004, 10, 31)),
        ("Jam pelayanan UPK dipasang di balai", "treasurer", "Contoh Bendahara", date(2004, 9, 30)),
    )),
    (date(2005, 4, 2), date(2005, 4, 9), date(2005, 4, 16), "Kantor kelurahan", 22, 15, SECOND, (
        ("Pemuda diundang tersendiri sebelum rembug warga", "cadre", "Contoh Kader", date(2005, 5, 31)),
    )),
)  # fmt: skip
KEPT = (
    # of the first round: which promise, when, word, what came of it
    (0, date(2004, 11, 2), "partly", "Diumumkan di 34 dari 60 RT; RW 07 belum punya papan"),
    (1, date(2004, 10, 1), "done", "Terpasang; warga datang pada jam itu"),
)


def play(case: Case) -> None:
    """Women, men, poor residents and young people rate apart; of the four young ones nothing is shown."""
    cadre, facilitator = case.actor("kader"), case.actor("pendamping")
    for opened, rated, talked, place, women, men, sheets, promises in TALKS:
        with clock.at(opened):
            this = actions.open_round(by=cadre, ward=case.ward)
        with clock.at(rated):
            for group, (present, digits) in sheets.items():
                scores = dict(
                    zip(
                        STATEMENTS,
                        ([int(one) for one in each] for each in digits.split()),
                        strict=True,
                    )
                )
                actions.record_sheet(by=cadre, ward=case.ward, round_id=this.id, group=group, on=rated,
                                     present=present, scores=scores)  # fmt: skip
        with clock.at(talked):
            actions.note_meeting(
                by=facilitator, ward=case.ward, round_id=this.id, on=talked, place=place, women=women, men=men,
                notes="Kedua pihak membaca angka bersama. Yang paling rendah: pinjaman belum sampai ke semua warga"
                " miskin, dan suara pemuda jarang didengar.",
            )  # fmt: skip
            made = [
                actions.promise(by=facilitator, ward=case.ward, round_id=this.id, what=what, role=role,
                                who=who, until=until)
                for what, role, who, until in promises
            ]  # fmt: skip
        if sheets is FIRST:
            for place_of, on, word, came_of in KEPT:
                with clock.at(on):
                    actions.follow_up(by=facilitator, ward=case.ward, action_id=made[place_of].id, word=word,
                                      came_of=came_of)  # fmt: skip
