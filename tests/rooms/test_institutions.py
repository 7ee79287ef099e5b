"""Self-help groups: formed in a meeting by the guideline's rules, and what happens to them later."""

from datetime import date, timedelta

import pytest

from pendamping.households import actions as households
from pendamping.institutions import actions, queries
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as meetings
from pendamping.trail import queries as trail
from tests.gatherings import HELD, TODAY, agree, decide, meet, village
from tests.staging import staged

pytestmark = pytest.mark.django_db

ROLES = ["chair", "secretary", "treasurer", "member", "member", "member", "member"]


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def people(cast):
    return village(cast)


def form(cast, members, *, meeting=None, signers=None, by=None, **changes):
    meeting = meeting or agree(cast, members)
    arguments = {
        "name": "KSM Melati",
        "kind": "economic",
        "formed_on": HELD,
        "meeting_id": meeting.id,
        "members": [
            {"person": person, "role": role} for person, role in zip(members, ROLES, strict=False)
        ],
        "pledge": {"signed_on": HELD, "signers": members if signers is None else signers},
        **changes,
    }
    return actions.form_group(by=by or cast.facilitator, ward=cast.ward, **arguments)


def clauses(refusal):
    return {reason.clause for reason in refusal.value.reasons}


def test_a_group_keeps_its_members_officers_and_pledge(cast, people):
    group = form(cast, people.poor_people[:5])
    members = queries.members(group.id, HELD)
    assert [member.role for member in members][:3] == ["chair", "secretary", "treasurer"]
    assert {member.person_id for member in members} == set(people.poor_people[:5])
    assert all(member.poor for member in members)
    assert queries.pledged_on(group.id) == HELD
    assert trail.last("institutions.form_group", cast.ward).record == f"group:{group.id}"
    assert queries.members(group.id, HELD - timedelta(days=1)) == []


@pytest.mark.parametrize(
    "who", ["ward_admin", "treasurer", "officer", "verifier", "lead", "stranger"]
)
def test_who_may_not_form_a_group(cast, people, who):
    meeting = agree(cast, people.poor_people)
    with pytest.raises(Refusal) as refusal:
        form(cast, people.poor_people[:5], meeting=meeting, by=getattr(cast, who))
    assert clauses(refusal) == {"access.permission"}


def test_it_says_everything_that_is_wrong_and_stores_nothing(cast, people):
    meeting = agree(cast, people.poor_people)
    four = [*people.poor_people[:3], people.rich_people[0]]
    with pytest.raises(Refusal) as refusal:
        form(cast, four, meeting=meeting, signers=four[:3])
    assert clauses(refusal) == {
        "groups.p2kp2.min_members",
        "groups.p2kp2.members_on_poor_list",
        "groups.p2kp2.pledge_required",
        "institutions.group.meeting",
    }
    assert queries.groups(cast.ward) == []


def test_the_meeting_must_be_held_with_a_roll_by_name(cast, people):
    heads = meet(cast, [], head_count={"total": 9, "women": 5, "poor": 9})
    late = meet(cast, people.poor_people, on=TODAY)
    for meeting in (heads, late):
        with pytest.raises(Refusal) as refusal:
            form(cast, people.poor_people[:5], meeting=meeting)
        assert clauses(refusal) == {"institutions.group.meeting"}


def test_nobody_belongs_to_two_groups_of_a_kind(cast, people):
    form(cast, people.poor_people[:5])
    with pytest.raises(Refusal) as refusal:
        form(cast, people.poor_people[1:6], name="KSM Mawar")
    assert clauses(refusal) == {"institutions.group.one_of_a_kind"}
    assert form(cast, people.poor_people[1:6], name="KSM Mawar", kind="social").kind == "social"


def test_two_groups_do_not_share_a_name(cast, people):
    form(cast, people.poor_people[:5])
    with pytest.raises(Refusal) as refusal:
        form(cast, people.poor_people[:5], name=" ksm  MELATI ", kind="social")
    assert clauses(refusal) == {"institutions.group.name"}


def test_who_has_died_does_not_join(cast, people):
    meeting = agree(cast, people.poor_people)
    households.record_death(by=cast.cadre, ward=cast.ward, person_id=people.poor_people[4], on=HELD)
    with pytest.raises(Refusal) as refusal:
        form(cast, people.poor_people[:5], meeting=meeting)
    assert "institutions.group.resident" in clauses(refusal)


