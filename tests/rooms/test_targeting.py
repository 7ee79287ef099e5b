"""Residents' criteria and the poor list, from the draft to the marks on households."""

from datetime import date, timedelta

import pytest

from pendamping.households import queries as homes
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.targeting import actions, queries
from pendamping.trail import queries as trail
from tests.cast import WARD
from tests.gatherings import decide, meet, village
from tests.rooms.test_designation import designate
from tests.staging import staged

pytestmark = pytest.mark.django_db

DRAFTED = date(2004, 1, 2)
POSTED = date(2004, 1, 5)
MET = date(2004, 1, 19)
TODAY = date(2004, 2, 10)


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def people(cast):
    return village(cast, ratified=False)


LATE = "listrik padam, dicatat kemudian"


def clauses(refusal):
    return [reason.clause for reason in refusal.value.reasons]


def set_criteria(cast, by=None):
    criteria = [
        {"kind": "household", "key": "meals", "text": "Makan dua kali sehari"},
        {"kind": "household", "text": "Tidak punya rumah", "weight": 2},
        {"kind": "area", "text": "Jalan rusak"},
        {"kind": "area", "text": " "},
    ]
    return actions.set_criteria(
        by=by or cast.cadre, ward=WARD, criteria=criteria, on=date(2003, 12, 20)
    )


def draft(cast, people, **changes):
    if queries.criteria_version(WARD) is None:
        set_criteria(cast)
    facts = {"on": DRAFTED, "ticks": {home: ["meals"] for home, _ in people.poor}, **changes}
    return actions.draft_list(by=cast.cadre, ward=WARD, **facts)


def post(cast, people):
    found = draft(cast, people)
    return actions.post_list(by=cast.cadre, ward=WARD, list_id=found.id, posted_on=POSTED, why=LATE)


def citizens(cast, people, found, on=MET, criteria=True):
    meeting = meet(cast, people.everybody, kind="citizens", on=on, eligible=10)
    if criteria:
        from pendamping.meetings import actions as meetings

        meetings.record_decision(
            by=cast.chair,
            ward=WARD,
            meeting_id=meeting.id,
            subject=f"targeting.ratify_criteria:{found.criteria_id}",
            text="Kriteria disahkan",
        )
    meeting = decide(cast, meeting, f"targeting.ratify_list:{found.id}")
    if criteria:
        actions.ratify_criteria(
            by=cast.chair, ward=WARD, version_id=found.criteria_id, meeting_id=meeting.id
        )
    return meeting


def test_criteria_are_versions_of_the_residents_own_words(cast):
    first, second = set_criteria(cast), set_criteria(cast)
    assert (first.number, second.number) == (1, 2)
    assert [each.key for each in queries.criteria(second.id)] == ["meals", "c2", "c3"]
    assert queries.criteria_version(WARD) == second
    with pytest.raises(Refusal) as refusal:
        actions.set_criteria(by=cast.cadre, ward=WARD, criteria=[], on=TODAY)
    assert clauses(refusal) == ["targeting.criteria.none"]


def test_the_guidelines_examples_are_suggestions(cast):
    assert {each["key"] for each in queries.suggestions(WARD, TODAY, "id")} >= {"meals", "flooding"}


def test_a_list_begins_with_the_marks_of_the_census(cast, people):
    found = draft(cast, people)
    assert {entry.household_id for entry in queries.entries(found.id)} == {
        home for home, _ in people.poor
    }
    assert queries.counts_by_rw(found.id) == [("01", 6)]
    assert queries.mismatch(found.id) == queries.Mismatch(6, 0, 0)


def test_a_list_can_begin_with_households_that_are_picked(cast, people):
    home = people.rich[0][0]
    found = draft(cast, people, from_marks=False, household_ids=[home], ticks={home: ["c2"]})
    assert [entry.household_id for entry in queries.entries(found.id)] == [home]
    assert queries.mismatch(found.id) == queries.Mismatch(0, 1, 6)


def test_a_list_needs_criteria_and_only_one_is_open(cast, people):
    with pytest.raises(Refusal) as refusal:
        actions.draft_list(by=cast.cadre, ward=WARD, on=DRAFTED)
    assert clauses(refusal) == ["poor_list.p2kp2.criteria_by_residents"]
    draft(cast, people)
    with pytest.raises(Refusal) as refusal:
        draft(cast, people)
    assert clauses(refusal) == ["targeting.list.open"]


