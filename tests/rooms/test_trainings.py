"""Trainings: nobody in two places at once; a roll counts for the groups whose members came."""

from datetime import date, time

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from pendamping.facilitation import actions, labels, queries
from pendamping.facilitation.rules import Came
from pendamping.institutions import queries as groups
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from tests import lending
from tests.overtaken import OVERTAKEN, seen
from tests.rooms.test_final import against, replaced, rows
from tests.rooms.test_ledger_attacks import attack

pytestmark = pytest.mark.django_db

DAY = date(2004, 4, 3)
TOLD = {
    "module": "loan", "on": DAY, "starts": time(9), "ends": time(12), "place": "Balai RW 02",
    "lessons": 4, "trainers": ["Contoh Pelatih"],
}  # fmt: skip


@pytest.fixture
def group(cast):
    with clock.at(lending.FORMED):
        return lending.form_group(cast)


def plan(cast, persons, ward=None, **changes):
    told = {**TOLD, **changes}
    return actions.plan_training(
        by=cast.facilitator, ward=ward or cast.ward, persons=persons, **told
    )


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def test_nobody_and_no_room_is_booked_twice_at_the_same_time(cast, group):
    people = groups.member_ids(group.id, DAY)
    with clock.at(DAY):
        first = plan(cast, people)
        with pytest.raises(Refusal) as refused:
            plan(cast, people[:2], starts=time(11), ends=time(13), place="balai  RW 02",
                 trainers=["CONTOH pelatih", "Contoh Lain"])  # fmt: skip
        found = clauses(refused)
        assert found.count("facilitation.training.person") == 2
        assert set(found) == {
            "facilitation.training.room", "facilitation.training.trainer", "facilitation.training.person",
        }  # fmt: skip
        plan(cast, people[:2], starts=time(12), ends=time(13))  # one begins when the other ends
        actions.call_off_training(
            by=cast.facilitator, ward=cast.ward, training_id=first.id, why="Pelatih sakit"
        )
        assert plan(cast, people).status == "planned"  # all are free again


def test_more_residents_are_asked_unless_they_are_elsewhere(cast, group):
    people = groups.member_ids(group.id, DAY)
    with clock.at(DAY):
        plan(cast, people[:1])
        other = plan(cast, people[1:2], place="Balai RW 03", trainers=["Contoh Lain"])
        who = {"by": cast.cadre, "ward": cast.ward, "training_id": other.id}
        with pytest.raises(Refusal) as refused:
            actions.ask_persons(**who, persons=people[:1])
        assert clauses(refused) == ["facilitation.training.person"]
        actions.ask_persons(**who, persons=people[1:3])
        assert {one.person_id for one in queries.participants(other)} == set(people[1:3])


def test_a_roll_counts_at_once_for_the_group_of_which_half_came(cast, group):
    """Five members: three are enough (50 %), two are not; nothing is typed on the group's page."""
    people = groups.member_ids(group.id, DAY)
    with clock.at(DAY):
        few = plan(cast, people)
        _kept, noted = actions.record_training(
            by=cast.facilitator,
            ward=cast.ward,
            training_id=few.id,
            came=[Came(one) for one in people[:2]],
        )
        assert (noted, groups.steps(group.id)) == ([], [])
        enough = plan(cast, people, starts=time(13), ends=time(15))
        kept, noted = actions.record_training(
            by=cast.facilitator, ward=cast.ward, training_id=enough.id,
            came=[Came(people[0], 40, 70), Came(people[1], 50, 60), Came(people[2])],
        )  # fmt: skip
    [step] = groups.steps(group.id)
    assert (noted, step.module, step.on) == ([group.id], "loan", DAY)
    assert "3 dari 5" in step.evidence
    assert [one.came for one in queries.participants(kept)].count(True) == 3
    with clock.at(DAY):  # once more: it counts already
        again = plan(cast, people, starts=time(15), ends=time(17))
        _kept, noted = actions.record_training(
            by=cast.facilitator,
            ward=cast.ward,
            training_id=again.id,
            came=[Came(one) for one in people],
        )
    assert noted == []
    assert len(groups.steps(group.id)) == 1


def test_a_roll_says_everything_that_is_wrong_and_is_kept_once(cast, group):
    people = groups.member_ids(group.id, DAY)
    with clock.at(date(2004, 4, 2)):
        training = plan(cast, people)
        told = {"by": cast.facilitator, "ward": cast.ward, "training_id": training.id}
        with pytest.raises(Refusal) as refused:
            actions.record_training(**told, came=[Came(people[0], 101), Came("nobody")])
    assert clauses(refused) == [
        "facilitation.training.future", "facilitation.training.score", "facilitation.training.roll",
    ]  # fmt: skip
    with clock.at(DAY):
        actions.record_training(**told, came=[Came(people[0])])
        for act in (
            lambda: actions.record_training(**told, came=[Came(people[1])]),
            lambda: actions.call_off_training(**told, why="keliru"),
            lambda: actions.ask_persons(**told, persons=people),
        ):
            with pytest.raises(Refusal) as refused:
                act()
            assert clauses(refused) == ["facilitation.training.unknown"]


def test_the_roll_is_typed_on_its_page_and_names_stay_with_who_may_read_them(client, cast, group):
    people = groups.member_ids(group.id, DAY)
    with clock.at(DAY):
        training = plan(cast, people)
    where = {"ward": cast.ward, "training": training.id}
    client.force_login(cast.facilitator)
    page = reverse("facilitation:roll", kwargs=where)
    wrong = client.post(page, {"came": people[:3], f"before-{people[0]}": "lima"})
    assert wrong.status_code == 409
    assert 'value="lima"' in wrong.text
    typed = {"came": people[:3], f"before-{people[0]}": "40", f"after-{people[0]}": "80"}
    assert client.post(page, typed).status_code == 302
    name = queries.participants(training)[0].name
    shown = client.get(reverse("facilitation:training", kwargs=where))
    assert name in shown.text
    assert "40 → 80" in shown.text
    client.force_login(cast.lead)
    assert name not in client.get(reverse("facilitation:training", kwargs=where)).text
    assert client.get(reverse("facilitation:roll_pdf", kwargs=where)).status_code == 403


