"""Django's ``migrate``, in a third of the time on a new database.

Django makes the models of a migration's state anew, with everything related to them, whenever a table
or a column is added: with a hundred tables that all lead to one ward this is most of a first start.
What only adds needs none of the others, so here the one model is made anew and the rest when something
asks for it. Migrations that alter, rename or take away go Django's own way, from models made afresh.

On PostgreSQL a text key gets one index and no second one for LIKE, unless somebody searches by it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from unittest.mock import patch

from django.core.management.commands import migrate
from django.db import connections, migrations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from pendamping.trail import indexes

ADDS = (
    migrations.CreateModel,
    migrations.AddField,
    migrations.AddConstraint,
    migrations.RemoveConstraint,
    migrations.AddIndex,
    migrations.RemoveIndex,
    migrations.RunPython,  # has all models made afresh where it asks for them
    migrations.RunSQL,
    indexes.Covered,
)


def _reload_alone(
    state: ProjectState, app_label: str, model_name: str, delay: bool = False
) -> None:
    if "apps" in state.__dict__:
        state.is_delayed = True  # RunPython, and the end, then make all of them afresh
        state._reload({(app_label, model_name)})  # type: ignore[attr-defined]


@contextmanager
def _one_model_at_a_time() -> Iterator[None]:
    with patch.object(ProjectState, "reload_model", _reload_alone):
        yield


@contextmanager
def _index_for_like_where_asked(editor: Any) -> Iterator[None]:
    own = editor._create_like_index_sql

    def create(self: Any, model: Any, field: Any) -> Any:
        searched = (model._meta.db_table, field.column) in indexes.SEARCHED
        return own(self, model, field) if searched else None

    with patch.object(editor, "_create_like_index_sql", create):
        yield


class Executor(MigrationExecutor):
    """Applies what only adds with one model at a time."""

    def apply_migration(self, state: Any, migration: Any, *how: Any, **more: Any) -> Any:
        """See Django; gives the state after the migration."""
        if all(isinstance(each, ADDS) for each in migration.operations):
            with _one_model_at_a_time():
                return super().apply_migration(state, migration, *how, **more)
        state.clear_delayed_apps_cache()
        _ = state.apps  # before the change: what is altered last stands last in its table
        return super().apply_migration(state, migration, *how, **more)


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
