"""What is signed, ratified or closed stays as it is, whatever plain SQL comes (both databases)."""

import re
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from pendamping.desk import oversight
from pendamping.elections.models import Named, Tally
from pendamping.funds.ledger import queries as books
from pendamping.funds.upk import actions as upk
from pendamping.kernel import clock
from pendamping.targeting import actions as targeting
from pendamping.trail.writing import migrating
from tests import electing, lending
from tests.closing import close
from tests.gatherings import board_decides, decide, meet, village
from tests.rooms.test_designation import designate
from tests.rooms.test_ledger_attacks import attack
from tests.rooms.test_targeting import MET, citizens, post
from tests.staging import staged

pytestmark = pytest.mark.django_db

JANUARY = date(2004, 1, 31)


def against(cast, *sql):
    """Each statement is refused by the database itself, each in a transaction of its own."""
    for one in sql:
        with pytest.raises(DatabaseError), transaction.atomic():
            attack(by=cast.system, sql=[one])


def rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        return cursor.fetchall()


def replaced(table, key):
    """SQLite's way to change a row by putting another over it; elsewhere it is no SQL at all."""
    return f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = '{key}'"


def test_a_signed_meeting_its_roll_and_its_decisions_stand(cast):
    people = village(cast)
    met = decide(cast, meet(cast, people.poor_people, eligible=6), "meetings.other")
    tables = ("meetings_meeting", "meetings_rollentry", "meetings_decision")
    before = [rows(table) for table in tables]
    one = f"WHERE meeting_id = '{met.id}'"
    against(
        cast,
        f"UPDATE meetings_meeting SET minutes = 'lain' WHERE id = '{met.id}'",
        f"UPDATE meetings_meeting SET status = 'held' WHERE id = '{met.id}'",
        f"UPDATE meetings_meeting SET quorum_met = NOT quorum_met WHERE id = '{met.id}'",
        f"UPDATE meetings_meeting SET signers = '[]' WHERE id = '{met.id}'",
        f"DELETE FROM meetings_meeting WHERE id = '{met.id}'",
        f"UPDATE meetings_rollentry SET name = 'Lain' {one}",
        f"DELETE FROM meetings_rollentry {one} AND number = 1",
        "INSERT INTO meetings_rollentry (id, meeting_id, number, name, sex, poor, rw, rt, guest) "
        f"VALUES ('x', '{met.id}', 99, 'Lain', '', false, '', '', false)",
        f"UPDATE meetings_decision SET outcome = 'rejected' {one}",
        f"UPDATE meetings_decision SET subject = 'loans.approve:x' {one}",
        f"DELETE FROM meetings_decision {one}",
        "INSERT INTO meetings_decision (id, meeting_id, number, subject, text, outcome, entered_at) "
        f"VALUES ('x', '{met.id}', 2, 'a', 'b', 'accepted', '2004-01-29 10:00:00')",
        replaced("meetings_meeting", met.id),
        replaced("meetings_decision", met.decisions.get().id),
        replaced("meetings_rollentry", met.roll.first().id),
    )
    assert [rows(table) for table in tables] == before


def test_the_roll_stands_from_the_first_decision_on_but_minutes_are_still_signed(cast):
    people = village(cast)
    met = meet(cast, people.poor_people, eligible=6)
    with transaction.atomic():
        attack(
            by=cast.system, sql=[f"UPDATE meetings_meeting SET eligible = 7 WHERE id = '{met.id}'"]
        )
    decide_only(cast, met)
    against(
        cast,
        f"UPDATE meetings_meeting SET eligible = 6 WHERE id = '{met.id}'",
        f"UPDATE meetings_meeting SET held_on = '2004-01-30' WHERE id = '{met.id}'",
        f"UPDATE meetings_rollentry SET guest = true WHERE meeting_id = '{met.id}'",
    )
    from tests.gatherings import sign

    assert sign(cast, met).status == "closed"


def decide_only(cast, met):
    from pendamping.meetings import actions as meetings

    meetings.record_decision(
        by=cast.facilitator, ward=cast.ward, meeting_id=met.id, subject="meetings.other", text="Ya"
    )


