"""Meetings: who may call them, who came, what they may decide, and what a signature closes."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from pendamping.households import actions as households
from pendamping.households import queries as residents
from pendamping.households.rules.life import NewPerson
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions, queries
from pendamping.meetings.models import Meeting
from pendamping.persons.actions import join_persons
from pendamping.trail import queries as trail
from tests.gatherings import HELD, TODAY, decide, meet, sign, village

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


def call(cast, by=None, **changes):
    arguments = {"kind": "citizens", "held_on": HELD, "place": "Balai", **changes}
    return actions.call_meeting(by=by or cast.facilitator, ward=cast.ward, **arguments)


def clauses(refusal):
    return [reason.clause for reason in refusal.value.reasons]


def test_a_meeting_keeps_its_day_and_the_day_of_entry(cast):
    meeting = call(cast, agenda=["Pembukaan", " ", "Pengesahan"])
    assert (meeting.held_on, meeting.entered_on) == (HELD, TODAY)
    assert meeting.agenda == ["Pembukaan", "Pengesahan"]
    event = trail.last("meetings.call_meeting", cast.ward)
    assert (event.record, event.on) == (f"meeting:{meeting.id}", HELD)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("facilitator", True),
        ("cadre", True),
        ("chair", True),
        ("ward_admin", True),
        ("treasurer", False),
        ("officer", False),
        ("verifier", False),
        ("lead", False),
        ("stranger", False),
    ],
)
def test_who_may_call_a_meeting(cast, who, allowed):
    if allowed:
        assert call(cast, by=getattr(cast, who)).status == "called"
        return
    with pytest.raises(Refusal) as refusal:
        call(cast, by=getattr(cast, who))
    assert clauses(refusal) == ["access.permission"]


@pytest.mark.parametrize("who", ["cadre", "treasurer", "officer", "verifier", "lead", "stranger"])
def test_who_may_not_record_decisions_or_sign(cast, who):
    people = village(cast)
    meeting = meet(cast, people.poor_people)
    for attempt in (
        lambda by: actions.record_decision(
            by=by, ward=cast.ward, meeting_id=meeting.id, subject="x", text="x"
        ),
        lambda by: actions.sign_minutes(
            by=by,
            ward=cast.ward,
            meeting_id=meeting.id,
            text="x",
            signed_on=HELD,
            signers=["x"],
        ),
    ):
        with pytest.raises(Refusal) as refusal:
            attempt(getattr(cast, who))
        assert clauses(refusal) == ["access.permission"]


def test_it_refuses_a_kind_and_a_level_that_the_guideline_does_not_know(cast):
    with pytest.raises(Refusal) as refusal:
        call(cast, kind="picnic", level="planet")
    assert clauses(refusal) == ["meetings.p2kp2", "meetings.call.level"]


def test_the_roll_takes_names_sex_place_and_poverty_from_the_census_of_the_day(cast):
    people = village(cast, poor=2, rich=1)
    meeting = actions.take_roll(
        by=cast.cadre,
        ward=cast.ward,
        meeting_id=call(cast).id,
        present=[
            {"person": people.poor_people[0], "name": "typed wrong", "sex": "L", "poor": False},
            {"person": people.rich_people[0]},
            {"person": "", "name": "Tamu Rekaan", "sex": "L", "poor": False, "guest": True},
        ],
        eligible=3,
    )
    first = queries.roll(meeting.id)[0]
    assert (first.name, first.sex, first.poor, first.rt) == ("Warga Rekaan Qaa", "P", True, "01")
    assert (meeting.attended, meeting.attended_women, meeting.attended_poor) == (3, 1, 1)
    assert meeting.guests == 1


def test_an_rt_where_nobody_lives_any_more_needs_no_delegate(cast):
    people = village(cast)
    slip = households.add_household(
        by=cast.cadre, ward=cast.ward, on=HELD, rw="99", rt="1", new_place=True,
        members=[NewPerson("Warga Salah Tulis", "P", "head", date(1970, 1, 1))],
    )  # fmt: skip
    before = meet(cast, people.everybody, kind="citizens", eligible=10)
    assert [reason.values["missing"] for reason in queries.verdict(before).reasons()] == [
        "RW 99 (RT 01)"
    ]
    members = [person for person, _ in residents.members_on(cast.ward, slip.id, HELD)]
    households.record_move_out(
        by=cast.cadre, ward=cast.ward, household_id=slip.id, people=members, on=HELD
    )
    assert meet(cast, people.everybody, kind="citizens", eligible=10).quorum_met
    assert ("99", "01") not in residents.neighbourhoods(cast.ward)


def test_the_roll_does_not_change_when_the_census_does(cast):
    people = village(cast)
    meeting = meet(cast, people.poor_people)
    households.unmark_poor(
        by=cast.facilitator, ward=cast.ward, households=[home for home, _ in people.poor], on=TODAY
    )
    assert all(entry.poor for entry in queries.roll(meeting.id))


def test_a_citizens_meeting_needs_delegates_women_and_every_rt(cast):
    people = village(cast)
    met = meet(cast, people.poor_people, kind="citizens", eligible=10)
    assert met.quorum_met
    same_rt = people.poor_people[1::2] + people.rich_people[1::2]
    short = meet(cast, same_rt, kind="citizens", eligible=10)
    assert short.quorum_met is False
    reasons = queries.verdict(short).reasons()
    assert [reason.where["rule"] for reason in reasons] == ["every_rt"]
    assert reasons[0].values["missing"] == "RW 01 (RT 01)"


def test_a_decision_without_quorum_is_refused_with_every_reason(cast):
    people = village(cast)
    meeting = meet(cast, people.everybody[:1], kind="citizens", eligible=20)
    with pytest.raises(Refusal) as refusal:
        decide(cast, meeting, "targeting.ratify_list:x")
    assert clauses(refusal) == [
        "meetings.p2kp2.citizens.quorum.present_percent",
        "meetings.p2kp2.citizens.quorum.every_rt",
    ]
    assert queries.decisions(meeting.id) == []


def test_a_second_meeting_comes_later_and_needs_fewer(cast):
    people = village(cast)
    first = meet(cast, people.everybody[:4], kind="citizens", eligible=10)
    assert first.quorum_met is False
    with pytest.raises(Refusal) as refusal:
        call(cast, held_on=HELD + timedelta(days=6), follows=first.id)
    assert clauses(refusal) == ["meetings.p2kp2.citizens.quorum.second_after_days"]
    second = meet(
        cast,
        people.everybody[:4],
        kind="citizens",
        eligible=10,
        on=HELD + timedelta(days=7),
        follows=first.id,
    )
    assert second.quorum_met
    with pytest.raises(Refusal) as refusal:
        call(cast, held_on=TODAY, follows=second.id)
    assert clauses(refusal)[0] == "meetings.call.first"


def test_a_roll_grows_at_the_door_and_nobody_comes_in_twice(cast):
    people = village(cast)
    meeting = meet(cast, people.poor_people[:1])
    actions.take_roll(
        by=cast.cadre,
        ward=cast.ward,
        meeting_id=meeting.id,
        present=[{"person": people.poor_people[1]}],
        add=True,
    )
    assert queries.persons_on_roll(meeting.id) == set(people.poor_people[:2])
    with pytest.raises(Refusal) as refusal:
        actions.take_roll(
            by=cast.cadre,
            ward=cast.ward,
            meeting_id=meeting.id,
            present=[{"person": people.poor_people[1]}],
            add=True,
        )
    assert clauses(refusal) == ["meetings.roll.twice"]


def test_the_roll_refuses_strangers_and_the_future(cast):
    with pytest.raises(Refusal) as refusal:
        meet(cast, ["nobody"])
    assert refusal.value.reasons[0].where == {"row": 1, "person": "nobody"}
    with pytest.raises(Refusal) as refusal:
        meet(cast, [], on=TODAY + timedelta(days=1))
    assert clauses(refusal) == ["meetings.roll.early"]


def test_a_head_count_stands_without_names(cast):
    meeting = meet(cast, [], kind="orientation", head_count={"total": 52, "women": 29, "poor": 40})
    assert meeting.counted_by == "heads"
    assert (meeting.attended, meeting.attended_women, meeting.attended_poor) == (52, 29, 40)
    with pytest.raises(Refusal) as refusal:
        decide(cast, meeting, "anything")
    assert clauses(refusal) == ["meetings.p2kp2.orientation.decision"]


def test_a_subject_is_decided_only_when_accepted_and_signed(cast):
    people = village(cast)
    meeting = meet(cast, people.poor_people, kind="citizens", eligible=10)

    def why(subject="list:1", meeting_id=meeting.id):
        found = queries.decided(cast.ward, meeting_id, subject, matter="poor_list")
        return [reason.clause for reason in found]

    assert why() == ["meetings.decided.subject", "meetings.p2kp2.citizens.minutes_required"]
    actions.record_decision(
        by=cast.chair, ward=cast.ward, meeting_id=meeting.id, subject="list:1", text="Disahkan"
    )
    actions.record_decision(
        by=cast.chair,
        ward=cast.ward,
        meeting_id=meeting.id,
        subject="list:2",
        text="Ditolak",
        outcome="rejected",
    )
    assert why() == ["meetings.p2kp2.citizens.minutes_required"]
    sign(cast, meeting)
    assert why() == []
    assert why("list:2") == ["meetings.decided.rejected"]
    assert why(meeting_id="nothing") == ["meetings.decided.meeting"]
    assert [
        r.clause for r in queries.decided("32.71.01.1001", meeting.id, "list:1", matter="poor_list")
    ] == ["meetings.decided.meeting"]


def test_a_meeting_decides_only_what_the_guideline_gives_to_its_kind(cast):
    people = village(cast)
    own = decide(cast, meet(cast, people.poor_people[:1]), "criteria:1")
    [reason] = queries.decided(cast.ward, own.id, "criteria:1", matter="poverty_criteria")
    assert reason.clause == "meetings.p2kp2.group.decides_on"
    assert reason.values == {"kind": "Rapat KSM", "kinds": "Rembug warga"}
    assert queries.decided(cast.ward, own.id, "criteria:1", matter="group_formation") == []
    narrower = ("yearly", "somewhere.p2kp2.decided_by")
    found = queries.decided(cast.ward, own.id, "criteria:1", matter="group_formation", by=narrower)
    assert [reason.clause for reason in found] == ["somewhere.p2kp2.decided_by"]
    assert list(queries.deciding_kinds(cast.ward, HELD, "local_decision")) == [
        "citizens", "board", "yearly",
    ]  # fmt: skip


def test_a_groups_own_meeting_is_counted_of_its_real_members(cast):
    people = village(cast)
    members = people.poor_people
    two_and_a_guest = [*members[:2], people.rich_people[0]]
    few = decide(cast, meet(cast, two_and_a_guest), "pledge:1")
    [reason] = queries.decided(cast.ward, few.id, "pledge:1", matter="pledge", members=members)
    assert reason.clause == "meetings.p2kp2.group.quorum.present_percent"
    assert (reason.values["part"], reason.values["whole"]) == (2, 6)
    enough = decide(cast, meet(cast, members[:5]), "pledge:1")
    assert queries.decided(cast.ward, enough.id, "pledge:1", matter="pledge", members=members) == []


def test_nobody_who_died_or_moved_stands_on_a_roll_and_a_double_stands_there_once(cast):
    people = village(cast)
    died, moved, stays = people.poor[0], people.poor[1], people.poor_people[2]
    who = {"by": cast.cadre, "ward": cast.ward}
    households.record_death(person_id=died[1], on=HELD, **who)
    households.record_move_out(household_id=moved[0], people=[moved[1]], on=TODAY, **who)
    with pytest.raises(Refusal) as refusal:
        meet(cast, [died[1], moved[1], stays])
    assert [(r.clause, r.where["person"]) for r in refusal.value.reasons] == [
        ("meetings.roll.gone", died[1])
    ]  # who moved later did come
    double = people.poor_people[3]
    join_persons(kept_id=stays, removed_id=double, why="orang yang sama", **who)
    with pytest.raises(Refusal) as refusal:
        meet(cast, [stays, double])
    assert clauses(refusal) == ["meetings.roll.twice"]
    named = meet(cast, [double])  # a roll printed before they were joined
    assert [each.person_id for each in queries.roll(named.id)] == [stays]
    assert meet(cast, [moved[1], stays]).attended == 2


def test_signed_minutes_close_the_meeting(cast):
    people = village(cast)
    meeting = decide(cast, meet(cast, people.poor_people), "x")
    attempts = [
        lambda: sign(cast, meeting),
        lambda: decide(cast, meeting, "y"),
        lambda: actions.take_roll(by=cast.cadre, ward=cast.ward, meeting_id=meeting.id),
    ]
    for attempt in attempts:
        with pytest.raises(Refusal):
            attempt()
    assert Meeting.objects.get(pk=meeting.id).attended == 6


def test_minutes_need_a_text_a_signer_and_a_possible_day(cast):
    meeting = meet(cast, village(cast).poor_people)
    with pytest.raises(Refusal) as refusal:
        actions.sign_minutes(
            by=cast.chair,
            ward=cast.ward,
            meeting_id=meeting.id,
            text=" ",
            signed_on=date(2004, 1, 1),
            signers=[" "],
        )
    assert clauses(refusal) == [
        "meetings.minutes.day",
        "meetings.minutes.text",
        "meetings.minutes.signers",
    ]


def test_attendances_and_persons_are_counted_apart(cast):
    people = village(cast)
    meet(cast, people.poor_people)
    meet(cast, people.poor_people[:3])
    meet(cast, [], kind="orientation", head_count={"total": 30, "women": 20, "poor": 15})
    found = queries.participation(cast.ward)
    assert (found.meetings, found.attendances, found.persons) == (3, 39, 6)
    assert queries.participation(cast.ward, HELD - timedelta(days=1)).attendances == 0


def test_the_database_refuses_more_women_than_people(cast):
    meeting = meet(cast, village(cast).poor_people)
    meeting.attended_women = 7
    from pendamping.trail.actions import record
    from pendamping.trail.writing import action

    @action
    def cheat(*, by):
        record(by=by, ward="", record="x")
        meeting.save()

    with pytest.raises(IntegrityError), transaction.atomic():
        cheat(by=cast.system)


def test_the_package_rows_name_every_column_of_the_doors(cast):
    people = village(cast)
    decide(cast, meet(cast, people.poor_people), "x")
    rows = {name: list(found) for name, found in queries.dump(cast.ward).items()}
    assert {"id", "kind", "stage", "level", "held_on", "entered_on", "place", "attended",
            "attended_women", "attended_poor", "quorum_met", "minutes"} <= set(rows["meetings"][0])  # fmt: skip
    assert {"meeting", "person", "name", "sex", "poor"} <= set(rows["attendance"][0])
    assert len(rows["attendance"]) == 6
