from django.db import migrations

from pendamping.trail.triggers import no_replace, vendor_sql

# A line whose entry never comes fails at the commit, where foreign keys are looked at; on SQLite that is
# for each connection to say. A program that does not look at them writes no line.
_SQLITE = """CREATE TRIGGER ledger_line_keys BEFORE INSERT ON ledger_line
WHEN (SELECT foreign_keys FROM pragma_foreign_keys) = 0 BEGIN
  SELECT RAISE(ABORT, 'ledger_line: a line is written where foreign keys are on (PRAGMA foreign_keys = ON)');
END"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_windows_of_the_board")]

    operations = [
        vendor_sql(
            {"sqlite": [_SQLITE], "postgresql": []},
            {"sqlite": ["DROP TRIGGER ledger_line_keys"], "postgresql": []},
        ),
        no_replace("ledger_lock", [["id"], ["ward"]]),
    ]