def test_a_draft_changes_and_a_posted_list_does_not(cast, people):
    found = draft(cast, people)
    off, new = people.poor[0][0], people.rich[0][0]
    actions.change_list(
        by=cast.cadre, ward=WARD, list_id=found.id, add=[new], remove=[off], ticks={new: ["c2"]}
    )
    assert queries.mismatch(found.id) == queries.Mismatch(5, 1, 1)
    actions.post_list(by=cast.cadre, ward=WARD, list_id=found.id, posted_on=POSTED, why=LATE)
    with pytest.raises(Refusal) as refusal:
        actions.change_list(by=cast.cadre, ward=WARD, list_id=found.id, remove=[new])
    assert clauses(refusal) == ["targeting.list.posted"]


def test_a_list_is_not_posted_with_a_household_without_criteria(cast, people):
    found = draft(cast, people, ticks={})
    with pytest.raises(Refusal) as refusal:
        actions.post_list(by=cast.cadre, ward=WARD, list_id=found.id, posted_on=POSTED, why=LATE)
    assert clauses(refusal) == ["poor_list.p2kp2.verdict"]


def test_only_criteria_about_households_are_ticked_and_only_for_those_there(cast, people):
    for ticks in ({people.poor[0][0]: ["c3"]}, {"nobody": ["meals"]}):
        with pytest.raises(Refusal):
            draft(cast, people, ticks=ticks)


def object_to(cast, found, home, kind="add", **changes):
    facts = {"reason": "lupa didata", "raised_on": POSTED + timedelta(days=2), **changes}
    return actions.object_to_list(
        by=cast.cadre, ward=WARD, list_id=found.id, kind=kind, household_id=home, **facts
    )


def test_objections_change_the_list_only_when_accepted(cast, people):
    found = post(cast, people)
    add = object_to(cast, found, people.rich[0][0])
    remove = object_to(cast, found, people.poor[0][0], kind="remove")
    refused = object_to(cast, found, people.poor[1][0], kind="remove")

    def settle(objection, accepted, **more):
        actions.settle_objection(
            by=cast.chair,
            ward=WARD,
            objection_id=objection.id,
            accepted=accepted,
            settled_on=MET,
            why="dibahas di RT",
            **more,
        )

    with pytest.raises(Refusal) as refusal:
        settle(add, True)
    assert clauses(refusal) == ["poor_list.p2kp2.verdict"]
    settle(add, True, criteria=["c2"])
    settle(remove, True)
    settle(refused, False)
    listed = {entry.household_id for entry in queries.entries(found.id)}
    assert people.rich[0][0] in listed
    assert people.poor[0][0] not in listed
    assert people.poor[1][0] in listed
    assert [each.status for each in queries.objections(found.id)].count("accepted") == 2


def test_an_objection_after_the_period_is_refused(cast, people):
    found = post(cast, people)
    with pytest.raises(Refusal) as refusal:
        object_to(cast, found, people.rich[0][0], raised_on=POSTED + timedelta(days=14))
    assert clauses(refusal) == ["targeting.p2kp2.objection_days"]


def test_ratifying_marks_those_on_the_list_and_unmarks_the_others(cast, people):
    found = post(cast, people)
    gone = object_to(cast, found, people.poor[0][0], kind="remove")
    actions.settle_objection(
        by=cast.chair, ward=WARD, objection_id=gone.id, accepted=True, settled_on=MET, why="mampu"
    )
    meeting = citizens(cast, people, found)
    actions.ratify_list(by=cast.chair, ward=WARD, list_id=found.id, meeting_id=meeting.id)
    poor = {home for home, _ in people.poor[1:]}
    assert homes.poor_households(WARD, MET) == poor
    assert homes.poor_households(WARD, MET - timedelta(days=1)) == poor | {people.poor[0][0]}
    marks = homes.household(WARD, people.poor[1][0]).marks
    assert [(mark.source, mark.since) for mark in marks][-1] == ("list", MET)
    assert queries.step(WARD) == 6


