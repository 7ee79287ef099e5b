"""Cadres: who joins, what counts as activity, what they take over; their pages."""

from datetime import date, time

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from pendamping.cadres import actions, queries
from pendamping.cadres.models import Cadre, Deed
from pendamping.desk import accompanying, oversight
from pendamping.desk.labels import words
from pendamping.facilitation import actions as facilitation
from pendamping.facilitation.rules import Came
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.meetings import actions as meetings
from pendamping.trail.writing import migrating
from tests.gatherings import village

pytestmark = pytest.mark.django_db

JOINED, LATER = date(2004, 1, 10), date(2004, 9, 1)


def join(cast, person, on=JOINED, **told):
    return actions.join(
        by=cast.facilitator, ward=cast.ward, person=person, joined_on=on, stage="readiness", **told
    )


def clauses(refused):
    return {reason.clause for reason in refused.value.reasons}


def test_who_joins_is_a_resident_once_and_the_poor_list_of_that_day_says_whether_from_the_target_group(
    cast,
):
    there = village(cast)
    with clock.at(JOINED):
        poor, other = join(cast, there.poor_people[0]), join(cast, there.rich_people[0])
        assert (poor.poor, other.poor) == (True, False)
        with pytest.raises(Refusal) as refused:
            join(cast, there.poor_people[0], on=date(2004, 2, 1))
        assert clauses(refused) == {"cadres.joining.once", "cadres.joining.day"}
        with pytest.raises(Refusal):
            actions.join(by=cast.treasurer, ward=cast.ward, person=there.rich_people[1],
                         joined_on=JOINED, stage="readiness")  # fmt: skip
    with clock.at(LATER):
        with pytest.raises(Refusal) as refused:
            actions.leave(by=cast.facilitator, ward=cast.ward, cadre_id=other.id, on=LATER, why=" ")
        assert clauses(refused) == {"cadres.leaving.why"}
        actions.leave(
            by=cast.facilitator, ward=cast.ward, cadre_id=other.id, on=LATER, why="Pindah kerja"
        )
        with pytest.raises(Refusal) as refused:
            join(cast, there.rich_people[0], on=date(2004, 8, 1))
        assert clauses(refused) == {"cadres.joining.again"}
        assert join(cast, there.rich_people[0], on=LATER).stage == "readiness"


def test_rolls_of_meetings_and_trainings_and_noted_deeds_keep_a_cadre_active(cast):
    there = village(cast)
    person = there.poor_people[0]
    with clock.at(JOINED):
        cadre = join(cast, person)
    with clock.at(date(2004, 3, 1)):
        meeting = meetings.call_meeting(
            by=cast.facilitator, ward=cast.ward, kind="orientation", held_on=date(2004, 3, 1),
            place="Balai RW 01", level="kelurahan", agenda=[],
        )  # fmt: skip
        meetings.take_roll(
            by=cast.facilitator, ward=cast.ward, meeting_id=meeting.id, present=[{"person": person}]
        )
    with clock.at(date(2004, 5, 1)):
        training = facilitation.plan_training(
            by=cast.facilitator, ward=cast.ward, module="loan", on=date(2004, 4, 30), starts=time(9),
            ends=time(11), place="Balai", lessons=2, trainers=["Contoh Pelatih"], persons=[person],
        )  # fmt: skip
        facilitation.record_training(
            by=cast.facilitator, ward=cast.ward, training_id=training.id, came=[Came(person)]
        )
    with clock.at(date(2004, 6, 30)):
        for _ in range(2):  # the same form sent twice
            actions.note_deed(by=cast.cadre, ward=cast.ward, cadre_id=cadre.id, on=date(2004, 6, 20),
                              what="Mengunjungi  KSM", request_id="form-1")  # fmt: skip
    found = queries.seen(cast.ward, date(2004, 9, 19))[0]
    assert [(one.on, one.kind, one.text) for one in found.signs] == [
        (date(2004, 6, 20), "deed", "Mengunjungi KSM"),
        (date(2004, 4, 30), "training", "loan"),
        (date(2004, 3, 1), "meeting", "Balai RW 01"),
    ]
    assert found.standing.word == "active"
    assert queries.seen(cast.ward, date(2004, 9, 20))[0].standing.word == "dormant"
    assert queries.seen(cast.ward, date(2004, 4, 1))[0].standing.last == date(2004, 3, 1)
    with migrating(), pytest.raises(DatabaseError), transaction.atomic():
        Deed.objects.update(what="lain")


