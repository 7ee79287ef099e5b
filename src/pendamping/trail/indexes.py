"""What an index costs at every row that is written, saved where nothing reads by it."""

from typing import Any

from django.db import migrations

from pendamping.trail.triggers import vendor_sql

SEARCHED = (("territory_area", "code"), ("territory_area", "name_key"))
"""Columns in which somebody looks for beginnings (LIKE 'x%') by their own index, by table."""


class Covered(migrations.AlterField):
    """A foreign key gives up its own index: another one of the table begins with its column.

    Drops the index under the name that the database gives it, at once at any size. Django's own way would copy the table on SQLite.
    """

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for name in self._own(app_label, schema_editor, to_state):
            schema_editor.execute(f"DROP INDEX IF EXISTS {schema_editor.quote_name(name)}")

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = to_state.apps.get_registered_model(app_label, self.model_name)
        schema_editor.execute(
            schema_editor._create_index_sql(model, fields=[model._meta.get_field(self.name)])
        )

    def _own(self, app_label: str, schema_editor: Any, state: Any) -> list[str]:
        """Names of the indexes over this column alone, as the database has them; not what a model declares."""
        meta = state.apps.get_registered_model(app_label, self.model_name)._meta
        column, declared = meta.get_field(self.name).column, {one.name for one in meta.indexes}
        there = schema_editor.connection
        with there.cursor() as cursor:
            found = there.introspection.get_constraints(cursor, meta.db_table)
        holds = ("unique", "primary_key", "check")
        return sorted(
            name
            for name, one in found.items()
            if one["index"] and one["columns"] == [column] and name not in declared
            and not any(one[kind] for kind in holds)
        )  # fmt: skip


def none_for_like() -> Any:
    """Drop the second index that Django gave every text key on PostgreSQL for LIKE; ids are never asked
    so. New tables come without (see ``migrate`` in ``web``).
    """
    kept = " OR ".join(
        f"(tablename = '{table}' AND indexdef LIKE '%({column} varchar_pattern_ops)')"
        for table, column in SEARCHED
    )
    drop = f"""DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT indexname FROM pg_indexes
    WHERE schemaname = current_schema() AND indexname LIKE '%\\_like'
      AND indexdef LIKE '%_pattern_ops)' AND NOT ({kept})
  LOOP EXECUTE format('DROP INDEX %I', one.indexname); END LOOP;
END $$"""  # noqa: S608 -- fixed text alone
    return vendor_sql({"sqlite": [], "postgresql": [drop]}, {"sqlite": [], "postgresql": []})