def test_members_come_and_go_with_dates_and_their_office_ends(cast, people):
    group = form(cast, people.poor_people[:5])
    left = people.poor_people[0]
    actions.release_member(
        by=cast.cadre, ward=cast.ward, group_id=group.id, person=left, on=TODAY, why="pindah"
    )
    assert left in {m.person_id for m in queries.members(group.id, TODAY - timedelta(days=1))}
    assert left not in {m.person_id for m in queries.members(group.id, TODAY)}
    assert {office.role for office in queries.officers_of(group.id, TODAY)} == {
        "secretary",
        "treasurer",
    }
    with pytest.raises(Refusal) as refusal:
        actions.admit_member(
            by=cast.cadre,
            ward=cast.ward,
            group_id=group.id,
            person=people.rich_people[0],
            on=TODAY,
        )
    assert clauses(refusal) == {
        "groups.p2kp2.members_on_poor_list",
        "groups.p2kp2.pledge_required",
    }
    new = people.poor_people[5]
    actions.admit_member(
        by=cast.cadre, ward=cast.ward, group_id=group.id, person=new, on=TODAY, signed_on=TODAY
    )
    assert new in {m.person_id for m in queries.members(group.id, TODAY)}
    assert queries.pledged_on(group.id) == TODAY


def own_meeting(cast, group, came, *, on=TODAY, decides="", group_id=""):
    """A meeting of the group's own, with the roll of who came; ``decides``: its subject."""
    met = meetings.call_meeting(
        by=cast.facilitator, ward=cast.ward, kind="group", held_on=on, place="Balai", level="group",
        group=group_id or group.id, members=queries.member_ids(group.id, on),
    )  # fmt: skip
    met = meetings.take_roll(
        by=cast.facilitator, ward=cast.ward, meeting_id=met.id,
        present=[{"person": person} for person in came],
    )  # fmt: skip
    return decide(cast, met, decides) if decides else met


def subject_of(group, person, role="treasurer"):
    return f"institutions.change_officer:{group.id}:{role}:{person}"


def choose(cast, group, person, meeting_id, role="treasurer"):
    return actions.change_officer(
        by=cast.chair, ward=cast.ward, group_id=group.id, role=role, person=person, on=TODAY,
        meeting_id=meeting_id,
    )  # fmt: skip


def test_of_a_groups_own_meeting_its_members_may_decide_and_others_are_guests(cast, people):
    group = form(cast, people.poor_people[:5])
    # three of five members and two neighbours: 3/5 is 60 %, below the 67 % that the guideline asks
    few = own_meeting(cast, group, [*people.poor_people[:3], *people.rich_people[:2]])
    assert (few.attended, few.guests, few.eligible, few.quorum_met) == (5, 2, 5, False)
    enough = own_meeting(cast, group, people.poor_people[:4])
    assert (enough.attended, enough.guests, enough.eligible, enough.quorum_met) == (4, 0, 5, True)


def test_a_called_meeting_learns_who_joins_and_who_leaves_before_its_day(cast, people):
    group = form(cast, people.poor_people[:5])
    met = meetings.call_meeting(
        by=cast.facilitator, ward=cast.ward, kind="group", held_on=TODAY, place="Balai",
        level="group", group=group.id, members=queries.member_ids(group.id, TODAY),
    )  # fmt: skip
    new, gone = people.poor_people[5], people.poor_people[4]
    actions.admit_member(
        by=cast.cadre, ward=cast.ward, group_id=group.id, person=new, on=TODAY, signed_on=TODAY
    )
    actions.release_member(
        by=cast.cadre, ward=cast.ward, group_id=group.id, person=gone, on=TODAY, why="pindah"
    )
    met.refresh_from_db()
    assert new in met.members
    assert gone not in met.members
    assert len(met.members) == 5


