"""What the database does so that no entry slips into a month that is being closed.

An entry is looked at when it arrives (``triggers``): none has a date up to the day to which the ward's
books are closed. SQLite has one writer at a time. On PostgreSQL whoever posts holds a shared lock of the
ward until the commit, and whoever closes waits for all of them with the exclusive one.
"""

from django.db import connection, migrations

from pendamping.funds.ledger.triggers import own_schema
from pendamping.trail.triggers import vendor_sql

PLACE = 7202  # of the advisory locks, one for each ward


def hold_entries(ward: str) -> None:
    """Wait for entries of the ward that are on their way, and keep others out until the commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [PLACE, ward])


_MESSAGE = "ledger_entry: the books are closed up to this day"
_SQLITE = f"""CREATE TRIGGER ledger_entry_open BEFORE INSERT ON ledger_entry
WHEN EXISTS (SELECT 1 FROM ledger_lock WHERE ward = NEW.ward AND until >= NEW."on") BEGIN
  SELECT RAISE(ABORT, '{_MESSAGE}');
END"""  # noqa: S608 -- fixed text alone

_POSTGRES = [
    f"""CREATE FUNCTION ledger_entry_open_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared({PLACE}, hashtext(NEW.ward));
  IF EXISTS (SELECT 1 FROM ledger_lock WHERE ward = NEW.ward AND until >= NEW."on") THEN
    RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$""",  # noqa: S608 -- fixed text alone
    "CREATE TRIGGER ledger_entry_open BEFORE INSERT ON ledger_entry "
    "FOR EACH ROW EXECUTE FUNCTION ledger_entry_open_check()",
]


def open_days() -> list[migrations.RunPython]:
    """No entry arrives in a closed month."""
    return [
        vendor_sql(
            {"sqlite": [_SQLITE], "postgresql": _POSTGRES},
            {
                "sqlite": ["DROP TRIGGER ledger_entry_open"],
                "postgresql": [
                    "DROP TRIGGER ledger_entry_open ON ledger_entry",
                    "DROP FUNCTION ledger_entry_open_check()",
                ],
            },
        ),
        own_schema("ledger_entry_open_check"),
    ]
