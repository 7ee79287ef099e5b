"""Warnings: each factor by a worked example, and nothing entered later changes the answer."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pendamping.insight.rules import warnings

DAY = date(2005, 5, 1)


def one(rows, factor, day=DAY):
    return next((found for found in warnings(rows, day) if found.factor == factor), None)


def meeting(number, came, women=10, late=0):
    held = date(2004, 1, 1) + timedelta(days=30 * number)
    return {
        "id": f"m{number}", "kind": "rembug", "level": "rt", "held_on": held, "quorum_met": True,
        "entered_on": held + timedelta(days=late), "attended": came, "attended_women": women,
    }  # fmt: skip


def test_every_factor_is_unknown_in_an_empty_record():
    assert {found.severity for found in warnings({}, DAY)} == {"unknown"}


def test_turnout_that_falls_warns_and_turnout_that_varies_does_not():
    falling = [meeting(n, came) for n, came in enumerate([40, 38, 39, 33, 30, 28, 22])]
    found = one({"meetings": falling}, "participation-falling")
    assert (found.severity, found.since) == ("act", date(2004, 1, 1))
    level = [meeting(n, came) for n, came in enumerate([40, 38, 41, 39, 40, 38, 41])]
    assert one({"meetings": level}, "participation-falling") is None


def test_a_strength_needs_women_too():
    assert (
        one({"meetings": [meeting(n, 30) for n in range(6)]}, "participation-strong").severity
        == "strength"
    )
    assert one({"meetings": [meeting(n, 40) for n in range(6)]}, "participation-strong") is None


def test_a_dossier_is_stuck_from_the_fifteenth_day():
    rows = {"verification_steps": [{"id": "v", "dossier": "d", "received_on": DAY}]}
    assert one(rows, "verification-stuck", DAY + timedelta(14)) is None
    found = one(rows, "verification-stuck", DAY + timedelta(15))
    assert (found.severity, found.since) == ("watch", DAY + timedelta(15))


def test_a_stage_and_a_report_are_late_the_day_after_and_urgent_after_thirty():
    begun = date(2005, 1, 1)
    rows = {
        "stages": [{"stage": "pjm", "started": begun, "planned_end": DAY}],
        "tranches": [{"id": "g", "number": 1, "released_on": begun, "lpj_due": DAY}],
    }
    for factor in ("planning-too-long", "report-late"):
        assert one(rows, factor) is None
        assert one(rows, factor, DAY + timedelta(1)).severity == "watch"
        assert one(rows, factor, DAY + timedelta(31)).severity == "act"


def test_cadres_are_unready_by_the_last_look_before_the_end():
    look = {"criterion": "books", "on": date(2004, 9, 1), "met": False}
    rows = {"ward": [{"programme_end": date(2005, 6, 1)}], "readiness": [look]}
    assert one(rows, "cadres-unready", date(2004, 11, 30)) is None
    assert one(rows, "cadres-unready", date(2004, 12, 1)).severity == "watch"
    assert one(rows, "cadres-unready").severity == "act"
    rows["readiness"].append({**look, "on": date(2005, 4, 1), "met": True})
    assert one(rows, "cadres-unready") is None


def test_three_departures_from_a_clause_and_half_the_log_warn_and_poor_cadres_are_a_strength():
    days = [DAY - timedelta(n) for n in range(6)]
    rows = {
        "deviations": [{"id": str(n), "on": day, "clause": "7"} for n, day in enumerate(days[:3])],
        "log_entries": [
            {"id": str(n), "on": day, "decided_by": ("facilitator", "community")[n % 2]}
            for n, day in enumerate(days)
        ],
        "cadres": [{"person": "p", "from": days[0], "poor": True}],
    }
    assert one(rows, "concept-field-mismatch").evidence == (
        "deviations:2",
        "deviations:1",
        "deviations:0",
    )
    assert len(one(rows, "facilitator-dependence").evidence) == 3
    assert one(rows, "cadres-from-target-group").severity == "strength"


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 400)), max_size=14))
def test_rows_entered_later_never_change_the_answer(drawn):
    rows = [meeting(n, came, min(came, 10), late) for n, (came, late) in enumerate(drawn)]
    day = date(2004, 12, 1)
    kept = [row for row in rows if row["entered_on"] <= day]
    assert warnings({"meetings": rows}, day) == warnings({"meetings": kept}, day)