def test_a_designation_and_a_ratified_list_stand_and_a_new_list_takes_its_place(cast):
    people = village(cast)
    letter = designate(cast)
    found = post(cast, people)
    meeting = citizens(cast, people, found)
    with clock.at(MET):
        targeting.ratify_list(
            by=cast.chair, ward=cast.ward, list_id=found.id, meeting_id=meeting.id
        )
    tables = (
        "targeting_designation", "targeting_candidateward", "targeting_criteriaversion",
        "targeting_criterion", "targeting_poorlist", "targeting_listentry", "targeting_tick",
    )  # fmt: skip
    before = [rows(table) for table in tables]
    assert all(before)
    on_list = f"WHERE list_id = '{found.id}'"
    against(
        cast,
        "UPDATE targeting_designation SET letter_no = 'lain'",
        "DELETE FROM targeting_candidateward",
        "UPDATE targeting_candidateward SET chosen = false",
        "UPDATE targeting_criteriaversion SET status = 'draft', ratified_on = NULL",
        "UPDATE targeting_criterion SET text = 'lain'",
        "DELETE FROM targeting_criterion",
        f"UPDATE targeting_poorlist SET meeting = 'lain' WHERE id = '{found.id}'",
        f"UPDATE targeting_poorlist SET status = 'draft' WHERE id = '{found.id}'",
        f"DELETE FROM targeting_poorlist WHERE id = '{found.id}'",
        f"UPDATE targeting_listentry SET listed = NOT listed {on_list}",
        f"DELETE FROM targeting_listentry {on_list}",
        "DELETE FROM targeting_tick",
        "INSERT INTO targeting_objection (id, list_id, kind, household_id, head_name, reason, raised_on, "
        "raised_by, entered_on, status, why) SELECT 'x', list_id, 'add', household_id, head_name, 'x', "
        f"'2004-01-01', '', '2004-01-01', 'open', '' FROM targeting_listentry {on_list} LIMIT 1",
        replaced("targeting_designation", letter.id),
        replaced("targeting_poorlist", found.id),
    )
    assert [rows(table) for table in tables] == before
    attack(
        by=cast.system,
        sql=[f"UPDATE targeting_poorlist SET status = 'superseded' WHERE id = '{found.id}'"],
    )


@staged
def closed(cast):
    lending.open_fund(cast)
    return close(cast, JANUARY)


def test_a_closed_month_is_reopened_by_the_board_and_by_no_plain_sql(cast, closed):
    against(
        cast,
        "UPDATE ledger_lock SET until = NULL",
        "UPDATE ledger_lock SET until = '2003-12-31'",
        "UPDATE ledger_lock SET ward = 'x'",
        "DELETE FROM ledger_lock",
        "INSERT OR REPLACE INTO ledger_lock SELECT id, ward, NULL FROM ledger_lock",
        "DELETE FROM upk_monthclose",
        "UPDATE upk_monthclose SET month = '2003-12-31'",
        "UPDATE upk_monthclose SET figures = '{}'",
        replaced("upk_monthclose", closed.id),
    )
    assert books.closed_until(cast.ward) == JANUARY
    assert oversight.breaks(cast.ward) == []
    day = date(2004, 2, 10)
    meeting = board_decides(cast, f"upk.reopen_month:{closed.id}", on=day)
    with clock.at(day):
        upk.reopen_month(
            by=cast.chair, ward=cast.ward, close_id=closed.id, on=day, why="x", meeting_id=meeting
        )
    assert books.closed_until(cast.ward) is None
    against(cast, "UPDATE upk_monthclose SET state = 'approved'")


@pytest.mark.parametrize("until", ["'2004-03-31'", "NULL"])
def test_a_lock_that_differs_from_the_closes_is_a_break(cast, closed, until):
    drop = {
        "sqlite": "DROP TRIGGER ledger_lock_closes_change",
        "postgresql": "DROP TRIGGER ledger_lock_closes ON ledger_lock",
    }[connection.vendor]
    with migrating(), connection.cursor() as cursor:
        cursor.execute(drop)
        cursor.execute(f"UPDATE ledger_lock SET until = {until}")
    assert [one.clause for one in oversight.breaks(cast.ward)] == ["upk.lock"]


LONE = (
    "INSERT INTO ledger_line (entry_id, no, account_id, amount) "
    "SELECT 'never', 1, id, 500 FROM ledger_account LIMIT 1"
)

LONE_VALUES = "INSERT INTO ledger_line (entry_id, no, account_id, amount) VALUES ('a', 1, 'b', 500)"


def test_a_program_that_looks_at_no_foreign_keys_writes_no_line(cast):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL looks at foreign keys for every connection")
    with connection.cursor() as cursor:  # tables before their triggers
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name IN "
            "('ledger_account', 'ledger_entry', 'ledger_line') AND sql IS NOT NULL ORDER BY rowid"
        )
        made = [sql for (sql,) in cursor.fetchall()]
    made.sort(key=lambda sql: not sql.startswith("CREATE TABLE"))
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as plain:
        for sql in made:
            plain.execute(sql)
        assert plain.execute("PRAGMA foreign_keys").fetchone() == (0,)
        with pytest.raises(sqlite3.IntegrityError, match="foreign keys are on"):
            plain.execute(LONE_VALUES)
        plain.execute("PRAGMA foreign_keys = ON")
        plain.execute("BEGIN")
        plain.execute(LONE_VALUES)
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            plain.execute("COMMIT")


