"""No plain SQL writes to a room's table outside an action, whatever way it takes (both databases)."""

import pytest
from django.db import connection, transaction

from pendamping.trail import statement_guard
from pendamping.trail.writing import WriteOutsideAction

pytestmark = pytest.mark.django_db

WAYS = [
    "UPDATE {t} SET name = 'x'",
    "update main.{t} set name = 'x'",
    'UPDATE OR IGNORE "{t}" SET name = 1',
    "UPDATE ONLY public.{t} SET name = 'x'",
    "DELETE FROM {t}",
    "DELETE FROM ONLY ({t})",
    "DELETE FROM ONLY({t})",
    "UPDATE ONLY({t}) SET name = 'x'",
    "UPDATE ONLY ( public.{t} ) SET name = 'x'",
    'UPDATE ONLY"{t}" SET name = 1',
    "UPDATE db.public.{t} SET name = 'x'",
    'UPDATE "db" . "public" . "{t}" SET name = 1',
    "UPDATE '{t}' SET name = 'x'",
    "DELETE FROM '{t}'",
    "INSERT INTO main.'{t}' VALUES (1)",
    'UPDATE"{t}" SET name = 1',
    'DELETE FROM"{t}"',
    "INSERT INTO[{t}] VALUES (1)",
    "DROP TABLE {t}",
    "drop table if exists django_session, public.{t} cascade",
    "DROP TRIGGER {t}_no_update",
    "SELECT 1; DROP TRIGGER x ON {t}",
    "DROP FUNCTION x() CASCADE",
    "DROP SCHEMA public CASCADE",
    "DROP OWNED BY CURRENT_USER",
    "ALTER TABLE {t} DISABLE TRIGGER ALL",
    "ALTER TABLE ONLY public.{t} DISABLE TRIGGER USER",
    "ALTER TABLE {t} DROP COLUMN name",
    'ALTER TABLE "{t}" RENAME TO x',
    "SET session_replication_role = replica",
    "SET LOCAL session_replication_role TO 'replica'",
    "SELECT set_config('session_replication_role', 'replica', false)",
    "SELECT set_config('session_' || 'replication_role', 'replica', false)",
    "PRAGMA writable_schema=1",
    "PRAGMA writable_schema(1)",
    "CREATE OR REPLACE FUNCTION x() RETURNS trigger AS $$ BEGIN RETURN NEW; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER x AFTER INSERT ON django_session BEGIN DELETE FROM {t}; END",
    "CREATE RULE x AS ON INSERT TO django_session DO ALSO DELETE FROM {t}",
    "DELETE/**/FROM/* x */{t}",
    "DELETE -- all of it\n FROM\n {t}",
    "INSERT INTO {t} VALUES (1)",
    "INSERT OR REPLACE INTO {t} VALUES (1)",
    "REPLACE INTO [{t}] VALUES (1)",
    "MERGE INTO {t} USING x ON true WHEN MATCHED THEN DELETE",
    "TRUNCATE {t}",
    "TRUNCATE TABLE ONLY django_session, {t} CASCADE",
    "COPY {t} FROM STDIN",
    "COPY {t} (id, name) FROM PROGRAM 'true'",
    "COPY (DELETE FROM {t} RETURNING *) TO STDOUT",
    "EXPLAIN ANALYZE INSERT INTO {t} VALUES (1)",
    "EXPLAIN (ANALYZE, VERBOSE) DELETE FROM {t}",
    "explain analyze with x as (delete from {t} returning *) select * from x",
    "WITH x AS (DELETE FROM {t} RETURNING *) SELECT * FROM x",
    "WITH x AS (SELECT 1) INSERT INTO {t} SELECT * FROM x",
    "WITH RECURSIVE x AS (SELECT 1), y AS (UPDATE {t} SET name = 'x' RETURNING 1) SELECT 1",
    "SELECT 1; DELETE FROM {t}",
    "select 1;\n\ndelete from {t}",
    "SELECT ';'; DELETE FROM {t}",
    "SELECT E'\\''; DELETE FROM {t}; --'",
    "SET LOCAL lock_timeout = 0; UPDATE {t} SET name = 'x'",
    "BEGIN; DELETE FROM {t}; COMMIT",
    "SAVEPOINT a; DELETE FROM {t}",
    "PRAGMA foreign_keys = OFF; DELETE FROM {t}",
    "ROLLBACK; DELETE FROM {t}",
    "INSERT INTO django_session VALUES (1); DELETE FROM {t}",
    "CREATE TEMPORARY TABLE x (a int); DELETE FROM {t}",
    "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ SELECT 1 $$; DELETE FROM {t}",
    "CREATE TEMPORARY TABLE x (a int); BEGIN TRANSACTION; DELETE FROM {t}; END",
    "CREATE TRIGGER x BEFORE UPDATE ON y BEGIN SELECT 1; END; BEGIN; DELETE FROM {t}; END",
    "PREPARE x AS DELETE FROM {t}",
    "DO $$ BEGIN DELETE FROM {t}; END $$",
    "/* x */ do 'begin delete from {t}; end'",
    "SELECT 1; DO $$ BEGIN PERFORM 1; END $$",
    "CALL empty_it()",
    "SELECT 1; CALL empty_it()",
    'DELETE FROM U&"loans\\005floan"',
    "LOAD 'x'",
    "IMPORT FOREIGN SCHEMA x FROM SERVER y INTO z",
]

