"""The trail: append-only in the database, sealed, and no write without it."""

import pytest
from django.db import DatabaseError, connection, transaction

from pendamping.access.models import Slip, User
from pendamping.trail import queries as trail
from pendamping.trail.actions import record
from pendamping.trail.models import Event
from pendamping.trail.writing import ActionLeftNoTrail, WriteOutsideAction, action, migrating

pytestmark = pytest.mark.django_db


@action
def note(*, by, ward, text):
    number = record(by=by, ward=ward, record="note:1", text=text)
    return Event.objects.get(ward=ward, seq=number)


@action
def forget_to_record(*, by, username):
    User.objects.filter(username=username).update(name="changed")


@action
def run_sql(*, by, sql):
    record(by=by, ward="", record="sql")
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_each_ward_has_its_own_unbroken_chain(cast):
    for number in range(3):
        note(by=cast.treasurer, ward=cast.ward, text=f"number {number}")
    assert [event.seq for event in trail.of_ward(cast.ward, limit=3)] == sorted(
        (event.seq for event in trail.of_ward(cast.ward, limit=3)), reverse=True
    )
    assert trail.check_all() == []


@pytest.mark.parametrize(
    "attack",
    ["UPDATE trail_event SET actor = 'nobody'", "DELETE FROM trail_event"],
)
def test_the_database_refuses_to_change_the_trail(cast, attack):
    note(by=cast.treasurer, ward=cast.ward, text="stays")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run_sql(by=cast.system, sql=attack)
    assert trail.last("test_trail.note", cast.ward) is not None


def test_the_database_refuses_to_replace_and_to_empty_the_trail(cast):
    event = note(by=cast.treasurer, ward=cast.ward, text="stays")
    attack = "TRUNCATE trail_event"
    if connection.vendor == "sqlite":
        attack = (
            'INSERT OR REPLACE INTO trail_event (ward, seq, verb, actor, record, "on", entered_at,'
            f" data, previous, seal) SELECT ward, seq, verb, 'nobody', record, \"on\", entered_at,"
            f" data, previous, seal FROM trail_event WHERE id = {event.pk}"
        )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run_sql(by=cast.system, sql=attack)
    assert Event.objects.get(pk=event.pk).actor == event.actor


@pytest.mark.parametrize(
    "attack",
    [
        "DELETE FROM trail_head",
        "UPDATE trail_head SET seq = seq - 1",
        "UPDATE trail_head SET seal = 'another'",
    ],
)
def test_the_end_of_a_chain_only_goes_forward(cast, attack):
    note(by=cast.treasurer, ward=cast.ward, text="stays")
    with pytest.raises(DatabaseError, match="only goes forward"), transaction.atomic():
        run_sql(by=cast.system, sql=attack)
    assert trail.check(cast.ward) is None


def test_a_chain_whose_end_is_gone_shows(cast):
    event = note(by=cast.treasurer, ward=cast.ward, text="one")
    table = " ON trail_head" if connection.vendor == "postgresql" else ""
    with migrating(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER trail_head_no_delete{table}")
    run_sql(by=cast.system, sql=f"DELETE FROM trail_head WHERE ward = '{cast.ward}'")
    assert trail.check(cast.ward).clause == "trail.cut"
    assert event.seq > 0


def test_an_edit_behind_the_database_shows(cast):
    note(by=cast.treasurer, ward=cast.ward, text="one")
    event = note(by=cast.treasurer, ward=cast.ward, text="two")
    note(by=cast.treasurer, ward=cast.ward, text="three")
    drop = {
        "sqlite": "DROP TRIGGER trail_event_no_update",
        "postgresql": "DROP TRIGGER trail_event_no_change ON trail_event",
    }[connection.vendor]
    with migrating(), connection.cursor() as cursor:
        cursor.execute(drop)
    run_sql(by=cast.system, sql=f"UPDATE trail_event SET actor = 'nobody' WHERE id = {event.pk}")
    broken = trail.check(cast.ward)
    assert broken.clause == "trail.edited"
    assert broken.where == {"ward": cast.ward, "seq": event.seq}


DISGUISED = [
    "update access_user set name = 'x'",
    "/* harmless */ UPDATE access_user SET name = 'x'",
    "-- harmless\nUPDATE access_user SET name = 'x'",
    "UPDATE OR IGNORE access_user SET name = 'x'",
    'UPDATE "main"."access_user" SET name = \'x\'',
    "UPDATE main . access_user SET name = 'x'",
    "UPDATE [access_user] SET name = 'x'",
    'DELETE FROM "Access_User"',
    "WITH one AS (SELECT 1) DELETE FROM access_slip",
    "REPLACE INTO access_slip (id) VALUES ('x')",
]


def test_a_write_outside_an_action_is_refused_whatever_way_it_takes(cast):
    user = cast.treasurer
    user.name = "changed"
    attempts = [
        user.save,
        lambda: User.objects.update(name="changed"),
        lambda: Slip.objects.all().delete(),
        lambda: Event.objects.bulk_create([Event(ward="x", seq=1)]),
        lambda: connection.cursor().execute("INSERT INTO trail_head VALUES ('x', 1, 'y')"),
        *(lambda sql=sql: connection.cursor().execute(sql) for sql in DISGUISED),
    ]
    for attempt in attempts:
        with pytest.raises(WriteOutsideAction), transaction.atomic():
            attempt()
    assert User.objects.get(pk=user.pk).name == "Contoh treasurer"


def test_an_action_that_leaves_no_trail_is_undone(cast):
    with pytest.raises(ActionLeftNoTrail):
        forget_to_record(by=cast.system, username="treasurer")
    assert User.objects.get(username="treasurer").name == "Contoh treasurer"


def test_an_action_takes_named_arguments_only(cast):
    with pytest.raises(TypeError, match="name every argument"):
        note(cast.treasurer, cast.ward, "x")
