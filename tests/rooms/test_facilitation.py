"""The facilitators' plan and logbook: written once, corrected without losing what stood there."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from pendamping.desk import accompanying
from pendamping.facilitation import actions, queries
from pendamping.kernel import clock
from pendamping.kernel.refusal import Refusal
from pendamping.trail import queries as trail
from pendamping.trail.writing import migrating

pytestmark = pytest.mark.django_db

MONDAY = date(2004, 6, 7)
TOLD = {
    "on": MONDAY, "stage": "groups", "roles": ["technical", "facilitative"], "minutes": 90,
    "decided_by": "joint", "women": 7, "men": 3, "result": "Buku kas KSM diperiksa",
}  # fmt: skip


def log(cast, **changes):
    return actions.log_day(by=cast.facilitator, ward=cast.ward, **{**TOLD, **changes})


def clauses(refused):
    return [reason.clause for reason in refused.value.reasons]


def test_an_entry_keeps_the_day_of_its_entry_beside_its_own(cast):
    with clock.at(date(2004, 6, 10)):
        entry = log(cast)
    assert (entry.on, entry.entered_on) == (MONDAY, date(2004, 6, 10))
    [event] = trail.of_record(f"log:{entry.id}")
    assert (event.verb, event.on, json.loads(event.data)["roles"]) == (
        "facilitation.log_day", MONDAY, "facilitative;technical",
    )  # fmt: skip


def test_the_same_form_sent_twice_writes_once(cast):
    with clock.at(MONDAY):
        first = log(cast, request_id="form-1")
        assert log(cast, request_id="form-1").id == first.id
    assert len(queries.entries(cast.ward, MONDAY, MONDAY)) == 1


def test_a_correction_keeps_what_stood_there_before(cast):
    with clock.at(MONDAY):
        entry = log(cast)
    with clock.at(date(2004, 6, 12)):
        new = actions.correct_log(
            by=cast.facilitator, ward=cast.ward, entry_id=entry.id, why="Warga yang memutuskan",
            told={**TOLD, "decided_by": "community"},
        )  # fmt: skip
    assert [one.decided_by for one in queries.versions(entry)] == ["community", "joint"]
    assert [one.id for one in queries.entries(cast.ward, MONDAY, MONDAY)] == [new.id]
    with pytest.raises(Refusal) as refused:  # the text that was replaced cannot be replaced again
        actions.take_back_log(by=cast.facilitator, ward=cast.ward, entry_id=entry.id, why="salah")
    assert clauses(refused) == ["facilitation.log.unknown"]


def test_what_was_taken_back_counts_no_longer_and_stays_readable(cast):
    with clock.at(MONDAY):
        entry = log(cast)
        actions.take_back_log(
            by=cast.facilitator, ward=cast.ward, entry_id=entry.id, why="Lain hari"
        )
        assert queries.entries(cast.ward, MONDAY, MONDAY) == []
        assert queries.decisions(cast.ward, MONDAY) == []
    assert [one.taken_back for one in queries.versions(entry)] == [True, False]


def test_the_database_changes_no_entry(cast):
    with clock.at(MONDAY):
        entry = log(cast)
    for statement in (
        "UPDATE facilitation_logentry SET minutes = 5 WHERE id = %s",
        "DELETE FROM facilitation_logentry WHERE id = %s",
    ):
        with (
            pytest.raises((IntegrityError, DatabaseError), match="append-only"),
            transaction.atomic(), migrating(), connection.cursor() as cursor,
        ):  # fmt: skip
            cursor.execute(statement, [entry.id])


def test_a_day_has_twenty_four_hours_also_in_one_notebook(cast):
    with clock.at(MONDAY):
        log(cast, minutes=600)
        notebook = [{**TOLD, "minutes": 600}, {**TOLD, "minutes": 600}]
        with pytest.raises(Refusal) as refused:
            actions.log_days(by=cast.facilitator, ward=cast.ward, entries=notebook)
        assert clauses(refused) == ["facilitation.log.day"]
        assert len(queries.entries(cast.ward, MONDAY, MONDAY)) == 1


def test_nobody_writes_into_another_ones_logbook(cast):
    with clock.at(MONDAY):
        entry = log(cast)
        for who in (cast.cadre, cast.chair, cast.stranger):
            with pytest.raises(Refusal) as refused:
                actions.log_day(by=who, ward=cast.ward, **TOLD)
            assert clauses(refused) == ["access.permission"]
        with pytest.raises(Refusal):
            actions.correct_log(
                by=cast.ward_admin, ward=cast.ward, entry_id=entry.id, why="x", told=TOLD
            )


def test_what_is_planned_is_done_by_its_entry_or_given_up_with_a_reason(client, cast):
    who = {"by": cast.facilitator, "ward": cast.ward}
    with clock.at(MONDAY):
        done, dropped, missed = (
            actions.plan_activity(**who, on=MONDAY, stage="groups", activity=f"Kegiatan {n}")
            for n in range(3)
        )
        log(cast, plan_id=done.id)
        actions.drop_plan(**who, plan_id=dropped.id, why="Balai RW dipakai hajatan")
        with pytest.raises(Refusal) as refused:
            actions.drop_plan(**who, plan_id=done.id, why="tidak jadi")
        assert clauses(refused) == ["facilitation.plan.open"]
    with clock.at(date(2004, 6, 8)):
        log(cast, on=date(2004, 6, 8))
        found = queries.planned_against_done(cast.ward, MONDAY, date(2004, 6, 13))
        kept = [task for task in accompanying.tasks(cast.ward, clock.today(), cast.facilitator)]
        client.force_login(cast.facilitator)
        page = client.get(reverse("facilitation:home", kwargs={"ward": cast.ward}))
    assert (found.done, found.dropped, found.missed, found.beside) == (1, 1, 1, 1)
    assert found.planned == 3
    for said in ("Direncanakan dalam dua belas bulan", "belum dicatat", "dibatalkan"):
        assert said in page.text  # the parts that make up what was planned, none left out
    assert [(task.kind, task.query) for task in kept] == [
        ("log_plan", f"on={MONDAY}&plan={missed.id}")
    ]


def test_days_without_an_entry_are_asked_for_within_the_term_in_the_team(cast):
    def unlogged(on):
        return [day.day for day in queries.unlogged_days(cast.ward, cast.facilitator, on)]

    with clock.at(date(2004, 6, 10)):
        assert unlogged(clock.today()) == []  # in no team yet
        term = actions.assign_facilitator(
            by=cast.ward_admin, ward=cast.ward, username="facilitator", team="Tim 3",
            position="senior", since=date(2004, 6, 4), letter_no="ST-12",
        )  # fmt: skip
        log(cast)
        assert unlogged(clock.today()) == [4, 8, 9]  # not the weekend, not today
        with pytest.raises(Refusal) as refused:
            actions.assign_facilitator(
                by=cast.ward_admin, ward=cast.ward, username="facilitator", team="Tim 4",
                position="senior", since=date(2004, 6, 9),
            )  # fmt: skip
        assert clauses(refused) == ["facilitation.team.twice"]
        actions.end_posting(
            by=cast.ward_admin, ward=cast.ward, posting_id=term.id, until=date(2004, 6, 8)
        )
        assert unlogged(clock.today()) == [4, 8]


def test_only_a_facilitator_of_the_ward_joins_its_team(cast):
    with clock.at(MONDAY), pytest.raises(Refusal) as refused:
        actions.assign_facilitator(
            by=cast.ward_admin, ward=cast.ward, username="treasurer", team="Tim 1",
            position="senior", since=MONDAY,
        )  # fmt: skip
    assert clauses(refused) == ["facilitation.team.role"]


def test_the_form_needs_seven_taps_and_says_what_is_missing(client, cast):
    client.force_login(cast.facilitator)
    page = reverse("facilitation:log", kwargs={"ward": cast.ward})
    typed = {"on": "2004-06-07", "stage": "groups", "roles": ["technical"], "decided_by": "joint",
             "women": "7", "men": "0", "length": "60", "request_id": "form-2"}  # fmt: skip
    lacking = client.post(page, {**typed, "length": "", "roles": []})
    assert lacking.status_code == 422
    assert queries.entries(cast.ward, MONDAY, MONDAY) == []
    assert client.post(page, typed).status_code == 302
    [entry] = queries.entries(cast.ward, MONDAY, MONDAY)
    assert (entry.minutes, entry.women, entry.men) == (60, 7, 0)
    month = client.get(reverse("facilitation:month", kwargs={"ward": cast.ward}) + "?month=2004-06")
    assert (
        reverse("facilitation:entry", kwargs={"ward": cast.ward, "entry": entry.id}) in month.text
    )


def test_who_decided_is_shown_as_a_curve_from_the_first_month_on(client, cast):
    with clock.at(date(2004, 9, 1)):
        entries = [
            {**TOLD, "on": date(2004, month, day), "decided_by": who}
            for month, who in ((3, "facilitator"), (4, "facilitator"), (5, "facilitator"),
                               (6, "joint"), (7, "community"), (8, "community"))
            for day in (1, 2)
        ]  # fmt: skip
        actions.log_days(by=cast.facilitator, ward=cast.ward, entries=entries)
        months, course = queries.dependence(cast.ward, clock.today())
        client.force_login(cast.chair)
        page = client.get(reverse("facilitation:home", kwargs={"ward": cast.ward}))
    assert (len(months), course.word) == (6, "falling")
    assert "berkurang" in page.text