def test_a_task_is_held_until_it_ends_and_ends_with_the_cadre(cast):
    there = village(cast)
    with clock.at(LATER):
        one = join(cast, there.poor_people[0])
        told = {"by": cast.chair, "ward": cast.ward, "cadre_id": one.id, "since": LATER}
        first = actions.give_task(task="meetings", **told)
        actions.give_task(task="groups", **told)
        actions.note_deed(by=cast.cadre, ward=cast.ward, cadre_id=one.id, on=LATER, what="Rapat")
        with pytest.raises(Refusal) as refused:
            actions.give_task(task="meetings", **told)
        assert clauses(refused) == {"cadres.charge.once"}
        ready = queries.readiness(cast.ward, LATER)
        assert (ready.active, ready.charged, ready.missing) == (1, 1, 8)
        assert {"meetings", "groups"}.isdisjoint(ready.open_tasks) and "arrears" in ready.open_tasks
        actions.end_task(by=cast.chair, ward=cast.ward, charge_id=first.id)
        assert "meetings" in queries.readiness(cast.ward, LATER).open_tasks
        actions.leave(by=cast.chair, ward=cast.ward, cadre_id=one.id, on=LATER, why="Sakit")
        assert queries.seen(cast.ward, LATER)[0].charges == ()
        assert queries.check(cast.ward) == []
        rows = {name: list(found) for name, found in queries.dump(cast.ward).items()}
        assert [len(rows[name]) for name in ("cadres", "cadre_tasks", "cadre_deeds")] == [1, 2, 1]


def test_whoever_was_written_in_beside_the_actions_is_named_by_the_look_over(cast):
    there = village(cast)
    with clock.at(LATER):
        one = join(cast, there.poor_people[0])
        assert queries.check(cast.ward) == []
        with migrating():
            Cadre.objects.filter(pk=one.id).update(left_on=LATER, left_why="Diubah")
    [found] = queries.check(cast.ward)
    assert found.where == {"ward": cast.ward, "record": f"cadre:{one.id}"}
    assert found.where["record"] in {
        each.where.get("record") for each in oversight.breaks(cast.ward)
    }


def test_the_pages_find_somebody_enter_them_and_say_what_is_missing(client, cast):
    there = village(cast)
    with clock.at(LATER):
        client.force_login(cast.facilitator)
        here = {"ward": cast.ward}
        empty = client.get(reverse("cadres:list", kwargs=here))
        assert reverse("cadres:join", kwargs=here) in empty.content.decode()
        asked = reverse("cadres:join", kwargs=here) + "?q=Rekaan"
        assert there.poor_people[0] in client.get(asked).content.decode()
        wrong = client.post(asked, {"person": there.poor_people[0], "joined_on": "2004-09-02",
                                    "stage": "readiness"})  # fmt: skip
        assert wrong.status_code == 409
        made = client.post(asked, {"person": there.poor_people[0], "joined_on": "2004-01-10",
                                   "stage": "readiness"})  # fmt: skip
        cadre = client.get(made["Location"])
        assert cadre.status_code == 200 and "10 Januari 2004" in cadre.content.decode()
        note = client.post(made["Location"] + "deed/", {"deed-on": "2004-08-30", "deed-what": "Rapat RT",
                                                        "deed-request_id": "a"})  # fmt: skip
        assert note.status_code == 302
        task = client.post(
            made["Location"] + "task/", {"task-task": "groups", "task-since": "2004-08-30"}
        )
        assert task.status_code == 302
        page = client.get(reverse("cadres:list", kwargs=here)).content.decode()
        assert "aktif" in page and "Mengunjungi KSM yang menunggak" in page
        paper = client.get(reverse("cadres:list_pdf", kwargs=here))
        assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")


def test_the_facilitators_desk_names_who_fell_silent_and_which_tasks_nobody_holds(cast):
    there = village(cast)
    with clock.at(JOINED):
        first, second = join(cast, there.poor_people[0]), join(cast, there.poor_people[1])
        assert [task.kind for task in accompanying.tasks(cast.ward, JOINED, cast.cadre)] == []

    def shown(on):
        found = accompanying.tasks(cast.ward, on, cast.facilitator)
        return {task.kind: task for task in found if "cadre" in task.kind or "task" in task.kind}

    with clock.at(LATER):
        assert shown(date(2004, 4, 9)).keys() == {"task_open"}
        both = shown(LATER)
        assert (both["cadres_silent"].values["count"], both["cadres_silent"].due) == (2, LATER)
        actions.note_deed(by=cast.cadre, ward=cast.ward, cadre_id=first.id, on=LATER, what="Rapat")
        one = shown(LATER)["cadre_silent"]
        assert one.parts == {"cadre": second.id} and "10 Januari 2004" in words(one)["what"]
        for task in queries.task_names(cast.ward, LATER):
            assert "task_open" in shown(LATER)
            actions.give_task(
                by=cast.chair, ward=cast.ward, cadre_id=first.id, task=task, since=LATER
            )
        assert shown(LATER).keys() == {"cadre_silent"}
