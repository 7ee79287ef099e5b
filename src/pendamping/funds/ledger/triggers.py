"""What the database itself refuses in the books, on SQLite and PostgreSQL alike.

Within one transaction the lines come first (their foreign key to the entry waits for the commit),
the entry last. When the entry arrives its lines must be at least two, sum to zero and lie in
accounts of its ward; from then on no line can be added. A line whose entry never comes fails at
the commit, an entry without lines when it is written. Nothing is ever changed or deleted.

On PostgreSQL both sides take an advisory lock on the entry's id, so that two transactions cannot
slip lines past each other; the look after the lock needs to see what the other committed, which
only *read committed* does, so the triggers insist on it.
"""

from django.db import migrations

from pendamping.trail.triggers import vendor_sql

_SQLITE = [
    """CREATE TRIGGER ledger_entry_balanced BEFORE INSERT ON ledger_entry BEGIN
  SELECT RAISE(ABORT, 'ledger_entry: an entry has at least two lines')
    WHERE (SELECT COUNT(*) FROM ledger_line WHERE entry_id = NEW.id) < 2;
  SELECT RAISE(ABORT, 'ledger_entry: an entry balances')
    WHERE (SELECT SUM(amount) FROM ledger_line WHERE entry_id = NEW.id) <> 0;
  SELECT RAISE(ABORT, 'ledger_entry: an entry stays within its ward')
    WHERE EXISTS (SELECT 1 FROM ledger_line line JOIN ledger_account account
      ON account.id = line.account_id WHERE line.entry_id = NEW.id AND account.ward <> NEW.ward)
    OR EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.reversal_of_id AND ward <> NEW.ward);
END""",
    """CREATE TRIGGER ledger_line_closed BEFORE INSERT ON ledger_line
WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.entry_id) BEGIN
  SELECT RAISE(ABORT, 'ledger_line: no line is added to an entry that stands');
END""",
]

_READ_COMMITTED = """IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'ledger: the books are written in read committed'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;"""

_POSTGRES = [
    f"""CREATE FUNCTION ledger_entry_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE problem text;
BEGIN
  {_READ_COMMITTED}
  PERFORM pg_advisory_xact_lock(7201, hashtext(id)) FROM (SELECT id FROM added ORDER BY id) a;
  SELECT CASE WHEN count(line.id) < 2 THEN 'an entry has at least two lines'
              WHEN sum(line.amount) <> 0 THEN 'an entry balances'
              WHEN bool_or(account.ward <> added.ward OR undone.ward <> added.ward)
                THEN 'an entry stays within its ward' END INTO problem
    FROM added LEFT JOIN ledger_line line ON line.entry_id = added.id
    LEFT JOIN ledger_account account ON account.id = line.account_id
    LEFT JOIN ledger_entry undone ON undone.id = added.reversal_of_id
    GROUP BY added.id
    HAVING count(line.id) < 2 OR sum(line.amount) <> 0
      OR bool_or(account.ward <> added.ward OR undone.ward <> added.ward) LIMIT 1;
  IF problem IS NOT NULL THEN
    RAISE EXCEPTION 'ledger_entry: %', problem USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$""",  # noqa: S608 -- fixed text alone
    f"""CREATE FUNCTION ledger_line_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {_READ_COMMITTED}
  PERFORM pg_advisory_xact_lock(7201, hashtext(entry_id))
    FROM (SELECT DISTINCT entry_id FROM added ORDER BY entry_id) a;
  IF EXISTS (SELECT 1 FROM added JOIN ledger_entry entry ON entry.id = added.entry_id) THEN
    RAISE EXCEPTION 'ledger_line: no line is added to an entry that stands'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$""",  # noqa: S608 -- fixed text alone
    """CREATE TRIGGER ledger_entry_balanced AFTER INSERT ON ledger_entry
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_entry_check()""",
    """CREATE TRIGGER ledger_line_closed AFTER INSERT ON ledger_line
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_line_check()""",
]


def balanced() -> migrations.RunPython:
    """Entries balance, are whole when they come, and stay closed."""
    return vendor_sql(
        {"sqlite": _SQLITE, "postgresql": _POSTGRES},
        {
            "sqlite": ["DROP TRIGGER ledger_entry_balanced", "DROP TRIGGER ledger_line_closed"],
            "postgresql": [
                "DROP TRIGGER ledger_entry_balanced ON ledger_entry",
                "DROP TRIGGER ledger_line_closed ON ledger_line",
                "DROP FUNCTION ledger_entry_check()",
                "DROP FUNCTION ledger_line_check()",
            ],
        },
    )