def test_an_officer_is_chosen_by_a_meeting_of_the_group_with_its_quorum(cast, people):
    group, other = form(cast, people.poor_people[:5]), people.poor_people[3]
    subject = subject_of(group, other)
    undecided = own_meeting(cast, group, people.poor_people[:5])
    foreign = own_meeting(
        cast, group, people.poor_people[:5], decides=subject, group_id="another-group"
    )
    wanted = {
        "": "meetings.decided.meeting",
        "no-such-meeting": "meetings.decided.meeting",
        undecided.id: "meetings.decided.subject",
        foreign.id: "institutions.group.meeting",
    }
    for meeting_id, clause in wanted.items():
        with pytest.raises(Refusal) as refusal:
            choose(cast, group, other, meeting_id)
        assert clause in clauses(refusal)
    # the meeting that formed the group decided to form it, not this
    with pytest.raises(Refusal) as refusal:
        choose(cast, group, other, group.meeting)
    assert "meetings.decided.subject" in clauses(refusal)


def test_neighbours_cannot_choose_the_officers_of_a_group(cast, people):
    """A meeting called without the group has the quorum of who came; the group's is of its members."""
    group = form(cast, people.poor_people[:5])
    subject = subject_of(group, people.poor_people[3])
    crowd = [people.poor_people[0], *people.rich_people[:4]]
    met = decide(cast, meet(cast, crowd, on=TODAY), subject)
    with pytest.raises(Refusal) as refusal:
        choose(cast, group, people.poor_people[3], met.id)
    assert "meetings.p2kp2.group.quorum.present_percent" in clauses(refusal)


def test_an_officer_is_followed_by_another_and_the_term_is_kept(cast, people):
    group = form(cast, people.poor_people[:5])
    successor = people.poor_people[3]
    subject = subject_of(group, successor)
    met = own_meeting(cast, group, people.poor_people[:5], decides=subject)
    actions.change_officer(
        by=cast.chair,
        ward=cast.ward,
        group_id=group.id,
        role="treasurer",
        person=successor,
        on=TODAY,
        meeting_id=met.id,
    )
    holders = [office for office in queries.offices(group.id) if office.role == "treasurer"]
    assert [(o.since, o.until) for o in holders] == [(TODAY, None), (HELD, TODAY)]
    with pytest.raises(Refusal) as refusal:
        actions.change_officer(
            by=cast.chair,
            ward=cast.ward,
            group_id=group.id,
            role="chair",
            person=successor,
            on=TODAY,
            meeting_id=met.id,
        )
    assert clauses(refusal) == {"institutions.group.officers_distinct", "meetings.decided.subject"}


def test_a_decision_on_an_officer_is_carried_out_once_and_for_nobody_else(cast, people):
    group, one, other = form(cast, people.poor_people[:5]), *people.poor_people[3:5]
    met = own_meeting(cast, group, people.poor_people[:5], decides=subject_of(group, one))
    choose(cast, group, one, met.id)
    for person, role in ((other, "treasurer"), (other, "chair")):
        with pytest.raises(Refusal) as refusal:
            choose(cast, group, person, met.id, role)
        assert clauses(refusal) == {"meetings.decided.subject"}
    back = own_meeting(cast, group, people.poor_people[:5], decides=subject_of(group, other))
    with clock.at(TODAY + timedelta(days=1)):
        later = {"by": cast.chair, "ward": cast.ward, "group_id": group.id, "role": "treasurer"}
        day = {"on": TODAY + timedelta(days=1)}
        actions.change_officer(person=other, meeting_id=back.id, **later, **day)
        with pytest.raises(Refusal) as refusal:
            actions.change_officer(person=one, meeting_id=met.id, **later, **day)
    assert clauses(refusal) == {"meetings.decided.used"}


def test_an_officer_is_chosen_between_the_founding_and_the_first_day_of_the_office(cast, people):
    group, one = form(cast, people.poor_people[:5]), people.poor_people[3]
    subject = subject_of(group, one)
    late = own_meeting(cast, group, people.poor_people[:5], decides=subject)
    before = {"by": cast.chair, "ward": cast.ward, "group_id": group.id, "role": "treasurer"}
    with pytest.raises(Refusal) as refusal:
        actions.change_officer(
            person=one, on=TODAY - timedelta(days=1), meeting_id=late.id, **before
        )
    assert clauses(refusal) == {"meetings.decided.date"}
    sooner = HELD - timedelta(days=1)
    early = decide(cast, meet(cast, people.poor_people[:5], on=sooner), subject)
    with pytest.raises(Refusal) as refusal:
        choose(cast, group, one, early.id)
    assert "meetings.decided.date" in clauses(refusal)