def test_the_look_over_the_books_finds_a_line_without_entry_and_one_without_account(cast):
    lending.open_fund(cast)
    nowhere = (
        "INSERT INTO ledger_line (entry_id, no, account_id, amount) VALUES ('never', 2, 'x', 7)"
    )
    with transaction.atomic():
        with migrating(), connection.cursor() as cursor:
            cursor.execute(LONE)
            cursor.execute(nowhere)
        found = [(one.clause, one.where.get("ward")) for one in oversight.look_over()]
        assert found == [("ledger.line", cast.ward), ("ledger.line", None)]
        transaction.set_rollback(True)


def test_the_figures_of_a_count_stand(cast):
    people = electing.hamlet(cast)
    election = electing.seated(cast, people)
    tables = ("elections_tally", "elections_named")
    before = [rows(table) for table in tables]
    assert all(before)
    tally = Tally.objects.first().id
    named = Named.objects.first().id
    against(
        cast,
        f"DELETE FROM elections_tally WHERE id = '{tally}'",
        "DELETE FROM elections_tally",
        f"UPDATE elections_tally SET votes = '{{}}' WHERE id = '{tally}'",
        f"UPDATE elections_tally SET women = 0, note = 'x' WHERE id = '{tally}'",
        f"UPDATE elections_tally SET holds = NOT holds WHERE id = '{tally}'",
        replaced("elections_tally", tally),
        "UPDATE elections_named SET votes = votes + 1",
        f"UPDATE elections_named SET name = 'x' WHERE id = '{named}'",
        f"DELETE FROM elections_named WHERE id = '{named}'",
        replaced("elections_named", named),
    )
    assert [rows(table) for table in tables] == before
    assert election.status == "seated"


class Listening:
    """Stands in for Django's editor of tables: keeps which triggers the migrations have made."""

    def __init__(self):
        self.connection, self.kept = connection, {}

    def execute(self, sql, params=None):
        if found := re.match(r"\s*CREATE (?:CONSTRAINT )?TRIGGER (\w+)", sql):
            self.kept[found[1]] = sql
        elif found := re.match(r"\s*DROP TRIGGER (?:IF EXISTS )?(\w+)", sql):
            self.kept.pop(found[1], None)


def test_no_migration_has_lost_a_seal_on_its_way():
    """On SQLite a table that is made anew loses its triggers without a word."""
    from django.db.migrations.loader import MigrationLoader

    from pendamping.trail.triggers import Statements

    heard = Listening()
    loader = MigrationLoader(connection)
    plan = loader.graph.leaf_nodes()
    done = []
    for leaf in plan:
        done += [key for key in loader.graph.forwards_plan(leaf) if key not in done]
    for key in done:
        for step in loader.get_migration(*key).operations:
            if isinstance(step, Statements):
                step.code(None, heard)
    there = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(there[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    assert len(heard.kept) > 100
    assert sorted(set(heard.kept) - found) == []


def test_who_counts_as_poor_beside_the_ratified_list_is_a_break(cast):
    people = village(cast)
    designate(cast)
    found = post(cast, people)
    meeting = citizens(cast, people, found)
    with clock.at(MET):
        targeting.ratify_list(
            by=cast.chair, ward=cast.ward, list_id=found.id, meeting_id=meeting.id
        )
    assert oversight.breaks(cast.ward) == []
    named = set(found.entries.filter(listed=True).values_list("household_id", flat=True))
    (first, *_), other = (
        sorted(named),
        next(home for home, _head in [*people.poor, *people.rich] if home not in named),
    )
    for sql, figures in (
        (f"UPDATE households_poormark SET until = '2004-03-01' WHERE household_id = '{first}' AND until IS NULL",
         {"lost": 1, "beside": 0}),
        ("INSERT INTO households_poormark (id, household_id, ward, since, source, meeting) "
         f"VALUES ('x', '{other}', '{cast.ward}', '2004-03-01', 'list', '')", {"lost": 0, "beside": 1}),
    ):  # fmt: skip
        with transaction.atomic():
            attack(by=cast.system, sql=[sql])
            (broken,) = oversight.breaks(cast.ward)
            assert (broken.clause, dict(broken.values)) == (
                "targeting.said",
                {"number": found.number, **figures},
            )
            transaction.set_rollback(True)