READS = [
    "SELECT 1",
    "select name from {t}",
    "SELECT 1 UNION SELECT 2",
    "WITH x AS (SELECT * FROM {t}) SELECT * FROM x",
    "EXPLAIN SELECT * FROM {t}",
    "SELECT ';' FROM {t}",
    "VALUES (1)",
]


@pytest.mark.parametrize("way", WAYS)
def test_no_statement_writes_outside_an_action(cast, way):
    text = way.format(t="access_user")
    with pytest.raises(WriteOutsideAction), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text)


@pytest.mark.parametrize("way", READS)
def test_reading_needs_no_action(cast, way):
    with connection.cursor() as cursor:
        cursor.execute(way.format(t="access_user"))
        assert cursor.fetchall()


def test_tables_of_libraries_and_triggers_of_migrations_are_not_the_guards():
    for text in (
        "DELETE FROM django_session",
        "TRUNCATE django_session, django_site",
        "CREATE TRIGGER x BEFORE UPDATE ON loans_loan BEGIN DELETE FROM loans_loan; END",
        "CREATE TRIGGER x BEFORE TRUNCATE ON loans_loan FOR EACH STATEMENT EXECUTE FUNCTION f()",
        "CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN UPDATE loans_loan SET a = 1; END $$",
        "ALTER TABLE loans_loan ADD COLUMN x int",
        "SELECT * FROM loans_loan FOR UPDATE OF loans_loan; SELECT 1",
        "",
    ):
        assert statement_guard.write(text) == "", text


def test_what_only_names_a_seal_or_a_table_of_others_is_no_change_of_shape():
    for text in (
        "SELECT set_config('TimeZone', %s, false)",
        "DROP TABLE django_session",
        "CREATE TEMPORARY TABLE x (a int)",
        "DROP TABLE x",
        "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "SET CONSTRAINTS ALL IMMEDIATE",
        "PRAGMA foreign_keys = ON",
        "DROP DATABASE test_x",
    ):
        assert statement_guard.shape(text) == "", text


def test_djangos_editor_of_tables_still_changes_them():
    editor = connection.SchemaEditorClass(connection)
    editor.execute("ALTER TABLE access_user ADD COLUMN extra varchar(5) NULL")
    with connection.cursor() as cursor:
        cursor.execute("SELECT extra FROM access_user")
        assert not any(extra for (extra,) in cursor.fetchall())
    editor.execute("ALTER TABLE access_user DROP COLUMN extra")