def test_a_kept_roll_is_corrected_with_a_reason_and_never_takes_a_groups_step_away(
    client, cast, group
):
    people = groups.member_ids(group.id, DAY)
    with clock.at(DAY):
        training = plan(cast, people)
        told = {"by": cast.facilitator, "ward": cast.ward, "training_id": training.id}
        actions.record_training(**told, came=[Came(one) for one in people[:3]])
        for came, why, clause in (
            (people[:2], "Salah centang", "facilitation.training.counted"),
            (people[:3], "Salah centang", "facilitation.training.same"),
            (people[:4], " ", "facilitation.training.why"),
        ):
            with pytest.raises(Refusal) as refused:
                actions.correct_training(**told, came=[Came(one) for one in came], why=why)
            assert clauses(refused) == [clause]
        client.force_login(cast.facilitator)
        where = {"ward": cast.ward, "training": training.id}
        page = client.get(reverse("facilitation:roll_correct", kwargs=where)).content.decode()
        assert page.count(" checked") == 3
        client.post(
            reverse("facilitation:roll_correct", kwargs=where),
            {"came": people[:4], f"after-{people[3]}": "80", "why": "Satu nama terlewat"},
        )
        shown = client.get(reverse("facilitation:training", kwargs=where)).content.decode()
    assert "Satu nama terlewat" in shown
    there = {one.person_id: one for one in queries.participants(training)}
    assert (there[people[3]].came, there[people[3]].after) == (True, 80)
    event = trail.of_record(f"training:{training.id}")[-1]
    assert trail.data(event)["was"] == {people[3]: [False, None, None]}


def test_a_roll_is_not_corrected_over_a_correction_that_its_page_does_not_know(client, cast, group):
    people = groups.member_ids(group.id, DAY)
    with clock.at(DAY):
        training = plan(cast, people)
        told = {"by": cast.facilitator, "ward": cast.ward, "training_id": training.id}
        actions.record_training(**told, came=[Came(one) for one in people[:3]])
        client.force_login(cast.facilitator)
        where = reverse(
            "facilitation:roll_correct", kwargs={"ward": cast.ward, "training": training.id}
        )
        before = seen(client.get(where))
        actions.correct_training(**told, came=[Came(one) for one in people[:4]], why="Terlewat")
        form = {"came": [*people[:3], people[4]], "why": "Terlewat juga", **before}
        late = client.post(where, form)
        assert (late.status_code, OVERTAKEN in late.content.decode()) == (409, True)
        assert late.content.decode().count(" checked") == 4
        assert sum(bool(one.came) for one in queries.participants(training)) == 4
        assert client.post(where, {**form, "came": people[:5], **seen(late)}).status_code == 302


def test_a_single_decision_is_no_hundred_percent():
    assert labels.share(1, 1, 5) == "1 dari 1"
    assert labels.share(5, 5, 5) == "100 %"
    assert labels.share(0, 0, 5) == "–"


def test_who_was_asked_to_a_training_stands_and_nobody_is_added_to_a_kept_roll(cast, group):
    people = groups.member_ids(group.id, DAY)
    with clock.at(DAY):
        kept = plan(cast, people[:3])
        planned = plan(cast, people[3:], starts=time(13), ends=time(15))
        actions.record_training(
            by=cast.facilitator, ward=cast.ward, training_id=kept.id, came=[Came(people[0])]
        )
    before = rows("facilitation_participant")
    into_kept = (
        "INSERT INTO facilitation_participant (id, training_id, person_id, name, sex) "
        f"SELECT 'x', '{kept.id}', person_id, name, sex FROM facilitation_participant "
        f"WHERE training_id = '{planned.id}' LIMIT 1"
    )
    against(
        cast,
        "DELETE FROM facilitation_participant",
        "UPDATE facilitation_participant SET name = 'Lain'",
        f"UPDATE facilitation_participant SET training_id = '{planned.id}'",
        replaced("facilitation_participant", before[0][0]),
    )
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        attack(by=cast.system, sql=[into_kept])
    assert rows("facilitation_participant") == before


@pytest.mark.parametrize("changed", ["before = 1", "after = 99", "came = false"])
def test_a_roll_that_says_something_else_than_was_entered_is_a_break(cast, group, changed):
    people = groups.member_ids(group.id, DAY)
    roll = [Came(people[0], 40, 70), Came(people[1])]
    told = {"by": cast.facilitator, "ward": cast.ward}
    with clock.at(DAY):
        kept = plan(cast, people[:3])
        actions.record_training(training_id=kept.id, came=roll, **told)
        assert queries.check(cast.ward) == []
        roll[1] = Came(people[1], 50, 60)
        actions.correct_training(training_id=kept.id, came=roll, why="Nilai tertinggal", **told)
    assert queries.check(cast.ward) == []
    column, value = changed.split(" = ")
    attack(
        by=cast.system,
        sql=[
            f"UPDATE facilitation_participant SET \"{column}\" = {value} WHERE person_id = '{people[0]}'"
        ],
    )
    (broken,) = queries.check(cast.ward)
    assert (broken.clause, broken.where["record"]) == ("facilitation.said", f"training:{kept.id}")
