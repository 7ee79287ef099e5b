"""Warnings: each factor by a worked example, and nothing entered later changes the answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendamping.cadres.rules import standing
from pendamping.guidelines.library import texts
from pendamping.guidelines.rules import combine, in_force, parse
from pendamping.insight.rules import FACTORS, Limits, quarters, read, warnings
from tests.guideline_texts import lumbung
from tests.warned import DAY, loans, meeting, one, severity, steps


def test_every_factor_of_doors_is_there_and_unknown_in_an_empty_record():
    found = warnings({}, DAY)
    assert [each.factor for each in found] == list(FACTORS)
    assert len(FACTORS) == 14
    assert {each.severity for each in found} == {"unknown"}


def test_turnout_that_falls_warns_since_the_meeting_that_showed_it_and_one_that_varies_does_not():
    falling = [meeting(n, came) for n, came in enumerate([40, 38, 39, 33, 30, 28, 22])]
    found = one({"meetings": falling}, "participation-falling")
    # the median of the first three is 39, of the last three 28: 28 % less, and 25 % is the limit
    assert (found.severity, found.since) == ("act", falling[6]["held_on"])
    assert severity({"meetings": falling[:6]}, "participation-falling") == "info"
    level = [meeting(n, came) for n, came in enumerate([40, 38, 41, 39, 40, 38, 41])]
    assert severity({"meetings": level}, "participation-falling") == "info"


def test_turnout_counts_different_persons_of_the_roll_and_women_apart():
    meetings = [meeting(n, 20) for n in range(7)]
    roll = [
        {"meeting": held["id"], "person": f"p{person}", "name": "N", "sex": "P" if person < 8 - n else "L",
         "poor": True}
        for n, held in enumerate(meetings) for person in (*range(20), 19)
    ]  # fmt: skip
    found = one({"meetings": meetings, "attendance": roll}, "participation-falling")
    assert (found.severity, found.said["who"]) == ("watch", "women")
    assert (found.said["first"], found.said["last"]) == (7, 3)  # of 8, 7, 6 and of 4, 3, 2


def test_places_are_judged_together_each_within_itself():
    ward = [
        {**meeting(n, came), "id": f"{rt}-{n}", "rt": rt}
        for rt, usual in (("01", 20), ("02", 40), ("03", 30))
        for n, came in enumerate([usual, usual - 2, usual - 1, usual - 9, usual - 4, usual - 10])
    ]  # fmt: skip
    # medians of the first three: 19, 39, 29, together 87; of the last three: 11, 31, 21, together 63: 28 % less
    found = one({"meetings": ward}, "participation-falling")
    assert (found.severity, found.said["first"], found.said["last"]) == ("act", 87, 63)
    alone = [held for held in ward if held["rt"] == "01"]
    assert (
        severity({"meetings": alone}, "participation-falling") == "info"
    )  # six meetings of one place may be chance
    mixed = [{**held, "rt": "01"} for held in ward]
    assert severity({"meetings": mixed}, "participation-falling") == "info"


def test_a_quarter_without_a_roll_that_names_people_stands_empty_between_the_others():
    rows = {
        "meetings": [{"id": day.isoformat(), "held_on": day} for day in (date(2003, 11, 5), date(2004, 8, 1))],
        "attendance": [{"meeting": day, "name": "Contoh"} for day in ("2003-11-05", "2004-08-01")],
    }  # fmt: skip
    assert [(each.first, each.meetings, each.persons) for each in quarters(rows, DAY)] == [
        (date(2003, 10, 1), 1, 1), (date(2004, 1, 1), 0, 0), (date(2004, 4, 1), 0, 0), (date(2004, 7, 1), 1, 1),
    ]  # fmt: skip
    assert quarters({}, DAY) == []


def test_a_strength_needs_women_too():
    enough, few = [meeting(n, 30) for n in range(6)], [meeting(n, 40) for n in range(6)]
    assert severity({"meetings": enough}, "participation-strong") == "strength"
    assert severity({"meetings": few}, "participation-strong") == "info"


def test_a_dossier_is_stuck_the_day_after_twice_its_limit_without_the_days_its_clock_stood():
    step = {"id": "v", "dossier": "d", "tier": "pjok", "received_on": DAY}
    rows = {"verification_steps": [step]}
    assert severity(rows, "verification-stuck", DAY + timedelta(28)) == "info"
    found = one(rows, "verification-stuck", DAY + timedelta(29))
    assert (found.severity, found.since, found.said["days"]) == ("act", DAY + timedelta(29), 15)
    stood = {**step, "limit_days": 3, "pauses": [{"since": str(DAY), "until": str(DAY + timedelta(4))}]}  # fmt: skip
    assert severity({"verification_steps": [stood]}, "verification-stuck", DAY + timedelta(10)) == "info"  # fmt: skip
    assert severity({"verification_steps": [stood]}, "verification-stuck", DAY + timedelta(11)) == "act"  # fmt: skip


def test_offices_are_slow_where_clearly_more_than_half_of_the_recent_steps_were_past_their_limit():
    assert severity({"verification_steps": steps(8, 12)}, "verification-stuck") == "info"
    found = one({"verification_steps": steps(9, 12)}, "verification-stuck")
    assert (found.severity, found.said["slow"], len(found.evidence)) == ("watch", 9, 9)
    assert found.since == DAY - timedelta(35)  # the day after the limit of fourteen
    assert severity({"verification_steps": steps(9, 12)}, "verification-stuck", DAY + timedelta(60)) == "info"  # fmt: skip
    assert (
        severity({"verification_steps": steps(11, 11)}, "verification-stuck") == "info"
    )  # too few to say so


def test_a_dossier_returned_twice_by_one_tier_is_stuck_until_it_is_through_there():
    back = [
        {"id": f"s{n}", "dossier": "d", "tier": "unit", "received_on": DAY - timedelta(20 - n),
         "decided_on": DAY - timedelta(19 - n), "decision": "return"}
        for n in range(2)
    ]  # fmt: skip
    assert one({"verification_steps": back}, "verification-stuck").since == DAY - timedelta(18)
    through = {**back[0], "id": "s2", "received_on": DAY, "decided_on": DAY, "decision": "pass"}
    assert severity({"verification_steps": [*back, through]}, "verification-stuck") == "info"
    apart = [back[0], {**back[1], "tier": "pjok"}]
    assert severity({"verification_steps": apart}, "verification-stuck") == "info"


def test_a_stage_and_a_report_are_to_be_watched_from_half_their_limit_and_urgent_past_it():
    begun = date(2005, 1, 1)
    rows = {
        "stages": [{"stage": "pjm", "started": begun, "planned_end": DAY}],
        "tranches": [{"id": "g", "number": 1, "released_on": begun, "lpj_due": DAY}],
    }
    # 25 % of the 120 days planned are 30, half of it 15; the report may be seven days late, half of it three
    for factor, half, whole in (("planning-too-long", 15, 30), ("report-late", 3, 7)):
        assert severity(rows, factor, DAY + timedelta(half)) == "info"
        found = one(rows, factor, DAY + timedelta(half + 1))
        assert (found.severity, found.since) == ("watch", DAY + timedelta(half + 1))
        assert severity(rows, factor, DAY + timedelta(whole)) == "watch"
        assert severity(rows, factor, DAY + timedelta(whole + 1)) == "act"


def test_a_stage_after_which_the_next_has_begun_does_not_run():
    late = DAY + timedelta(40)
    first = {"stage": "a", "started": date(2005, 1, 1), "planned_end": DAY}
    follows = {"stage": "b", "started": late, "planned_start": DAY + timedelta(1), "planned_end": DAY + timedelta(90)}  # fmt: skip
    beside = {
        **follows,
        "planned_start": DAY,
    }  # planned to begin before the other ends: they may run together
    assert severity({"stages": [first]}, "planning-too-long", late) == "act"
    assert severity({"stages": [first, follows]}, "planning-too-long", late) == "info"
    assert severity({"stages": [first, beside]}, "planning-too-long", late) == "act"


def test_planning_is_too_long_where_no_money_came_within_the_planned_months():
    rows = {"ward": [{"programme_start": date(2003, 11, 13)}]}
    limits = Limits(
        planning_planned_months=4
    )  # to 13 March 2004; 25 % of its 121 days are 30, half of it 15
    assert severity(rows, "planning-too-long", date(2004, 3, 28), limits) == "info"
    found = one(rows, "planning-too-long", date(2004, 3, 29), limits)
    assert (found.severity, found.since) == ("watch", date(2004, 3, 29))
    assert severity(rows, "planning-too-long", date(2004, 4, 13), limits) == "act"
    came = {**rows, "tranches": [{"id": "t", "number": 1, "released_on": date(2004, 4, 1)}]}
    assert severity(came, "planning-too-long", date(2004, 4, 13), limits) == "unknown"


def test_cadres_are_unready_by_the_last_look_before_the_end():
    look = {"criterion": "books", "on": date(2004, 9, 1), "met": False}
    rows = {"ward": [{"programme_end": date(2005, 6, 1)}], "readiness": [look]}
    assert severity(rows, "cadres-unready", date(2004, 11, 30)) == "info"
    assert severity(rows, "cadres-unready", date(2004, 12, 1)) == "watch"
    assert severity(rows, "cadres-unready") == "act"
    rows["readiness"].append({**look, "on": date(2005, 4, 1), "met": True})
    assert severity(rows, "cadres-unready") == "info"


def test_without_criteria_cadres_are_ready_by_their_signs_and_the_tasks_they_took():
    rows = {
        "ward": [{"programme_end": date(2005, 6, 1)}],
        "cadres": [{"id": f"k{n}", "person": f"p{n}", "from": date(2004, 1, 1)} for n in range(2)],
        "trainings": [{"id": "t", "held_on": date(2005, 1, 20)}, {"id": "u", "held_on": date(2005, 4, 18)}],
        "training_attendance": [{"training": "t", "person": "p0"}, {"training": "t", "person": "p1"},
                                {"training": "u", "person": "p0", "came": None}],  # asked; no roll yet
        "cadre_deeds": [{"id": "d", "cadre": "k1", "on": date(2005, 4, 1)}],
    }  # fmt: skip
    two = Limits(cadres_active=2)
    assert severity(rows, "cadres-unready", date(2005, 4, 19), two) == "info"
    falls_silent = date(
        2005, 4, 20
    )  # three months after the training, as the page of the cadres counts
    seen = standing(date(2004, 1, 1), None, [date(2005, 1, 20)], falls_silent, 3)
    assert (seen.word, seen.dormant_from) == ("dormant", falls_silent)
    found = one(rows, "cadres-unready", falls_silent, two)
    assert (found.severity, found.since, found.evidence) == (
        "act",
        falls_silent,
        ("cadres:k0",),
    )
    taken = {"id": "c", "cadre": "k0", "task": "books", "since": date(2005, 2, 1)}
    asked = Limits(cadres_active=1, tasks=("books", "review"))
    found = one({**rows, "cadre_tasks": [taken]}, "cadres-unready", DAY, asked)
    assert (found.severity, found.evidence) == ("act", ("tasks:review",))


def test_a_deed_that_is_entered_before_its_cadre_is_nobodys_yet():
    rows = {
        "ward": [{"programme_end": date(2005, 6, 1)}],
        "cadres": [{"id": "k0", "person": "p0", "from": date(2005, 4, 1)},
                   {"id": "k1", "person": "p1", "from": date(2005, 4, 1), "entered_on": DAY + timedelta(1)}],
        "cadre_deeds": [{"id": "d", "cadre": "k1", "on": date(2005, 4, 2)}, {"id": "e", "cadre": "k2", "on": DAY}],
    }  # fmt: skip
    found = one(rows, "cadres-unready", DAY, Limits(cadres_active=2))
    assert found.said["active"] == 1


def test_a_facilitator_is_capable_who_comes_most_weeks_and_whose_trainings_teach():
    log = [{"id": f"{n}", "on": DAY - timedelta(7 * n)} for n in range(10)]
    held = {"id": "t", "held_on": DAY - timedelta(30), "status": "held"}
    scores = [{"training": "t", "person": "p", "score_before": 40, "score_after": 60}]
    rows = {"log_entries": log, "trainings": [held], "training_attendance": scores}
    assert severity(rows, "facilitator-capable") == "strength"  # 10 of 13 weeks are 77 %
    assert severity({**rows, "log_entries": log[1:]}, "facilitator-capable") == "info"
    taught_nothing = [{**scores[0], "score_after": 40}]
    assert (
        severity({**rows, "training_attendance": taught_nothing}, "facilitator-capable") == "info"
    )


def test_three_departures_from_a_clause_and_most_of_the_log_warn_and_poor_cadres_are_a_strength():
    days = [DAY - timedelta(n) for n in range(15)]
    rows = {
        "deviations": [{"id": str(n), "on": day, "clause": "7"} for n, day in enumerate(days[:3])],
        "log_entries": [
            {"id": str(n), "on": day, "decided_by": "community" if n % 3 == 1 else "facilitator"}
            for n, day in enumerate(days)
        ],
        "cadres": [{"person": f"p{n}", "from": days[0], "poor": n < 5} for n in range(9)],
    }
    assert one(rows, "concept-field-mismatch").evidence == (
        "deviations:2",
        "deviations:1",
        "deviations:0",
    )
    assert len(one(rows, "facilitator-dependence").evidence) == 10
    few = {**rows, "log_entries": rows["log_entries"][:14]}
    assert severity(few, "facilitator-dependence") == "info"  # ten of fourteen: too few to say so
    assert severity(rows, "cadres-from-target-group") == "strength"
    assert severity({"cadres": rows["cadres"][:8]}, "cadres-from-target-group") == "unknown"
    refused = [
        {"id": f"s{n}", "dossier": f"d{n}", "tier": "unit", "received_on": day, "decided_on": day,
         "decision": "refuse", "reason_code": "not_in_menu"}
        for n, day in enumerate(days[:3])
    ]  # fmt: skip
    assert len(one({"verification_steps": refused}, "concept-field-mismatch").evidence) == 3


def test_the_limits_are_those_of_the_guideline_and_another_text_warns_earlier():
    shipped = combine(in_force(texts("p2kp2"), "p2kp2", DAY))
    found = read(shipped.section)
    assert (found.planning_planned_months, found.women_percent, found.cadres_active) == (4, 40, 9)
    assert found.office_tiers >= {"pjok", "korkot", "ppk", "satker"}
    assert found.tasks
    text, wrong = parse(lumbung())
    assert text, wrong
    other = read(combine([text]).section)
    assert (other.deviations, other.report_late_days) == (2, 7)
    rows = {"deviations": [{"id": str(n), "on": DAY, "clause": "7"} for n in range(2)]}
    assert severity(rows, "concept-field-mismatch", DAY, found) == "info"
    assert severity(rows, "concept-field-mismatch", DAY, other) == "watch"


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 400)), max_size=14))
def test_rows_entered_later_never_change_the_answer(drawn):
    rows = [meeting(n, came, min(came, 10), late) for n, (came, late) in enumerate(drawn)]
    day = date(2004, 12, 1)
    kept = [row for row in rows if row["entered_on"] <= day]
    assert warnings({"meetings": rows}, day) == warnings({"meetings": kept}, day)


LATER = {
    "stages": {"stage": "x", "started": DAY, "planned_end": DAY},
    "deviations": {"id": "x", "on": DAY, "clause": "7", "kind": "local-decision"},
    "meetings": {"id": "x", "kind": "rembug", "level": "rt", "held_on": DAY, "attended": 1,
                 "attended_women": 0, "quorum_met": False},
    "verification_steps": {"id": "x", "dossier": "d", "tier": "pjok", "received_on": DAY - timedelta(90)},
    "cadres": {"id": "x", "person": "p", "from": DAY, "poor": False},
    "cadre_deeds": {"id": "x", "cadre": "k0", "on": DAY},
    "cadre_tasks": {"id": "x", "cadre": "k0", "task": "review", "since": DAY},
    "readiness": {"on": DAY, "criterion": "books", "met": False},
    "trainings": {"id": "x", "held_on": DAY, "status": "held"},
    "log_entries": {"id": "x", "on": DAY, "decided_by": "facilitator"},
    "loans": {"loan_id": "x", "ward": "w", "group_id": "g", "principal": 100, "rate_bp": 0, "instalments": 1,
              "grace_months": 0, "disbursed": DAY - timedelta(90)},
    "repayments": {"id": "x", "loan_id": "l4", "paid_on": DAY, "amount": 100},
    "grants": {"id": "x", "amount": 100, "granted_on": DAY, "group": "g0"},
    "tranches": {"id": "x", "number": 2, "released_on": DAY - timedelta(90), "lpj_due": DAY - timedelta(9)},
    "seats": {"id": "x", "body": "b", "person": "p4", "from": DAY},
}  # fmt: skip


def whole():
    return {
        **loans(4),
        "ward": [{"programme_start": date(2004, 1, 1), "programme_end": date(2005, 6, 1)}],
        "cadres": [{"id": "k0", "person": "p0", "from": date(2004, 1, 1), "poor": True}],
        "meetings": [meeting(n, came) for n, came in enumerate([40, 38, 39, 33, 30, 28, 22])],
        "group_members": [{"group": "g0", "person": "p0", "from": date(2004, 9, 1), "poor": True}],
        "cadre_tasks": [],
        "trainings": [],
        "log_entries": [{"id": "l", "on": DAY - timedelta(3), "decided_by": "community"}],
    }


@pytest.mark.parametrize("resource", sorted(LATER))
def test_a_record_of_any_kind_that_was_entered_later_changes_nothing(resource):
    rows, limits = whole(), Limits(cadres_active=1, tasks=("review",), decisions_least=2)
    before = warnings(rows, DAY, limits)
    planted = {**LATER[resource], "entered_on": DAY + timedelta(1)}
    held = [{"entered_on": day_of(row), **row} for row in rows.get(resource, [])]
    after = warnings({**rows, resource: [*held, planted]}, DAY, limits)
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    # a file that comes to hold a resource at all may turn "unknown" into "nothing stands out", no more
    assert {(old.severity, new.severity) for old, new in changed} <= {("unknown", "info")}
    in_time = warnings({**rows, resource: [*held, {**planted, "entered_on": DAY}]}, DAY, limits)
    assert in_time != before, "the plant would change nothing in time either: it proves nothing"


def day_of(row):
    return next(row[key] for key in ("entered_on", "paid_on", "disbursed", "from", "held_on", "on") if row.get(key))  # fmt: skip


def test_an_end_that_was_entered_later_is_not_known_yet():
    step = {"id": "v", "dossier": "d", "tier": "pjok", "received_on": date(2005, 1, 1),
            "decided_on": date(2005, 1, 5), "decided_entered_on": DAY + timedelta(1), "decision": "pass"}  # fmt: skip
    stage = {"stage": "pjm", "started": date(2004, 1, 1), "planned_end": date(2004, 6, 1),
             "ended": date(2004, 6, 1), "ended_entered_on": DAY + timedelta(1)}  # fmt: skip
    rows = {"verification_steps": [step], "stages": [stage]}
    for factor in ("verification-stuck", "planning-too-long"):
        assert severity(rows, factor) == "act"
        assert severity(rows, factor, DAY + timedelta(1)) == "info"
