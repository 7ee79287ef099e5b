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