def test_one_decision_forms_one_group(cast, people):
    met = agree(cast, people.poor_people)
    form(cast, people.poor_people[:5], meeting=met)
    with pytest.raises(Refusal) as refusal:
        form(cast, people.poor_people[:5], meeting=met, name="KSM Lain", kind="social")
    assert clauses(refusal) == {"meetings.decided.used"}


def test_steps_are_trainings_of_the_guideline_and_checked_books(cast, people):
    group = form(cast, people.poor_people[:5])
    for kind, module in (("training", "loan"), ("books", "")):
        actions.record_step(
            by=cast.cadre, ward=cast.ward, group_id=group.id, kind=kind, module=module, on=TODAY
        )
    assert {(step.kind, step.module) for step in queries.steps(group.id)} == {
        ("training", "loan"),
        ("books", ""),
    }
    with pytest.raises(Refusal) as refusal:
        actions.record_step(
            by=cast.cadre,
            ward=cast.ward,
            group_id=group.id,
            kind="training",
            module="cooking",
            on=date(2004, 1, 1),
        )
    assert clauses(refusal) == {"institutions.group.day", "training_modules.p2kp2"}


def test_a_group_of_another_ward_is_out_of_reach(cast, people):
    group = form(cast, people.poor_people[:5])
    assert queries.group("32.71.01.1001", group.id) is None
    with pytest.raises(Refusal):
        actions.record_step(
            by=cast.system, ward="32.71.01.1001", group_id=group.id, kind="books", on=TODAY
        )


def test_the_package_rows_name_every_column_of_the_doors(cast, people):
    form(cast, people.poor_people[:5])
    rows = {name: list(found) for name, found in queries.dump(cast.ward).items()}
    assert {"id", "name", "formed_on", "kind"} <= set(rows["groups"][0])
    assert {"group", "person", "name", "sex", "poor", "from", "to"} <= set(rows["group_members"][0])
    assert (len(rows["group_members"]), len(rows["group_pledges"])) == (5, 5)


def test_nobody_joins_with_a_pledge_signed_in_the_future(cast, people):
    group = form(cast, people.poor_people[:5])
    with pytest.raises(Refusal) as refusal:
        actions.admit_member(
            by=cast.facilitator, ward=cast.ward, group_id=group.id, person=people.poor_people[5],
            on=TODAY, signed_on=date(2099, 1, 1),
        )  # fmt: skip
    assert clauses(refusal) == {"groups.p2kp2.pledge_required"}


def test_a_group_is_formed_only_where_its_own_meeting_decided_it(cast, people):
    five = people.poor_people[:5]

    def why(meeting):
        with pytest.raises(Refusal) as refusal:
            form(cast, five, meeting=meeting)
        return clauses(refusal)

    assert why(meet(cast, five)) == {
        "meetings.decided.subject",
        "meetings.p2kp2.group.minutes_required",
    }
    citizens = meet(cast, people.everybody, kind="citizens", eligible=10)
    assert why(decide(cast, citizens, "institutions.form_group")) == {
        "meetings.p2kp2.citizens.decides_on"
    }
    against = decide(cast, meet(cast, five), "institutions.form_group", outcome="rejected")
    assert why(against) == {"meetings.decided.rejected"}
    assert queries.groups(cast.ward) == []
    assert form(cast, five).status == "active"


def test_who_died_or_moved_is_named_until_the_group_notes_it(cast, people):
    group = form(cast, people.poor_people[:5])
    assert queries.gone_members(cast.ward, TODAY) == []
    who = {"by": cast.cadre, "ward": cast.ward, "on": TODAY}
    households.record_death(person_id=people.poor_people[4], **who)
    home, person = people.poor[3]
    households.record_move_out(household_id=home, people=[person], **who)
    found = [(each.id, how) for each, _, how in queries.gone_members(cast.ward, TODAY)]
    assert sorted(found) == [(group.id, "died"), (group.id, "moved")]
    assert queries.gone_members(cast.ward, TODAY - timedelta(days=1)) == []
    for person in people.poor_people[3:5]:
        actions.release_member(
            by=cast.cadre,
            ward=cast.ward,
            group_id=group.id,
            person=person,
            on=TODAY,
            why="meninggal atau pindah",
        )
    assert queries.gone_members(cast.ward, TODAY) == []