def test_ratifying_too_early_is_refused_with_every_reason(cast, people):
    found = post(cast, people)
    object_to(cast, found, people.rich[0][0])
    meeting = meet(cast, people.everybody, kind="citizens", on=POSTED, eligible=10)
    with pytest.raises(Refusal) as refusal:
        actions.ratify_list(by=cast.chair, ward=WARD, list_id=found.id, meeting_id=meeting.id)
    assert clauses(refusal) == [
        "poor_list.p2kp2.criteria_by_residents",
        "targeting.p2kp2.objection_days",
        "targeting.objection.open",
        "meetings.decided.subject",
        "meetings.p2kp2.citizens.minutes_required",
    ]
    assert homes.household(WARD, people.poor[0][0]).marks[0].source == "census"


def test_a_decision_of_another_list_does_not_ratify_this_one(cast, people):
    found = post(cast, people)
    other = meet(cast, people.everybody, kind="citizens", on=MET, eligible=10)
    other = decide(cast, other, "targeting.ratify_list:another")
    with pytest.raises(Refusal) as refusal:
        actions.ratify_list(by=cast.chair, ward=WARD, list_id=found.id, meeting_id=other.id)
    assert "meetings.decided.subject" in clauses(refusal)


@pytest.mark.parametrize("who", ["ward_admin", "cadre", "treasurer", "verifier", "stranger"])
def test_who_may_not_ratify(cast, people, who):
    found = post(cast, people)
    with pytest.raises(Refusal) as refusal:
        actions.ratify_list(by=getattr(cast, who), ward=WARD, list_id=found.id, meeting_id="x")
    assert clauses(refusal) == ["access.permission"]


def test_a_new_list_supersedes_the_ratified_one(cast, people):
    first = post(cast, people)
    meeting = citizens(cast, people, first)
    actions.ratify_list(by=cast.chair, ward=WARD, list_id=first.id, meeting_id=meeting.id)
    second = draft(cast, people, on=MET)
    assert second.number == 2
    assert {each.status for each in queries.poor_lists(WARD)} == {"ratified", "draft"}


def test_a_new_list_begins_with_the_ticks_of_the_ratified_one(cast, people):
    first = post(cast, people)
    meeting = citizens(cast, people, first)
    actions.ratify_list(by=cast.chair, ward=WARD, list_id=first.id, meeting_id=meeting.id)
    stays, gone, new = people.poor[0][0], people.poor[1][0], people.rich[0][0]
    actions.set_criteria(
        by=cast.cadre, ward=WARD, on=TODAY,
        criteria=[
            {"kind": "household", "text": "Atap bocor"},  # c1, a key that said another thing before
            {"kind": "household", "text": "Makan dua kali sehari"},
        ],
    )  # fmt: skip
    told = {"from_marks": False, "household_ids": [stays, people.poor[2][0], new]}
    ticks = {people.poor[2][0]: ["c1"]}
    second = draft(cast, people, on=TODAY, ticks=ticks, **told)
    ticked = {
        (one.household_id, tick.criterion.text)
        for one in queries.entries(second.id)
        for tick in one.ticks.all()
    }
    assert ticked == {(stays, "Makan dua kali sehari"), (people.poor[2][0], "Atap bocor")}
    assert gone not in {home for home, _text in ticked}


def test_the_steps_follow_the_record(cast, people):
    assert queries.step(WARD) == 1
    designate(cast)
    assert queries.step(WARD) == 2
    set_criteria(cast)
    assert queries.step(WARD) == 3
    found = post(cast, people)
    assert queries.step(WARD) == 5
    object_to(cast, found, people.rich[0][0])
    assert queries.step(WARD) == 4
    assert set(queries.dump(WARD)) >= {"designations", "criteria", "poor_lists", "objections"}
    assert all(list(rows) for rows in queries.dump(WARD).values())


def test_a_posting_entered_late_says_why_and_it_is_kept(cast, people):
    found = draft(cast, people)
    step = {"by": cast.cadre, "ward": WARD, "list_id": found.id, "posted_on": POSTED}
    with pytest.raises(Refusal) as refusal:
        actions.post_list(**step)
    assert clauses(refusal) == ["targeting.p2kp2.posting_late_days"]
    assert actions.post_list(**step, why=LATE).posted_late_why == LATE
    assert LATE in trail.last("targeting.post_list", WARD).data
