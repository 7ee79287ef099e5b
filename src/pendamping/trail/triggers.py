"""What migrations need beside Django's own: triggers that hold on both databases, filled columns."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import migrations

from pendamping.trail.writing import migrating


class Statements(migrations.RunPython):
    """Plain SQL for the database in use.

    It asks for no models: Django would make all of them anew before each of these, a third of the time
    that a new database takes.
    """

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self.code(None, schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        self.reverse_code(None, schema_editor)


def vendor_sql(forward: Mapping[str, list[str]], backward: Mapping[str, list[str]]) -> Statements:
    """Run the statements of the database in use (``sqlite`` or ``postgresql``)."""

    def run(statements: Mapping[str, list[str]]) -> Any:
        def apply(_apps: Any, schema_editor: Any) -> None:
            with migrating():
                for statement in statements[schema_editor.connection.vendor]:
                    schema_editor.execute(statement, params=None)

        return apply

    return Statements(run(forward), run(backward))


def undone(made: Statements) -> Statements:
    """Take triggers away again that a migration before this one made; going back makes them anew."""
    return Statements(made.reverse_code, made.code)


def fill(sql: str | Mapping[str, str]) -> Statements:
    """Fill what the migration has added from what the rows say already; one text, or one for each
    database."""

    def run(_apps: Any, schema_editor: Any) -> None:
        text = sql if isinstance(sql, str) else sql[schema_editor.connection.vendor]
        with migrating():
            schema_editor.execute(text, params=None)

    return Statements(run, Statements.noop)


def append_only(table: str) -> Statements:
    """Refuse every change, deletion and emptying of a table's rows, whoever asks."""
    message = f"{table} is append-only"
    sqlite = [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for verb in ("update", "delete")
    ]
    postgres = [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]
    drop_sqlite = [f"DROP TRIGGER {table}_no_{verb}" for verb in ("update", "delete")]
    drop_postgres = [
        f"DROP TRIGGER {table}_no_change ON {table}",
        f"DROP TRIGGER {table}_no_truncate ON {table}",
        f"DROP FUNCTION {table}_refuse()",
    ]
    return vendor_sql(
        {"sqlite": sqlite, "postgresql": postgres},
        {"sqlite": drop_sqlite, "postgresql": drop_postgres},
    )


def no_replace(table: str, keys: Iterable[Iterable[str]]) -> Statements:
    """SQLite's ``INSERT OR REPLACE`` deletes without asking the delete trigger; refuse it.

    ``keys``: the columns of each unique key of the table.
    """
    taken = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in keys
    )
    return vendor_sql(
        {
            "sqlite": [
                f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608 -- names of this house's tables and columns, no values
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: this key is taken'); END"
            ],
            "postgresql": [],
        },
        {"sqlite": [f"DROP TRIGGER {table}_no_replace"], "postgresql": []},
    )


def only_forward(table: str, column: str) -> Statements:
    """Refuse deleting and emptying; a change of the row must raise the number in ``column``."""
    message = f"{table} only goes forward"
    backward = f'NEW."{column}" <= OLD."{column}"'
    refuse = f"SELECT RAISE(ABORT, '{message}')"
    sqlite = [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_forward BEFORE UPDATE ON {table} WHEN {backward} BEGIN {refuse}; END",
    ]
    postgres = [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_forward BEFORE UPDATE ON {table} "
        f"FOR EACH ROW WHEN ({backward}) EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]
    names = (f"{table}_no_delete", f"{table}_forward")
    drop_postgres = [f"DROP TRIGGER {name} ON {table}" for name in names]
    return vendor_sql(
        {"sqlite": sqlite, "postgresql": postgres},
        {
            "sqlite": [f"DROP TRIGGER {name}" for name in names],
            "postgresql": [*drop_postgres, f"DROP FUNCTION {table}_refuse()"],
        },
    )


def final(
    table: str,
    when: str,
    columns: Iterable[str] = (),
    *,
    name: str = "final",
    adding: str = "",
    deleting: bool = True,
) -> Statements:
    """Refuse changing and deleting rows that are final, whoever asks; emptying the table, always.

    ``when``: SQL that is true of a final row, which is called ``OLD``; ``columns``: those that stand
    (none named: the whole row). ``adding``: SQL that is true of a row ``NEW`` that comes too late.
    ``deleting``: whether such a row stays for ever. One table may have several under other names.
    """
    verb = f"{table}_{name}"
    message = f"{table}: what is final stays as it is"
    sqlite = {
        f"{verb}_change": f"BEFORE UPDATE ON {table} WHEN ({when}) AND ({_changed('IS NOT', columns)})",
        **({f"{verb}_delete": f"BEFORE DELETE ON {table} WHEN {when}"} if deleting else {}),
        **({f"{verb}_add": f"BEFORE INSERT ON {table} WHEN {adding}"} if adding else {}),
    }
    refuse = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    late = f"({when}) AND ({_changed('IS DISTINCT FROM', columns)})"
    more = f"{' OR DELETE' if deleting else ''}{' OR INSERT' if adding else ''}"
    return vendor_sql(
        {
            "sqlite": [f"CREATE TRIGGER {key} {text} {refuse}" for key, text in sqlite.items()],
            "postgresql": [
                *_check(verb, message, when, late, adding or "1 = 0"),
                f"CREATE TRIGGER {verb} BEFORE UPDATE{more} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {verb}_check()",
                f"CREATE TRIGGER {verb}_empty BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {verb}_check()",
            ],
        },
        {
            "sqlite": [f"DROP TRIGGER {key}" for key in sqlite],
            "postgresql": [
                f"DROP TRIGGER {verb} ON {table}",
                f"DROP TRIGGER {verb}_empty ON {table}",
                f"DROP FUNCTION {verb}_check()",
            ],
        },
    )


def _changed(differs: str, columns: Iterable[str]) -> str:
    """SQL that is true where one of these columns changes; of the whole row where none is named."""
    return " OR ".join(f'NEW."{one}" {differs} OLD."{one}"' for one in columns) or "1 = 1"


def _check(verb: str, message: str, when: str, late: str, adding: str) -> list[str]:
    """PostgreSQL's function behind the triggers of :func:`final`; it looks at the site's tables alone."""
    fail = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'"
    return [
        f"CREATE FUNCTION {verb}_check() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'TRUNCATE' THEN {fail}; END IF; "
        f"IF TG_OP = 'INSERT' THEN IF {adding} THEN {fail}; END IF; RETURN NEW; END IF; "
        f"IF TG_OP = 'DELETE' THEN IF {when} THEN {fail}; END IF; RETURN OLD; END IF; "
        f"IF {late} THEN {fail}; END IF; RETURN NEW; END $$",
        "DO $$ BEGIN EXECUTE format('ALTER FUNCTION "
        f"{verb}_check() SET search_path = pg_catalog, %I, pg_temp', current_schema()); END $$",
    ]
