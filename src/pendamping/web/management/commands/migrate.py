"""Django's ``migrate``, which makes a new database in one go (``web/whole_schema.py``).

A database in use goes Django's own way, migration by migration. On PostgreSQL a text key gets one index
and no second one for LIKE, unless somebody searches by it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from pendamping.trail import indexes
from pendamping.web import whole_schema


@contextmanager
def _index_for_like_where_asked(editor: Any) -> Iterator[None]:
    own = editor._create_like_index_sql

    def create(self: Any, model: Any, field: Any) -> Any:
        searched = (model._meta.db_table, field.column) in indexes.SEARCHED
        return own(self, model, field) if searched else None

    with patch.object(editor, "_create_like_index_sql", create):
        yield


class Executor(MigrationExecutor):
    """Makes a new database at once."""

    def _migrate_all_forwards(
        self, state: Any, plan: Any, full_plan: Any, fake: bool, fake_initial: bool
    ) -> Any:
        new = len(plan) == len(full_plan) and not (fake or fake_initial)
        if new and whole_schema.knows(full_plan):
            return whole_schema.build(self, state, full_plan)
        return super()._migrate_all_forwards(state, plan, full_plan, fake, fake_initial)


class Command(migrate.Command):
    """``migrate`` with that executor."""

    def handle(self, *arguments: Any, **options: Any) -> Any:
        """See Django."""
        there = connections[options["database"]]
        like = (
            _index_for_like_where_asked(there.SchemaEditorClass)
            if there.vendor == "postgresql"
            else nullcontext()
        )
        with patch.object(migrate, "MigrationExecutor", Executor), like:
            return super().handle(*arguments, **options)
