"""Two connections that try to slip lines past each other into one entry of the books.

On SQLite a second writer waits by design; on PostgreSQL only the triggers' locks stand between them.
"""

import os
import threading

import pytest

pytestmark = pytest.mark.skipif(
    not os.environ.get("DATABASE_URL", "").startswith("postgres"),
    reason="SQLite has one writer at a time",
)

LINES = (
    "INSERT INTO ledger_line (entry_id, no, account_id, amount)"
    " SELECT %(entry)s, no + %(after)s, account_id, amount * %(times)s FROM ledger_line"
    " WHERE entry_id = (SELECT id FROM ledger_entry ORDER BY id LIMIT 1)"
)
ENTRY = (
    'INSERT INTO ledger_entry (id, ward, "on", entered_on, entered_at, kind, ref, narration)'
    ' SELECT %(entry)s, ward, "on", entered_on, entered_at, kind, ref, narration FROM ledger_entry'
    " ORDER BY id LIMIT 1"
)
COUNT = "SELECT count(*) FROM ledger_line WHERE entry_id = %(entry)s"
HONEST, THIEF = {"after": 0, "times": 1}, {"after": 2, "times": 3}


@pytest.fixture
def connect(office):
    import psycopg

    office.ask("prepare")
    opened = []

    def go():
        opened.append(psycopg.connect(office.environment["DATABASE_URL"]))
        return opened[-1]

    yield go
    for one in opened:
        one.close()


def test_lines_that_wait_for_an_entry_are_refused_when_it_stands(connect):
    import psycopg

    honest, thief = connect(), connect()
    entry = {"entry": "E" * 26}
    honest.execute(LINES, {**entry, **HONEST})
    honest.execute(ENTRY, entry)
    found = []

    def slip():
        try:
            thief.execute(LINES, {**entry, **THIEF})
            thief.commit()
        except psycopg.DatabaseError as error:
            found.append(str(error))

    thread = threading.Thread(target=slip)
    thread.start()
    thread.join(timeout=0.5)
    assert thread.is_alive(), "the thief did not wait"
    honest.commit()
    thread.join(timeout=30)
    assert len(found) == 1
    assert "no line is added to an entry that stands" in found[0]
    assert honest.execute(COUNT, entry).fetchone()[0] == 2


def test_lines_whose_entry_is_written_by_another_do_not_reach_the_books(connect):
    import psycopg

    thief, honest = connect(), connect()
    entry = {"entry": "F" * 26}
    thief.execute(LINES, {**entry, **THIEF})

    def write():
        honest.execute(LINES, {**entry, **HONEST})
        honest.execute(ENTRY, entry)
        honest.commit()

    thread = threading.Thread(target=write)
    thread.start()
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        thief.commit()
    thread.join(timeout=30)
    assert not thread.is_alive()
    assert honest.execute(COUNT, entry).fetchone()[0] == 2


def test_a_transaction_that_cannot_see_what_others_committed_may_not_write(connect):
    import psycopg

    blind = connect()
    blind.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    with pytest.raises(psycopg.DatabaseError, match="read committed"):
        blind.execute(LINES, {"entry": "G" * 26, **HONEST})