_GAPLESS = "ledger_voucher: numbers follow each other without a gap"
_LAST = """COALESCE((SELECT MAX(number) FROM ledger_voucher
    WHERE ward = NEW.ward AND year = NEW.year AND model = NEW.model), 0)"""


def gapless() -> migrations.RunPython:
    """A voucher has the number after the last of its ward, year and model."""
    return vendor_sql(
        {
            "sqlite": [
                f"CREATE TRIGGER ledger_voucher_gapless BEFORE INSERT ON ledger_voucher "
                f"WHEN NEW.number <> 1 + {_LAST} BEGIN SELECT RAISE(ABORT, '{_GAPLESS}'); END"
            ],
            "postgresql": [
                f"CREATE FUNCTION ledger_voucher_check() RETURNS trigger LANGUAGE plpgsql AS $$ "
                f"BEGIN IF NEW.number <> 1 + {_LAST} THEN RAISE EXCEPTION '{_GAPLESS}' "
                f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
                _OWN_SCHEMA.format(name="ledger_voucher_check"),
                "CREATE TRIGGER ledger_voucher_gapless BEFORE INSERT ON ledger_voucher "
                "FOR EACH ROW EXECUTE FUNCTION ledger_voucher_check()",
            ],
        },
        {
            "sqlite": ["DROP TRIGGER ledger_voucher_gapless"],
            "postgresql": [
                "DROP TRIGGER ledger_voucher_gapless ON ledger_voucher",
                "DROP FUNCTION ledger_voucher_check()",
            ],
        },
    )


_FUNCTIONS = ("ledger_entry_check", "ledger_line_check")
_OWN_SCHEMA = """DO $$ BEGIN
  EXECUTE format('ALTER FUNCTION {name}() SET search_path = pg_catalog, %I, pg_temp', current_schema());
END $$"""


def whole_amounts() -> migrations.RunPython:
    """SQLite keeps whatever it is given: refuse what is no whole number."""
    return vendor_sql(
        {
            "sqlite": [
                "CREATE TRIGGER ledger_line_whole BEFORE INSERT ON ledger_line "
                "WHEN typeof(NEW.amount) <> 'integer' BEGIN "
                "SELECT RAISE(ABORT, 'ledger_line: an amount is a whole number'); END"
            ],
            "postgresql": [],
        },
        {"sqlite": ["DROP TRIGGER ledger_line_whole"], "postgresql": []},
    )


def own_schema(*names: str) -> migrations.RunPython:
    """On PostgreSQL the checks look at the books alone, whatever temporary table has their name."""
    return vendor_sql(
        {
            "sqlite": [],
            "postgresql": [_OWN_SCHEMA.format(name=name) for name in names or _FUNCTIONS],
        },
        {
            "sqlite": [],
            "postgresql": [f"ALTER FUNCTION {name}() RESET search_path" for name in _FUNCTIONS],
        },
    )


# --- two sets of books in one journal ------------------------------------------------------------

_ONE_FUND = "an entry stays within one fund"
_SQLITE_FUND = f"""  SELECT RAISE(ABORT, 'ledger_entry: {_ONE_FUND}')
    WHERE (SELECT MIN(account.fund) <> MAX(account.fund) FROM ledger_line line JOIN ledger_account
      account ON account.id = line.account_id WHERE line.entry_id = NEW.id);
END"""  # noqa: S608 -- fixed text alone
_MIXED = "min(account.fund) <> max(account.fund)"


def _with_funds(sql: str) -> str:
    """The check of an entry on PostgreSQL, asking for one fund in the same look at its lines."""
    looked = sql.replace(
        " END INTO problem", f"\n              WHEN {_MIXED} THEN '{_ONE_FUND}' END INTO problem"
    )
    asked = looked.replace(" LIMIT 1;", f"\n      OR {_MIXED} LIMIT 1;")
    return asked.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


def one_fund() -> migrations.RunPython:
    """No entry joins accounts of two funds: neither two windows nor a window and the UPK's own."""
    drop = "DROP TRIGGER ledger_entry_balanced"
    plain = _POSTGRES[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    return vendor_sql(
        {
            "sqlite": [drop, _SQLITE[0].removesuffix("END") + _SQLITE_FUND],
            "postgresql": [_with_funds(_POSTGRES[0])],
        },
        {"sqlite": [drop, _SQLITE[0]], "postgresql": [plain]},
    )
